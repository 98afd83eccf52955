"""What is read in full, what briefly, and what is read again when somebody asks for it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.domain.entry import Entry
from bot.domain.reading import Lang, Reading
from bot.pipeline.reads import Reads, may_want
from bot.ports import Queries

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
BRIEF = Reading(lang=Lang.EN, brief=True)
FERRY = Entry(guid="e1", title="Storm closes the harbour", summary="Ferries wait.", source="Ledger")


@dataclass
class Asked:
    """The queries that are subscribed to."""

    texts: frozenset[str] = frozenset()
    times: int = 0

    async def asked(self) -> frozenset[str]:
        self.times += 1
        return self.texts


def reads(asked: Asked) -> Reads:
    return Reads(
        lambda _entry, _now: Reading(lang=Lang.EN), lambda _entry, _now: BRIEF, cast("Any", asked)
    )


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        *[("*", True), ("harbour", True), ("ferr*", True), ('"closes the harbour"', True)],
        *[("harbor", False), ("harbour AND mexico", False), ("harbour OR mexico", True)],
        *[("title:ferries", False), ("title:storm", True), ("lang:es", False), ("lang:en", True)],
        *[("topic:autos", False), ("rate:[25 TO *]", True), ("-mexico", True)],
        *[("rate:[25 TO *] AND mexico", False)],
    ],
)
def test_a_query_may_want_what_its_words_allow(query: str, wanted: bool) -> None:
    """Facts that only a full reading finds may be there; topics are not, the glance looked for them."""
    assert may_want(frozenset({query}), FERRY, BRIEF) is wanted


def test_with_very_many_queries_everything_is_wanted() -> None:
    """And one that cannot be followed wants nothing."""
    assert may_want(frozenset(f"word{n}" for n in range(301)), FERRY, BRIEF)
    assert not may_want(frozenset({"(("}), FERRY, BRIEF)


async def test_entries_nobody_asks_for_are_read_briefly() -> None:
    """Others in full; the queries are looked up once for polls of one moment."""
    nobody, harbour = Asked(), Asked(frozenset({"harbour"}))
    one, other = reads(nobody), reads(harbour)
    assert (await one.all([FERRY], NOW)).found == {"e1": BRIEF}
    assert not (await other.all([FERRY], NOW)).found["e1"].brief
    await other.all([FERRY], NOW)
    assert (nobody.times, harbour.times) == (1, 1)


async def test_a_new_query_has_them_read_again() -> None:
    """Only where it may want them; what was read for the same queries stays."""
    nobody = reads(Asked())
    before = await nobody.all([FERRY], NOW)
    assert await nobody.again([FERRY], before, frozenset(), NOW) is before
    other = await nobody.again([FERRY], before, frozenset({"mexico"}), NOW)
    assert other.found["e1"].brief
    again = await nobody.again([FERRY], before, frozenset({"harbour"}), NOW)
    assert not again.found["e1"].brief


async def test_without_a_glance_everything_is_read_in_full() -> None:
    """And nobody is asked for queries."""
    asked = Asked()
    full = Reads(lambda _entry, _now: Reading(lang=Lang.EN), None, cast("Queries", asked))
    assert not (await full.all([FERRY], NOW)).found["e1"].brief
    assert asked.times == 0


@pytest.mark.parametrize(
    ("odd", "left"),
    [
        ({"content": "boom"}, ("Storm closes the harbour", "Ferries wait.")),
        ({"content": "boom", "summary": "boom"}, ("Storm closes the harbour", "")),
        ({"title": "boom"}, None),
    ],
)
async def test_a_text_over_which_the_reading_fails_is_left_out(
    odd: dict[str, str], left: tuple[str, str] | None
) -> None:
    """The rest of the entry is read, and the feed's other entries are; without a title it is kept unread."""
    seen: list[tuple[str, str]] = []

    def read(entry: Entry, _now: datetime) -> Reading:
        if "boom" in f"{entry.title} {entry.summary} {entry.content}":
            raise KeyError("1st")
        seen.append((entry.title, entry.summary))
        return Reading(lang=Lang.EN, summary=entry.summary)

    poll = Reads(read, None, cast("Queries", Asked()))
    found = (await poll.all([replace(FERRY, **odd), replace(FERRY, guid="e2")], NOW)).found
    assert found["e2"].summary == "Ferries wait."
    assert found["e1"].brief is (left is None)
    assert left is None or left in seen
