"""Mark-up in its simple form is read without the parser, and to the same text."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading import markup as module
from bot.reading.markup import tidy, to_plain

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<br>",
            "<br/>",
            "<br />",
            '<a href="http://x.example/?a=1&amp;b=2">',
            "</a>",
        ),
        *("<strong>", "</strong>", "<img src='q.jpg' alt='a b'/>", "<li>", "</li>", "<h2 class=x>"),
        *(
            "</h2>",
            "<div id='a' data-x>",
            "</div>",
            " ",
            "word",
            "Ärger",
            "’",
            "&amp;",
            "&lt;b&gt;",
        ),
        *("&nbsp;", "&eacute;", "&#39;", "&#146;", "&copy", "&notit;", "&foo;", "&", "<", ">", '"'),
        *(
            "&#8217;",
            "&#x27;",
            "&#039;",
            "&#xA0;",
            "&#0;",
            "&#133;",
            "&#xD800;",
            "&#x2028;",
            "&#9;",
        ),
        *(
            "\n",
            "  ",
            "\t",
            "\r\n",
            "\xa0",
            "\x85",
            "\u2028",
            "\0",
            "\x1f",
            "\ue000",
            "❤\ufe0f",
            "\ud800",
        ),
        *(
            '<img alt="',
            "<b title='",
            "'>",
            '">',
            "<u",
            "x>",
            "</span >",
            "</i>",
            "&NewLine;",
            "&Tab;",
        ),
        *("\u200b", "\xad", "\ufe0f", "&am\u200bp;", "<table><tr><td>", "<script>x</script>"),
        *(
            '<a title="x > y">',
            '<a x"=y z="b>',
            "<p",
            "<P>",
            "<a/b>",
            '<a b="c"d>',
            "<pre>\n",
            "<svg>",
        ),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=300)
def test_the_quick_way_finds_what_the_parser_finds(markup: str) -> None:
    """Where it is not sure, the parser is asked."""
    quick, _ = module._without_markup(markup)  # noqa: SLF001
    assert tidy(quick) == tidy(module._parse(markup.replace("\ue000", " ")))  # noqa: SLF001


SIMPLE = {
    '<p>One <a href="/x">two</a> &amp; three</p>': "One two & three",
    "<p>One</p><p>Two&nbsp;three&#8217;s</p>": "One\nTwo three’s",
}


@pytest.mark.parametrize(
    ("marked_up", "asked"),
    [
        *((markup, False) for markup in SIMPLE),
        ("<table><tr><td>One</td></tr></table>", True),
        ("<script>x</script>", True),
    ],
)
def test_most_mark_up_takes_the_quick_way(marked_up: str, *, asked: bool) -> None:
    """Paragraphs, links, emphasis and references need no parser; a table or a script load it."""
    code = (
        "import sys; from bot.reading.markup import to_plain; to_plain(sys.argv[1]); "
        "print('selectolax.lexbor' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, marked_up], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(asked)


@pytest.mark.parametrize(("marked_up", "text"), SIMPLE.items())
def test_simple_mark_up_becomes_its_text(marked_up: str, text: str) -> None:
    """Blocks end lines, references become what they stand for."""
    assert to_plain(marked_up) == text


def test_what_nobody_should_see_goes_wherever_it_stands() -> None:
    """Also the marks that count as printable."""
    assert tidy("a\ufe0fb\u3164c\U000e0101d\x00e\x1ff") == "abcdef"
    assert tidy("a\r\nb\u2028c\x0bd \n\n e") == "a\nb\nc\nd\ne"
