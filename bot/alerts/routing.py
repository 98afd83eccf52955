"""Which deliveries one change of a story means for one destination. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.alerts.levels import allows_story, allows_update
from bot.domain.alert import Alert, DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Grouping, Subscription
from bot.domain.reading import Span
from bot.domain.story import Member, Story, Telling
from bot.ports import Listener

QueryTest = Callable[[str, Member], tuple[Span, ...] | None]
"""Tells whether a query's text matches an entry, and by which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is to be told: the change, the story after it, and the entry that brought it."""

    alert: Alert
    story: Story
    newcomer: Member


def route(listener: Listener, occasion: Occasion, *, query_test: QueryTest) -> list[DeliveryDraft]:
    """Return the deliveries this destination gets of the occasion, none where it wants nothing."""
    return [
        *_for_story(listener, occasion, query_test),
        *_for_entry(listener, occasion, query_test),
    ]


def _for_story(
    listener: Listener, occasion: Occasion, query_test: QueryTest
) -> Iterator[DeliveryDraft]:
    wishes = [s for s in listener.subscriptions if s.wish.group is Grouping.STORY]
    alert, story = occasion.alert, occasion.story
    if not wishes or alert.telling is Telling.NOTHING:
        return
    subject = f"story:{story.id}"
    if not listener.has_post and not alert.opens:
        return
    if not listener.has_post:
        why = _first_match(wishes, occasion, query_test)
        if why is not None:
            yield _draft(listener, alert, subject, DeliveryKind.POST, why)
        return
    follows = Why(subscription_id=None, wish="follows the story")
    if alert.telling is Telling.UPDATE and any(
        allows_update(s.wish.level, story, alert.changes) for s in wishes
    ):
        yield _draft(listener, alert, subject, DeliveryKind.REPLY, follows)
    yield _draft(listener, alert, subject, DeliveryKind.EDIT, follows)


def _for_entry(
    listener: Listener, occasion: Occasion, query_test: QueryTest
) -> Iterator[DeliveryDraft]:
    if not occasion.alert.opens:
        return
    wishes = [s for s in listener.subscriptions if s.wish.group is Grouping.ENTRY]
    why = _first_match(wishes, occasion, query_test)
    if why is not None:
        subject = f"entry:{occasion.newcomer.entry_id}"
        yield _draft(listener, occasion.alert, subject, DeliveryKind.POST, why)


def _first_match(
    wishes: list[Subscription], occasion: Occasion, query_test: QueryTest
) -> Why | None:
    for subscription in wishes:
        spans = _spans(subscription, occasion, query_test)
        if spans is not None and allows_story(subscription.wish.level, occasion.story):
            wish = str(subscription.wish)
            return Why(subscription_id=subscription.id, wish=wish, spans=spans)
    return None


def _spans(
    subscription: Subscription, occasion: Occasion, query_test: QueryTest
) -> tuple[Span, ...] | None:
    """Return the words that matched; an empty tuple where the story's earlier entries did."""
    wish = subscription.wish
    if wish.query is not None:
        return query_test(wish.query, occasion.newcomer)
    for match in occasion.newcomer.reading.topics:
        if match.topic == wish.topic:
            return match.spans
    by_story = wish.group is Grouping.STORY and wish.topic in occasion.story.topics
    return () if by_story else None


def _draft(
    listener: Listener, alert: Alert, subject: str, kind: DeliveryKind, why: Why
) -> DeliveryDraft:
    by_entry = subject.startswith("entry:")
    return DeliveryDraft(
        destination_id=listener.destination.id,
        alert_id=alert.id,
        subject=subject,
        kind=kind,
        revision=0 if by_entry else alert.revision,
        why=why,
    )
