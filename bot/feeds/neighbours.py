"""Which entries that were seen share a guid with one that was not: found without reading them all.

Whether a guid identifies shows only beside the other entries of the document. Those were cut out, so
their bytes are searched for it, and the few that hold it are read again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from bot.domain.entry import Entry
from bot.feeds.cutting import Cut

_SHORT = 6
_IN_FRONT = tuple(bytes([char]) for char in b">[\"' \n\r\t")
"""What a guid or a link stands behind: a tag, CDATA, the quote of an attribute, a blank."""
_BEHIND = tuple(bytes([char]) for char in b"<]\"' \n\r\t")
_SEARCHED = 300_000_000
"""Bytes looked through in one document, which is a tenth of a second."""
_MOST_PLACES = 2_000
"""Places looked at in one document: a guid of one digit stands everywhere."""
_MOST = 100


def sharing_guid(document: Cut, seen: Sequence[int], entries: Sequence[Entry]) -> list[int]:
    """Return which of the `seen` entries may have the guid of one of `entries`."""
    guids = {entry.guid for entry in entries}
    if not seen or len(guids) * len(document.data) > _SEARCHED:
        return []
    starts = [start for start, _ in document.ranges]
    cut_out, found = set(seen), set[int]()
    for place in _places(document.data, guids, starts[0]):
        index = bisect_right(starts, place) - 1
        if index in cut_out and place < document.ranges[index][1]:
            found.add(index)
        if len(found) >= _MOST:
            break
    return sorted(found)


def _places(data: bytes, guids: Iterable[str], begin: int) -> Iterable[int]:
    """Yield where the guids stand by themselves."""
    looked = 0
    for guid in sorted(guids):
        text = escape(guid).encode("utf-8", "replace")
        # in front of a short one its surroundings are looked for as well: it stands in many words
        for front in _IN_FRONT if len(text) < _SHORT else (b"",):
            place = data.find(front + text, begin)
            while place != -1 and looked < _MOST_PLACES:
                looked += 1
                start = place + len(front)
                end = start + len(text)
                if data[start - 1 : start] in _IN_FRONT and data[end : end + 1] in _BEHIND:
                    yield start
                place = data.find(front + text, end)
