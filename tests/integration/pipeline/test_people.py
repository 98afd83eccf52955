"""What follows, mutes and settled deadlines change about who is told, and of what."""

import datetime as dt
from datetime import timedelta

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.entry import Entry
from bot.domain.ids import StoryId
from bot.domain.reading import DeadlineFact, DeadlineKind, Reading
from bot.pipeline.ahead import nothing_on_record
from bot.pipeline.upkeep import Upkeep
from bot.services.deadline_marks import Act, DeadlineMarkService
from bot.services.follows import FollowService
from bot.services.mutes import MuteService
from tests.fakes.pipeline import simple_reading
from tests.integration.pipeline.house import STEEL, House

ANA = Actor(platform=PlatformName.SLACK, user="U1", channel="C1", called="ana")


def entry(guid: str, title: str, summary: str = "") -> Entry:
    return Entry(
        guid=guid,
        url="https://outlet.example/steel",
        title=title,
        summary=summary,
        source=f"Outlet {guid} (sample)",
    )


async def test_a_follower_gets_the_story_then_what_is_new(house: House) -> None:
    """Whoever lacks the message gets it with the first update; the thread tells what is new."""
    await house.feeds("a", "b", "c")
    await house.poll("a")
    await house.poll("b")
    await house.poll("c")
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry("1", "Duty on #steel announced"))
    await house.drain()
    assert [sent.to for sent in house.slack.taken] == ["slack:C1"]
    await FollowService(house.store, house.clock).follow(ANA, StoryId(1))
    await house.poll("b", entry("2", "Duty on #steel", "It is in force now."))
    await house.drain()
    mine = [sent for sent in house.slack.taken if sent.to == "slack:U1"]
    assert [sent.what.split()[0] for sent in mine] == ["post", "reply"]
    assert mine[0].message.why == "You follow this story"
    assert mine[1].message.changes
    await FollowService(house.store, house.clock).unfollow(ANA, StoryId(1))


async def test_a_follow_ends_when_the_story_is_over(house: House) -> None:
    """Thirty days without an entry end it; a younger follow has as long from its own day."""
    await house.feeds("a")
    await house.poll("a")
    await house.poll("a", entry("1", "Duty on #steel announced"))
    follows = FollowService(house.store, house.clock)
    await follows.follow(ANA, StoryId(1))
    upkeep = Upkeep(store=house.store, clock=house.clock)
    house.clock.advance(days=29)
    await upkeep.run()
    assert len(await follows.of(ANA)) == 1
    house.clock.advance(days=2)
    await upkeep.run()
    assert await follows.of(ANA) == []


async def test_a_muted_topic_is_not_told_until_its_time_is_over(house: House) -> None:
    """A story that is also on another topic comes; after the mute everything does."""
    await house.feeds("a")
    await house.poll("a")
    await house.subscribe("C1", STEEL)
    mutes = MuteService(house.store, house.clock)
    await mutes.mute(ANA, ["steel"], until=house.clock.now() + timedelta(days=1))
    await house.poll("a", entry("1", "A first matter of #steel"))
    await house.drain()
    assert house.slack.taken == []
    house.clock.advance(days=2)
    other = Entry(guid="2", url="https://x.example/2", title="Other words on #steel wholly new")
    await house.poll("a", other)
    await house.drain()
    assert len(house.slack.taken) == 1
    await Upkeep(store=house.store, clock=house.clock).run()
    place = await house.store.queries.destination(ANA.address)
    assert place is not None
    assert await house.store.queries.people.mutes(place.id) == []


async def test_what_the_team_dismissed_is_in_no_message(house: House) -> None:
    """Confirmed and handled dates say by whom."""

    def read(told: Entry, now: dt.datetime) -> Reading:
        facts = tuple(
            DeadlineFact(
                kind=kind, date=dt.date(2026, 12, 1), text="By December 1.", confidence=0.9
            )
            for kind in (DeadlineKind.COMMENT, DeadlineKind.HEARING)
        )
        plain = simple_reading(told, now)
        return Reading(lang=plain.lang, topics=plain.topics, deadlines=facts)

    house.read = read
    await house.feeds("a")
    await house.poll("a")
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry("1", "Duty on #steel announced"))
    marks = DeadlineMarkService(house.store, house.clock, record=nothing_on_record)
    found = await marks.of_story(ANA, StoryId(1))
    numbers = {known.fact.kind: known.id for known in found.deadlines}
    await marks.settle(ANA, numbers[DeadlineKind.COMMENT], Act.DISMISS)
    await marks.settle(ANA, numbers[DeadlineKind.HEARING], Act.HANDLED)
    await house.drain()
    (line,) = house.slack.taken[0].message.deadlines
    assert line.text == "1 Dec 2026: hearing"
    assert line.note == "handled by @ana"
