"""What is told at an hour: digests, quiet hours, storms, reminders, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.alerts.message import Label
from bot.domain.alert import DeliveryState
from bot.domain.destination import Destination, Level, Wish
from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import DestinationId
from bot.domain.manners import Manners, Mention, MentionKind, Quiet, Rhythm, When
from bot.domain.message import Link, Message
from bot.domain.reading import DeadlineFact, DeadlineKind, Lang
from bot.domain.views import FoundDeadline
from bot.pipeline.digests import Digests
from bot.pipeline.hours import Hours
from bot.pipeline.reminders import Reminders
from tests.integration.pipeline.house import ALL, STEEL, House

TORONTO = "America/Toronto"
DAILY = Wish(topic="steel", when=When(rhythm=Rhythm.DAILY, at=time(8)))
NIGHT = Quiet(start=time(22), end=time(7))


def label(topic: str, _locale: str) -> str:
    return topic.upper()


def no_french(topic: str, locale: str) -> str:
    """A mistake of ours that one place meets."""
    if locale == "fr":
        raise KeyError(topic)
    return label(topic, locale)


def hours(house: House, *record: FoundDeadline, name: Label = label) -> Hours:
    """What the engine runs every few seconds."""
    store, clock = house.store, house.clock
    return Hours(
        store=store,
        clock=clock,
        digests=Digests(store=store, clock=clock, label=name, record=lambda _since, _until: record),
        reminders=Reminders(
            store=store, clock=clock, label=name, record=lambda _since, _until: record
        ),
    )


def at(house: House, text: str) -> None:
    """Set the clock to a moment in UTC."""
    house.clock.time = datetime.fromisoformat(text).replace(tzinfo=UTC)


_EVENTS = (
    "Maple quota opens for growers #steel",
    "Harbour strike halts loading #steel",
    "Auditors visit eleven mills #steel",
    "Court hears brokers over bonds #steel",
    "Senate confirms envoy Ortiz #steel",
    "Rail lines reopen near Laredo #steel",
    "Furnace outage shuts Hamilton plant #steel",
    "Pipe makers ask for review #steel",
    "Union votes on contract tonight #steel",
    "Port of Veracruz adds cranes #steel",
    "Scrap prices slide further #steel",
    "Wire rod petition withdrawn #steel",
    "Bridge tolls change in spring #steel",
    "Customs portal down overnight #steel",
    "Zinc smelter seeks exemption #steel",
)


def news(number: int, house: House, **changes: object) -> Entry:
    """An entry about an event of its own."""
    values: dict = {
        "guid": f"g{number}",
        "url": f"https://ledger.example/{number}",
        "title": _EVENTS[number],
        "published": house.clock.now(),
        "source": "Border Ledger (sample)",
    }
    return Entry(**(values | changes))


async def settle(house: House, place: DestinationId, zone: str, **manners: object) -> Destination:
    """Give a place its zone and manners."""
    async with house.store.begin() as uow:
        there = await uow.destinations.get(place)
        assert there is not None
        there = replace(there, zone=zone, manners=Manners(**manners))
        await uow.destinations.set_manners(there, by="slack:U1")
    return there


async def in_french(house: House, place: DestinationId) -> None:
    """Have a place told in French."""
    async with house.store.begin() as uow:
        there = await uow.destinations.get(place)
        assert there is not None
        await uow.destinations.set_manners(replace(there, locale="fr"), by="slack:U1")


def shown(message: Message) -> list[str]:
    """The texts of a digest's lines."""
    return [line.text for section in message.sections for line in section.lines]


async def test_a_digest_comes_once_at_its_local_time(house: House) -> None:
    """Stories of the day are one message at 08:00 in Toronto, nothing before and nothing after."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    place = await house.subscribe("C1", DAILY)
    await settle(house, place, TORONTO)
    await house.poll("ledger", news(0, house), news(1, house))
    await hours(house).run()
    await house.drain()
    assert house.slack.taken == []
    at(house, "2026-11-20T13:00")
    await hours(house).run()
    await hours(house).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.what == "post"
    assert sent.message.headline.text == "Digest of 20 Nov 2026"
    assert sent.message.summary == "2 stories"
    assert [section.heading for section in sent.message.sections] == ["STEEL"]
    assert set(shown(sent.message)) == {_EVENTS[0], _EVENTS[1]}
    at(house, "2026-11-21T13:00")
    await hours(house).run()
    await house.drain()
    assert len(house.slack.taken) == 1


async def test_a_digest_missed_while_the_bot_was_down_comes_once_and_says_so(house: House) -> None:
    """Three hours late it is sent, once, and names the time it was due."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    place = await house.subscribe("C1", DAILY)
    await settle(house, place, TORONTO)
    await house.poll("ledger", news(0, house))
    at(house, "2026-11-20T16:00")
    for _ in range(3):
        await hours(house).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.summary == "1 story · late: it was due on 20 Nov 2026, 08:00 EST"


async def test_a_place_whose_digest_fails_keeps_no_other_waiting(house: House) -> None:
    """Nothing of it is half written: it is told later, once, when the mistake is mended."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await in_french(house, await house.subscribe("C1", DAILY))
    await house.subscribe("C2", DAILY)
    await house.poll("ledger", news(0, house))
    at(house, "2026-11-21T08:00")
    assert await hours(house, name=no_french).run() == 1
    await house.drain()
    assert [sent.to for sent in house.slack.taken] == ["slack:C2"]
    assert await hours(house).run() == 0, "it waits for a while"
    at(house, "2026-11-21T08:15")
    assert await hours(house).run() == 1
    await house.drain()
    assert [sent.to for sent in house.slack.taken] == ["slack:C2", "slack:C1"]


async def test_two_workers_tell_a_digest_once(house: House) -> None:
    """The same hour looked at by several workers makes one message."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await house.subscribe("C1", DAILY)
    await house.poll("ledger", news(0, house))
    at(house, "2026-11-21T08:00")
    written = [await hours(house).run() for _ in range(3)]
    assert written == [1, 0, 0]


async def test_a_long_digest_goes_on_in_its_thread(house: House) -> None:
    """More stories than one message holds are told in replies, each once."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await house.subscribe("C1", DAILY)
    entries = [news(number, house) for number in range(15)]
    await house.poll("ledger", *entries[:10])
    house.clock.advance(minutes=5)
    await house.poll("ledger", *entries)
    at(house, "2026-11-21T08:00")
    await hours(house).run()
    await house.drain()
    whats = [sent.what for sent in house.slack.taken]
    assert whats == ["post", "reply m1"]
    told = [text for sent in house.slack.taken for text in shown(sent.message)]
    assert sorted(told) == sorted(_EVENTS)
    assert house.slack.taken[1].message.headline.text == "Digest of 21 Nov 2026 (2 of 2)"


async def test_an_empty_digest_is_said_only_where_it_is_wanted(house: House) -> None:
    """By itself nothing is sent; with the setting one sentence comes, once."""
    at(house, "2026-11-20T12:00")
    silent = await house.subscribe("C1", DAILY)
    told = await house.subscribe("C2", DAILY)
    await settle(house, silent, "UTC")
    await settle(house, told, "UTC", say_empty=True)
    at(house, "2026-11-21T08:00")
    for _ in range(3):
        await hours(house).run()
    await house.drain()
    assert [(sent.to, sent.message.summary) for sent in house.slack.taken] == [
        ("slack:C2", "Nothing new since the last digest.")
    ]


async def test_a_story_told_at_once_is_in_no_digest(house: House) -> None:
    """Several subscriptions of a place merge: the story comes once."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    weekly = When(rhythm=Rhythm.WEEKLY, at=time(8), day=0)
    place = await house.subscribe(
        "C1", DAILY, Wish(query="harbour"), Wish(query="#steel OR maple", when=weekly)
    )
    await house.poll("ledger", news(0, house), news(1, house))
    await house.drain()
    at(house, "2026-11-21T08:00")
    await hours(house).run()
    await house.drain()
    at(house, "2026-11-23T08:00")
    await hours(house).run()
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken] == [
        _EVENTS[1],
        "Digest of 21 Nov 2026",
    ]
    assert shown(house.slack.taken[1].message) == [_EVENTS[0]]
    assert len(await house.outbox(place)) == 2


async def test_ending_a_subscription_ends_what_it_gathered(house: House) -> None:
    """What waits in a digest goes with the subscription that asked for it."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    place = await house.subscribe("C1", DAILY)
    await house.poll("ledger", news(0, house))
    async with house.store.begin() as uow:
        (held,) = await uow.subscriptions.of(place)
        await uow.subscriptions.remove(held.id)
    at(house, "2026-11-21T08:00")
    assert await hours(house).run() == 0


async def test_quiet_hours_hold_and_lose_nothing(house: House) -> None:
    """Stories of the night come in the morning, one message each, as they are then."""
    at(house, "2026-11-21T04:00")  # 23:00 in Toronto
    await house.feeds("ledger", "wire")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, TORONTO, quiet=NIGHT)
    await house.poll("ledger", news(0, house), news(1, house))
    await house.poll("wire", news(0, house, guid="w0", source="Sample Wire", summary="in force"))
    at(house, "2026-11-21T11:59:59")
    await hours(house).run()
    await house.deliver().run()
    assert house.slack.taken == []
    at(house, "2026-11-21T12:00")
    await hours(house).run()
    await house.drain()
    assert sorted(sent.message.headline.text for sent in house.slack.taken) == sorted(
        [_EVENTS[0], _EVENTS[1]]
    )
    assert all(sent.what == "post" for sent in house.slack.taken)
    both = next(sent for sent in house.slack.taken if sent.message.headline.text == _EVENTS[0])
    assert both.message.source_count == 2


async def test_many_stories_of_the_night_become_one_digest(house: House) -> None:
    """More than five are one message in the morning, and none of them comes again by itself."""
    at(house, "2026-11-21T04:00")
    await house.feeds("ledger", "wire", "third")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, TORONTO, quiet=NIGHT)
    await house.poll("ledger", *(news(number, house) for number in range(6)))
    at(house, "2026-11-21T12:00")
    await hours(house).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.headline.text == "While it was quiet here"
    assert sorted(shown(sent.message)) == sorted(_EVENTS[:6])
    await house.poll("wire", news(0, house, guid="w0", source="Sample Wire"))
    await house.drain()
    assert len(house.slack.taken) == 1
    house.clock.advance(minutes=5)
    again = news(0, house, guid="w1", source="Third Wire", summary="in force")
    await house.poll("third", again)
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken[1:]] == [_EVENTS[0]]


async def test_updates_of_the_night_are_one_reply(house: House) -> None:
    """A posted story that moves twice in quiet hours is told once in its thread in the morning."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger", "wire")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, "UTC", quiet=NIGHT)
    await house.poll("ledger", news(0, house))
    await house.drain()
    at(house, "2026-11-20T23:00")
    official = {"tier": Tier.OFFICIAL, "url": None}
    await house.poll("wire", news(0, house, guid="w1", source="Ministry A", **official))
    await house.poll("wire", news(0, house, guid="w2", source="Ministry B", **official))
    await house.drain()
    assert len(house.slack.taken) == 1
    at(house, "2026-11-21T07:00")
    await house.drain()
    replies = [sent for sent in house.slack.taken if sent.what.startswith("reply")]
    assert len(replies) == 1
    assert len(replies[0].message.changes) == 2
    assert sum(sent.what.startswith("edit") for sent in house.slack.taken) == 1


async def test_what_is_late_waits_for_the_morning_too(house: House) -> None:
    """An alert of the evening that could not be sent before quiet hours is not sent in them."""
    at(house, "2026-11-20T21:59")
    await house.feeds("ledger")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, "UTC", quiet=NIGHT)
    await house.poll("ledger", news(0, house))
    at(house, "2026-11-20T23:00")
    await house.deliver().run()
    (waiting,) = await house.outbox(place)
    assert (waiting.state, waiting.attempts) == (DeliveryState.PENDING, 0)
    assert waiting.due_at == datetime(2026, 11, 21, 7, tzinfo=UTC)
    assert house.slack.taken == []
    at(house, "2026-11-21T07:00")
    await house.deliver().run()
    assert len(house.slack.taken) == 1


@pytest.mark.parametrize("through", [True, False])
async def test_an_official_flash_passes_only_where_it_may(house: House, through: bool) -> None:
    """In quiet hours an official step with a deadline comes only where the place lets it through."""
    at(house, "2026-11-20T23:00")
    house.read = lambda entry, _now: replace(
        read_flash(entry), countries=("US",), deadlines=(deadline("2026-12-01"),)
    )
    await house.feeds("ledger")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, "UTC", quiet=NIGHT, flash_through=through)
    await house.poll("ledger", news(0, house, tier=Tier.OFFICIAL))
    await house.drain()
    assert len(house.slack.taken) == int(through)


def read_flash(entry: Entry):
    from tests.fakes.pipeline import simple_reading

    return simple_reading(entry, datetime(2026, 11, 20, tzinfo=UTC))


def deadline(day: str, **changes: object) -> DeadlineFact:
    values: dict = {
        "kind": DeadlineKind.COMMENT,
        "date": date.fromisoformat(day),
        "text": f"Comments are due by {day}.",
        "confidence": 0.9,
    }
    return DeadlineFact(**(values | changes))


async def test_a_storm_becomes_one_growing_bulletin(house: House) -> None:
    """Three alerts stand alone, the others are one message that grows; official ones stand alone."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger", "gazette")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, "UTC", storm=3)
    for number in range(8):
        await house.poll("ledger", *(news(n, house) for n in range(number + 1)))
        await house.deliver().run()
        house.clock.advance(seconds=40)
    await house.poll("gazette", news(9, house, tier=Tier.OFFICIAL, source="Gazette (sample)"))
    await house.drain()
    alone = [s.message.headline.text for s in house.slack.taken if not s.message.notice]
    assert alone == [*_EVENTS[:3], _EVENTS[9]]
    bulletins = [sent for sent in house.slack.taken if sent.message.notice]
    assert bulletins[0].what == "post"
    assert {sent.what for sent in bulletins[1:]} == {f"edit {bulletins[0].ref}"}
    assert sorted(shown(bulletins[-1].message)) == sorted(_EVENTS[3:8])
    house.clock.advance(minutes=11)
    await house.poll("ledger", *(news(n, house) for n in (*range(8), 10)))
    await house.drain()
    assert house.slack.taken[-1].message.headline.text == _EVENTS[10]
    assert not house.slack.taken[-1].message.notice


async def test_a_storm_that_goes_on_fills_several_bulletins(house: House) -> None:
    """A bulletin that is full is followed by another; no story is in two, none in none."""
    at(house, "2026-11-20T12:00")
    await house.feeds("a", "b")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, "UTC", storm=1)
    await house.poll("a", *(news(n, house) for n in range(8)))
    await house.poll("b", *(news(n, house) for n in range(8, 15)))
    await house.drain()
    last = {sent.message.subject: sent.message for sent in house.slack.taken}
    told = [
        text
        for subject, message in last.items()
        for text in (shown(message) if message.notice else [message.headline.text])
    ]
    assert sorted(told) == sorted(_EVENTS)
    assert sum(subject.startswith("bulletin:") for subject in last) == 2


def on_record(day: str, topic: str = "steel", **changes: object) -> FoundDeadline:
    values: dict = {
        "fact": deadline(day),
        "story_id": None,
        "headline": Link(text=f"Filing closes on {day}", url="https://example.com/filing"),
        "source": "Sample Gazette",
        "tier": Tier.GENERAL,
        "topics": (topic,),
    }
    return FoundDeadline(**(values | changes))


async def test_reminders_come_on_their_days(house: House) -> None:
    """Fourteen, seven and one day before, and on the day, at nine in Toronto, once each."""
    at(house, "2026-11-01T12:00")
    place = await house.subscribe("C1", STEEL)
    await settle(house, place, TORONTO)
    known = (on_record("2026-12-01"), on_record("2026-12-02", "dairy"))
    for hour in range(24 * 33):
        at(house, "2026-11-01T12:00")
        house.clock.advance(hours=hour)
        await hours(house, *known).run()
    await house.drain()
    told = await house.outbox(place)
    assert [row.created_at.isoformat()[:13] for row in told] == [
        "2026-11-17T14",
        "2026-11-24T14",
        "2026-11-30T14",
        "2026-12-01T14",
    ]
    heads = [sent.message.headline.text for sent in house.slack.taken]
    assert heads == [
        "Reminder, in 14 days: Filing closes on 2026-12-01",
        "Reminder, in 7 days: Filing closes on 2026-12-01",
        "Reminder, tomorrow: Filing closes on 2026-12-01",
        "Reminder, today: Filing closes on 2026-12-01",
    ]
    assert house.slack.taken[0].message.deadlines[0].quote == "Comments are due by 2026-12-01."
    assert house.slack.taken[0].message.why.endswith("STEEL, which this place subscribed to")


async def test_after_downtime_only_the_nearest_reminder_comes(house: House) -> None:
    """Down from the fifteenth to the third day before: one reminder, with the days that are left."""
    at(house, "2026-11-01T12:00")
    await house.subscribe("C1", STEEL)
    await hours(house, on_record("2026-12-01")).run()
    at(house, "2026-11-28T20:00")
    for _ in range(3):
        await hours(house, on_record("2026-12-01")).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.headline.text == "Reminder, in 3 days: Filing closes on 2026-12-01"
    assert sent.message.subject.endswith(":2026-12-01:7")


async def test_a_place_whose_reminder_fails_keeps_no_other_waiting(house: House) -> None:
    """It is reminded a little later, when the mistake is mended."""
    at(house, "2026-11-01T12:00")
    await in_french(house, await house.subscribe("C1", STEEL))
    await house.subscribe("C2", STEEL)
    await hours(house, on_record("2026-12-01")).run()
    at(house, "2026-11-28T20:00")
    assert await hours(house, on_record("2026-12-01"), name=no_french).run() == 1
    assert await hours(house, on_record("2026-12-01")).run() == 0
    at(house, "2026-11-28T20:15")
    assert await hours(house, on_record("2026-12-01")).run() == 1
    await house.drain()
    assert [sent.to for sent in house.slack.taken] == ["slack:C2", "slack:C1"]


@pytest.mark.parametrize("why", ["handled", "dismissed", "doubtful", "off", "muted"])
async def test_what_nobody_is_reminded_of(house: House, why: str) -> None:
    """Settled, dismissed and doubtful deadlines are left alone, and so are places that want none."""
    from bot.domain.marks import DeadlineMarks, Mute, Signed

    at(house, "2026-11-01T12:00")
    place = await house.subscribe("C1", STEEL)
    signed = Signed(by="slack:U1", called="Ana", at=house.clock.now())
    known = on_record("2026-12-01")
    if why in {"handled", "dismissed"}:
        known = replace(known, marks=DeadlineMarks(**{why: signed}))
    elif why == "doubtful":
        known = replace(known, fact=deadline("2026-12-01", confidence=0.4))
    elif why == "off":
        await settle(house, place, "UTC", reminders=())
    else:
        async with house.store.begin() as uow:
            mute = Mute(destination_id=place, topic="steel", by="slack:U1", at=house.clock.now())
            await uow.people.mute(mute)
    for day in range(35):
        at(house, "2026-11-01T12:00")
        house.clock.advance(days=day)
        await hours(house, known).run()
    assert await house.outbox(place) == []


async def test_reminders_wait_while_a_place_is_paused(house: House) -> None:
    """Paused over a step, the place gets the nearest one when it goes on, by itself at its time."""
    at(house, "2026-11-01T12:00")
    place = await house.subscribe("C1", STEEL)
    async with house.store.begin() as uow:
        from bot.domain.destination import DestinationState

        until = datetime(2026, 11, 25, tzinfo=UTC)
        await uow.destinations.set_state(place, DestinationState.PAUSED, "paused", until=until)
    for day in range(23):
        house.clock.advance(days=1)
        await hours(house, on_record("2026-12-01")).run()
        assert await house.outbox(place) == [], day
    at(house, "2026-11-25T10:00")
    await hours(house, on_record("2026-12-01")).run()
    (row,) = await house.outbox(place)
    assert row.draft.subject.endswith(":7")


async def test_a_story_waits_for_its_second_source(house: House) -> None:
    """With sources:2 the first outlet's word is kept back, and told when a second repeats it."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger", "wire")
    wish = Wish(query="maple AND lang:en", sources=2)
    await house.subscribe("C1", wish, Wish(topic="dairy"))
    await house.poll("ledger", news(0, house))
    await house.drain()
    assert house.slack.taken == []
    await house.poll("wire", news(0, house, guid="w0", source="Sample Wire"))
    await house.drain()
    assert [sent.message.source_count for sent in house.slack.taken] == [2]


async def test_entries_in_other_languages_do_not_count(house: House) -> None:
    """A subscription to French entries passes over an English one."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await house.subscribe("C1", Wish(topic="steel", langs=(Lang.FR,)))
    await house.subscribe("C2", Wish(topic="steel", langs=(Lang.EN, Lang.ES)))
    await house.poll("ledger", news(0, house))
    await house.drain()
    assert [sent.to for sent in house.slack.taken] == ["slack:C2"]


async def test_everybody_who_asked_is_mentioned(house: House) -> None:
    """The mentions of all subscriptions that matched stand on the first message, on no edit's."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    ana = Mention(kind=MentionKind.USER, id="U1")
    desk = Mention(kind=MentionKind.ROLE, id="S1")
    wishes = (
        Wish(topic="steel", mention=ana),
        Wish(query="maple", mention=desk),
        Wish(query="zebra", mention=Mention(kind=MentionKind.HERE)),
    )
    await house.subscribe("C1", *wishes)
    await house.poll("ledger", news(0, house))
    await house.drain()
    assert house.slack.taken[0].message.mention == (ana, desk)


async def test_levels_and_digests_go_together(house: House) -> None:
    """A digest holds only what its level lets through."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    await house.subscribe("C1", replace(DAILY, level=Level.IMPORTANT))
    await house.poll("ledger", news(0, house), news(1, house, summary="in force"))
    at(house, "2026-11-21T08:00")
    await hours(house).run()
    await house.drain()
    assert shown(house.slack.taken[0].message) == [_EVENTS[1]]
    assert timedelta(0) <= house.clock.now() - datetime(2026, 11, 21, 8, tzinfo=UTC)


async def test_everything_can_wait_for_a_digest(house: House) -> None:
    """Entries by themselves are digested too, each once."""
    at(house, "2026-11-20T12:00")
    await house.feeds("ledger")
    from bot.domain.destination import Grouping

    await house.subscribe("C1", replace(ALL, group=Grouping.ENTRY, when=When(rhythm=Rhythm.HOURLY)))
    await house.poll("ledger", news(0, house), news(1, house))
    at(house, "2026-11-20T13:00")
    await hours(house).run()
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.headline.text == "The last hour"
    assert sorted(shown(sent.message)) == sorted(_EVENTS[:2])
