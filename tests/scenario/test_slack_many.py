"""The whole bot as a program for many Slack workspaces: installs, HTTP, alerts, and a removal."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import buttons, shown
from tests.fakes.slack_payloads import departure
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_running import logged
from tests.scenario.test_whole_bot import AUTOS, STEEL

COPPER = (
    "c1",
    "Mexico to charge a 15 percent duty on copper wire from the United States",
    "Mexico will charge a 15 percent duty on copper and steel wire on December 20, 2026.",
)


class Front:
    """The bot's public address, called as Slack and a browser call it."""

    def __init__(self, slack: FakeSlack, base: str, session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.base = base
        self.session = session

    async def install(self, team: str) -> str:
        """Put the app into a workspace; returns the last page."""
        self.slack.oauth.team = team
        begin = self.session.get(f"{self.base}/slack/install", allow_redirects=False)
        async with begin as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
            location = answer.headers["Location"]
        async with self.session.get(location, allow_redirects=False) as answer:
            back = answer.headers["Location"]
        url = f"{self.base}/slack/oauth_redirect{back}"
        async with self.session.get(url, headers={"Cookie": cookie}) as answer:
            return await answer.text()

    async def post(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> int:
        """Post what Slack signed."""
        headers = self.slack.signed(body, at=time.time(), kind=kind)
        async with self.session.post(
            f"{self.base}/slack/events", data=body, headers=headers
        ) as answer:
            assert await answer.read() == b""
            return answer.status

    async def command(self, text: str, **who: str) -> dict[str, Any]:
        """Type a command; returns its answer."""
        body, fields = self.slack.command_form(text, **who)
        assert await self.post(body) == 200
        return await self.slack.answer(fields)


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """The bot, offered to many workspaces over HTTP; no token is known beforehand."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        more = {
            "SLACK_BOT_TOKEN": "",
            "DISCORD_TOKEN": "",
            "SLACK_CLIENT_ID": slack.oauth.client_id,
            "SLACK_CLIENT_SECRET": slack.oauth.client_secret,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
        }
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=more)
        bot.configure("ledger")
        yield bot


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[Front]:
    """Run it, and end it as an operator does."""
    process = await program.start("run")
    port = (await logged(process, "listening"))["port"]
    await logged(process, "running")
    drain = asyncio.create_task(process.stderr.read())
    try:
        async with aiohttp.ClientSession() as session:
            yield Front(program.slack, f"http://127.0.0.1:{port}", session)
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 30) == 0
        log = (await drain).decode()
        assert "xoxb-" not in log
        assert program.slack.oauth.client_secret not in log


async def test_two_workspaces_from_install_to_alert(program: Program) -> None:
    """Each is told once by its own token, though Slack drops the line after taking one of them."""
    slack = program.slack
    async with running(program) as front:
        for team in ("T1", "T2"):
            assert "Installed" in await front.install(team)
        for team, channel in (("T1", "C1"), ("T2", "C3")):
            answer = await front.command("subscribe steel", team=team, channel=channel)
            assert "Steel" in shown(answer["blocks"])
        slack.fail("chat.postMessage", "reset", taken=True, channel="C1")
        program.web.show("ledger", STEEL)
        await slack.until(lambda: slack.messages("C1") and slack.messages("C3"), seconds=40)
        first = slack.messages("C1")[0]
        assert {"Follow story", "Why this?", "Useful", "Not useful"} <= {
            one["text"]["text"] for one in buttons(first.blocks)
        }
        body, payload = slack.press_form(first, "Why this?")
        assert await front.post(body) == 200
        assert shown((await slack.answer(payload))["blocks"])
        await slack.until(lambda: slack.calls_of("conversations.history"), seconds=40)
        await front.command("status", team="T1", channel="C1")
    assert [one.thread_ts for one in slack.messages("C1")].count(None) == 1
    assert [one.thread_ts for one in slack.messages("C3")].count(None) == 1


async def test_a_removal_and_an_archive_end_in_the_right_state(program: Program) -> None:
    """The removed workspace gets nothing; whoever subscribed the archived channel hears of it once."""
    slack = program.slack
    async with running(program) as front:
        for team in ("T1", "T2"):
            await front.install(team)
        await front.command("subscribe steel", team="T1", channel="C1")
        await front.command("subscribe steel", team="T2", channel="C3")
        event = json.dumps(departure("app_uninstalled", team="T2", event_id="E1")).encode()
        for _ in range(2):
            assert await front.post(event, "application/json") == 200
        slack.workspaces["T2"].revoked = True
        slack.channel("C1").archived = True
        program.web.show("ledger", STEEL, COPPER)
        await slack.until(lambda: "D1" in slack.workspaces["T1"].channels, seconds=40)
        await slack.until(lambda: slack.messages("D1"), seconds=40)
        held = await front.command("subscriptions", team="T1", channel="C1")
        assert "archived" in shown(held["blocks"])
    (notice,) = slack.messages("D1")
    assert "archived" in shown(notice.blocks)
    assert slack.messages("C3") == []
    assert all(call.team != "T2" for call in slack.calls_of("chat.postMessage"))


async def test_odd_requests_never_end_in_an_error_of_ours(program: Program) -> None:
    """Unsigned, old and unreadable requests get 401, odd events 200, and certificate checks 200."""
    slack = program.slack
    async with running(program) as front:
        url = f"{front.base}/slack/events"
        body, _ = slack.command_form("status")
        good = slack.signed(body, at=time.time())
        odd_ones = (
            {},
            {**good, "X-Slack-Request-Timestamp": "9" * 400},
            {**good, "X-Slack-Request-Timestamp": "1e9"},
            {**good, "X-Slack-Signature": "v0=\u00f1"},
            slack.signed(body, at=time.time() - 301),
        )
        for headers in odd_ones:
            async with front.session.post(url, data=body, headers=headers) as answer:
                assert answer.status == 401
        raw = b"text=\xff\xfe"
        async with front.session.post(
            url, data=raw, headers=slack.signed(raw, at=time.time())
        ) as answer:
            assert answer.status == 401
        for event in ("odd", [], None, {}, {"type": 7}, {"type": "nobody_knows"}):
            told = {"type": "event_callback", "team_id": "T1", "event": event}
            assert await front.post(json.dumps(told).encode(), "application/json") == 200
        async with front.session.get(url, params={"ssl_check": "1", "token": "x"}) as answer:
            assert answer.status == 200
        assert AUTOS[1] not in str(slack.messages())


async def test_two_programs_answer_a_request_once(program: Program) -> None:
    """Two HTTP workers on one database: Slack's repeat to the other is taken, and not run again."""
    slack = program.slack
    async with running(program) as one:
        await one.install("T1")
        async with running(program) as other:
            body, fields = slack.command_form("latest", channel="C1")
            assert await one.post(body) == 200
            await slack.answer(fields)
            assert await other.post(body) == 200
            assert await other.command("latest", channel="C2")
    assert len(slack.answers[fields["response_url"].rsplit("/", 1)[1]]) == 1
