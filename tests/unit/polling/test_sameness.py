"""When what stands twice under one guid is one entry, and when it is several."""

from random import Random

import pytest

from bot.domain.entry import Entry
from bot.polling.sameness import by_itself, reused, told_apart

PAGE = "https://example.com/notices"
TITLES = ["Steel quota opens", "Dairy panel rules", "Origin of car parts", "Softwood review begins"]


def entry(title: str, guid: str = PAGE, url: str | None = PAGE) -> Entry:
    return Entry(guid=guid, url=url, title=title)


def guids(*entries: Entry, beside: tuple[Entry, ...] = ()) -> list[str]:
    return [one.guid for one in told_apart(entries, beside)]


@pytest.mark.parametrize("url", [None, PAGE, "https://example.com/x"])
def test_one_guid_for_several_articles_loses_none(url: str | None) -> None:
    """Each has the same guid of its own whatever else is shown, seen or not, in any order."""
    shown = [entry(title, url=url) for title in TITLES]
    alone = dict(zip(TITLES, guids(*shown), strict=True))
    assert len({*alone.values(), PAGE}) == 5
    for seed in range(20):
        some = Random(seed).sample(shown, k=3)
        told = told_apart(some[:1], beside=some[1:])
        assert [one.guid for one in told] == [alone[some[0].title]]


def test_links_tell_apart_where_they_differ() -> None:
    """What is said twice stays once; a link that stands for two entries identifies neither."""
    urls = ["https://example.com/1", "https://example.com/2", "https://example.com/2"]
    shown = [entry("Notice", url=url) for url in urls]
    assert guids(*shown) == urls[:2]
    third = entry("Another notice altogether, of Monday", url=urls[1])
    first, second, last = guids(*shown, third)
    assert first == urls[0]
    assert len({first, second, last, urls[1]}) == 4


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Steel quota opens", 1),
        ("Steel quota opens (corrected)", 1),
        ("Steel quota opens: 7 lines", 2),
        ("Origin of car parts", 2),
    ],
)
def test_an_entry_may_be_shown_in_two_versions(title: str, count: int) -> None:
    """Atom shows both under one id; under nothing but a link every other title is an entry."""
    assert len(guids(entry("Steel quota opens", "urn:1"), entry(title, "urn:1"))) == count


@pytest.mark.parametrize(
    ("title", "link", "expected"),
    [
        ("Dairy panel rules", "https://example.com/2", True),
        ("Dairy panel rules", "https://example.com/1", False),
        ("Dairy panel rules", "", False),
        ("Update: steel quota opens", "https://example.com/2", False),
    ],
)
def test_a_correction_keeps_its_link_or_its_words(title: str, link: str, expected: bool) -> None:
    """Where it keeps neither, the feed used the guid again."""
    before = {"before": "Steel quota opens", "link_before": "https://example.com/1"}
    assert reused(title, link, **before) is expected


def test_an_article_by_itself_is_its_link() -> None:
    """Or its words, where the link is the guid."""
    assert by_itself(entry("A", "7")).guid == PAGE
    assert by_itself(entry("A")).guid == by_itself(entry("a!")).guid != by_itself(entry("B")).guid
