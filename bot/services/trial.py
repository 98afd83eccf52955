"""The sample alert: proves the way to a place, and says what would stop a real one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.alert import Delivery, DeliveryState
from bot.domain.destination import Destination, DestinationState, PlatformName, Subscription
from bot.domain.feed import Origin
from bot.domain.message import Message
from bot.ports import Clock, Store
from bot.reading.catalog import TopicCatalog
from bot.services.feeds import FeedHealth, FeedService, is_down
from bot.services.home import Home
from bot.services.permissions import Policy, require_change
from bot.services.samples import sample_message

_LOOK_BACK = 10
"""Deliveries in which the last outcome is looked for; those still waiting say nothing."""


class Hindrance(StrEnum):
    """What would keep a real alert from this place, the hardest first."""

    PLATFORM_OFF = "platform_off"
    BROKEN = "broken"
    PAUSED = "paused"
    NO_SUBSCRIPTION = "no_subscription"
    UNKNOWN_TOPIC = "unknown_topic"
    LAST_SEND_FAILED = "last_send_failed"
    NO_FEEDS = "no_feeds"
    FEEDS_DOWN = "feeds_down"


HOLDS_SAMPLE = frozenset({Hindrance.PLATFORM_OFF, Hindrance.BROKEN, Hindrance.PAUSED})
"""With these the sample itself waits in the outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A hindrance, and what is known about it in words."""

    hindrance: Hindrance
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of asking for a sample."""

    fresh: bool
    """False where a sample of this very minute is on its way already."""
    obstacles: tuple[Obstacle, ...]

    @property
    def waits(self) -> bool:
        """Whether the sample stays in the outbox until somebody mends something."""
        return any(each.hindrance in HOLDS_SAMPLE for each in self.obstacles)


class TrialService:
    """Sends samples through the same outbox as every alert."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        catalog: TopicCatalog,
        feeds: FeedService,
        *,
        policy: Policy | None = None,
        off: Mapping[PlatformName, str] | None = None,
        home: Home | None = None,
    ) -> None:
        """`off` holds the platforms that are not connected, and what would connect them."""
        self._store = store
        self._clock = clock
        self._catalog = catalog
        self._feeds = feeds
        self._policy = policy or Policy()
        self._off = dict(off or {})
        self._home = home or Home()

    async def send(self, actor: Actor) -> Trial:
        """Put a sample for the person's place into the outbox, at most one each minute.

        Raises ChannelLockedError.
        """
        require_change(self._policy, actor)
        now = self._clock.now()
        async with self._store.begin() as uow:
            place = await uow.destinations.ensure(
                actor.address,
                origin=Origin.CHAT,
                zone=actor.zone or self._home.zone,
                locale=actor.locale or self._home.locale,
            )
            held = await uow.subscriptions.of(place.id)
            message = self._message(place, held, f"notice:test:{now:%Y%m%d%H%M}")
            fresh = await uow.deliveries.enqueue_notice(place.id, message.subject, message, now)
            await uow.audit.add(actor.name, "test", str(place.address), now)
        recent = await self._store.queries.recent_deliveries(place.id, _LOOK_BACK)
        feeds = await self._feeds.health(actor.tenant)
        named = self._feeds.may_see(actor)
        obstacles = (
            *self._of_place(place),
            *self._of_wishes(held),
            *_of_sends(recent),
            *_of_feeds(feeds, named=named),
        )
        return Trial(fresh=fresh > 0, obstacles=obstacles)

    def _of_place(self, place: Destination) -> list[Obstacle]:
        found = []
        off = self._off.get(place.address.platform)
        if off is not None:
            found.append(Obstacle(hindrance=Hindrance.PLATFORM_OFF, detail=off))
        if place.state is DestinationState.BROKEN:
            found.append(Obstacle(hindrance=Hindrance.BROKEN, detail=place.reason or ""))
        if place.state is DestinationState.PAUSED:
            found.append(Obstacle(hindrance=Hindrance.PAUSED, detail=place.reason or ""))
        return found

    def _of_wishes(self, held: Sequence[Subscription]) -> list[Obstacle]:
        if not held:
            return [Obstacle(hindrance=Hindrance.NO_SUBSCRIPTION)]
        topics = [each.wish.topic for each in held if each.wish.topic is not None]
        lost = [topic for topic in topics if topic not in self._catalog.ids]
        if not lost:
            return []
        return [Obstacle(hindrance=Hindrance.UNKNOWN_TOPIC, detail=", ".join(lost))]

    def _message(self, place: Destination, held: Sequence[Subscription], subject: str) -> Message:
        topics = [each.wish.topic for each in held if each.wish.topic is not None]
        known = [topic for topic in topics if topic in self._catalog.ids][:3]
        return replace(
            sample_message(subject, zone=place.zone, locale=place.locale),
            topics=tuple(self._catalog.label(topic, place.locale) for topic in known),
            topic_ids=tuple(known),
        )


def _of_sends(recent: Sequence[Delivery]) -> list[Obstacle]:
    """The newest send that had an outcome, if that was no success."""
    for delivery in recent:
        if delivery.state is DeliveryState.SENT:
            return []
        if delivery.error and delivery.state is not DeliveryState.PENDING:
            return [Obstacle(hindrance=Hindrance.LAST_SEND_FAILED, detail=delivery.error)]
    return []


def _of_feeds(feeds: Sequence[FeedHealth], *, named: bool) -> list[Obstacle]:
    if not feeds:
        return [Obstacle(hindrance=Hindrance.NO_FEEDS)]
    down = [feed.name for feed in feeds if is_down(feed)]
    if not down:
        return []
    detail = f"{len(down)}/{len(feeds)}"
    if named:
        detail += f" ({', '.join(down[:3])}{' …' if len(down) > 3 else ''})"
    return [Obstacle(hindrance=Hindrance.FEEDS_DOWN, detail=detail)]
