"""An entry's texts are folded once, and joined as if they had been folded together."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.reading.automaton import Prepared
from bot.reading.passage import MAX_CHARACTERS, joined, passage, passages

LETTERS = st.text(alphabet="ab zÉœßİ\u0301ﬁ“…-%$\n漢", max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=4))
def test_joined_is_what_folding_the_whole_gives(texts: list[str]) -> None:
    """Words and places are those of the text folded as one, whatever characters it has."""
    made = joined([passage(text) for text in texts], "\n")
    whole = Prepared("\n".join(texts))
    assert (made.original, made.words) == (whole.original, whole.words)
    length = len(made.words) - 2
    for start in range(1, length + 1):
        assert made.span(start, start + 1) == whole.span(start, start + 1)


@given(LETTERS)
def test_how_much_a_beginning_folds_to(text: str) -> None:
    """The first characters of a text fold to the first of its folded form."""
    folded = passage(text).folded
    for size in range(len(text) + 1):
        assert folded.text[: folded.length_of(size)] == passage(text[:size]).folded.text


def test_a_text_given_twice_is_folded_once() -> None:
    """Content that repeats the summary is the same passage, and counts in the whole as it stands."""
    texts = passages(Entry(guid="1", title="Duty", summary="On steel", content="On steel"))
    assert texts.content is texts.summary
    assert texts.whole.original == "Duty\nOn steel\nOn steel"


def test_long_texts_are_cut() -> None:
    """Of very long texts only the beginning is read, of each and of the whole."""
    long = "steel " * 20_000
    texts = passages(Entry(guid="1", title="Duty", content=long))
    assert len(texts.content.text) == MAX_CHARACTERS
    assert len(texts.whole.original) == MAX_CHARACTERS
