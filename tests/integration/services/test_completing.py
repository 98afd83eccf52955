"""What is suggested while a person types: stories of their place, and feeds they may see."""

from datetime import timedelta

import pytest

from bot.domain.actor import Actor
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import PlatformName
from bot.domain.feed import Origin
from bot.services.feeds import FeedService
from bot.services.permissions import Policy, Who
from bot.services.stories import StoryService
from tests.fakes.archive import Archive


def person(**fields):
    """A person in a Discord channel."""
    known = {"platform": PlatformName.DISCORD, "workspace": "9", "user": "42", "channel": "111"}
    return Actor(**(known | fields))


@pytest.fixture
def archive(store, clock):
    return Archive(store, clock)


async def tell(store, clock, *story_ids):
    """Let the channel be told of stories, the last one last."""
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            person().address, origin=Origin.CHAT, zone="UTC", locale="en"
        )
        for number, story_id in enumerate(story_ids):
            draft = DeliveryDraft(
                destination_id=place.id,
                alert_id=None,
                subject=f"story:{story_id}",
                kind=DeliveryKind.POST,
                revision=1,
                why=Why(subscription_id=None, wish="autos"),
            )
            await uow.deliveries.enqueue([draft], clock.now() + timedelta(seconds=number))


async def test_stories_told_here_come_first(store, clock, archive):
    """Then the newest of all; words and numbers narrow them, accents and capitals do not matter."""
    feed = await archive.feed()
    old = (await archive.story(feed, "Aranceles al acero en México", ago=timedelta(days=30))).id
    autos = (await archive.story(feed, "Autos tariff rises", ago=timedelta(days=2))).id
    new = (await archive.story(feed, "Steel tariff falls", ago=timedelta(hours=1))).id
    await tell(store, clock, autos, old)
    stories = StoryService(store)

    async def named(text, limit=25):
        return [story.id for story in await stories.named(person(), text, limit)]

    assert await named("") == [old, autos, new]
    assert await named("TARIFF") == [autos, new]
    assert await named("mexico acero") == [old]
    assert await named(f"#{new}") == [new]
    assert await named("", 1) == [old]
    assert await named("nothing of the kind") == []


async def test_another_place_has_other_stories_first(store, clock, archive):
    """A channel that was told nothing gets the newest."""
    feed = await archive.feed()
    first = (await archive.story(feed, "One", ago=timedelta(days=2))).id
    second = (await archive.story(feed, "Two", ago=timedelta(days=1))).id
    await tell(store, clock, first)
    found = await StoryService(store).named(person(channel="222"), "")
    assert [story.id for story in found] == [second, first]


async def test_feeds_are_found_by_name_and_key_by_who_may_see_them(store, clock, archive):
    """Whoever may not see the feeds gets no suggestion, and no reason to ask."""
    feed = await archive.feed()
    key = feed.spec.key
    open_to_all = FeedService(store, clock)
    admins = FeedService(store, clock, Policy(who=Who.ADMINS))
    assert (key, feed.spec.name) in await open_to_all.named(person(), key[:3].upper())
    assert await open_to_all.named(person(), "no such feed") == ()
    assert await admins.named(person(), key) == ()
    assert await admins.named(person(admin=True), key) != ()
