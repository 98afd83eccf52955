"""A story's own reading, composed of its entries: the best source speaks, the others add facts."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.ids import StoryId, Tenant
from bot.domain.story import Member, Source, Story
from bot.reading.text import fold_words
from bot.stories.accounts import Claims, Rank, Sources, Stages, Votes
from bot.stories.fingerprint import without_publisher

_COUNTRIES = 6
"""So many of an entry's countries count, the first most."""


class Composition:
    """The members of a story, added up: one more costs the same however many there are.

    Official sources come before wires, wires before the trade press, the earliest first. The same
    members give the same story in whatever order they were added.
    """

    def __init__(self, members: Iterable[Member] = ()) -> None:
        self._count = 0
        self._seen: tuple[datetime, datetime] | None = None
        """When its first and its last member were seen."""
        self._best: tuple[bool, Rank, Member] | None = None
        """Who gives the headline: untitled members come last."""
        self._summed: tuple[Rank, Member] | None = None
        """The best member with a summary."""
        self._sources = Sources()
        self._stages = Stages()
        self._topics = Votes()
        self._countries = Votes()
        self._claims = Claims()
        for member in members:
            self.add(member)

    def add(self, member: Member) -> None:
        """Take one member more."""
        rank = _rank(member)
        self._count += 1
        first, last = self._seen or (member.seen_at, member.seen_at)
        self._seen = min(first, member.seen_at), max(last, member.seen_at)
        untitled = not member.entry.title.strip()
        if self._best is None or (untitled, rank) < self._best[:2]:
            self._best = untitled, rank, member
        if member.reading.summary and (self._summed is None or rank < self._summed[0]):
            self._summed = rank, member
        self._stages.add(member)
        self._claims.add(rank, member)
        self._sources.add(rank, *_source(member))
        for match in member.reading.topics:
            self._topics.add(match.topic, max(1, round(match.score * 100)))
        for place, country in enumerate(member.reading.countries[:_COUNTRIES]):
            self._countries.add(country, _COUNTRIES - place)

    def story(
        self, story_id: StoryId, owner: Tenant | None, *, revision: int, previous: Story | None
    ) -> Story:
        """Return the story that the members tell. Raises ValueError where there is none."""
        if self._best is None or self._seen is None:
            raise ValueError(f"story {story_id} has no members")
        best = self._best[2]
        deadlines, tariffs, conflicts = self._claims.facts()
        first_seen, updated_at = self._seen
        summed = self._summed[1].reading.summary if self._summed else ""
        return Story(
            id=story_id,
            owner=owner,
            revision=revision,
            headline=_headline(best),
            url=best.entry.url,
            lang=str(best.reading.lang),
            source=publisher(best),
            tier=best.entry.tier,
            summary=best.reading.summary or summed,
            stage=self._stages.stage,
            topics=self._topics.ranked(),
            countries=self._countries.ranked(),
            deadlines=deadlines,
            tariffs=tariffs,
            sources=self._sources.ranked(),
            conflicts=conflicts,
            entry_count=self._count,
            first_seen=min(first_seen, previous.first_seen) if previous else first_seen,
            updated_at=updated_at,
        )


def publisher(member: Member) -> str:
    """Return the publisher's name, or the host of the link where the feed gives none."""
    entry = member.entry
    return entry.source.strip() or (urlsplit(entry.url).hostname or "" if entry.url else "")


def _rank(member: Member) -> Rank:
    moment = member.entry.published or member.seen_at
    return member.entry.tier.rank, moment.timestamp(), member.entry_id


def _headline(best: Member) -> str:
    title = without_publisher(best.entry.title, best.entry.source).strip()
    return title or best.reading.summary or best.entry.summary[:200] or publisher(best)


def _source(member: Member) -> tuple[str, Source]:
    """Return a member's publisher, and the name by which it is the same as others."""
    name, entry = publisher(member), member.entry
    source = Source(name=name, url=entry.url, tier=entry.tier, published=entry.published)
    return fold_words(name) or name, source
