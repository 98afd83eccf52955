"""Words that stand for what was read of an entry, so that a full-text index can look for that too.

They are put behind an entry's folded text; no text holds such words by itself. As all that a query
needs, they only preselect: the evaluator decides.
"""

import re
from collections.abc import Iterator

from bot.domain.entry import Entry
from bot.domain.reading import Reading

_PREFIX = "zq"
_NO_LETTER = re.compile(r"[^a-z0-9]")


def mark(name: str, value: str = "") -> str:
    """Return the word for a field's value, such as ``zqlanges``; letters and digits only."""
    return _PREFIX + _NO_LETTER.sub("", f"{name}{value}".lower())


def marks(entry: Entry, reading: Reading) -> str:
    """Return the words for everything a field of a query may ask of an entry, joined by blanks."""
    return " ".join(sorted(set(_marks(entry, reading))))


def _marks(entry: Entry, reading: Reading) -> Iterator[str]:
    yield mark("lang", reading.lang)
    yield mark("tier", entry.tier)
    yield from (mark("topic", topic) for topic in reading.topic_names)
    yield from (mark("country", country) for country in reading.countries)
    yield from (mark("kind", fact.kind) for fact in reading.deadlines)
    if reading.stage is not None:
        yield mark("stage", reading.stage)
    if entry.stated is not None and entry.stated.agencies:
        yield mark("agency")
    for fact in reading.tariffs:
        yield from (mark("country", country) for country in fact.targets)
        if fact.imposer is not None:
            yield mark("imposer", fact.imposer)
            yield mark("country", fact.imposer)
        if fact.rate_pct is not None:
            yield mark("rate")
        if fact.hts:
            yield mark("hts")
        if fact.authority:
            yield mark("authority")
