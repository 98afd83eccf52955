"""What becomes of what routing decided: told now, held, gathered, or folded into a bulletin. Pure.

drafts ─► told already? ─► quiet hours ─► storm ─► deliveries + items that wait to be told together
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.alerts import storm
from bot.alerts.levels import allows_story, is_news
from bot.alerts.routing import Match, Occasion
from bot.alerts.timing import earliest, quiet_until
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Destination, Grouping, Level, PlatformName
from bot.domain.digest import CALM, QUIET, STORM, DigestItem, Weather
from bot.domain.feed import Tier
from bot.domain.zones import zone_of

_GROWING = frozenset({PlatformName.SLACK, PlatformName.DISCORD})
"""Platforms on which a message that was sent can be edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A place at the moment something may be told there."""

    place: Destination
    now: datetime
    waiting: Sequence[DigestItem] = ()
    """Items about this story that are here already, told or not."""
    weather: Weather = CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What is written for a place."""

    deliveries: tuple[DeliveryDraft, ...] = ()
    items: tuple[DigestItem, ...] = ()


def arrange(
    drafts: Sequence[DeliveryDraft], matches: Iterable[Match], occasion: Occasion, scene: Scene
) -> Arranged:
    """Return what a place gets of an occasion, and when.

    A story that waits in a digest or was told in one comes again only with something new. Nothing
    but what is urgent is sent in quiet hours: first messages are gathered until they end, replies
    and edits of what is posted wait. In a storm first messages go into the bulletin, but for those
    an official document brings.
    """
    place, now = scene.place, scene.now
    until = quiet_until(now, place.manners.quiet, zone_of(place.zone))
    deliveries: list[DeliveryDraft] = []
    items: list[DigestItem] = []
    for draft in drafts:
        if draft.kind is DeliveryKind.POST and _is_old(draft.subject, occasion, scene):
            continue
        urgent = place.manners.flash_through and _is_flash(occasion)
        held = None if urgent else until
        alone = not any(d.kind is DeliveryKind.REPLY and d.subject == draft.subject for d in drafts)
        bulletin = _bulletin(draft.subject, occasion, scene)
        if draft.kind is DeliveryKind.POST and alone and held is not None:
            items.append(_item((draft.subject, draft.why), QUIET, held, occasion, scene))
        elif draft.kind is DeliveryKind.POST and alone and bulletin is not None:
            item = _item((draft.subject, draft.why), STORM, now, occasion, scene)
            items.append(replace(item, told=bulletin))
            deliveries.append(_telling(bulletin, draft, occasion, scene))
        else:
            why = replace(draft.why, urgent=True) if urgent else draft.why
            deliveries.append(replace(draft, why=why, due_at=held))
    told = {draft.subject for draft in drafts if draft.kind is DeliveryKind.POST}
    items += _digested(matches, told, occasion, scene)
    return Arranged(deliveries=tuple(deliveries), items=tuple(items))


def _digested(
    matches: Iterable[Match], told: set[str], occasion: Occasion, scene: Scene
) -> list[DigestItem]:
    """The story, and the entry, in the digest that comes first of those that want it."""
    by_subject: dict[str, list[Match]] = {}
    for match in matches:
        by_entry = match.subscription.wish.group is Grouping.ENTRY
        number = occasion.newcomer.entry_id if by_entry else occasion.story.id
        by_subject.setdefault(f"{'entry' if by_entry else 'story'}:{number}", []).append(match)
    items = []
    for subject, found in by_subject.items():
        if subject in told or _is_old(subject, occasion, scene):
            continue
        if not occasion.alert.opens and not any(i.subject == subject for i in scene.waiting):
            continue  # an edit corrects only what was told
        whens = [match.subscription.wish.when for match in found]
        when, due = earliest(whens, scene.now, zone_of(scene.place.zone))
        match = next(m for m in found if m.subscription.wish.when == when)
        item = _item((subject, match.why), str(when), due, occasion, scene)
        items.append(replace(item, subscription_id=match.subscription.id))
    return items


def _is_old(subject: str, occasion: Occasion, scene: Scene) -> bool:
    """Whether the subject waits here already, or was told together with others and is not news."""
    there = [item for item in scene.waiting if item.subject == subject]
    if any(item.told is None for item in there):
        return True
    return bool(there) and not is_news(occasion.alert.changes)


def _is_flash(occasion: Occasion) -> bool:
    return _is_official(occasion) and allows_story(Level.FLASH, occasion.story)


def _is_official(occasion: Occasion) -> bool:
    return occasion.newcomer.entry.tier is Tier.OFFICIAL


def _bulletin(subject: str, occasion: Occasion, scene: Scene) -> str | None:
    """The bulletin a first message goes into; None for what comes by itself in a storm too.

    That is what an official document brings, entries that were asked for one by one, and anything
    for places whose messages cannot grow.
    """
    grows = scene.place.address.platform in _GROWING
    if not grows or _is_official(occasion) or subject.startswith("entry:"):
        return None
    return storm.bulletin(scene.weather, scene.place.manners.storm, occasion.alert.id)


def _telling(
    bulletin: str, draft: DeliveryDraft, occasion: Occasion, scene: Scene
) -> DeliveryDraft:
    """The bulletin's first message, or its growing."""
    grows = bulletin == scene.weather.bulletin
    return replace(
        draft,
        subject=bulletin,
        kind=DeliveryKind.EDIT if grows else DeliveryKind.POST,
        revision=occasion.alert.id if grows else 1,
        why=Why(subscription_id=None, wish=STORM),
    )


def _item(
    draft: tuple[str, Why], gathering: str, due: datetime, occasion: Occasion, scene: Scene
) -> DigestItem:
    subject, why = draft
    return DigestItem(
        destination_id=scene.place.id,
        story_id=occasion.story.id,
        subject=subject,
        gathering=gathering,
        due_at=due,
        revision=occasion.alert.revision,
        why=why,
        subscription_id=why.subscription_id,
        alert_id=occasion.alert.id,
        added_at=scene.now,
    )
