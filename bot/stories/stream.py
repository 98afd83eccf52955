"""Clustering a stream of documents, by the same function that the pipeline uses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Reading
from bot.reading.entry_rows import entry_of_row
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

    For the shape of a document see `entry_of_row`. Stories are named ``s1``, ``s2`` … in the order
    in which they begin.
    """
    index = StoryIndex()
    stories = 0
    for number, document in enumerate(documents, start=1):
        entry = entry_of_row(document, number, strict=False)
        seen_at = entry.published or _UNDATED + number * _APART
        mark = fingerprint.of(entry, read(entry, seen_at), seen_at)
        place = assign(mark, index, owner=None, now=seen_at).story_id
        if place is None:
            stories += 1
            place = StoryId(stories)
        index.add(EntryId(number), place, None, mark, seen_at)
        yield document.get("id", number), f"s{place}"
