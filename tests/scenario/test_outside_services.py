"""Alerts that leave chat, as a program: webhook, mail, Matrix and Teams in the shape of local servers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.outside import MailServer, OutsideWeb
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb

TITLE = "Canada to charge a 25 percent surtax on U.S. steel"
TEXT = "Canada will charge a 25 percent surtax on steel from the United States on December 8, 2026."


@dataclass(slots=True)
class World:
    """The program, and what its services reach."""

    program: Program
    web: OutsideWeb
    teams: OutsideWeb
    mail: MailServer


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Four services in bot.yaml, all subscribed to steel."""
    async with AsyncExitStack() as stack:
        sample = await stack.enter_async_context(SampleWeb())
        slack = await stack.enter_async_context(FakeSlack())
        discord = await stack.enter_async_context(FakeDiscord())
        web = await stack.enter_async_context(OutsideWeb(tmp_path))
        teams = await stack.enter_async_context(OutsideWeb(tmp_path, tls=True))
        mail = await stack.enter_async_context(MailServer())
        urls = {
            "DESK_URL": f"http://{web.host}/in/canary-desk",
            "DESK_SECRET": "canary-secret",
            "MAIL_URL": f"mailto://{mail.host}/?from=bot@example.com&to=desk@example.com&mode=insecure",
            "ROOM_URL": f"matrix://bot:canary-word@{web.host}/!desk:127.0.0.1",
            "TEAMS_URL": f"workflows://{teams.host}/canaryflow/canarysignature?verify=no",
        }
        database = f"sqlite:///{tmp_path / 'bot.db'}"
        program = Program(tmp_path, sample, slack, discord, database, urls)
        sample.show("ledger", ("s1", TITLE, TEXT))
        program.configure("ledger")
        (tmp_path / "config" / "bot.yaml").write_text(
            "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s}\n"
            "webhooks: {desk: {url: '${DESK_URL}', secret: '${DESK_SECRET}'}}\n"
            "apprise:\n"
            "  mail: {url: '${MAIL_URL}'}\n"
            "  room: {url: '${ROOM_URL}'}\n"
            "  teams: {url: '${TEAMS_URL}'}\n"
            "subscriptions:\n"
            + "".join(
                f"  - {{to: '{to}', topic: steel_aluminum}}\n"
                for to in ("webhook:desk", "apprise:mail", "apprise:room", "apprise:teams")
            )
        )
        yield World(program, web, teams, mail)


def _of(web: OutsideWeb, path: str) -> list[dict]:
    return [body for taken, body in web.taken if path in taken]


async def test_one_alert_reaches_every_service_once(world: World) -> None:
    """Each in its own format, with the fact's sentence; a second round sends nothing."""
    for _ in range(2):
        done = await world.program.run("poll", "--once", "--all")
        assert done.code == 0, done.err
        assert "canary" not in done.err
    (hooked,) = _of(world.web, "/in/")
    assert hooked["headline"] == TITLE
    assert hooked["tariffs"][0]["rate_pct"] == 25.0
    (mail,) = world.mail.mails
    assert mail["Subject"] == TITLE
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "25 %" in plain
    assert "https://ledger.example/s1" in plain
    assert '<a href="https://ledger.example/s1">' in html
    (room,) = _of(world.web, "/send/")
    assert TITLE in str(room)
    ((_, card),) = world.teams.taken
    assert TITLE in str(card)
    assert "**Tariffs**" in str(card)


async def test_a_service_that_was_down_gets_it_when_it_is_back(world: World) -> None:
    """The outbox tries again; those who had it get nothing twice."""
    world.web.statuses = [500, 503]  # the webhook and the room, whichever comes first
    world.mail.refuse = 1
    done = await world.program.run("poll", "--once", "--drain", "40")
    assert done.code == 0, done.err
    assert len(_of(world.web, "/in/")) == 1
    assert len(_of(world.web, "/send/")) == 1
    assert len(world.mail.mails) == 1
    assert len(world.teams.taken) == 1
    assert "canary" not in done.err


async def test_a_service_is_stored_and_tried_from_the_terminal(world: World) -> None:
    """The address comes on standard input; a sample shows whether it works, the list shows no address."""
    bot = world.program
    url = f"json://{world.web.host}/canary-stored"
    added = await bot.run("services", "add", "apprise:own", said=url + "\n")
    assert added.code == 0, added.err
    tried = await bot.run("services", "test", "apprise:own")
    assert (tried.code, len(_of(world.web, "/canary-stored"))) == (0, 1)
    listed = await bot.run("services", "list")
    assert "apprise:own  (stored)" in listed.out
    assert "webhook:desk  (bot.yaml)" in listed.out
    world.web.statuses = [500]
    failed = await bot.run("services", "test", "apprise:own")
    assert failed.code == 1
    assert "did not take" in failed.err
    gone = await bot.run("services", "remove", "apprise:own")
    again = await bot.run("services", "remove", "apprise:own")
    assert (gone.code, again.code) == (0, 2)
    assert "canary" not in "".join(
        run.out + run.err for run in (added, tried, listed, failed, gone, again)
    )
