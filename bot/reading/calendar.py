"""Months, weekdays, holidays and day arithmetic in three languages.

Names are in the folded form that `even` makes. The day a text was published is day 0; business
days are Monday to Friday, holidays not considered.
"""

import calendar as _calendar
from datetime import date, timedelta

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12, "enero": 1, "ene": 1, "febrero": 2, "marzo": 3, "abril": 4, "abr": 4, "mayo": 5,
    "junio": 6, "julio": 7, "agosto": 8, "ago": 8, "septiembre": 9, "setiembre": 9, "octubre": 10,
    "noviembre": 11, "diciembre": 12, "dic": 12, "janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2,
    "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip

WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4,
    "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
}  # fmt: skip

HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "independence day": (7, 4), "fourth of july": (7, 4), "canada day": (7, 1),
    "ano nuevo": (1, 1), "nochebuena": (12, 24), "navidad": (12, 25),
    "nochevieja": (12, 31), "jour de l'an": (1, 1), "nouvel an": (1, 1), "noel": (12, 25),
    "saint-sylvestre": (12, 31), "fete du canada": (7, 1), "dia de reyes": (1, 6),
    "reyes magos": (1, 6), "epiphany": (1, 6), "epiphanie": (1, 6), "candelaria": (2, 2),
    "valentine's day": (2, 14), "san valentin": (2, 14), "saint-valentin": (2, 14),
    "patrick's day": (3, 17), "dia del trabajo": (5, 1), "juneteenth": (6, 19),
    "saint-jean-baptiste": (6, 24), "todos los santos": (11, 1), "toussaint": (11, 1),
    "dia de muertos": (11, 2), "dia de los muertos": (11, 2), "veterans day": (11, 11),
    "remembrance day": (11, 11), "jour du souvenir": (11, 11),
}  # fmt: skip
MOVABLE = {
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4), "accion de gracias": (11, 3, 4),
    "labor day": (9, 0, 1), "labour day": (9, 0, 1), "memorial day": (5, 0, -1),
    "presidents' day": (2, 0, 3), "martin luther king day": (1, 0, 3), "family day": (2, 0, 3),
    "columbus day": (10, 0, 2), "action de grace": (10, 0, 2), "fete du travail": (9, 0, 1),
}  # fmt: skip
"""Month, weekday, and which of that month's, -1 the last. Thanksgiving is that of the United States, in French
that of Canada."""

FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "jueves santo": -3,
    "viernes santo": -2, "domingo de pascua": 0, "pascua": 0, "paques": 0, "lundi de paques": 1,
    "vendredi saint": -2,
}  # fmt: skip
"""Days counted from Easter Sunday."""


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def next_occurrence(month: int, number: int, published: date) -> date | None:
    """The first such day not before `published`; None where no year within four has it."""
    for year in range(published.year, min(published.year + 5, 9999)):
        found = day(year, month, number)
        if found is not None and found >= published:
            return found
    return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The first, second … such weekday of a month, -1 the last; None where there is no such."""
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def holiday(name: str, published: date) -> date | None:
    """The next day of that name, the day of publication included."""
    if name in HOLIDAYS:
        return next_occurrence(*HOLIDAYS[name], published)
    for year in range(published.year, min(published.year + 2, 9999)):
        if name in FROM_EASTER:
            found = add_days(easter(year), FROM_EASTER[name])
        else:
            found = nth_weekday(year, *MOVABLE[name])
        if found is not None and found >= published:
            return found
    return None


def easter(year: int) -> date:
    """Easter Sunday of the Western churches, by Butcher's rule for the Gregorian calendar.

    Source: J. Meeus, Astronomical Algorithms, chapter 8.
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, number = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, number + 1)


def last_occurrence(month: int, number: int, published: date) -> date | None:
    """The latest such day not after `published`; None where no year within four has it."""
    for year in range(published.year, max(published.year - 5, 1), -1):
        found = day(year, month, number)
        if found is not None and found <= published:
            return found
    return None


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, _calendar.monthrange(year, month)[1])


def add_days(start: date, days: int) -> date | None:
    """`start` plus days; None beyond the calendar's end."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def add_business_days(start: date, days: int) -> date | None:
    """`start` plus Monday-to-Friday days; `days` is small, at most a few hundred."""
    found: date | None = start
    for _ in range(days):
        found = _next_business_day(found)
    return found


def _next_business_day(start: date | None) -> date | None:
    found = None if start is None else add_days(start, 1)
    while found is not None and found.weekday() >= 5:
        found = add_days(found, 1)
    return found


def add_months(start: date, months: int) -> date | None:
    """`start` plus months, the day cut to the length of the month reached."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, _calendar.monthrange(year, month + 1)[1]))


def weekday_after(published: date, weekday: int, *, strictly: bool) -> date | None:
    """The next such weekday; `strictly` leaves out the day of publication itself."""
    ahead = (weekday - published.weekday()) % 7
    return add_days(published, 7 if ahead == 0 and strictly else ahead)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of the quarter (1-4)."""
    return month_end(year, quarter * 3)
