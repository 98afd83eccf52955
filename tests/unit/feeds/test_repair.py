"""Mending XML without guessing."""

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.repair import mend, without_forbidden


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("AT&T", "AT&amp;T"),
        ("a & b", "a &amp; b"),
        ("&nbsp;&eacute;&mdash;", "\xa0é—"),
        ("&amp;&lt;&gt;&quot;&apos;", "&amp;&lt;&gt;&quot;&apos;"),
        ("&foo;", "&amp;foo;"),
        ("&LT;", "&amp;LT;"),
        ("&#65;&#x41;", "&#65;&#x41;"),
        ("&#0;&#x1F;&#xD800;&#xFFFF;&#99999999;", ""),
        ("?a=1&b=2&copy=3", "?a=1&amp;b=2&amp;copy=3"),
        (
            "<![CDATA[?a=1&b=2 &nbsp;]]> & <![CDATA[&]]>",
            "<![CDATA[?a=1&b=2 &nbsp;]]> &amp; <![CDATA[&]]>",
        ),
        ("& <![CDATA[ & never closed", "&amp; <![CDATA[ & never closed"),
    ],
)
def test_references_are_mended_outside_cdata(broken: str, mended: str) -> None:
    """Bare ampersands, HTML's names and forbidden characters are mended; CDATA is left alone."""
    assert mend(broken) == mended


def test_forbidden_characters_are_left_out() -> None:
    """NUL, other controls, lone surrogates and non-characters; blanks stay."""
    assert without_forbidden("a\0b\x08\x0b\x1f\ud800\ufffe\t\n\rc") == "ab\t\n\rc"


@given(st.text(alphabet="&#x;amplt01 AéD8\x00\x1f\ud800", max_size=60))
def test_mended_text_is_well_formed(text: str) -> None:
    """Whatever ampersands stand in a text, the mended text is XML."""
    document = f"<a>{mend(without_forbidden(text))}</a>".encode()
    assert expat.ParserCreate("utf-8").Parse(document, True) == 1
