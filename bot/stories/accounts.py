"""What a story's members add up to, kept so that one more costs the same however many there are.

Each account gives the same for the same members, in whatever order they come.
"""

from bisect import bisect_left, insort
from collections import Counter
from datetime import datetime
from operator import itemgetter

from bot.domain.feed import Tier
from bot.domain.ids import EntryId
from bot.domain.reading import DeadlineFact, Stage, TariffFact
from bot.domain.story import Conflict, Member, Source
from bot.stories.merging import merged_deadlines, merged_tariffs

Rank = tuple[int, float, EntryId]
"""The better source first, then the earlier, then the first stored."""

_AFTER_FORCE = frozenset({Stage.SUSPENDED, Stage.STAYED, Stage.REVOKED})
_CLAIMS = 300
"""So many different accounts of the facts are compared: those of the best sources."""


class Sources:
    """One for each publisher: its best entry."""

    __slots__ = ("_best", "_ranked", "_told")

    def __init__(self) -> None:
        self._best: dict[str, Rank] = {}
        self._ranked: list[tuple[Rank, Source]] = []
        self._told: tuple[Source, ...] | None = None

    def add(self, rank: Rank, name: str, source: Source) -> None:
        """Take an entry of the publisher with that name, by which others are the same."""
        known = self._best.get(name)
        if known is not None:
            if known <= rank:
                return
            del self._ranked[bisect_left(self._ranked, known, key=itemgetter(0))]
        self._best[name] = rank
        insort(self._ranked, (rank, source), key=itemgetter(0))
        self._told = None

    def ranked(self) -> tuple[Source, ...]:
        """Return the sources, best first."""
        if self._told is None:
            self._told = tuple([source for _, source in self._ranked])
        return self._told


class Stages:
    """How far the event has come: stages only advance, unless an official source resumes."""

    __slots__ = ("_told", "stage")

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self._told: list[tuple[datetime, EntryId, Stage, bool]] = []

    def add(self, member: Member) -> None:
        """Take what a member says, at its place in time."""
        told = member.reading.stage
        if told is None:
            return
        official = member.entry.tier is Tier.OFFICIAL
        one = (member.entry.published or member.seen_at, member.entry_id, told, official)
        place = bisect_left(self._told, one[:2], key=itemgetter(0, 1))
        self._told.insert(place, one)
        if place == len(self._told) - 1:
            self.stage = _advanced(self.stage, told, official=official)
        elif not place or self._told[place - 1][2:] != one[2:]:  # else it only repeats
            self.stage = None
            for _, _, said, by_official in self._told:
                self.stage = _advanced(self.stage, said, official=by_official)


def _advanced(stage: Stage | None, told: Stage, *, official: bool) -> Stage:
    if stage is None or told.rank > stage.rank or (official and stage in _AFTER_FORCE):
        return told
    return stage


class Claims:
    """The facts that members state; of those that state the same, the best source speaks."""

    __slots__ = ("_best", "_told")

    def __init__(self) -> None:
        self._best: dict[tuple[object, ...], tuple[Rank, Member]] = {}
        self._told: Facts | None = None

    def add(self, rank: Rank, member: Member) -> None:
        """Take what a member states."""
        claim = _claim(member)
        if claim is None:
            return
        known = self._best.get(claim)
        if known is not None and known[0] <= rank:
            return
        self._best[claim] = (rank, member)
        self._told = None
        if len(self._best) > _CLAIMS:
            del self._best[max(self._best, key=lambda one: self._best[one][0])]

    def facts(self) -> "Facts":
        """Return the deadlines, the tariffs and what the sources disagree on."""
        if self._told is None:
            ranked = [member for _, member in sorted(self._best.values(), key=itemgetter(0))]
            deadlines, dates = merged_deadlines(ranked)
            tariffs, rates = merged_tariffs(ranked)
            self._told = deadlines, tariffs, (*rates, *dates)
        return self._told


Facts = tuple[tuple[DeadlineFact, ...], tuple[TariffFact, ...], tuple[Conflict, ...]]


def _claim(member: Member) -> tuple[object, ...] | None:
    """Return what a member states, apart from its words; None where it states nothing."""
    reading = member.reading
    if not reading.deadlines and not reading.tariffs:
        return None
    deadlines = [(f.kind, f.date, f.time, f.zone, f.replaces) for f in reading.deadlines]
    tariffs = [
        (
            *(f.action, f.rate_pct, f.previous_rate_pct, f.imposer, f.targets, f.products),
            *(f.hts, f.authority, f.exemptions, f.effective_date),
        )
        for f in reading.tariffs
    ]
    return (tuple(deadlines), tuple(tariffs))


class Votes:
    """Names by what all members give them together."""

    __slots__ = ("_votes",)

    def __init__(self) -> None:
        self._votes: Counter[str] = Counter()

    def add(self, name: str, weight: int) -> None:
        """Give a name some weight more."""
        self._votes[name] += weight

    def ranked(self) -> tuple[str, ...]:
        """Return the names, the heaviest first."""
        votes = self._votes
        return tuple(sorted(votes, key=lambda name: (-votes[name], name)))
