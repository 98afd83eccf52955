"""The JSON lines of `read --json`: a row to an entry, a reading to a row."""

import datetime as dt
from collections.abc import Mapping

from bot.domain.entry import Entry
from bot.domain.reading import Reading, Span, TopicMatch
from bot.reading.fact_rows import deadline_row, tariff_row
from bot.reading.markup import as_plain

_TITLE_LONGEST = 200


def entry_of_row(row: object, number: int) -> Entry:
    """Return the entry a row describes.

    The row has `id` and any of `title summary content lang published url source`; other keys are
    ignored. Text with mark-up is made plain first; spans then point into the plain text. Raises
    ValueError where the row is no object, a text is no text, or the date no date.
    """
    if not isinstance(row, Mapping):
        raise ValueError("a line must be a JSON object")  # noqa: TRY004 - bad input, not a mistake
    return Entry(
        guid=str(row.get("id", number)),
        url=_text(row, "url") or None,
        title=_plain(row, "title"),
        summary=_plain(row, "summary"),
        content=_plain(row, "content") or _plain(row, "text"),
        published=_moment(_text(row, "published")),
        lang=_text(row, "lang") or None,
        source=_text(row, "source"),
    )


def entry_of_text(text: str) -> Entry:
    """Return a text as an entry: a short first line is its title."""
    plain = as_plain(text)
    first, _, rest = plain.strip().partition("\n")
    if rest.strip() and len(first) <= _TITLE_LONGEST:
        return Entry(guid="text", title=first.strip(), content=rest.strip())
    return Entry(guid="text", content=plain.strip())


def row_of_reading(entry_id: object, reading: Reading) -> dict[str, object]:
    """Return a reading, JSON-ready."""
    return {
        "id": entry_id,
        "lang": str(reading.lang),
        "topics": [_topic(match) for match in reading.topics],
        "deadlines": [deadline_row(fact) for fact in reading.deadlines],
        "tariffs": [tariff_row(fact) for fact in reading.tariffs],
        "stage": None if reading.stage is None else str(reading.stage),
        "summary": reading.summary,
    }


def _topic(match: TopicMatch) -> dict[str, object]:
    spans = [_span(span) for span in match.spans]
    return {"topic": match.topic, "score": round(match.score, 3), "spans": spans}


def _span(span: Span) -> dict[str, object]:
    return {
        "field": str(span.field),
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "rule": span.rule,
    }


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text, not {type(value).__name__}")  # noqa: TRY004
    return value


def _plain(row: Mapping[str, object], key: str) -> str:
    return as_plain(_text(row, key))


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"published must be a date such as 2026-11-20, not {text[:40]!r}"
        ) from None
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=dt.UTC)
