"""The store's side of the tariff ledger. Rows are added with the entries they stand in."""

import datetime as dt
from typing import Protocol

from bot.domain.ids import Tenant
from bot.domain.ledger import LedgerRow
from bot.domain.marks import Settling, Signed


class TariffMarks(Protocol):
    """What teams say of rows."""

    async def say(self, row_id: int, team: Tenant, said: Settling, signed: Signed) -> None:
        """Store what a team says of a row, in place of what it said before."""
        ...

    async def take_back(self, row_id: int, team: Tenant) -> None:
        """Forget what a team said of a row."""
        ...


class TariffQueries(Protocol):
    """The ledger, as people look at it."""

    async def rows(self, *, owner: Tenant | None, team: Tenant, since: dt.date) -> list[LedgerRow]:
        """Return what decides (official, or confirmed by the team) and what was said since a day.

        What the team dismissed is left out.
        """
        ...

    async def row(self, row_id: int, *, owner: Tenant | None, team: Tenant) -> LedgerRow | None:
        """Return one row, dismissed or not; None where there is none that the owner may see."""
        ...
