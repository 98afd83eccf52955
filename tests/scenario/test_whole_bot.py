"""The whole bot as a program: real HTTP to sample feeds and to fakes of Slack and Discord."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb

STEEL = (
    "s1",
    "Canada to charge a 25 percent surtax on U.S. steel",
    "Canada will charge a 25 percent surtax on steel from the United States on December 8, 2026.",
)
AUTOS = (
    "a1",
    "Washington weighs higher tariff on Mexican auto parts",
    "The United States is considering a 30 percent tariff on auto parts from Mexico, brokers said.",
)
NOISE = (
    ("n1", "Trade deadline: Raptors deal a guard", "The NBA trade deadline passed on Thursday."),
    ("n2", "Electricity tariff to rise in May", "Households will pay four percent more for power."),
    ("n3", "Steelers win at home", "Pittsburgh scored twice in the last quarter."),
    ("n4", "City library opens", "The mayor cut the ribbon on Saturday."),
)


@pytest.fixture
async def program(tmp_path: Path, database_url: str) -> AsyncIterator[Program]:
    """The bot beside two platforms, two feeds of one event, and two subscribed channels."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        bot = Program(tmp_path, web, slack, discord, database_url)
        web.show("ledger", STEEL, AUTOS, *NOISE)
        web.show("herald", ("h9", STEEL[1], STEEL[2]), NOISE[0])
        bot.configure("ledger", "herald")
        for to in ("slack:C1", "discord:111"):
            done = await bot.run(
                "subscriptions", "add", "--to", to, "--topic", "steel", "--topic", "autos"
            )
            assert done.code == 0, done.err
        yield bot


def slack_counts(slack: FakeSlack) -> Counter[str]:
    return Counter(
        key for posted in slack.messages("C1") for key in (STEEL[1], AUTOS[1]) if key in str(posted)
    )


def discord_counts(discord: FakeDiscord) -> Counter[str]:
    return Counter(
        key for message in discord.messages for key in (STEEL[1], AUTOS[1]) if key in str(message)
    )


ONCE = Counter({STEEL[1]: 1, AUTOS[1]: 1})


async def test_each_channel_gets_each_story_once(program: Program) -> None:
    """Two matching stories among noise: one message each; a second round gets 304s, posts nothing."""
    first = await program.run("poll", "--once", "--json")
    assert first.code == 0, first.err
    assert {row["feed"]: row["outcome"] for row in first.rows} == {
        "ledger": "entries",
        "herald": "entries",
    }
    assert slack_counts(program.slack) == ONCE
    assert discord_counts(program.discord) == ONCE
    steel = next(posted for posted in program.slack.messages("C1") if STEEL[1] in str(posted))
    assert "25 %" in str(steel)
    again = await program.run("poll", "--once", "--all", "--json")
    assert [row["outcome"] for row in again.rows] == ["not_modified"] * 2
    assert [status for _, status in program.web.answers[-2:]] == [304, 304]
    assert slack_counts(program.slack) == ONCE
    assert discord_counts(program.discord) == ONCE


async def test_a_kill_at_any_step_loses_nothing_and_repeats_nothing(program: Program) -> None:
    """kill -9 after the feeds were served, and after each platform took a message."""
    moments = (
        lambda: len(program.web.answers) >= 2,
        lambda: len(program.slack.messages("C1")) >= 1,
        lambda: len(program.discord.messages) >= 2,
    )
    for reached in moments:
        process = await program.start("poll", "--once", "--all")
        # three servers of two kinds: there is no one event to wait for
        while not reached() and process.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        if process.returncode is None:
            process.kill()
        await process.communicate()
    done = await program.run("poll", "--once", "--all")
    assert done.code == 0, done.err
    assert slack_counts(program.slack) == ONCE
    assert discord_counts(program.discord) == ONCE


async def test_a_send_whose_answer_was_lost_is_not_repeated(program: Program) -> None:
    """Both platforms take a message and drop the connection."""
    program.slack.fail("chat.postMessage", "drop", taken=True)
    done = await program.run("poll", "--once")
    assert done.code == 0, done.err
    assert slack_counts(program.slack) == ONCE


async def test_questions_from_the_terminal(program: Program) -> None:
    """What a channel can ask, `ask` can: as data too, and in a person's name."""
    await program.run("poll", "--once")
    status = await program.run("ask", "/usmca status", "--json")
    (reply,) = status.rows
    assert (status.code, reply["command"], reply["ok"]) == (0, "status", True)
    assert "2027-07-01" in str(reply)
    made = await program.run("ask", "/usmca subscribe autos", "--as", "slack:T1/U1/C2", "--json")
    assert made.rows[0]["ok"]
    listed = await program.run("subscriptions", "list", "--json")
    assert {row["to"] for row in listed.rows} >= {"slack:T1/C2", "discord:111"}
    odd = await program.run("ask", "/usmca stauts", "--json")
    assert (odd.code, odd.rows[0]["ok"]) == (2, False)
    assert "status" in str(odd.rows[0])


async def test_a_wrong_configuration_ends_with_two(program: Program) -> None:
    """One sentence with file and line, and no traceback."""
    (program.folder / "config" / "bot.yaml").write_text("poling: {}\n")
    done = await program.run("poll", "--once")
    assert done.code == 2
    assert "bot.yaml:1" in done.err
    assert "polling" in done.err
    assert "Traceback" not in done.err
