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
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

_KEY_NAME = b"usmca-bot: name of a key"
_KEY_BYTES = 32
_SEALING = b"usmca-bot: sealing what was told"


class FernetVault:
    """Implements `bot.ports.Vault` with Fernet (AES-128-CBC and HMAC-SHA256)."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys as made by ``usmca-bot secret-key``. Raises ConfigError for anything else."""
        try:
            raw = [_raw(key) for key in keys]
        except ValueError:
            raise ConfigError(
                "BOT_SECRET_KEYS holds something that is no key: "
                "make one with `usmca-bot secret-key`, and separate several with commas"
            ) from None
        self._keys = tuple(keys)
        # derived, so that neither what is sealed nor the name of a key tells anything of the key
        self._macs = {_hmac(key, _KEY_NAME)[:8]: _derived(key, _SEALING) for key in raw}
        self._newest = next(iter(self._macs), None)

    @cached_property
    def _fernet(self) -> "MultiFernet":
        # most commands seal nothing, and need not wait for the library
        from cryptography.fernet import Fernet, MultiFernet

        return MultiFernet([Fernet(key) for key in self._keys])

    def seal(self, secret: str) -> str:
        """Return the secret encrypted, as text."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the secret. Raises ConfigError where no key fits."""
        from cryptography.fernet import InvalidToken

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


def _raw(key: str) -> bytes:
    """Return the 32 bytes of a key as Fernet writes it. Raises ValueError for anything else."""
    raw = base64.urlsafe_b64decode(key)
    if len(raw) != _KEY_BYTES:
        raise ValueError(f"a key has {_KEY_BYTES} bytes")
    return raw


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, "sha256")


def _hmac(key: bytes, data: bytes) -> str:
    return hmac.digest(key, data, "sha256").hex()


def sealed(text: str) -> bool:
    """Whether a text is what `seal` makes: no address and no JSON begins so."""
    return text.startswith("gAAAA")


def new_key() -> str:
    """Return a fresh key for BOT_SECRET_KEYS."""
    from cryptography.fernet import Fernet

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
