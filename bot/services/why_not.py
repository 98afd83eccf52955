"""Why a place was not told of a story or an entry: from what was stored then, never recomputed.

    the entry's reading   which topics were found, and which words were there and did not count
    the story             whether it was told before, and this was one report more
    the fan-out's notes   what stopped each subscription that matched
    deliveries, digests   what waits, and what was given up

Topics and queries are not tried again: today's rules are not those of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.actor import Actor
from bot.domain.alert import Delivery, DeliveryKind, DeliveryState
from bot.domain.destination import Destination, DestinationState, Subscription
from bot.domain.ids import StoryId
from bot.domain.story import Telling
from bot.domain.trace import AlertTrace, Stopped, TracedEntry
from bot.errors import InvalidInputError
from bot.ports import Store
from bot.services.feeds import FeedHealth, FeedService
from bot.services.stories import NoStoryError
from bot.stories.urls import canonical_url

PAGE = 10
"""Deliveries on one page."""
_MAX_MISSES = 4
_MAX_LATE = 3
_TOLD_ALREADY = 20
"""Entries of a story whose own messages are looked up."""


class Cause(StrEnum):
    """Why a place was not told, or that it was."""

    TOLD = "told"
    WAITING = "waiting"
    """A delivery is on its way, or waits for a pause to end."""
    GIVEN_UP = "given_up"
    GATHERED = "gathered"
    """It waits for a digest, the end of quiet hours, or stands in a bulletin."""
    GATHERED_TOLD = "gathered_told"
    STOPPED = "stopped"
    NOT_YET = "not_yet"
    """Its fan-out has not run."""
    HELD = "held"
    MORE_OF_STORY = "more_of_story"
    """It joined a story that was known: no message of its own."""
    NEAR_MISS = "near_miss"
    NO_TOPIC = "no_topic"
    """It is on no topic at all."""
    OTHER_TOPICS = "other_topics"
    QUERY = "query"
    """A query did not match it."""
    LATER = "later"
    """A subscription that would match was made afterwards."""
    NOTHING_ASKED = "nothing_asked"
    PAUSED = "paused"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """No feed brought this address."""
    FEED = "feed"
    """The state of a feed of the same site."""
    NO_FEED = "no_feed"
    """No feed is of this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One cause, with what is to be said about it; the fields that a cause does not need are empty."""

    cause: Cause
    text: str = ""
    """Words: a wish, a platform's error, the rule of a near miss."""
    detail: str = ""
    """The words that were there, how the entry joined its story."""
    at: datetime | None = None
    story_id: StoryId | None = None
    topics: tuple[str, ...] = ()
    stopped: Stopped | None = None
    feed: FeedHealth | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The answer: what was asked about, and the causes, the weightiest first."""

    title: str
    url: str | None
    story_id: StoryId | None
    told: bool
    """True where the place has it after all."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """What a place was told lately, newest first."""

    deliveries: tuple[Delivery, ...]
    page: int
    more: bool


@dataclass(slots=True)
class _Case:
    """What is known while an answer is made."""

    place: Destination | None
    subscriptions: list[Subscription]
    entries: list[TracedEntry]
    alerts: Sequence[AlertTrace] = ()
    deliveries: list[Delivery] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def say(self, reason: Reason) -> None:
        self.reasons.append(reason)


class NoAddressError(InvalidInputError):
    """The words are neither a story's number nor an address."""

    def __init__(self, word: str) -> None:
        super().__init__(
            "Name the number of a story, or the whole address of an entry (https://…)."
        )
        self.word = word


class WhyNotService:
    """Reads what was stored when a place was told, or not."""

    def __init__(self, store: Store, feeds: FeedService) -> None:
        self._queries = store.queries
        self._feeds = feeds

    async def of_story(self, actor: Actor, story_id: StoryId) -> WhyNot:
        """Say why the person's place was not told of a story. Raises NoStoryError."""
        story = await self._queries.story(story_id, actor.tenant)
        if story is None:
            raise NoStoryError(story_id)
        entries = await self._queries.traces.entries_in(story_id, actor.tenant)
        case = await self._case(actor, entries)
        await self._answer(case, story_id, None)
        return _closed(case, story.headline, story.url, story_id)

    async def of_url(self, actor: Actor, url: str) -> WhyNot:
        """Say why the person's place was not told of the entry with this address.

        Raises NoAddressError where it is none.
        """
        canonical = canonical_url(url)
        if not _site(canonical):
            raise NoAddressError(url)
        entries = await self._queries.traces.entries_at(url, actor.tenant)
        case = await self._case(actor, entries)
        if not entries:
            await self._unknown(case, actor, canonical)
            return _closed(case, url, url, None)
        first = entries[-1]
        if first.story_id is not None:
            await self._answer(case, first.story_id, first)
        title = first.stored.entry.title or url
        return _closed(case, title, first.stored.entry.url, first.story_id)

    async def deliveries(self, actor: Actor, page: int) -> DeliveryPage:
        """Return a page of what the person's place was told; pages count from 1."""
        place = await self._queries.destination(actor.address)
        if place is None:
            return DeliveryPage(deliveries=(), page=page, more=False)
        found = await self._queries.traces.deliveries(
            place.id, limit=PAGE + 1, offset=(page - 1) * PAGE
        )
        more = len(found) > PAGE
        return DeliveryPage(deliveries=tuple(found[:PAGE]), page=page, more=more)

    async def _case(self, actor: Actor, entries: list[TracedEntry]) -> _Case:
        place = await self._queries.destination(actor.address)
        held = [] if place is None else await self._queries.subscriptions(place.id)
        return _Case(place=place, subscriptions=held, entries=entries)

    async def _answer(self, case: _Case, story_id: StoryId, entry: TracedEntry | None) -> None:
        """Gather the causes; `entry` narrows to one entry of the story."""
        place = case.place
        case.alerts = await self._queries.traces.alerts_of(
            story_id, None if place is None else place.id
        )
        if place is not None:
            case.deliveries = await self._deliveries(case, place, story_id)
            _of_deliveries(case)
            for item in await self._queries.traces.gathered(story_id, place.id):
                cause = Cause.GATHERED if item.told is None else Cause.GATHERED_TOLD
                case.say(Reason(cause=cause, text=item.gathering, at=item.due_at))
        if entry is not None and case.deliveries:
            _of_membership(case, story_id, entry)
        if not _is_told(case.reasons):
            _of_place(case)
            _of_fanout(case, entry)
            _of_readings(case, entry)

    async def _deliveries(
        self, case: _Case, place: Destination, story_id: StoryId
    ) -> list[Delivery]:
        subjects = [f"story:{story_id}"]
        subjects += [f"entry:{entry.stored.id}" for entry in case.entries[:_TOLD_ALREADY]]
        found: list[Delivery] = []
        for subject in subjects:
            found += await self._queries.deliveries_about(subject, place.id)
        return [delivery for delivery in found if delivery.draft.kind is DeliveryKind.POST]

    async def _unknown(self, case: _Case, actor: Actor, url: str) -> None:
        """No entry has this address: say which feeds of its site there are, and how they do."""
        case.say(Reason(cause=Cause.UNKNOWN))
        site = _site(url)
        feeds = [feed for feed in await self._feeds.health(actor.tenant) if _site(feed.url) == site]
        if not feeds:
            case.say(Reason(cause=Cause.NO_FEED, text=site))
        elif self._feeds.may_see(actor):
            for feed in feeds:
                case.say(Reason(cause=Cause.FEED, feed=feed))


def _of_deliveries(case: _Case) -> None:
    """What was sent, waits, or was given up."""
    place = case.place
    for delivery in case.deliveries:
        match delivery.state:
            case DeliveryState.SENT:
                case.say(
                    Reason(cause=Cause.TOLD, at=delivery.sent_at, text=delivery.draft.why.wish)
                )
            case DeliveryState.DEAD:
                case.say(
                    Reason(cause=Cause.GIVEN_UP, text=delivery.error or "", at=delivery.created_at)
                )
            case _:
                due = delivery.due_at
                case.say(Reason(cause=Cause.WAITING, text=delivery.error or "", at=due))
                if place is not None:
                    _of_state(case, place)


def _of_membership(case: _Case, story_id: StoryId, entry: TracedEntry) -> None:
    """The entry came into a story of which the place was told already: it got no message."""
    opened = {alert.entry_id for alert in case.alerts[:1]}
    own = {f"entry:{entry.stored.id}"}
    if entry.stored.id in opened or any(d.draft.subject in own for d in case.deliveries):
        return
    case.say(Reason(cause=Cause.MORE_OF_STORY, story_id=story_id, detail=entry.joined))


def _of_place(case: _Case) -> None:
    if case.place is not None:
        _of_state(case, case.place)
    if not case.subscriptions:
        case.say(Reason(cause=Cause.NOTHING_ASKED))


def _of_state(case: _Case, place: Destination) -> None:
    if place.state is DestinationState.PAUSED:
        case.say(Reason(cause=Cause.PAUSED, text=place.reason or ""))
    elif place.state is DestinationState.BROKEN:
        case.say(Reason(cause=Cause.BROKEN, text=place.reason or ""))


def _of_fanout(case: _Case, entry: TracedEntry | None) -> None:
    """What the fan-out's notes say, and what was never fanned out."""
    alerts = [a for a in case.alerts if entry is None or a.entry_id == entry.stored.id]
    said: dict[Stopped, AlertTrace] = {}
    for alert in alerts:
        for stopped in alert.stopped:
            said.setdefault(stopped, alert)
    for stopped, alert in said.items():
        case.say(Reason(cause=Cause.STOPPED, stopped=stopped, at=alert.created_at))
    if any(not alert.done for alert in alerts):
        case.say(Reason(cause=Cause.NOT_YET))
    traced = {alert.entry_id for alert in alerts}
    for one in [entry] if entry is not None else case.entries:
        if one.stored.held and not said and _wanted(case, one):
            case.say(Reason(cause=Cause.HELD, detail=one.stored.entry.title))
            break
    if entry is not None and not said and not entry.stored.held:
        quiet = all(alert.telling is Telling.NOTHING for alert in alerts)
        if (entry.stored.id not in traced or quiet) and _wanted(case, entry) and entry.joined:
            case.say(
                Reason(cause=Cause.MORE_OF_STORY, story_id=entry.story_id, detail=entry.joined)
            )


def _of_readings(case: _Case, entry: TracedEntry | None) -> None:
    """Topics that were found, words that were there and did not count, and later subscriptions."""
    entries = [entry] if entry is not None else case.entries
    topics = tuple(dict.fromkeys(t for e in entries for t in sorted(e.reading.topic_names)))
    wanted = {held.wish.topic for held in case.subscriptions}
    misses = [
        miss
        for one in entries
        for miss in one.reading.near_misses
        if miss.topic in wanted or not topics
    ]
    seen = dict.fromkeys((m.topic, m.reason, m.span.text) for m in misses)
    for topic, why, words in list(seen)[:_MAX_MISSES]:
        case.say(Reason(cause=Cause.NEAR_MISS, topics=(topic,), text=why, detail=words))
    first = min((one.stored.first_seen for one in entries), default=None)
    matching = [h for h in case.subscriptions if h.wish.topic in topics]
    late = [h for h in matching if first is not None and h.created_at > first]
    for held in late[:_MAX_LATE]:
        case.say(Reason(cause=Cause.LATER, text=str(held.wish), at=held.created_at))
    if not topics:
        case.say(Reason(cause=Cause.NO_TOPIC))
    elif not matching:
        case.say(Reason(cause=Cause.OTHER_TOPICS, topics=topics))
    named = {reason.stopped.wish for reason in case.reasons if reason.stopped is not None}
    for held in case.subscriptions:
        if held.wish.query is not None and not any(str(held.wish).startswith(n) for n in named):
            late_query = first is not None and held.created_at > first
            cause = Cause.LATER if late_query else Cause.QUERY
            case.say(
                Reason(cause=cause, text=str(held.wish), at=held.created_at if late_query else None)
            )


def _wanted(case: _Case, entry: TracedEntry) -> bool:
    topics = entry.reading.topic_names
    return any(h.wish.topic in topics or h.wish.query is not None for h in case.subscriptions)


def _is_told(reasons: Sequence[Reason]) -> bool:
    told = {Cause.TOLD, Cause.WAITING, Cause.GIVEN_UP, Cause.GATHERED, Cause.GATHERED_TOLD}
    return any(reason.cause in told for reason in reasons)


def _closed(case: _Case, title: str, url: str | None, story_id: StoryId | None) -> WhyNot:
    reasons = tuple(dict.fromkeys(case.reasons))
    told = any(r.cause in (Cause.TOLD, Cause.GATHERED_TOLD) for r in reasons)
    return WhyNot(title=title, url=url, story_id=story_id, told=told, reasons=reasons)


def _site(url: str) -> str:
    """The last two labels of the host, so that ``feeds.example.com`` and ``example.com`` meet.

    Empty where the words are no address.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])
