import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry, Stated
from bot.domain.reading import Lang
from bot.reading.automaton import Prepared
from bot.reading.boilerplate import prose
from bot.reading.sentences import split
from bot.reading.summary import MAX_LENGTH, summarise


def summary(content, *, title="Title", lang=Lang.EN, facts=(), **given):
    return summarise(Entry(guid="1", title=title, content=content, **given), lang, facts)


def kept(text):
    return [sentence.text for sentence in prose(Prepared(text), split(text))]


BODY = "Canada will charge 25% on plywood from March 3. The list covers 41 lines."


@pytest.mark.parametrize(
    "line",
    [
        "By Dana Whitlock",
        "By Dana Whitlock and Tom Reyes",
        "Por Ernesto Villalba",
        "Par Maude Lessard",
        "Un texte de Kim Roy",
        "Redacción Diario Aduanal",
        "Share on Facebook | Share on X | Print",
        "Sign up for our newsletter.",
        "Support local news for $1 a week.",
        "Readers can reach the newsroom at 555-0142.",
        "For media inquiries, contact the press office at 202-555-0100.",
        "This report by The Border Wire was first published Nov. 10, 2026.",
        "Este texto se publicó originalmente en El Portal.",
        "Cette dépêche a été publiée initialement le 10 novembre 2026.",
        "Suscríbete a nuestro boletín diario.",
        "Abonnez-vous à notre infolettre.",
        "You have read 2 of 3 free articles this month. Log in to keep reading.",
        "PHOTO : Archives",
        "(Video) Así se verá la planta",
        "[Chart: where it goes — tap to expand]",
        "Correction: An earlier version of this story misstated a name.",
        "With files from the Coast Bureau.",
        "Dana Whitlock is a senior correspondent. Tom Reyes covers Congress.",
        "Got a tip? Write to desk@example.org.",
        "Related: Broker exam results",
        "À lire aussi : le port en travaux",
        "Este sitio usa cookies. Al continuar aceptas nuestra política.",
        "– Enjoying this story? Register free –",
        "AN/lmt/rv",
        "All rights reserved.",
        "The week in trade",
    ],
)
def test_what_is_not_the_text_is_left_out(line):
    """Bylines, offers, share bars, credits, corrections and labels are not told."""
    assert kept(f"{BODY}\n{line}\nBuilders said a cottage would cost more.") == [
        "Canada will charge 25% on plywood from March 3.",
        "The list covers 41 lines.",
        "Builders said a cottage would cost more.",
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "OTTAWA — ",
        "OTTAWA, 10 nov (AN).- ",
        "HERMOSILLO.- ",
        "PHARR, Texas (BFN) – ",
        "(Montréal) ",
        "CIUDAD DE MÉXICO.- ",
        "WASHINGTON, Nov 9 (FW) - ",
    ],
)
def test_datelines_are_cut_off(dateline):
    """The sentence begins with its own first word."""
    assert kept(f"{dateline}{BODY}")[0] == "Canada will charge 25% on plywood from March 3."


@pytest.mark.parametrize(
    "sentence",
    [
        "By December 1, importers must file the new form with the agency.",
        "Washington - which had asked for more - accepted the lower rate in the end.",
        "Par prudence, les usines ont cessé de livrer le 3 mars aux États-Unis.",
        "A webinar for customs brokers is planned for January 13 in Detroit.",
        "The rule was first published in May and takes effect on December 1.",
    ],
)
def test_sentences_that_only_look_like_furniture_stay(sentence):
    """A beginning alone does not make a byline or a dateline."""
    assert kept(f"{BODY}\n{sentence}")[-1] == sentence


def test_the_title_is_not_repeated():
    """A body that begins with its headline begins after it."""
    body = "Canada taxes plywood\n" + BODY
    assert summary(body, title="Canada taxes plywood") == summary(BODY) != ""


def test_a_fact_further_down_is_told_before_colour_at_the_top():
    """What the date and rate readers found pulls its sentence into the summary."""
    colour = "It was a quiet morning on the quay. " * 3 + "Nobody spoke for a long while there. "
    fact = "The ministry will lift the levy for all growers after the harvest."
    filler = " ".join(
        f"Then boat number {word} left the old harbour slowly." for word in ("red", "blue", "grey")
    )
    assert fact in summary(f"{colour}{filler} {fact}", title="Levy lifted", facts={fact})


def test_sentences_are_whole_in_order_and_within_the_limit():
    """At most three, at most 700 characters, none of them cut."""
    sentences = [
        f"Point {n} of the order sets a duty of {n}% on goods of class {n * 7}"
        + " and more" * 20
        + "."
        for n in range(1, 9)
    ]
    told = summary(" ".join(sentences))
    assert len(told) <= MAX_LENGTH
    assert [sentence.text for sentence in split(told)] == [s for s in sentences if s in told]


def test_a_cut_off_last_sentence_is_not_told():
    """Feeds that send only the beginning leave a torso behind."""
    assert summary(f"{BODY} Companies that can show…") == BODY
    assert summary("Companies that can show that they…") == "Companies that can show that they…"


def test_an_entry_without_text_has_no_summary():
    """No text, or nothing but furniture, is an empty summary."""
    assert summary("") == ""
    assert summary("Sign up for our newsletter.") == ""


def test_the_longer_of_both_texts_is_summarised():
    """A blurb gives way to the text, and stands in where there is none."""
    assert summary("", summary=BODY) == BODY
    assert summary(BODY, summary="A blurb about wood.") == BODY


def test_other_languages_are_told_by_their_first_sentence():
    """What we cannot weigh we do not choose from."""
    text = "Die Regierung senkt den Zoll auf Holz um 25 Prozent. Das gilt ab dem 3. März 2027 für alle."
    assert summary(text, lang=Lang.OTHER) == "Die Regierung senkt den Zoll auf Holz um 25 Prozent."


def test_a_federal_register_document_is_told_by_action_and_dates():
    """The stated fields come first, then the first sentence of the abstract."""
    stated = Stated(action="Final rule", dates="This rule is effective on February 1, 2027.")
    told = summary("", summary="The agency amends its rules on entry. More follows.", stated=stated)
    assert told == (
        "Final rule. This rule is effective on February 1, 2027. The agency amends its rules on entry."
    )


def test_a_document_with_endless_dates_keeps_to_the_limit():
    """A sentence that does not fit is left out whole."""
    stated = Stated(action="Notice.", dates="x" * 900 + ". Comments are due May 5, 2027.")
    assert summary("", stated=stated) == "Notice. Comments are due May 5, 2027."


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet='aA .\n"—-(|)[]:é1%@', max_size=400), st.sampled_from(list(Lang)))
def test_any_text_is_answered_with_its_own_words(text, lang):
    """The summary never holds a word the source has not."""
    told = summary(text, lang=lang)
    assert len(told) <= MAX_LENGTH
    assert set(told.split()) <= {
        word for sentence in split(text) for word in sentence.text.split()
    } | set(text.split()) | {
        word for s in prose(Prepared(text), split(text)) for word in s.text.split()
    }


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "A. " * 300_000,
        "(a " * 300_000,
        "By A\n" * 200_000,
        "— " * 400_000,
        "Sign up. " * 100_000,
        "1,234 " * 150_000,
        "A, a. (" * 140_000,
    ],
)
def test_a_megabyte_is_answered(text):
    """No shape of text makes the summary hang."""
    assert len(summary(text)) <= MAX_LENGTH


def test_a_notice_in_one_paragraph_is_told_without_its_headings():
    """What the Federal Register says of itself is no news: only what stands under its headings."""
    told = summary(
        "AGENCY: Sample Commission. ACTION: Notice. SUMMARY: The Commission opens an inquiry into wheels. "
        "FOR FURTHER INFORMATION CONTACT: Office of Inquiries, (202) 555-0119. "
        "SUPPLEMENTARY INFORMATION: The petition names four mills. Billing code 7020-02-P"
    )
    assert told == "The Commission opens an inquiry into wheels. The petition names four mills."
