import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.reading import Field
from bot.reading.rules import ANOTHER_TOPIC, RuleError, Rules, TopicRule, Veto, WeakTerms
from bot.reading.topics import DEADLINE_SCORE, MAX_MISSES, TopicReader


def topic(name, **given):
    return TopicRule(id=name, label={"en": name}, **given)


RULES = Rules(
    topics=(
        topic("usmca", strong=("usmca", "t-mec")),
        topic(
            "dairy",
            strong=("dairy quota*",),
            weak=(
                WeakTerms(terms=("milk", "lait"), near=("trade",), unless=("kitchen",), within=40),
            ),
        ),
        topic("remedies", strong=("CVD",), weak=(WeakTerms(terms=("dumping",), near=("trade",)),)),
        topic(
            "tariffs",
            weak=(
                WeakTerms(
                    terms=("levy",),
                    near=("trade",),
                    and_near=("goods",),
                    never=("digital",),
                    within=60,
                ),
            ),
        ),
        topic("mexico", weak=(WeakTerms(terms=("mexico",), near=(ANOTHER_TOPIC,)),)),
        topic("lumber", strong=("sawmill*",), needs=("trade", "goods")),
        topic("fees", weak=(WeakTerms(terms=("arancel",), near=(), never=("kitchen",)),)),
        topic("deadlines", from_deadlines=True),
    ),
    contexts={
        "trade": ("import*", "quota"),
        "goods": ("cheese", "steel"),
        "kitchen": ("recipe",),
        "digital": ("streaming",),
        "treaty": ("usmca",),
    },
    anchors=("treaty",),
    masks=("illegal dumping", "new mexico"),
    vetoes=(Veto(name="sports", any=("NBA",), several=("coach", "overtime"), unless=("treaty",)),),
)
READER = TopicReader(RULES)


def match(title="", summary="", content="", *, deadlines=False):
    entry = Entry(guid="1", title=title, summary=summary, content=content)
    return READER.match(entry, deadlines=deadlines)


def topics(*args, **given):
    return {found.topic for found in match(*args, **given).matches}


def reasons(*args, **given):
    return {(miss.topic, miss.reason) for miss in match(*args, **given).near_misses}


def test_a_strong_term_fires_alone_and_shows_its_words():
    """The match carries the words, their place in the field, and the rule that took them."""
    (found,) = match("Talks", "The T‑MEC review").matches
    (span,) = found.spans
    assert (span.field, span.start, span.end, span.text, span.rule) == (
        Field.SUMMARY,
        4,
        9,
        "T‑MEC",
        "t-mec",
    )
    assert found.score == 0.75


def test_a_weak_term_needs_its_context_in_reach():
    """Beside an import it counts, alone or far away it does not, and the answer says so."""
    assert topics("Milk imports rise") == {"dairy"}
    assert topics("Milk is good") == set()
    assert ("dairy", "no context") in reasons("Milk is good")
    assert topics("Milk " + "and so on " * 10 + "imports") == set()


def test_another_sense_wins_unless_an_anchor_of_trade_is_near():
    """A recipe hides milk, the treaty brings it back."""
    assert topics("Milk imports recipe") == set()
    assert topics("Milk imports recipe USMCA") == {"dairy", "usmca"}


def test_a_second_context_can_be_needed_and_a_third_forbidden():
    """`and_near` asks for more, `never` is never outweighed."""
    assert topics("Levy on imports of steel") == {"tariffs"}
    assert topics("Levy on imports") == set()
    assert topics("Levy on imports of steel and streaming, USMCA") == {"usmca"}


def test_a_strong_term_may_need_a_context_anywhere_in_the_entry():
    """ "Sawmill" alone is a building; in an entry about imports it is the lumber trade."""
    assert topics("Old sawmill becomes a library") == set()
    assert topics("Old sawmill shuts", "x" * 900 + " imports") == {"lumber"}
    missed = match("Old sawmill becomes a library").near_misses
    assert [(miss.topic, miss.reason) for miss in missed] == [("lumber", "no context")]


def test_a_weak_term_without_contexts_fires_unless_another_sense_is_near():
    """An empty `near` asks for nothing, `never` still forbids."""
    assert topics("Nuevo arancel") == {"fees"}
    assert topics("Nuevo arancel recipe") == set()


def test_a_mask_hides_the_words_inside_it_and_no_others():
    """ "Illegal dumping" is no dumping; a second, free mention still counts."""
    assert topics("Illegal dumping of imports") == set()
    assert ("remedies", "mask: Illegal dumping") in reasons("Illegal dumping of imports")
    assert topics("Illegal dumping and dumping of imports") == {"remedies"}
    assert topics("USMCA in New Mexico") == {"usmca"}


def test_acronyms_want_their_capitals():
    """A heart disease in small letters is no trade remedy, and the answer names the reason."""
    assert topics("CVD rates") == {"remedies"}
    assert topics("cvd rates") == set()
    assert ("remedies", "case") in reasons("cvd rates")


def test_a_veto_silences_the_entry_unless_the_treaty_is_named():
    """One plain word of sports, or two softer ones, and nothing fires."""
    assert topics("NBA: dairy quota joke") == set()
    assert reasons("NBA: dairy quota joke") == {("dairy", "veto: NBA")}
    assert topics("Coach on dairy quota") == {"dairy"}
    assert topics("Coach in overtime on dairy quota") == set()
    assert topics("NBA and USMCA dairy quota") == {"usmca", "dairy"}


def test_a_companion_fires_only_beside_another_topic():
    """Mexico alone is no topic of trade."""
    assert topics("Mexico opens a museum") == set()
    assert topics("Mexico and the USMCA") == {"usmca", "mexico"}


def test_deadlines_fire_where_a_date_was_read_beside_a_topic():
    """A date in an entry about nothing of ours is no deadline."""
    assert topics("USMCA comments", deadlines=True) == {"usmca", "deadlines"}
    assert topics("Park opens", deadlines=True) == set()
    assert {m.score for m in match("USMCA", deadlines=True).matches} == {0.9, DEADLINE_SCORE}


def test_one_mention_far_down_is_told_as_passing():
    """Further down it takes more than one mention to make a topic."""
    far = "Plain words about something. " * 40
    assert topics("Title", "", f"{far} usmca") == set()
    assert ("usmca", "passing mention") in reasons("Title", "", f"{far} usmca")
    assert topics("Title", "", f"{far} usmca and usmca") == {"usmca"}


def test_titles_weigh_more_than_bodies():
    """The same word scores higher in the title, and best scores come first."""
    in_title = match("USMCA", "dairy quotas").matches
    assert [found.topic for found in in_title] == ["usmca", "dairy"]
    assert in_title[0].score > match("Talks", "usmca").matches[0].score


def test_words_are_counted_once():
    """Overlapping terms at one place are one piece of evidence."""
    (found,) = match("x", "dairy quota milk quota").matches
    assert [span.text for span in found.spans] == ["dairy quota", "milk"]


def test_a_context_that_nobody_defined_is_refused():
    """Rules that ask for an unknown context do not build."""
    wrong = topic("x", weak=(WeakTerms(terms=("milk",), near=("nowhere",)),))
    with pytest.raises(RuleError, match="nowhere"):
        TopicReader(Rules(topics=(wrong,)))


def test_content_that_repeats_the_summary_is_read_once():
    """Feeds that send the same text twice do not double the evidence."""
    assert match("", "usmca", "usmca").matches == match("", "usmca").matches


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(title=st.text(max_size=80), summary=st.text(max_size=200), deadlines=st.booleans())
def test_any_text_is_answered_and_spans_cut_out_their_words(title, summary, deadlines):
    """Whatever comes, each span's text is what stands there."""
    for spice in ("", " usmca milk imports ", "\u0130œusmca"):
        entry = Entry(guid="1", title=title + spice, summary=summary + spice)
        reading = READER.match(entry, deadlines=deadlines)
        texts = {Field.TITLE: entry.title, Field.SUMMARY: entry.summary}
        spans = [span for found in reading.matches for span in found.spans]
        spans += [miss.span for miss in reading.near_misses]
        assert all(texts[span.field][span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "milk imports " * 80_000,
        "usmca " * 170_000,
        "illegal dumping " * 60_000,
        "\u0130" * 1_000_000,
        "\u202e\x00😀" * 300_000,
        "levy import steel " * 55_000,
    ],
)
def test_a_megabyte_is_answered(text):
    """Repetition, one endless word and odd signs stay within bounds."""
    reading = match("milk", text)
    assert len(reading.near_misses) <= MAX_MISSES
