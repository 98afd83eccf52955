from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.sentences import split

CASES = [
    (
        "The U.S. Customs office moved 1.5% of No. 5. It closes at 11:59 p.m. ET on Nov. 5. Done.",
        [
            "The U.S. Customs office moved 1.5% of No. 5.",
            "It closes at 11:59 p.m. ET on Nov. 5.",
            "Done.",
        ],
    ),
    (
        "Acme Inc. said so. Shipments to the U.S. The rest stays.",
        ["Acme Inc. said so.", "Shipments to the U.S.", "The rest stays."],
    ),
    (
        "Sens. Dale Hoover et al. agreed. J. Smith did not.",
        ["Sens. Dale Hoover et al. agreed.", "J. Smith did not."],
    ),
    (
        "El Sr. Ruiz habló en EE.UU. La regla, art. 5, entra el 1.º de mayo. ¿Cuándo? Pronto.",
        [
            "El Sr. Ruiz habló en EE.UU.",
            "La regla, art. 5, entra el 1.º de mayo.",
            "¿Cuándo?",
            "Pronto.",
        ],
    ),
    (
        "M. Carney a dit « non. » Puis l'art. 3 du décret. Selon J. Dupont, c'est bon.",
        ["M. Carney a dit « non. »", "Puis l'art. 3 du décret.", "Selon J. Dupont, c'est bon."],
    ),
    ('"We wait." He left! Why? Because…', ['"We wait."', "He left!", "Why?", "Because…"]),
    (
        "A headline\nThe first line wraps\nhere and ends.",
        ["A headline", "The first line wraps\nhere and ends."],
    ),
    ("One.\n\nTwo", ["One.", "Two"]),
    ("Rate is 12.5. rate stays low.", ["Rate is 12.5. rate stays low."]),
    ("", []),
    ("   \n ", []),
    ("no stop at all", ["no stop at all"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_sentences_end_where_a_reader_would_end_them(text, wanted):
    """Abbreviations, initials, figures and wrapped lines do not end a sentence."""
    assert [sentence.text for sentence in split(text)] == wanted


@given(st.text(alphabet='aA. !?\n"»1’Mé-', max_size=200))
def test_sentences_point_at_their_own_text(text):
    """Start and end always cut out the sentence, in order, and nothing visible is lost."""
    found = split(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["." * 1_000_000, ". A" * 300_000, "x" * 1_000_000, "\n" * 1_000_000, "a.b " * 250_000]
)
def test_a_megabyte_without_sense_is_split(text):
    """No input makes the splitter hang."""
    assert len(split(text)) >= 0
