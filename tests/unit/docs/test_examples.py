import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.message import Link, Message
from bot.platforms.webhook.payload import Event, payload
from bot.platforms.webhook.signature import headers
from bot.reading import query
from bot.settings.feeds import FeedsFile
from bot.settings.files import Problem, parse
from bot.settings.topics import TopicsFile, wrong_terms
from bot.settings.validation import check

DOCS = Path(__file__).parents[3] / "docs"


def block(page: str) -> str:
    text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def queries() -> list[str]:
    """The examples of the page about queries, out of its tables and its first block."""
    text = (DOCS / "how-to" / "write-a-query.md").read_text(encoding="utf-8")
    cells = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    shown = [code for cell in cells for code in re.findall(r"`([^`]+)`", f"{cell[1]} {cell[2]}")]
    shown += re.findall(r"(?:search|query:) (.+)", text) + re.findall(r"--query '(.+)'", text)
    return [code for code in shown if not code.endswith(":") and "…" not in code]


def test_the_feed_on_the_page_is_right() -> None:
    """What "Add a feed" shows passes the model."""
    report: list[Problem] = []
    document = parse(block("add-a-feed.md").encode(), "page", report)
    assert document is not None
    file = check(document, FeedsFile, report)
    assert report == []
    assert file is not None


def test_the_topic_on_the_page_is_right() -> None:
    """What "Add a topic" shows passes the model, given the contexts it names, and compiles."""
    report: list[Problem] = []
    contexts = "contexts: {treaty: [usmca], trade: [imports]}\n"
    document = parse((contexts + block("add-a-topic.md")).encode(), "page", report)
    assert document is not None
    file = check(document, TopicsFile, report)
    assert report == []
    assert file is not None
    assert wrong_terms(document) == []


@pytest.mark.parametrize("text", queries())
def test_every_query_on_the_page_can_be_parsed(text) -> None:
    """What "Write a query" shows is understood."""
    assert query.parse(text) is not None


def test_the_page_about_queries_names_every_field() -> None:
    """No field is left out, and none is made up."""
    from bot.reading.query_syntax import FIELDS

    text = (DOCS / "how-to" / "write-a-query.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z]+:`(?:, `[a-z]+:`)*) \|", text, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([a-z]+):`", row)} == set(FIELDS)


@pytest.mark.parametrize("secret", ["whsec_Y2FuYXJ5LWNhbmFyeQ==", "any other text"])
def test_the_check_of_a_webhook_on_the_page_works(secret) -> None:
    """What "Outside services" shows to receivers takes our signature and no other."""
    text = (DOCS / "how-to" / "outside-services.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code is not None
    page: dict[str, Any] = {}
    exec(code[1], page)
    signed = headers(secret, key="d1", moment=datetime(2026, 11, 23, tzinfo=UTC), body=b"{}")
    assert page["is_ours"](secret, signed, b"{}")
    assert not page["is_ours"](secret, signed, b"{ }")


def test_the_page_about_webhooks_names_every_field() -> None:
    """A program is written by this table: no field of a body is left out."""
    text = (DOCS / "how-to" / "outside-services.md").read_text(encoding="utf-8")
    table = text.split("The body (", 1)[1]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}
    message = Message(subject="story:7", headline=Link(text="Steel"))
    assert set(payload(Event.POSTED, message, key="d1", name="desk")) == {*named, "version"}


def test_no_link_between_the_pages_is_broken() -> None:
    """Every relative link leads to a file."""
    root = DOCS.parent
    pages = [*root.glob("*.md"), *DOCS.rglob("*.md")]
    assert len(pages) > 5
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
