"""What of a poll is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.polling.admission import REPUBLISHED_AT_MOST, Admission, FirstPoll, Flood, admit
from bot.polling.sameness import title_key

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def entry(number: int, hours_ago: float | None = 1, title: str | None = None) -> Entry:
    published = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    return Entry(guid=f"g{number}", title=title or f"Notice {number}", published=published)


def first(*entries: Entry, **limits: object) -> Admission:
    return admit(
        entries,
        first=True,
        now=NOW,
        first_poll=FirstPoll(**limits),  # type: ignore[arg-type]
        flood=Flood(),
    )


def later(*entries: Entry, most: int = 50, known: frozenset[str] = frozenset()) -> Admission:
    return admit(
        entries,
        first=False,
        now=NOW,
        first_poll=FirstPoll(),
        flood=Flood(max=most),
        known_titles=known,
    )


def guids(entries: tuple[Entry, ...]) -> list[str]:
    return [one.guid for one in entries]


def test_the_first_poll_tells_the_newest_in_order() -> None:
    """Of twenty recent entries the ten newest are told, the oldest of them first."""
    admission = first(*(entry(number, hours_ago=number) for number in range(20)))
    assert guids(admission.told) == [f"g{number}" for number in range(9, -1, -1)]
    assert len(admission.held) == 10


def test_the_first_poll_holds_what_is_old() -> None:
    """Entries older than the limit are held, those at the limit are not."""
    admission = first(entry(1, 71), entry(2, 72), entry(3, 73))
    assert guids(admission.told) == ["g2", "g1"]
    assert guids(admission.held) == ["g3"]


def test_the_first_poll_holds_undated_entries_unless_told_otherwise() -> None:
    """What an entry without a date means is the operator's choice."""
    assert first(entry(1, None)).told == ()
    assert guids(first(entry(1, None), undated="tell").told) == ["g1"]


def test_a_later_poll_tells_everything_up_to_a_flood() -> None:
    """Age counts on the first poll only; a flood is cut at its limit, the newest told."""
    assert guids(later(entry(1, 5_000), entry(2, None)).told) == ["g1", "g2"]
    admission = later(*(entry(number, hours_ago=number) for number in range(60)))
    assert len(admission.told) == 50
    assert guids(admission.held) == [f"g{number}" for number in range(59, 49, -1)]


def test_undated_entries_keep_the_order_of_the_feed() -> None:
    """Feeds list the newest first, so the told order is the reverse."""
    assert guids(later(*(entry(number, None) for number in range(3))).told) == ["g2", "g1", "g0"]


def test_a_republished_feed_tells_nothing_again() -> None:
    """Thirty old titles under new guids are held, and the new entry among them is told."""
    known = frozenset(title_key(f"Notice {number}") for number in range(30))
    again = [entry(number, title=f"NOTICE  {number}!") for number in range(30)]
    admission = later(*again, entry(99, title="A new duty"), known=known)
    assert guids(admission.told) == ["g99"]
    assert len(admission.held) == 30


def test_a_title_that_comes_back_is_told() -> None:
    """Up to three known titles at once are a habit of the feed, not a re-publication."""
    known = frozenset({title_key("Weekly bulletin")})
    assert len(later(*(entry(n, title="Weekly bulletin") for n in range(3)), known=known).told) == 3
    assert len(later(*(entry(n, title="Weekly bulletin") for n in range(4)), known=known).told) == 0


def test_a_batch_with_some_known_titles_is_told_whole() -> None:
    """A daily batch of documents repeats a few titles; nothing of it is lost."""
    known = frozenset({title_key("Sunshine Act Meetings")})
    batch = [entry(n, title="Sunshine Act Meetings") for n in range(5)]
    batch += [entry(n) for n in range(10, 30)]
    assert later(*batch, known=known).held == ()


def test_titles_are_compared_by_their_words() -> None:
    """Case, blanks and punctuation make no other title; an accent does."""
    assert title_key("  Duty—Notice: NO. 5 ") == title_key("duty notice no 5")
    assert title_key("Exención") != title_key("Exencion del")


@given(st.lists(st.one_of(st.none(), st.floats(0, 500)), max_size=80), st.booleans())
def test_nothing_is_lost(ages: list[float | None], is_first: bool) -> None:
    """Told and held together are exactly what came, and told is in order."""
    entries = [entry(number, age) for number, age in enumerate(ages)]
    admission = first(*entries) if is_first else later(*entries)
    assert sorted(guids(admission.told + admission.held)) == sorted(guids(tuple(entries)))
    moments = [one.published or NOW for one in admission.told]
    assert moments == sorted(moments)


def test_limits_below_nothing_are_refused() -> None:
    """A negative limit is a mistake."""
    with pytest.raises(ValueError, match="first poll"):
        FirstPoll(max=-1)
    with pytest.raises(ValueError, match="flood"):
        Flood(max=-1)


def test_a_handful_of_entries_is_no_republication_whatever_their_titles() -> None:
    """So nobody asks the archive for a feed's titles where a poll brought no more than that."""
    entries = [entry(number) for number in range(REPUBLISHED_AT_MOST)]
    known = frozenset(title_key(one.title) for one in entries)
    assert later(*entries, known=known) == later(*entries)
