"""Days in words, as decrees and notices write them: "quince de diciembre de 2026", "the fifteenth of May"."""

import re
from collections.abc import Iterable, Iterator

from bot.reading import calendar, numerals, ordinals
from bot.reading.alternation import grouped

_MONTH = grouped(sorted(calendar.MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?:(?P<d>{numerals.WORDS})(?:\sal\s(?P<d2>\d{{1,2}}))?\sde\s"
    rf"|(?P<nth>{ordinals.WORD})\s(?:day\s)?of\s|(?:le|au|du)\s(?P<jour>{numerals.WORDS})\s)"
    rf"(?P<m>(?:{_MONTH})\b)(?:,?\s(?:del?\s|of\s)?(?P<y>(?:19|20)\d\d)(?![\d-]))?"
)
_LONGEST = 28
"""Characters of "treinta y uno de ", of "twenty-seventh day of ", and of a day that it runs to."""


def find(text: str, months: Iterable[int]) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the days in words before the names of months that begin at `months`, with their numbers."""
    for at in months:
        if text[at - 2 : at - 1].isalpha():
            match = _DAY.search(text, max(0, at - _LONGEST), at + _REACH)
            if match is not None and match.start("m") == at:
                nth = match["nth"]
                yield (
                    match,
                    ordinals.ORDINALS[nth] if nth else numerals.words(match["d"] or match["jour"]),
                )


_REACH = 24
"""Characters of a month and its year."""
