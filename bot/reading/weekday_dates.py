"""Days told by a weekday: "the first Monday in March", "el lunes 8", "le deuxième lundi de septembre".

And days told by the day they follow: "the day after tomorrow", "el 8 de ese mismo mes". Text folded by
`even`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.reading import calendar, ordinals
from bot.reading.alternation import Words, grouped

Found = tuple[int, int, date]
"""Start, end and day of an expression."""

_WEEKDAY = (
    "(?:"
    + grouped(
        [name for name in calendar.WEEKDAYS if len(name) > 5 or name in ("lunes", "lundi", "mardi")]
    )
    + r")\b"
)
_MONTH = (
    "(?:"
    + grouped([name for name in calendar.MONTHS if len(name) > 3 or name in ("may", "mai")])
    + r")\b"
)
_ORDINALS = {
    "first": 1, "1st": 1, "primer": 1, "premier": 1, "1er": 1, "second": 2, "2nd": 2, "segundo": 2,
    "deuxieme": 2, "third": 3, "3rd": 3, "tercer": 3, "troisieme": 3, "fourth": 4, "4th": 4,
    "cuarto": 4, "quatrieme": 4, "last": -1, "ultimo": -1, "dernier": -1,
}  # fmt: skip
_NTH = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)})\s(?P<weekday>{_WEEKDAY})\s(?:of|in|de|del|d'|du\smois\s(?:de\s|d'))\s?(?:el\smes\sde\s)?"
    rf"(?:(?P<month>{_MONTH})(?:,?\s(?:de\s|del\s|of\s)?(?P<year>20\d\d)\b)?|(?P<next>next\smonth|(?:proximo|siguiente)\smes|mes\s(?:proximo|siguiente|entrante|que\sviene)|mois\sprochain)|(?:the\smonth|this\smonth|este\smes|ce\smois)\b)"
)
"""A weekday by its ordinal: “the first Monday in March”, “el segundo martes de diciembre”."""
_NUMBERED = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})(?:,|\sthe|\sdia|\sle)?\s(?P<n>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"(?!\s?(?:de\s|of\s|del\s)?{_MONTH}|\s(?:de|of|du)\s(?:next|this|ese|este|dicho|proximo|ce|mois|mes)|[/.:,-]\d|\s?(?:%|h\b|a\.?m\b|p\.?m\b|hrs?\b|horas|heures|minutes?|days?|dias?|jours|percent|per\scent|por\sciento|pour\scent|million|mil\b|tonn|[a-z]+s\b))"
)
"""A weekday with its number and no month: “Friday the 27th”, “viernes 27”."""
_AFTER_TOMORROW = re.compile(r"\b(?:the\sday\safter\stomorrow|pasado\smanana|apres-demain)\b")
_SAME_MONTH = re.compile(
    r"\b(?:dia\s|le\s|the\s|el\s)?(?P<n>\d{1,2})(?:st|nd|rd|th|er)?\s(?:del?|of|du)\s(?:ese|ese\smismo|este\smismo|dicho|mismo|propio|that|that\ssame|the\ssame|ce\smeme|meme)\s(?:mismo\s)?(?:mes|month|mois)\b"
)
"""A day of the month named before: “el 30 del mismo mes”, “on the 22nd of that month”."""
_DAY_AFTER = re.compile(
    rf"\b(?P<nth>{ordinals.FIGURES}|{ordinals.WORD})\s(?:calendar\s)?(?P<business>(?:business|working)\s)?(?:day|dia|jour)\s(?:natural\s|civil\s|(?P<habil>habil|laborable|ouvrable|ouvre)\s)?"
    r"(?:following|after|from|siguiente\s(?:al?|de)|de(?=\s(?:su|la)\spublic)|posterior\sal?|contado\sa\spartir\sde(?:l)?|suivant|apres|qui\ssuit)\s"
    r"(?:(?:the|its|this|la|su|sa|el|le|date|day|fecha|dia|jour|of|de|d'|del|cette|present[ea]?)\s){0,5}(?:publication|publicacion|proclamation|order|notice|decree|decreto|aviso|avis|signature|firma)\b"
)
"""A counted day after publication as gazettes write it: “trigésimo día siguiente al de su publicación”."""
_BARE = re.compile(r"\b(?:el|le)\s(?P<n>\d{1,2})(?=\.?$|[,;]\s(?!\d))")
"""A number alone after an article, of the month named before: “aura lieu le 9”."""
_ANY_WEEKDAY = f"(?:{'|'.join(name for name in calendar.WEEKDAYS if len(name) > 4)})"
_WEEKS_FROM = re.compile(
    rf"\b(?P<n>a|one|two|three|four)\sweeks?\sfrom\s(?:this\s|next\s)?(?P<weekday>{_ANY_WEEKDAY})\b"
    rf"|\b(?P<huit>{_ANY_WEEKDAY})\sen\s(?:huit|ocho)\b"
)
"""A weekday some weeks after the next such day: "two weeks from Tuesday", "mardi en huit"."""
_WEEKS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_ON_THE = re.compile(
    r"\b(?:(?:on|by|until|before)\sthe\s(?P<n>\d{1,2})(?:st|nd|rd|th)|(?:el|al|del)\s(?:proximo\s|mismo\s)?dia\s(?P<dia>\d{1,2})|le\s(?P<jour>\d{1,2})\s(?:prochain|courant))\b(?!\s(?:of\b|de\b|del\b|(?:(?:business|working|calendar|consecutive|full)\s)?(?:day|week|month|quarter|year)\b|habil|natural|floor|anniversary|century|round|district|hole|street|avenue|page|amendment))"
)
"""A bare number of a day: “by the 15th”, “el día 15”, “le 15 prochain”."""
NAMES = Words(
    rf"\b(?:{'|'.join(name for name in calendar.WEEKDAYS if len(name) > 5 or name in ('lunes', 'lundi', 'mardi'))})\b"
)
"""Without one of these no weekday tells anything."""
_COUNTED = ("ublica", "roclam", " order", " notice", "decre", "avis", "sign", "firma")
"""Letters without one of which no day is counted from a publication."""


def find(text: str, published: date, names: Sequence[int]) -> Iterator[Found]:
    """Yield the days that a weekday tells, worked out from the day of publication.

    `names` are the places at which NAMES matches.
    """
    for at in names:
        nth = _NTH.search(text, max(0, at - _ORDINAL), min(len(text), at + _REACH))
        day = _nth(nth, published) if nth is not None and nth.start("weekday") == at else None
        if nth is not None and day is not None:
            yield nth.start(), nth.end(), day
        match = _NUMBERED.match(text, at)
        if match is None:
            continue
        day = _numbered(int(match["n"]), calendar.WEEKDAYS[match["weekday"]], published)
        if day is not None:
            yield match.start(), match.end(), day


_ORDINAL, _REACH = 12, 60
"""Characters that an ordinal may take before its weekday, and what follows the weekday."""


def numbered(text: str, published: date, days: Sequence[date] = ()) -> Iterator[Found]:
    """Yield the days that are told by their number, or by the day they follow; `days` are written out."""
    rules: tuple[tuple[re.Pattern[str], tuple[str, ...], _Day], ...] = (
        (_SAME_MONTH, _MONTHS if days else (), lambda match: _in_month(match, days[0])),
        (_ON_THE, _OPENINGS, lambda match: _next(_number(match), published)),
        (_BARE, _OPENINGS, lambda match: _next(int(match["n"]), max([published, *days[-1:]]))),
        (_AFTER_TOMORROW, _TOMORROW, lambda _match: calendar.add_days(published, 2)),
        (_WEEKS_FROM, _WEEKS_ON, lambda match: _weeks_on(match, published)),
        (_DAY_AFTER, _COUNTED, lambda match: _counted(match, published)),
    )
    for pattern, letters, day_of in rules:
        if any(some in text for some in letters):
            for match in pattern.finditer(text):
                day = day_of(match)
                if day is not None:
                    yield match.start(), match.end(), day


_Day = Callable[[re.Match[str]], date | None]
_OPENINGS = ("n the ", "y the ", "l the ", "e the ", " dia ", "prochain", "courant", " el ", " le ")
_WEEKS_ON = ("week from", "weeks from", "en huit", "en ocho")
_MONTHS = (" mes", " month", " mois")
_TOMORROW = ("after tomorrow", "pasado manana", "apres-demain")


def _in_month(match: re.Match[str], first: date) -> date | None:
    """Return "the 8th of that same month": of the first day that the sentence writes out."""
    return calendar.day(first.year, first.month, int(match["n"]))


def _counted(match: re.Match[str], published: date) -> date | None:
    number = ordinals.value(match["nth"])
    if match["business"] or match["habil"]:
        return calendar.add_business_days(published, number)
    return calendar.add_days(published, number)


def _weeks_on(match: re.Match[str], published: date) -> date | None:
    weekday = calendar.WEEKDAYS[match["weekday"] or match["huit"]]
    day = calendar.weekday_after(published, weekday, strictly=False)
    return None if day is None else calendar.add_days(day, 7 * _WEEKS[match["n"] or "a"])


def _number(match: re.Match[str]) -> int:
    return int(match["n"] or match["dia"] or match["jour"])


def _next(number: int, published: date) -> date | None:
    """Return the next day with this number, in this month or the next two."""
    for ahead in range(3):
        month = calendar.add_months(published.replace(day=1), ahead)
        day = None if month is None else calendar.day(month.year, month.month, number)
        if day is not None and day >= published:
            return day
    return None


def _nth(match: re.Match[str], published: date) -> date | None:
    weekday, nth = calendar.WEEKDAYS[match["weekday"]], _ORDINALS[match["nth"]]
    if match["month"] is None:
        start = calendar.add_months(published, 1) if match["next"] else published
        return (
            None if start is None else calendar.nth_weekday(start.year, start.month, weekday, nth)
        )
    month = calendar.MONTHS[match["month"]]
    if match["year"]:
        return calendar.nth_weekday(int(match["year"]), month, weekday, nth)
    day = calendar.nth_weekday(published.year, month, weekday, nth)
    if day is not None and day < published:
        return calendar.nth_weekday(min(published.year + 1, 9999), month, weekday, nth)
    return day


def _numbered(number: int, weekday: int, published: date) -> date | None:
    """Return the next such day of a month that falls on the weekday, in this month or the next two."""
    for ahead in range(3):
        month = calendar.add_months(published.replace(day=1), ahead)
        day = None if month is None else calendar.day(month.year, month.month, number)
        if day is not None and day >= published and day.weekday() == weekday:
            return day
    return None
