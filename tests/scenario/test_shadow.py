"""A changed topics file beside the live one, as a person uses it in the terminal."""

import json
from pathlib import Path

import pytest

from bot.app.assembly import open_app
from bot.errors import ConfigError, InvalidInputError
from bot.settings.load import load
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_terminal import Terminal

NEXT = """
topics:
  - id: steel_aluminum
    label: {en: Steel, es: Acero, fr: Acier}
    strong: {en: [mill*]}
"""
ENTRIES = (
    ("e1", "Mills of the lakes ask for a quota", "Nothing else was said."),
    ("e2", "Canada to charge a 25 percent surtax on U.S. steel", "It begins on December 1, 2026."),
)


async def polled(folder: Path, url: str) -> None:
    """Poll one feed by the live rules with the changed ones beside them."""
    async with SampleWeb() as web:
        web.show("ledger", *ENTRIES)
        (folder / "topics-next.yaml").write_text(NEXT)
        (folder / "bot.yaml").write_text("shadow_topics: topics-next.yaml\n")
        (folder / "feeds.yaml").write_text(
            f"feeds:\n  - {{id: ledger, name: Ledger, url: '{web.url('ledger')}'}}\n"
        )
        environ = {"BOT_DATABASE_URL": url, "BOT_ALLOW_HOSTS": web.host, "BOT_WEB_BIND": "off"}
        settings = load(folder, environ)
        assert not any("topics-next" in warning for warning in settings.warnings)
        async with open_app(settings) as app:
            await app.reconcile()
            await app.ingest.poll_all(everything=True)


@pytest.fixture
def terminal(sqlite_url: str) -> Terminal:
    return Terminal(sqlite_url)


def test_nothing_ran_in_the_shadow_yet(terminal: Terminal) -> None:
    """The answer says how to begin; a query and --shadow together are refused."""
    for arguments, said in (
        (("--shadow",), "shadow_topics in bot.yaml"),
        (("--shadow", "steel"), "or --shadow alone"),
        ((), "Give a query"),
    ):
        done = terminal.run("backtest", *arguments)
        assert isinstance(done.exception, InvalidInputError)
        assert said in str(done.exception)


async def test_what_the_changed_file_would_change(
    terminal: Terminal, tmp_path: Path, sqlite_url: str
) -> None:
    """Gained and lost stories with their topic, from the moment the shadow began."""
    import asyncio

    await polled(tmp_path, sqlite_url)
    done = await asyncio.to_thread(
        terminal.run, "backtest", "--shadow", "--json", "--config", str(tmp_path)
    )
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["topics"]["steel_aluminum"] == {"kept": 0, "gained": 1, "lost": 1}
    told = {(row["kind"], row["title"]) for row in rows[1:]}
    assert ("gained", ENTRIES[0][1]) in told


def test_a_shadow_file_with_a_mistake_stops_the_start(tmp_path: Path) -> None:
    """Named with its line, like the live one."""
    (tmp_path / "bot.yaml").write_text("shadow_topics: topics-next.yaml\n")
    (tmp_path / "topics-next.yaml").write_text("topics:\n  - {id: a, labels: {}}\n")
    with pytest.raises(ConfigError, match=r"topics-next\.yaml:2"):
        load(tmp_path, {})
