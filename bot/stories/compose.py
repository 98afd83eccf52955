"""A story's own reading, composed of its entries: the best source speaks, the others add facts."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.domain.feed import Tier
from bot.domain.ids import StoryId, Tenant
from bot.domain.reading import Stage
from bot.domain.story import Member, Source, Story
from bot.reading.text import fold_words
from bot.stories.fingerprint import without_publisher
from bot.stories.merging import merged_deadlines, merged_tariffs

_AFTER_FORCE = frozenset({Stage.SUSPENDED, Stage.STAYED, Stage.REVOKED})


def compose(
    story_id: StoryId,
    owner: Tenant | None,
    members: Sequence[Member],
    *,
    revision: int,
    previous: Story | None,
) -> Story:
    """Return the story that the members tell. Raises ValueError where there is none.

    Official sources come before wires, wires before the trade press, the earliest first. The
    same members give the same story in whatever order they stand.
    """
    if not members:
        raise ValueError(f"story {story_id} has no members")
    ranked = sorted(members, key=_rank)
    best = next((m for m in ranked if m.entry.title.strip()), ranked[0])
    deadlines, date_conflicts = merged_deadlines(ranked)
    tariffs, rate_conflicts = merged_tariffs(ranked)
    first_seen = min(member.seen_at for member in members)
    return Story(
        id=story_id,
        owner=owner,
        revision=revision,
        headline=_headline(best),
        url=best.entry.url,
        lang=str(best.reading.lang),
        source=publisher(best),
        tier=best.entry.tier,
        summary=next((m.reading.summary for m in (best, *ranked) if m.reading.summary), ""),
        stage=_stage(members),
        topics=_topics(ranked),
        countries=_countries(ranked),
        deadlines=deadlines,
        tariffs=tariffs,
        sources=_sources(ranked),
        conflicts=(*rate_conflicts, *date_conflicts),
        entry_count=len(members),
        first_seen=min(first_seen, previous.first_seen) if previous else first_seen,
        updated_at=max(member.seen_at for member in members),
    )


def publisher(member: Member) -> str:
    """Return the publisher's name, or the host of the link where the feed gives none."""
    entry = member.entry
    return entry.source.strip() or (urlsplit(entry.url).hostname or "" if entry.url else "")


def _rank(member: Member) -> tuple[int, float, int]:
    moment = member.entry.published or member.seen_at
    return member.entry.tier.rank, moment.timestamp(), member.entry_id


def _headline(best: Member) -> str:
    title = without_publisher(best.entry.title, best.entry.source).strip()
    return title or best.reading.summary or best.entry.summary[:200] or publisher(best)


def _sources(ranked: Sequence[Member]) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    for member in ranked:
        name = publisher(member)
        entry = member.entry
        source = Source(name=name, url=entry.url, tier=entry.tier, published=entry.published)
        sources.setdefault(fold_words(name) or name, source)
    return tuple(sources.values())


def _topics(ranked: Sequence[Member]) -> tuple[str, ...]:
    scores: dict[str, int] = {}
    for member in ranked:
        for match in member.reading.topics:
            scores[match.topic] = scores.get(match.topic, 0) + max(1, round(match.score * 100))
    return tuple(sorted(scores, key=lambda topic: (-scores[topic], topic)))


def _countries(ranked: Sequence[Member]) -> tuple[str, ...]:
    votes: Counter[str] = Counter()
    for member in ranked:
        for place, country in enumerate(member.reading.countries[:6]):
            votes[country] += 6 - place
    return tuple(sorted(votes, key=lambda country: (-votes[country], country)))


def _stage(members: Sequence[Member]) -> Stage | None:
    """Return how far the event has come: stages only advance, unless an official source resumes."""
    stage: Stage | None = None
    for member in sorted(members, key=lambda m: (m.entry.published or m.seen_at, m.entry_id)):
        told = member.reading.stage
        if told is None or told is stage:
            continue
        resumed = member.entry.tier is Tier.OFFICIAL and stage in _AFTER_FORCE
        if stage is None or told.rank > stage.rank or resumed:
            stage = told
    return stage
