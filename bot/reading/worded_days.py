"""Days that a Spanish decree writes in words: "quince de diciembre de 2026", "uno de enero"."""

import re
from collections.abc import Iterable, Iterator

from bot.reading import calendar, numerals
from bot.reading.alternation import grouped

_MONTH = grouped(sorted(calendar.MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?P<d>{numerals.WORDS})(?:\sal\s(?P<d2>\d{{1,2}}))?"
    rf"\sde\s(?P<m>(?:{_MONTH})\b)(?:\sdel?\s(?P<y>(?:19|20)\d\d)(?![\d-]))?"
)
_LONGEST = 24
"""Characters of "treinta y uno de " and of a day that it runs to."""


def find(text: str, months: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the days in words before the names of months that begin at `months`."""
    for at in months:
        if text.endswith(" de ", 0, at) and text[at - 5 : at - 4].isalpha():
            match = _DAY.search(text, max(0, at - _LONGEST))
            if match is not None:
                yield match
