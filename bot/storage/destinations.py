"""The places alerts go to."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryState
from bot.domain.destination import Address, Destination, DestinationState, PlatformName
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId
from bot.domain.manners import Manners
from bot.errors import InvalidInputError
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.destinations

CONFIGURED = "config"
"""Who set what `bot.yaml` says."""


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
        self,
        destination_id: DestinationId,
        state: DestinationState,
        reason: str | None,
        *,
        until: datetime | None = None,
    ) -> None:
        """Pause, break or mend a destination; `until` is when a pause ends by itself."""
        update = sa.update(_t).where(_t.c.id == destination_id)
        values = {"state": state, "reason": reason, "paused_until": until}
        await self._connection.execute(update.values(values))

    async def end_pauses(self, now: datetime) -> int:
        """Let places go again whose pause is over; returns how many there were."""
        over = sa.and_(_t.c.state == DestinationState.PAUSED, _t.c.paused_until <= now)
        active = {"state": DestinationState.ACTIVE, "reason": None, "paused_until": None}
        result = await self._connection.execute(sa.update(_t).where(over).values(active))
        return result.rowcount

    async def set_manners(self, place: Destination, *, by: str) -> None:
        """Store how a place is told and sent to; its next reminders are looked for afresh.

        What the configuration says (`by` is ``config``) never goes over what a person said.
        """
        update = sa.update(_t).where(_t.c.id == place.id)
        if by == CONFIGURED:
            update = update.where(sa.or_(_t.c.settings_by.is_(None), _t.c.settings_by == by))
        await self._connection.execute(
            update.values(
                zone=place.zone,
                locale=place.locale,
                manners=dump(Manners, place.manners),
                at_most_once=place.at_most_once,
                settings_by=by,
                next_reminder_at=None,
            )
        )

    async def mend_broken(self) -> int:
        """Give every broken destination another try; returns how many there are.

        Notices that they are broken are dropped where they were not sent: what is tried again and
        fails again is told again, what works is not said to have stopped.
        """
        await self._drop_news(sa.true(), "the places were tried again")
        broken = _t.c.state == DestinationState.BROKEN
        mended = {"state": DestinationState.ACTIVE, "reason": None}
        result = await self._connection.execute(sa.update(_t).where(broken).values(mended))
        return result.rowcount

    async def subscribed(self, platform: PlatformName, workspace: str) -> list[Destination]:
        """Return the workspace's destinations that have subscriptions, by id."""
        wants = sa.exists().where(tables.subscriptions.c.destination_id == _t.c.id)
        query = sa.select(_t).where(_of(platform, workspace), wants).order_by(_t.c.id)
        return [to_destination(row) for row in await self._connection.execute(query)]

    async def break_workspace(self, platform: PlatformName, workspace: str, reason: str) -> int:
        """Break every destination of a workspace that works; returns how many."""
        works = _t.c.state == DestinationState.ACTIVE
        update = sa.update(_t).where(_of(platform, workspace), works)
        broken = {"state": DestinationState.BROKEN, "reason": reason}
        return (await self._connection.execute(update.values(broken))).rowcount

    async def mend_workspace(self, platform: PlatformName, workspace: str) -> int:
        """Give a workspace's broken destinations another try; returns how many there are.

        Notices that they are broken are dropped where they could not be sent either.
        """
        await self._drop_news(_of(platform, workspace), "the app was installed again")
        broken = _t.c.state == DestinationState.BROKEN
        update = sa.update(_t).where(_of(platform, workspace), broken)
        mended = {"state": DestinationState.ACTIVE, "reason": None}
        return (await self._connection.execute(update.values(mended))).rowcount

    async def _drop_news(self, which: sa.ColumnElement[bool], why: str) -> None:
        """Take back the unsent notices to these places; one that may have arrived is kept as dead.

        The others leave no row behind, because a notice is written once a day for each reason.
        """
        told = tables.deliveries
        news = sa.and_(
            told.c.destination_id.in_(sa.select(_t.c.id).where(which)),
            told.c.subject.startswith("notice:broken:", autoescape=True),
        )
        unsent = told.c.state.in_((DeliveryState.PENDING, DeliveryState.RETRY))
        await self._connection.execute(sa.delete(told).where(news, unsent))
        unclear = told.c.state == DeliveryState.UNKNOWN
        dead = {"state": DeliveryState.DEAD, "error": why}
        await self._connection.execute(sa.update(told).where(news, unclear).values(dead))


def _of(platform: PlatformName, workspace: str) -> sa.ColumnElement[bool]:
    return sa.and_(_t.c.platform == platform, _t.c.workspace == workspace)


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
        manners=load(Manners, row.manners),
        paused_until=row.paused_until,
    )
