import dataclasses
import re
import string

import pytest

from bot.commands.asked import Command, Unclear
from bot.commands.grammar import parse
from bot.commands.verbs import Verb, take_verb
from bot.commands.words import words

LOCALES = ("en", "es", "fr")


def sentences(value, path=""):
    """Every text of a wording with where it stands."""
    if value is None:
        return
    if isinstance(value, str):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from sentences(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from sentences(part, f"{path}.{index}")
    else:
        for key, part in value.items():
            yield from sentences(part, f"{path}.{key}")


def blanks(text):
    """The names that stand in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_every_sentence_is_there_in_every_language(locale):
    """The same sentences with the same blanks exist in Spanish and French as in English."""
    english = dict(sentences(words("en")))
    other = dict(sentences(words(locale)))
    if words("en").problem.query is None:  # an error of the query language is said as it is
        other = {path: text for path, text in other.items() if ".problem.query." not in path}
    assert other.keys() == english.keys()
    for path, text in english.items():
        assert blanks(other[path]) == blanks(text), path
        assert other[path].strip() == other[path] != "", path


@pytest.mark.parametrize("locale", LOCALES)
def test_every_verb_is_in_the_help(locale):
    """The help tells of every verb that is built, and of nothing else."""
    told = words(locale).help
    assert set(told.usage) == set(told.gives) == set(Verb)
    for verb, usage in told.usage.items():
        assert take_verb(usage)[0] is verb


@pytest.mark.parametrize("locale", LOCALES)
def test_the_examples_of_the_help_work(locale):
    """Each example is understood as the verb it stands for."""
    for verb, example in words(locale).help.examples.items():
        parsed = parse(example)
        assert isinstance(parsed, Command), example
        assert not isinstance(parsed, Unclear)
        assert parsed.verb is verb, example


@pytest.mark.parametrize("locale", LOCALES)
def test_the_commands_named_in_sentences_work(locale):
    """What a sentence tells people to write, the grammar understands."""
    for path, text in sentences(words(locale)):
        for piece in text.split("`")[1::2]:
            assert isinstance(parse(piece), Command), (path, piece)


@pytest.mark.parametrize(
    ("locale", "means"),
    [
        ("en", ("is right", "is wrong", "takes that back")),
        ("es", ("es correct", "es erróne", "se desdice")),
        ("fr", ("est juste", "est fau", "revient dessus")),
    ],
)
@pytest.mark.parametrize("verb", [Verb.TARIFFS, Verb.DEADLINE])
def test_the_help_says_what_the_words_do(locale, means, verb):
    """Whoever does not read English learns what `dismiss` does before pressing it."""
    more = words(locale).help.more[verb]
    assert all(each in more for each in means)


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_a_pause_is_told_in_words(locale):
    """A bare `resume` is no sentence: the help says that the pause lasts until somebody writes it."""
    said = words(locale)
    writes = {"es": "escriba", "fr": "écri"}[locale]
    for text in (
        said.help.gives[Verb.PAUSE],
        said.help.more[Verb.PAUSE],
        said.subscription.paused,
        said.subscription.state_paused,
    ):
        assert writes in text
    assert "paus" in said.help.gives[Verb.RESUME]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("fr-CA", "fr"), ("es-MX", "es"), ("EN_us", "en"), ("de", "en"), (None, "en"), ("", "en")],
)
def test_a_locale_finds_its_language(locale, expected):
    """Regions do not matter, and an unknown language is answered in English."""
    assert words(locale).locale == expected


def verbs_of(locale):
    """What a place reads as a command: usages, examples, and what stands between `…`."""
    told = words(locale)
    yield from told.help.usage.items()
    yield from told.help.examples.items()
    for _, text in sentences(told):
        for quoted in re.findall(r"`([^`]+)`", text):
            yield None, quoted


@pytest.mark.parametrize("locale", LOCALES)
def test_every_command_that_is_named_is_understood(locale):
    """Who types what the help, an example or an answer names gets that verb."""
    for verb, text in verbs_of(locale):
        found = take_verb(text)[0]
        assert found is not None, text
        assert verb in {None, found}, text


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_a_place_reads_the_verbs_of_its_own_language(locale):
    """No English verb is left in what a Spanish or French place is told to type."""
    english = {str(verb) for verb in Verb} - {"pause"}
    for _, text in verbs_of(locale):
        assert take_verb(text)[1] not in english, text


def test_a_verb_of_three_words_is_no_verb_of_two():
    """`por qué no 7` asks why something did not come, `por qué 7` why it did."""
    assert take_verb("por qué no 7") == (Verb.WHY_NOT, "por que no", "7")
    assert take_verb("por qué 7") == (Verb.WHY, "por que", "7")
    assert take_verb("ne plus suivre 12") == (Verb.UNFOLLOW, "ne plus suivre", "12")
