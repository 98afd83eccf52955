"""Shortening text to a platform's limit, at a word and with an ellipsis, before any mark-up.

Platforms count text in characters, some in UTF-16 code units; a clip that holds in UTF-16
units holds in both, because a character is one or two units.
"""

import unicodedata
from collections.abc import Callable, Iterable

ELLIPSIS = "…"

_JOINER = "\u200d"
_WORD_REACH = 0.6
"""A cut goes back to a word's end only while at least this share of the room stays used."""


def units(text: str) -> int:
    """Return the length in UTF-16 code units: never below `len(text)`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int, *, measure: Callable[[str], int] = units) -> str:
    """Return `text`, or its beginning and an ellipsis, with at most `limit` units.

    The cut falls at the end of a word where one is near, never inside a character that is
    written as several code points. `measure` counts one character after another (its value for
    a text is the sum over its characters), so that a platform can count what escaping adds.
    A `limit` below the ellipsis gives an empty string.
    """
    if measure(text) <= limit:
        return text
    room = limit - measure(ELLIPSIS)
    if room < 0:
        return ""
    end = _fitting(text, room, measure)
    while end > 0 and _joined(text, end):
        end -= 1
    end = _word_end(text, end)
    return text[:end].rstrip(" \t\n,;:-–—(") + ELLIPSIS


def clip_lines(lines: Iterable[str], limit: int) -> list[str]:
    """Return as many whole lines as fit into `limit` UTF-16 units when joined by newlines.

    A first line that alone is too long is clipped, so that something is always shown.
    """
    kept: list[str] = []
    used = 0
    for line in lines:
        need = units(line) + (1 if kept else 0)
        if used + need > limit:
            if not kept:
                kept.append(clip(line, limit))
            break
        kept.append(line)
        used += need
    return kept


def _fitting(text: str, room: int, measure: Callable[[str], int]) -> int:
    used = 0
    for index, char in enumerate(text):
        used += measure(char)
        if used > room:
            return index
    return len(text)


def _joined(text: str, end: int) -> bool:
    """Whether a cut before `text[end]` would tear a visible character apart."""
    if end >= len(text):
        return False
    after, before = text[end], text[end - 1]
    return (
        unicodedata.category(after) in {"Mn", "Me"}
        or _JOINER in {after, before}
        or 0x1F3FB <= ord(after) <= 0x1F3FF  # skin tones
        or (_regional(after) and _odd_regionals(text, end))
    )


def _regional(char: str) -> bool:
    """Whether the character is one half of a flag."""
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _odd_regionals(text: str, end: int) -> bool:
    """Whether an odd number of flag halves stands right before `text[end]`."""
    start = end
    while start > 0 and _regional(text[start - 1]):
        start -= 1
    return (end - start) % 2 == 1


def _word_end(text: str, end: int) -> int:
    """Go back from `end` to the nearest end of a word, if one is near enough."""
    if end >= len(text) or text[end].isspace():
        return end
    for index in range(end, int(end * _WORD_REACH), -1):
        if text[index - 1].isspace():
            return index - 1
    return end
