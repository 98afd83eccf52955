"""What teams say of the deadlines of `timeline.yaml`, which have no row: a code names what one says."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import RecordId, Tenant
from bot.domain.marks import MarksOfRecord, Settling, Signed
from bot.storage import tables
from bot.storage.mark_rows import REPLACED, marks_of
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.record_marks
_REOPENED = "reopened"
"""Stands in place of all that was forgotten: calendars must learn when that was."""


async def settle(
    connection: AsyncConnection, code: RecordId, team: Tenant, said: Settling, signed: Signed
) -> None:
    """Store what a person says; dismissing and all else replace each other."""
    replaced = [*REPLACED[said], _REOPENED]
    await connection.execute(sa.delete(_t).where(_of(code, team), _t.c.said.in_(replaced)))
    values = {"said": said, "who": signed.by, "called": signed.called, "at": signed.at}
    await insert_new(connection, _t, [{"code": code, "team": team, **values}])


async def reopen(connection: AsyncConnection, code: RecordId, team: Tenant, at: datetime) -> bool:
    """Forget all a team said of a deadline; False where that was nothing."""
    there = sa.delete(_t).where(_of(code, team), _t.c.said != _REOPENED)
    if not (await connection.execute(there)).rowcount:
        return False
    values = {"said": _REOPENED, "who": "", "called": "", "at": at}
    await insert_new(connection, _t, [{"code": code, "team": team, **values}])
    return True


async def of_team(connection: AsyncConnection, team: Tenant) -> MarksOfRecord:
    """Return all that a team said, and when it last did."""
    said: dict[RecordId, list[Row]] = {}
    for row in await connection.execute(sa.select(_t).where(_t.c.team == team)):
        said.setdefault(RecordId(row.code), []).append(row)
    return {
        code: replace(marks_of(rows), changed_at=max(row.at for row in rows))
        for code, rows in said.items()
    }


def _of(code: RecordId, team: Tenant) -> sa.ColumnElement[bool]:
    return sa.and_(_t.c.code == code, _t.c.team == team)
