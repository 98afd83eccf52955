import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.markup import MAX_TAGS, tidy, to_plain
from bot.reading.text import fold, fold_words, spaced, word_bytes


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<p>Duty &amp; <b>tax</b></p><p>next</p>", "Duty & tax\nnext"),
        ("one<br>two<hr/>three", "one\ntwo\nthree"),
        ("<table><tr><td>25 %</td><td>steel</td></tr></table>", "25 % steel"),
        ("<script>var a = '<p>';</script>kept<style>p{}</style>", "kept"),
        ("&lt;p&gt;twice escaped&lt;/p&gt;", "twice escaped"),
        ("a < b & c > d", "a < b & c > d"),
        ("M&eacute;xico&nbsp;y&#8211;Canad&aacute;", "México y–Canadá"),
        ("plain\n\n\n  text\twith   blanks ", "plain\ntext with blanks"),
        ("line\r\nline\rline\u2028line\x85line", "line\nline\nline\nline\nline"),
        ("", ""),
        ("<p></p>", ""),
        ("<!-- hidden --><p>seen</p>", "seen"),
        ('<a href="x" title="a > b">link</a>', "link"),
    ],
)
def test_markup_becomes_the_text_a_reader_sees(markup, plain):
    """Blocks end lines, inline marks vanish, entities are resolved, blanks collapse."""
    assert to_plain(markup) == plain


@pytest.mark.parametrize(
    "hidden", ["\x00", "\u202e", "\u200b", "\ufeff", "\U000e0041", "\u00ad", "\ud800"]
)
def test_characters_nobody_should_see_are_removed(hidden):
    """NUL, bidi, zero-width, tag characters and lone surrogates do not survive."""
    assert to_plain(f"ta{hidden}riff") == "tariff"
    assert to_plain(f"<p>ta{hidden}riff</p>") == "tariff"


def test_text_with_very_many_tags_is_scanned_to_the_same_lines():
    """Above the limit of the parser a plain scan gives the same text."""
    few = "<div><p>one &amp; two</p><td>x</td><script>no</script></div>"
    many = few * (MAX_TAGS // 4)
    assert to_plain(many).splitlines()[:4] == to_plain(few * 2).splitlines()
    assert "no" not in to_plain(many)


@pytest.mark.parametrize(
    "soup",
    [
        "<div>" * 180_000,
        "<b><i><p>x</b>" * 70_000,
        "<" * 1_000_000,
        "<script>" * 100_000,
        '<a "' * 250_000,
        "&amp" * 200_000,
        "&lt;p&gt;" * 100_000,
        "x" * 1_000_000,
    ],
)
def test_a_megabyte_of_soup_is_answered(soup):
    """Nested, unclosed and broken mark-up takes far less time than a poll may."""
    started = time.perf_counter()
    to_plain(soup)
    assert time.perf_counter() - started < 10


def test_folding_forgets_accents_capitals_dashes_and_quotes():
    """Everything a rule should not depend on is gone, one character for one."""
    folded = fold("T‑MEC: “L’Été” — ÁRBOL\u00a0ñ")
    assert folded.text == 't-mec: "l\'ete" - arbol n'
    assert folded.runs is None


def test_folding_keeps_a_way_back_where_lengths_change():
    """A ligature, a combining accent and a Turkish capital map to the right originals."""
    text = "bois d’œuvre e\u0301t İ fin"
    folded = fold(text)
    assert folded.text == "bois d'oeuvre et i fin"
    assert text[folded.origin(folded.text.index("fin")) :] == "fin"
    assert folded.origin(len(folded.text)) == len(text)


def test_plain_ascii_folds_to_itself_in_small_letters():
    """English text needs no table and no map."""
    folded = fold("USMCA Review")
    assert (folded.text, folded.origin(5), folded.origin(99)) == ("usmca review", 5, 12)


def test_words_for_search_have_single_blanks_only():
    """Signs become blanks, and blanks become one."""
    assert fold_words("  «T‑MEC», 25% — Œuvre! ") == "t mec 25 oeuvre"


def test_fullwidth_letters_fold_to_plain_ones():
    """Letters some feeds send in another width still match."""
    assert fold("ＴＡＲＩＦＦ").text == "tariff"


@given(st.text())
def test_folding_maps_every_character_back(text):
    """Whatever the text, origins rise and stay inside it, and words keep the folded length."""
    folded = fold(text)
    origins = [folded.origin(index) for index in range(len(folded.text) + 1)]
    assert origins == sorted(origins)
    assert all(0 <= origin <= len(text) for origin in origins)
    assert len(spaced(folded.text)) == len(folded.text)


@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.characters(max_codepoint=0x7F)),
        st.text(alphabet=st.characters(max_codepoint=0xFF)),
        st.text(alphabet="aÉñßÆæœµ²ªº½ “”‘’–—…·%_.\n\x1f\ud800"),
    )
)
def test_words_made_in_one_pass_are_those_of_the_folded_text(text):
    """The quick way and the long way leave the same letters, and the same blanks for signs."""
    plain = spaced(fold(text).text)
    assert word_bytes(text) == plain.encode()
    assert fold_words(text) == " ".join(plain.replace("%", " ").split())


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_becomes_tidy(text):
    """Whatever comes, the answer is text without outer blanks, control characters or surrogates."""
    plain = to_plain(text)
    assert plain == plain.strip()
    assert not any(ord(sign) < 32 and sign != "\n" for sign in plain)
    plain.encode("utf-8")
    assert tidy(plain) == plain
