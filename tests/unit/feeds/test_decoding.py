"""Bytes to text, whatever the headers claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.decoding import to_text

WORDS = "<rss>Résumé — «aranceles» de México, 25 € d’œufs</rss>"


def declared(encoding: str, text: str = WORDS) -> str:
    return f"<?xml version='1.0' encoding='{encoding}'?>{text}"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), ""),
        (WORDS.encode(), "text/xml; charset=iso-8859-1"),
        (declared("iso-8859-1").encode(), ""),
        (declared("utf-8").encode("cp1252"), ""),
        (declared("iso-8859-1").encode("cp1252"), "text/xml; charset=utf-8"),
        (WORDS.encode("cp1252"), "text/xml; charset=windows-1252"),
        (WORDS.encode("cp1252"), ""),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/xml; charset=ascii"),
        (WORDS.encode("utf-16"), ""),
        (WORDS.encode("utf-16-le"), ""),
        (WORDS.encode("utf-16-be"), ""),
        (WORDS.encode("utf-32"), ""),
        (declared("utf-16").encode(), ""),
        (declared("x-klingon").encode(), ""),
        (declared("utf-7").encode(), ""),
        (declared("hex").encode(), ""),
    ],
)
def test_text_survives_every_claim(body: bytes, content_type: str) -> None:
    """The words come out whole, whether header, declaration and bytes agree or not."""
    assert WORDS in to_text(body, content_type)


def test_other_encodings_are_read_as_declared() -> None:
    """Where the bytes are no UTF-8, the declaration is believed, then the header."""
    assert "Тариф" in to_text(declared("koi8-r", "Тариф").encode("koi8-r"), "")
    assert "Тариф" in to_text("<a>Тариф</a>".encode("cp1251"), "text/xml; charset=windows-1251")
    assert "関税" in to_text(declared("iso-2022-jp", "関税").encode("iso-2022-jp"), "")


def test_utf8_with_a_few_bad_bytes_stays_utf8() -> None:
    """A text that was cut within a letter is not read as another encoding."""
    text = to_text(("á" * 100).encode() + b"\xc3", "")
    assert text.startswith("á" * 100)


def test_entries_in_different_encodings_are_all_read() -> None:
    """A feed put together from several: each word is read as it was written."""
    body = f"<a>{WORDS}</a>".encode("cp1252") * 3 + f"<a>{WORDS}</a>".encode()
    for claim in ("", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"):
        assert to_text(body, claim).count(WORDS) == 4


def test_letters_that_look_like_utf8_by_chance_are_none() -> None:
    """In Windows' code page a capital with its closing quotation mark does."""
    assert "«CAFÉ»" in to_text("<rss>à «CAFÉ» déjà</rss>".encode("cp1252"), "")


def test_the_wider_form_of_an_encoding_is_read() -> None:
    """What calls itself GB 2312 is written in what came after it."""
    assert "镕" in to_text(declared("gb2312", "镕").encode("gb18030"), "")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_answered(body: bytes, content_type: str) -> None:
    """There is no body that has no text."""
    assert isinstance(to_text(body, content_type), str)
    assert isinstance(to_text(b"<?xml encoding='" + body, content_type), str)
