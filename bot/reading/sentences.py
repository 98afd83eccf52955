"""Sentences of plain text in English, Spanish or French, with their places.

A sentence is what the bot quotes: a summary, the words beside a date or a rate. Ending one at
"U.S." or in the middle of "1.5" would quote half a fact, so the rule is careful about the full
stop; a line's end always ends a sentence unless the next line plainly carries on.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from bot.reading.text import fold, word_set


class Sentence(NamedTuple):
    """Characters `start` to `end` of the text, blanks around them left out."""

    start: int
    end: int
    text: str


_sentence: Callable[[tuple[int, int, str]], Sentence] = partial(tuple.__new__, Sentence)

_CANDIDATE = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*+"
    r"|(?<!\n)(?<![.!?…].)[.!?…]*+(?:[\"'”’»)\]]|[ \u00a0\u202f]»){0,3}(?P<blank>\s++|$))",
    re.DOTALL,
)
"""A stop with what closes after it, or a line's end; with all blanks that follow, so that no
character is looked at twice."""
_LAST_WORD = re.compile(r"[\w.&'’-]{1,24}$")

_BEFORE_NAMES = word_set(
    """mr mrs ms dr dra sr sra srta srs m mm mme mmes mlle me mgr st ste sta sto prof hon rep reps
    sen sens gov gen gral sgt lt col capt cmdr pres lic ing arq c cdte vs v no nos num nums n art
    arts sec secs fig figs para paras par pag pags pp p vol ch cap caps fracc frac inc. approx ca cf
    e.g eg i.e ie viz al p.ej ej av ave blvd apdo dept depto ext tel op cit subsec subpart pt ed
    reg regs fed stat doc docs dto mun edo s"""
)
"""Always followed by the name or number they introduce."""

_INSIDE_OR_END = word_set(
    """inc ltd ltee ltda corp co cia llc plc s.a s.a.b s.a.s s.c c.v s.a. de.c.v jr bros u.s u.k u.n
    e.u ee.uu eeuu ee.u e.u.a u.s.a u.e a.m p.m a.c d.c b.c p.e.i n.b n.s n.y n.m n.c calif ont que
    alta sask man etc jan feb mar apr jun jul aug sept sep oct nov dec ene abr ago dic janv fevr avr
    juil mon tue wed thu fri sat sun est ets mfg intl natl assn u c.d"""
)
"""May stand inside a sentence or end one: the next word decides."""

_STARTERS = word_set(
    """the a an in on at but it he she they we this that these those there if when while after
    before as for by and so yet both each all many some most under according with since until no
    comments written requests hearings importers companies officials
    el la los las un una unos unas en por para con se su sus este esta estos estas ese esa esto lo
    pero si cuando mientras segun tras desde ante ademas al del y no
    le les l' des une il elle ils elles on ce cette ces cet mais selon dans pour par avec sur apres
    avant depuis lors d' c' s' n' nous ainsi"""
)
_KNOWN = _BEFORE_NAMES | _INSIDE_OR_END
_LONGEST = max(map(len, _KNOWN))
"""Letters of the longest word before a stop that we know; a longer one ends a sentence."""
_CLOCK_TAILS = word_set(
    """et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc eastern central mountain pacific local
    on hora heure ottawa washington toronto brussels daylight standard alaska january february march april may june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday"""
)


def split(text: str) -> list[Sentence]:
    """Return the sentences in order; together they hold every character that is no blank."""
    return list(_split(text))


@lru_cache(
    maxsize=8
)  # facts and summary ask for the same few texts of one entry, one after another
def _split(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    for candidate in _CANDIDATE.finditer(text):
        if _ends_here(text, start, candidate):
            end = candidate.end()
            _append(found, text, start, end)
            start = end
    _append(found, text, start, len(text))
    return tuple(found)


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start if stripped[0] == piece[0] else start + len(piece) - len(piece.lstrip())
        found.append(_sentence((first, first + len(stripped), stripped)))


def _ends_here(text: str, start: int, candidate: re.Match[str]) -> bool:
    following = candidate.end()
    if following == len(text):
        return True
    blank = candidate["blank"]
    if blank is None:
        return not _carries_on(text, start, candidate.start(), following)
    if text[following].islower():
        return False
    if "\n" in blank or candidate[0].rstrip() != ".":
        return True
    return _stop_ends(text, candidate.start(), following)


def _carries_on(text: str, start: int, line_end: int, following: int) -> bool:
    """Whether a line's end is only where somebody's editor wrapped a sentence."""
    if "\n" in text[line_end + 1 : following]:
        return False
    before = text[max(start, line_end - 400) : line_end].rstrip()
    if not before or before[-1] in '.!?:;…»”"':
        return False
    after = text[following]
    return after.islower() or (after.isdigit() and len(before) >= 50)


def _stop_ends(text: str, stop: int, following: int) -> bool:
    before = text[max(0, stop - 24) : stop].rpartition(" ")[2]
    if before.isalpha() and (
        len(before) > _LONGEST
        or (len(before) > 1 and before.isascii() and before.lower() not in _KNOWN)
    ):
        return True
    word_match = _LAST_WORD.search(before)
    if word_match is None:
        return True
    word = _plain(word_match[0]).rpartition("'")[2].lstrip(".-&")
    if word in _BEFORE_NAMES:
        # "No." and "art." before a number or name; "in court no. The" does not occur in practice
        return word in _SHORT_WORDS and _first_word(text, following) in _STARTERS
    if word in _CLOCKS:
        return not (text[following].isdigit() or _first_word(text, following) in _CLOCK_TAILS)
    if word in _INSIDE_OR_END or (len(word) == 1 and word.isalpha()) or _INITIALS.fullmatch(word):
        return _first_word(text, following) in _STARTERS
    return True


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else fold(word).text


_CLOCKS = frozenset({"a.m", "p.m"})
_SHORT_WORDS = frozenset(
    {"no", "c", "s", "v", "n", "p", "m", "al", "me", "gen", "col", "par", "ext"}
)
_INITIALS = re.compile(r"(?:[a-z]\.){1,4}[a-z]")


def _first_word(text: str, position: int) -> str:
    match = _WORD.search(text, position, min(len(text), position + 40))
    return _plain(match[0]) if match else ""


_WORD = re.compile(r"[lLdDcCsSnN]['’]|\w+")
