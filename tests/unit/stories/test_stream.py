from datetime import UTC, datetime

import pytest

from bot.domain.reading import Lang, Reading
from bot.stories.stream import cluster_stream, entry_of


def read(_entry, _now):
    return Reading(lang=Lang.EN)


def test_documents_keep_their_ids_and_order():
    """Each document gets its answer in turn, its id as given; one without an id gets its number."""
    text = "Longshore workers strike the Port of Montreal and close all container terminals"
    documents = [{"id": "a", "text": text}, {"title": "Sawmill closes"}, {"id": 7, "content": text}]
    assert list(cluster_stream(documents, read)) == [("a", "s1"), (2, "s2"), (7, "s1")]


def test_an_answer_comes_before_the_next_document_is_asked_for():
    """An entry is placed knowing only those before it."""

    def documents():
        yield {"id": "a", "text": "one"}
        raise AssertionError("asked for too early")

    assert next(cluster_stream(documents(), read)) == ("a", "s1")


def test_mark_up_is_no_word_of_a_text():
    """Documents may be what a feed's entry holds."""
    entry = entry_of({"title": "Steel &amp; aluminum", "content": "<p>One</p><p>Two</p>"}, 1)
    assert (entry.title, entry.content) == ("Steel & aluminum", "One\nTwo")


def test_a_document_becomes_an_entry():
    """Known keys are taken, other keys ignored, a date without zone is taken as UTC."""
    document = {
        "title": "T",
        "summary": None,
        "url": "https://e.com",
        "published": "2026-10-01",
        "x": 1,
    }
    entry = entry_of(document, 3)
    assert (entry.guid, entry.title, entry.summary) == ("3", "T", "")
    assert entry.published == datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2026-10-01T12:00:00Z", datetime(2026, 10, 1, 12, tzinfo=UTC)),
        ("Thu, 01 Oct 2026 12:00:00 GMT", datetime(2026, 10, 1, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        (5, None),
    ],
)
def test_dates_of_feeds_are_read_and_others_are_none(stated, moment):
    """One bad date does not end a stream."""
    assert entry_of({"published": stated}, 1).published == moment
