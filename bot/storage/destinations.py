"""The places alerts go to."""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.destination import Address, Destination, DestinationState, PlatformName
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId
from bot.errors import InvalidInputError
from bot.storage import tables
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.destinations


class SqlDestinations:
    """Implements `bot.ports.Destinations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, address: Address) -> Destination | None:
        """Return the destination.

        An empty workspace, on either side, stands for the one nobody knew yet. Raises
        InvalidInputError where it would fit several.
        """
        query = sa.select(_t).where(
            _t.c.platform == address.platform, _t.c.channel == address.channel
        )
        rows = {row.workspace: row for row in await self._connection.execute(query)}
        row = rows.get(address.workspace) or rows.get("")
        if row is None and not address.workspace:
            if len(rows) > 1:
                places = ", ".join(
                    f"{address.platform}:{w}/{address.channel}" for w in sorted(rows)
                )
                raise InvalidInputError(f"{address} is in several workspaces: name one of {places}")
            row = next(iter(rows.values()), None)
        return None if row is None else to_destination(row)

    async def ensure(
        self, address: Address, *, origin: Origin, zone: str, locale: str
    ) -> Destination:
        """Return the destination, made if need be; learns the workspace it did not know."""
        found = await self.find(address)
        if found is None:
            values = {
                "platform": address.platform,
                "workspace": address.workspace,
                "channel": address.channel,
                "state": DestinationState.ACTIVE,
                "zone": zone,
                "locale": locale,
                "origin": origin,
                "at_most_once": False,
            }
            await insert_new(self._connection, _t, [values])
            found = await self.find(address)
        if found is None:
            raise AssertionError(f"{address} vanished in its own transaction")
        if address.workspace and not found.address.workspace:
            update = sa.update(_t).where(_t.c.id == found.id).values(workspace=address.workspace)
            await self._connection.execute(update)
            found = replace(found, address=address)
        return found

    async def get(self, destination_id: DestinationId) -> Destination | None:
        """Return one destination."""
        row = (
            await self._connection.execute(sa.select(_t).where(_t.c.id == destination_id))
        ).first()
        return None if row is None else to_destination(row)

    async def set_state(
        self, destination_id: DestinationId, state: DestinationState, reason: str | None
    ) -> None:
        """Pause, break or mend a destination."""
        update = sa.update(_t).where(_t.c.id == destination_id)
        await self._connection.execute(update.values(state=state, reason=reason))

    async def mend_broken(self) -> int:
        """Give every broken destination another try; returns how many there are."""
        broken = _t.c.state == DestinationState.BROKEN
        mended = {"state": DestinationState.ACTIVE, "reason": None}
        result = await self._connection.execute(sa.update(_t).where(broken).values(mended))
        return result.rowcount


def to_destination(row: Row) -> Destination:
    """Return the destination a row of `destinations` holds."""
    return Destination(
        id=DestinationId(row.id),
        address=Address(
            platform=PlatformName(row.platform), workspace=row.workspace, channel=row.channel
        ),
        state=DestinationState(row.state),
        reason=row.reason,
        zone=row.zone,
        locale=row.locale,
        origin=Origin(row.origin),
        at_most_once=row.at_most_once,
        next_send_at=row.next_send_at,
    )
