"""The tariff ledger for people: what is in force on a day, what is coming, what is only said."""

import asyncio
import datetime as dt
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.ledger import LedgerRow
from bot.domain.marks import Settling, Signed, team_of
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.record.ledger import Ledger, ledger, of_timeline, without_repeats
from bot.record.timeline import Timeline
from bot.services.permissions import Policy, require_settling

REPORTED_FOR = dt.timedelta(days=90)
"""How long what is only reported counts, from the day it was said."""


class TariffAct(StrEnum):
    """What a person can do with a row."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    REOPEN = "reopen"


_SAYS = {TariffAct.CONFIRM: Settling.CONFIRMED, TariffAct.DISMISS: Settling.DISMISSED}


class NoTariffError(InvalidInputError):
    """Nobody knows this row, or it is not this person's to see."""

    def __init__(self, row_id: int) -> None:
        super().__init__(f"There is no tariff {row_id}: `tariffs` shows those that were reported.")
        self.row_id = row_id


def reported_since(day: dt.date) -> dt.date:
    """Return since when it counts on a day; on the first days of the calendar, since their first."""
    return day - min(REPORTED_FOR, day - dt.date.min)


class TariffService:
    """Derives the answer from timeline.yaml and the rows that entries brought."""

    def __init__(
        self, store: Store, clock: Clock, timeline: Timeline, policy: Policy | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._seed = of_timeline(timeline)
        self._policy = policy or Policy()

    async def on(
        self,
        actor: Actor,
        day: dt.date,
        *,
        country: str | None = None,
        topic: str | None = None,
    ) -> Ledger:
        """Return what the ledger means on a day, for a country on either side, or a topic."""
        rows = await self.rows(actor, since=reported_since(day))
        return await asyncio.to_thread(
            ledger, rows, on=day, country=country, topic=topic, reported_for=REPORTED_FOR
        )

    async def rows(self, actor: Actor, *, since: dt.date) -> list[LedgerRow]:
        """Return every row that decides, and what was reported since a day; repeats joined."""
        stored = await self._store.queries.tariffs.rows(
            owner=actor.tenant, team=team_of(actor.address), since=since
        )
        return await asyncio.to_thread(without_repeats, [*self._seed, *stored])

    async def one(self, actor: Actor, row_id: int) -> LedgerRow:
        """Return a stored row. Raises NoTariffError."""
        row = await self._store.queries.tariffs.row(
            row_id, owner=actor.tenant, team=team_of(actor.address)
        )
        if row is None:
            raise NoTariffError(row_id)
        return row

    async def settle(self, actor: Actor, row_id: int, act: TariffAct) -> LedgerRow:
        """Say for the person's team that a row is right or wrong, or take that back.

        Raises NoTariffError, and ChannelLockedError where the person may not.
        """
        require_settling(self._policy, actor)
        await self.one(actor, row_id)
        team, now = team_of(actor.address), self._clock.now()
        async with self._store.begin() as uow:
            said = _SAYS.get(act)
            if said is None:
                await uow.tariffs.take_back(row_id, team)
            else:
                signed = Signed(by=actor.name, called=actor.called or actor.user, at=now)
                await uow.tariffs.say(row_id, team, said, signed)
            await uow.audit.add(actor.name, f"tariff {act}", str(row_id), now)
        return await self.one(actor, row_id)
