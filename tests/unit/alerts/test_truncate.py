from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.truncate import ELLIPSIS, clip, clip_lines, units


def test_short_text_stays_as_it_is():
    """Text within the limit is returned unchanged."""
    assert clip("Steel tariff rises", 18) == "Steel tariff rises"


def test_the_cut_falls_at_a_word():
    """A longer text ends after a whole word, with an ellipsis."""
    assert clip("The tariff on steel rises on Monday", 24) == "The tariff on steel…"


def test_a_text_without_spaces_is_cut_anyway():
    """One endless word is cut where the room ends."""
    assert clip("a" * 50, 10) == "a" * 9 + ELLIPSIS


def test_no_room_gives_nothing():
    """A limit below the ellipsis leaves nothing to show."""
    assert clip("steel", 0) == ""


def test_wide_characters_count_twice():
    """Characters beyond the basic plane count as the two UTF-16 units they are."""
    assert units("🚢") == 2
    assert clip("🚢🚢🚢🚢", 5) == "🚢🚢" + ELLIPSIS


def test_a_flag_is_never_torn():
    """The two halves of a flag stay together or go together."""
    flags = "🇲🇽🇨🇦🇺🇸"
    assert clip(flags, 8) == "🇲🇽" + ELLIPSIS


def test_an_accent_stays_with_its_letter():
    """A combining accent is not separated from the letter before it."""
    assert clip("ae\u0301xyz", 3) == "a" + ELLIPSIS


def test_lines_are_kept_whole():
    """Lines that fit are kept, the first that does not ends the list."""
    assert clip_lines(["one", "two", "three"], 8) == ["one", "two"]


def test_a_single_long_line_is_clipped():
    """Where not even the first line fits, its beginning is shown."""
    assert clip_lines(["a long first line", "two"], 8) == ["a long…"]


@given(st.text(), st.integers(min_value=0, max_value=80))
def test_a_clip_never_exceeds_its_limit(text, limit):
    """Whatever the text, the result fits, and is the text's beginning."""
    short = clip(text, limit)
    assert units(short) <= limit
    assert len(short) <= limit
    if short != text:
        assert text.startswith(short.removesuffix(ELLIPSIS))


@given(st.lists(st.text()), st.integers(min_value=1, max_value=80))
def test_kept_lines_fit_together(lines, limit):
    """The kept lines, joined, are within the limit."""
    assert units("\n".join(clip_lines(lines, limit))) <= limit
