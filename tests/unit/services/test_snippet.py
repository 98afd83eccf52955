import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.text import fold_words
from bot.services.search import snippet

LONG = "Filler words stand here. " * 20


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Short text.", ("zebra",), "Short text."),
        ("Two\nlines  here", (), "Two lines here"),
        ("Les droits sur l’acier québécois", ("quebecois",), "Les droits sur l’acier québécois"),
    ],
)
def test_a_short_text_is_shown_whole(text, words, expected):
    """What fits is shown as the source wrote it, on one line."""
    assert snippet(text, words) == expected


def test_a_long_text_is_shown_around_the_word():
    """Far into a text the snippet begins before the word and ends after it, at whole words."""
    text = f"{LONG}The Œuvre of T‑MEC reviewers begins. {LONG}"
    shown = snippet(text, ("t mec",))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "Œuvre of T‑MEC reviewers begins." in shown
    assert set(shown.strip("…").split()) <= set(text.split())


def test_a_word_inside_another_is_not_the_place():
    """The place shown is where the word stands by itself or begins one."""
    shown = snippet(f"An interstate matter. {LONG} State aid rises.", ("state",))
    assert "State aid" in shown


def test_a_text_without_blanks_is_still_shown():
    """A text that is one long run of letters is cut, not lost."""
    assert len(snippet("x" * 500 + "steel" + "y" * 500, ())) > 100


@given(st.text(max_size=600), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_has_a_snippet(text, words):
    """No text and no words make the snippet fail or grow beyond its room."""
    shown = snippet(text, tuple(word for word in map(fold_words, words) if word))
    assert len(shown) <= 182
