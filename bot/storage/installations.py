"""Workspaces that put the app in (tokens sealed), installs that have begun, requests taken once."""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.installation import Installation
from bot.ports import Vault
from bot.storage import tables
from bot.storage.upsert import insert_new

_t = tables.installations
_states = tables.install_states
_requests = tables.taken_requests


class SqlInstallations:
    """Implements `bot.ports.Installations`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def save(self, installation: Installation) -> None:
        """Store an installation, in place of the workspace's former one."""
        values = {
            "workspace": installation.workspace,
            "name": installation.name,
            "token": self._vault.seal(installation.token),
            "refresh_token": self._sealed(installation.refresh_token),
            "expires_at": installation.expires_at,
            "bot_user": installation.bot_user,
            "scopes": installation.scopes,
            "installed_by": installation.installed_by,
            "installed_at": installation.installed_at,
        }
        if not await insert_new(self._connection, _t, [values]):
            here = _t.c.workspace == installation.workspace
            await self._connection.execute(sa.update(_t).where(here).values(values))

    async def get(self, workspace: str) -> Installation | None:
        """Return a workspace's installation. Raises ConfigError where no key opens its tokens."""
        query = sa.select(_t).where(_t.c.workspace == workspace)
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        return Installation(
            workspace=row.workspace,
            name=row.name,
            token=self._vault.open(row.token),
            refresh_token=self._vault.open(row.refresh_token) if row.refresh_token else "",
            expires_at=row.expires_at,
            bot_user=row.bot_user,
            scopes=row.scopes,
            installed_by=row.installed_by,
            installed_at=row.installed_at,
        )

    async def since(self, workspace: str) -> datetime | None:
        """Return when a workspace put the app in; its tokens need not be opened for that."""
        query = sa.select(_t.c.installed_at).where(_t.c.workspace == workspace)
        return (await self._connection.execute(query)).scalar()

    async def workspaces(self) -> list[str]:
        """Return the workspaces that have the app, in the order of their ids."""
        query = sa.select(_t.c.workspace).order_by(_t.c.workspace)
        return list((await self._connection.execute(query)).scalars())

    async def remove(self, workspace: str) -> bool:
        """Delete a workspace's tokens; False where there were none."""
        result = await self._connection.execute(sa.delete(_t).where(_t.c.workspace == workspace))
        return bool(result.rowcount)

    async def begin(self, state: str, until: datetime, now: datetime) -> None:
        """Remember that somebody began to install, and until when they may end it."""
        # whoever opens the page begins one: what was never finished must not pile up
        old = sa.delete(_states).where(_states.c.until < now)
        await self._connection.execute(old)
        values = {"digest": _digest(state), "until": until}
        await self._connection.execute(sa.insert(_states).values(values))

    async def finish(self, state: str, now: datetime) -> bool:
        """Take a state once: True where it was begun here and is not too old."""
        mine = sa.and_(_states.c.digest == _digest(state), _states.c.until > now)
        result = await self._connection.execute(sa.delete(_states).where(mine))
        return bool(result.rowcount)

    def _sealed(self, secret: str) -> str | None:
        return self._vault.seal(secret) if secret else None


class SqlRequests:
    """Implements `bot.ports.Requests`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, key: str, now: datetime) -> bool:
        """Take a request; False where it was taken before, by this process or another."""
        values = {"digest": _digest(key), "at": now}
        return bool(await insert_new(self._connection, _requests, [values]))

    async def forget(self, before: datetime) -> int:
        """Forget what was taken before a moment, and installs that were never finished."""
        await self._connection.execute(sa.delete(_states).where(_states.c.until < before))
        old = sa.delete(_requests).where(_requests.c.at < before)
        return (await self._connection.execute(old)).rowcount


def _digest(key: str) -> str:
    """A key of any length as 64 characters; a copy of the table gives no state away."""
    return hashlib.sha256(key.encode(errors="backslashreplace")).hexdigest()
