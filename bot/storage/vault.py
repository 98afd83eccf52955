"""Seals secrets before they reach the database.

Keys come from BOT_SECRET_KEYS (comma-separated; the first seals, all open, so that keys can be
renewed). Without it a key is made once, in a file beside the SQLite database that only its owner may
read: a copy of the database alone opens nothing.
"""

import base64
import hmac
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import ConfigError

_KEY_NAME = b"usmca-bot: name of a key"
_SEALING = b"usmca-bot: sealing what was told"


class FernetVault:
    """Implements `bot.ports.Vault` with Fernet (AES-128-CBC and HMAC-SHA256)."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys as made by ``usmca-bot secret-key``. Raises ConfigError for anything else."""
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise ConfigError(
                "BOT_SECRET_KEYS holds something that is no key: "
                "make one with `usmca-bot secret-key`, and separate several with commas"
            ) from None
        # derived, so that neither what is sealed nor the name of a key tells anything of the key
        raw = [base64.urlsafe_b64decode(key) for key in keys]
        self._macs = {_hmac(key, _KEY_NAME)[:8]: _derived(key, _SEALING) for key in raw}
        self._newest = next(iter(self._macs), None)

    def seal(self, secret: str) -> str:
        """Return the secret encrypted, as text."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the secret. Raises ConfigError where no key fits."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ConfigError(
                "a stored secret cannot be opened: BOT_SECRET_KEYS lacks the key it was sealed with"
            ) from None

    def mac(self, data: bytes) -> str:
        """Return ``name of the key:HMAC-SHA256``, made with a key derived from the first."""
        if self._newest is None:
            raise ConfigError("BOT_SECRET_KEYS holds no key: make one with `usmca-bot secret-key`")
        return f"{self._newest}:{_hmac(self._macs[self._newest], data)}"

    def is_mac(self, data: bytes, mac: str) -> bool:
        """Whether `mac` was made of the data. Raises ConfigError where its key is not there."""
        name, _, given = mac.partition(":")
        if name not in self._macs:
            raise ConfigError("BOT_SECRET_KEYS lacks the key that a seal was made with")
        return hmac.compare_digest(_hmac(self._macs[name], data), given)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, "sha256")


def _hmac(key: bytes, data: bytes) -> str:
    return hmac.digest(key, data, "sha256").hex()


def sealed(text: str) -> bool:
    """Whether a text is what `seal` makes: no address and no JSON begins so."""
    return text.startswith("gAAAA")


def new_key() -> str:
    """Return a fresh key for BOT_SECRET_KEYS."""
    return Fernet.generate_key().decode()


def key_file(path: Path) -> str:
    """Return the key in `path`, made on first use with mode 0600.

    Raises ConfigError where the file can be neither read nor made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, new_key())
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ConfigError(
            f"the key file {path} cannot be used: {error.strerror}; set BOT_SECRET_KEYS instead"
        ) from None


def _write_once(path: Path, key: str) -> None:
    """Put the key there whole, unless another process was first."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    try:
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()
