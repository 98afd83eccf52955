"""The feeds and their schedule."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feed import Feed, FeedSpec, FeedState, Origin
from bot.domain.health import Lease
from bot.domain.ids import FeedId, Tenant
from bot.errors import InvalidInputError
from bot.ports import Vault
from bot.storage import tables
from bot.storage.feed_rows import (
    changed_values,
    digest,
    first_interval,
    free_key,
    fresh_health,
    fresh_start,
    opened,
    spec_values,
    to_feed,
    visible,
)

__all__ = ["LEASE", "SqlFeeds", "to_feed", "visible"]

LEASE = timedelta(minutes=3)
"""How long a poll may take before another worker may take the feed."""

_t = tables.feeds


class SqlFeeds:
    """Implements `bot.ports.Feeds`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def reconcile(self, specs: Sequence[FeedSpec], now: datetime) -> None:
        """Make the config rows match the configuration."""
        query = sa.select(*(_t.c.id, _t.c.key, _t.c.url, _t.c.url_digest, _t.c.state)).where(
            _t.c.origin == Origin.CONFIG
        )
        rows = {row.key: row for row in (await self._connection.execute(query)).all()}
        wanted = {spec.key: spec for spec in specs}
        for key, spec in wanted.items():
            if key not in rows:
                await self._insert(spec, now)
                continue
            row = rows[key]
            values = spec_values(spec, self._vault)
            if row.url_digest == values["url_digest"]:
                if opened(row.url, self._vault) is not None:
                    del values["url"]  # it may have moved for good since
            else:
                values |= fresh_start(now) | fresh_health()
            if row.state == FeedState.DISABLED or (
                row.state == FeedState.GONE and row.url_digest != values["url_digest"]
            ):
                values |= {"state": FeedState.ACTIVE, "next_poll_at": now}
            await self._connection.execute(sa.update(_t).where(_t.c.id == row.id).values(values))
        gone = [row.id for key, row in rows.items() if key not in wanted]
        if gone:
            disable = sa.update(_t).where(_t.c.id.in_(gone)).values(state=FeedState.DISABLED)
            await self._connection.execute(disable)

    async def add(self, spec: FeedSpec, now: datetime) -> Feed:
        """Store a feed of a person, or take up again one that its owner had removed.

        Raises InvalidInputError where the owner has this address.
        """
        same = sa.select(_t.c.name).where(
            _t.c.url_digest == digest(spec.url),
            _t.c.state != FeedState.DISABLED,
            sa.or_(_t.c.owner.is_(None), _t.c.owner == spec.owner),
        )
        name = await self._connection.scalar(same)
        if name is not None:
            raise InvalidInputError(f"this address is already polled, as “{name}”")
        feed_id = await self._revived(spec, now) or await self._insert(
            replace(spec, key=free_key(spec, await self._taken(spec))), now
        )
        feed = await self.get(feed_id)
        if feed is None:
            raise AssertionError(f"feed {feed_id} vanished in its own transaction")
        return feed

    async def add_all(self, specs: Sequence[FeedSpec], now: datetime) -> list[str]:
        """Store many feeds of people; those whose address the owner has are left out.

        Returns the keys of those that were stored.
        """
        query = sa.select(_t.c.key, _t.c.origin, _t.c.owner, _t.c.url_digest, _t.c.state)
        rows = (await self._connection.execute(query)).all()
        taken = {row.key for row in rows if row.origin == Origin.CHAT}
        gone = {(r.owner, r.url_digest) for r in rows if r.state == FeedState.DISABLED}
        here = {(r.owner, r.url_digest) for r in rows if r.state != FeedState.DISABLED}
        keys, fresh = [], []
        for spec in specs:
            same = (spec.owner, digest(spec.url))
            if same in here or (None, same[1]) in here:
                continue
            here.add(same)
            if same in gone:
                keys.append((await self.add(spec, now)).spec.key)
                continue
            key = free_key(spec, taken)
            taken.add(key)
            keys.append(key)
            fresh.append(self._new(replace(spec, key=key), now))
        if fresh:
            await self._connection.execute(sa.insert(_t), fresh)
        return keys

    async def get(self, feed_id: FeedId) -> Feed | None:
        """Return one feed."""
        row = (await self._connection.execute(sa.select(_t).where(_t.c.id == feed_id))).first()
        return None if row is None else to_feed(row, self._vault)

    async def listed(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds, and the owner's, by name."""
        query = (
            sa.select(_t)
            .where(_t.c.state != FeedState.DISABLED, visible(_t.c.owner, owner))
            .order_by(sa.func.lower(_t.c.name), _t.c.id)
        )
        return [to_feed(row, self._vault) for row in await self._connection.execute(query)]

    async def of_everybody(self) -> list[Feed]:
        """Return the feeds of every owner, by name: for operators."""
        query = (
            sa.select(_t)
            .where(_t.c.state != FeedState.DISABLED)
            .order_by(sa.func.lower(_t.c.name), _t.c.id)
        )
        return [to_feed(row, self._vault) for row in await self._connection.execute(query)]

    async def claim_due(
        self,
        now: datetime,
        *,
        worker: str,
        dead: Sequence[str],
        limit: int,
        everything: bool,
        only: FeedId | None = None,
    ) -> list[Feed]:
        """Lease feeds that are due, most overdue first; `everything` ignores next_poll_at."""
        free = sa.or_(
            _t.c.lease_until.is_(None), _t.c.lease_until < now, _t.c.lease_owner.in_(list(dead))
        )
        allowed = sa.or_(_t.c.not_before.is_(None), _t.c.not_before <= now)
        due = sa.true() if everything else _t.c.next_poll_at <= now
        meant = sa.true() if only is None else _t.c.id == only
        query = (
            sa.select(_t)
            .where(_t.c.state == FeedState.ACTIVE, due, allowed, free, meant)
            .order_by(_t.c.next_poll_at, _t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(query)).all()
        if rows:
            values = {"lease_owner": worker, "lease_until": now + LEASE}
            ids = [row.id for row in rows]
            await self._connection.execute(sa.update(_t).where(_t.c.id.in_(ids)).values(values))
        lease = Lease(owner=worker, until=now + LEASE)
        return [to_feed(row, self._vault, lease=lease) for row in rows]

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on feeds."""
        query = sa.select(_t.c.lease_owner).where(_t.c.lease_owner.is_not(None)).distinct()
        return list((await self._connection.execute(query)).scalars())

    async def leased(self, feeds: Sequence[Feed]) -> frozenset[FeedId]:
        """Return those feeds whose claim still stands; it does until the transaction ends."""
        columns = (_t.c.id, _t.c.lease_owner, _t.c.lease_until)
        query = sa.select(*columns).where(_t.c.id.in_([feed.id for feed in feeds]))
        rows = await self._connection.execute(query.order_by(_t.c.id).with_for_update())
        held = {id_: Lease(owner=owner, until=until) for id_, owner, until in rows if owner}
        return frozenset(
            feed.id for feed in feeds if feed.lease is None or held.get(feed.id) == feed.lease
        )

    async def save_all(
        self,
        feeds: Sequence[tuple[Feed, Feed]],
        marks: Mapping[FeedId, frozenset[str]] | None = None,
    ) -> None:
        """Store feeds that are `leased`, as they were and as polls left them; ends their leases."""
        alike: dict[tuple[str, ...], list[dict[str, object]]] = {}
        for before, feed in feeds:
            values = changed_values(before, feed, self._vault)
            values |= _ended(feed, (marks or {}).get(feed.id))
            alike.setdefault(tuple(values), []).append(values | {"feed_id": feed.id})
        update = sa.update(_t).where(_t.c.id == sa.bindparam("feed_id"))
        for rows in alike.values():
            await self._connection.execute(update, rows)

    async def set_state(self, feed_id: FeedId, state: FeedState) -> None:
        """Pause, resume or end a feed."""
        await self._connection.execute(sa.update(_t).where(_t.c.id == feed_id).values(state=state))

    async def wake(self, feed_id: FeedId, now: datetime) -> None:
        """Poll a feed again, and at once; what its server asked us to wait for still holds."""
        values = {"state": FeedState.ACTIVE, "next_poll_at": now}
        await self._connection.execute(sa.update(_t).where(_t.c.id == feed_id).values(values))

    async def _revived(self, spec: FeedSpec, now: datetime) -> FeedId | None:
        """Take up a feed again that the same owner removed, so that what it brought stays one."""
        query = sa.select(_t.c.id, _t.c.key).where(
            _t.c.url_digest == digest(spec.url),
            _t.c.state == FeedState.DISABLED,
            _t.c.origin == spec.origin,
            _t.c.owner.is_(None) if spec.owner is None else _t.c.owner == spec.owner,
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return None
        values = spec_values(replace(spec, key=row.key), self._vault)
        values |= fresh_start(now) | fresh_health() | first_interval(spec)
        values |= {"notify_destination_id": spec.notify_destination_id, "watch": None}
        await self._connection.execute(sa.update(_t).where(_t.c.id == row.id).values(values))
        return FeedId(row.id)

    async def _taken(self, spec: FeedSpec) -> set[str]:
        """Return the keys that begin as this one does."""
        query = sa.select(_t.c.key).where(
            _t.c.origin == spec.origin, _t.c.key.startswith(spec.key, autoescape=True)
        )
        return set((await self._connection.execute(query)).scalars())

    async def _insert(self, spec: FeedSpec, now: datetime) -> FeedId:
        values = self._new(spec, now)
        result = await self._connection.execute(sa.insert(_t).values(values).returning(_t.c.id))
        return FeedId(result.scalar_one())

    def _new(self, spec: FeedSpec, now: datetime) -> dict[str, object]:
        values = spec_values(spec, self._vault) | fresh_start(now) | first_interval(spec)
        return values | {"failures": 0, "notify_destination_id": spec.notify_destination_id}


def _ended(feed: Feed, marks: frozenset[str] | None) -> dict[str, object]:
    """Return what only some polls change."""
    values: dict[str, object] = {}
    if feed.state is FeedState.GONE:  # otherwise a person may have paused it meanwhile
        values["state"] = feed.state
    if marks is not None:
        values["marks"] = " ".join(sorted(marks))
    return values
