import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading import Lang
from bot.reading.language import Classifier, detect

CLASSIFIER = Classifier()


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Steel duty to rise", "The order says the rate will be 50 percent from June.", Lang.EN),
        ("Sube el arancel", "La medida entra en vigor el lunes, dijo la secretaría.", Lang.ES),
        (
            "Hausse des droits",
            "Le ministère a confirmé la mesure qui vise les importations.",
            Lang.FR,
        ),
        (
            "Zölle steigen",
            "Die Regierung hat gestern ein neues Gesetz für den Handel beschlossen.",
            Lang.OTHER,
        ),
        (
            "Tarifas",
            "O governo anunciou que não vai mais cobrar pelo aço em São Paulo.",
            Lang.OTHER,
        ),
        ("关税上调", "财政部周一宣布提高钢铁关税", Lang.OTHER),
        ("Пошлины", "Правительство объявило о новых мерах", Lang.OTHER),
        ("", "", Lang.OTHER),
        ("25% 2027 — 50%", "", Lang.OTHER),
    ],
)
def test_the_language_is_read_from_its_small_words(title, text, lang):
    """A sentence is enough, and other languages are told apart."""
    assert detect(title, text, None, CLASSIFIER) is lang
    assert detect(title, text, None) is lang


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Softwood lumber duties climb again", Lang.EN),
        ("Muebleros de Tijuana pierden contratos", Lang.ES),
        ("Contre-tarifs : Ottawa cible 629 produits", Lang.FR),
        ("Canola growers brace", Lang.EN),
    ],
)
def test_short_titles_are_told_without_a_prior(title, lang):
    """Where small words are few, the classifier helps."""
    assert detect(title, "", None, CLASSIFIER) is lang


def test_the_feed_decides_where_words_are_silent_but_not_against_them():
    """A prior tips the scales, a sentence outweighs it."""
    assert detect("USMCA", "", "es", CLASSIFIER) is Lang.ES
    assert detect("USMCA", "", "fr-CA") is Lang.FR
    assert detect("USMCA", "", None) is Lang.OTHER
    assert (
        detect("The duty on steel will rise in June, the office said.", "", "fr", CLASSIFIER)
        is Lang.EN
    )


def test_the_classifier_is_not_asked_where_words_decide():
    """It costs more than the rest of the reading; sentences do without."""

    def refuse(text):
        raise AssertionError(text)

    assert (
        detect("The rate will rise", "It is the third time that they have done so.", None, refuse)
        is Lang.EN
    )


def test_a_surely_foreign_title_is_other_even_with_a_prior():
    """A feed's word about its language is a prior, not a fact."""
    assert detect("Abc defg", "", "en", lambda _: {"nl": 0.97, "en": 0.01}) is Lang.OTHER
    assert detect("Abc defg", "", "en", lambda _: {"nl": 0.5, "en": 0.2}) is Lang.EN


@given(
    title=st.text(max_size=60),
    text=st.text(max_size=200),
    prior=st.sampled_from([None, "en", "xx", ""]),
)
def test_any_text_is_answered(title, text, prior):
    """Whatever comes, there is a language or OTHER."""
    assert detect(title, text, prior, CLASSIFIER) in Lang
