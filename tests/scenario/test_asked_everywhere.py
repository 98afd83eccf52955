"""Each question asked through Slack, Discord and the terminal: the same words in answer."""

import asyncio
import re
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.fakes.transcript import shown
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_people import RULE
from tests.scenario.test_running import ended, logged

QUESTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("subscribe steel", {"topics": "steel"}),
    ("settings zone:America/Toronto", {"zone": "America/Toronto"}),  # one today for all three
    ("status", {}),
    ("deadlines", {}),
    ("tariffs canada", {"country": "canada"}),
    ("search steel", {"words": "steel"}),
    ("subscriptions", {}),
    ("why 1", {"id": 1}),
    ("whynot 1", {"about": "1"}),
    ("useful 1", {"id": 1}),
    ("feedback", {}),
    ("backtest steel 30d", {"words": "steel", "days": 30}),
)
TERMINAL = "slack:T2/U1/C3"
"""In whose name the terminal asks: a channel and a team of its own, like the other two."""
_LINK = re.compile(r"\[([^\]]*)\]\(<?[^)\s]*>?\)")
_ADDRESS = re.compile(r"<?https?://\S+")
_PLACE = re.compile(r"slack:(?:T\d/)?C\d|discord:(?:77/)?111|<#\w+>|#\d+")

_AGE = re.compile(r"\b\d+ (?:s|sec|seconds?|min|minutes?)\b|\bjust now\b|\bnow\b")
"""What differs because the three are asked one after the other."""


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """One feed with one story of steel, before anybody subscribed."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        more = {"SLACK_APP_TOKEN": slack.app_token, "COLUMNS": "2000"}
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=more)
        web.show("ledger", RULE)
        bot.configure("ledger")
        polled = await bot.run("poll", "--once")
        assert polled.code == 0, polled.err
        yield bot


def words(text: str) -> Counter[str]:
    """The words a person reads, without addresses, marks, and the name of the place."""
    plain = _AGE.sub(" ", _PLACE.sub(" ", text))
    plain = _ADDRESS.sub(" ", _LINK.sub(r"\1", plain.replace("\\", "")))
    folded = unicodedata.normalize("NFKC", plain)
    return Counter(re.findall(r"\w+", folded.replace("_", " ")))


async def on_slack(program: Program, text: str) -> Counter[str]:
    sent = await program.slack.command(text, user="U1", channel="C1")
    answer = await program.slack.answer(sent)
    blocks = [block for block in answer["blocks"] if block["type"] != "actions"]
    return words("\n".join(shown(blocks)))


async def on_discord(program: Program, text: str, options: dict[str, object]) -> Counter[str]:
    verb = text.split(maxsplit=1)[0]
    grouped = {"group_of": "more"} if verb in program_group(program) else {}
    interaction = await program.discord.command(verb, **options, **grouped)
    answer = await interaction.answered(20)
    parts = []
    for embed in answer["embeds"]:
        parts += [embed.get("title", ""), embed.get("description", "")]  # fields hold its form
        parts.append(embed.get("footer", {}).get("text", ""))
    return words("\n".join(parts))


def program_group(program: Program) -> set[str]:
    """The verbs that the registered menu has in its group."""
    (menu,) = program.discord.world.commands["global"]
    groups = [one for one in menu["options"] if one["type"] == 2]
    return {sub["name"] for group in groups for sub in group["options"]}


async def in_terminal(program: Program, text: str) -> Counter[str]:
    done = await program.run("ask", f"/usmca {text}", "--as", TERMINAL)
    assert done.code == 0, done.err + done.out
    said = [line for line in done.out.splitlines() if not line.startswith("→ ")]
    return words("\n".join(said))


async def everywhere(program: Program, text: str, options) -> tuple[Counter, Counter, Counter]:
    """The words of the answer on Slack, on Discord and in the terminal."""
    slack = await on_slack(program, text)
    discord = await on_discord(program, text, options)
    return slack, discord, await in_terminal(program, text)


async def test_the_same_words_everywhere(program: Program) -> None:
    """Status, deadlines, tariffs, search, settings, why, why not, feedback and backtest."""
    process = await program.start("run", stderr=asyncio.subprocess.PIPE)
    try:
        await logged(process, "running")
        await program.slack.connected()
        for text, options in QUESTIONS:
            said = await everywhere(program, text, options)
            if len({frozenset(one.items()) for one in said}) > 1:
                said = await everywhere(program, text, options)  # the clock in it went on a minute
            slack, discord, terminal = said
            assert terminal.total() > 5, text
            for other in (slack, discord):
                apart = (other - terminal, terminal - other)
                assert apart == (Counter(), Counter()), f"{text}: {apart}"
    finally:
        code, _ = await ended(process)
    assert code == 0
