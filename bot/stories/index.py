"""The entries of the window in memory, so that a new entry meets only the stories like it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from operator import attrgetter

from bot.domain.ids import EntryId, StoryId, Tenant
from bot.stories.fingerprint import Fingerprint
from bot.stories.profile import Profile, Sought

WINDOW = timedelta(days=5)
"""A story takes entries until nothing was added to it for so long; late ones count alike."""
_VISITS = 2_500
"""How many postings one search may look at, rarest terms first: this bounds its cost."""
_ROUGH = 40
"""Stories that share most of the entry's rare terms: their likeness is worked out roughly."""
_BEST = 10
"""The likest of them are returned."""
_SHOWN = 12
_KEPT = 5
"""From so many entries on a story keeps its profile; before, making it anew costs little."""
_DRAWN = 512
"""Small stories whose profile is kept: the same few are compared with many entries in a row."""
_EXACT_SHOWN = 8
"""How many stories with the same link, text or title are looked at: the newest."""
_EXACT = 10_000
_TEXT, _URL = attrgetter("text"), attrgetter("url")


class Gathered:
    """A story as the index holds it: its entries and what they add up to."""

    __slots__ = ("_exact", "_profile", "broad", "entries", "first", "last", "story_id")

    def __init__(self, story_id: StoryId) -> None:
        self.story_id = story_id
        self.entries: dict[EntryId, Fingerprint] = {}
        self.first = datetime.max.replace(tzinfo=UTC)
        """When its oldest entry was published."""
        self.last = datetime.min.replace(tzinfo=UTC)
        """When its newest entry was published."""
        self.broad = False
        """Whether one of its entries is about many events."""
        self._profile: Profile | None = None
        self._exact: set[str] = set()
        """With the profile, the links and texts of its entries."""

    def add(self, entry_id: EntryId, mark: Fingerprint) -> None:
        """Take an entry in."""
        self.entries[entry_id] = mark
        self.first = min(self.first, mark.at)
        self.last = max(self.last, mark.at)
        self.broad = self.broad or mark.broad
        if self._profile is not None:
            self._profile.add(mark)
            self._exact.update((mark.text, mark.url))
        elif len(self.entries) >= _KEPT:
            marks = self.entries.values()
            self._profile = Profile(marks)
            self._exact = {*map(_TEXT, marks), *map(_URL, marks)}

    def silent_for(self, at: datetime) -> timedelta:
        """Return how far that moment lies from the time in which the story was told."""
        return max(timedelta(), at - self.last, self.first - at)

    def open_at(self, at: datetime) -> bool:
        """Whether it takes an entry of that moment."""
        return at - self.last <= WINDOW and self.first - at <= WINDOW

    @property
    def small(self) -> bool:
        """Whether its profile is made anew each time it is asked for."""
        return self._profile is None

    def profile(self) -> Profile:
        """Return what its entries add up to; that of a few entries is kept only for a while."""
        return self._profile or _drawn(self, len(self.entries))

    def has_text(self, text: str) -> bool:
        """Whether an entry reads exactly so; False for a text too short to have a hash."""
        return bool(text) and (
            text in self._exact if self._profile else text in map(_TEXT, self.entries.values())
        )

    def has_url(self, url: str) -> bool:
        """Whether an entry stands under this link; False where there is none."""
        return bool(url) and (
            url in self._exact if self._profile else url in map(_URL, self.entries.values())
        )

    def shown(self) -> list[Fingerprint]:
        """Return the first entry and the newest ones, for comparison with one at a time."""
        marks = list(islice(self.entries.values(), 1))
        marks += islice(reversed(self.entries.values()), min(_SHOWN, len(self.entries) - 1))
        return marks

    def cosine(self, terms: Mapping[str, float]) -> float:
        """Return how like the story's terms are to these, whose squares add up to one."""
        if self._profile is not None:
            sums = self._profile.sums
            shared = [weight * sums[term] for term, weight in terms.items() if term in sums]
            return sum(shared) / self._profile.length
        return max([_cosine(mark, terms) for mark in self.entries.values()])

    def without(self, gone: frozenset[EntryId]) -> "Gathered":
        """Return the story as if these entries had never come."""
        story = Gathered(self.story_id)
        for entry_id, mark in self.entries.items():
            if entry_id not in gone:
                story.add(entry_id, mark)
        return story


def _cosine(mark: Fingerprint, terms: Mapping[str, float]) -> float:
    pairs = zip(mark.terms, mark.weights, strict=True)
    dot = sum([terms[term] * weight for term, weight in pairs if term in terms])
    return dot / mark.length


@lru_cache(maxsize=_DRAWN)
def _drawn(story: Gathered, entries: int) -> Profile:
    """Return the profile of a story that has so many entries by now."""
    del entries  # part of the key: a story that grew is drawn anew
    return Profile(story.entries.values())


class _Shelf:
    """The stories of one owner, found by term, link, title and text."""

    def __init__(self) -> None:
        self.stories: dict[StoryId, Gathered] = {}
        self._postings: dict[str, list[StoryId]] = {}

    def add(self, story_id: StoryId, entry_id: EntryId, mark: Fingerprint) -> None:
        story = self.stories.get(story_id)
        if story is None:
            story = self.stories[story_id] = Gathered(story_id)
        story.add(entry_id, mark)
        self._post(story_id, mark)

    def _post(self, story_id: StoryId, mark: Fingerprint) -> None:
        for key in (*mark.terms, *_exact_keys(mark)):
            listed = self._postings.setdefault(key, [])
            if not listed or listed[-1] != story_id:
                listed.append(story_id)

    def search(self, sought: Sought) -> list[tuple[Gathered, float]]:
        mark, terms = sought.mark, sought.terms
        scores = self._scores(mark)
        alive = list(islice(self._alive(_ranked(scores), mark.at), _ROUGH))
        likest = [
            (scores[story.story_id] < _EXACT, -story.cosine(terms), place)
            for place, story in enumerate(alive)
        ]
        return [(alive[place], -cosine) for _, cosine, place in sorted(likest)[:_BEST]]

    def _scores(self, mark: Fingerprint) -> dict[StoryId, int]:
        """Return what the terms weigh that each story shares with the entry."""
        scores: dict[StoryId, int] = {}
        for key in _exact_keys(mark):
            for story_id in self._postings.get(key, ())[-_EXACT_SHOWN:]:
                scores[story_id] = scores.get(story_id, 0) + _EXACT
        visits, known = _VISITS, scores.get
        for listed, weight in self._rarest_first(mark):
            for story_id in listed if len(listed) <= visits else listed[-visits:]:
                scores[story_id] = known(story_id, 0) + weight
            visits -= len(listed)
            if visits <= 0:
                break
        return scores

    def _alive(self, story_ids: Iterable[StoryId], at: datetime) -> Iterator[Gathered]:
        stories = self.stories
        for story_id in story_ids:
            story = stories.get(story_id)
            if story is not None and story.open_at(at):
                yield story

    def _rarest_first(self, mark: Fingerprint) -> list[tuple[list[StoryId], int]]:
        pairs = zip(mark.terms, mark.weights, strict=True)
        known = [(self._postings[term], weight) for term, weight in pairs if term in self._postings]
        return sorted(known, key=lambda pair: (len(pair[0]), -pair[1]))

    def replace(self, gone: Iterable[StoryId], kept: Iterable[Gathered]) -> None:
        """Drop stories, put rebuilt ones in their place, and list anew what is left."""
        for story_id in gone:
            self.stories.pop(story_id, None)
        for story in kept:
            self.stories[story.story_id] = story
        self._postings.clear()
        for story_id, story in sorted(self.stories.items()):
            for mark in story.entries.values():
                self._post(story_id, mark)


class StoryIndex:
    """What was read in the window, by owner. Not for several threads at once."""

    def __init__(self) -> None:
        self._shelves: dict[Tenant | None, _Shelf] = {}
        self._home: dict[EntryId, tuple[Tenant | None, StoryId]] = {}
        self._last = EntryId(0)

    def __len__(self) -> int:
        return len(self._home)

    @property
    def last_entry_id(self) -> EntryId:
        """The highest entry ever added: what came after it must still be loaded."""
        return self._last

    def add(
        self,
        entry_id: EntryId,
        story_id: StoryId,
        owner: Tenant | None,
        fingerprint: Fingerprint,
        seen_at: datetime,
    ) -> None:
        """Take in an entry that was assigned to a story. Doing it twice does no harm."""
        del seen_at  # the fingerprint's own moment counts; callers hand over a whole placement
        self._last = max(self._last, entry_id)
        if entry_id in self._home:
            return
        self._home[entry_id] = (owner, story_id)
        self._shelves.setdefault(owner, _Shelf()).add(story_id, entry_id, fingerprint)

    def forget(self, entry_ids: Iterable[EntryId]) -> None:
        """Take entries out again, because the transaction that stored them was rolled back."""
        gone = frozenset(entry_ids) & self._home.keys()
        touched: dict[Tenant | None, set[StoryId]] = {}
        for entry_id in gone:
            owner, story_id = self._home.pop(entry_id)
            touched.setdefault(owner, set()).add(story_id)
        for owner, story_ids in touched.items():
            shelf = self._shelves[owner]
            rebuilt = [shelf.stories[story_id].without(gone) for story_id in story_ids]
            shelf.replace(story_ids, [story for story in rebuilt if story.entries])
        self._last = max(self._home, default=EntryId(0)) if gone else self._last

    def prune(self, oldest: datetime) -> None:
        """Drop stories whose newest entry was published before `oldest`."""
        for shelf in self._shelves.values():
            self._drop(shelf, [s for s in shelf.stories.values() if s.last < oldest])

    def shrink(self, most: int) -> None:
        """Drop stories, those last told of longest ago first, until at most so many entries are left."""
        over: dict[Tenant | None, list[Gathered]] = {}
        left = len(self._home)
        for _, story_id, owner in sorted(
            (story.last, story.story_id, owner)
            for owner, shelf in self._shelves.items()
            for story in shelf.stories.values()
        ):
            if left <= most:
                break
            story = self._shelves[owner].stories[story_id]
            over.setdefault(owner, []).append(story)
            left -= len(story.entries)
        for owner, stories in over.items():
            self._drop(self._shelves[owner], stories)

    def _drop(self, shelf: _Shelf, over: Sequence[Gathered]) -> None:
        if not over:
            return
        for story in over:
            for entry_id in story.entries:
                del self._home[entry_id]
        shelf.replace([story.story_id for story in over], ())

    def search(self, sought: Sought, owner: Tenant | None) -> list[tuple[Gathered, float]]:
        """Return the owner's living stories that share most with the entry, at most 10.

        With each comes how like the entry is to it: to the likest entry of a small story.
        """
        shelf = self._shelves.get(owner)
        return [] if shelf is None else shelf.search(sought)


def _ranked(scores: dict[StoryId, int]) -> Iterator[StoryId]:
    """Yield the stories from the highest score on, of equal ones the newest first.

    Most are never asked for: only those with a score as high as the first `_ROUGH` are put in order
    before the rest is.
    """
    least = -1
    if len(scores) > _ROUGH:
        least = sorted(scores.values(), reverse=True)[_ROUGH - 1]
        above = [(score, story_id) for story_id, score in scores.items() if score >= least]
        yield from [story_id for _, story_id in sorted(above, reverse=True)]
    below = [(score, story_id) for story_id, score in scores.items() if score < least or least < 0]
    yield from [story_id for _, story_id in sorted(below, reverse=True)]


def _exact_keys(mark: Fingerprint) -> tuple[str, ...]:
    """Keys by which equal links, texts and titles find each other; no term holds a colon."""
    named = (("u:", mark.url), ("x:", mark.text), ("t:", mark.title))
    return tuple(kind + value for kind, value in named if value)
