"""Search: which hits are on which page, however many there are."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.entry import Entry, StoredEntry
from bot.domain.ids import EntryId, FeedId, StoryId, Tenant
from bot.domain.reading import Lang, Reading
from bot.domain.views import FoundEntry
from bot.services.search import LAST_PAGE, MOST_HITS, MOST_LOOKED_AT, PAGE, SearchService

TEAM = Tenant("slack:T1")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def entry(number: int, title: str, story: int, summary: str = "") -> FoundEntry:
    stored = StoredEntry(
        id=EntryId(number),
        feed_id=FeedId(1),
        owner=None,
        entry=Entry(guid=str(number), title=title, summary=summary),
        content_hash="",
        first_seen=NOW + timedelta(minutes=number),
        held=False,
    )
    return FoundEntry(stored=stored, reading=Reading(lang=Lang.EN), story_id=StoryId(story))


class Rows:
    """A store of entries, newest first, that counts how many were read."""

    def __init__(self, *rows: FoundEntry) -> None:
        self.queries, self._rows, self.read = self, rows, 0

    async def entries(self, **_):
        for row in self._rows:
            self.read += 1
            yield row


def service(*rows: FoundEntry) -> SearchService:
    return SearchService(Rows(*rows))


async def test_pages_go_on_to_the_oldest_and_show_nothing_twice():
    """The first page stops at a full window of hits and says so; the last shows what is left."""
    size = MOST_HITS + PAGE
    store = Rows(*(entry(n, f"Steel {n}", story=n) for n in reversed(range(size))))
    asked = SearchService(store)
    first = await asked.search(TEAM, "*")
    assert (first.entries, first.complete, first.more, store.read) == (
        MOST_HITS,
        False,
        True,
        MOST_HITS,
    )
    pages = [await asked.search(TEAM, "steel", page=n + 1) for n in range(size // PAGE)]
    titles = [hit.entry.title for page in pages for hit in page.hits]
    assert titles == [f"Steel {n}" for n in reversed(range(size))]
    assert (pages[-1].entries, pages[-1].complete, pages[-1].more) == (size, True, False)


async def test_a_better_hit_that_is_much_older_does_not_change_the_pages_before_it():
    """Hits are ranked with those of their own window."""
    older = [entry(0, "Steel: canada", story=0)]
    newer = [entry(n, "Steel. In Canada too", story=n) for n in range(1, MOST_HITS + 1)]
    newer[40] = entry(999, "Wheat", story=999)
    rows = [*sorted(newer, key=lambda row: -row.stored.id), *older]
    page = await service(*rows).search(TEAM, "canada OR wheat")
    last = await service(*rows).search(TEAM, "canada OR wheat", page=MOST_HITS // PAGE + 1)
    assert page.hits[0].entry.title == "Wheat"
    assert [hit.entry.title for hit in last.hits] == ["Steel: canada"]


async def test_one_story_told_often_leaves_room_for_others():
    """However many entries it has, it is one hit, and the search goes on past them."""
    often = [entry(n, "Steel again", story=7) for n in range(500, 500 + MOST_HITS + 1)]
    page = await service(*often, entry(1, "Steel apart", story=8)).search(TEAM, "steel")
    assert [(hit.entry.title, hit.others) for hit in page.hits] == [
        ("Steel again", MOST_HITS),
        ("Steel apart", 0),
    ]
    assert page.complete


async def test_there_is_a_last_page():
    """A page beyond it shows that one."""
    page = await service(entry(1, "Steel", story=1)).search(TEAM, "steel", page=LAST_PAGE + 5)
    assert (page.page, page.hits, page.more, page.entries) == (LAST_PAGE, (), False, 1)


async def test_what_is_judged_is_bounded_and_said():
    """A query that an index cannot help, and nothing matches, ends."""
    row = entry(1, "Wheat", story=1)
    page = await service(*([row] * (MOST_LOOKED_AT + 1))).search(TEAM, "steel")
    assert (page.entries, page.looked_at, page.complete) == (0, MOST_LOOKED_AT, False)


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ('"rules of origin"', " rules of origin of lumber"),
        ("title:lumber rules", " rules of origin of lumber"),
        ("tariff OR lumb*", " lumber"),
    ],
)
async def test_a_snippet_is_around_the_words_asked_for(query, snippet):
    """Phrases, words of other forms and fields show where they stand."""
    text = "word " * 60 + "rules of origin of lumber"
    page = await service(entry(1, "Lumber", story=1, summary=text)).search(TEAM, query)
    assert page.hits[0].snippet.endswith(snippet)
