"""Text before anything is read from it: folding for comparison.

`fold` is what every reader of this room calls, so that an accent, a capital, a kind of dash or of
quotation mark never decides whether a rule matches. Everything here takes time linear in the length
of the text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Folded(NamedTuple):
    """Text made comparable, and where its characters stood. `runs` is None where all kept their place."""

    text: str
    length: int
    """Length of the original."""
    runs: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    """Where each run of characters that stayed together begins: in `text`, and in the original."""

    def origin(self, index: int) -> int:
        """Return where the folded character at `index` stands in the original.

        `index` may be the length of the text: a span's end maps as well as its start.
        """
        if self.runs is None:
            return min(index, self.length)
        if index >= len(self.text):
            return self.length
        here, there = self.runs
        run = bisect_right(here, index) - 1
        return there[run] + index - here[run]

    def length_of(self, index: int) -> int:
        """Return how many folded characters the original's first `index` make."""
        if self.runs is None:
            return index
        here, there = self.runs
        run = bisect_left(there, index)
        if run < len(there) and there[run] == index:
            return here[run]
        return here[run - 1] + index - there[run - 1]


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UNEVEN = re.compile("[\u0130\u00c6\u00e6\u0152\u0153\u00df\u1e9e\u0300-\u036f\ufb00-\ufb06]")
"""Characters that fold to none or to several; only text that has them needs a map."""
MANY = 80
"""Different characters up to which replacing one after the other is quicker than one by one."""

_FIXED = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
    **dict.fromkeys("‘’‚‛′´`ʼ＇‹›", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    "…": ".",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "t",
}
_SEVERAL = {"İ": "i", "Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "ß": "ss", "ẞ": "ss"}


_SEVERAL_OF_LATIN = "Ææß"


class Signs:
    """Replaces the characters of a table and makes text lower-case, one character for one.

    Text with nothing beyond Latin-1 but typographic signs takes a path of a few copies; `several`
    are the characters of Latin-1 that become more than one, and end it.
    """

    __slots__ = ("_several", "_typographic", "small", "table")

    def __init__(self, table: Mapping[str, str], several: str = "") -> None:
        self.table = table
        self._several = [character.encode("latin-1") for character in several]
        self._typographic = [(sign, table[sign]) for sign in "’‘“”–—…" if sign in table]
        latin = [chr(code) for code in range(256)]
        beyond = [table.get(character, character) for character in latin[128:]]
        even = [text if len(text) == 1 else " " for text in latin[:128] + beyond]
        self.small = "".join(even).lower().encode("latin-1")
        """Byte of Latin-1 → what it is replaced by, in lower case."""

    def latin(self, text: str) -> str | None:
        """Return the text replaced and in lower case; None where that takes the longer way."""
        letters = self.encoded(text)
        if letters is None:
            return None
        for several in self._several:
            if several in letters:
                return None
        return letters.translate(self.small).decode("latin-1")

    def encoded(self, text: str) -> bytes | None:
        """Return the text in Latin-1, where its signs allow it: what `small` is for."""
        for sign, plain in self._typographic:
            if sign in text:
                text = text.replace(sign, plain)
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            return None


@cache
def _folds() -> Mapping[str, str]:
    """Return character → folded text, for every character that folds to something else."""
    table: dict[str, str] = {}
    for code in (*range(0x80, 0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070)):
        character = chr(code)
        if character.isspace():
            table[character] = " "
            continue
        base = unicodedata.normalize("NFKD", character.lower())[:1]
        table[character] = base if base.isascii() and base.isalnum() else character.lower()
    for code in range(0xFF01, 0xFF5F):
        table[chr(code)] = chr(code - 0xFEE0).lower()
    for code in range(0xFB00, 0xFB07):
        table[chr(code)] = unicodedata.normalize("NFKD", chr(code))
    table["\u3000"] = " "
    for character, folded in _FIXED.items():
        table[character] = folded
        table[character.upper()] = folded
    table.update(_SEVERAL)
    table.update({chr(code): "" for code in range(0x300, 0x370)})
    return table


def fold(text: str) -> Folded:
    """Return the text lower-case, without accents, with plain dashes, quotes and blanks."""
    if text.isascii():
        return Folded(text.lower(), len(text))
    latin = _latin_folds().latin(text)
    if latin is not None:
        return Folded(latin, len(text))
    folded = replaced(text, _folds()).lower()
    return Folded(folded, len(text), runs_of(text))


@cache
def _latin_folds() -> Signs:
    return Signs(_folds(), _SEVERAL_OF_LATIN)


def replaced(text: str, table: Mapping[str, str]) -> str:
    """Return the text with its characters beyond ASCII replaced as the table says.

    The table maps a character to text that it leaves alone.
    """
    strange = set(_NOT_ASCII.findall(text)) & table.keys()
    if len(strange) > MANY:
        return _NOT_ASCII.sub(lambda match: table.get(match[0], match[0]), text)
    for character in strange:
        text = text.replace(character, table[character])
    return text


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())


def fold_words(text: str) -> str:
    """Return folded text for search: words and single blanks only."""
    if not text:
        return ""
    words = word_bytes(text)
    if b"%" in words:
        words = words.replace(b"%", b" ")
    return tight(words).strip().decode()


_BLANKS = re.compile(b"  +")


def tight(words: bytes) -> bytes:
    """Return words with one blank where several stand in a row."""
    return _BLANKS.sub(b" ", words)


def word_bytes(text: str) -> bytes:
    """Return what `spaced` makes of the folded text, in UTF-8; text in Latin letters takes one pass."""
    letters = text.encode() if text.isascii() else _latin_folds().encoded(text)
    found = None if letters is None else letters.translate(_latin_words())
    return spaced(fold(text).text).encode() if found is None or not found.isascii() else found


@cache
def _latin_words() -> bytes:
    """What `small` and `spaced` make of Latin-1; what becomes several letters is left as it is."""
    made = bytearray(_latin_folds().small.translate(_SEPARATORS))
    for letter in _SEVERAL_OF_LATIN.encode("latin-1"):
        made[letter] = letter
    return bytes(made)


def runs_of(text: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return where the runs of characters that fold to one each begin, folded and original.

    None where all characters do.
    """
    if _UNEVEN.search(text) is None:
        return None
    table = _folds()
    here, there = [0], [0]
    for match in _UNEVEN.finditer(text):
        place = match.start()
        reached = here[-1] + place - there[-1]
        for _ in table[match[0]]:
            here.append(reached)
            there.append(place)
            reached += 1
        here.append(reached)
        there.append(place + 1)
    return tuple(here), tuple(there)


_SEPARATORS = "".join(
    chr(code) if chr(code).isalnum() or chr(code) == "%" else " " for code in range(256)
).encode("latin-1")
_SIGN = re.compile(r"[^\x00-\x7f\w]")
_NOT_WORD = re.compile(r"[^\w%]|_")


def spaced(folded: str) -> str:
    """Return folded text with a blank for all but letters, digits and %; it keeps its length."""
    try:
        letters = folded.encode("latin-1")
    except UnicodeEncodeError:
        folded = _SIGN.sub(" ", folded)
        if not folded.isascii():
            return _NOT_WORD.sub(" ", folded)
        letters = folded.encode()
    return letters.translate(_SEPARATORS).decode("latin-1")


def bare(folded: str) -> str:
    """Return folded text with a blank for all but letters and digits; it keeps its length."""
    return spaced(folded).replace("%", " ")
