"""JSON rows as entries, for reading them and for putting them into stories."""

from datetime import UTC, datetime

import pytest

from bot.reading.entry_rows import entry_of_row


@pytest.mark.parametrize("strict", [True, False])
def test_a_row_becomes_an_entry(strict):
    """Known keys are taken, others ignored; without an id it has its number, a bare date is in UTC."""
    row = {
        "title": "T",
        "summary": None,
        "url": "https://e.com",
        "published": "2026-10-01",
        "x": 1,
    }
    entry = entry_of_row(row, 3, strict=strict)
    assert (entry.guid, entry.title, entry.summary, entry.lang) == ("3", "T", "", None)
    assert entry.published == datetime(2026, 10, 1, tzinfo=UTC)
    assert entry_of_row({"id": 7}, 3, strict=strict).guid == "7"


@pytest.mark.parametrize("strict", [True, False])
def test_mark_up_is_no_word_of_a_text(strict):
    """Rows may be what a feed's entry holds; ``text`` stands in where the content says nothing."""
    row = {"title": "Steel &amp; aluminum", "content": "<p>One</p><p>Two</p>", "text": "no"}
    entry = entry_of_row(row, 1, strict=strict)
    assert (entry.title, entry.content) == ("Steel & aluminum", "One\nTwo")
    assert entry_of_row({"content": "<br>", "text": "yes"}, 1, strict=strict).content == "yes"


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("stated", ["2026-10-01T12:00:00Z", "Thu, 01 Oct 2026 12:00:00 GMT"])
def test_dates_are_read_as_feeds_write_them(stated, strict):
    """ISO 8601 and mail headers, for both commands alike."""
    read = entry_of_row({"published": stated}, 1, strict=strict).published
    assert read == datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (
            {"published": "yesterday"},
            "published must be a date such as 2026-11-20, not 'yesterday'",
        ),
        ({"published": 5}, "published must be text, not int"),
        ({"title": ["T"]}, "title must be text, not list"),
    ],
)
def test_what_is_odd_is_named_or_passed_over(row, error):
    """Who reads rows is told what is wrong with one; a stream of stories goes on."""
    with pytest.raises(ValueError, match=error):
        entry_of_row(row, 1, strict=True)
    entry = entry_of_row(row, 1, strict=False)
    assert (entry.published, entry.title) == (None, str(row.get("title", "")))


def test_a_row_without_a_date_is_undated():
    """An empty date is none, however strictly the row is read."""
    assert entry_of_row({"published": ""}, 1, strict=True).published is None
