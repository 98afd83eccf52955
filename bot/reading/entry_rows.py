"""JSON rows as entries: the one shape that `read --json` and `cluster --json` take."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.domain.entry import Entry
from bot.reading.markup import as_plain


def entry_of_row(row: Mapping[str, object], number: int, *, strict: bool) -> Entry:
    """Return the entry that a row describes; `number` is its id where the row has none.

    The row has any of ``id title summary content lang published url source``; ``text`` is another
    word for ``content``, other keys are ignored. Mark-up is made plain; spans then point into the
    plain text. A date is one of ISO 8601 or of a mail header, in UTC where it names no zone.

    Where a text is no text or a date no date, `strict` raises ValueError; otherwise the text is
    taken as it is written and the date as unknown, so that one odd row ends no stream.
    """
    given = {key: _text(row, key, strict=strict) for key in _TEXTS}
    published = _moment(given["published"])
    if strict and given["published"] and published is None:
        raise ValueError(
            f"published must be a date such as 2026-11-20, not {given['published'][:40]!r}"
        )
    return Entry(
        guid=_text(row, "id", strict=False) or str(number),
        url=given["url"] or None,
        title=as_plain(given["title"]),
        summary=as_plain(given["summary"]),
        content=as_plain(given["content"]) or as_plain(given["text"]),
        published=published,
        lang=given["lang"] or None,
        source=given["source"],
    )


_TEXTS = ("url", "title", "summary", "content", "text", "published", "lang", "source")


def _text(row: Mapping[str, object], key: str, *, strict: bool) -> str:
    value = row.get(key)
    if strict and not isinstance(value, str | None):
        raise ValueError(f"{key} must be text, not {type(value).__name__}")
    return "" if value is None else str(value)


def _moment(stated: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(stated)
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment
    return None
