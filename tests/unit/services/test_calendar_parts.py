"""Deadlines set apart: each part by itself comes to what all together come to."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feed import Tier
from bot.domain.ids import DeadlineId, StoryId
from bot.domain.marks import DeadlineMarks, Signed
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.services.calendar_parts import Rows, apart, occasions

SINCE, UNTIL = dt.date(2026, 11, 20), dt.date(2027, 2, 20)
AS_OF = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
ANA = Signed(by="slack:U1", called="ana", at=NOW)
TEXTS = (
    "Comments on the Canadian steel surtax inquiry are due at the tribunal",
    "Steel surtax inquiry of the Canadian tribunal: comments are due",
    "Comments under docket USTR-2026-0007 on the review",
    "A hearing under docket USTR-2026-0007 on the agreement",
    "Importers of fresh tomatoes must answer the questionnaire of the commission",
)
KINDS = (DeadlineKind.COMMENT, DeadlineKind.HEARING, DeadlineKind.REVIEW)
DAYS = [SINCE + dt.timedelta(days=number) for number in range(-3, 5)]


@st.composite
def deadlines(draw, number: int | None) -> FoundDeadline:
    """A deadline of a story, or of the record where it has no number."""
    text = draw(st.sampled_from(TEXTS))
    marks = DeadlineMarks(
        dismissed=draw(st.sampled_from([None, None, None, ANA])),
        confirmed=draw(st.sampled_from([None, None, ANA])),
    )
    return FoundDeadline(
        fact=DeadlineFact(
            kind=draw(st.sampled_from(KINDS)),
            date=draw(st.sampled_from(DAYS)),
            text=text,
            confidence=0.8,
        ),
        story_id=None if number is None else StoryId(draw(st.integers(1, 6))),
        headline=Link(text=text),
        source="Wire (sample)",
        tier=draw(st.sampled_from([Tier.OFFICIAL, Tier.GENERAL])),
        topics=draw(st.sampled_from([(), ("steel",), ("dairy",)])),
        number=None if number is None else DeadlineId(number),
        marks=marks,
        before=draw(st.sampled_from([None, None, *DAYS])),
    )


@st.composite
def all_rows(draw) -> Rows:
    """What some stories and the record say."""
    rows = Rows()
    for number in range(1, draw(st.integers(2, 14))):
        found = draw(deadlines(number))
        gone = draw(st.sampled_from([None, None, NOW]))
        row = TrackedDeadline(found=found, gone_at=gone, changed_at=NOW + dt.timedelta(number))
        (rows.tracked if found.fact.date >= SINCE else rows.earlier).append(row)
    for _ in range(draw(st.integers(0, 3))):
        found = draw(deadlines(None))
        (rows.record if found.fact.date >= SINCE else rows.before).append(found)
    return rows


def said(made) -> list[str]:
    return sorted(map(repr, made))


@settings(max_examples=150, deadline=None)
@given(all_rows())
def test_apart_they_come_to_the_same(rows: Rows) -> None:
    """Whatever replaces, repeats or disputes what, nothing is lost, named or dated otherwise."""
    parts = apart(rows)
    whole = occasions(rows, since=SINCE, until=UNTIL, as_of=AS_OF)
    split = [
        each
        for part in parts.values()
        for each in occasions(part, since=SINCE, until=UNTIL, as_of=AS_OF)
    ]
    assert said(split) == said(whole)
    assert sum(len(list(part.found())) for part in parts.values()) == len(list(rows.found()))


def test_strangers_are_set_apart_and_kin_is_not() -> None:
    """Another day alone is another part; a date that replaces it brings both together."""

    def row(number: int, day: dt.date, **more) -> TrackedDeadline:
        fact = DeadlineFact(kind=DeadlineKind.COMMENT, date=day, text=TEXTS[0], confidence=0.8)
        found = FoundDeadline(
            fact=fact,
            story_id=StoryId(number),
            headline=Link(text=TEXTS[0]),
            source="Wire (sample)",
            tier=Tier.GENERAL,
            number=DeadlineId(number),
            **more,
        )
        return TrackedDeadline(found=found, gone_at=None, changed_at=NOW)

    first, second = row(1, DAYS[4]), row(2, DAYS[6])
    assert len(apart(Rows(tracked=[first, second]))) == 2
    assert len(apart(Rows(tracked=[first, row(2, DAYS[6], before=DAYS[4])]))) == 1
