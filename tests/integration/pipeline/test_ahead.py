"""Deadlines in digests and reminders: each event once, a day's together, none that is settled."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.destination import Address, PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import RecordId
from bot.domain.marks import DeadlineMarks, Mute, Settling, Signed, team_of
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind, Reading
from bot.domain.story import Conflict, Source
from bot.domain.views import FoundDeadline
from bot.storage.found_deadlines import _outranked
from tests.fakes.pipeline import simple_reading
from tests.integration.pipeline.house import STEEL, House
from tests.integration.pipeline.test_hours import DAILY, at, hours, news, on_record, shown
from tests.samples import NOW, deadline, story


def dated(told: Entry, now: dt.datetime) -> Reading:
    """Comments on the first of December, in every entry that names a docket."""
    plain = simple_reading(told, now)
    if "docket" not in told.summary:
        return plain
    fact = DeadlineFact(
        kind=DeadlineKind.COMMENT,
        date=dt.date(2026, 12, 1),
        text=f"{told.summary}: comments on steel plates quota close December 1.",
        confidence=0.9,
    )
    return replace(plain, deadlines=(fact,))


async def test_what_is_due_on_one_day_comes_together(house: House) -> None:
    """Two filings of one day are one reminder at each step, with the sentence of each."""
    at(house, "2026-11-20T12:00")
    await house.subscribe("C1", STEEL)
    first = on_record("2026-12-01")
    fact = replace(first.fact, kind=DeadlineKind.HEARING, text="A hearing on December 1.")
    second = replace(first, fact=fact, headline=Link(text="Another matter is heard"))
    for day in range(13):
        at(house, "2026-11-20T15:00")
        house.clock.advance(days=day)
        await hours(house, first, second).run()
    await house.drain()
    heads = [sent.message.headline.text for sent in house.slack.taken]
    assert heads == [
        f"Reminder, {when}: 2 deadlines" for when in ("in 7 days", "tomorrow", "today")
    ]
    lines = house.slack.taken[0].message.sections[0].lines
    assert [line.text.partition(" · ")[2] for line in lines] == [
        first.headline.text,
        second.headline.text,
    ]


async def test_what_somebody_handles_reminds_nobody(house: House) -> None:
    """Also of the record, whose deadlines have a code: the first reminder's button names it."""
    at(house, "2026-11-20T12:00")
    await house.subscribe("C1", STEEL)
    team = team_of(Address(platform=PlatformName.SLACK, channel="C1"))
    known = on_record("2026-12-01", code="r3fa9c1")
    for day in range(13):
        at(house, "2026-11-20T15:00")
        house.clock.advance(days=day)
        await hours(house, known).run()
        await house.drain()
        if house.slack.taken:
            async with house.store.begin() as uow:
                signed = Signed(by="slack:U1", called="ana", at=house.clock.now())
                code = RecordId("r3fa9c1")
                await uow.people.settle_of_record(code, team, Settling.HANDLED, signed)
    (sent,) = house.slack.taken
    assert sent.message.headline.text == f"Reminder, in 7 days: {known.headline.text}"
    assert sent.message.settles == ("r3fa9c1",)


async def test_one_event_in_two_stories_reminds_once(house: House) -> None:
    """Two outlets' stories name one docket and one day; the alert itself was the first reminder."""
    house.read = dated
    at(house, "2026-11-17T08:00")
    await house.feeds("a", "b")
    await house.poll("a")
    await house.poll("b")
    await house.subscribe("C1", STEEL)
    await house.poll("a", news(0, house, summary="USTR-2026-0042 docket"))
    await house.poll(
        "b", news(5, house, guid="b1", summary="Another look at docket USTR-2026-0042")
    )
    for hour in range(24 * 15):
        at(house, "2026-11-17T09:00")
        house.clock.advance(hours=hour)
        await hours(house).run()
    await house.drain()
    heads = [s.message.headline.text for s in house.slack.taken if s.message.notice]
    assert [head.partition(":")[0] for head in heads] == [
        "Reminder, in 7 days",
        "Reminder, tomorrow",
        "Reminder, today",
    ]


async def test_topics_muted_meanwhile_are_in_no_digest(house: House) -> None:
    """What waited is dropped; what another topic of the place wants still comes."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    place = await house.subscribe("C1", DAILY, replace(DAILY, topic="dairy"))
    await house.poll(
        "ledger",
        news(0, house),
        news(1, house),
        news(2, house, title="Milk and mills quarrel #steel #dairy"),
    )
    async with house.store.begin() as uow:
        mute = Mute(destination_id=place, topic="steel", by="slack:U1", at=house.clock.now())
        await uow.people.mute(mute)
    at(house, "2026-11-21T08:00")
    await hours(house).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert shown(sent.message) == ["Milk and mills quarrel #steel #dairy"]
    at(house, "2026-11-22T08:00")
    await hours(house).run()
    await house.drain()
    assert len(house.slack.taken) == 1


@pytest.mark.parametrize("settled", ["open", "handled", "dismissed", "outranked"])
async def test_settled_deadlines_are_not_ahead(house: House, settled: str) -> None:
    """A digest shows only what still asks for something."""
    house.read = dated
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await house.subscribe("C1", DAILY)
    await house.poll("ledger", news(0, house, summary="USTR-2026-0042 docket"))
    signed = Signed(by="slack:U1", called="Ana", at=house.clock.now())
    record = record_of_docket()
    if settled in {"handled", "dismissed"}:
        record = replace(record, marks=DeadlineMarks(**{settled: signed}))
    elif settled == "outranked":
        record = replace(record, outranked=True)
    at(house, "2026-11-21T08:00")
    await hours(house, record).run()
    await house.drain()
    headings = [section.heading for section in house.slack.taken[0].message.sections]
    assert ("Deadlines ahead" in headings) is (settled == "open")


def record_of_docket() -> FoundDeadline:
    """The same event on the record."""
    text = "USTR-2026-0042 docket: comments on steel plates quota close December 1."
    fact = DeadlineFact(
        kind=DeadlineKind.COMMENT, date=dt.date(2026, 12, 1), text=text, confidence=0.9
    )
    return FoundDeadline(
        fact=fact,
        story_id=None,
        headline=Link(text="Docket USTR-2026-0042"),
        source="Sample Register",
        tier=Tier.OFFICIAL,
        topics=("steel",),
    )


def test_a_date_that_an_official_source_states_otherwise_is_outranked() -> None:
    """Only where the best source is official: among the others nobody knows who is right."""
    both = (("2026-12-01", "Gazette"), ("2026-12-05", "Ledger"))
    known = story(
        1,
        conflicts=(Conflict(what="effective", values=both),),
        sources=(Source(name="Gazette", url=None, tier=Tier.OFFICIAL, published=NOW),),
    )
    assert _outranked(known, deadline(dt.date(2026, 12, 5)))
    assert not _outranked(known, deadline(dt.date(2026, 12, 1)))
    general = replace(known, sources=(replace(known.sources[0], tier=Tier.GENERAL),))
    assert not _outranked(general, deadline(dt.date(2026, 12, 5)))
