"""Shadow rules: each entry that comes is read by them too, and the difference is noted.

Nothing of it is ever told: only `backtest --shadow` shows it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain.entry import Entry
from bot.domain.ids import EntryId
from bot.domain.reading import Reading
from bot.domain.shadow import Difference
from bot.ports import UnitOfWork

Topics = Callable[[Entry, Reading, datetime], frozenset[str]]
"""The topics of an entry by the shadow rules, beside its reading by the live ones."""

Read = tuple[Entry, Reading]


class Shadow:
    """Reads entries by rules that are not live."""

    def __init__(self, version: str, topics: Topics) -> None:
        """`version` is that of the rules `topics` reads by."""
        self._version = version
        self._topics = topics

    async def compare(self, read: Sequence[Read], now: datetime) -> dict[str, Difference]:
        """Return by guid what the shadow rules read otherwise; works in a thread, entry by entry."""
        found: dict[str, Difference] = {}
        for entry, reading in read:
            theirs = await asyncio.to_thread(self._topics, entry, reading, now)
            ours = reading.topic_names
            if theirs != ours:
                found[entry.guid] = Difference(gained=theirs - ours, lost=ours - theirs)
        return found

    async def note(
        self, uow: UnitOfWork, ids: Mapping[str, EntryId], found: Mapping[str, Difference]
    ) -> None:
        """Store the differences of entries that were just stored, by guid."""
        differences = {ids[guid]: each for guid, each in found.items() if guid in ids}
        await uow.rules.note(self._version, len(ids), differences)
