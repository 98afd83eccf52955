"""The deadlines ahead of a place, each event once: what digests show and reminders are made of."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.alerts.reminder import worth
from bot.domain.destination import Destination
from bot.domain.ids import Tenant
from bot.domain.marks import team_of
from bot.domain.views import FoundDeadline
from bot.ports import Queries
from bot.record.deadlines import lifecycle
from bot.record.timeline import OfRecord, with_marks

_MOST = 500
"""Deadlines of stories that are looked at for one workspace."""


def nothing_on_record(_since: date, _until: date) -> Sequence[FoundDeadline]:
    """The record of those who keep none."""
    return ()


class Ahead:
    """Reads the deadlines of each team once a run. Make one for every run."""

    def __init__(self, queries: Queries, record: OfRecord, *, days: int) -> None:
        """`days` is how far ahead is looked."""
        self._queries = queries
        self._record = record
        self._days = days
        self._seen: dict[tuple[Tenant, Tenant, date], list[FoundDeadline]] = {}

    async def of(self, place: Destination, today: date) -> list[FoundDeadline]:
        """Return what is due from a place's day on, soonest first.

        What its team dismissed, what somebody handles, what is barely known and what an official
        source states otherwise are left out; an extension takes the place of the date it moved.
        """
        tenant, team = place.address.tenant, team_of(place.address)
        found = self._seen.get((tenant, team, today))
        if found is None:
            found = await self._read(tenant, team, today)
            self._seen[tenant, team, today] = found
        return found

    async def _read(self, tenant: Tenant, team: Tenant, today: date) -> list[FoundDeadline]:
        until = today + timedelta(days=self._days)
        read = await self._queries.deadlines(
            owner=tenant, since=today, until=until, topic=None, limit=_MOST, team=team, whole=True
        )
        marks = await self._queries.people.of_record(team)
        of_record = with_marks(self._record(today, until), marks)
        known = [row for row in (*of_record, *read) if _counts(row)]
        held = lifecycle(known, since=today, until=until)
        return [row for row in held if row.fact.date >= today and _asks_for_something(row)]


def _counts(row: FoundDeadline) -> bool:
    """Whether a deadline is known well enough, or says by its marks what becomes of others."""
    return worth(row.fact) or row.marks.confirmed is not None or row.marks.dismissed is not None


def _asks_for_something(row: FoundDeadline) -> bool:
    return row.marks.handled is None and (not row.outranked or row.marks.confirmed is not None)
