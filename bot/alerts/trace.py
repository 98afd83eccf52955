"""What stopped the subscriptions of a place that got nothing of an occasion. Pure.

Only subscriptions that matched are traced, and a query is tried again only where something else
would have stopped it: a query without a trace is one that did not match.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.alerts.levels import allows_story
from bot.alerts.people import muted_topics
from bot.alerts.routing import Occasion, QueryTest
from bot.domain.destination import Grouping, Subscription
from bot.domain.story import Telling
from bot.domain.trace import Stop, Stopped
from bot.ports import Listener

MAX_STOPPED = 3
"""Subscriptions of one place that are traced for one alert."""
MAX_WISH = 120


def stopped(
    listener: Listener, occasion: Occasion, *, query_test: QueryTest
) -> tuple[Stopped, ...]:
    """Return what stopped the listener's subscriptions; nothing where its place has the story."""
    if listener.has_post:
        return ()
    found = []
    for held in listener.subscriptions:
        why = next(_stops(held, listener, occasion), None)
        if why is not None and _matches(held, occasion, query_test):
            found.append(why)
            if len(found) == MAX_STOPPED:
                break
    return tuple(found)


def _stops(held: Subscription, listener: Listener, occasion: Occasion) -> Iterator[Stopped]:
    """What stops a subscription, the hardest first."""
    alert, story, wish = occasion.alert, occasion.story, held.wish
    said = Stopped(stop=Stop.HELD, wish=str(wish)[:MAX_WISH])
    if not alert.opens:
        yield said
    if alert.telling is Telling.NOTHING and wish.group is Grouping.STORY:
        yield replace(said, stop=Stop.NOTHING_NEW)
    muted = muted_topics(listener, alert)
    if wish.topic in muted or (wish.query and story.topics and muted.issuperset(story.topics)):
        topics = [wish.topic] if wish.topic is not None else story.topics
        yield replace(said, stop=Stop.MUTED, detail=", ".join(topics))
    if wish.langs and occasion.newcomer.reading.lang not in wish.langs:
        yield replace(said, stop=Stop.LANGUAGE, detail=", ".join(wish.langs))
    if wish.group is Grouping.STORY and len(story.sources) < wish.sources:
        yield replace(said, stop=Stop.SOURCES, detail=str(wish.sources))
    if not allows_story(wish.level, story):
        yield replace(said, stop=Stop.LEVEL, detail=str(wish.level))


def _matches(held: Subscription, occasion: Occasion, query_test: QueryTest) -> bool:
    wish = held.wish
    if wish.query is not None:
        return query_test(wish.query, occasion.newcomer) is not None
    if wish.topic in occasion.newcomer.reading.topic_names:
        return True
    return wish.group is Grouping.STORY and wish.topic in occasion.story.topics
