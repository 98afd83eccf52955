"""Clustering a stream of documents, by the same function that the pipeline uses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Reading
from bot.reading.markup import as_plain
from bot.stories import fingerprint
from bot.stories.cluster import assign
from bot.stories.index import StoryIndex

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_APART = timedelta(minutes=10)
"""A document without a date is taken to come so long after the one before it: about the pace at
which a day's relevant entries come."""


def cluster_stream(
    documents: Iterable[Mapping[str, object]], read: Callable[[Entry, datetime], Reading]
) -> Iterator[tuple[object, str]]:
    """Yield ``(id, story)`` for each document, placed knowing only those before it.

    The id comes back as it was given; a document without one has its number.

    A document has ``id`` and any of ``title summary content text lang published url source``;
    ``text`` is another word for ``content``; mark-up is made plain, other keys are ignored. Stories
    are named ``s1``, ``s2`` … in the order in which they begin.
    """
    index = StoryIndex()
    stories = 0
    for number, document in enumerate(documents, start=1):
        entry = entry_of(document, number)
        seen_at = entry.published or _UNDATED + number * _APART
        mark = fingerprint.of(entry, read(entry, seen_at), seen_at)
        place = assign(mark, index, owner=None, now=seen_at).story_id
        if place is None:
            stories += 1
            place = StoryId(stories)
        index.add(EntryId(number), place, None, mark, seen_at)
        yield document.get("id", number), f"s{place}"


def entry_of(document: Mapping[str, object], number: int) -> Entry:
    """Return a JSON document as an entry; a date that cannot be read is none."""
    return Entry(
        guid=_text(document, "id") or str(number),
        url=_text(document, "url") or None,
        title=as_plain(_text(document, "title")),
        summary=as_plain(_text(document, "summary")),
        content=as_plain(_text(document, "content") or _text(document, "text")),
        published=_moment(_text(document, "published")),
        lang=_text(document, "lang") or None,
        source=_text(document, "source"),
    )


def _moment(stated: str) -> datetime | None:
    """Return a date of ISO 8601 or of a mail header; without a zone it is UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(stated)
            return moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment
        except ValueError:
            continue
    return None


def _text(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    return "" if value is None else str(value)
