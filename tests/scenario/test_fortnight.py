"""A fortnight of three channels, the clock passed in: what each was told reads as it is stored.

Real HTTP to sample feeds and to a fake Slack. The transcripts are `tests/data/transcripts/*.txt`.
To renew them after a change that is meant, and then read them:

    RENEW_TRANSCRIPTS=1 python -m pytest tests/scenario/test_fortnight.py
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.assembly import App, open_app
from bot.commands.exchange import Request
from bot.services.addresses import parse_actor
from bot.settings.load import load
from tests.conftest import HandClock
from tests.fakes.newsroom import Newsroom, Paper
from tests.fakes.slack import FakeSlack
from tests.fakes.transcript import Transcript

STORED = Path(__file__).parents[1] / "data" / "transcripts"
TORONTO = ZoneInfo("America/Toronto")
BEGIN = datetime(2026, 10, 19, 8, 0, tzinfo=TORONTO)
"""A Monday: Paris leaves summer time six days later, Toronto thirteen; Mexico City has none."""
STEP = timedelta(hours=1)

PAPERS = (
    Paper(id="ledger", name="Border Ledger", tier="trade_press"),
    Paper(id="courier", name="Lakes Courier"),
    Paper(id="diario", name="Diario Aduanal", lang="es", tier="trade_press"),
    Paper(id="bulletin", name="Sample Trade Bulletin", tier="official"),
)

SURTAX = "Canada to charge a 25 percent surtax on U.S. steel"
SURTAX_TEXT = (
    "Canada will charge a 25 percent surtax on steel from the United States. "
    "Written comments are due November 2, 2026. "
    "The surtax takes effect on October 30, 2026."
)

CHANNELS = {
    "C1": (
        "#planta-monterrey · America/Mexico_City · español · silencio de 22:00 a 07:00",
        "America/Mexico_City",
        ("settings zone:America/Mexico_City locale:es quiet:22:00-07:00", "suscribir acero, autos"),
    ),
    "C2": (
        "#trade-desk · America/Toronto · English · more than four alerts in ten minutes are folded",
        "America/Toronto",
        ("settings zone:America/Toronto locale:en storm:4", "subscribe steel, autos"),
    ),
    "C5": (
        "#veille · Europe/Paris · français · résumé quotidien à 08:00",
        "Europe/Paris",
        ("settings zone:Europe/Paris locale:fr", "abonner acier, autos quand:quotidien@08:00"),
    ),
}


class Fortnight:
    """The clock, the papers, the channels, and what is noted of them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.clock = HandClock(time=BEGIN)
        self.slack = FakeSlack(now=lambda: self.clock.now().timestamp())
        self.slack.add_channel("C5")
        self.news = Newsroom(PAPERS, self.clock)
        self.notes = [Transcript(title, name, zone) for name, (title, zone, _) in CHANNELS.items()]
        self._folder = folder
        self._url = url

    @asynccontextmanager
    async def running(self) -> AsyncIterator[App]:
        """The bot, from its start to its stop."""
        config = self._folder / "config"
        config.mkdir(exist_ok=True)
        (config / "feeds.yaml").write_text(self.news.config())
        (config / "bot.yaml").write_text(
            "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s,"
            " per_host: 8}\n"
        )
        environ = {
            "BOT_DATABASE_URL": self._url,
            "BOT_SECRET_KEYS": "k8mXbOT9lKrRnJm0m5p8yD8M0v3mX7l0w0sK0b1c2dE=",
            "BOT_ALLOW_HOSTS": self.news.host,
            "BOT_WEB_BIND": "off",
            "SLACK_BOT_TOKEN": self.slack.token(),
            "SLACK_API_URL": self.slack.api_url,
        }
        async with open_app(load(config, environ), clock=self.clock, chance=lambda: 0.5) as app:
            await app.reconcile()
            yield app

    async def poll(self, app: App) -> None:
        """Poll every paper, and tell what came."""
        await app.ingest.poll_all(everything=True)
        await self.tick(app)

    async def tick(self, app: App) -> None:
        """What the engine does again and again; waiting for a channel's pace moves the clock."""
        at = self.clock.now()

        async def wait(seconds: float) -> None:
            self.clock.advance(seconds=seconds)

        await app.fanout.run()
        await app.hours.run()
        await app.deliver.drain(timedelta(minutes=5), sleep=wait)
        self.clock.time = at
        for note in self.notes:
            note.look(self.slack.messages(note.channel), at)

    async def until(self, app: App, day: int, hour: int, minute: int = 0) -> None:
        """Let time pass up to an hour in Toronto, `day` days after the first."""
        end = self._toronto(day, hour, minute)
        while self.clock.now() < end:
            past = timedelta(minutes=self.clock.now().minute)
            self.clock.time = min(self.clock.now() - past + STEP, end)
            await self.tick(app)

    def stopped(self, day: int, hour: int) -> None:
        """Let time pass while no process runs."""
        for note in self.notes:
            note.says(self.clock.now(), "the bot stops")
        self.clock.time = self._toronto(day, hour)
        for note in self.notes:
            note.says(self.clock.now(), "the bot runs again")

    def _toronto(self, day: int, hour: int, minute: int = 0) -> datetime:
        date = BEGIN.date() + timedelta(days=day)
        return datetime(date.year, date.month, date.day, hour, minute, tzinfo=TORONTO)


async def ask(app: App, channel: str, text: str) -> str:
    """Ask as a person in a channel; the reply's text."""
    actor = parse_actor(f"slack:T1/U1/{channel}")
    reply = await app.commands.answer(Request(text=text, actor=actor))
    assert reply.ok, reply.text
    return reply.text


async def first_days(two: Fortnight, app: App) -> None:
    """Monday to Sunday: news, a second source, a correction, the official text, an extension."""
    news = two.news
    news.prints("ledger", "old", "Steel mills of the lakes hold their yearly fair", "A fair opens.")
    await two.poll(app)
    for channel, (_, _, asked) in CHANNELS.items():
        for text in asked:
            await ask(app, channel, text)
    await two.until(app, 0, 10)
    news.prints("ledger", "surtax", SURTAX, SURTAX_TEXT)
    await two.poll(app)
    await two.until(app, 0, 15)
    news.prints(
        "courier",
        "surtax",
        "Canada to charge 25 percent surtax on American steel from November 1",
        "Canada will charge a 25 percent surtax on steel from the United States. "
        "The surtax takes effect on November 1, 2026.",
    )
    await two.poll(app)
    await two.until(app, 1, 1, 30)
    news.prints(
        "diario",
        "autos",
        "México impondrá un arancel de 15 por ciento a los automóviles de Estados Unidos",
        "México impondrá un arancel de 15 por ciento a los automóviles de Estados Unidos "
        "a partir del 16 de noviembre de 2026.",
    )
    await two.poll(app)
    await two.until(app, 2, 9)
    news.prints(
        "ledger",
        "surtax",
        SURTAX.replace("25", "20"),
        SURTAX_TEXT.replace("25", "20"),
    )
    await two.poll(app)
    await two.until(app, 3, 9)
    news.prints(
        "bulletin",
        "order",
        "Surtax on steel from the United States Order",
        "Canada imposes a 20 percent surtax on steel imported from the United States. The Order "
        "was published in the Canada Gazette, Part II, on October 21, 2026. "
        "The surtax takes effect on October 30, 2026.",
    )
    await two.poll(app)
    await two.until(app, 4, 11)
    news.prints(
        "bulletin",
        "extension",
        "Canada extends comment period on surtax on steel from the United States",
        "The deadline for written comments on the 20 percent surtax on steel from the United "
        "States is extended from November 2, 2026 to November 9, 2026.",
    )
    await two.poll(app)
    await two.until(app, 6, 20)


STORM = (
    ("Northgate moves assembly of pickup trucks to Ohio", "The automaker gave no date for it."),
    (
        "Union votes on contract of those who build electric cars at Bluestone",
        "The count of the autoworkers' votes is expected in the evening.",
    ),
    ("Seat maker Fairmont opens plant for auto parts in Puebla", "It hires six hundred people."),
    (
        "Wheel maker Osprey asks for review of rules of origin for auto parts",
        "Osprey says that the labour value content of its wheels is counted wrongly.",
    ),
    ("Steel tariff talks stall over quota for pipes", "Both sides meet again next week."),
    (
        "Automakers ask Ottawa for remission of vehicle tariffs",
        "Five makers of cars wrote a letter about imports of vehicles from the United States.",
    ),
    (
        "Aluminum and steel imports fall by a third, customs data say",
        "Steel imports were the lowest of the year.",
    ),
)


async def second_week(two: Fortnight) -> None:
    """A stop over a reminder, many alerts at once, the end of summer time in Toronto."""
    two.stopped(8, 14)
    async with two.running() as app:
        await two.tick(app)
        await two.until(app, 9, 10)
        for number, (title, text) in enumerate(STORM):
            two.news.prints("courier", f"storm-{number}", title, text)
        await two.poll(app)
        await two.until(app, 14, 12)


def stored(note: Transcript) -> str:
    """Return the transcript that is kept, after it was renewed where that is asked for."""
    file = STORED / f"fortnight-{note.channel}.txt"
    if os.environ.get("RENEW_TRANSCRIPTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(note.text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


async def test_a_fortnight_reads_well(tmp_path: Path, database_url: str) -> None:
    """Every message of three channels, in three zones and languages, on both databases."""
    two = Fortnight(tmp_path, database_url)
    async with two.news, two.slack:
        async with two.running() as app:
            await first_days(two, app)
        await second_week(two)
    for note in two.notes:
        assert note.text == stored(note)
