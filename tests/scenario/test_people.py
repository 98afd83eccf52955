"""What people do with alerts, through the program: follow, judge, mute, settle, ask why not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb

RULE = (
    "r1",
    "Canada proposes a 25 percent surtax on U.S. steel",
    "Canada proposes a 25 percent surtax on steel from the United States. Comments are due by "
    "December 8, 2026.",
)
SIGNED = (
    "r2",
    "Canada signs the 25 percent surtax on U.S. steel",
    "Canada signed the order: the 25 percent surtax on steel from the United States takes effect on "
    "December 20, 2026.",
)
ANA, BEN = "slack:T1/U7/C1", "discord:77/42/111"


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """One feed, and a Slack channel that gets steel."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        bot = Program(tmp_path, web, slack, discord, sqlite_url)
        slack.add_user("U7")
        web.show("ledger", RULE)
        bot.configure("ledger")
        done = await bot.run("subscriptions", "add", "--to", "slack:C1", "--topic", "steel")
        assert done.code == 0, done.err
        polled = await bot.run("poll", "--once")
        assert polled.code == 0, polled.err
        assert "1 new" in polled.out, polled.out
        yield bot


async def ask(program: Program, text: str, who: str = ANA) -> dict:
    done = await program.run("ask", f"/usmca {text}", "--as", who, "--json")
    assert done.code == 0, done.err + done.out
    return done.rows[0]


async def test_a_followed_story_reaches_people_on_both_platforms(program: Program) -> None:
    """Pressed in a channel, told in the person's own conversation, the update in its thread."""
    assert len(program.slack.messages("C1")) == 1
    await ask(program, "follow 1")
    followed = await ask(program, "follow 1", BEN)
    assert followed["rows"][0]["to"] == "discord:@42"
    program.web.show("ledger", RULE, SIGNED)
    assert (await program.run("poll", "--once", "--all")).code == 0
    mine = [one for one in program.slack.messages() if one.channel != "C1"]
    assert "You follow this story" in str(mine[0])
    assert "What changed" in str(mine[1])
    assert any("You follow this story" in str(each) for each in program.discord.messages)


async def test_a_deadline_is_settled_and_the_rest_is_told(program: Program) -> None:
    """Check, handled, dismissed; feedback, a mute, and why the channel got nothing."""
    (row,) = (await ask(program, "check 1"))["rows"]
    assert row["date"] == "2026-12-08"
    settled = await ask(program, f"deadline {row['id']} handled")
    assert "handled by @U7" in settled["text"]
    assert "handled by @U7" in (await ask(program, "deadlines"))["text"]
    await ask(program, f"deadline {row['id']} dismiss")
    listed = (await ask(program, "deadlines"))["rows"]
    assert 1 not in {each["story"] for each in listed}
    judged = await ask(program, "noise 1 not ours")
    assert judged["rows"][0]["wish"] == "steel_aluminum"
    await ask(program, "mute steel 7d")
    program.web.show(
        "ledger", ("m1", "New quota on steel pipes from Mexico", "Steel pipes: a quota.")
    )
    assert (await program.run("poll", "--once", "--all")).code == 0
    assert len(program.slack.messages("C1")) == 1
    why = await ask(program, "why not 2")
    assert [each["stop"] for each in why["rows"]] == ["muted"]
    sent = await ask(program, "deliveries")
    assert [each["subject"] for each in sent["rows"]] == ["story:1"]
