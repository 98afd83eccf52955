"""Many queries at once: the index finds what trying every query would find."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.reading import Lang, Reading, Stage, TopicMatch
from bot.reading.query import parse
from bot.reading.query_document import Document
from bot.reading.query_index import QueryIndex

WORDS = [
    "steel",
    "Stahl",
    "aceros",
    "México",
    "auto",
    "autos",
    "automóvil",
    "25",
    "ley",
    "zqlangen",
]
FIELDS = ["lang:en", "topic:autos", "topic:auto*", "tier:trade", "stage:signed", "source:ledger"]
JOINTS = [" ", ", ", " – ", "% ", "  ", "\n", "_", "’", ".” — “", "\x1f", " – æ "]

word = st.sampled_from(WORDS)
text = st.lists(st.tuples(word, st.sampled_from(JOINTS)), max_size=12).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
leaf = st.one_of(
    word,
    st.builds(lambda w: f"{w[:3]}*", word),
    st.builds(lambda w: f"title:{w}", word),
    st.builds(lambda w: f"title:{w[:2]}*", word),
    st.builds(lambda a, b: f'"{a} {b}"', word, word),
    st.builds(lambda a, b: f'"{a} {b[:2]}*"', word, word),
    st.builds(lambda a, b: f'title:"{a} {b}"', word, word),
    st.builds('"{} {} {}"'.format, word, word, word),
    st.sampled_from([*FIELDS, "*", "rate:25", "since:2026-01-01", '"%"']),
    st.sampled_from(["t*", "to*", "topic*", "z*", "zq*", "title:z*"]),
)
query = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=6,
)
reading = st.builds(
    lambda lang, topics, stage: Reading(
        lang=lang, topics=tuple(TopicMatch(topic=t, score=1.0) for t in topics), stage=stage
    ),
    st.sampled_from(list(Lang)),
    st.lists(st.sampled_from(["autos", "auto_parts", "steel"]), max_size=2, unique=True),
    st.sampled_from([None, Stage.SIGNED, Stage.THREAT]),
)
entry = st.builds(
    lambda title, summary, content, tier: Entry(
        guid="1",
        title=title,
        summary=summary,
        content=content,
        tier=tier,
        source="Border Ledger",
        published=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
    ),
    text,
    text,
    text,
    st.sampled_from([Tier.GENERAL, Tier.TRADE_PRESS]),
)


@settings(max_examples=60)
@given(st.lists(query, min_size=1, max_size=40), entry, reading)
def test_the_index_finds_what_trying_every_query_finds(texts, told, read):
    """Whatever the queries and the entry are, the index and a loop over the queries agree."""
    queries = [parse(each) for each in texts]
    document = Document(told, read)
    tried = sorted(each.text for each in queries if each.holds(Document(told, read)))
    assert sorted(each.text for each in QueryIndex(queries).matching(document)) == tried


@settings(max_examples=60)
@given(query, entry, reading)
def test_words_are_shown_only_of_what_matches_and_stand_in_the_entry(asked, told, read):
    """The test alone decides; the words shown are the entry's own."""
    match = parse(asked).matches(told, read)
    spans = match.spans if match is not None else ()
    assert all(getattr(told, span.field)[span.start : span.end] == span.text for span in spans)


@settings(max_examples=50)
@given(st.one_of(word, st.builds(lambda a, b: f'"{a} {b}"', word, word)), entry, reading)
def test_a_word_that_matches_can_be_shown(asked, told, read):
    """What tells that words stand in an entry, and what finds where, agree."""
    parsed, document = parse(asked), Document(told, read)
    assert bool(parsed.spans(document)) == parsed.holds(document)


def test_queries_that_come_later_are_found_like_those_of_the_beginning():
    """The index grows one by one, in hundreds, and over the end of a block."""
    index, told = QueryIndex(), Document(Entry(guid="1", title="mill 7"), Reading(lang=Lang.EN))
    other = parse("elsewhere")
    for number in range(30):
        index.add(parse(f"mill {number}"))
        found = [each.text for each in index.matching(told)]
        assert found == (["mill 7"] if number >= 7 else [])
    for _ in range(4_100):
        index.add(other)
    index.add(parse("mill -8"))
    assert sorted(each.text for each in index.matching(told)) == ["mill -8", "mill 7"]


@pytest.mark.parametrize("between", [" ", ", ", " “", ".” “", " – ", " – – ", "." * 500])
@pytest.mark.parametrize("field", ["title", "summary", "content"])
def test_a_phrase_is_found_whatever_signs_stand_between_its_words(between, field):
    """How many blanks the signs leave between two words of a phrase makes no difference."""
    text = f"The rules of{between}origin apply"
    document = Document(Entry(guid="1", **{field: text}), Reading(lang=Lang.EN))
    wanted = ['"rules of origin"', '"of origin"', '"rules of ori*"', 'title:"rules of origin"']
    others = ['"rules origin"', '"of origin rules"', '"rules of origins"']
    index = QueryIndex([parse(each) for each in [*wanted, *others]])
    found = sorted(each.text for each in index.matching(document))
    assert found == sorted(wanted if field == "title" else wanted[:3])


def test_a_phrase_does_not_reach_from_one_field_into_the_next():
    """What ends the title and what begins the text are no words in a row."""
    index = QueryIndex([parse('"rules of origin"'), parse("rules origin")])
    told = Entry(guid="1", title="New rules of", summary="origin", content="of origin")
    found = [each.text for each in index.matching(Document(told, Reading(lang=Lang.EN)))]
    assert found == ["rules origin"]


@pytest.mark.parametrize("typed", ["t*", "top*", "topic*", "aut*", "z*", "zq*"])
def test_the_beginning_of_a_word_is_no_beginning_of_what_was_read(typed):
    """A topic that was read, and a mark, are not words of the entry: only words have beginnings."""
    index = QueryIndex([parse(typed), parse("topic:autos"), parse("lang:en")])
    read = Reading(lang=Lang.EN, topics=(TopicMatch(topic="autos", score=1.0),))
    found = index.matching(Document(Entry(guid="1", title="mill"), read))
    assert sorted(each.text for each in found) == ["lang:en", "topic:autos"]


def test_thousands_of_words_are_found_like_a_few():
    """Whatever kind of automaton the number of words asks for, the answer is the same."""
    names = [f"Mill{number}" for number in range(2_400)]
    asked = [" OR ".join(names[start : start + 60]) for start in range(0, len(names), 60)]
    index = QueryIndex([parse(each) for each in asked])
    told = Entry(guid="1", title="mill59", content="mill60s, mill2399")
    found = index.matching(Document(told, Reading(lang=Lang.EN)))
    assert sorted(asked.index(each.text) for each in found) == [0, 39]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("steel", True),
        ('steel AND ("rules of origin" OR auto*) -museum', True),
        ("title:steel topic:autos", True),
        ("steel AND (canada OR (mexico duty))", False),
        ("NOT (steel canada)", False),
        ("rate:[25 TO *]", False),
        ("zqlangen", False),
    ],
)
def test_plain_queries_are_decided_by_their_words_alone(text, whole):
    """What people type most needs no test of its own; what cannot be said in words is tested."""
    assert parse(text).shape.whole is whole
