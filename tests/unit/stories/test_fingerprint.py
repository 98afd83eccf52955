from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.reading import Action, Lang, Reading, TariffFact
from bot.stories import fingerprint
from bot.stories.fingerprint import MAX_TERMS, Fingerprint, without_publisher, wording_shared

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
STEEL = Entry(
    guid="1",
    url="https://www.example.com/steel?utm_source=rss",
    title="U.S. raises tariff on Canadian steel to 35 percent",
    summary="Washington will raise its tariff on steel from Canada to 35 percent on October 5.",
    source="Continental Wire",
)
FACT = TariffFact(
    action=Action.RAISED,
    rate_pct=35,
    imposer="US",
    targets=("CA",),
    effective_date=date(2026, 10, 5),
    text="Washington will raise its tariff on steel from Canada to 35 percent on October 5.",
)
READING = Reading(lang=Lang.EN, tariffs=(FACT,))


def test_an_entry_is_drawn_by_its_figures_goods_and_countries():
    """The headline's rate, product, countries, imposer and target are kept."""
    mark = fingerprint.of(STEEL, READING, NOW)
    assert mark.rates == (35.0,)
    assert mark.products == ("steel",)
    assert mark.countries == ("CA", "US")
    assert (mark.imposer, mark.targets) == ("US", ("CA",))
    assert {"35%", "10-05", "=steel", "@CA"} <= set(mark.terms)


def test_json_gives_back_the_same_fingerprint_in_little_room():
    """What is stored for an entry reads back equal and stays far below 1.5 kB."""
    mark = fingerprint.of(STEEL, READING, NOW)
    text = mark.to_json()
    assert Fingerprint.from_json(text) == mark
    assert len(text.encode()) < 800


@pytest.mark.parametrize(
    "text", ["{}", "[]", "null", "[1,2]", "no json", '["2026",1,2,3,4,5,6,7,8]']
)
def test_other_json_is_refused(text):
    """A stored text that is no fingerprint raises ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011  # json's own error is a ValueError too
        Fingerprint.from_json(text)


def test_an_empty_entry_has_an_empty_fingerprint():
    """Nothing is hashed where nothing is said, so that empty entries are not one text."""
    mark = fingerprint.of(Entry(guid="1"), Reading(lang=Lang.OTHER), NOW)
    assert (mark.terms, mark.text, mark.title, mark.url, mark.sketch) == ((), "", "", "", b"")
    assert Fingerprint.from_json(mark.to_json()) == mark


def test_a_date_in_the_future_is_replaced_by_the_moment_it_was_seen():
    """A feed's bumped date cannot push an entry out of the window."""
    later = Entry(guid="1", title="x", published=NOW + timedelta(days=9))
    assert fingerprint.of(later, Reading(lang=Lang.EN), NOW).at == NOW


@settings(max_examples=150)
@given(st.text(max_size=400), st.text(max_size=2_000), st.text(max_size=60))
def test_any_unicode_has_a_fingerprint_that_can_be_stored(title, body, source):
    """No text breaks the fingerprint, and every one of them survives storing."""
    entry = Entry(guid="1", title=title, summary=body, source=source, url=f"https://e.com/{source}")
    mark = fingerprint.of(entry, Reading(lang=Lang.OTHER), NOW)
    assert len(mark.terms) <= MAX_TERMS
    assert Fingerprint.from_json(mark.to_json()) == mark


def test_huge_texts_cost_no_more_than_long_ones():
    """A megabyte, or one word of a million letters, is cut before it is looked at."""
    for body in ("steel " * 170_000, "x" * 1_000_000, "5% " * 300_000):
        mark = fingerprint.of(Entry(guid="1", content=body), Reading(lang=Lang.EN), NOW)
        assert len(mark.to_json()) < 1_500


@pytest.mark.parametrize(
    ("title", "source", "kept"),
    [
        ("Duty rises - Border Ledger", "Border Ledger", "Duty rises"),
        ("Duty rises - BORDER LEDGER ", "Border Ledger", "Duty rises"),
        ("Duty rises - for now", "Border Ledger", "Duty rises - for now"),
        (" - Border Ledger", "Border Ledger", " - Border Ledger"),
        ("Duty rises", "", "Duty rises"),
    ],
)
def test_the_publisher_at_the_end_of_a_title_goes(title, source, kept):
    """Aggregators write the publisher after the title; only that is taken off."""
    assert without_publisher(title, source) == kept


def test_small_edits_keep_most_of_the_sketch():
    """Wire copy with a changed word shares wording, another text does not."""
    copy = Entry(
        guid="2", title=STEEL.title, summary=STEEL.summary.replace("Washington", "The U.S.")
    )
    other = Entry(
        guid="3",
        title="Port strike in Montreal",
        summary="Longshore workers walked off the job on Tuesday.",
    )
    marks = [fingerprint.of(e, READING, NOW).sketch for e in (STEEL, copy, other)]
    assert wording_shared(marks[0], marks[1]) >= 0.5
    assert wording_shared(marks[0], marks[2]) == 0
    assert wording_shared(marks[0], b"") == 0
