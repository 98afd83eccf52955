"""What `read` takes and gives: a text as an entry, a reading as a row."""

from bot.domain.entry import Entry
from bot.domain.reading import Reading, Span, TopicMatch
from bot.reading.fact_rows import deadline_row, tariff_row
from bot.reading.markup import as_plain

_TITLE_LONGEST = 200


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
