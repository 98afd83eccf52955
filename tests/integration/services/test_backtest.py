from datetime import timedelta

import pytest

from bot.domain.destination import PlatformName
from bot.errors import InvalidInputError
from bot.reading.rules import Rules, TopicRule
from bot.reading.topics import TopicReader
from bot.services.backtest import BacktestService
from tests.fakes.archive import Archive
from tests.fakes.asking import World, person


@pytest.fixture
def archive(store, clock):
    return Archive(store, clock)


@pytest.fixture
def service(store, clock):
    return BacktestService(store, clock)


@pytest.fixture
async def filled(archive):
    """Three stories about steel, one of them old, and one about autos."""
    feed = await archive.feed()
    await archive.story(feed, "Steel duty rises", "Steel duty up", topics=("tariffs",))
    await archive.story(feed, "Steel mill opens", topics=(), ago=timedelta(days=10))
    await archive.story(feed, "Old steel", topics=(), ago=timedelta(days=300))
    await archive.story(feed, "Autos duty", topics=("autos",), ago=timedelta(days=3))
    return feed


async def test_a_query_is_tried_on_the_time_asked_for(service, filled):
    """Stories, not entries; what lies before the time is not looked at."""
    found = await service.of_query(None, "steel")
    assert (found.matched, found.alerts, found.gained_alerts) == (3, 2, 2)
    assert sum(found.weeks) == 2
    assert (await service.of_query(None, "steel", span=timedelta(days=400))).alerts == 3
    names = await service.feed_names(None)
    assert [(names[feed], n) for feed, n in found.feeds] == [("Feed ledger", 3)]


async def test_it_is_measured_against_what_the_place_has(service, filled, store, clock):
    """New is what the place would not get today; lost is what only its subscriptions bring."""
    world = World(store, clock)
    await world.ask("subscribe autos tariffs")
    found = await service.of_query(person().tenant, "steel", against=person().address)
    assert [each.title for each in found.gained] == ["Steel mill opens"]
    assert [each.title for each in found.lost] == ["Autos duty"]
    assert found.lost[0].matched == ("autos",)


async def test_a_file_of_topics_is_tried_against_what_was_read(service, filled):
    """Each topic's kept, gained and lost entries."""
    rules = Rules(
        topics=(TopicRule(id="tariffs", label={"en": "Tariffs"}, strong=("mill", "duty rises")),)
    )
    found = await service.of_topics(None, TopicReader(rules))
    changes = {t: (c.kept, c.gained, c.lost) for t, c in found.by_topic.items()}
    assert changes == {"autos": (0, 0, 1), "tariffs": (1, 1, 1)}
    only = await service.of_topics(None, TopicReader(rules), topics=["tariffs"])
    assert set(only.by_topic) == {"tariffs"}


async def test_a_bound_says_that_it_is_not_the_whole(service, filled):
    """The newest entries are judged first."""
    found = await service.of_query(None, "NOT zebra", most=2)
    assert (found.looked_at, found.complete) == (2, False)


async def test_progress_is_told(service, archive):
    """After every few entries, with how many there are."""
    feed = await archive.feed()
    await archive.story(feed, *(f"Steel {n}" for n in range(45)))
    told = []
    await service.of_query(None, "steel", progress=lambda done, total: told.append((done, total)))
    assert told == [(20, 45), (40, 45)]


async def test_a_query_that_does_not_parse_says_where(service):
    """With a corrected example, as everywhere."""
    with pytest.raises(InvalidInputError, match="character"):
        await service.of_query(None, "steel AND (")


async def test_it_is_asked_in_a_channel(store, clock, filled):
    """How many a week, what is new, the busiest feeds, and a button that subscribes it."""
    world = World(store, clock)
    reply = await world.ask("backtest steel 30d")
    assert reply.title == "“steel” over the last 30 days"
    assert "2 alerts, 0.5 a week" in reply.text
    assert "New to this place (2)" in reply.text
    assert "3 entries match" in reply.text  # of four; those without the word were passed over
    one = await world.ask("backtest title:autos 30d")
    assert "1 alert, " in one.text
    (subscribe,) = reply.actions
    assert (await world.ask(subscribe.command)).ok
    again = await world.ask("backtest steel 30d", platform=PlatformName.SLACK)
    assert "New to this place (0)" not in again.text
    assert "3 of 4 entries match" in again.text  # all were looked at, to know what is lost
    assert "nothing" in (await world.ask("backtest zebra")).text
    assert not (await world.ask("backtest")).ok
    assert not (await world.ask("backtest steel AND (")).ok
    assert not (await world.ask("backtest steel 99999d")).ok
