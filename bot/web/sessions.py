"""Signed values without a table: who is signed in, and that a form is ours. Pure but for chance.

All of them end with an HMAC under a key that comes from the operator's token, or, where there is
none, from chance at start-up. Changing the token signs everybody out.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

LIFETIME = timedelta(hours=12)
"""How long somebody stays signed in."""

JOURNEY = timedelta(minutes=10)
"""How long somebody may take at Slack's page."""

_LONGEST = 200
_LONGEST_JOURNEY = 3_500


class Sessions:
    """Makes and checks the values in cookies, forms and feed addresses."""

    def __init__(
        self, token: str | None, *, secret: str | None = None, chance: bytes | None = None
    ) -> None:
        """`token` is what the operator signs in with; None: nobody can.

        `secret` makes the values where there is no token, for people who sign in elsewhere;
        `chance` where there is neither, for a process that lives several times.
        """
        self._token = None if token is None else _digest(token.encode())
        lasting = None if secret is None else _digest(secret.encode())
        self._lasts = self._token is not None or lasting is not None
        self._key = self._token or lasting or chance or secrets.token_bytes(32)

    @property
    def has_token(self) -> bool:
        """Whether there is a token at all."""
        return self._token is not None

    def knows(self, token: str) -> bool:
        """Whether this is the operator's token; takes equally long for every wrong one."""
        given = _digest(token.encode())
        return self._token is not None and hmac.compare_digest(given, self._token)

    def begin(self, now: datetime) -> str:
        """Return the value of a new session's cookie."""
        ends = int((now + LIFETIME).timestamp())
        return self._signed("session", f"{ends}.{secrets.token_urlsafe(16)}")

    def holds(self, session: str, now: datetime) -> bool:
        """Whether a cookie is a session of ours that has not ended."""
        value = self._opened("session", session)
        if value is None or not self.has_token:
            return False
        return int(value.partition(".")[0]) > now.timestamp()

    def begin_person(self, workspace: str, user: str, now: datetime) -> str:
        """Return the value of a cookie for somebody who signed in with Slack; ids have no dots."""
        ends = int((now + LIFETIME).timestamp())
        return self._signed("person", f"{ends}.{workspace}.{user}.{secrets.token_urlsafe(16)}")

    def person(self, session: str, now: datetime) -> tuple[str, str] | None:
        """Return (workspace, user) of a session that `begin_person` made and that has not ended."""
        value = self._opened("person", session)
        if value is None or not self._lasts:
            return None
        ends, workspace, user, _ = value.split(".")
        return (workspace, user) if int(ends) > now.timestamp() else None

    def begin_journey(self, *, state: str, nonce: str, onward: str, now: datetime) -> str:
        """Return what a browser keeps while its person is at Slack's page."""
        ends = int((now + JOURNEY).timestamp())
        path = base64.urlsafe_b64encode(onward.encode()).decode().rstrip("=")
        return self._signed("journey", f"{ends}.{_hashed(state)}.{nonce}.{path}")

    def journey(self, cookie: str, *, state: str, now: datetime) -> tuple[str, str] | None:
        """Return (nonce, onward) of the journey that began in this browser with this state."""
        value = self._opened("journey", cookie, longest=_LONGEST_JOURNEY)
        if value is None or not self._lasts:
            return None
        ends, kept, nonce, path = value.split(".")
        if int(ends) <= now.timestamp() or not _same(_hashed(state), kept):
            return None
        return nonce, base64.urlsafe_b64decode(path + "=" * (-len(path) % 4)).decode()

    def form_cookie(self) -> str:
        """Return what a browser keeps so that its forms can be told from others'."""
        return self._signed("form", secrets.token_urlsafe(16))

    def is_form_cookie(self, cookie: str) -> bool:
        """Whether a cookie is one that `form_cookie` made."""
        return self._opened("form", cookie) is not None

    def form_token(self, cookie: str, session: str) -> str:
        """Return what a form must carry: bound to the browser's cookie and its session."""
        return self._mac("token", f"{cookie} {session}")

    def is_form_token(self, given: str, cookie: str, session: str) -> bool:
        """Whether a form carries what belongs to the browser that sends it."""
        if not self.is_form_cookie(cookie):
            return False
        return _same(given, self.form_token(cookie, session))

    def read_key(self, path: str) -> str:
        """Return what lets a calendar or feed program read one path without signing in."""
        return self._mac("read", path)[:32]

    def is_read_key(self, given: str, path: str) -> bool:
        """Whether the key opens this path."""
        return self._lasts and _same(given, self.read_key(path))

    def _signed(self, purpose: str, value: str) -> str:
        return f"{value}.{self._mac(purpose, value)}"

    def _opened(self, purpose: str, signed: str, *, longest: int = _LONGEST) -> str | None:
        if len(signed) > longest:
            return None
        value, _, mac = signed.rpartition(".")
        return value if value and _same(mac, self._mac(purpose, value)) else None

    def _mac(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(b"usmca-bot web\0" + text).digest()


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
