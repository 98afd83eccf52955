"""What mutes and follows of people change about who is told. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.alert import Alert, DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Subscription
from bot.domain.story import Story, Telling
from bot.ports import Listener

FOLLOWED = "story "
"""How the wish of a follow begins in `Why`: no topic's id holds a blank."""

TOLD_BEFORE = "follows the story"
"""What stands for a wish where a place gets what is new of a story it was told."""


def muted_topics(listener: Listener, alert: Alert) -> frozenset[str]:
    """Return the topics this place hears nothing of, when the change happened."""
    return frozenset(mute.topic for mute in listener.mutes if mute.holds(alert.created_at))


def unmuted(listener: Listener, alert: Alert, story: Story) -> Listener:
    """Return the listener with the subscriptions that mutes leave it for this story.

    A story is left out where every topic that matched is muted: a muted topic's subscription does
    not count, and a query's does not where all topics of the story are muted. Where only
    subscriptions that have nothing to do with the story are left, there is none.
    """
    muted = muted_topics(listener, alert)
    if not muted:
        return listener
    left = tuple(held for held in listener.subscriptions if not _is_muted(held, story, muted))
    if len(left) < len(listener.subscriptions) and not any(_may_match(s, story) for s in left):
        left = ()
    return replace(listener, subscriptions=left)


def for_follower(
    listener: Listener, alert: Alert, made: Sequence[DeliveryDraft]
) -> Iterator[DeliveryDraft]:
    """Yield what a person who follows the story gets besides what their subscriptions brought.

    Whoever lacks the story's message gets it first, and what is new in its thread. Nothing is told
    of changes that ask for no message.
    """
    if not listener.follows or alert.telling is Telling.NOTHING:
        return
    subject = f"story:{alert.story_id}"
    there = {draft.kind for draft in made if draft.subject == subject}
    wanted = []
    if not listener.has_post:
        wanted = [DeliveryKind.POST] if alert.telling is Telling.UPDATE else []
    if alert.telling is Telling.UPDATE and DeliveryKind.POST not in there:
        wanted.append(DeliveryKind.REPLY)
    if listener.has_post:
        wanted.append(DeliveryKind.EDIT)
    why = Why(subscription_id=None, wish=f"{FOLLOWED}{alert.story_id}")
    for kind in wanted:
        if kind not in there:
            yield DeliveryDraft(
                destination_id=listener.destination.id,
                alert_id=alert.id,
                subject=subject,
                kind=kind,
                revision=alert.revision,
                why=why,
            )


def _is_muted(held: Subscription, story: Story, muted: frozenset[str]) -> bool:
    if held.wish.topic is not None:
        return held.wish.topic in muted
    return bool(story.topics) and muted.issuperset(story.topics)


def _may_match(held: Subscription, story: Story) -> bool:
    return held.wish.topic is None or held.wish.topic in story.topics
