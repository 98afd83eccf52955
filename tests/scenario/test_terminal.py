"""The commands of the terminal, run in this process against a real SQLite file."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import __version__
from bot.cli import build
from bot.errors import ConfigError, InvalidInputError

TARIFF = (
    "The United States will impose a 25 percent tariff on Canadian steel on December 1, 2026. "
    "Written comments are due January 12, 2027, at 11:59 p.m. ET."
)


class Terminal:
    """Runs commands with a database of their own."""

    def __init__(self, url: str) -> None:
        self.environ = {"BOT_DATABASE_URL": url, "BOT_WEB_BIND": "off", "SLACK_BOT_TOKEN": ""}

    def run(self, *arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(build(), list(arguments), input=given, env=self.environ)

    def rows(self, *arguments: str, given: str | None = None) -> list[dict]:
        done = self.run(*arguments, given=given)
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def terminal(sqlite_url: str) -> Terminal:
    return Terminal(sqlite_url)


def test_read_answers_each_line(terminal: Terminal) -> None:
    """JSON lines in, JSON lines out, in the same order; a bad line is named, not fatal."""
    lines = [
        json.dumps(
            {"id": "a", "title": "Steel tariff", "content": TARIFF, "published": "2026-11-20"}
        ),
        "{not json",
        json.dumps({"id": "b", "title": "Steelers win", "odd": 1}),
        json.dumps(["no", "object"]),
        json.dumps({"id": "c", "title": 7}),
        json.dumps({"id": "d", "title": "x", "published": "soon"}),
        json.dumps(
            {"id": "e", "summary": "<p>Fish &amp; chips</p>", "published": "2026-11-20T08:00:00Z"}
        ),
    ]
    found = terminal.rows("read", "--json", given="\n".join([*lines, "", ""]))
    first = found[0]
    assert [row["id"] for row in found] == ["a", None, "b", None, None, None, "e"]
    assert [row.get("line") for row in found] == [None, 2, None, 4, 5, 6, None]
    assert found[1]["error"].startswith("a line must be a JSON object: ")
    assert found[1]["error"].endswith("at character 2")
    assert {match["topic"] for match in first["topics"]} >= {"tariffs", "steel_aluminum", "canada"}
    deadline = next(d for d in first["deadlines"] if d["kind"] == "comment_deadline")
    assert (deadline["date"], deadline["time"], deadline["computed"]) == (
        "2027-01-12",
        "23:59",
        False,
    )
    (fact,) = first["tariffs"]
    assert (fact["rate_pct"], fact["imposer"], fact["targets"]) == (25, "US", ["CA"])
    assert first["lang"] == "en"
    assert found[2]["topics"] == []
    assert found[6]["summary"] == "Fish & chips"


def test_read_shows_what_it_understood(terminal: Terminal, tmp_path: Path) -> None:
    """A text, a file or standard input; the words are marked and the facts listed."""
    file = tmp_path / "note.txt"
    file.write_text(f"A short note\n{TARIFF}")
    for done in (
        terminal.run("read", TARIFF),
        terminal.run("read", str(file)),
        terminal.run("read", given=TARIFF),
    ):
        assert done.exit_code == 0, done.output
        assert "25 %" in done.stdout
        assert "12 Jan 2027" in done.stdout


@pytest.mark.parametrize("path", ["nosuch.txt", "notes/today", "C:\\notes.md", "entries.jsonl"])
def test_read_says_that_a_file_is_not_there(terminal: Terminal, path: str) -> None:
    """One word that can only be a path is not read as text."""
    done = terminal.run("read", path)
    assert isinstance(done.exception, InvalidInputError)
    assert f"no file {path}" in str(done.exception)


@pytest.mark.parametrize("text", ["Tariffs.", "tariff/duty on steel rises", "aranceles"])
def test_read_takes_words_as_words(terminal: Terminal, text: str) -> None:
    """A sentence with a slash, or a single word, is text."""
    assert terminal.run("read", text).exit_code == 0


def test_the_version_is_printed(terminal: Terminal) -> None:
    """On standard output, without looking at any configuration."""
    done = terminal.run("--version")
    assert (done.exit_code, done.stdout) == (0, f"usmca-bot {__version__}\n")


def test_an_empty_list_of_subscriptions_says_so(terminal: Terminal) -> None:
    """On standard error, so that standard output stays data."""
    done = terminal.run("subscriptions", "list")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no subscriptions yet" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--lang", "de"), "--lang is one of en, es and fr"),
        (("--owner", "me"), "--owner names a workspace"),
        (("--owner", "slack:"), "--owner names a workspace"),
        (("--interval", "soon"), "--interval must be a length of time"),
        (("--name", " "), "--name is a name"),
    ],
)
def test_a_wrong_option_of_a_feed_says_what_is_right(
    terminal: Terminal, arguments: tuple[str, ...], says: str
) -> None:
    """Before anything is fetched."""
    done = terminal.run("feeds", "add", "https://ledger.example/rss", *arguments)
    assert isinstance(done.exception, InvalidInputError)
    assert says in str(done.exception)


def test_feeds_are_listed_as_the_configuration_has_them(terminal: Terminal, tmp_path: Path) -> None:
    """On a new database at once; later changes of the file are pointed at, not taken over."""
    (tmp_path / "feeds.yaml").write_text(
        "feeds:\n  - {id: a, name: A, url: 'https://a.example/'}\n"
    )
    rows = terminal.rows("feeds", "list", "--json", "--config", str(tmp_path))
    assert [(row["key"], row["condition"], row["owner"]) for row in rows] == [("a", "new", None)]
    (tmp_path / "feeds.yaml").write_text(
        "feeds:\n  - {id: b, name: B, url: 'https://b.example/'}\n"
    )
    done = terminal.run("feeds", "list", "--config", str(tmp_path))
    assert "not polled yet" in done.stdout
    assert "1 new, 1 gone" in done.stderr


def test_cluster_streams(terminal: Terminal, tmp_path: Path) -> None:
    """Entries of one event share a story; odd lines are named and left out."""
    rows = [
        {"id": 1, "title": "Canada sets surtax on Ohio steel plates", "content": TARIFF},
        {"id": 2, "title": "Library opens downtown", "content": "The mayor cut the ribbon."},
        {"id": 3, "title": "Canada sets surtax on Ohio steel plates", "content": TARIFF},
    ]
    file = tmp_path / "entries.jsonl"
    file.write_text("\n".join(["{bad", "[]", *map(json.dumps, rows)]))
    found = terminal.rows("cluster", str(file), "--json")
    assert [row["id"] for row in found] == [1, 2, 3]
    stories = [row["story"] for row in found]
    assert stories[0] == stories[2] != stories[1]


def test_eval_scores_every_kind(terminal: Terminal, tmp_path: Path) -> None:
    """What a file holds is seen from its keys; failures are shown and counted."""
    sentence = {"lang": "en", "published": "2026-11-20"}
    files = {
        "topics": [
            {"id": "1", "lang": "en", "title": "Steel tariff", "summary": TARIFF, "topics": ["dairy"]},
            {"id": "2", "lang": "en", "title": "Steelers win", "summary": "", "topics": []},
        ],
        "deadlines": [
            sentence | {"id": "1", "text": "Nothing is due.", "expect": []},
            sentence
            | {
                "id": "2",
                "text": "Comments are due January 12, 2027.",
                "expect": [{"kind": "hearing", "date": "2027-01-12"}],
            },
        ],
        "tariffs": [
            sentence
            | {
                "id": "1",
                "text": "The U.S. imposed a 25% tariff on Canadian steel.",
                "expect": [{"action": "imposed", "rate_pct": 30, "targets": ["CA"], "imposer": "US"}],
            }
        ],
        "register": [
            {
                "document_number": "2026-1",
                "publication_date": "2026-11-20",
                "dates": "Comments must be received by January 12, 2027.",
                "comments_close_on": "2027-01-13",
                "effective_on": None,
            }
        ],
        "stories": [{"id": "1", "cluster": "x", "text": TARIFF}, {"id": "2", "cluster": "x", "text": TARIFF}],
        "summaries": [
            {"id": "1", "lang": "en", "title": "T", "content": TARIFF, "key": ["a lost fact"], "never": []}
        ],
    }  # fmt: skip
    for name, rows in files.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    done = terminal.run("eval", str(tmp_path), "--failures", "1")
    assert done.exit_code == 0, done.output
    assert "B³ precision 1.000 recall 1.000 F 1.000" in done.stdout
    assert done.stdout.count("✗") == 5
    assert "2026-1 comments_close_on: 2027-01-12" in done.stdout
    assert "key facts kept 0.000" in done.stdout


@pytest.mark.parametrize("content", ["{}", "no json"])
def test_eval_refuses_what_holds_no_labels(
    terminal: Terminal, tmp_path: Path, content: str
) -> None:
    """The sentence names the file or the line."""
    file = tmp_path / "odd.jsonl"
    file.write_text(content)
    done = terminal.run("eval", str(file))
    assert isinstance(done.exception, InvalidInputError)
    missing = terminal.run("eval", str(tmp_path / "missing"))
    assert isinstance(missing.exception, InvalidInputError)


def test_subscriptions_from_the_terminal(terminal: Terminal, tmp_path: Path) -> None:
    """Added by name or alias, listed, exported, imported elsewhere, and ended."""
    add = ("subscriptions", "add", "--to", "slack:C1")
    made = terminal.rows(*add, "--topic", "minerales críticos", "--topic", "autos", "--json")
    assert [row["effect"] for row in made] == ["added", "added"]
    query = terminal.run(*add, "--query", "*", "--level", "important", "--group", "entry")
    assert query.exit_code == 0
    listed = terminal.rows("subscriptions", "list", "--json")
    assert [(row["topic"], row["query"], row["group"]) for row in listed] == [
        ("critical_minerals", None, "story"),
        ("autos", None, "story"),
        (None, "*", "entry"),
    ]
    assert "slack:C1" in terminal.run("subscriptions", "list").stdout
    file = tmp_path / "wishes.yaml"
    file.write_text(terminal.run("subscriptions", "export").stdout)
    assert "ended" in terminal.run("subscriptions", "remove", str(listed[0]["id"])).stdout
    assert len(terminal.rows("subscriptions", "list", "--json")) == 2
    assert terminal.run("subscriptions", "import", str(file)).exit_code == 0
    assert len(terminal.rows("subscriptions", "list", "--json")) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {to: console, topic: autos\n", ":1: is not valid YAML: the bracket that opens here"),
        ("- to: console\n  query: *\n", ":2: is not valid YAML: text that begins with *"),
        ("- to: console\n  to: console\n", ":2: 'to' stands here twice; the first is in line 1"),
        ("to: console\n", "A file of subscriptions is a list"),
        ("- {to: console, topic: 7}\n", "row 1: 'topic' must be text; put it in quotes"),
        (None, "the file is missing"),
    ],
)
def test_a_file_that_cannot_be_imported_says_where_it_is_wrong(
    terminal: Terminal, tmp_path: Path, text: str | None, says: str
) -> None:
    """No row of it is stored."""
    file = tmp_path / "wishes.yaml"
    if text is not None:
        file.write_text(text)
    done = terminal.run("subscriptions", "import", str(file))
    assert isinstance(done.exception, InvalidInputError)
    assert says in str(done.exception)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "slack:C1", "--topic", "atuos"), "there is no topic"),
        (("--to", "nowhere", "--topic", "autos"), "names no platform"),
        (("--to", "slack:C1", "--query", "steel AND"), "steel"),
    ],
)
def test_a_wrong_subscription_says_what_is_right(
    terminal: Terminal, words: tuple[str, ...], says: str
) -> None:
    """Nothing is stored."""
    done = terminal.run("subscriptions", "add", *words)
    assert isinstance(done.exception, InvalidInputError)
    assert says in str(done.exception)
    assert terminal.rows("subscriptions", "list", "--json") == []


def test_one_of_topic_and_query(terminal: Terminal) -> None:
    """Both, or neither, is a usage error with exit code 2."""
    add = ("subscriptions", "add", "--to", "slack:C1")
    assert terminal.run(*add).exit_code == 2
    assert terminal.run(*add, "--topic", "autos", "--query", "x").exit_code == 2


def test_setting_up(terminal: Terminal, tmp_path: Path) -> None:
    """init copies, check-config approves, migrate and the small printers print."""
    target = tmp_path / "mine"
    assert terminal.run("init", str(target)).exit_code == 0
    assert isinstance(terminal.run("init", str(target)).exception, ConfigError)
    good = terminal.run("check-config", "--config", str(target))
    assert (good.exit_code, "25 topics" in good.stdout) == (0, True)
    (target / "bot.yaml").write_text("poling: {}\n")
    bad = terminal.run("check-config", "--config", str(target))
    assert bad.exit_code == 2
    assert "bot.yaml:1" in bad.stdout
    assert "version" in terminal.run("migrate").stdout
    assert len(terminal.run("secret-key").stdout.strip()) == 44
    manifest = json.loads(terminal.run("slack", "manifest").stdout)
    assert manifest["settings"]["socket_mode_enabled"]


def test_asking(terminal: Terminal) -> None:
    """A reply for the eyes, or as data; an odd question ends with 2."""
    assert "2027" in terminal.run("ask", "/usmca status").stdout
    (reply,) = terminal.rows("ask", "topics", "--json")
    assert len(reply["rows"]) == 25
    assert terminal.run("ask", "stauts", "--json").exit_code == 2


def test_polling_needs_its_word(terminal: Terminal) -> None:
    """`poll` alone says what it could mean."""
    done = terminal.run("poll")
    assert done.exit_code == 2
    assert "--once" in done.stderr


def test_the_health_of_a_bot_that_does_not_run(terminal: Terminal) -> None:
    """Not ready is 1; no server to ask is a usage error."""
    assert terminal.run("healthcheck").exit_code == 2
    terminal.environ["BOT_WEB_BIND"] = "127.0.0.1:1"
    assert terminal.run("healthcheck").exit_code == 1


def test_the_demo_ends_by_itself(terminal: Terminal) -> None:
    """Without a terminal: alerts, the status, and exit code 0."""
    done = terminal.run("demo")
    assert done.exit_code == 0, done.output
    assert "Sources: 6" in done.stdout
    assert "Next joint review" in done.stdout
