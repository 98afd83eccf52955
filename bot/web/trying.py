"""Rules tried on the archive from a page or the API: bounded, and one at a time."""

import asyncio
import datetime as dt

from aiohttp import web

from bot.domain.ids import Tenant
from bot.reading.rules import Rules
from bot.reading.topics import TopicReader
from bot.record.backtest import Backtest
from bot.services.addresses import parse
from bot.services.backtest import BacktestService

MOST = 20_000
"""Entries one try looks at: some seconds, in turns with everything else."""
DAYS = 180
MOST_DAYS = 400
_PATIENCE_S = 5.0


class Trying:
    """Runs one backtest at a time: a second one waits a little, then is asked to come back."""

    def __init__(self, backtest: BacktestService) -> None:
        self._backtest = backtest
        self._turn = asyncio.Semaphore(1)

    async def query(
        self, tenant: Tenant, text: str, *, days: int = DAYS, against: str | None = None
    ) -> Backtest:
        """Try a query. Raises InvalidInputError, and HTTPServiceUnavailable while another runs."""
        place = parse(against) if against else None
        await self._take_turn()
        try:
            return await self._backtest.of_query(
                tenant, text, against=place, span=dt.timedelta(days=days), most=MOST
            )
        finally:
            self._turn.release()

    async def topics(
        self, tenant: Tenant, rules: Rules, topics: tuple[str, ...], *, days: int = DAYS
    ) -> Backtest:
        """Try changed topics. Raises HTTPServiceUnavailable while another try runs."""
        await self._take_turn()
        try:
            # building the automaton takes some tenths of a second: in a thread, others are answered
            reader = await asyncio.to_thread(TopicReader, rules)
            return await self._backtest.of_topics(
                tenant, reader, topics=topics, span=dt.timedelta(days=days), most=MOST
            )
        finally:
            self._turn.release()

    async def _take_turn(self) -> None:
        try:
            await asyncio.wait_for(self._turn.acquire(), _PATIENCE_S)
        except TimeoutError:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"}) from None
