from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import LedgerRow, Trust
from bot.domain.message import Link
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, Lang, Reading, TariffFact
from bot.record.ledger import between_parties, ledger, of_timeline, stated_by, without_repeats
from bot.record.timeline import Confidence, Event, EventKind, Fact, Source, TariffRow, Timeline

DAY = date(2026, 7, 1)


def row(**more) -> LedgerRow:
    """A duty of 25 % by the United States on Mexican steel, in force since March."""
    given = {
        "trust": Trust.OFFICIAL,
        "action": Action.IMPOSED,
        "imposer": "US",
        "targets": ("MX",),
        "products": ("steel",),
        "authority": "Section 232 (Proclamation 1)",
        "rate": 25.0,
        "said_on": date(2026, 2, 20),
        "effective": date(2026, 3, 1),
        "text": "A duty of 25 percent applies to steel from Mexico from March 1.",
        "source": Link(text="Federal Register (sample)", url="https://example.com/fr"),
    }
    return LedgerRow(**{**given, **more})


def rates(rows, on=DAY, **more):
    return [(each.row.imposer, each.row.rate) for each in ledger(rows, on=on, **more).in_force]


def test_a_duty_holds_from_its_day_until_it_ends():
    """The day it takes effect is in, the day it ended is out."""
    duty = row(ended=date(2026, 8, 1))
    assert rates([duty], date(2026, 2, 28)) == []
    assert rates([duty], date(2026, 3, 1)) == [("US", 25.0)]
    assert rates([duty], date(2026, 7, 31)) == [("US", 25.0)]
    assert rates([duty], date(2026, 8, 1)) == []


def test_a_later_rate_takes_the_place_of_the_earlier():
    """Same imposer, target, product and authority, whatever the act's number."""
    raised = row(
        action=Action.RAISED,
        rate=50.0,
        previous_rate=25.0,
        authority="Section 232 (Proclamation 2)",
        effective=date(2026, 6, 4),
    )
    assert rates([row(), raised], date(2026, 6, 3)) == [("US", 25.0)]
    assert rates([raised, row()], date(2026, 6, 4)) == [("US", 50.0)]


def test_another_authority_stands_beside_it():
    """Duties of two laws add up: neither replaces the other."""
    other = row(authority="IEEPA", rate=10.0)
    assert rates([row(), other]) == [("US", 25.0), ("US", 10.0)]


def test_a_suspension_ends_what_it_names():
    """Other products go on; a suspension without products ends them all."""
    both = row(products=("steel", "aluminum"))
    part = row(action=Action.SUSPENDED, rate=None, products=("steel",), effective=date(2026, 5, 1))
    whole = replace(part, products=())
    assert rates([both, part]) == [("US", 25.0)]
    assert rates([both, whole]) == []


def test_what_is_only_reported_changes_nothing():
    """It is shown apart, until somebody confirms it."""
    told = row(
        trust=Trust.REPORTED, rate=40.0, effective=date(2026, 6, 1), said_on=date(2026, 5, 30)
    )
    found = ledger([row(), told], on=DAY)
    assert [each.row.rate for each in found.in_force] == [25.0]
    assert [each.rate for each in found.reported] == [40.0]
    confirmed = replace(told, trust=Trust.CONFIRMED)
    assert rates([row(), confirmed]) == [("US", 40.0)]


def test_a_threat_is_never_in_force():
    """Not even where a government itself threatens."""
    threat = row(action=Action.THREATENED, rate=30.0, said_on=date(2026, 6, 20))
    found = ledger([threat], on=DAY)
    assert found.in_force == ()
    assert found.reported == (threat,)


def test_what_takes_effect_later_is_coming():
    """The soonest first, and in force when its day is there."""
    soon, late = (
        row(effective=day, products=(str(day),)) for day in (date(2026, 8, 1), date(2026, 9, 1))
    )
    assert ledger([late, soon], on=DAY).coming == (soon, late)
    assert len(ledger([late, soon], on=date(2026, 9, 1)).in_force) == 2


def test_two_official_rates_for_one_day_are_a_conflict():
    """The one said last is shown, the other stands beside it."""
    other = row(rate=20.0, said_on=date(2026, 2, 25))
    (applied,) = ledger([row(), other], on=DAY).in_force
    assert applied.row.rate == 20.0
    assert [each.rate for each in applied.conflicts] == [25.0]


def test_a_country_is_looked_for_on_both_sides():
    """As imposer, as target, and where all countries are meant unless it is exempted."""
    everybody = row(targets=(), imposer="US", products=("copper",), exemptions=("Canada",))
    rows = [row(), row(imposer="CA", targets=("US",)), everybody]
    assert rates(rows, country="MX") == [("US", 25.0), ("US", 25.0)]
    assert rates(rows, country="CA") == [("CA", 25.0)]


@pytest.mark.parametrize(
    ("imposer", "exempt", "shown"),
    [
        ("MX", "countries with a trade agreement", False),
        ("MX", "países con los que México tiene tratados de libre comercio", False),
        ("CA", "pays avec lesquels le Canada a un accord", False),
        ("US", "USMCA partners", False),
        ("US", "Canada and Mexico", False),
        ("CA", "United States, Mexico", False),
        ("US", "Canada", True),
        ("US", "USMCA-qualifying goods of Canada and Mexico", True),
        ("US", "Canadian and Mexican content", True),
        ("US", "mercancías originarias de México y Canadá", True),
        ("US", "major trading partners", True),
        ("US", "countries without a trade agreement", True),
        ("CN", "Canada", False),
    ],
)
def test_a_tariff_that_spares_the_others_is_not_between_the_three(imposer, exempt, shown):
    """Named, or told by their agreement; who must prove the origin of the goods is not spared."""
    everybody = row(imposer=imposer, targets=(), exemptions=tuple(exempt.split(", ")))
    assert bool(between_parties(ledger([everybody], on=DAY))) is shown


def test_who_has_an_agreement_is_not_asked_to_pay():
    """Mexico's duty on countries without an agreement is nothing a Canadian broker asks about."""
    duty = row(imposer="MX", targets=(), exemptions=("countries with a trade agreement",))
    assert rates([duty], country="CA") == []
    assert rates([duty], country="CN") == rates([duty], country="MX") == [("MX", 25.0)]


def test_a_topic_narrows_it():
    """By the topics of the story or of the timeline's row."""
    rows = [row(topics=("steel_aluminum",)), row(topics=("autos",), products=("autos",))]
    assert rates(rows, topic="autos") == [("US", 25.0)]


def test_the_day_in_the_past_knows_only_what_was_said_then():
    """A row said later does not appear in the reports of an earlier day."""
    later = row(trust=Trust.REPORTED, said_on=date(2026, 6, 1), effective=None)
    assert ledger([later], on=date(2026, 5, 1)).reported == ()


def test_rows_of_the_timeline_count_where_they_can_be_checked():
    """Without a public source a row is unconfirmed and changes nothing."""
    source = Source(name="Sample", url="https://example.com/notice")
    fact = Fact(
        date=date(2026, 3, 1),
        text="A duty took effect.",
        source=source,
        confidence=Confidence.VERIFIED,
    )
    tariff = TariffRow(imposer="US", rate=50.0, previous_rate=25.0, products=("steel",))
    event = Event(fact=fact, kind=EventKind.TARIFF, tariffs=(tariff,), topics=("tariffs",))
    hidden = replace(event, fact=replace(fact, source=Source()))
    known, unknown = of_timeline(Timeline(as_of=DAY, treaty=None, events=(event, hidden)))
    assert (known.trust, known.action, known.starts) == (
        Trust.RECORD,
        Action.RAISED,
        date(2026, 3, 1),
    )
    assert unknown.trust is Trust.UNCONFIRMED
    assert ledger([known, unknown], on=DAY).reported == ()
    assert ledger([unknown], on=date(2026, 4, 1)).reported == (unknown,)


@pytest.mark.parametrize(
    ("name", "trust"),
    [
        ("CBP CSMS 69606660", Trust.RECORD),
        ("Executive Order 14324", Trust.RECORD),
        ("Proclamations 11061 to 11063 (91 FR 58311)", Trust.RECORD),
        ("BBC, 2025-08-22", Trust.UNCONFIRMED),
        ("Joint announcement of January 2026", Trust.UNCONFIRMED),
    ],
)
def test_an_official_document_is_found_by_its_number(name, trust):
    """Anybody can look it up, though the row has no address; what a paper said is told only."""
    fact = Fact(
        date=date(2026, 3, 1),
        text="A duty took effect.",
        source=Source(name=name),
        confidence=Confidence.SECONDARY,
    )
    event = Event(
        fact=fact,
        kind=EventKind.TARIFF,
        tariffs=(TariffRow(imposer="US", rate=50.0),),
        topics=("tariffs",),
    )
    (found,) = of_timeline(Timeline(as_of=DAY, treaty=None, events=(event,)))
    assert found.trust is trust


def test_what_forty_outlets_say_is_one_row():
    """The most trusted stands for all; how many told it is kept."""
    outlets = [
        row(trust=Trust.REPORTED, id=n, source=Link(text=f"Outlet {n}"), said_on=date(2026, 2, n))
        for n in range(1, 5)
    ]
    (joined,) = without_repeats([*outlets, row(id=9, said_on=date(2026, 2, 27))])
    assert (joined.trust, joined.id, joined.told_by) == (Trust.OFFICIAL, 9, 5)
    assert len(without_repeats([*outlets, row(rate=30.0)])) == 2


ROWS = st.lists(
    st.builds(
        row,
        trust=st.sampled_from(Trust),
        action=st.sampled_from(Action),
        imposer=st.sampled_from(["US", "CA", "MX"]),
        targets=st.sampled_from([(), ("MX",), ("CA", "MX")]),
        products=st.sampled_from([(), ("steel",), ("steel", "autos")]),
        rate=st.sampled_from([None, 10.0, 25.0]),
        effective=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))),
        ended=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1))),
    ),
    max_size=12,
)


@given(ROWS, st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_only_what_may_decide_is_ever_in_force(rows, on):
    """Begun, not ended, with a rate, said by somebody who may decide; at most one rate a line."""
    found = ledger(rows, on=on)
    for applied in found.in_force:
        assert applied.row.trust.changes
        assert applied.row.action is not Action.THREATENED
        assert applied.since <= on
        assert applied.row.ended is None or applied.row.ended > on
        assert applied.row.rate is not None
    assert all((each.starts or on) > on for each in found.coming)


@given(ROWS, st.dates(date(2025, 1, 1), date(2026, 12, 1)))
def test_rows_that_nobody_vouches_for_change_nothing(rows, on):
    """Taking them away leaves what is in force as it is."""
    trusted = [each for each in rows if each.trust.changes]
    assert rates(rows, on) == rates(trusted, on)


def stated(*days: int, kind=DeadlineKind.EFFECTIVE, text="It is effective on that day.", **more):
    """What is stated by an entry whose other sentences name days of December."""
    fact = TariffFact(action=Action.RAISED, rate_pct=25.0, imposer="US", text="The duty rises.")
    due = [
        DeadlineFact(kind=kind, date=date(2026, 12, day), text=text, confidence=0.9) for day in days
    ]
    facts = (replace(fact, **more),)
    reading = Reading(lang=Lang.EN, tariffs=facts, deadlines=tuple(due))
    return [each.effective_date for each in stated_by(reading)]


def test_a_document_dates_its_duty_in_another_sentence():
    """The notice says what changes, and in its next sentence from when: it is not in force before."""
    assert stated(4) == [date(2026, 12, 4)]
    assert stated(4, action=Action.ANNOUNCED) == [date(2026, 12, 4)]


def test_no_day_is_guessed():
    """Two days, another sentence's own duty, a comment's end, and what ends a duty date nothing."""
    assert stated(4, 11) == [None]
    assert stated(4, text="The duty rises.") == [None]
    assert stated(4, kind=DeadlineKind.COMMENT) == [None]
    assert stated(4, action=Action.SUSPENDED) == [None]
    assert stated(4, action=Action.THREATENED) == [None]
    assert stated(4, effective_date=date(2026, 12, 1)) == [date(2026, 12, 1)]
