import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.reading import Lang, Reading
from bot.errors import InvalidInputError
from bot.reading.query import parse
from bot.reading.query_syntax import MAX_CHARS, MAX_DEPTH


@pytest.mark.parametrize(
    ("query", "position", "remedy"),
    [
        ("(steel", 7, "Try: (steel)"),
        ("[25 TO *]", 1, "Try:"),
        ("[]", 1, "Try:"),
        ("steel)", 6, "Try: steel"),
        ("steel AND", 10, "Try: steel"),
        ("AND steel", 1, "Try: steel"),
        ("steel OR OR canada", 10, "Try: steel OR canada"),
        ('title:"rules of', 7, "Try:"),
        ("titel:steel", 1, "Try: title:steel"),
        ("steel (foo:bar)", 8, 'Try: "foo bar"'),
        ("rate:many", 1, "Try: rate:25"),
        ("steel rate:[25]", 7, "Try: rate:[25 TO *]"),
        ("topic:[a TO b]", 1, "Try: rate:[25 TO *]"),
        ("rate:[a TO b]", 1, "Try: rate:25"),
        ("country:Atlantis", 1, "Try: country:CA"),
        ("since:yesterday", 1, "Try: since:2026-07-01"),
        ("since:2026-02-30", 1, "Try: since:2026-07-01"),
        ("hts:steel", 1, "Try: hts:7208"),
        ("stage:maybe", 1, "Try: stage:threat"),
        ("lang:de", 1, "Try: lang:en"),
        ("tier:x", 1, "Try: tier:official"),
        ("kind:x", 1, "Try: kind:comment_deadline"),
        ("()", 2, "Try:"),
        ("a:", 3, "Try:"),
        ("-", 2, "Try:"),
        ("x" * 1_001, 1_001, "Try:"),
        ("(" * 21 + "a" + ")" * 21, 21, "Try:"),
        ("NOT " * 21 + "a", 81, "Try:"),
        ("-" * 30 + "a", 21, "Try:"),
    ],
)
def test_an_error_names_the_place_and_shows_what_would_be_right(query, position, remedy):
    """A person sees where to look and what to write instead."""
    with pytest.raises(InvalidInputError) as error:
        parse(query)
    said = str(error.value)
    assert re.search(rf"character {position}\b", said), said
    assert remedy in said


@pytest.mark.parametrize("query", ["", "   ", "\u200b", "&nbsp;"])
def test_an_empty_query_is_answered_with_samples(query):
    """Nothing typed is nothing asked; ``*`` is everything."""
    with pytest.raises(InvalidInputError, match=r"empty.*\*"):
        parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "(steel",
        "steel)",
        "a OR OR b",
        "titel:steel",
        'x "y',
        "a AND (b OR",
        "[1 TO 2]",
        "a:b:c",
        "12:30",
    ],
)
def test_what_an_error_suggests_can_be_parsed(query):
    """The corrected example is itself a query."""
    with pytest.raises(InvalidInputError) as error:
        parse(query)
    suggested = str(error.value).partition("Try: ")[2].partition(". The fields are")[0]
    assert parse(suggested)


def test_the_limits_themselves_are_allowed():
    """A thousand characters and twenty levels pass."""
    assert parse("a" * MAX_CHARS)
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    assert parse(" ".join(["(a)"] * 100))
    assert parse('"' + "(" * 50 + 'a"')


PIECES = st.sampled_from(
    ["steel", "AND", "OR", "NOT", "-", "(", ")", '"', "[", "]", "*", ":", "rate:", "title:", "[25 TO *]",
     ">", "<", "&amp;", "<http://x|y>", "\u00a0", "é", "since:", "2026-01-01", "country:", "\x00", "!", "||"]
)  # fmt: skip
ENTRY = Entry(guid="1", title="Steel é", content="steel rate 25 " * 20)


@settings(max_examples=400)
@given(
    st.one_of(
        st.text(max_size=120),
        st.lists(PIECES, max_size=30).map(" ".join),
        st.lists(PIECES, max_size=30).map("".join),
    )
)
def test_whatever_is_typed_is_a_query_or_a_polite_refusal(text):
    """No other exception leaves the parser, and what was parsed can be asked."""
    try:
        query = parse(text)
    except InvalidInputError as error:
        assert len(str(error)) < 2_000  # noqa: PT017  # the length matters only where it is raised
        return
    query.matches(ENTRY, Reading(lang=Lang.EN))


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500,
        "(" * 1000,
        '"' * 999,
        "-" * 1000,
        "a OR " * 199 + "a",
        "NOT " * 250,
        "[" * 1000,
        "<" * 1000,
        "&" * 1000,
        ":" * 1000,
        ":" * 999 + "x",
        "-:!([" * 190 + "x",
        "AND " * 249 + "]",
        "a:" * 500,
    ],
)
def test_hard_input_is_answered_at_once(text):
    """Nothing a person can paste keeps the bot busy."""
    begun = time.process_time()
    with contextlib.suppress(InvalidInputError):
        parse(text)
    assert time.process_time() - begun < 2


def test_huge_entries_are_searched_in_bounded_time():
    """A megabyte of text, or one word of a million letters, takes a moment."""
    begun = time.process_time()
    for content in ("steel " * 170_000, "s" * 1_000_000, "é" * 500_000, " " * 1_000_000):
        entry = Entry(guid="1", content=content)
        for query in ("steel", "s*", '"steel steel"', "copper -steel"):
            parse(query).matches(entry, Reading(lang=Lang.EN))
    assert time.process_time() - begun < 20
