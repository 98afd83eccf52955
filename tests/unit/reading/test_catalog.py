import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.catalog import Resolution, TopicCatalog
from bot.reading.rules import Rules, TopicRule

CATALOG = TopicCatalog(
    Rules(
        topics=(
            TopicRule(
                id="usmca",
                label={"en": "USMCA / CUSMA", "es": "T-MEC", "fr": "ACEUM"},
                aliases={"en": ("treaty",), "es": ("tratado",), "fr": ()},
            ),
            TopicRule(
                id="critical_minerals",
                label={
                    "en": "Critical minerals",
                    "es": "Minerales críticos",
                    "fr": "Minéraux critiques",
                },
                aliases={"en": ("rare earths",), "es": ("litio",)},
            ),
            TopicRule(
                id="steel_aluminum",
                label={"en": "Steel and aluminum"},
                aliases={"en": ("steel",), "fr": ("acier",)},
            ),
            TopicRule(id="dairy", label={"en": "Dairy"}, aliases={"fr": ("gestion de l'offre",)}),
        )
    )
)


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("critical minerals", ("critical_minerals",)),
        ("Critical_Minerals", ("critical_minerals",)),
        ("minerales críticos", ("critical_minerals",)),
        ("cusma", ("usmca",)),
        ("T-MEC y acier", ("usmca", "steel_aluminum")),
        ("dairy steel, rare earth", ("dairy", "steel_aluminum", "critical_minerals")),
        ("gestion de l’offre; treaty", ("dairy", "usmca")),
        ("steel steel", ("steel_aluminum",)),
    ],
)
def test_topics_are_understood_by_any_of_their_names(words, topics):
    """Ids, labels, parts of labels and aliases in three languages, one or several at a time."""
    resolution = CATALOG.resolve(words)
    assert resolution == Resolution(topics=topics)
    assert resolution.complete


def test_a_slip_gets_the_nearest_topics():
    """What is not understood is named, with what was probably meant, beside what was."""
    resolution = CATALOG.resolve("dairy, stel")
    assert resolution.topics == ("dairy",)
    (unknown,) = resolution.unknown
    assert (unknown.words, unknown.nearest) == ("stel", ("steel_aluminum",))
    assert not resolution.complete


def test_nothing_said_is_nothing_understood():
    """An empty text names nothing, and is not complete either."""
    assert CATALOG.resolve("  ,") == Resolution()
    assert not CATALOG.resolve("").complete


def test_labels_fall_back_to_english_and_then_to_the_id():
    """A topic without a name in a language is called by its English one."""
    assert CATALOG.label("usmca", "fr") == "ACEUM"
    assert CATALOG.label("dairy", "es") == "Dairy"
    assert CATALOG.label("gone", "es") == "gone"
    assert CATALOG.ids == ("usmca", "critical_minerals", "steel_aluminum", "dairy")


@pytest.mark.parametrize(
    ("prefix", "locale", "first"),
    [
        ("", "en", "usmca"),
        ("min", "es", "critical_minerals"),
        ("trea", "en", "usmca"),
        ("acie", "en", "steel_aluminum"),
        ("earth", "en", "critical_minerals"),
        ("dary", "en", "dairy"),
    ],
)
def test_completion_offers_the_likeliest_first(prefix, locale, first):
    """Own names come before aliases, those before other languages, and a slip still finds."""
    assert CATALOG.complete(prefix, locale, 3)[0] == (first, CATALOG.label(first, locale))


def test_completion_keeps_to_its_limit():
    """A platform shows so many choices and no more."""
    assert len(CATALOG.complete("", "en", 2)) == 2
    assert CATALOG.complete("zzzzzz", "en") == []


@given(st.text(max_size=200))
def test_any_words_are_answered(words):
    """Nothing a person types is an error here."""
    found = CATALOG.resolve(words)
    assert set(found.topics) <= set(CATALOG.ids)
    assert len(CATALOG.complete(words, "en", 5)) <= 5
