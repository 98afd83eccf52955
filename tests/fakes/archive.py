"""A small archive of sample feeds, stories and a treaty, put into a real store."""

import datetime as dt
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec, Origin, Tier
from bot.domain.ids import StoryId, Tenant
from bot.domain.reading import DeadlineFact, DeadlineKind, Field, Lang, Reading, Span, TopicMatch
from bot.domain.story import Source, Story
from bot.ports import Clock, NewEntry, Placement, Store
from bot.record.timeline import (
    Confidence,
    Event,
    EventKind,
    Fact,
    Outcome,
    Review,
    Timeline,
    Treaty,
)
from bot.record.timeline import Source as RecordSource
from tests.fakes.writing import add_entries, store_poll

LEDGER = "Border Ledger (sample)"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fact(date: str, text: str, *, source: str = "Treaty Office (sample)") -> Fact:
    """A row of the record."""
    return Fact(
        date=day(date),
        text=text,
        source=RecordSource(name=source, url="https://example.com/record"),
        confidence=Confidence.VERIFIED,
    )


def timeline(*events: Event, review: str | None = "2027-07-01") -> Timeline:
    """A treaty in its annual reviews, with the events given."""
    reviews = [
        Review(
            fact=fact("2026-07-01", "The first joint review ended without extension."),
            outcome=Outcome.NOT_EXTENDED,
        )
    ]
    if review is not None:
        due = fact(review, "The next joint review is due.")
        reviews.append(Review(fact=due, outcome=Outcome.SCHEDULED))
    treaty = Treaty(
        name="USMCA",
        in_force=fact("2020-07-01", "The agreement entered into force."),
        term_ends=fact("2036-07-01", "The term ends."),
        years_to_review=6,
        years_without_extension=1,
        clause=fact("2020-07-01", "Article 34.7: joint reviews."),
        reviews=tuple(reviews),
    )
    return Timeline(as_of=day("2026-10-08"), treaty=treaty, events=events)


def event(date: str, text: str, kind: DeadlineKind | None, *topics: str) -> Event:
    """A row of the timeline that binds somebody where `kind` is given."""
    return Event(fact=fact(date, text), kind=EventKind.CUSTOMS, deadline=kind, topics=topics)


def due(date: str, kind: DeadlineKind = DeadlineKind.COMMENT, **fields: object) -> DeadlineFact:
    """A deadline as it is read from a text."""
    known = {
        "kind": kind,
        "date": day(date),
        "text": f"Comments are due by {date}.",
        "confidence": 0.9,
    }
    return DeadlineFact(**(known | fields))


def reading(*topics: str, **fields: object) -> Reading:
    """What was understood of an entry on these topics."""
    span = Span(field=Field.TITLE, start=0, end=5, text="steel", rule="steel")
    matches = tuple(TopicMatch(topic=topic, score=0.9, spans=(span,)) for topic in topics)
    return Reading(**({"lang": Lang.EN, "topics": matches} | fields))


class Archive:
    """Puts feeds and stories into a store the way the pipeline does."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._guid = 0

    async def feed(
        self, key: str = "ledger", *, owner: str | None = None, **health: object
    ) -> Feed:
        """A feed, shared or a tenant's, in the health given."""
        now = self._clock.now()
        tenant = None if owner is None else Tenant(owner)
        spec = FeedSpec(
            key=key,
            name=f"Feed {key}",
            url=f"https://{key}.example/feed?token=secret",
            owner=tenant,
            origin=Origin.CHAT,
        )
        async with self._store.begin() as uow:
            added = await uow.feeds.add(spec, now)
            await store_poll(uow, added, **health)
            feed = replace(added, **health)
            await uow.feeds.set_state(feed.id, feed.state)
        return feed

    async def story(
        self,
        feed: Feed,
        *titles: str,
        topics: tuple[str, ...] = ("tariffs",),
        ago: timedelta = timedelta(0),
        content: str = "",
        **fields: object,
    ) -> Story:
        """A story with one entry for each title; several entries come from several sources."""
        now = self._clock.now() - ago
        names = [LEDGER, *(f"Sample Wire {number}" for number in range(2, len(titles) + 1))]
        async with self._store.begin(assigning=True) as uow:
            story_id = await uow.stories.next_id()
            story = composed(
                story_id, feed, names, now, headline=titles[0], topics=topics, **fields
            )
            await uow.stories.save([story], new=True)
            for title, name in zip(titles, names, strict=True):
                entry = self._entry(title, name, content, now)
                read = reading(*topics, deadlines=story.deadlines, stage=story.stage)
                new = NewEntry(entry=entry, reading=read, held=False)
                (entry_id,) = await add_entries(uow, feed, [new], now)
                placement = Placement(
                    entry_id=entry_id,
                    story_id=story_id,
                    owner=feed.spec.owner,
                    seen_at=now,
                    fingerprint="{}",
                    joined="same link",
                )
                await uow.stories.place([placement])
        return story

    def _entry(self, title: str, source: str, content: str, now: datetime) -> Entry:
        self._guid += 1
        return Entry(
            guid=f"g{self._guid}",
            url=f"https://example.com/{self._guid}",
            title=title,
            content=content,
            published=now,
            source=source,
        )


def composed(
    story_id: StoryId, feed: Feed, names: list[str], now: datetime, **fields: object
) -> Story:
    """A story that these sources tell."""
    sources = tuple(
        Source(name=name, url="https://example.com/s", tier=Tier.GENERAL, published=now)
        for name in names
    )
    known = {
        "id": story_id,
        "owner": feed.spec.owner,
        "url": f"https://example.com/story-{story_id}",
        "lang": "en",
        "source": names[0],
        "tier": Tier.GENERAL,
        "summary": "The duty applies from December 1.",
        "sources": sources,
        "entry_count": len(names),
        "first_seen": now,
        "updated_at": now,
    }
    return Story(**(known | fields))
