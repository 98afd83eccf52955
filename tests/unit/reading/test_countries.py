from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading import Lang
from bot.reading.countries import find, mentions


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Canada and Mexico answer the United States", ["CA", "MX", "US"]),
        ("The U.S. told us that US duties stay", ["US", "US"]),
        ("Ottawa, Beijing and Brussels", ["CA", "CN", "EU"]),
        ("Canadá, Estados Unidos y Corea del Sur", ["CA", "US", "KR"]),
        ("La Casa Blanca y productos chinos", ["US", "CN"]),
        ("Les produits américains et l’Inde", ["US", "IN"]),
        ("Les droits chinois et la Maison-Blanche", ["CN", "US"]),
        ("New Mexico, the Gulf of Mexico and North American goods", []),
        ("a turkey, a chile pepper, fine china", []),
        ("Washington state apples; Vancouver, Washington", []),
        ("Ontario fights", []),
        ("Korea’s steelmakers and Japan", ["KR", "JP"]),
        ("North Korea and South Korea", ["KP", "KR"]),
        ("", []),
    ],
)
def test_countries_are_found_by_names_demonyms_and_capitals(text, codes):
    """Actors count as their country; look-alikes do not."""
    assert [code for _, _, code in find(text)] == codes


def test_eu_means_estados_unidos_in_spanish():
    """The language decides what the two letters stand for."""
    assert mentions("EU sube aranceles", Lang.ES) == ("US",)
    assert mentions("EU raises duties", Lang.EN) == ("EU",)
    assert mentions("L'UE répond", Lang.FR) == ("EU",)


def test_places_cut_out_the_name():
    """Start and end are those of the text as given."""
    text = "À Ottawa, l’œuvre du Mexique"
    assert [text[start:end] for start, end, _ in find(text)] == ["Ottawa", "Mexique"]


def test_mentions_count_regions_and_rank_by_frequency():
    """Provinces and leaders tell whom a text is about."""
    assert mentions("Mexico. Ontario and Quebec wait for Carney; Mexico too") == ("CA", "MX")


@given(st.text(max_size=300))
def test_any_text_is_answered_in_order(text):
    """Hits never overlap and always lie inside the text."""
    found = find(f"{text} Canada {text}", regions=True)
    assert found
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@pytest.mark.parametrize(("text", "found"), [("Canada " * 150_000, ("CA",)), ("x" * 1_000_000, ())])
def test_a_megabyte_is_answered(text, found):
    """Long texts are read up to a limit."""
    assert mentions(text) == found
