from datetime import date

import pytest

from bot.reading import dates, relative
from bot.reading.even import even
from bot.reading.worked import Clue

DAY = date(2026, 9, 14)  # a Monday


def one(text: str, published: date = DAY) -> str | None:
    found = relative.find(even(text), published=published)
    return found[0].date.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within 30 days of publication", "2026-10-14"),
        ("within thirty (30) days after the notice is published", "2026-10-14"),
        ("no later than 10 business days from publication", "2026-09-28"),
        ("two weeks from today", "2026-09-28"),
        ("in ten days", "2026-09-24"),
        ("gave industry 45 days to respond", "2026-10-29"),
        ("dentro de los 30 días siguientes a su publicación", "2026-10-14"),
        ("20 días hábiles contados a partir de la publicación", "2026-10-12"),
        ("tiene 45 días para responder", "2026-10-29"),
        ("a los 60 días naturales de su publicación", "2026-11-13"),
        ("dans les 30 jours suivant la publication", "2026-10-14"),
        ("dans un délai de 45 jours", "2026-10-29"),
        ("d'ici deux semaines", "2026-09-28"),
        ("60 jours après sa publication", "2026-11-13"),
        ("for 90 days", "2026-12-13"),
        ("pause for one year", "2027-09-14"),
        ("vigencia de cuatro meses", "2027-01-14"),
        ("pendant six mois", "2027-03-14"),
        ("a 90-day pause", "2026-12-13"),
        ("the day after publication", "2026-09-15"),
        ("al día siguiente de su publicación", "2026-09-15"),
        ("le lendemain de sa publication", "2026-09-15"),
        ("upon publication", "2026-09-14"),
        ("a partir de mañana", "2026-09-15"),
        ("aujourd'hui", "2026-09-14"),
        ("by the end of this month", "2026-09-30"),
        ("by the end of next month", "2026-10-31"),
        ("the last business day of october", "2026-10-30"),
        ("a fin de mes", "2026-09-30"),
        ("antes de que termine el año", "2026-12-31"),
        ("d'ici la fin de l'année", "2026-12-31"),
        ("le dernier jour du trimestre", "2026-09-30"),
        ("by the end of the third quarter", "2026-09-30"),
        ("by the end of the first quarter", "2027-03-31"),
        ("the end of q2 2027", "2027-06-30"),
        ("by year-end", "2026-12-31"),
        ("the end of 2028", "2028-12-31"),
        ("the end of march", "2027-03-31"),
        ("by the end of the week", "2026-09-18"),
        ("by the end of next week", "2026-09-25"),
        ("the first day of next month", "2026-10-01"),
        ("el primer día del próximo año", "2027-01-01"),
    ],
)
def test_expressions(text: str, expected: str) -> None:
    """Each expression comes to the day counted from the publication, which is day 0."""
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "30 days after receipt of the order",
        "within 30 days of the award",
        "60 days ago",
        "over the past 90 days",
        "it took 30 days to finish",
        "a two-day hearing",
        "hace 30 días",
        "every 30 days",
    ],
)
def test_counts_that_are_no_dates(text: str) -> None:
    """Counts from an event whose day is not named, and counts of the past, give nothing."""
    assert one(text) is None


def test_a_count_from_a_written_day() -> None:
    """A day written in the sentence is the anchor, not the publication."""
    text = "post-hearing briefs are due 7 days after december 1, 2026"
    start = text.index("december")
    anchor = relative.Anchor(start, len(text), date(2026, 12, 1))
    (worked,) = relative.find(text, published=DAY, anchors=[anchor])
    assert worked.date == date(2026, 12, 8)


def test_clues() -> None:
    """An expression tells whether it limits, lasts or starts."""
    clue = {
        text: relative.find(text, published=DAY)[0].clue
        for text in ("within 30 days", "for 30 days", "effective immediately")
    }
    assert clue == {
        "within 30 days": Clue.WITHIN,
        "for 30 days": Clue.LASTING,
        "effective immediately": Clue.START,
    }


def test_the_end_of_the_calendar() -> None:
    """Counts beyond the last day there is are left out."""
    assert one("within 30 days", date.max) is None
    assert one("for two years", date.max) is None
    assert one("the first day of next month", date.max) is None
    assert one("by the end of next month", date.max) is None
    assert one("by the end of next year", date.max) == "9999-12-31"


def test_a_count_from_an_event_whose_day_comes_next() -> None:
    """What happened stands between: "60 days after its signature, which took place on October 27, 2026"."""
    for text in (
        "enters into force 60 days after its signature, which took place on october 27, 2026",
        "a 60 dias de la firma del acuerdo el 27 de octubre de 2026",
        "60 jours apres la signature, intervenue le 27 octobre 2026",
    ):
        start = text.index("october") if "october" in text else text.index("27 ")
        anchor = relative.Anchor(start, len(text), date(2026, 10, 27))
        (worked,) = relative.find(text, published=DAY, anchors=[anchor])
        assert worked.date == date(2026, 12, 26)


def test_a_count_from_that_date() -> None:
    """The day named before is the anchor: the last such day, where the count goes on beyond now."""
    text = "the freeze decreed on november 2 lasts 120 days from that date"
    start = text.index("november")
    anchor = relative.Anchor(start, start + 10, date(2027, 11, 2), date(2026, 11, 2))
    (worked,) = relative.find(text, published=DAY, anchors=[anchor])
    assert worked.date == date(2027, 3, 2)


@pytest.mark.parametrize(
    "number", ["1st", "1er", "2nd", "2e", "3rd", "4th", "21st", "22nd", "30e", "5o", "first"]
)
@pytest.mark.parametrize(
    "unit", ["day", "business day", "week", "month", "jour", "mois", "dia", "mes"]
)
def test_an_ordinal_in_figures_counts_as_one_in_words(number: str, unit: str) -> None:
    """However an ordinal is written, what is counted by it from a day has one date, and stops nothing."""
    count = int("".join(filter(str.isdigit, number)) or 1)
    by_words = relative.find(
        even(f"{count} {unit} after July 5, 2026"), published=DAY, anchors=_anchors(count, unit)
    )
    by_ordinal = relative.find(
        even(f"{number} {unit} after July 5, 2026"), published=DAY, anchors=_anchors(number, unit)
    )
    assert [found.date for found in by_ordinal] == [found.date for found in by_words] != []


def _anchors(number: int | str, unit: str) -> list[relative.Anchor]:
    start = len(f"{number} {unit} after ")
    return [relative.Anchor(start, start + len("July 5, 2026"), date(2026, 7, 5), None)]


def test_a_counted_day_is_no_day_of_the_month() -> None:
    """ "On the 4th business day after July 5" tells one day, and it is not the 4th."""
    text = "the fee starts on the {} business day after July 5, 2026"
    days = [
        dates.find(even(text.format(nth)), published=date(2026, 6, 1)) for nth in ("4th", "fourth")
    ]
    assert [[span.date for span in found] for found in days] == [[date(2026, 7, 9)]] * 2
