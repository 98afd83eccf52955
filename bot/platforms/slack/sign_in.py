"""Sign in with Slack (OpenID Connect): who comes back from Slack's page, and whether they may.

    our page ─► Slack's page (state, nonce) ─► back with a code ─► openid.connect.token ─► id_token
                                     users.info by the workspace's own bot token ─► a full member?

The id_token comes from Slack itself over TLS, in answer to our secret: its issuer, audience, times
and nonce are checked, its signature need not be (OpenID Connect Core 3.1.3.7, point 6). Codes and
tokens are never kept and never logged.
"""

import asyncio
import base64
import binascii
import hmac
import json
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

import structlog

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.platforms.slack.api import Answer, RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.members import Members
from bot.platforms.slack.people import described
from bot.platforms.slack.workplaces import Credentials
from bot.ports import Clock

log = structlog.get_logger(__name__)

ISSUER = "https://slack.com"
SCOPE = "openid profile"
_TEAM, _USER = "https://slack.com/team_id", "https://slack.com/user_id"
_ID = re.compile(r"[A-Z0-9]{1,32}", re.ASCII)
_SKEW = timedelta(minutes=2)
"""Slack's clock and ours may differ by so much."""
_KEEP = timedelta(minutes=5)
"""How long it is remembered that somebody is a member: so long somebody who left may still look."""
_MOST = 10_000
_PATIENCE = 5.0
_GUESTS = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
"""What keeps a person out: gone, no person, a guest, or of another workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPerson:
    """A member of a workspace that has the app."""

    workspace: str
    user: str


class SlackSignIn:
    """What the pages ask of Slack; every failure is a refusal, and says only of which sort."""

    def __init__(self, *, api: SlackApi, credentials: Credentials, clock: Clock) -> None:
        self._api = api
        self._credentials = credentials
        self._clock = clock
        self._members = Members(api, clock)
        self._known: OrderedDict[SlackPerson, tuple[datetime, Mapping[str, Any] | None]] = (
            OrderedDict()
        )

    def address(self, *, state: str, nonce: str, back: str) -> str:
        """Return Slack's page, which sends the browser to `back` with a code and the state."""
        asked = {
            "response_type": "code",
            "scope": SCOPE,
            "client_id": self._credentials.client_id,
            "state": state,
            "nonce": nonce,
            "redirect_uri": back,
        }
        return f"{urljoin(self._api.url, '/openid/connect/authorize')}?{urlencode(asked)}"

    async def person(self, *, code: str, nonce: str, back: str) -> SlackPerson | None:
        """Return who a code is of; None where it is nobody who may sign in."""
        try:
            answer = await self._token(code, back)
        except (RefusedError, UnansweredError, TimeoutError) as error:
            log.warning("slack_sign_in_unconfirmed", reason=_word(error))
            return None
        found = self._read(answer.get("id_token"), nonce)
        if found is None:
            log.warning("slack_sign_in_odd_token")
            return None
        return found if await self.is_member(found.workspace, found.user) else None

    async def is_member(self, workspace: str, user: str) -> bool:
        """Whether somebody is a full member of a workspace that has the app, asked every 5 minutes.

        Where Slack does not answer nobody is.
        """
        return await self._described(SlackPerson(workspace=workspace, user=user)) is not None

    async def actor(self, workspace: str, user: str, channel: str = "") -> Actor:
        """Return the person as one who asks from a channel, with what Slack knows of them there.

        `member` is False for a channel they are not in, and where no channel is named.
        """
        known = described(await self._described(SlackPerson(workspace=workspace, user=user)))
        channels = await self._members.channels(workspace, user) if channel else frozenset()
        return Actor(
            platform=PlatformName.SLACK,
            workspace=workspace,
            user=user,
            channel=channel,
            admin=known.admin,
            member=channel in channels,
            zone=known.zone,
            locale=known.locale,
            called=known.called,
        )

    async def _token(self, code: str, back: str) -> Answer:
        fields = {
            "grant_type": "authorization_code",
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
            "code": code,
            "redirect_uri": back,
        }
        async with asyncio.timeout(_PATIENCE):
            return await self._api.with_client(
                self._api.client(),
                lambda client: client.api_call("openid.connect.token", data=fields),
            )

    def _read(self, token: object, nonce: str) -> SlackPerson | None:
        """Return whose token it is where it is Slack's, for this app, fresh, and of this sign-in."""
        claims = _claims(token)
        now = self._clock.now().timestamp()
        skew = _SKEW.total_seconds()
        until, made = claims.get("exp"), claims.get("iat")
        sound = (
            claims.get("iss") == ISSUER
            and claims.get("aud") == self._credentials.client_id
            and isinstance(until, int | float)
            and isinstance(made, int | float)
            and now - skew < until
            and made < now + skew
            and hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())
        )
        workspace, user = str(claims.get(_TEAM, "")), str(claims.get(_USER, ""))
        if not sound or not _ID.fullmatch(workspace) or not _ID.fullmatch(user):
            return None
        return SlackPerson(workspace=workspace, user=user)

    async def _described(self, person: SlackPerson) -> Mapping[str, Any] | None:
        """What users.info says of a full member; None for anybody else."""
        now = self._clock.now()
        until, known = self._known.get(person, (now, None))
        if until > now:
            return known
        found = await self._ask(person)
        self._known[person] = (now + _KEEP, found)
        self._known.move_to_end(person)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found

    async def _ask(self, person: SlackPerson) -> Mapping[str, Any] | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._api.call(
                    person.workspace,
                    lambda client: client.users_info(user=person.user, include_locale=True),
                )
        except (RefusedError, UnansweredError, TimeoutError) as error:
            log.warning("slack_member_unknown", workspace=person.workspace, reason=_word(error))
            return None
        user = answer.get("user")
        if not isinstance(user, Mapping) or any(user.get(flag) is True for flag in _GUESTS):
            return None
        here = user.get("team_id") in (None, person.workspace)
        return user if here and user.get("id") == person.user else None


def _claims(token: object) -> Mapping[str, Any]:
    """The middle part of a JSON Web Token; empty where it is none."""
    parts = token.split(".") if isinstance(token, str) else []
    if len(parts) != 3:
        return {}
    try:
        text = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        found = json.loads(text)
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _word(error: Exception) -> str:
    """Slack's word for a refusal, or the kind of error: its text may hold more."""
    return error.code if isinstance(error, RefusedError) else type(error).__name__
