"""The whole bot over a fortnight, the clock passed in: real HTTP to a feed and to a fake Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app.assembly import App, open_app
from bot.commands.exchange import Request
from bot.services.addresses import parse_actor
from bot.settings.load import load
from tests.conftest import HandClock
from tests.fakes.slack import FakeSlack
from tests.scenario.sample_web import SampleWeb

TORONTO = ZoneInfo("America/Toronto")


@asynccontextmanager
async def opened(
    folder: Path, web: SampleWeb, slack: FakeSlack, url: str, clock: HandClock
) -> AsyncIterator[App]:
    """The program's parts with one feed, as `usmca-bot run` opens them."""
    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "feeds.yaml").write_text(
        f"feeds:\n  - {{id: ledger, name: ledger sample, url: '{web.url('ledger')}', lang: en}}\n"
    )
    (config / "bot.yaml").write_text(
        "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s}\n"
    )
    environ = {
        "BOT_DATABASE_URL": url,
        "BOT_SECRET_KEYS": "k8mXbOT9lKrRnJm0m5p8yD8M0v3mX7l0w0sK0b1c2dE=",
        "BOT_ALLOW_HOSTS": web.host,
        "BOT_WEB_BIND": "off",
        "SLACK_BOT_TOKEN": slack.token(),
        "SLACK_API_URL": slack.api_url,
    }
    async with open_app(load(config, environ), clock=clock) as app:
        await app.reconcile()
        yield app


async def ask(app: App, channel: str, text: str) -> str:
    """Ask as a person in a channel; the reply's text."""
    actor = parse_actor(f"slack:T1/U1/{channel}")
    reply = await app.commands.answer(Request(text=text, actor=actor))
    assert reply.ok, reply.text
    return reply.text


async def tick(app: App) -> None:
    """What the engine does again and again, but for polling."""
    await app.fanout.run()
    await app.hours.run()
    await app.deliver.drain(timedelta(0))


def evening(clock: HandClock) -> datetime:
    """23:00 in Toronto, on the clock's own day."""
    today = clock.now().astimezone(TORONTO).date()
    return datetime.combine(today, time(23), TORONTO).astimezone(UTC)


async def test_a_fortnight_of_a_channel(tmp_path: Path, database_url: str) -> None:
    """Held over night, digested in the morning, reminded of on its days, over a stop of the bot."""
    clock = HandClock(time=datetime.now(UTC).replace(microsecond=0))
    clock.time = evening(clock)
    day = clock.now().astimezone(TORONTO).date() + timedelta(days=16)
    said = f"{day:%B} {day.day}, {day.year}"
    async with SampleWeb() as web, FakeSlack() as slack:
        web.show(
            "ledger",
            (
                "s1",
                "Canada to charge a 25 percent surtax on U.S. steel",
                f"Canada will charge a 25 percent surtax on steel from the United States on {said}.",
            ),
        )
        told: list[tuple[str, str, str]] = []

        def look() -> None:
            """Note what is new in the channels, with the local hour."""
            for channel in ("C1", "C2"):
                known = sum(place == channel for place, _, _ in told)
                hour = f"{clock.now().astimezone(TORONTO):%H}"
                new = slack.messages(channel)[known:]
                told.extend((channel, hour, str(posted.text)) for posted in new)

        async with opened(tmp_path, web, slack, database_url, clock) as app:
            at_once = "subscribe steel zone:America/Toronto quiet:22:00-07:00"
            assert "as before" not in await ask(app, "C1", at_once)
            await ask(app, "C2", "subscribe steel when:daily@08:00 zone:America/Toronto")
            await app.ingest.poll_all(everything=True)
            for _ in range(20):
                await tick(app)
                look()
                clock.advance(hours=1)
        seen = {channel: (hour, text) for channel, hour, text in told}
        assert len(told) == 2, told
        assert seen["C1"][0] == "07"
        assert "surtax" in seen["C1"][1]
        assert seen["C2"][0] == "08"
        assert seen["C2"][1].startswith("Digest of")
        # the bot is down on the fourteenth day before, and again on the seventh
        clock.time = datetime.combine(day - timedelta(days=12), time(12), TORONTO).astimezone(UTC)
        async with opened(tmp_path, web, slack, database_url, clock) as app:
            while clock.now().astimezone(TORONTO).date() < day - timedelta(days=8):
                await tick(app)
                clock.advance(hours=1)
        clock.time = datetime.combine(day - timedelta(days=3), time(12), TORONTO).astimezone(UTC)
        async with opened(tmp_path, web, slack, database_url, clock) as app:
            while clock.now().astimezone(TORONTO).date() <= day + timedelta(days=1):
                await tick(app)
                clock.advance(hours=1)
        reminders = [
            posted.text for posted in slack.messages("C1") if "Reminder" in str(posted.text)
        ]
        assert [text.split(":")[0] for text in reminders] == [
            "Reminder, in 12 days",
            "Reminder, in 3 days",
            "Reminder, tomorrow",
            "Reminder, today",
        ]
        assert len(slack.messages("C2")) == 1 + len(reminders)


@pytest.mark.parametrize("workers", [3])
async def test_several_workers_at_one_hour(
    tmp_path: Path, postgres_database: str, workers: int
) -> None:
    """Three workers on one PostgreSQL look at the same hour at once: one digest, one reminder."""
    import asyncio
    from contextlib import AsyncExitStack

    clock = HandClock(time=datetime.now(UTC).replace(microsecond=0))
    clock.time = evening(clock)
    day = clock.now().astimezone(TORONTO).date() + timedelta(days=7)
    said = f"{day:%B} {day.day}, {day.year}"
    async with SampleWeb() as web, FakeSlack() as slack, AsyncExitStack() as stack:
        web.show(
            "ledger",
            (
                "s1",
                "Canada to charge a 25 percent surtax on U.S. steel",
                f"Canada will charge a 25 percent surtax on steel from the United States on {said}.",
            ),
        )
        apps = [
            await stack.enter_async_context(opened(tmp_path, web, slack, postgres_database, clock))
            for _ in range(workers)
        ]
        await ask(apps[0], "C1", "subscribe steel when:daily@08:00 zone:America/Toronto")
        await apps[0].ingest.poll_all(everything=True)
        await apps[0].fanout.run()
        clock.advance(hours=9, minutes=1)
        await asyncio.gather(*(app.hours.run() for app in apps))
        clock.advance(days=5, hours=2)
        await asyncio.gather(*(app.hours.run() for app in apps))
        for app in apps:
            await app.deliver.drain(timedelta(0))
            clock.advance(seconds=5)  # the pace of a channel
        texts = sorted(str(posted.text)[:8] for posted in slack.messages("C1"))
        assert texts == ["Digest o", "Reminder"]
