"""Rules in the shadow of the live ones: read beside them, noted, shown by a backtest, never told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.shadow import RuleVersion
from bot.pipeline.shadow import Shadow
from bot.reading.rules import Rules, TopicRule, version_of
from bot.reading.topics import TopicReader
from bot.services.backtest import BacktestService, topics_by
from tests.integration.pipeline.house import STEEL, House
from tests.integration.pipeline.test_way_through import entry

NEXT = Rules(topics=(TopicRule(id="steel", label={"en": "Steel"}, strong=("mill", "plates")),))


@pytest.fixture
def shadowed(house: House) -> House:
    """A house whose entries are read by other rules too."""
    house.shadow = Shadow(version_of(NEXT), topics_by(TopicReader(NEXT)))
    return house


async def follow(house: House, live: str, shadow: str | None) -> RuleVersion | None:
    async with house.store.begin() as uow:
        _, beside = await uow.rules.follow(live=live, shadow=shadow, now=house.clock.now())
    return beside


async def test_what_a_changed_file_would_change_is_shown_and_not_told(
    shadowed: House,
) -> None:
    """One entry only the new rules have, one only the live ones, one both."""
    house = shadowed
    service = BacktestService(house.store, house.clock)
    assert await service.of_shadow(None) is None
    await house.feeds("ledger")
    await house.subscribe("C1", STEEL)
    await house.poll("ledger", entry("before", "Auditors visit eleven plates factories", house))
    house.clock.advance(minutes=5)
    await follow(house, "live", version_of(NEXT))
    house.clock.advance(minutes=5)
    await house.poll(
        "ledger",
        entry("e1", "A mill opens in Hamilton", house),
        entry("e2", "Harbour strike halts loading #steel", house),
        entry("e3", "Pipe makers ask for plates review #steel", house),
    )
    await house.drain()
    assert len(house.slack.taken) == 2, house.slack.taken
    found = await service.of_shadow(None)
    assert found is not None
    change = found.by_topic["steel"]
    assert (change.kept, change.gained, change.lost) == (1, 1, 1)
    assert [each.title for each in found.gained] == ["A mill opens in Hamilton"]
    assert [each.title for each in found.lost] == ["Harbour strike halts loading #steel"]
    run = await house.store.queries.shadow.run()
    assert run is not None
    assert (run.rules.version, run.rules.looked_at) == (version_of(NEXT), 3)


async def test_when_rules_begin_and_end(house: House) -> None:
    """The same rules go on; others, and none, end them; new live rules begin the shadow anew."""
    first = await follow(house, "live", "next")
    house.clock.advance(days=1)
    assert await follow(house, "live", "next") == first
    assert await follow(house, "live", None) is None
    run = await house.store.queries.shadow.run()
    assert run is not None
    assert run.rules.until == house.clock.now()
    again = await follow(house, "live", "next")
    assert first is not None
    assert again == replace(first, id=again.id, since=house.clock.now())
    house.clock.advance(days=1)
    renewed = await follow(house, "changed", "next")
    assert renewed is not None
    assert renewed.since == again.since + timedelta(days=1)
    other = await follow(house, "changed", "another")
    run = await house.store.queries.shadow.run()
    assert run is not None
    assert run.rules == other
    assert (run.rules.version, run.rules.until) == ("another", None)


async def test_rules_that_ended_meanwhile_are_told_of_nothing(shadowed: House) -> None:
    """A worker that still reads by them stores its entries all the same."""
    await shadowed.feeds("ledger")
    await follow(shadowed, "live", None)
    await shadowed.poll("ledger", entry("e1", "A mill opens in Hamilton", shadowed))
    assert await shadowed.store.queries.shadow.run() is None


def test_the_same_rules_have_the_same_version() -> None:
    """Whatever order their file had them in is part of them; sixteen hexadecimal digits."""
    assert version_of(NEXT) == version_of(Rules(topics=NEXT.topics))
    assert version_of(NEXT) != version_of(replace(NEXT, masks=("steel drum",)))
    assert len(version_of(NEXT)) == 16
