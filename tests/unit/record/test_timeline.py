import datetime as dt

from bot.domain.feed import Tier
from bot.domain.message import Link
from bot.domain.reading import DeadlineKind
from bot.record.timeline import Confidence, Event, EventKind, Fact, Source, deadlines


def event(date: str, *, deadline: DeadlineKind | None = None, **fields) -> Event:
    fact = Fact(
        date=dt.date.fromisoformat(date),
        text=f"Something on {date}.",
        source=fields.pop("source", Source()),
        confidence=fields.pop("confidence", Confidence.VERIFIED),
    )
    return Event(fact=fact, kind=EventKind.REVIEW, deadline=deadline, **fields)


def test_deadlines_are_the_rows_that_bind_somebody_soonest_first() -> None:
    """Both ends of the span count; rows that bind nobody are left out."""
    rows = [
        event("2027-01-12", deadline=DeadlineKind.COMMENT),
        event("2026-12-01"),
        event("2026-11-30", deadline=DeadlineKind.EXPIRY),
        event("2027-02-01", deadline=DeadlineKind.EFFECTIVE),
    ]
    found = deadlines(rows, since=dt.date(2026, 11, 30), until=dt.date(2027, 1, 12))
    assert [(row.fact.kind, row.fact.date.isoformat()) for row in found] == [
        (DeadlineKind.EXPIRY, "2026-11-30"),
        (DeadlineKind.COMMENT, "2027-01-12"),
    ]


def test_a_deadline_carries_its_row() -> None:
    """Its sentence, its source with the link, how well it is known, its topics and countries."""
    row = event(
        "2027-01-05",
        deadline=DeadlineKind.EXPIRY,
        confidence=Confidence.COMPUTED,
        source=Source(name="Gazette", url="https://example.com/x"),
        topics=("agriculture",),
        parties=("CA",),
    )
    (found,) = deadlines([row], since=dt.date.min, until=dt.date.max)
    assert found.headline == Link(text="Something on 2027-01-05.", url="https://example.com/x")
    assert (found.source, found.tier, found.story_id) == ("Gazette", Tier.GENERAL, None)
    assert (found.topics, found.countries) == (("agriculture",), ("CA",))
    assert found.fact.computed
    assert found.fact.confidence == Confidence.COMPUTED.weight


def test_confidence_falls_from_verified_to_unconfirmed() -> None:
    """The weights keep the order of the words, and none claims certainty."""
    weights = [confidence.weight for confidence in Confidence]
    assert weights == sorted(weights, reverse=True)
    assert max(weights) < 1


def test_a_source_is_named_as_well_as_it_can_be() -> None:
    """By name, else by address, else by saying that there is none."""
    assert str(Source(name="Gazette", url="https://example.com")) == "Gazette"
    assert str(Source(url="https://example.com")) == "https://example.com"
    assert str(Source()) == "no public source"


def test_a_date_is_shown_as_exactly_as_it_is_known() -> None:
    """A month is shown as a month."""
    assert event("2026-09-01", month_only=True).when == "2026-09"
    assert event("2026-09-01").when == "2026-09-01"
