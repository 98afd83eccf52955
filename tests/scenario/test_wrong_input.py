"""What a person may hand over by mistake: each ends in a sentence, never in a traceback."""

import sqlite3
import stat
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from bot.errors import ConfigError, InvalidInputError, StorageError
from bot.storage import soundness
from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.vault import FernetVault, new_key

BINARY = b"\x00\xff\xfe\x80" * 50


class Terminal:
    """Runs commands with a database of their own."""

    def __init__(self, url: str) -> None:
        self.environ = {"BOT_DATABASE_URL": url, "BOT_WEB_BIND": "off", "SLACK_BOT_TOKEN": ""}

    def run(self, *arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(build(), list(arguments), input=given, env=self.environ)

    def refused(self, *arguments: str, given: str | bytes | None = None) -> str:
        """Run what ends in a sentence, which `main` prints, and exit code 2."""
        done = self.run(*arguments, given=given)
        assert isinstance(done.exception, InvalidInputError), (done.output, done.exception)
        return str(done.exception)


@pytest.fixture
def terminal(sqlite_url: str) -> Terminal:
    return Terminal(sqlite_url)


@pytest.mark.parametrize(
    "command", [("read",), ("read", "--json"), ("cluster", "--json"), ("eval",)]
)
def test_a_file_that_is_no_text(
    terminal: Terminal, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A picture or an archive where text is wanted is refused by a sentence."""
    file = tmp_path / "picture.bin"
    file.write_bytes(BINARY)
    assert "text" in terminal.refused(*command, str(file))


def test_binary_on_standard_input(terminal: Terminal) -> None:
    """The same holds for what is piped in."""
    assert "no UTF-8 text" in terminal.refused("read", given=BINARY)
    assert "no UTF-8 text" in terminal.refused("read", "--json", given=BINARY)


def test_a_folder_where_a_file_is_wanted(terminal: Terminal, tmp_path: Path) -> None:
    """Each command says that it is a folder, or what it misses in it."""
    assert "is a folder" in terminal.refused("read", str(tmp_path))
    assert "Is a directory" in terminal.refused("restore", str(tmp_path))
    assert "no file whose name ends in .jsonl" in terminal.refused("eval", str(tmp_path))


def test_nothing_to_read(terminal: Terminal, tmp_path: Path) -> None:
    """An empty text is not shown as if something had been understood of it."""
    file = tmp_path / "empty.txt"
    file.touch()
    assert "nothing to read" in terminal.refused("read", str(file))
    assert "nothing to read" in terminal.refused("read", "")


@pytest.mark.parametrize(
    "lines", ["[1]", '{"expect": 5}', '{"expect": [5]}', '{"cluster": 1}\n{"a": 1}', "nothing"]
)
def test_labels_of_another_shape(terminal: Terminal, tmp_path: Path, lines: str) -> None:
    """Labels that are not as they should be name the line or what they need."""
    file = tmp_path / "labels.jsonl"
    file.write_text(lines)
    terminal.refused("eval", str(file))


def test_labels_that_expect_nothing_at_all(terminal: Terminal, tmp_path: Path) -> None:
    """Nobody can tell sentences without a deadline from sentences without a tariff: it says what to add."""
    file = tmp_path / "negatives.jsonl"
    file.write_text('{"id": "1", "text": "The gym raised its rate 20%.", "expect": []}\n')
    assert "every expect is empty" in terminal.refused("eval", str(file))


async def test_a_folder_that_takes_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    """`db check` in a folder that cannot be written says so, and does not call the pages fine."""
    engines = open_engines(sqlite_url)
    await prepare(engines)
    folder = Path(str(engines.reader.url.database)).parent
    mode = stat.S_IMODE(folder.stat().st_mode)
    folder.chmod(0o500)
    try:
        probe = folder / "probe"
        try:
            probe.touch()
        except OSError:
            found = [one async for one in soundness.look(engines, FernetVault([new_key()]))]
        else:  # root writes everywhere
            probe.unlink()
            pytest.skip("this user may write into every folder")
    finally:
        folder.chmod(mode)
        await engines.dispose()
    assert found[-1].what == "pages and indexes"
    assert not found[-1].ok
    assert "a copy cannot be made" in found[-1].said


@pytest.mark.parametrize(
    ("command", "right"),
    [
        (("slack", "manifest", "--public-url", "bot.example.com"), "https://bot.example.com"),
        (
            ("slack", "manifest", "--public-url", "http://bot.example.com"),
            "https://bot.example.com",
        ),
        (("slack", "manifest", "--public-url", "https://b.example/slack"), "without a path"),
        (("backtest", "steel", "--since", "3000y"), "at most 3660d"),
        (("calendar", "--lang", "de"), "--lang is one of en, es, fr"),
        (("calendar", "--topic", "zzzz"), "The topics are agriculture, autos"),
        (("services", "add", "mail"), "apprise:NAME or webhook:NAME"),
        (("services", "remove", "slack:C1"), "apprise:NAME or webhook:NAME"),
        (
            ("subscriptions", "add", "--to", "apprise:nope", "--topic", "autos"),
            "services add apprise:nope",
        ),
        (
            ("subscriptions", "add", "--to", "webhook:nope", "--query", "*"),
            "services add webhook:nope",
        ),
        (("subscriptions", "add", "--to", "slack:general", "--query", "*"), "named by its id"),
        (
            ("subscriptions", "add", "--to", "console", "--topic", "autos, gardening"),
            "no topic “gardening”",
        ),
    ],
)
def test_a_value_that_cannot_be(terminal: Terminal, command: tuple[str, ...], right: str) -> None:
    """The sentence says what would be right."""
    assert right in terminal.refused(*command, given="")


def test_an_import_for_a_service_that_there_is_not(terminal: Terminal, tmp_path: Path) -> None:
    """None of the rows is taken."""
    rows = tmp_path / "rows.yaml"
    rows.write_text("- {to: console, topic: autos}\n- {to: 'apprise:nope', topic: autos}\n")
    assert "services add apprise:nope" in terminal.refused("subscriptions", "import", str(rows))
    assert terminal.run("subscriptions", "list").stdout == ""


def test_a_subscription_where_the_platform_is_off(terminal: Terminal) -> None:
    """It is taken, since the token may be set where the bot runs, and standard error says so."""
    done = terminal.run("subscriptions", "add", "--to", "slack:C1", "--topic", "autos")
    assert done.stdout == "slack:C1: autos, added\n"
    assert "nothing is sent to slack:C1 as it is here: set SLACK_BOT_TOKEN" in done.stderr


def test_health_where_another_program_answers(terminal: Terminal) -> None:
    """The sentence is ours, whoever listens there or whether anybody does."""

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        terminal.environ["BOT_WEB_BIND"] = f"127.0.0.1:{server.server_port}"
        other = terminal.run("healthcheck")
        thread.join()
    nobody = terminal.run("healthcheck")
    assert (other.exit_code, nobody.exit_code) == (1, 1)
    assert "answers 404, as no usmca-bot does" in other.stderr
    assert "does not answer: Connection refused" in nobody.stderr


@pytest.mark.parametrize(
    ("locale", "word"), [("en", "is no setting"), ("es", "no es un ajuste"), ("fr", "un réglage")]
)
def test_a_setting_there_is_not(terminal: Terminal, locale: str, word: str) -> None:
    """An unknown option is named as one, and nothing beside it is changed in silence."""
    for asked in ("settings colour:red", "settings zone:America/Toronto colour:red"):
        done = terminal.run("ask", f"{asked} locale:{locale}")
        assert done.exit_code == 2
        assert "colour:red" in done.stdout
    terminal.run("ask", f"settings locale:{locale}")
    assert word in terminal.run("ask", "settings colour:red").stdout


def test_a_database_of_another_program(sqlite_url: str, tmp_path: Path) -> None:
    """Its file is left as it is: no table of ours is put beside its own."""
    backup = tmp_path / "ours.backup"
    ours = Terminal(sqlite_url)
    assert ours.run("migrate").exit_code == 0
    assert ours.run("backup", str(backup)).exit_code == 0
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE invoices (number)")
        theirs.commit()
    terminal = Terminal(f"sqlite:///{file}")
    for command in (("ask", "status"), ("migrate",), ("restore", "--force", str(backup))):
        done = terminal.run(*command)
        assert isinstance(done.exception, StorageError), done.output
        assert "of another program (its tables: invoices)" in str(done.exception)
    with closing(sqlite3.connect(file)) as theirs:
        assert [*theirs.execute("SELECT name FROM sqlite_master")] == [("invoices",)]


def test_options_of_backtest_that_do_not_go_together(terminal: Terminal, tmp_path: Path) -> None:
    """What would be passed over in silence is refused; a topic that is not in the file is named."""
    assert terminal.run("init", str(tmp_path / "mine")).exit_code == 0
    file = str(tmp_path / "mine" / "topics.yaml")
    assert "name the file too" in terminal.refused("backtest", "steel", "--topic", "autos")
    assert "give a query too" in terminal.refused("backtest", file, "--against", "slack:C1")
    assert "has no topic 'nope'; it has usmca" in terminal.refused(
        "backtest", file, "--topic", "nope"
    )


def test_web_without_an_address(terminal: Terminal) -> None:
    """`web` does nothing but serve: without an address it says so, and does not wait for nothing."""
    done = terminal.run("web")
    assert isinstance(done.exception, ConfigError)
    assert "BOT_WEB_BIND is off" in str(done.exception)


def test_an_empty_export_vouches_for_nothing(terminal: Terminal, tmp_path: Path) -> None:
    """A file that a full disk left empty must not read as if all rows had been compared."""
    file = tmp_path / "told.csv"
    file.touch()
    assert "is empty" in terminal.refused("deliveries", "verify", "--against", str(file))


def test_a_file_for_the_folder_of_the_configuration(terminal: Terminal, tmp_path: Path) -> None:
    """The sentence does not send people to `init` on a file."""
    file = tmp_path / "bot.yaml"
    file.touch()
    done = terminal.run("feeds", "list", "--config", str(file))
    assert isinstance(done.exception, ConfigError)
    assert "--config names the folder" in str(done.exception)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_SECRET_KEYS", "canary", "BOT_SECRET_KEYS holds something that is no key"),
        ("BOT_SECRET_KEYS", ",", "BOT_SECRET_KEYS: holds no key"),
    ],
)
def test_keys_that_are_none(terminal: Terminal, name: str, value: str, said: str) -> None:
    """`check-config` says what the first command that opens the database would."""
    terminal.environ[name] = value
    done = terminal.run("check-config")
    assert done.exit_code == 2
    assert said in done.stdout
    assert "canary" not in done.output
    assert "right" not in done.stdout


def test_a_variable_that_nothing_reads(terminal: Terminal) -> None:
    """A slip of the pen is told beside what is right."""
    terminal.environ["BOT_WEB_TOKKEN"] = "canary"
    done = terminal.run("check-config")
    assert done.exit_code == 0
    assert "BOT_WEB_TOKKEN, which nothing reads: did you mean 'BOT_WEB_TOKEN'?" in done.stdout


@pytest.mark.parametrize("to", ["nope", "slack:C9"])
def test_an_export_that_is_refused_prints_nothing(terminal: Terminal, to: str) -> None:
    """A file with a header alone would look as if nothing had been told."""
    done = terminal.run("deliveries", "export", "--to", to)
    assert isinstance(done.exception, InvalidInputError)
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("feeds", "check"), ("feeds", "add"), ("read",)])
@pytest.mark.parametrize(
    ("address", "pair"),
    [
        ("http://127.0.0.1/feed?key=canary", "127.0.0.1:80"),
        ("https://[fd00::1]/feed", "[fd00::1]:443"),
        ("http://nas.internal:8000/feed", "nas.internal:8000"),
    ],
)
def test_a_private_address_is_refused_with_what_opens_it(
    terminal: Terminal, command: tuple[str, ...], address: str, pair: str
) -> None:
    """Who starts the program may open it; in chat nobody is told how."""
    said = terminal.refused(*command, address)
    assert said.endswith(f"If it is yours, open it: BOT_ALLOW_HOSTS={pair}")
    assert "canary" not in said
