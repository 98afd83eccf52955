"""The feeds and their schedule."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feed import (
    Feed,
    FeedKind,
    FeedSpec,
    FeedState,
    Hints,
    Origin,
    Tier,
    Validators,
)
from bot.domain.ids import FeedId, Tenant
from bot.errors import InvalidInputError
from bot.ports import Vault
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row

LEASE = timedelta(minutes=3)
"""How long a poll may take before another worker may take the feed."""

DEFAULT_INTERVAL_S = 900
"""The first guess for a feed that asks for nothing; the schedule moves it."""

_t = tables.feeds


class SqlFeeds:
    """Implements `bot.ports.Feeds`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def reconcile(self, specs: Sequence[FeedSpec], now: datetime) -> None:
        """Make the config rows match the configuration."""
        query = sa.select(_t.c.id, _t.c.key, _t.c.url_digest, _t.c.state).where(
            _t.c.origin == Origin.CONFIG
        )
        rows = {row.key: row for row in (await self._connection.execute(query)).all()}
        wanted = {spec.key: spec for spec in specs}
        for key, spec in wanted.items():
            if key not in rows:
                await self._insert(spec, now)
                continue
            row = rows[key]
            values = _spec_values(spec, self._vault)
            if row.url_digest == values["url_digest"]:
                del values["url"]  # it may have moved for good since
            else:
                values |= _fresh_start(now) | _fresh_health()
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
        """Store a feed of a person. Raises InvalidInputError where the owner has this address."""
        same = sa.select(_t.c.name).where(
            _t.c.url_digest == _digest(spec.url),
            _t.c.state != FeedState.DISABLED,
            sa.or_(_t.c.owner.is_(None), _t.c.owner == spec.owner),
        )
        name = await self._connection.scalar(same)
        if name is not None:
            raise InvalidInputError(f"this address is already polled, as “{name}”")
        feed_id = await self._insert(spec, now)
        feed = await self.get(feed_id)
        if feed is None:
            raise AssertionError(f"feed {feed_id} vanished in its own transaction")
        return feed

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

    async def claim_due(
        self, now: datetime, *, worker: str, dead: Sequence[str], limit: int, everything: bool
    ) -> list[Feed]:
        """Lease feeds that are due, most overdue first; `everything` ignores next_poll_at."""
        free = sa.or_(
            _t.c.lease_until.is_(None), _t.c.lease_until < now, _t.c.lease_owner.in_(list(dead))
        )
        allowed = sa.or_(_t.c.not_before.is_(None), _t.c.not_before <= now)
        due = sa.true() if everything else _t.c.next_poll_at <= now
        query = (
            sa.select(_t)
            .where(_t.c.state == FeedState.ACTIVE, due, allowed, free)
            .order_by(_t.c.next_poll_at, _t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(query)).all()
        if rows:
            lease = {"lease_owner": worker, "lease_until": now + LEASE}
            ids = [row.id for row in rows]
            await self._connection.execute(sa.update(_t).where(_t.c.id.in_(ids)).values(lease))
        return [to_feed(row, self._vault) for row in rows]

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on feeds."""
        query = sa.select(_t.c.lease_owner).where(_t.c.lease_owner.is_not(None)).distinct()
        return list((await self._connection.execute(query)).scalars())

    async def save(self, feed: Feed, marks: frozenset[str] | None) -> None:
        """Store a feed after its poll and end its lease."""
        values = _state_values(feed, self._vault)
        if feed.state is FeedState.GONE:  # otherwise a person may have paused it meanwhile
            values["state"] = feed.state
        if marks is not None:
            values["marks"] = " ".join(sorted(marks))
        await self._connection.execute(sa.update(_t).where(_t.c.id == feed.id).values(values))

    async def set_state(self, feed_id: FeedId, state: FeedState) -> None:
        """Pause, resume or end a feed."""
        await self._connection.execute(sa.update(_t).where(_t.c.id == feed_id).values(state=state))

    async def _insert(self, spec: FeedSpec, now: datetime) -> FeedId:
        values = _spec_values(spec, self._vault) | _fresh_start(now)
        values |= {
            "state": FeedState.ACTIVE,
            "interval": spec.interval or DEFAULT_INTERVAL_S,
            "failures": 0,
        }
        result = await self._connection.execute(sa.insert(_t).values(values).returning(_t.c.id))
        return FeedId(result.scalar_one())


def visible(column: sa.Column[str], owner: Tenant | None) -> sa.ColumnElement[bool]:
    """Return the condition that a row is shared or the owner's."""
    shared = column.is_(None)
    return shared if owner is None else sa.or_(shared, column == owner)


def to_feed(row: Row, vault: Vault) -> Feed:
    """Return the feed a row of `feeds` holds."""
    spec = FeedSpec(
        key=row.key,
        name=row.name,
        url=_open(row.url, row.origin, vault),
        lang=row.lang,
        tier=Tier(row.tier),
        kind=FeedKind(row.kind),
        interval=row.asked_interval,
        owner=row.owner,
        origin=Origin(row.origin),
    )
    plain = {name: getattr(row, name) for name in _PLAIN}
    redirect = row.redirect_url
    return Feed(
        id=FeedId(row.id),
        spec=spec,
        state=FeedState(row.state),
        validators=Validators(
            etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash
        ),
        redirect_url=None if redirect is None else _open(redirect, row.origin, vault),
        hints=load(Hints, row.hints),
        **plain,
    )


_PLAIN = (
    "next_poll_at",
    "not_before",
    "interval",
    "failures",
    "last_polled_at",
    "last_success_at",
    "last_entry_at",
    "last_status",
    "last_error",
    "redirect_seen",
    "cadence",
)
"""Columns that have the name and the type of the field of Feed."""


def _spec_values(spec: FeedSpec, vault: Vault) -> dict[str, object]:
    return {
        "key": spec.key,
        "name": spec.name,
        "url": _seal(spec.url, spec.origin, vault),
        "url_digest": _digest(spec.url),
        "lang": spec.lang,
        "tier": spec.tier,
        "kind": spec.kind,
        "asked_interval": spec.interval,
        "owner": spec.owner,
        "origin": spec.origin,
    }


def _state_values(feed: Feed, vault: Vault) -> dict[str, object]:
    redirect = feed.redirect_url
    return {name: getattr(feed, name) for name in _PLAIN} | {
        "url": _seal(feed.spec.url, feed.spec.origin, vault),
        "etag": feed.validators.etag,
        "last_modified": feed.validators.last_modified,
        "body_hash": feed.validators.body_hash,
        "hints": dump(Hints, feed.hints),
        "redirect_url": None if redirect is None else _seal(redirect, feed.spec.origin, vault),
        "lease_owner": None,
        "lease_until": None,
    }


def _fresh_start(now: datetime) -> dict[str, object]:
    """Return what is known of an address never polled: another address has other validators."""
    return {
        "next_poll_at": now,
        "not_before": None,
        "etag": None,
        "last_modified": None,
        "body_hash": None,
        "redirect_url": None,
        "redirect_seen": 0,
        "hints": dump(Hints, Hints()),
        "marks": "",
        "lease_owner": None,
        "lease_until": None,
    }


def _fresh_health() -> dict[str, object]:
    """Return what is known of how another address behaves: nothing, so its first poll is a first."""
    return {
        "failures": 0,
        "last_success_at": None,
        "last_entry_at": None,
        "last_status": None,
        "last_error": None,
        "cadence": None,
    }


def _digest(url: str) -> str:
    return hashlib.blake2b(url.encode(), digest_size=16).hexdigest()


def _seal(url: str, origin: str, vault: Vault) -> str:
    return vault.seal(url) if origin == Origin.CHAT else url


def _open(stored: str, origin: str, vault: Vault) -> str:
    return vault.open(stored) if origin == Origin.CHAT else stored
