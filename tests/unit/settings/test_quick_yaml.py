"""The quick parser of YAML gives what the careful one gives, or leaves the file to it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import files
from bot.settings.quick_yaml import MAX_OPEN, composed

CONFIG = Path(__file__).resolve().parents[3] / "config"

PIECES = [
    *("a", "key", "true", "yes", "No", "null", "~", "12", "012", "0o17", "0x1f", "1_000", "1:30", "1e3"),
    *("2026-07-01", "2026-07-01 10:00", ".5", "-.inf", ".nan", "5.", "=", "<<", "#x", "é", "%", "@b"),
    *("'it''s'", '"q\\n"', "http://e.example/a?b=c#d", "a:b", "a, b", "[a, b]", "{a: 1}", "[a:1]", "{a}"),
    *("|", ">-", "&x", "*x", "!t", "!!str", "---", "...", "? ", ": ", "- ", "-", "[", "]", "{", "}", ",", "'"),
]  # fmt: skip
line = st.builds(
    lambda indent, parts, tail: " " * indent + "".join(parts) + tail,
    st.integers(0, 4),
    st.lists(st.sampled_from([*PIECES, "a: ", "b: ", "- ", " "]), max_size=4),
    st.sampled_from(["", "", " ", "  # said", "\t"]),
)


def careful(text):
    """What the careful parser makes of the text, and what it complains of."""
    report = []
    return files._carefully(text, "f.yaml", report), report  # noqa: SLF001 - the one to agree with


def both(text):
    """What a file of this text gives, and its problems."""
    report = []
    return files.parse(text.encode(), "f.yaml", report), report


@settings(max_examples=150, deadline=None)
@given(st.lists(line, max_size=6).map("\n".join))
def test_files_of_any_text_are_read_as_the_careful_parser_reads_them(text):
    """Values, lines and complaints are the same, whichever parser was at work."""
    assert both(text) == careful(text)


@pytest.mark.parametrize("name", ["bot.yaml", "feeds.yaml", "timeline.yaml", "topics.yaml"])
def test_the_files_of_the_bot_need_no_careful_parser(name):
    """What everybody starts with is read in milliseconds."""
    text = (CONFIG / name).read_text(encoding="utf-8")
    (node,) = composed(text) or (None,)
    assert node is not None


def test_a_small_file_is_read_the_same_by_both():
    """Keys, lists, quotes, blocks, dates and numbers, with the lines on which they stand."""
    text = 'a: [1, 1.5, yes, "2", 2026-07-01]\nb:\n  c: |\n    two\n    lines\n  d: null\n# end\n'
    document, problems = both(text)
    assert composed(text) is not None
    assert (document, problems) == careful(text)
    assert document is not None
    assert document.value == {
        "a": [1, 1.5, "yes", "2", "2026-07-01"],
        "b": {"c": "two\nlines\n", "d": None},
    }
    assert document.line(("b", "d")) == 6


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "%YAML 1.1\n---\na: yes\n",
        "a: 1\n---\nb: 2\n",
        "a: <<\n",
        "a: 1\u2028b: 2\n",
        "a: [1\n",
        "[" * (MAX_OPEN + 1) + "]" * (MAX_OPEN + 1),
        "- " * 100_000 + "a",
    ],
)
def test_what_is_in_doubt_is_left_to_the_careful_parser(text):
    """Anchors, tags, directives, several documents, errors and deep nests are not decided quickly."""
    assert composed(text) is None
