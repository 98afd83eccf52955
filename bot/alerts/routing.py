"""Which deliveries one change of a story means for one destination. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.alerts.levels import allows_story, allows_update
from bot.alerts.people import TOLD_BEFORE, for_follower, unmuted
from bot.domain.alert import Alert, DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Grouping, Subscription
from bot.domain.reading import Span
from bot.domain.story import ChangeKind, Member, Story, Telling
from bot.ports import Listener

QueryTest = Callable[[str, Member], tuple[Span, ...] | None]
"""Tells whether a query's text matches an entry, and by which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is to be told: the change, the story after it, and the entry that brought it."""

    alert: Alert
    story: Story
    newcomer: Member
    members: tuple[Member, ...] = ()
    """All of the story's entries, where a subscription waits for a number of sources, or is told by their topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A subscription that wants an occasion, and why."""

    subscription: Subscription
    why: Why


def words_of(topic: str | None, members: Iterable[Member]) -> tuple[Span, ...]:
    """Return the words by which the first entry on a topic was found to be on it."""
    matches = (match for member in members for match in member.reading.topics)
    return next((match.spans for match in matches if match.topic == topic), ())


def route(listener: Listener, occasion: Occasion, *, query_test: QueryTest) -> list[DeliveryDraft]:
    """Return the deliveries this destination gets of the occasion, none where it wants nothing."""
    heard = unmuted(listener, occasion.alert, occasion.story)
    made = [
        *_for_story(heard, occasion, query_test),
        *_for_entry(heard, occasion, query_test),
    ]
    return [*made, *for_follower(listener, occasion.alert, made)]


def _for_story(
    listener: Listener, occasion: Occasion, query_test: QueryTest
) -> Iterator[DeliveryDraft]:
    wishes = [s for s in listener.subscriptions if s.wish.group is Grouping.STORY]
    alert, story = occasion.alert, occasion.story
    # a story that a held entry began is told by the first entry that may be told, news to it or not
    lacks = not listener.has_post and alert.opens
    if not wishes or (alert.telling is Telling.NOTHING and not lacks):
        return
    subject = f"story:{story.id}"
    if not listener.has_post and not alert.opens:
        return
    if not listener.has_post:
        why = _at_once(wishes, occasion, query_test)
        if why is not None:
            yield _draft(listener, alert, subject, DeliveryKind.POST, why)
        return
    follows = Why(subscription_id=None, wish=TOLD_BEFORE)
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
    why = _at_once(wishes, occasion, query_test)
    if why is not None:
        subject = f"entry:{occasion.newcomer.entry_id}"
        yield _draft(listener, occasion.alert, subject, DeliveryKind.POST, why)


def for_digests(
    listener: Listener, occasion: Occasion, *, query_test: QueryTest
) -> Iterator[Match]:
    """Yield the subscriptions to digests that want the occasion, with why they want it.

    A story that has a message of its own here, or gets one now, is in no digest. An edit counts
    only as a correction; whether the digest told what it corrects is for the caller to know.
    """
    alert = occasion.alert
    corrects = any(change.kind is ChangeKind.CORRECTION for change in alert.changes)
    if not (alert.opens or corrects) or alert.telling is Telling.NOTHING:
        return
    heard = unmuted(listener, occasion.alert, occasion.story)
    wishes = [s for s in heard.subscriptions if not s.wish.when.instant]
    of_entries = [s for s in wishes if s.wish.group is Grouping.ENTRY]
    of_stories = [s for s in wishes if s.wish.group is Grouping.STORY]
    if alert.opens:
        yield from _matches(of_entries, occasion, query_test)
    if not listener.has_post:
        yield from _matches(of_stories, occasion, query_test)


def _at_once(wishes: list[Subscription], occasion: Occasion, query_test: QueryTest) -> Why | None:
    """Why the first of the subscriptions that speak at once wants it; they mention together."""
    instant = [subscription for subscription in wishes if subscription.wish.when.instant]
    found = list(_matches(instant, occasion, query_test))
    if not found:
        return None
    mentioned = [match.subscription.wish.mention for match in found]
    mention = tuple(dict.fromkeys(each for each in mentioned if each is not None))
    return replace(found[0].why, mention=mention)


def _matches(
    wishes: list[Subscription], occasion: Occasion, query_test: QueryTest
) -> Iterator[Match]:
    for subscription in wishes:
        wish = subscription.wish
        enough = wish.group is Grouping.ENTRY or len(occasion.story.sources) >= wish.sources
        if not enough or not allows_story(wish.level, occasion.story):
            continue
        spans = _spans(subscription, occasion, query_test)
        if spans is not None:
            why = Why(subscription_id=subscription.id, wish=str(wish), spans=spans)
            yield Match(subscription=subscription, why=why)


def _spans(
    subscription: Subscription, occasion: Occasion, query_test: QueryTest
) -> tuple[Span, ...] | None:
    """Return the words that matched, where need be those of the story's other entries.

    Where a number of sources is waited for, the entry that completes it need not match itself.
    """
    wish = subscription.wish
    earlier = occasion.members if wish.sources > 1 and wish.group is Grouping.STORY else ()
    for member in (occasion.newcomer, *earlier):
        if wish.langs and member.reading.lang not in wish.langs:
            continue
        if wish.query is not None:
            spans = query_test(wish.query, member)
        else:
            spans = _topic_spans(subscription, member, occasion)
        if spans is not None:
            return spans
    return None


def _topic_spans(
    subscription: Subscription, member: Member, occasion: Occasion
) -> tuple[Span, ...] | None:
    wish = subscription.wish
    for match in member.reading.topics:
        if match.topic == wish.topic:
            return match.spans
    by_story = wish.group is Grouping.STORY and wish.topic in occasion.story.topics
    return words_of(wish.topic, occasion.members) if by_story else None


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
