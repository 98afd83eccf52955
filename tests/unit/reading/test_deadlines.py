from datetime import date, time

import pytest

from bot.domain.reading import DeadlineFact, DeadlineKind, Lang
from bot.reading import deadlines

DAY = date(2026, 10, 12)


def one(text: str, lang: Lang = Lang.EN, published: date = DAY) -> DeadlineFact:
    (fact,) = deadlines.read(text, published=published, lang=lang)
    return fact


def test_a_deadline_has_time_zone_and_sentence() -> None:
    """The time, its zone and the whole sentence come with the date."""
    text = "Written comments are due by 11:59 p.m. ET on December 3, 2026."
    fact = one(f"The agency opened a docket. {text} More will follow.")
    assert (fact.kind, fact.date) == (DeadlineKind.COMMENT, date(2026, 12, 3))
    assert (fact.time, fact.zone) == (time(23, 59), "America/New_York")
    assert fact.text == text
    assert not fact.computed


def test_an_extension_names_the_new_date() -> None:
    """The old date is remembered as the one replaced, in every wording."""
    for text in (
        "USTR extended the comment period from October 20 to November 6, 2026.",
        "The comment deadline, originally October 20, is extended to November 6, 2026.",
    ):
        fact = one(text)
        assert (fact.date, fact.replaces) == (date(2026, 11, 6), date(2026, 10, 20))


def test_two_dates_of_one_sentence() -> None:
    """Each date of a sentence gets the kind of its own words."""
    found = deadlines.read(
        "The rule takes effect on November 12, 2026, and comments are due by December 14, 2026.",
        published=DAY,
    )
    assert [(fact.kind, fact.date.isoformat()) for fact in found] == [
        (DeadlineKind.EFFECTIVE, "2026-11-12"),
        (DeadlineKind.COMMENT, "2026-12-14"),
    ]


def test_clauses_keep_their_own_subjects() -> None:
    """Comments named in one clause do not make the start of a surtax in another a comment date."""
    found = deadlines.read(
        "Ottawa will charge a 25% surtax on steel from November 1, 2026; comments are due October 20.",
        published=DAY,
    )
    assert [fact.kind for fact in found] == [DeadlineKind.EFFECTIVE, DeadlineKind.COMMENT]


def test_a_measure_with_two_ends_starts_and_expires() -> None:
    """A measure in force from one day to another gives both."""
    found = deadlines.read(
        "The surcharge is effective from November 1, 2026 through March 31, 2027.", published=DAY
    )
    assert {(fact.kind, fact.date) for fact in found} == {
        (DeadlineKind.EFFECTIVE, date(2026, 11, 1)),
        (DeadlineKind.EXPIRY, date(2027, 3, 31)),
    }


def test_ranges_of_hearings_and_windows() -> None:
    """A hearing is on its first day, a window for comments closes on its last."""
    assert one("A hearing will be held on November 17-18, 2026.").date == date(2026, 11, 17)
    window = one("La consulta estará abierta del 1 al 30 de noviembre.", Lang.ES)
    assert (window.kind, window.date) == (DeadlineKind.COMMENT, date(2026, 11, 30))


def test_confidence_falls_with_what_had_to_be_worked_out() -> None:
    """A full date is surest, then one without a year, a computed one, a month."""
    sure = [
        one("The rule takes effect on November 12, 2026.").confidence,
        one("The rule takes effect on November 12.").confidence,
        one("The rule takes effect 30 days after publication.").confidence,
        one("The rule takes effect in November 2026.").confidence,
    ]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 4
    assert max(sure) < 1.0


def test_a_stated_date_before_the_publication_is_read() -> None:
    """ "Effective" states its day, even where the notice appears late."""
    assert one("Effective date: October 1, 2026.").date == date(2026, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The tariffs took effect on October 1, 2024.",
        "The mine closed on September 30, 2026.",
        "Sales fell 12% in the ten months to October.",
        "Economists expect a deal within six months.",
        "The treaty entered into force on July 1, 2020.",
        "The White House did not answer a request for comment on Monday.",
        "Tariffs have been collected since March 4, 2025.",
        "The rule was published on September 14, 2026.",
        "The import data will be released on December 4.",
        "Tickets for the December 12 concert cost $45.",
        "The hearing in the tariff case will be in January.",
        "The exports of lumber were down in October 2026.",
        "",
        "No date here.",
    ],
)
def test_negatives(text: str) -> None:
    """Past events, reporting days, figures, concerts and bare months give nothing."""
    assert deadlines.read(text, published=DAY) == ()


def test_the_same_deadline_once() -> None:
    """Told twice, a deadline keeps the surer reading and the time of the other."""
    (fact,) = deadlines.read(
        "Comments are due by November 20. Comments are due by 5 p.m. ET on November 20, 2026.",
        published=DAY,
    )
    assert (fact.time, fact.confidence) == (time(17), 0.95)
    (other,) = deadlines.read(
        "Comments are due by 5 p.m. ET on November 20. Comments are due by November 20, 2026.",
        published=DAY,
    )
    assert (other.time, other.confidence) == (time(17), 0.95)


def test_joined_days_share_their_kind() -> None:
    """A second day joined by "and" is of the first one's kind."""
    found = deadlines.read(
        "Hearings will be held on January 12, 2027, and on February 9, 2027.", published=DAY
    )
    assert [fact.kind for fact in found] == [DeadlineKind.HEARING, DeadlineKind.HEARING]


def test_a_day_long_gone_is_not_next_year() -> None:
    """A hearing "on September 9" told in October is over, not eleven months ahead."""
    assert deadlines.read("The hearing on September 9 drew a crowd.", published=DAY) == ()


def test_windows_in_a_month() -> None:
    """A window in a month is read with low confidence; a hearing in a month is not."""
    window = one("Commerce to run steel inclusion window in January")
    assert (window.kind, window.date, window.confidence) == (
        DeadlineKind.EFFECTIVE,
        date(2027, 1, 1),
        0.5,
    )
    assert one("The exemption expires in March 2027.").date == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The November 9 hearing is open to all.", DeadlineKind.HEARING),
        ("Producers face a November 9 deadline to register.", DeadlineKind.COMPLIANCE),
        ("The November 9 deadline for comments stands.", DeadlineKind.COMMENT),
        ("The November 9 start of the surtax is firm.", DeadlineKind.EFFECTIVE),
        ("The Senate called her to a hearing on November 9.", DeadlineKind.HEARING),
        ("Governments must say by November 9 whether they extend the pact.", DeadlineKind.REVIEW),
        ("Drone tariff increase due November 9", DeadlineKind.EFFECTIVE),
    ],
)
def test_nouns_beside_the_date(text: str, kind: DeadlineKind) -> None:
    """The noun beside a date tells what happens on it."""
    assert one(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "The hearing set for November 9 was cancelled.",
        "The tariffs were set to end on November 9 but stayed.",
        "The agency announced the duties Thursday.",
        "Residents have until November 9 to comment on the parking rule.",
        "The comment period opens November 9.",
    ],
)
def test_days_that_bind_nobody(text: str) -> None:
    """Cancelled days, plans given up, past weekdays, city matters and openings give nothing."""
    assert deadlines.read(text, published=DAY) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("USTR must tell Congress by December 4 how it sees the pact.", DeadlineKind.REVIEW),
        ("Importers must tell CBP by December 4 how they set the value.", DeadlineKind.COMPLIANCE),
        ("Applications to the department close December 4.", DeadlineKind.COMPLIANCE),
        ("The cabinet is to choose a course by December 4.", DeadlineKind.REVIEW),
    ],
)
def test_who_is_bound_decides_between_review_and_compliance(text: str, kind: DeadlineKind) -> None:
    """A government decides or reports, a trader complies; a government applied to is bound to nothing."""
    assert one(text).kind is kind


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The duty, first slated for November 2, will instead start on November 9.", Lang.EN),
        ("Instead of November 2, the duty takes effect November 9.", Lang.EN),
        (
            "El arancel, que debía arrancar el 2 de noviembre, rige desde el 9 de noviembre.",
            Lang.ES,
        ),
        ("La surtaxe, censée débuter le 2 novembre, s'appliquera le 9 novembre.", Lang.FR),
        ("La mesure entrera en vigueur le 9 novembre plutôt que le 2 novembre.", Lang.FR),
    ],
)
def test_a_plan_given_up_is_never_the_new_day(text: str, lang: Lang) -> None:
    """The day of the old plan is left out, before or after the new one."""
    fact = one(text, lang)
    assert (fact.kind, fact.date) == (DeadlineKind.EFFECTIVE, date(2026, 11, 9))


def test_a_comment_keeps_its_kind_past_the_old_day() -> None:
    """What was said of the old day is said of the new one too."""
    fact = one("Written submissions, previously due October 20, may now be filed until November 6.")
    assert (fact.kind, fact.date) == (DeadlineKind.COMMENT, date(2026, 11, 6))


def test_a_verb_tells_of_a_hearing_where_trade_is_heard() -> None:
    """Who testifies on trade makes a hearing; who asks to testify comments; a trial is nothing."""
    fact = one("The trade chief is to appear before the Senate committee on December 3.")
    assert fact.kind is DeadlineKind.HEARING
    fact = one("Requests to testify before the committee are due on December 3.")
    assert fact.kind is DeadlineKind.COMMENT
    text = "The accused will appear in court on December 8 on fraud charges."
    assert deadlines.read(text, published=DAY) == ()
