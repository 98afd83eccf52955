"""The rows of the tariff ledger, kept while nothing is added to it: several pages begin with them."""

import datetime as dt
import time
from collections.abc import Sequence

from bot.domain.actor import Actor
from bot.domain.ledger import LedgerRow
from bot.domain.marks import team_of
from bot.ports.pages import State
from bot.web.kept import Kept
from bot.web.parts import Parts

_KEPT_S = 60.0


class LedgerRows:
    """Reads them once for all who may see the same."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._kept: Kept[Sequence[LedgerRow]] = Kept(time.monotonic, for_s=_KEPT_S)

    async def since(
        self, actor: Actor, day: dt.date, state: State | None = None
    ) -> Sequence[LedgerRow]:
        """Return every row that decides, and what was reported since a day.

        `state` spares asking how far the archive has come where that is known.
        """
        known = state or await self._parts.queries.pages.state()

        async def read() -> Sequence[LedgerRow]:
            return await self._parts.tariffs.rows(actor, since=day)

        key = (actor.tenant, team_of(actor.address), day, known.tariffs)
        return await self._kept.get(key, read)
