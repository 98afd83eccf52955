"""Only sentences with a cue are handed to the readers of facts."""

from bot.reading import lines
from bot.reading.alternation import Words
from bot.reading.lexicon import Lexicon

DUTY, END = Words(r"\b(?:dut(?:y|ies)|arancel)"), Words(r"\b(?:ends?\b)")
LEXICON = Lexicon(DUTY, END)


def test_sentences_with_a_wanted_cue() -> None:
    """A sentence without a wanted cue is passed over; the others keep their words and their cues."""
    text = "The Duty ends. Nothing here. It ends. Le droit « DUTIES »\nÁrancel único."
    found = list(lines.of(text, LEXICON, frozenset({DUTY})))
    assert [line.given for line in found] == [
        "The Duty ends.", "Le droit « DUTIES »", "Árancel único.",
    ]  # fmt: skip
    assert found[0].text == "the duty ends."
    assert set(found[0].cues.places) == {DUTY, END}
    assert found[2].text == "arancel unico."


def test_of_a_very_long_sentence_the_beginning_is_read() -> None:
    """The folded text is cut, the sentence as given is not."""
    (line,) = lines.of("duty " + "word " * 1_000, LEXICON, frozenset({DUTY}))
    assert len(line.text) == lines.MAX_SENTENCE
    assert len(line.given) > lines.MAX_SENTENCE


def test_an_empty_text() -> None:
    """Nothing gives nothing."""
    assert list(lines.of("", LEXICON, frozenset({DUTY}))) == []
