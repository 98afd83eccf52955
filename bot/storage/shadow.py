"""Versions of rules, and what shadow rules would have read otherwise: a row for each difference."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ids import EntryId
from bot.domain.shadow import Difference, RuleVersion, ShadowRun
from bot.storage import tables
from bot.storage.rows import Row

_rules, _found = tables.rule_versions, tables.shadow_differences


class SqlRuleVersions:
    """Implements `bot.ports.shadow.RuleVersions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def follow(
        self, *, live: str, shadow: str | None, now: datetime
    ) -> tuple[RuleVersion, RuleVersion | None]:
        """Note which rules hold from now on."""
        holding = {row.shadow: row for row in await self._holding()}
        old = holding.get(False)
        changed = old is None or old.version != live
        kept = await self._take(old, live, shadow=False, now=now)
        beside = holding.get(True)
        if shadow is None or (beside is not None and changed):
            await self._end(beside, now)
            beside = None
        if shadow is None:
            return kept, None
        if beside is None or beside.version != shadow:
            await self._connection.execute(sa.delete(_found))
        return kept, await self._take(beside, shadow, shadow=True, now=now)

    async def note(self, version: str, looked_at: int, found: Mapping[EntryId, Difference]) -> None:
        """Add what running shadow rules made of new entries."""
        number = await self._connection.scalar(
            sa.update(_rules)
            .where(_rules.c.shadow, _rules.c.version == version, _rules.c.until.is_(None))
            .values(looked_at=_rules.c.looked_at + looked_at)
            .returning(_rules.c.id)
        )
        rows = [
            {
                "entry_id": entry_id,
                "rules_id": number,
                "gained": " ".join(sorted(each.gained)),
                "lost": " ".join(sorted(each.lost)),
            }
            for entry_id, each in found.items()
        ]
        if rows and number is not None:
            await self._connection.execute(sa.insert(_found), rows)

    async def _holding(self) -> list[RuleVersion]:
        query = sa.select(_rules).where(_rules.c.until.is_(None))
        return [_to_version(row) for row in await self._connection.execute(query)]

    async def _take(
        self, old: RuleVersion | None, version: str, *, shadow: bool, now: datetime
    ) -> RuleVersion:
        if old is not None and old.version == version:
            return old
        await self._end(old, now)
        values = {"version": version, "shadow": shadow, "since": now, "looked_at": 0}
        made = await self._connection.scalar(
            sa.insert(_rules).values(**values).returning(_rules.c.id)
        )
        return RuleVersion(id=int(made or 0), version=version, shadow=shadow, since=now)

    async def _end(self, old: RuleVersion | None, now: datetime) -> None:
        if old is not None:
            await self._connection.execute(
                sa.update(_rules).where(_rules.c.id == old.id).values(until=now)
            )


class SqlShadowQueries:
    """Implements `bot.ports.shadow.ShadowQueries`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def run(self) -> ShadowRun | None:
        """Return what the shadow rules that run, or ran last, would have changed."""
        last = sa.select(_rules).where(_rules.c.shadow).order_by(_rules.c.id.desc()).limit(1)
        async with self._engine.connect() as connection:
            row = (await connection.execute(last)).first()
            if row is None:
                return None
            query = sa.select(_found).where(_found.c.rules_id == row.id)
            found = {
                EntryId(each.entry_id): Difference(
                    gained=frozenset(each.gained.split()), lost=frozenset(each.lost.split())
                )
                for each in await connection.execute(query)
            }
        return ShadowRun(rules=_to_version(row), differences=found)


def _to_version(row: Row) -> RuleVersion:
    return RuleVersion(
        id=row.id,
        version=row.version,
        shadow=bool(row.shadow),
        since=row.since,
        until=row.until,
        looked_at=row.looked_at,
    )
