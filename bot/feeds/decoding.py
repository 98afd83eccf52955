"""Bytes of a feed to text, whatever its headers claim.

Feeds lie about their encoding in the header, in the XML declaration, or in both; bytes that are
valid UTF-8 beyond ASCII are UTF-8 whatever is claimed, because other text is never so by chance.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_WESTERN = frozenset({"iso8859-1", "ascii", "latin-1", "utf-8"})
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What is declared → what is written: the later forms that hold the earlier ones."""
_WESTERN_CHARACTERS = frozenset(
    map(chr, [*range(0x80), *range(0xA0, 0x180), *range(0x2010, 0x2040), 0x20AC, 0xFFFD])
)
"""Others are two of Windows' characters by chance: the end of «CAFÉ» looks like one of UTF-8."""
_BAD_BYTES = 100_000
"""With more of them nobody looks for UTF-8 in between."""
_NEVER = frozenset({"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape"})


def to_text(body: bytes, content_type: str) -> str:
    """Return the body as text, without its byte order mark. Any bytes are answered."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    wide = _wide(body)
    if wide is not None:
        return body.decode(wide, "replace")
    declared = _declared(body) or _from_header(content_type)
    if declared is not None and declared.startswith(("iso2022", "hz")):
        return body.decode(declared, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        pass
    if declared is None or declared in _WESTERN:
        # What calls itself Latin-1 is the Windows code page: browsers read it so, and the five
        # bytes that page leaves open are no text in either.
        return _nearly_utf8(body) or body.decode("cp1252", "replace")
    return body.decode(_WIDER.get(declared, declared), "replace")


def _wide(body: bytes) -> str | None:
    """Return which UTF-16 a document without a byte order mark is in, by the NULs around ``<``."""
    head = body.lstrip(b" \t\r\n")[:4]
    if head[:2] == b"<\x00":
        return "utf-16-le"
    if body[:2] == b"\x00<":
        return "utf-16-be"
    return None


def _nearly_utf8(body: bytes) -> str | None:
    """Return the text of UTF-8 that was cut or spoilt in a few places, or joined with other text.

    Feeds that take their entries from several places write some as UTF-8 and some as they came.
    """
    text = body.decode("utf-8", "replace")
    bad = text.count("�")
    if bad > _BAD_BYTES:
        return None
    beyond = len(text) - len(text.encode("ascii", "ignore")) - bad
    if beyond > bad * 4:
        return text
    if beyond and _WESTERN_CHARACTERS.issuperset(set(text)):
        return body.decode("utf-8", "cp1252_where_not_utf8")
    return None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows' characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252_where_not_utf8", _as_windows)


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:1_000])
    return _known(found[1].decode("ascii")) if found else None


def _from_header(content_type: str) -> str | None:
    found = _CHARSET.search(content_type[:500])
    return _known(found[1]) if found else None


def _known(name: str) -> str | None:
    """Return Python's name of a text encoding that a single pass may decode with, else None."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if codec.name in _NEVER or codec.name.startswith(("utf-16", "utf-32")):
        return None
    return codec.name if getattr(codec, "_is_text_encoding", True) else None
