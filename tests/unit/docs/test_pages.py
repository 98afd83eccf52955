"""What the pages name is there: commands, keys of bot.yaml, tables, commands of a channel."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import build
from bot.commands.verbs import Verb
from bot.settings.behaviour import BotFile
from bot.settings.files import Problem, parse
from bot.settings.validation import check
from bot.storage import tables

HOUSE = Path(__file__).parents[3]
PAGES = (HOUSE / "README.md", *sorted((HOUSE / "docs" / "how-to").glob("*.md")))
OTHER_FILES = ("feeds:", "topics:")
LINE = re.compile(r"^\s*(usmca-bot .+)$|`(usmca-bot [^`]+)`", re.MULTILINE)


def lines() -> list[str]:
    """Every command of the terminal on the pages, without what the shell does with it."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for whole, quoted in LINE.findall(re.sub(r"(`usmca-bot [^`\n]*)\n\s*", r"\1 ", text)):
            said = re.split(r"\s#\s|\s#$|\s>|\s\|\s| …", whole or quoted)[0]
            said = re.sub(r"\$\(.*?\)", "today", said).rstrip()
            found.append(re.sub(r"[\[\]]", "", said) if "[--" in said else said)
    return sorted(set(found))


def blocks() -> list[str]:
    """Every block of YAML on the pages that belongs into bot.yaml."""
    found = [
        re.findall(r"```yaml\n(.*?)```", p.read_text(encoding="utf-8"), re.DOTALL) for p in PAGES
    ]
    return [one for page in found for one in page if not one.startswith(OTHER_FILES)]


def taken(command: Any, words: list[str]) -> None:
    """Let the command line read the words; nothing is run. Raises what a wrong word raises."""
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        assert words[0] in command.commands, words[0]
        command, words = command.commands[words[0]], words[1:]
    if not hasattr(command, "commands") and "--help" not in words:
        command.make_context("x", words)


@pytest.mark.parametrize("line", lines())
def test_every_command_on_the_pages_is_one(line: str) -> None:
    """Its name, its options and how many words it takes."""
    taken(get_command(build()), shlex.split(line)[1:])


@pytest.mark.parametrize("text", blocks())
def test_every_part_of_bot_yaml_on_the_pages_is_right(text: str) -> None:
    """A reader copies it as it stands."""
    report: list[Problem] = []
    document = parse(text.encode(), "bot.yaml", report)
    assert document is not None
    assert check(document, BotFile, report) is not None, report


def test_the_page_about_the_house_names_every_table() -> None:
    """Who looks into the database finds what each table holds."""
    page = (HOUSE / "docs" / "internals.md").read_text(encoding="utf-8")
    assert [name for name in sorted(tables.metadata.tables) if f"`{name}`" not in page] == []


def test_the_readme_names_every_command_of_a_channel() -> None:
    """The table of commands is where a newcomer looks first."""
    said = {"feedback": "feedback", "whynot": "why not"}
    text = (HOUSE / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in Verb if not re.search(rf"\b{said.get(verb, verb)}\b", text)] == []
