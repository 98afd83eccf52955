"""One event told by many is one deadline; extensions replace; officials outrank."""

import datetime as dt
from datetime import UTC, datetime
from itertools import permutations

import pytest

from bot.domain.feed import Tier
from bot.domain.ids import DeadlineId, StoryId
from bot.domain.marks import DeadlineMarks, Signed
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.views import FoundDeadline
from bot.record.deadlines import are_same, lifecycle, recognised
from bot.record.timeline import Source

SINCE, UNTIL = dt.date(2026, 11, 20), dt.date(2027, 2, 20)
ANA = Signed(by="slack:U1", called="ana", at=datetime(2026, 11, 20, tzinfo=UTC))
STEEL = "Comments on the Canadian steel surtax inquiry are due at the tribunal"


def found(story: int | None, date: str, text: str = STEEL, **fields: object) -> FoundDeadline:
    kind = fields.pop("kind", DeadlineKind.COMMENT)
    fact = DeadlineFact(kind=kind, date=dt.date.fromisoformat(date), text=text, confidence=0.8)
    known = {
        "fact": fact,
        "story_id": None if story is None else StoryId(story),
        "headline": Link(text=text),
        "source": f"Wire {story} (sample)",
        "tier": Tier.GENERAL,
        "topics": ("steel",),
        "countries": ("CA",),
        "number": None if story is None else DeadlineId(100 + story),
    }
    return FoundDeadline(**(known | fields))


def shown(*rows: FoundDeadline) -> list[FoundDeadline]:
    return lifecycle(rows, since=SINCE, until=UNTIL)


def test_two_stories_of_one_event_are_one_deadline() -> None:
    """The official source speaks, the other story is named beside it."""
    (row,) = shown(found(1, "2026-12-01"), found(2, "2026-12-01", f"{STEEL}.", tier=Tier.OFFICIAL))
    assert row.story_id == 2
    assert row.also == (1,)


@pytest.mark.parametrize(
    "other",
    [
        found(2, "2026-12-01", "Importers of fresh tomatoes must answer the questionnaire"),
        found(2, "2026-12-01", kind=DeadlineKind.HEARING),
        found(2, "2026-12-01", topics=("dairy",)),
        found(2, "2026-12-01", countries=("MX",)),
        found(2, "2026-12-02"),
    ],
)
def test_other_matters_stay_apart(other: FoundDeadline) -> None:
    """Other words, kind, topic, country or date are another deadline."""
    assert len(shown(found(1, "2026-12-01"), other)) == 2


def test_dockets_decide_where_both_name_one() -> None:
    """Like words under another docket are another matter; one docket joins unlike words."""
    one = found(1, "2026-12-01", f"{STEEL}, docket USTR-2026-0012")
    same = found(2, "2026-12-01", "Views on pipes go to USTR-2026-0012", countries=("US",))
    other = found(3, "2026-12-01", f"{STEEL}, docket USTR-2026-0044")
    assert are_same(recognised(one), recognised(same))
    assert not are_same(recognised(one), recognised(other))


def test_an_extension_strikes_the_old_date() -> None:
    """It stands at its new date with the old one struck, and who handles it still does."""
    old = found(1, "2026-12-01", marks=DeadlineMarks(handled=ANA))
    new = found(2, "2027-01-15", before=dt.date(2026, 12, 1))
    (row,) = shown(old, new)
    assert row.fact.date == dt.date(2027, 1, 15)
    assert row.struck == (dt.date(2026, 12, 1),)
    assert row.also == (1,)
    assert row.marks.handled == ANA


def test_an_extension_beyond_the_window_is_shown_while_its_old_date_is_within() -> None:
    """People expect the old date: they are told where it went."""
    (row,) = shown(found(1, "2026-12-01"), found(2, "2027-05-01", before=dt.date(2026, 12, 1)))
    assert row.struck == (dt.date(2026, 12, 1),)


def test_extensions_follow_one_another() -> None:
    """Twice extended, once shown, whatever the order of the rows."""
    rows = [
        found(3, "2027-02-01", before=dt.date(2027, 1, 15)),
        found(1, "2026-12-01"),
        found(2, "2027-01-15", before=dt.date(2026, 12, 1)),
    ]
    for order in (rows, rows[::-1]):
        (row,) = shown(*order)
        assert row.struck == (dt.date(2026, 12, 1), dt.date(2027, 1, 15))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_handles_the_first_date_handles_the_last(order: tuple[int, ...]) -> None:
    """Also over two extensions, and every story that told one of them is named."""
    rows = [
        found(1, "2026-12-01", marks=DeadlineMarks(handled=ANA)),
        found(2, "2027-01-15", before=dt.date(2026, 12, 1)),
        found(3, "2027-02-01", before=dt.date(2027, 1, 15)),
    ]
    (row,) = shown(*(rows[place] for place in order))
    assert row.marks.handled == ANA
    assert set(row.also) == {1, 2}


def test_dates_that_replace_each_other_are_both_shown() -> None:
    """One source has it moved to the 15th, another back: nobody here knows which holds."""
    first, second = shown(
        found(1, "2026-12-15", before=dt.date(2026, 12, 1)),
        found(2, "2026-12-01", before=dt.date(2026, 12, 15)),
    )
    assert (first.story_id, second.story_id) == (2, 1)
    assert first.disputed == (("2026-12-15", "Wire 1 (sample)"),)
    assert second.disputed == (("2026-12-01", "Wire 2 (sample)"),)
    assert first.struck == second.struck == ()


def test_a_circle_of_dates_never_ends_in_none() -> None:
    """Three dates, each said to be moved from the one before."""
    rows = shown(
        found(1, "2026-12-15", before=dt.date(2026, 12, 1)),
        found(2, "2026-12-20", before=dt.date(2026, 12, 15)),
        found(3, "2026-12-01", before=dt.date(2026, 12, 20)),
    )
    (row,) = rows
    assert row.fact.date not in row.struck


def test_a_report_does_not_move_an_official_date() -> None:
    """Both are shown, and the official one says who states another."""
    official = found(1, "2026-12-01", tier=Tier.OFFICIAL, source="Gazette (sample)")
    report = found(2, "2027-01-15", before=dt.date(2026, 12, 1))
    first, second = shown(official, report)
    assert first.disputed == (("2027-01-15", "Wire 2 (sample)"),)
    assert first.struck == second.struck == ()


def test_one_docket_with_two_dates_is_disputed() -> None:
    """Nobody says that it was extended: each says what the other states."""
    first, second = shown(
        found(1, "2026-12-01", f"{STEEL}, USTR-2026-0012"),
        found(2, "2026-12-08", f"{STEEL}, USTR-2026-0012"),
    )
    assert first.disputed == (("2026-12-08", "Wire 2 (sample)"),)
    assert second.disputed == (("2026-12-01", "Wire 1 (sample)"),)


def test_what_was_dismissed_vanishes_with_all_that_tells_the_same() -> None:
    """Unless somebody confirmed it elsewhere."""
    wrong = found(1, "2026-12-01", marks=DeadlineMarks(dismissed=ANA))
    assert shown(wrong, found(2, "2026-12-01")) == []
    right = found(2, "2026-12-01", marks=DeadlineMarks(confirmed=ANA))
    (row,) = shown(wrong, right)
    assert (row.story_id, row.marks.confirmed, row.marks.dismissed) == (2, ANA, None)


def test_the_record_speaks_where_nobody_official_does() -> None:
    """A row with a source outranks reports; one without stands behind them."""
    record = found(None, "2026-12-01", source="Treaty Office (sample)")
    (row,) = shown(found(1, "2026-12-01"), record)
    assert row.story_id is None
    bare = found(None, "2026-12-01", source=str(Source()))
    (row,) = shown(found(1, "2026-12-01"), bare)
    assert row.story_id == 1


def test_the_treaty_review_is_told_once() -> None:
    """Stories repeat it in other words; the record's row stands."""
    record = found(None, "2027-01-01", "Article 34.7", kind=DeadlineKind.REVIEW, topics=("usmca",))
    report = found(1, "2027-01-01", "The pact is up for its joint look", kind=DeadlineKind.REVIEW)
    (row,) = shown(record, report)
    assert row.story_id is None


def test_dates_outside_the_window_are_left_out() -> None:
    """They are read only for what they replace."""
    assert shown(found(1, "2027-05-01")) == []
