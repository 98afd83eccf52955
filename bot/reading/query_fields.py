"""Fields of a query: ``topic:``, ``country:``, ``rate:[25 TO *]``, ``since:`` and the others."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.feed import Tier
from bot.domain.reading import DeadlineKind, Field, Lang, Span, Stage
from bot.errors import InvalidInputError
from bot.reading import countries
from bot.reading.query_document import MAX_SPANS, Compiled, Document, Found
from bot.reading.query_marks import Groups, mark, one_of_days, one_of_rates
from bot.reading.query_shape import TOPIC, one_of
from bot.reading.query_syntax import Facet, Range
from bot.reading.query_words import worded
from bot.reading.text import fold_words


def faceted(facet: Facet) -> Compiled:
    """Return the test a field asks for. Raises InvalidInputError where its value is no such thing."""
    if isinstance(facet.value, Range):
        return _ranged(facet, facet.value.bounds)
    value = facet.value.words.strip()
    if not value.strip("*"):
        return _present(facet)
    if facet.name == "title":
        return worded(facet.value, (Field.TITLE,), "title")
    find = _finders()[facet.name](facet, value)
    made = Compiled.finding(find, _needed(facet, value), sure=facet.name in _SURE)
    if facet.name == "topic" and not value.endswith("*"):
        return replace(made, shape=one_of([f" {TOPIC}{_topic_id(value)} "]))
    return made


_SURE = frozenset({"lang", "country", "imposer", "kind", "stage", "tier"})
"""Fields that match wherever the mark is; other marks stand for several values, or for a part."""


def _needed(facet: Facet, value: str) -> Groups:
    match facet.name:
        case "since":
            return one_of_days(_day(facet, value), None)
        case "before":
            return one_of_days(None, _day(facet, value))
        case "rate":
            return one_of_rates(*_compared(facet, value))
        case "source" | "agency" | "authority":
            return _named(facet.name, value)
        case _:
            return frozenset({(_meant(facet, value),)})


def _named(name: str, value: str) -> Groups:
    words = [word for word in fold_words(value).split() if name != "authority" or word not in _KIND]
    begun = value.endswith("*") and name != "authority"
    signs = [mark(name, word) for word in words]
    if signs and begun:
        signs[-1] += "*"
    return frozenset((sign,) for sign in signs)


def _meant(facet: Facet, value: str) -> str:
    if facet.name == "hts":
        return mark("hts", re.sub(r"\D", "", value)) + "*"
    if facet.name == "topic":
        return mark("topic", _topic_id(value)) + ("*" if value.endswith("*") else "")
    meant: dict[str, Callable[[Facet, str], str]] = {
        "lang": _lang_code,
        "country": _code,
        "imposer": _code,
        "kind": _kind_name,
        "stage": _stage_name,
        "tier": _tier_name,
    }
    return mark(facet.name, meant[facet.name](facet, value))


def _present(facet: Facet) -> Compiled:
    """A field with ``*``: anything will do, as long as there is something."""
    wanted: dict[str, Callable[[Document], object]] = {
        "title": lambda d: d.entry.title.strip(),
        "source": lambda d: d.entry.source.strip(),
        "topic": lambda d: d.reading.topics,
        "country": lambda d: d.reading.countries,
        "kind": lambda d: d.reading.deadlines,
        "stage": lambda d: d.reading.stage,
        "rate": lambda d: any(fact.rate_pct is not None for fact in d.reading.tariffs),
        "hts": lambda d: any(fact.hts for fact in d.reading.tariffs),
        "authority": lambda d: any(fact.authority for fact in d.reading.tariffs),
        "imposer": lambda d: any(fact.imposer for fact in d.reading.tariffs),
        "agency": lambda d: d.entry.stated is not None and d.entry.stated.agencies,
        "since": lambda d: d.entry.published,
        "before": lambda d: d.entry.published,
    }
    test = wanted.get(facet.name)
    return Compiled(lambda document: test is None or bool(test(document)))


Find = Callable[[Document], Found]
"""Returns the words that satisfy a field, none where it has none to show; None where none do."""


def _finders() -> dict[str, Callable[[Facet, str], Find]]:
    return {
        "source": _source,
        "lang": _lang,
        "topic": _topic,
        "country": _country,
        "kind": _kind,
        "stage": _stage,
        "rate": _rated,
        "hts": _hts,
        "authority": _authority,
        "agency": _agency,
        "tier": _tier,
        "imposer": _imposer,
        "since": _since,
        "before": _before,
    }


def _rated(facet: Facet, value: str) -> Find:
    return _rate(*_compared(facet, value))


def _since(facet: Facet, value: str) -> Find:
    return _published(_day(facet, value), None)


def _before(facet: Facet, value: str) -> Find:
    return _published(None, _day(facet, value))


def _yes(*, when: bool) -> Found:
    return () if when else None


def _in_order(value: str) -> re.Pattern[str]:
    prefix = r"\w*" if value.endswith("*") else ""
    words = " +".join(map(re.escape, fold_words(value).split()))
    return re.compile(rf"(?<!\w){words}{prefix}(?!\w)")


def _source(_: Facet, value: str) -> Find:
    pattern = _in_order(value)
    return lambda document: _yes(when=bool(pattern.search(fold_words(document.entry.source))))


def _one_of(facet: Facet, value: str, known: Sequence[str]) -> str:
    """Return which of the known words is meant. Raises InvalidInputError where none is."""
    wanted = fold_words(value).replace(" ", "_")
    for word in known:
        if wanted == word or (len(wanted) >= 3 and word.startswith(wanted)):
            return word
    raise InvalidInputError(
        f"{facet.name}: (character {facet.position}) knows no {value!r}. "
        f"Try: {facet.name}:{known[0]}. It can be {', '.join(known)}."
    )


_LANGS = {"english": "en", "spanish": "es", "espanol": "es", "french": "fr", "francais": "fr"}


def _lang_code(facet: Facet, value: str) -> str:
    return _one_of(facet, _LANGS.get(fold_words(value), value), [str(lang) for lang in Lang])


def _lang(facet: Facet, value: str) -> Find:
    lang = _lang_code(facet, value)
    return lambda document: _yes(when=str(document.reading.lang) == lang)


def _stage_name(facet: Facet, value: str) -> str:
    return _one_of(facet, value, [str(stage) for stage in Stage])


def _stage(facet: Facet, value: str) -> Find:
    stage = _stage_name(facet, value)
    return lambda document: _yes(when=document.reading.stage == stage)


def _tier_name(facet: Facet, value: str) -> str:
    return _one_of(facet, value, [str(tier) for tier in Tier])


def _tier(facet: Facet, value: str) -> Find:
    tier = _tier_name(facet, value)
    return lambda document: _yes(when=str(document.entry.tier) == tier)


def _topic_id(value: str) -> str:
    return fold_words(value).replace(" ", "_")


def _topic(_: Facet, value: str) -> Find:
    wanted, start = _topic_id(value), value.endswith("*")

    def test(document: Document) -> Found:
        matches = [
            match
            for match in document.reading.topics
            if match.topic == wanted or (start and match.topic.startswith(wanted))
        ]
        spans = tuple(span for match in matches for span in match.spans)[:MAX_SPANS]
        return spans if matches else None

    return test


def _kind_name(facet: Facet, value: str) -> str:
    return _one_of(facet, value, [str(kind) for kind in DeadlineKind])


def _kind(facet: Facet, value: str) -> Find:
    kind = _kind_name(facet, value)
    return lambda document: _quoted(
        document, [fact.text for fact in document.reading.deadlines if fact.kind == kind], "kind"
    )


def _country(facet: Facet, value: str) -> Find:
    code = _code(facet, value)
    return lambda document: _yes(
        when=code in document.reading.countries
        or any(code in (*fact.targets, fact.imposer) for fact in document.reading.tariffs)
    )


def _imposer(facet: Facet, value: str) -> Find:
    code = _code(facet, value)
    return lambda document: _quoted(
        document,
        [fact.text for fact in document.reading.tariffs if fact.imposer == code],
        "imposer",
    )


def _code(facet: Facet, value: str) -> str:
    code = value.upper()
    if len(code) == 2 and code.isascii() and code.isalpha():
        return "GB" if code == "UK" else code
    named = countries.mentions(value) or countries.mentions(value.title())
    if len(named) == 1:
        return named[0]
    raise InvalidInputError(
        f"{facet.name}: (character {facet.position}) wants a country or its code of two letters, "
        f"not {value!r}. Try: {facet.name}:CA"
    )


_KIND = frozenset({"section", "articulo", "article", "seccion"})
"""What an authority is, not which."""


def _authority(_: Facet, value: str) -> Find:
    wanted = set(fold_words(value).split()) - _KIND

    def test(document: Document) -> Found:
        texts = [
            fact.text
            for fact in document.reading.tariffs
            if fact.authority and wanted <= set(fold_words(fact.authority).split())
        ]
        return _quoted(document, texts, "authority")

    return test


def _agency(_: Facet, value: str) -> Find:
    pattern = _in_order(value)

    def test(document: Document) -> Found:
        stated = document.entry.stated
        agencies = stated.agencies if stated is not None else ()
        return _yes(when=any(pattern.search(fold_words(agency)) for agency in agencies))

    return test


def _hts(facet: Facet, value: str) -> Find:
    wanted = re.sub(r"[.\s*]", "", value)
    if not wanted.isdigit():
        raise InvalidInputError(
            f"hts: (character {facet.position}) wants the beginning of a code, not {value!r}. "
            "Try: hts:7208"
        )

    def test(document: Document) -> Found:
        texts = [
            fact.text
            for fact in document.reading.tariffs
            if any(code.replace(".", "").startswith(wanted) for code in fact.hts)
        ]
        return _quoted(document, texts, "hts")

    return test


def _quoted(document: Document, texts: Sequence[str], rule: str) -> Found:
    """Return where the sentences of facts stand in the entry; a sentence not found has no span."""
    if not texts:
        return None
    spans = []
    for text in dict.fromkeys(texts):
        for field in Field:
            start = document.text(field).find(text) if text else -1
            if start >= 0:
                end = start + len(text)
                spans.append(Span(field=field, start=start, end=end, text=text, rule=rule))
                break
    return tuple(spans[:MAX_SPANS])


def _ranged(facet: Facet, bounds: str) -> Compiled:
    parts = re.fullmatch(r"\s*(\S+)\s+TO\s+(\S+)\s*", bounds, re.IGNORECASE)
    if parts is None or facet.name not in {"rate", "since", "before"}:
        raise InvalidInputError(
            f"{facet.name}: (character {facet.position}) cannot take [{bounds}]. "
            "Try: rate:[25 TO *]"
        )
    low, high = parts.groups()
    if facet.name == "rate":
        bounds_ = _bound(facet, low), _bound(facet, high)
        return Compiled.finding(_rate(*bounds_), one_of_rates(*bounds_))
    since = None if low == "*" else _day(facet, low)
    before = None if high == "*" else _day(facet, high) + dt.timedelta(days=1)
    return Compiled.finding(_published(since, before), one_of_days(since, before))


def _bound(facet: Facet, value: str) -> float | None:
    return None if value == "*" else _number_of(facet, value)


def _number_of(facet: Facet, value: str) -> float:
    if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,3})?\s*%?", value):
        return float(value.rstrip("% ").replace(",", "."))
    raise InvalidInputError(
        f"rate: (character {facet.position}) wants a percentage, not {value!r}. "
        "Try: rate:25, rate:>=25, rate:[25 TO *]"
    )


def _compared(facet: Facet, value: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest rate that ``25``, ``>25``, ``>=25``, ``<25`` or ``<=25`` allows."""
    sign = re.match(r"[<>]=?|=?", value)
    mark = sign[0] if sign else ""
    rate = _number_of(facet, value[len(mark) :].strip())
    least = 1e-9 if len(mark) == 1 else 0.0
    if mark.startswith(">"):
        return rate + least, None
    if mark.startswith("<"):
        return None, rate - least
    return rate, rate


def _rate(low: float | None, high: float | None) -> Find:
    def test(document: Document) -> Found:
        texts = [
            fact.text
            for fact in document.reading.tariffs
            if fact.rate_pct is not None
            and (low is None or fact.rate_pct >= low)
            and (high is None or fact.rate_pct <= high)
        ]
        return _quoted(document, texts, "rate")

    return test


def _day(facet: Facet, value: str) -> dt.date:
    parts = re.fullmatch(r"((?:19|20|21)\d\d)(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?", value)
    try:
        if parts:
            return dt.date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        pass  # a 30th of February is told like any other value that is no date
    raise InvalidInputError(
        f"{facet.name}: (character {facet.position}) wants a date, not {value!r}. "
        f"Try: {facet.name}:2026-07-01"
    )


def _published(since: dt.date | None, before: dt.date | None) -> Find:
    def test(document: Document) -> Found:
        moment = document.entry.published or document.entry.updated
        if moment is None:
            return None
        day = moment.astimezone(dt.UTC).date()
        return _yes(when=(since is None or day >= since) and (before is None or day < before))

    return test
