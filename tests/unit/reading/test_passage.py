"""An entry's texts are folded once, and every view of them is as if it alone had been folded."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.reading.automaton import Prepared
from bot.reading.passage import MAX_CHARACTERS, passage, passages

LETTERS = st.text(alphabet="ab zÉœßİ\u0301ﬁ“…-%$\n漢", max_size=12)


def places(prepared: Prepared) -> list[tuple[int, int]]:
    """Return where each character of the words stands in the original."""
    return [prepared.span(start, start + 1) for start in range(1, len(prepared.words) - 1)]


@given(LETTERS, LETTERS, LETTERS | st.none())
def test_pieces_are_what_folding_them_gives(title: str, summary: str, content: str | None) -> None:
    """Whatever characters an entry has, each view of it is as if it alone had been folded."""
    given_twice = summary if content is None else content
    entry = Entry(guid="1", title=title, summary=summary, content=given_twice)
    texts = passages(entry)
    assert texts.title == passage(title)
    assert texts.summary == passage(summary)
    assert texts.content == passage(given_twice)
    parts = (title, summary) if given_twice == summary else (title, summary, given_twice)
    for made, text in (
        (texts.page, "\n\n".join(parts)),
        (texts.whole, "\n".join((title, summary, given_twice))),
    ):
        alone = Prepared(text)
        assert (made.original, made.words, made.folded) == (text, alone.words, alone.folded)
        assert places(made) == places(alone)


@given(LETTERS)
def test_how_much_a_beginning_folds_to(text: str) -> None:
    """The first characters of a text fold to the first of its folded form."""
    folded = passage(text).folded
    for size in range(len(text) + 1):
        assert folded.text[: folded.length_of(size)] == passage(text[:size]).folded.text


def test_a_text_given_twice_is_told_once_on_the_page() -> None:
    """Content that repeats the summary is no third text, and counts in the whole as it stands."""
    texts = passages(Entry(guid="1", title="Duty", summary="On steel", content="On steel"))
    assert texts.page.original == "Duty\n\nOn steel"
    assert texts.whole.original == "Duty\nOn steel\nOn steel"


def test_long_texts_are_cut() -> None:
    """Of very long texts only the beginning is read, of each and of the whole."""
    long = "steel " * 20_000
    texts = passages(Entry(guid="1", title="Duty", content=long))
    assert len(texts.content.text) == MAX_CHARACTERS
    assert len(texts.whole.original) == MAX_CHARACTERS
