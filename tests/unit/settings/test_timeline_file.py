import datetime as dt
import re

import pytest

from bot.domain.reading import DeadlineKind
from bot.domain.translated import Translated
from bot.record.timeline import Confidence, EventKind, Outcome, Source, TariffRow
from bot.settings import defaults
from bot.settings.files import Problem, parse
from bot.settings.timeline import TimelineFile
from bot.settings.validation import check

TREATY = """\
as_of: 2026-10-08
treaty:
  name: T
  in_force: {date: 2020-07-01, text: In force., confidence: verified}
  term_ends: {date: 2036-07-01, text: Ends., confidence: verified, note: Or later.}
  years_to_review: 6
  years_without_extension: 1
  clause: {date: 2020-07-01, text: Rule., confidence: secondary, source: {name: Article 34.7}}
  reviews:
    - {date: 2026-07-01, text: Held., confidence: secondary, outcome: not_extended}
"""


def read(text: str) -> TimelineFile | None:
    return check_into([], text)


def check_into(report: list[Problem], text: str) -> TimelineFile | None:
    document = parse(text.encode(), "timeline.yaml", report)
    assert document is not None
    return check(document, TimelineFile, report)


def problem(rows: str, treaty: str = TREATY) -> str:
    report: list[Problem] = []
    assert check_into(report, treaty + rows) is None
    (only,) = report
    return str(only)


def test_rows_become_the_records_nouns_in_the_order_of_time() -> None:
    """A tariff row, a deadline, and a month whose day is not known."""
    file = read(
        TREATY + "events:\n"
        "  - date: 2027-01-01\n"
        "    kind: tariff\n"
        "    parties: [US]\n"
        "    text: Duties rise.\n"
        "    source: {name: Gazette, url: 'https://example.com/1'}\n"
        "    confidence: verified\n"
        "    note: Another says 30.\n"
        "    deadline: effective\n"
        "    topics: [lumber]\n"
        "    tariffs:\n"
        "      - {imposer: US, targets: [CA], authority: Section 232, products: [cabinets],"
        " rate: 50, previous_rate: 25.5, exemptions: [x], effective: 2027-01-01, ended: 2028-01-01}\n"
        "  - {date: 2026-09, kind: review, text: A round., confidence: unconfirmed}\n"
    )
    assert file is not None
    timeline = file.noun()
    month, rise = timeline.events
    assert (month.when, month.fact.date, month.month_only) == ("2026-09", dt.date(2026, 9, 1), True)
    assert month.fact.source == Source()
    assert (rise.kind, rise.deadline, rise.topics) == (
        EventKind.TARIFF,
        DeadlineKind.EFFECTIVE,
        ("lumber",),
    )
    assert rise.fact.source == Source(name="Gazette", url="https://example.com/1")
    assert (rise.fact.confidence, rise.fact.note) == (Confidence.VERIFIED, "Another says 30.")
    assert rise.tariffs == (
        TariffRow(
            imposer="US", targets=("CA",), authority="Section 232", products=("cabinets",),
            rate=50, previous_rate=25.5, exemptions=("x",), effective=dt.date(2027, 1, 1),
            ended=dt.date(2028, 1, 1),
        ),
    )  # fmt: skip


def test_the_treaty_keeps_its_clock_and_its_reviews() -> None:
    """Dates, years and outcomes as the file states them."""
    file = read(TREATY)
    assert file is not None
    treaty = file.noun().treaty
    assert (treaty.years_to_review, treaty.years_without_extension) == (6, 1)
    assert treaty.term_ends.note == "Or later."
    assert treaty.clause.source == Source(name="Article 34.7")
    assert [review.outcome for review in treaty.reviews] == [Outcome.NOT_EXTENDED]


ROW = "  - {date: 2026-09-01, kind: review, text: A., confidence: verified"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROW.replace("2026-09-01", "2026-13") + "}", "date: must be a date such as 2026-07-01 or"),
        (ROW.replace("2026-09-01", "soon") + "}", "date: must be a date such as 2026-07-01 or"),
        (ROW.replace("review", "reviw") + "}", "did you mean 'review'?"),
        (ROW + ", deadline: coment_deadline}", "did you mean 'comment_deadline'?"),
        (ROW.replace("-01,", ",", 1) + ", deadline: review}", "a deadline needs a day"),
        (ROW + ", parties: [Canada]}", "must be a two-letter country code such as US, or EU"),
        (ROW + ", source: {}}", "source: needs a name or a url; leave source out"),
        (ROW + ", source: {url: www.example.com}}", "source.url: must start with https://"),
        (ROW + ", tariffs: [{imposer: US, rate: -1}]}", "tariffs.0.rate: must be greater than"),
        (ROW + ", tariffs: [{rate: 5}]}", "tariffs.0.imposer: is missing"),
        (ROW + ", es: ''}", "es: must not be empty"),
        (ROW + ", note_fr: Autre.}", "note_es and note_fr translate the note, and there is none"),
        (ROW + ", en: A.}", "unknown key 'en'"),
    ],
)
def test_a_bad_row_is_named_by_its_date(rows: str, said: str) -> None:
    """Line, row, key, and what would be right."""
    found = problem(f"events:\n{rows}\n")
    assert found.startswith("timeline.yaml:12: event '")
    assert said in found


def test_rows_may_say_it_in_other_languages() -> None:
    """Beside each text and note; names of goods and laws once for all rows, else they stay English."""
    file = read(
        TREATY + "events:\n"
        "  - {date: 2026-09-01, kind: tariff, text: Duties., es: Aranceles., confidence: verified,\n"
        "     note: Late., note_fr: Tard., tariffs: [{imposer: US, authority: Section 232 (P 1),\n"
        "     products: [lumber]}]}\n"
        "names: {Section 232: {fr: article 232}}\n"
    )
    assert file is not None
    (event,) = file.noun().events
    assert event.fact.translated == Translated(es="Aranceles.")
    assert event.fact.note_translated == Translated(fr="Tard.")
    assert event.tariffs[0].names == (("Section 232", Translated(fr="article 232")),)


def test_a_name_that_no_row_has_is_a_mistake() -> None:
    """A good written otherwise in its row would silently stay English."""
    said = problem("names: {Lumber: {es: madera}}\n")
    assert "names: no tariff of this file has the name 'Lumber'" in said


def test_an_extension_states_its_new_term() -> None:
    """An outcome of extended without a new end, or an end without it, is a contradiction."""
    for wrong in ("outcome: extended", "outcome: not_extended, term_ends: 2052-07-01"):
        said = problem("", TREATY.replace("outcome: not_extended", wrong))
        assert "term_ends must be given where the outcome is extended, and only there" in said
    right = TREATY.replace("not_extended", "extended, term_ends: 2052-07-01")
    file = read(right)
    assert file is not None
    assert file.noun().treaty.reviews[0].term_ends == dt.date(2052, 7, 1)


def test_a_code_that_no_country_has() -> None:
    """Parties, imposers and targets are looked up; what people write for one is understood."""
    event = "events:\n  - {date: 2027-01-01, kind: tariff, text: T., confidence: verified, "
    assert problem(event + "parties: [XX]}\n").endswith("'XX' is no country's code; see ISO 3166")
    said = problem(event + "tariffs: [{imposer: US, targets: [UK]}]}\n")
    assert said.endswith("'UK' is no country's code; did you mean 'GB'?")


def test_days_in_the_records_texts_are_written_as_people_write_them() -> None:
    """The English texts too: what stands beside them in messages is `3 May 2025`."""
    text = (defaults.packaged() / "timeline.yaml").read_text(encoding="utf-8")
    said = re.findall(r"(?:text|note|es|fr|note_es|note_fr): [^{}\n]*", text)
    assert len(said) > 100
    assert [line for line in said if re.search(r"\d{4}-\d{2}-\d{2}", line)] == []
