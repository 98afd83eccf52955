"""Numbers written as words or digits in English, Spanish and French.

Everything here works on text folded by `even`.
"""

import re

from bot.reading.alternation import grouped

_UNITS = {
    "zero": 0, "cero": 0, "one": 1, "un": 1, "uno": 1, "una": 1, "une": 1, "two": 2, "dos": 2,
    "deux": 2, "three": 3, "tres": 3, "trois": 3, "four": 4, "cuatro": 4, "quatre": 4, "five": 5,
    "cinco": 5, "cinq": 5, "six": 6, "seis": 6, "seven": 7, "siete": 7, "sept": 7, "eight": 8,
    "ocho": 8, "huit": 8, "nine": 9, "nueve": 9, "neuf": 9, "ten": 10, "diez": 10, "dix": 10,
    "eleven": 11, "once": 11, "onze": 11, "twelve": 12, "doce": 12, "douze": 12, "thirteen": 13,
    "trece": 13, "treize": 13, "fourteen": 14, "catorce": 14, "quatorze": 14, "fifteen": 15,
    "quince": 15, "quinze": 15, "sixteen": 16, "dieciseis": 16, "seize": 16, "seventeen": 17,
    "diecisiete": 17, "eighteen": 18, "dieciocho": 18, "nineteen": 19, "diecinueve": 19,
    "twenty": 20, "veinte": 20, "vingt": 20, "vingts": 20, "veintiun": 21, "veintiuno": 21,
    "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26,
    "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "thirty": 30, "treinta": 30,
    "trente": 30, "forty": 40, "cuarenta": 40, "quarante": 40, "fifty": 50, "cincuenta": 50,
    "cinquante": 50, "sixty": 60, "sesenta": 60, "soixante": 60, "seventy": 70, "setenta": 70,
    "eighty": 80, "ochenta": 80, "ninety": 90, "noventa": 90, "ciento": 100, "doscientos": 200,
    "trescientos": 300,
}  # fmt: skip
_HUNDREDS = frozenset({"hundred", "cien", "cent", "cents"})
_JOINERS = frozenset({"and", "y", "et"})

_WORD = "(?:" + grouped(sorted([*_UNITS, *_HUNDREDS], key=len, reverse=True)) + ")"
WORDS = rf"(?:{_WORD}(?:(?:-|\s)(?:(?:and|y|et)(?:-|\s))?{_WORD}){{0,4}})"
"""A number in words, for use inside larger expressions."""

COUNT = rf"(?:{WORDS}(?:\s\(\d{{1,3}}\))?|\d{{1,3}}|another|an?|otr[oa]s?)"
"""A count of days or weeks: ``30``, ``thirty (30)``, ``a``."""

_ONE = frozenset({"a", "an", "another", "otro", "otra", "otros", "otras"})
_SPLIT = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"\d+")


def count(text: str) -> int:
    """Value of a text matched by COUNT."""
    if text.isdigit():
        return int(text)
    digits = _DIGITS.search(text)
    if digits:
        return int(digits.group())
    return 1 if text in _ONE else words(text)


def words(text: str) -> int:
    """Value of a text matched by WORDS."""
    total = last = 0
    for token in _SPLIT.split(text):
        if token in _JOINERS:
            continue
        if token in _HUNDREDS:
            total = max(total, 1) * 100
            last = 100
            continue
        value = _UNITS.get(token, 0)
        if value == 20 and last == 4:  # quatre-vingt
            total += 76
        else:
            total += value
        last = value
    return total
