"""Many feeds at once: every sound row is stored in one transaction, or none where that fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.feed import FeedKind, FeedSpec, Origin, Tier
from bot.ports import Clock, Store
from bot.services import feed_addresses
from bot.services.feed_changes import FeedChanges, FeedWish, Owner
from bot.services.feed_refusals import FeedRefusedError

_CHUNK = 50
"""Rows stored at once."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


class Row(Protocol):
    """A row of a list of feeds."""

    @property
    def number(self) -> int:
        """Its place in the list."""
        ...

    @property
    def url(self) -> str:
        """As it is written there."""
        ...

    @property
    def name(self) -> str:
        """Empty where the list gives none."""
        ...

    @property
    def lang(self) -> str | None:
        """The list's word about its language."""
        ...

    @property
    def tier(self) -> Tier | None:
        """The list's word about its tier."""
        ...

    @property
    def kind(self) -> FeedKind | None:
        """The list's word about its reader."""
        ...

    @property
    def interval(self) -> int | None:
        """Seconds, where the list says them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken, and why."""

    number: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a list."""

    added: tuple[str, ...]
    """The keys of the new feeds."""
    here: int
    """Rows whose feed was here already, or stood further up in another spelling."""
    refused: tuple[RefusedRow, ...]


class FeedImport:
    """Takes a list of feeds."""

    def __init__(self, store: Store, clock: Clock, changes: FeedChanges) -> None:
        self._store = store
        self._clock = clock
        self._changes = changes

    async def take(
        self, rows: Sequence[Row], otherwise: FeedWish, owner: Owner, progress: Progress
    ) -> Imported:
        """Store the rows' feeds; `otherwise` stands in for what a row does not say.

        Addresses are judged by what is written in them; none is asked before its first poll.
        """
        sound: list[tuple[Row, str]] = []
        refused: list[RefusedRow] = []
        for row in rows:
            try:
                sound.append((row, self._changes.sound(row.url)))
            except FeedRefusedError as error:
                refused.append(RefusedRow(number=row.number, name=row.name, reason=str(error)))
        now = self._clock.now()
        added: list[str] = []
        async with self._store.begin() as uow:
            feeds = await uow.feeds.listed(owner.tenant)
            here = {feed_addresses.comparable(feed.spec.url) for feed in feeds}
            for start in range(0, len(sound), _CHUNK):
                chunk = sound[start : start + _CHUNK]
                specs = [
                    _spec(row, url, otherwise, owner)
                    for row, url in chunk
                    if _is_new(feed_addresses.comparable(url), here)
                ]
                added += await uow.feeds.add_all(specs, now)
                progress(start + len(chunk), len(sound))
            if added:
                await uow.audit.add(owner.by, "import feeds", f"{len(added)} feeds", now)
        return Imported(added=tuple(added), here=len(sound) - len(added), refused=tuple(refused))


def _is_new(address: str, here: set[str]) -> bool:
    """Whether an address was not seen before; from now on it was."""
    if address in here:
        return False
    here.add(address)
    return True


def _spec(row: Row, url: str, otherwise: FeedWish, owner: Owner) -> FeedSpec:
    name = row.name or feed_addresses.host_name(url)
    return FeedSpec(
        key=feed_addresses.key_for(row.name, url),
        name=name,
        url=url,
        lang=row.lang or otherwise.lang or "en",
        tier=row.tier or otherwise.tier,
        kind=row.kind or otherwise.kind or feed_addresses.kind_of(url),
        interval=row.interval or otherwise.interval,
        owner=owner.tenant,
        origin=Origin.CHAT,
    )
