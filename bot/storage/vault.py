"""Seals secrets before they reach the database.

Keys come from BOT_SECRET_KEYS (comma-separated; the first seals, all open, so that keys can be
renewed). Without it a key is made once, in a file beside the SQLite database that only its owner may
read: a copy of the database alone opens nothing.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import ConfigError


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
