"""XML as publishers write it, made well-formed where nothing needs guessing.

Bare ampersands, HTML's entity names without their DTD, control characters and references to them
are what most broken feeds are broken by. Everything outside CDATA is mended; CDATA is left alone,
because an ampersand is an ampersand there.
"""

import re
from contextlib import suppress
from html.entities import html5

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_AMPERSAND = re.compile(
    r"&(?:#(?P<decimal>\d{1,10});|#[xX](?P<hex>[0-9a-fA-F]{1,8});|(?P<name>[A-Za-z][A-Za-z0-9]{1,40});)?"
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def without_forbidden(text: str) -> str:
    """Return the text without characters that XML knows no way to write: nearly none has any."""
    with suppress(UnicodeEncodeError):
        data = text.encode()
        if (
            len(data.translate(None, _CONTROLS)) == len(data)
            and "\ufffe" not in text
            and "\uffff" not in text
        ):
            return text
    return _FORBIDDEN.sub("", text)


def mend(text: str) -> str:
    """Return the text with every reference outside CDATA made one that XML understands."""
    parts = _CDATA.split(text)
    parts[::2] = [_AMPERSAND.sub(_reference, part) if "&" in part else part for part in parts[::2]]
    return "".join(parts)


def _reference(found: re.Match[str]) -> str:
    if found["decimal"] or found["hex"]:
        number = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
        return found[0] if _is_character(number) else ""
    name = found["name"]
    if name is None:
        return "&amp;"
    if name in _XML_NAMES:
        return found[0]
    char = html5.get(f"{name};")
    return char if char is not None and char not in "<>&" else f"&amp;{name};"


def _is_character(number: int) -> bool:
    """Whether XML 1.0 allows the character."""
    return (
        number in {0x9, 0xA, 0xD}
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
