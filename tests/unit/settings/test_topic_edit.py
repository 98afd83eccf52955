"""One topic taken out of topics.yaml as text, and put back changed."""

from pathlib import Path

import pytest

from bot.errors import InvalidInputError
from bot.settings import defaults
from bot.settings.load import topics_of
from bot.settings.topic_edit import LONGEST, TopicEditor

FILE = """\
# words
contexts:
  trade: [tariff]
topics:
  # the first
  - id: autos
    label: {en: Autos, es: Autos, fr: Automobile}
    strong:
      en: [auto parts]   # parts

  # the second
  - id: steel
    label: {en: Steel, es: Acero, fr: Acier}
    weak:
      - {terms: [steel], near: [trade]}
masks: [steel guitar]
"""
CHANGED = "id: steel\nlabel: {en: Steel, es: Acero, fr: Acier}\nstrong: [steel mill]\n"


@pytest.fixture
def editor(tmp_path: Path) -> TopicEditor:
    file = tmp_path / "topics.yaml"
    file.write_text(FILE)
    return TopicEditor(file)


def test_a_topic_is_taken_out_as_it_was_written(editor):
    """Its own lines, from the left, without its neighbours."""
    assert editor.text_of("autos").splitlines() == [
        "id: autos",
        "label: {en: Autos, es: Autos, fr: Automobile}",
        "strong:",
        "  en: [auto parts]   # parts",
    ]
    assert "masks" not in editor.text_of("steel")
    assert editor.text_of("nothing") == ""


def test_a_changed_topic_replaces_the_former(editor):
    """The rest of the file stays; a new id is added; the file changes on disk are seen."""
    topic, rules = editor.with_topic(CHANGED)
    assert topic == "steel"
    assert [rule.id for rule in rules.topics] == ["autos", "steel"]
    assert (rules.topics[1].strong, rules.masks) == (("steel mill",), ("steel guitar",))
    _, rules = editor.with_topic(CHANGED.replace("id: steel", "id: mills"))
    assert [rule.id for rule in rules.topics] == ["autos", "steel", "mills"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CHANGED.replace("strong", "stronk"), "line 3"),
        (CHANGED + "weak:\n  - {terms: [x], near: [nowhere]}\n", "line 5: the context 'nowhere'"),
        (CHANGED + "  odd: [", "line 4"),
        ("strong: [steel]\n", "beginning with its id"),
        ("", "beginning with its id"),
        ("x" * (LONGEST + 1), "at most"),
        (CHANGED + "# \ud800", "line 4: is not UTF-8 text"),
    ],
)
def test_a_mistake_is_told_with_its_line(editor, text, said):
    """Counted in what was written, not in the file."""
    with pytest.raises(InvalidInputError, match=said):
        editor.with_topic(text)


def test_every_packaged_topic_comes_back_as_it_is():
    """Taken out and put back unchanged, the rules are the same."""
    file = defaults.packaged() / "topics.yaml"
    editor, rules = TopicEditor(file), topics_of(file)
    for topic in rules.topics:
        assert editor.with_topic(editor.text_of(topic.id)) == (topic.id, rules)


def test_a_whole_file_is_read_or_refused(editor):
    """The rules of a text, or the line that is wrong."""
    assert [rule.id for rule in editor.whole(FILE).topics] == ["autos", "steel"]
    with pytest.raises(InvalidInputError, match="line 6"):
        editor.whole(FILE.replace("- id: autos", "- ID: autos"))
