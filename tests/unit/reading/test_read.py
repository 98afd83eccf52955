from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry, Stated
from bot.domain.reading import Action, DeadlineKind, Lang, Stage
from bot.reading.read import MAX_FACTS, Reader, without_repeats
from bot.reading.rules import Rules, TopicRule
from bot.reading.topics import TopicReader

NOW = datetime(2026, 10, 12, 15, tzinfo=UTC)
RULES = Rules(
    topics=(
        TopicRule(id="tariffs", label={"en": "Tariffs"}, strong=("tariff*", "arancel(es)")),
        TopicRule(id="usmca", label={"en": "USMCA"}, strong=("USMCA",)),
        TopicRule(id="deadlines", label={"en": "Deadlines"}, from_deadlines=True),
    )
)
READER = Reader(topics=TopicReader(RULES))


def entry(title: str = "", content: str = "", **more: object) -> Entry:
    fields: dict[str, object] = {"published": NOW, "lang": "en", **more}
    return Entry(guid="1", title=title, content=content, **fields)  # type: ignore[arg-type]


def test_the_first_reference_text() -> None:
    """A considered tariff is a threat with rate, targets and start; bare years are no deadlines."""
    reading = READER.read(
        entry(
            "Washington weighs 25 percent tariff on its neighbours",
            "WASHINGTON - The White House is considering a 25 percent tariff on products from "
            "Mexico and Canada as of February 1 unless agreements on the border are reached, "
            "officials said on Monday. The formal review of the USMCA is due in 2026. The "
            "automotive sector is at the centre of the debate. Canada is preparing retaliation, "
            "people close to the government in Ottawa said.",
            published=datetime(2025, 1, 21, 15, tzinfo=UTC),
            source="Border Ledger",
        ),
        now=NOW,
    )
    (fact,) = reading.tariffs
    assert (fact.action, fact.rate_pct, fact.imposer) == (Action.THREATENED, 25.0, "US")
    assert fact.targets == ("MX", "CA")
    assert fact.effective_date == date(2025, 2, 1)
    (deadline,) = reading.deadlines
    assert (deadline.kind, deadline.date) == (DeadlineKind.EFFECTIVE, date(2025, 2, 1))
    assert reading.stage is Stage.THREAT
    assert reading.topic_names == {"tariffs", "usmca", "deadlines"}
    assert set(reading.countries) == {"US", "CA", "MX"}
    assert reading.lang is Lang.EN


def test_the_second_reference_text() -> None:
    """Tariffs in place are imposed and in force; "in 2036" is a year, not a day to remind of."""
    reading = READER.read(
        entry(
            "Three countries open talks on the first joint review of the USMCA",
            "Formal discussions on reforms began on Monday ahead of the first joint review of the "
            "USMCA, including rules of origin and critical minerals. Tariffs of 25 percent on "
            "goods that do not comply with the agreement have been in place since last March. "
            "Without an extension the pact ends in 2036.",
            published=datetime(2026, 3, 17, 15, tzinfo=UTC),
        ),
        now=NOW,
    )
    (fact,) = reading.tariffs
    assert (fact.action, fact.rate_pct) == (Action.IMPOSED, 25.0)
    assert fact.exemptions == ("treaty-compliant goods",)
    assert reading.stage is Stage.IN_FORCE
    assert reading.deadlines == ()
    assert reading.topic_names == {"tariffs", "usmca"}


def test_stated_fields_win() -> None:
    """Structured dates are certain, outweigh the text of their kind and take its time."""
    stated = Stated(
        comments_close_on=date(2026, 11, 2),
        effective_on=date(2026, 12, 1),
        dates="Comments must be received by 5 p.m. ET on November 2, 2026.",
    )
    reading = READER.read(
        entry("Tariff rule", "The tariff rule takes effect on December 15, 2026.", stated=stated),
        now=NOW,
    )
    assert [(f.kind, f.date, f.confidence) for f in reading.deadlines] == [
        (DeadlineKind.COMMENT, date(2026, 11, 2), 1.0),
        (DeadlineKind.EFFECTIVE, date(2026, 12, 1), 1.0),
    ]
    assert reading.deadlines[0].zone == "America/New_York"
    assert reading.stage is Stage.PUBLISHED


def test_past_deadlines_do_not_make_the_topic() -> None:
    """The deadlines topic needs a day to come, and another topic."""
    past = READER.read(entry("Tariff rule is effective October 1, 2026"), now=NOW)
    assert past.deadlines
    assert "deadlines" not in past.topic_names
    alone = READER.read(entry("The rule is effective November 1, 2026"), now=NOW)
    assert alone.deadlines
    assert alone.topics == ()


def test_the_day_is_the_source_s_own() -> None:
    """Tomorrow is counted from the day in the source's zone; `now` stands in for no time."""
    late = datetime(2026, 10, 13, 2, tzinfo=UTC)
    text = "The tariff takes effect tomorrow."
    days = [
        READER.read(entry(text, published=late), now=NOW, zone=zone).deadlines[0].date
        for zone in ("UTC", "America/New_York")
    ]
    assert days == [date(2026, 10, 14), date(2026, 10, 13)]
    undated = READER.read(entry(text, published=None), now=late)
    assert undated.deadlines[0].date == date(2026, 10, 14)


def test_repeats_are_told_once() -> None:
    """A sentence twice is read once; of two facts the fuller one stays, in either order."""
    short = "The U.S. imposed a 25% tariff on trucks."
    full = "The U.S. imposed a 25% tariff on trucks from Mexico."
    for texts in ((short, full), (full, short)):
        reading = READER.read(entry(texts[0], f"{texts[1]} {texts[1]}"), now=NOW)
        (fact,) = reading.tariffs
        assert fact.targets == ("MX",)
    other = READER.read(entry(short, "The U.S. raised to 50% its tariff on steel."), now=NOW)
    assert len(other.tariffs) == 2
    assert without_repeats([]) == []


def test_an_annex_gives_no_more_than_a_page() -> None:
    """Thousands of sentences with facts give a bounded reading."""
    text = " ".join(
        f"The U.S. imposed a {n % 90 + 1}% tariff on steel effective March {n % 28 + 1}, {2027 + n % 50}."
        for n in range(3_000)
    )
    reading = READER.read(entry("Annex", text), now=NOW)
    assert len(reading.tariffs) <= MAX_FACTS
    assert len(reading.deadlines) <= MAX_FACTS


def test_large_and_odd_texts_are_answered() -> None:
    """A word of a million characters, a megabyte of digits, soup: an answer, no exception."""
    for text in (
        "a" * 1_000_000,
        "tariff 25% on " * 70_000,
        "1 " * 500_000,
        "within " * 150_000,
        "by by by on on the the " * 40_000,
        "\0\u202e<b>tariff</b> 🚢 %%% 99/99/9999 " * 1_000,
        "25% " * 300_000,
        "March " * 200_000,
        "- " * 400_000 + "December 8-10-12",
    ):
        assert READER.read(entry(text[:1_000], text), now=NOW).lang


WORDS = st.sampled_from(
    [
        *("tariff", "arancel", "droits", "25%", "from", "to", "de", "a", "on", "in", "by", "until"),
        *("March", "5", "2026", "marzo", "enero", "within", "30", "days", "of", "publication"),
        *("December", "31", ",", ".", ";", "(", ")", "comments", "hearing", "due", "expires"),
        *("Canada", "México", "U.S.", "EU", "zero", "percent", "por", "ciento", "İ", "ß", "Ω"),
        *("99", "2026-13-45", "3/4/26", "el", "le", "la", "du", "past", "last", "next", "Monday"),
        *("lunes", "12:61", "p.m.", "end", "month"),
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60), st.sampled_from(["en", "es", "fr", None]))
def test_any_salad_of_cues_is_answered(words: list[str], lang: str | None) -> None:
    """Whatever the order of the words the rules know, reading ends without an exception."""
    assert READER.read(entry("", " ".join(words), lang=lang), now=NOW).lang


@settings(max_examples=100)
@given(
    st.text(max_size=400),
    st.datetimes(
        min_value=datetime(1, 1, 3),  # noqa: DTZ001 - hypothesis wants naive bounds
        max_value=datetime(9999, 12, 29),  # noqa: DTZ001 - the same
    ),
)
def test_any_text_on_any_day_is_answered(text: str, published: datetime) -> None:
    """Any Unicode, published on any day the calendar has, gives a reading."""
    shown = entry(text, f"tariff {text} on March 3", published=published.replace(tzinfo=UTC))
    assert READER.read(shown, now=NOW).lang
