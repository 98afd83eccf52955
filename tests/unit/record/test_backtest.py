from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Entry, StoredEntry
from bot.domain.ids import EntryId, FeedId, StoryId
from bot.domain.reading import Lang, Reading
from bot.domain.views import FoundEntry
from bot.record.backtest import EXAMPLES, Tally

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SINCE = NOW - timedelta(weeks=4)


def found(number, *, story=None, feed=1, days=0.0):
    """An entry of the archive, seen so many days ago."""
    entry = Entry(guid=str(number), title=f"Entry {number}", source="Ledger")
    stored = StoredEntry(
        id=EntryId(number),
        feed_id=FeedId(feed),
        owner=None,
        entry=entry,
        content_hash="",
        first_seen=NOW - timedelta(days=days),
        held=False,
    )
    place = None if story is None else StoryId(story)
    return FoundEntry(stored=stored, reading=Reading(lang=Lang.EN), story_id=place)


def tally(new, old, *, by_topic=False):
    """Two rules, each given as what it says of entries by their number."""

    def judge(rule):
        return lambda entry: frozenset(rule.get(entry.stored.id, ()))

    return Tally(judge(new), judge(old), since=SINCE, until=NOW, by_topic=by_topic)


def test_a_story_counts_once_in_the_week_it_would_have_been_told():
    """Forty entries of one event are one alert, told when the first of them came."""
    counted = tally({n: {"q"} for n in range(1, 6)}, {})
    for each in (
        found(5, story=1, days=1),
        found(4, story=2, days=2),
        found(3, story=1, days=15),
        found(2, days=27),
        found(1, story=3, days=27.5),
    ):
        counted.take(each)
    result = counted.result(complete=True)
    assert (result.matched, result.alerts, result.per_week) == (5, 4, 1.0)
    assert result.weeks == (2, 1, 0, 1)


def test_gained_and_lost_are_told_by_story():
    """A story both rules would tell is neither, whichever of its entries each matched."""
    counted = tally({1: {"q"}, 2: {"q"}}, {3: {"autos"}, 4: {"autos"}})
    for each in (found(1, story=1), found(2, story=2), found(3, story=1), found(4, story=4)):
        counted.take(each)
    result = counted.result(complete=True)
    assert [(each.story_id, each.matched) for each in result.gained] == [(2, ("q",))]
    assert [(each.story_id, each.matched) for each in result.lost] == [(4, ("autos",))]


def test_a_file_of_topics_is_told_topic_by_topic():
    """What each topic keeps, gains and loses, in entries; and the feeds that bring most."""
    counted = tally(
        {1: {"autos", "steel"}, 2: {"steel"}}, {1: {"autos"}, 3: {"steel"}}, by_topic=True
    )
    for each in (found(1, feed=7), found(2, feed=7), found(3, feed=8)):
        counted.take(each)
    result = counted.result(complete=False)
    changes = {t: (c.kept, c.gained, c.lost) for t, c in result.by_topic.items()}
    assert changes == {"autos": (1, 0, 0), "steel": (0, 2, 1)}
    assert result.feeds == ((7, 2),)
    assert not result.complete


RULES = st.dictionaries(st.integers(1, 30), st.sets(st.sampled_from(["a", "b"]), min_size=1))


@given(RULES, RULES, st.dictionaries(st.integers(1, 30), st.integers(1, 5)))
def test_the_figures_agree(new, old, stories):
    """Weeks add up to the alerts; gained and lost are what one rule has and the other has not."""
    counted = tally(new, old)
    for number in range(30, 0, -1):
        counted.take(found(number, story=stories.get(number), days=(31 - number) * 0.9))
    result = counted.result(complete=True)
    told = {stories.get(n, f"entry {n}") for n in new}
    before = {stories.get(n, f"entry {n}") for n in old}
    assert sum(result.weeks) == result.alerts == len(told)
    assert result.gained_alerts == len(told - before)
    assert result.lost_alerts == len(before - told)
    assert max(len(result.gained), len(result.lost)) <= EXAMPLES


def test_few_alerts_are_not_none():
    """One in three years is less than a tenth a week; where there was none it is none."""
    counted = tally({1: {"q"}}, {})
    assert counted.result(complete=True).pace == "0.0"
    counted.take(found(1, story=1, days=1))
    result = counted.result(complete=True)
    assert result.pace == "0.2"
    assert replace(result, since=NOW - timedelta(days=1_000)).pace == "<0.1"
