"""Ordinal numbers in words, in English, Spanish and French: "third", "decimoquinto", "quinzième".

Everything here works on text folded by `even`.
"""

import re

from bot.reading.alternation import grouped

_UP_TO_TWENTY = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "es": "primer segundo tercer cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo "
    "decimotercer decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno vigesimo",
    "fr": "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme "
    "onzieme douzieme treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme vingtieme",
}
ORDINALS = {
    word: number
    for words in _UP_TO_TWENTY.values()
    for number, word in enumerate(words.split(), start=1)
} | {
    "primero": 1, "1st": 1, "1er": 1, "2nd": 2, "tercero": 3, "3rd": 3, "4th": 4,
    "twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24,
    "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28,
    "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31, "forty-fifth": 45, "sixtieth": 60,
    "ninetieth": 90, "trigesimo": 30, "cuadragesimo quinto": 45, "sexagesimo": 60, "nonagesimo": 90,
    "vingt et unieme": 21, "trentieme": 30, "quarante-cinquieme": 45, "soixantieme": 60,
    "quatre-vingt-dixieme": 90,
}  # fmt: skip
"""What each word counts to; those of days, quarters and terms of decrees."""
WORD = "(?:" + grouped(sorted(ORDINALS, key=len, reverse=True)) + ")"
"""An ordinal in words, for use inside larger expressions."""
FIGURES = r"\d{1,3}(?:th|st|nd|rd|e|o)"
"""An ordinal in figures: ``21st``, ``30e``, ``5o``."""

_DIGITS = re.compile(r"\d+")


def value(text: str) -> int:
    """Return what a text matched by WORD or FIGURES counts to."""
    known = ORDINALS.get(text)
    if known is not None:
        return known
    digits = _DIGITS.match(text)
    if digits is None:
        raise ValueError(f"{text!r} is no ordinal")
    return int(digits[0])
