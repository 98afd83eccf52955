"""Adding, removing, pausing and resuming feeds: one transaction each, every change in the audit.

A feed that a person in a chat adds belongs to their workspace and is shown only there. A feed of
`feeds.yaml` belongs to everybody: it can be paused and resumed from a chat, never removed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC

from bot.domain.actor import Actor
from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Feed, FeedKind, FeedSpec, FeedState, Origin, Tier, display_url
from bot.domain.ids import DestinationId, Tenant
from bot.errors import BlockedAddressError
from bot.ports import Clock, Store, UnitOfWork
from bot.services import feed_addresses, feed_names
from bot.services.feed_check import Checked, WebPage
from bot.services.feed_refusals import FeedRefusedError, Refusal
from bot.services.feeds import FeedHealth, health
from bot.services.home import Home
from bot.services.permissions import Policy, require_feed_change

MOST_PER_WORKSPACE = 100
"""Feeds a workspace may add where nothing else is set."""

Look = Callable[[str], Awaitable[Checked | WebPage]]
Guard = Callable[[str], None]
"""Raises BlockedAddressError for an address that is refused by what is written in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWish:
    """What a person says about a feed beside its address; None leaves it to what is found there."""

    name: str | None = None
    lang: str | None = None
    tier: Tier = Tier.GENERAL
    kind: FeedKind | None = None
    interval: int | None = None
    """Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is at an address, and the feed here that has it already, if one does."""

    found: Checked | WebPage
    here: FeedHealth | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A feed that is polled from now on, and what was found at its address."""

    feed: FeedHealth
    found: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """On whose behalf a feed is added or changed."""

    by: str
    """How the audit names them."""
    tenant: Tenant | None
    """Whose the feeds are; None for those everybody shares."""
    operator: bool = False
    """Whoever has the terminal has the database too, and may change every feed."""
    notify: Address | None = None
    """The place that is told when a feed it added breaks."""
    zone: str | None = None
    locale: str | None = None


class FeedChanges:
    """Changes which feeds there are."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        look: Look,
        guard: Guard,
        policy: Policy | None = None,
        most: int = MOST_PER_WORKSPACE,
        home: Home | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._look = look
        self._guard = guard
        self._policy = policy or Policy()
        self._most = most
        self._home = home or Home()

    # ---- from a chat

    async def check_for(self, actor: Actor, address: str) -> Looked:
        """Look at an address. Raises FeedsLockedError, FeedRefusedError or FeedFailedError."""
        require_feed_change(self._policy, actor)
        return await self.check(address, owner=actor.tenant)

    async def add_for(self, actor: Actor, address: str) -> Added | WebPage:
        """Add a feed for the person's workspace; a page that names several feeds is handed back.

        Raises FeedsLockedError, FeedRefusedError or FeedFailedError.
        """
        require_feed_change(self._policy, actor)
        if not actor.workspace and actor.platform is not PlatformName.CONSOLE:
            raise FeedRefusedError(Refusal.NO_WORKSPACE)
        return await self.add(address, FeedWish(), _owner(actor))

    async def remove_for(self, actor: Actor, word: str) -> FeedHealth:
        """End a feed of the person's workspace. Raises FeedsLockedError or FeedRefusedError."""
        require_feed_change(self._policy, actor)
        return await self.remove(word, _owner(actor))

    async def set_paused_for(self, actor: Actor, word: str, *, paused: bool) -> FeedHealth:
        """Pause or resume a feed. Raises FeedsLockedError or FeedRefusedError."""
        require_feed_change(self._policy, actor)
        feed = await self.named(word, _owner(actor))
        require_feed_change(self._policy, actor, shared=feed.spec.owner is None)
        return await self.set_paused(word, _owner(actor), paused=paused)

    # ---- from anywhere

    async def check(self, address: str, *, owner: Tenant | None) -> Looked:
        """Look at an address. Raises FeedRefusedError or FeedFailedError.

        One whose server asked to be left alone is not looked at, whoever wants to know.
        """
        url = self.sound(address)
        _require_welcome(
            feed_names.at_address([url], await self._store.queries.feeds(owner)), self._clock
        )
        found = await self._look(url)
        feeds = await self._store.queries.feeds(owner)
        urls = [url] if isinstance(found, WebPage) else [url, found.url, found.answered]
        here = feed_names.at_address(urls, feeds)
        shown = None if here is None else health(here, self._clock.now())
        return Looked(found=found, here=shown)

    async def add(self, address: str, wish: FeedWish, owner: Owner) -> Added | WebPage:
        """Look at an address and add the feed that is there.

        A page that names several feeds is handed back. Raises FeedRefusedError or FeedFailedError.
        """
        url = self.sound(address)
        async with self._store.begin() as uow:
            await self._require_new(uow, [url], owner)
        found = await self._look(url)
        if isinstance(found, WebPage):
            return found
        spec = _spec(found, wish, owner)
        now = self._clock.now()
        async with self._store.begin() as uow:
            await self._require_new(uow, [found.url, found.answered], owner)
            notify = await self._notified(uow, owner)
            feed = await uow.feeds.add(replace(spec, notify_destination_id=notify), now)
            await uow.audit.add(owner.by, "add feed", _about(feed), now)
        return Added(feed=health(feed, now), found=found)

    async def remove(self, word: str, owner: Owner) -> FeedHealth:
        """End a feed that a person added; what it brought stays. Raises FeedRefusedError."""
        feed = feed_names.the_one(word, await self._visible(owner))
        if feed.spec.origin is Origin.CONFIG:
            raise FeedRefusedError(Refusal.CONFIGURED, name=feed.spec.name)
        if feed.spec.owner is None and not owner.operator:
            raise FeedRefusedError(Refusal.SHARED, name=feed.spec.name)
        now = self._clock.now()
        async with self._store.begin() as uow:
            await uow.feeds.set_state(feed.id, FeedState.DISABLED)
            await uow.audit.add(owner.by, "remove feed", _about(feed), now)
        return health(feed, now)

    async def set_paused(self, word: str, owner: Owner, *, paused: bool) -> FeedHealth:
        """Stop polling a feed, or poll it again at once. Raises FeedRefusedError.

        Resuming one that failed, or was gone, is another try.
        """
        feed = feed_names.the_one(word, await self._visible(owner))
        now = self._clock.now()
        async with self._store.begin() as uow:
            if paused:
                await uow.feeds.set_state(feed.id, FeedState.PAUSED)
            else:
                await uow.feeds.wake(feed.id, now)
            what = "pause feed" if paused else "resume feed"
            await uow.audit.add(owner.by, what, _about(feed), now)
            changed = await uow.feeds.get(feed.id)
        return health(changed or feed, now)

    async def named(self, word: str, owner: Owner) -> Feed:
        """Return the feed a word names. Raises FeedRefusedError."""
        return feed_names.the_one(word, await self._visible(owner))

    def sound(self, address: str) -> str:
        """Return an address that may be polled. Raises FeedRefusedError."""
        url = feed_addresses.read(address)
        if url is None:
            example = feed_addresses.suggestion(address)
            raise FeedRefusedError(Refusal.BAD_ADDRESS, example=example)
        try:
            self._guard(url)
        except BlockedAddressError as error:
            raise FeedRefusedError(Refusal.BLOCKED, reason=str(error)) from None
        return url

    async def _visible(self, owner: Owner) -> list[Feed]:
        queries = self._store.queries
        return await (queries.every_feed() if owner.operator else queries.feeds(owner.tenant))

    async def _require_new(self, uow: UnitOfWork, urls: list[str], owner: Owner) -> None:
        feeds = await uow.feeds.listed(owner.tenant)
        here = feed_names.at_address(urls, feeds)
        if here is not None:
            raise already(here)
        added = sum(feed.spec.owner == owner.tenant for feed in feeds)
        if not owner.operator and added >= self._most:
            raise FeedRefusedError(Refusal.TOO_MANY, n=self._most)

    async def _notified(self, uow: UnitOfWork, owner: Owner) -> DestinationId | None:
        if owner.notify is None:
            return None
        place = await uow.destinations.ensure(
            owner.notify,
            origin=Origin.CHAT,
            zone=owner.zone or self._home.zone,
            locale=owner.locale or self._home.locale,
        )
        return place.id


def _require_welcome(here: Feed | None, clock: Clock) -> None:
    """Raise FeedRefusedError where the server of a feed asked for a pause (Retry-After)."""
    if here is None or here.not_before is None or here.not_before <= clock.now():
        return
    raise FeedRefusedError(
        Refusal.LEFT_ALONE,
        name=here.spec.name,
        key=here.spec.key,
        until=f"{here.not_before.astimezone(UTC):%Y-%m-%d %H:%M}",
    )


def already(feed: Feed) -> FeedRefusedError:
    """Return the refusal of an address that is here already, and how its feed is."""
    polled = feed.state is FeedState.ACTIVE
    return FeedRefusedError(
        Refusal.ALREADY if polled else Refusal.ALREADY_PAUSED,
        name=feed.spec.name,
        key=feed.spec.key,
    )


def _owner(actor: Actor) -> Owner:
    return Owner(
        by=actor.name,
        tenant=actor.tenant,
        operator=actor.platform is PlatformName.CONSOLE,
        notify=actor.address,
        zone=actor.zone,
        locale=actor.locale,
    )


def _spec(found: Checked, wish: FeedWish, owner: Owner) -> FeedSpec:
    name = wish.name or found.title or feed_addresses.host_name(found.url)
    spoken = found.lang if found.lang != "other" else "en"
    return FeedSpec(
        key=feed_addresses.key_for(wish.name or found.title, found.url),
        name=name,
        url=found.url,
        lang=wish.lang or spoken,
        tier=wish.tier,
        kind=wish.kind or feed_addresses.kind_of(found.url),
        interval=wish.interval,
        owner=owner.tenant,
        origin=Origin.CHAT,
    )


def _about(feed: Feed) -> str:
    return f"{feed.spec.key} {display_url(feed.spec.url)}"
