"""`feeds reconcile` in the terminal, against a register of its own, and notices on the console."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner, Result

from bot.cli import build


class Terminal:
    """Runs commands with a configuration and a database of their own."""

    def __init__(self, folder: Path, database: str, web: HTTPServer) -> None:
        self.folder, self.web = folder, web
        self.environ = {
            "BOT_DATABASE_URL": database,
            "BOT_WEB_BIND": "off",
            "BOT_ALLOW_HOSTS": f"{web.host}:{web.port}",
        }
        (folder / "bot.yaml").write_text(
            "polling: {min_interval: 1s, host_gap: 0s}\nfeeds_notices: [console]\n"
        )

    def feeds(self, **kinds: str) -> None:
        rows = "".join(
            f"  - {{id: {key}, name: {key} sample, kind: {kind}, lang: en,"
            f" url: '{self.web.url_for(f'/{key}/documents.json')}'}}\n"
            for key, kind in kinds.items()
        )
        (self.folder / "feeds.yaml").write_text(f"feeds:\n{rows}")

    def run(self, *arguments: str) -> Result:
        given = [*arguments, "--config", str(self.folder)]
        return CliRunner().invoke(build(), given, env=self.environ)

    def rows(self, *arguments: str) -> list[dict]:
        done = self.run(*arguments)
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def terminal(tmp_path: Path, sqlite_url: str, httpserver: HTTPServer) -> Terminal:
    return Terminal(tmp_path, sqlite_url, httpserver)


def documents(*numbers: int) -> dict:
    day = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    found = [
        {
            "document_number": f"2026-{number}",
            "title": f"Sample notice number {number} on steel duties",
            "publication_date": day,
            "html_url": f"https://www.federalregister.gov/d/2026-{number}",
        }
        for number in numbers
    ]
    return {"count": len(found), "results": found}


def test_reconcile_lists_what_no_poll_saw(terminal: Terminal) -> None:
    """What the polls have is not listed; what was missed is stored, and listed by `feeds` too."""
    terminal.feeds(register="federal_register")
    assert "nothing to compare" in terminal.run("feeds", "reconcile").stdout
    path = "/register/documents.json"
    terminal.web.expect_ordered_request(path).respond_with_json(documents(1, 2))
    assert terminal.rows("poll", "--once", "--json")[0]["outcome"] == "entries"
    terminal.web.expect_ordered_request(path).respond_with_json(documents(1, 2, 3))
    (compared,) = terminal.rows("feeds", "reconcile", "--json", "--days", "3")
    assert (compared["feed"], compared["listed"], compared["error"]) == ("register", 3, None)
    assert [missed["id"] for missed in compared["missed"]] == ["fr:2026-3"]
    terminal.web.expect_ordered_request(path).respond_with_json(documents(1, 2, 3))
    assert "3 listed, 0 missed" in terminal.run("feeds", "reconcile").stdout
    asked = json.loads(terminal.run("ask", "/usmca feeds", "--json").stdout)
    assert [row["id"] for row in asked["rows"] if row["kind"] == "missed"] == ["fr:2026-3"]
    terminal.web.expect_ordered_request(path).respond_with_data("", status=503)
    assert "not compared: The server is out of service" in terminal.run("feeds", "reconcile").stdout


def test_a_wrong_agency_is_told_to_the_operator(terminal: Terminal) -> None:
    """`feeds_notices` names the terminal: it hears at the first poll that a source holds nothing."""
    terminal.feeds(register="federal_register")
    terminal.web.expect_request("/register/documents.json").respond_with_json(documents())
    done = terminal.run("poll", "--once")
    assert "answers, but holds nothing at all" in " ".join(done.stdout.split())
    again = terminal.run("poll", "--once", "--all")
    assert "holds nothing at all" not in again.stdout
