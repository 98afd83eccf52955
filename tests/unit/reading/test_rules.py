import pytest

from bot.reading.automaton import Automaton, Prepared
from bot.reading.rules import MAX_FORMS, RuleError, forms


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("tariff*", ["tariff*"]),
        (
            "mineral(es) critico(s)",
            ["mineral critico", "mineral criticos", "minerales critico", "minerales criticos"],
        ),
        ("(car|auto) duty", ["car duty", "auto duty"]),
        ("(cabinet|wood (door|floor)s)", ["cabinet", "wood doors", "wood floors"]),
        ("*%", ["*%"]),
        ("(lista |)de minerales", ["lista de minerales", "de minerales"]),
    ],
)
def test_a_term_stands_for_its_forms(term, wanted):
    """Optional letters, choices and nested brackets are spelled out."""
    assert forms(term) == wanted


@pytest.mark.parametrize(
    ("term", "complaint"),
    [
        ("(car|auto", "not closed"),
        ("car) duty", "too many"),
        ("im*port", "either end only"),
        ("x", "too short"),
        ("(" * 400 + "a" + ")" * 400, "too deeply"),
        ("(a|b|c|d|e|f|g)" * 8, f"more than {MAX_FORMS}"),
    ],
)
def test_a_term_that_cannot_be_compiled_is_refused_by_name(term, complaint):
    """The error quotes the term and says what is wrong."""
    with pytest.raises(RuleError, match=complaint):
        forms(term)


def found(terms, text):
    automaton, prepared = Automaton(terms), Prepared(text)
    return [
        (terms[hit.term], text[slice(*prepared.span(hit.start, hit.end))], hit.miscased)
        for hit in automaton.find(prepared)
    ]


def test_whole_words_are_found_whatever_the_accents_dashes_and_capitals():
    """Folding and boundaries work in three languages."""
    terms = ["t-mec", "mineraux critiques", "acier", "duty"]
    text = "T‑MEC: l’ACIER, minéraux  critiques; minéraux critiques, duty-free, heavyduty"
    assert [word for _, word, _ in found(terms, text)] == [
        "T‑MEC",
        "ACIER",
        "minéraux critiques",
        "duty",
    ]


def test_open_ends_take_the_rest_of_the_word():
    """A star at the end or the beginning stands for more letters."""
    text = "tariffed contraarancel œuvres"
    assert [word for _, word, _ in found(["tariff*", "*arancel", "oeuvre*"], text)] == [
        "tariffed",
        "arancel",
        "œuvres",
    ]


def test_capitals_in_a_term_must_be_capitals_in_the_text():
    """CVD is not cvd, Ford is not ford; a hit in small letters is told as such."""
    assert found(["CVD", "Ford"], "CVD cvd Ford FORD ford") == [
        ("CVD", "CVD", False),
        ("CVD", "cvd", True),
        ("Ford", "Ford", False),
        ("Ford", "FORD", False),
        ("Ford", "ford", True),
    ]


def test_a_percentage_is_a_word_of_its_own_kind():
    """The sign stays with its figure."""
    assert found(["*%", "% duty"], "a 25% duty") == [("*%", "%", False)]
    assert found(["*% duty"], "a 25% duty") == [("*% duty", "% duty", False)]


def test_overlapping_terms_are_all_found():
    """One pass finds the short term inside the long one."""
    words = [word for _, word, _ in found(["steel", "steel duty", "duty"], "a steel duty")]
    assert sorted(words) == ["duty", "steel", "steel duty"]


def test_nothing_is_found_where_no_wanted_term_is():
    """Terms that only help others are not told without one that is wanted, and with one all are."""
    automaton = Automaton(["duty", "steel", "Ford"], frozenset({0, 2}))
    for text in ("more steel", "a steel plant", ""):
        assert automaton.find_if_wanted(Prepared(text)) == []
    for text in ("steel duty", "ford steel"):
        prepared = Prepared(text)
        assert automaton.find_if_wanted(prepared) == automaton.find(prepared) != []
