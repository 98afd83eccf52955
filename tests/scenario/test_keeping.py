"""backup, restore, db check and deliveries, as an operator types them."""

import asyncio
import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot.cli import build
from bot.domain.alert import DeliveryState, Receipt
from bot.domain.feed import Origin
from bot.domain.message import Link, Message
from bot.errors import InvalidInputError
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key
from tests.fakes.writing import record_try
from tests.samples import NOW, slack

KEY = new_key()
PACE = {"slack": timedelta(0)}


class Terminal:
    """Runs commands on a database, with the key of this module."""

    def __init__(self, url: str) -> None:
        self.environ = {
            "BOT_DATABASE_URL": url,
            "BOT_WEB_BIND": "off",
            "BOT_SECRET_KEYS": KEY,
            "SLACK_BOT_TOKEN": "",
        }

    def run(self, *arguments: str, code: int = 0) -> Result:
        done = CliRunner().invoke(build(), list(arguments), env=self.environ)
        assert done.exit_code == code, (done.output, done.exception)
        return done

    def refused(self, *arguments: str) -> str:
        """Run what ends in a sentence, which `main` would print, and exit code 2."""
        done = CliRunner().invoke(build(), list(arguments), env=self.environ)
        assert isinstance(done.exception, InvalidInputError), done.output
        return str(done.exception)


@pytest.fixture
def terminal(sqlite_url: str) -> Terminal:
    return Terminal(sqlite_url)


async def _tell(url: str, *titles: str, state: DeliveryState = DeliveryState.SENT) -> None:
    """Send notices with these headlines to one Slack channel."""
    store = SqlStore(open_engines(url), FernetVault([KEY]))
    async with store.begin() as uow:
        there = await uow.destinations.ensure(
            slack("C1", "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        for title in titles:
            words = Message(subject=f"notice:{title}", headline=Link(text=title), notice=True)
            await uow.deliveries.enqueue_notice(there.id, words.subject, words, NOW)
            (one,) = await uow.deliveries.claim(
                NOW, worker="w", lease=timedelta(minutes=2), pace=PACE, limit=1
            )
            receipt = Receipt(channel="C1", message="1") if state is DeliveryState.SENT else None
            error = None if state is DeliveryState.SENT else "Slack refused it: msg_too_long"
            await record_try(
                uow, one.delivery.id, state, worker="w", now=NOW, receipt=receipt, error=error
            )
    await store.close()


def tell(url: str, *titles: str, state: DeliveryState = DeliveryState.SENT) -> None:
    asyncio.run(_tell(url, *titles, state=state))


async def tamper(url: str, *statements: str) -> None:
    """Write past the program."""
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        for statement in statements:
            await connection.execute(sa.text(statement))
    await engines.dispose()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_backup_moves_from_one_database_to_another(database_url: str, tmp_path: Path) -> None:
    """The terminal says how much it holds, what it needs, and how to see that the keys fit."""
    terminal = Terminal(database_url)
    tell(database_url, "Duty on steel")
    file = str(tmp_path / "bot.backup")
    said = terminal.run("backup", file)
    assert "rows" in said.stdout
    assert "BOT_SECRET_KEYS" in said.stderr
    assert "exists already" in terminal.refused("backup", file)
    other = Terminal(f"sqlite:///{tmp_path / 'other.db'}")
    back = other.run("restore", file)
    assert "are back" in back.stdout
    assert "told again" in back.stderr
    assert [row["title"] for row in rows(other.run("deliveries", "export").stdout)] == [
        "Duty on steel"
    ]
    other.run("deliveries", "verify")
    assert "not empty" in other.refused("restore", file)
    other.run("restore", file, "--force")
    Path(file).write_text("no backup")
    assert "is no backup" in other.refused("restore", file, "--force")


def test_db_check_says_what_is_sound(terminal: Terminal, sqlite_url: str) -> None:
    """A line for each thing it looked at; exit code 1 where one is wrong."""
    tell(sqlite_url, "Duty on steel")
    assert "ok     references: fine" in terminal.run("db", "check").stdout
    found = [json.loads(line) for line in terminal.run("db", "check", "--json").stdout.splitlines()]
    assert {"version", "references", "rows", "secrets"} <= {one["what"] for one in found}
    empty = Terminal(f"{sqlite_url}_none")
    assert "there are no tables yet" in empty.run("db", "check", code=1).stdout


def test_exports_carry_seals_that_verify(
    terminal: Terminal, sqlite_url: str, tmp_path: Path
) -> None:
    """Also in a spreadsheet: no cell is a formula. What was changed or cut off shows."""
    tell(sqlite_url, "=HYPERLINK(1)", "Duty on steel", " @SUM(1)")
    exported = terminal.run("deliveries", "export", "--to", "slack:T1/C1")
    found = rows(exported.stdout)
    assert [row["title"] for row in found] == ["'=HYPERLINK(1)", "Duty on steel", "' @SUM(1)"]
    assert {row["to"] for row in found} == {"slack:T1/C1"}
    as_json = terminal.run("deliveries", "export", "--format", "json", "--since", "2026-11-20")
    assert json.loads(as_json.stdout.splitlines()[0])["title"] == "=HYPERLINK(1)"
    assert terminal.run("deliveries", "export", "--since", "2026-11-21").stdout.count("\n") == 1
    kept = {"a.csv": exported.stdout, "a.jsonl": as_json.stdout}
    for name, text in kept.items():
        (tmp_path / name).write_text(text)
        held = terminal.run("deliveries", "verify", "--against", str(tmp_path / name))
        assert held.stdout == "All rows hold. Rows: 3, places: 1.\n"
    cut_off = (
        "DELETE FROM seals WHERE number = 3",
        "DELETE FROM deliveries WHERE subject LIKE '%SUM%'",
    )
    asyncio.run(tamper(sqlite_url, *cut_off))
    terminal.run("deliveries", "verify")  # nothing in the database tells of a row cut off its end
    for name in kept:
        lost = terminal.run("deliveries", "verify", "--against", str(tmp_path / name), code=1)
        assert "slack:T1/C1 number 3: the export has it, the database lacks it" in lost.stdout


def test_what_is_stuck_is_replayed_or_dropped(terminal: Terminal, sqlite_url: str) -> None:
    """By numbers or all of it; each is answered with what was done."""
    assert "Nothing is stuck" in terminal.run("deliveries", "list").stderr
    tell(sqlite_url, "One", "Two", "Three", state=DeliveryState.DEAD)
    listed = terminal.run("deliveries", "list").stdout.splitlines()
    assert listed[0] == (
        "1  slack:T1/C1  notice notice:One  2026-11-20 12:00  given up: Slack refused it: msg_too_long"
    )
    assert terminal.run("deliveries", "replay", "1").stdout.startswith("1: it waits for its turn")
    assert terminal.run("deliveries", "drop", "2", "1", code=1).stdout.splitlines() == [
        "1: it is not among those that were given up or are unclear.",
        "2: it is dropped.",
    ]
    as_json = terminal.run("deliveries", "list", "--json", "--to", "slack:T1/C1").stdout
    assert [json.loads(line)["id"] for line in as_json.splitlines()] == [3]
    terminal.run("deliveries", "replay", "--all")
    assert "Nothing is stuck there" in terminal.run("deliveries", "drop", "--all").stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["replay"], "say --all"),
        (["drop", "1", "--all"], "one of the two"),
        (["export", "--since", "soon"], "is no day"),
        (["export", "--to", "slack:T1/C9"], "Nothing was ever sent"),
        (["list", "--to", "nowhere"], "names no platform"),
        (["verify", "--against", "/nowhere/at/all.csv"], "cannot be read"),
        (["verify", "--against", __file__], "is no export"),
    ],
)
def test_what_cannot_be_followed_is_said(sqlite_url: str, arguments: list[str], says: str) -> None:
    """A sentence that says what would be right."""
    assert says in Terminal(sqlite_url).refused("deliveries", *arguments)


def test_a_table_that_is_no_export(sqlite_url: str, tmp_path: Path) -> None:
    """Also one with a cell that the reader of tables gives up on."""
    other = tmp_path / "other.csv"
    other.write_text("place,number,to,seal\n1,1," + "x" * 200_000 + ",y\n")
    refusal = Terminal(sqlite_url).refused("deliveries", "verify", "--against", str(other))
    assert "is no export" in refusal


@pytest.mark.parametrize("command", ["replay", "drop"])
def test_a_number_that_no_delivery_can_have(sqlite_url: str, command: str) -> None:
    """It is beyond what the database counts to."""
    done = Terminal(sqlite_url).run("deliveries", command, "9" * 20, code=2)
    assert "less than or equal to" in done.stderr
