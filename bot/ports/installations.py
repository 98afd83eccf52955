"""The store's side of many workspaces: who put the app in, and what was asked for once already."""

from datetime import datetime
from typing import Protocol

from bot.domain.installation import Installation


class Installations(Protocol):
    """The workspaces that put the app in, and the installs that have begun."""

    async def save(self, installation: Installation) -> None:
        """Store an installation, in place of the workspace's former one."""
        ...

    async def get(self, workspace: str) -> Installation | None:
        """Return a workspace's installation. Raises ConfigError where no key opens its tokens."""
        ...

    async def since(self, workspace: str) -> datetime | None:
        """Return when a workspace put the app in; its tokens need not be opened for that."""
        ...

    async def workspaces(self) -> list[str]:
        """Return the workspaces that have the app, in the order of their ids."""
        ...

    async def remove(self, workspace: str) -> bool:
        """Delete a workspace's tokens; False where there were none."""
        ...

    async def begin(self, state: str, until: datetime, now: datetime) -> None:
        """Remember that somebody began to install, and until when they may end it."""
        ...

    async def finish(self, state: str, now: datetime) -> bool:
        """Take a state once: True where it was begun here and is not too old."""
        ...


class Requests(Protocol):
    """What platforms asked of us, by a key that is the same when they ask again."""

    async def take(self, key: str, now: datetime) -> bool:
        """Take a request; False where it was taken before, by this process or another."""
        ...

    async def forget(self, before: datetime) -> int:
        """Forget what was taken before a moment, and installs that were never finished."""
        ...
