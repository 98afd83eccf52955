"""Words that stand for what was read of an entry, so that a full-text index can look for that too.

They are put behind an entry's folded text; hardly any text holds such words by itself. As all that a
query needs, they only preselect: the evaluator decides.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from bot.domain.entry import Entry
from bot.domain.reading import Reading, TariffFact
from bot.reading.query_ranges import day_names, days_between, rate_names, rates_between
from bot.reading.text import fold_words

_PREFIX = "zq"
_TITLE = "zt"
MARKS = (f" {_PREFIX}", f" {_TITLE}")
"""What begins words that could be taken for marks, with the blank before them."""
_NO_LETTER = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=4_096)
def mark(name: str, value: str = "") -> str:
    """Return the word for a field's value, such as ``zqlanges``; letters and digits only."""
    return _PREFIX + _NO_LETTER.sub("", f"{name}{value}".lower())


Groups = frozenset[tuple[str, ...]]
"""Of each group an entry has a mark where a field can match."""


def one_of_days(since: dt.date | None, before: dt.date | None) -> Groups:
    """Return the marks of which entries of the days from `since` to before `before` have one."""
    return frozenset({tuple(mark(name) for name in days_between(since, before))})


def one_of_rates(low: float | None, high: float | None) -> Groups:
    """Return the marks of which entries with a rate from `low` to `high` per cent have one."""
    return frozenset({tuple(mark("rate", name) for name in rates_between(low, high))})


def looks_marked(word: str) -> bool:
    """Whether a word that somebody typed could be taken for a mark."""
    return word.lstrip().startswith((_PREFIX, _TITLE))


def may_be_mark(sign: str) -> bool:
    """Whether a typed word, or any word with a typed beginning, could be a mark."""
    stem = sign.removesuffix("*")
    return looks_marked(stem) or (sign.endswith("*") and _PREFIX.startswith(stem[:1] or "z"))


def in_title(sign: str) -> str:
    """Return the sign that stands for the same words in the title."""
    words = " ".join(_TITLE + word for word in sign.split())
    return f" {words}{' ' if sign.endswith(' ') else ''}" if sign.startswith(" ") else words


def spoken(sign: str) -> str:
    """Return the words of a sign as they stand in a text; nothing for what was read of it."""
    words = sign.removesuffix("*").split()
    return " ".join(word.removeprefix(_TITLE) for word in words if not word.startswith(_PREFIX))


def title_marks(words: str) -> str:
    """Return a mark for every word of the title, given folded as for search, joined by blanks."""
    return _TITLE + words.replace(" ", f" {_TITLE}") if words else ""


def marks(entry: Entry, reading: Reading) -> str:
    """Return the words for everything a field of a query may ask of an entry, joined by blanks."""
    return " ".join(sorted(set(_marks(entry, reading))))


def _marks(entry: Entry, reading: Reading) -> list[str]:
    found = [mark("lang", reading.lang), mark("tier", entry.tier), *_worded("source", entry.source)]
    moment = entry.published or entry.updated
    if moment is not None:
        found += map(mark, day_names(moment))
    found += [mark("topic", match.topic) for match in reading.topics]
    found += [mark("country", country) for country in reading.countries]
    found += [mark("kind", fact.kind) for fact in reading.deadlines]
    if reading.stage is not None:
        found.append(mark("stage", reading.stage))
    for agency in entry.stated.agencies if entry.stated is not None else ():
        found += (mark("agency"), *_worded("agency", agency))
    for fact in reading.tariffs:
        found += _of_tariff(fact)
    return found


@lru_cache(maxsize=64)
def _worded(name: str, value: str) -> tuple[str, ...]:
    """Return a mark for every word of a value that many entries share."""
    return tuple(mark(name, word) for word in fold_words(value).split())


def _of_tariff(fact: TariffFact) -> Iterator[str]:
    yield from (mark("country", country) for country in fact.targets)
    if fact.imposer is not None:
        yield mark("imposer", fact.imposer)
        yield mark("country", fact.imposer)
    if fact.rate_pct is not None:
        yield mark("rate")
        yield from (mark("rate", name) for name in rate_names(fact.rate_pct))
    for code in fact.hts:
        yield mark("hts")
        yield mark("hts", code)
    if fact.authority:
        yield mark("authority")
        yield from _worded("authority", fact.authority)
