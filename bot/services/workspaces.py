"""Workspaces come and go: what an install, an uninstall and a lost token do to their places."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.domain.destination import Destination, PlatformName
from bot.domain.installation import Installation
from bot.ports import Clock, Store

UNINSTALLED = "The app was removed from this workspace: install it again to go on."
REVOKED = "The app's token was revoked in this workspace: install it again to go on."

_LATE = timedelta(days=1)
"""A notice of a removal that is older than an install, but not by more, came late."""

_SKEW = timedelta(seconds=10)
"""Platforms tell times in whole seconds, by another clock than ours."""

log = structlog.get_logger()


class WorkspaceService:
    """Keeps the workspaces of a platform, and the state of their places, in step."""

    def __init__(self, store: Store, clock: Clock, platform: PlatformName) -> None:
        self._store = store
        self._clock = clock
        self._platform = platform

    async def install(self, installation: Installation) -> int:
        """Store an installation and let go what waited for it; returns how many places it mends."""
        who = f"{self._platform}:{installation.installed_by}"
        async with self._store.begin() as uow:
            await uow.installations.save(installation)
            mended = await uow.destinations.mend_workspace(self._platform, installation.workspace)
            now = self._clock.now()
            await uow.audit.add(who, "install", f"{self._platform}:{installation.workspace}", now)
        log.info("workspace_installed", workspace=installation.workspace, mended=mended)
        return mended

    async def renew(self, installation: Installation) -> None:
        """Store tokens that were renewed; nothing else of the installation changes."""
        async with self._store.begin() as uow:
            await uow.installations.save(installation)

    async def installed(self, workspace: str) -> Installation | None:
        """Return a workspace's installation. Raises ConfigError where no key opens its tokens."""
        async with self._store.begin() as uow:
            return await uow.installations.get(workspace)

    async def only(self) -> str | None:
        """Return the one workspace that has the app, None where there are none or several."""
        async with self._store.begin() as uow:
            found = await uow.installations.workspaces()
        return found[0] if len(found) == 1 else None

    async def leave(self, workspace: str, *, reason: str, told_at: datetime | None) -> bool:
        """Delete a workspace's tokens and break its places; False where the news is outdated.

        `told_at` is when the platform says it happened: an install after that stays.
        """
        async with self._store.begin() as uow:
            since = await uow.installations.since(workspace)
            age = since - told_at if since is not None and told_at is not None else timedelta(0)
            if _SKEW < age < _LATE:
                log.info("workspace_left_before_install", workspace=workspace)
                return False
            await uow.installations.remove(workspace)
            broken = await uow.destinations.break_workspace(self._platform, workspace, reason)
            about = f"{self._platform}:{workspace}"
            await uow.audit.add(str(self._platform), "uninstall", about, self._clock.now())
        log.warning("workspace_left", workspace=workspace, places=broken, reason=reason)
        return True

    async def places(self, workspace: str) -> Sequence[Destination]:
        """Return the workspace's places that subscribed something."""
        async with self._store.begin() as uow:
            return await uow.destinations.subscribed(self._platform, workspace)

    async def begin(self, state: str, *, keep: timedelta) -> None:
        """Remember that somebody began to install."""
        async with self._store.begin() as uow:
            now = self._clock.now()
            await uow.installations.begin(state, now + keep, now)

    async def finish(self, state: str) -> bool:
        """Take a state that was begun here, once."""
        async with self._store.begin() as uow:
            return await uow.installations.finish(state, self._clock.now())

    async def take(self, key: str) -> bool:
        """Take a request; False where any process took it before."""
        async with self._store.begin() as uow:
            return await uow.requests.take(f"{self._platform}:{key}", self._clock.now())
