import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import files
from bot.settings.yaml_text import written

ODD = [
    *("yes", "No", "on", "~", "null", "true", "012", "08", "0x1f", "0o17", "1_000", "1:30", "1e3", "5."),
    *(".5", ".inf", "-.nan", "2026-07-01", "2026-07-01 10:00", "<<", "=", "#x", "- a", "a: b", "*", "*a"),
    *("&a", "!t", "%x", "@x", "`", "|", ">-", "[a", "{a", "'", '"', "\\", " a", "a ", "\n", "a\n\nb", "\t"),
    *("---", "...", "? ", "\ufeff", "\u2028", "\x85", "\x00", "\x7f", "\U0001f600", "\xa0", "x" * 300, ""),
]  # fmt: skip
pieces = st.lists(st.sampled_from([*"a1 \n\t:#-'\"\\,[]{}&*!|>%@`?\r", *ODD]), max_size=5)
words = st.one_of(st.text(), st.sampled_from(ODD), pieces.map("".join))


def back(text):
    """What our own reader makes of a text."""
    report = []
    document = files.parse(text.encode(), "f.yaml", report)
    assert document is not None, report
    return document.value


@settings(max_examples=200)
@given(st.lists(st.dictionaries(words, words, max_size=4), max_size=3))
def test_any_text_that_is_written_is_read_back_as_it_was(rows):
    """Text stays text for our reader, whatever it looks like."""
    assert back(written(rows)) == rows


@pytest.mark.parametrize("text", ODD)
def test_another_reader_finds_the_same_text(text):
    """What looks like something else is quoted for readers of YAML 1.1 too."""
    assert yaml.safe_load(written([{text: text}])) == [{text: text}]


def test_rows_are_easy_to_read():
    """One key on a line, in the order given, with letters as they are and quotes only where needed."""
    rows = [{"to": "slack:T1/C1", "query": "acier Québec " + "x " * 100, "hour": "09:00"}]
    assert written(rows).splitlines() == [
        "- to: slack:T1/C1",
        f"  query: '{rows[0]['query']}'",
        "  hour: 09:00",
    ]
    assert written([]) == "[]\n"
