"""Topics a place wants to hear nothing of, for a time or until somebody says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actor import Actor
from bot.domain.destination import Destination
from bot.domain.feed import Origin
from bot.domain.marks import Mute
from bot.ports import Clock, Store
from bot.services.home import Home
from bot.services.permissions import Policy, require_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Muted:
    """What came of muting: the mutes of the place as they are now."""

    mutes: tuple[Mute, ...]
    wanted: tuple[str, ...]
    """The topics that were asked for."""


class MuteService:
    """Mutes and unmutes topics for the person's place, every change in the audit."""

    def __init__(
        self, store: Store, clock: Clock, policy: Policy | None = None, *, home: Home | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy or Policy()
        self._home = home or Home()

    async def mute(
        self, actor: Actor, topics: Sequence[str], *, until: datetime | None = None
    ) -> Muted:
        """Let the place hear nothing of the topics; asking again sets the time anew.

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
            for topic in topics:
                mute = Mute(
                    destination_id=place.id, topic=topic, until=until, by=actor.name, at=now
                )
                await uow.people.mute(mute)
                until_text = f" until {until.isoformat()}" if until is not None else ""
                await uow.audit.add(actor.name, "mute", f"{place.address} {topic}{until_text}", now)
        return Muted(mutes=await self._held(place), wanted=tuple(topics))

    async def unmute(self, actor: Actor, topics: Sequence[str]) -> tuple[str, ...]:
        """Let the place hear of the topics again; returns those that were muted.

        Raises ChannelLockedError.
        """
        require_change(self._policy, actor)
        now = self._clock.now()
        async with self._store.begin() as uow:
            place = await uow.destinations.find(actor.address)
            if place is None:
                return ()
            ended = await uow.people.unmute(place.id, topics)
            for topic in ended:
                await uow.audit.add(actor.name, "unmute", f"{place.address} {topic}", now)
        return tuple(ended)

    async def of(self, actor: Actor) -> tuple[Mute, ...]:
        """Return the mutes of the person's place that hold now, by topic."""
        place = await self._store.queries.destination(actor.address)
        return () if place is None else await self._held(place)

    async def _held(self, place: Destination) -> tuple[Mute, ...]:
        held = await self._store.queries.people.mutes(place.id)
        now = self._clock.now()
        return tuple(mute for mute in held if mute.holds(now))
