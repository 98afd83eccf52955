"""The whole site over a store, on a port of its own."""

import datetime as dt
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp

from bot.domain.reading import DeadlineKind
from bot.domain.translated import Translated
from bot.reading.catalog import TopicCatalog
from bot.record.timeline import TariffRow
from bot.services.backtest import BacktestService
from bot.services.calendar import CalendarService
from bot.services.deadlines import DeadlineService
from bot.services.feed_changes import FeedChanges
from bot.services.feeds import FeedService
from bot.services.outbox import OutboxService
from bot.services.search import SearchService
from bot.services.stories import StoryService
from bot.services.story_feeds import StoryFeeds
from bot.services.subscriptions import SubscriptionService
from bot.services.tariffs import TariffService
from bot.settings.load import topics_of
from bot.settings.topic_edit import TopicEditor
from bot.web.parts import Parts
from bot.web.server import WebServer
from bot.web.site import add_site
from tests.fakes.addresses import Addresses
from tests.fakes.archive import event, timeline

TOKEN = "a-sample-token-of-forty-characters-length"
TOPICS = """\
topics:
  - id: tariffs
    label: {en: Tariffs, es: Aranceles, fr: Droits de douane}
    strong: [tariff*, duty]
  - id: autos
    label: {en: Autos, es: Autos, fr: Automobile}
    strong:
      en: [auto parts]
  - id: steel
    label: {en: Steel, es: Acero, fr: Acier}
    strong: [steel]
"""


def parts(store, clock, folder: Path, *, token: str | None = TOKEN, bind="127.0.0.1", hosts=()):
    """What the pages are made from, over a store."""
    file = folder / "topics.yaml"
    file.write_text(TOPICS)
    catalog = TopicCatalog(topics_of(file))
    duty = TariffRow(
        imposer="US",
        targets=("CA",),
        authority="Section 232",
        products=("steel",),
        rate=25.0,
        effective=dt.date(2026, 3, 12),
        names=(("Section 232", Translated(es="Sección 232", fr="article 232")),),
    )
    filing = event("2026-11-25", "Filing opens", DeadlineKind.COMPLIANCE, "steel")
    said = replace(filing.fact, translated=Translated(es="Abre el trámite", fr="Le dépôt ouvre"))
    known = timeline(
        replace(filing, fact=said),
        replace(event("2026-03-12", "A duty of 25 % on steel.", None, "steel"), tariffs=(duty,)),
    )
    deadlines = DeadlineService(store, known)
    web = Addresses()
    return Parts(
        queries=store.queries,
        stories=StoryService(store),
        deadlines=deadlines,
        tariffs=TariffService(store, clock, known),
        search=SearchService(store),
        feeds=FeedService(store, clock),
        feed_changes=FeedChanges(store, clock, look=web.look, guard=web.guard),
        subscriptions=SubscriptionService(store, clock, catalog),
        backtest=BacktestService(store, clock),
        calendar=CalendarService(store, clock, record=deadlines.of_record, as_of=known.as_of),
        outbox=OutboxService(store, clock),
        story_feeds=StoryFeeds(store),
        topics=TopicEditor(file),
        timeline=known,
        catalog=catalog,
        clock=clock,
        zone="America/Toronto",
        locale="en",
        bind=bind,
        hosts=hosts,
        token=token,
    )


class Browsing:
    """Asks a running server; keeps no cookies."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self.home = f"http://127.0.0.1:{port}"
        self._session = session

    async def get(self, path: str, **headers: str):
        """Return status, headers and body."""
        return await self.ask("GET", path, headers=headers)

    async def ask(self, method: str, path: str, **more):
        """Send any request; redirects are not followed."""
        async with self._session.request(
            method, self.home + path, allow_redirects=False, **more
        ) as answer:
            return answer.status, answer.headers, await answer.read()


@asynccontextmanager
async def open_site(made: Parts):
    """Serve the site on a free port of this machine."""
    server = WebServer(
        queries=made.queries,
        host="127.0.0.1",
        port=0,
        handlers={},
        site=lambda app: add_site(app, made),
    )
    await server.start()
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield Browsing(server.port, session)
    finally:
        await server.stop()
