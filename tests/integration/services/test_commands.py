import json
from datetime import time, timedelta

import pytest

from bot.commands.exchange import Request
from bot.commands.verbs import Verb
from bot.domain.actor import Actor
from bot.domain.alert import DeliveryDraft, DeliveryKind, DeliveryState, Receipt, Why
from bot.domain.destination import DestinationState, PlatformName, Wish
from bot.domain.feed import Origin
from bot.domain.reading import (
    Action,
    DeadlineKind,
    Field,
    Span,
    Stage,
    TariffFact,
)
from bot.domain.story import Conflict
from bot.services.addresses import terminal
from bot.services.home import Home
from bot.services.permissions import Policy, Who
from tests.fakes.archive import due
from tests.fakes.asking import World
from tests.fakes.topics import catalog
from tests.fakes.writing import record_try


@pytest.fixture
def world(store, clock):
    return World(store, clock)


def buttons(reply):
    """The commands behind the buttons."""
    return [choice.command for choice in reply.actions]


async def test_status_fits_a_phone(world):
    """Status tells treaty, week, deadlines and feeds in at most 25 lines."""
    feed = await world.archive.feed()
    for number in range(1, 10):
        titles = [f"Report {number} by {source}" for source in range(number % 4 + 1)]
        deadlines = (due(f"2026-12-0{number}"),)
        await world.archive.story(feed, *titles, deadlines=deadlines, stage=Stage.SIGNED)
    await world.archive.feed("broken", failures=3)
    reply = await world.ask("/usmca status")
    lines = reply.text.splitlines()
    assert len(lines) <= 25
    assert lines[0] == "Where the USMCA stands"
    assert "annual reviews run since 1 Jul 2026" in lines[1]
    assert "Next joint review: 1 Jul 2027 (in 223 days)" in lines
    assert "Last 7 days: 22 entries in 9 stories" in lines
    assert any(
        line.startswith("Report 7 by 0 (Border Ledger (sample) +3 · Signed") for line in lines
    )
    assert any(
        line.startswith("25 Nov 2026 · filing or compliance due · Filing opens") for line in lines
    )
    assert "1 of 2 feeds is down: Feed broken" in lines
    assert lines[-1].startswith("Treaty facts as of 8 Oct 2026")
    kinds = [row["kind"] for row in reply.rows]
    assert kinds == ["treaty", "week", *["story"] * 3, *["deadline"] * 5, "feeds"]
    assert reply.rows[0]["days_to_review"] == 223
    assert buttons(reply) == ["latest", "deadlines", "feeds"]


async def test_status_of_a_quiet_topic(world):
    """A topic without stories and deadlines says so; without feeds the reply says that too."""
    reply = await world.ask("status dairy")
    assert reply.title == "Where things stand: Dairy"
    assert "Last 7 days: no stories" in reply.text
    assert "None known in the next twelve months" in reply.text
    assert "feeds.yaml names none" in reply.text
    assert buttons(reply) == ["latest dairy", "deadlines dairy"]


async def test_latest_shows_stories_and_the_way_on(world):
    """Newest stories come with source, stage, age, number; a button leads to the older ones."""
    feed = await world.archive.feed()
    for number in range(9):
        await world.archive.story(feed, f"Story {number}", ago=timedelta(hours=number + 1))
    reply = await world.ask("latest tariffs")
    assert reply.title == "Latest on Tariffs"
    first = reply.sections[0].lines[0]
    assert (first.text, first.url) == ("Story 0", "https://example.com/story-1")
    assert first.note == "Border Ledger (sample) · 1 h ago · story 1"
    assert buttons(reply) == ["latest tariffs page:2"]
    older = await world.ask("latest tariffs page:2")
    assert [row["headline"] for row in older.rows] == ["Story 8"]
    assert older.actions == ()


async def test_latest_of_an_empty_archive(world):
    """With nothing stored yet, the reply says when there will be."""
    assert "No stories yet" in (await world.ask("latest")).text
    assert "No stories on Lácteos yet" not in (await world.ask("latest lácteos")).text
    assert (
        "Aún no hay historias sobre Lácteos" in (await world.ask("latest dairy", locale="es")).text
    )


async def test_a_story_is_told_whole(world):
    """A story shows its facts with their sentences, its sources and why each entry joined."""
    feed = await world.archive.feed()
    duty = TariffFact(
        action=Action.RAISED,
        rate_pct=25.0,
        previous_rate_pct=10.0,
        imposer="US",
        targets=("CA",),
        text="The duty on Canadian steel goes from 10 to 25 percent.",
    )
    clash = Conflict(what="rate", values=(("25 %", "Border Ledger"), ("30 %", "Sample Wire")))
    titles = [f"Report {number}" for number in range(14)]
    told = await world.archive.story(
        feed,
        *titles,
        tariffs=(duty,),
        deadlines=(due("2026-12-01", computed=True),),
        conflicts=(clash,),
        stage=Stage.ANNOUNCED,
    )
    reply = await world.ask(f"story {told.id}")
    text = reply.text
    assert reply.title == "Report 0"
    assert '"The duty on Canadian steel goes from 10 to 25 percent."' in text
    assert "1 Dec 2026 · comments due (in 11 days · worked out)" in text
    assert "rate: 25 % (Border Ledger); 30 % (Sample Wire)" in text
    assert "Announced" in text
    assert "opened the story" in text
    assert "joined by: same link" in text
    assert text.count("… and 2 more") == 2
    (row,) = reply.rows
    assert len(row["timeline"]) == 14
    assert row["tariffs"][0]["previous_rate_pct"] == 10.0
    assert row["deadlines"][0]["date"] == "2026-12-01"
    assert buttons(reply) == [f"why {told.id}", f"follow {told.id}", f"check {told.id}"]


async def test_a_story_that_is_not_there(world):
    """A number nobody knows is answered in the reader's language."""
    reply = await world.ask("historia 99", locale="es")
    assert not reply.ok
    assert reply.command == "story"
    assert reply.text.startswith("No hay ninguna historia 99")


async def test_why_a_place_was_told(world, store, clock):
    """A delivered story is explained by the wish, the words and the state that were stored."""
    feed = await world.archive.feed()
    told = await world.archive.story(feed, "Steel duties raised")
    await world.ask("subscribe tariffs")
    async with store.begin() as uow:
        (pair,) = await uow.subscriptions.listed()
        span = Span(field=Field.TITLE, start=0, end=5, text="Steel", rule="steel")
        why = Why(subscription_id=pair[1].id, wish="tariffs", spans=(span,))
        drafts = [
            DeliveryDraft(
                destination_id=pair[0].id,
                alert_id=None,
                subject=subject,
                kind=DeliveryKind.POST,
                revision=1,
                why=why,
            )
            for subject in (f"story:{told.id}", "entry:1")
        ]
        await uow.deliveries.enqueue(drafts, clock.now())
    async with store.begin() as uow:
        receipt = Receipt(channel="C1", message="1.0")
        pace = {"slack": timedelta(0)}
        (whole,) = await uow.deliveries.claim(
            clock.now(), worker="w", lease=timedelta(minutes=2), pace=pace, limit=1
        )
        await record_try(
            uow, whole.delivery.id, DeliveryState.SENT, worker="w", now=clock.now(), receipt=receipt
        )
    reply = await world.ask(f"why {told.id}")
    assert reply.title == f"Why story {told.id} was told here"
    assert "You subscribed to Tariffs (matched: Steel)" in reply.text
    assert "sent just now" in reply.text
    assert "about to be sent" in reply.text
    assert {row["state"] for row in reply.rows} == {"sent", "pending"}
    assert reply.rows[0]["words"] == ["Steel"]


async def test_why_a_place_was_not_told(world):
    """Without a delivery the reply sets the story's topics beside what was asked for."""
    feed = await world.archive.feed()
    told = await world.archive.story(feed, "Steel duties raised")
    nothing = await world.ask(f"why {told.id}")
    assert nothing.title == f"Story {told.id} was not told here"
    assert "Nothing is subscribed here" in nothing.text
    await world.ask("subscribe dairy")
    await world.ask('subscribe query: "maple"')
    reply = await world.ask(f"why {told.id}")
    assert "The story is on: Tariffs" in reply.text
    assert "This place asks for: Dairy, query: maple" in reply.text


async def test_search_answers_with_hits_or_with_what_was_searched(world):
    """Hits come with source, date, story and snippet; an empty answer says what was searched."""
    feed = await world.archive.feed()
    long = "Nothing here. " * 30 + "Then the steel quota opens. " + "And more follows. " * 30
    await world.archive.story(feed, "Quota opens", content=long)
    reply = await world.ask("search steel quota")
    (line,) = reply.sections[0].lines
    assert line.text == "Quota opens"
    assert "story 1" in line.note
    assert line.quote.startswith("…")
    assert "steel quota opens" in line.quote
    assert reply.footer == "1 entry matches"
    empty = await world.ask("search zebra")
    assert empty.ok
    assert "Searched for: zebra" in empty.text
    assert (await world.ask("search steel page:9")).text.endswith(
        "That was the last page.\n1 entry matches"
    )
    wrong = await world.ask("search steel AND (")
    assert not wrong.ok
    assert "character" in wrong.text


async def test_a_page_behind_the_last_says_so_and_leads_back(world):
    """No list says that there is nothing where its earlier pages have something."""
    feed = await world.archive.feed()
    for number in range(2):
        await world.archive.story(
            feed, f"Steel report {number}", topics=("tariffs",), deadlines=(due("2026-12-01"),)
        )
    await world.ask("subscribe tariffs")
    await world.ask("test")
    firsts = {
        "latest": "latest",
        "latest tariffs": "latest tariffs",
        "deadlines tariffs 60d": "deadlines tariffs 60d",
        "deadlines": "deadlines 366d",
        "deliveries": "deliveries",
        "search steel": "search steel",
    }
    for asked, first in firsts.items():
        reply = await world.ask(f"{asked} page:9")
        assert reply.ok
        assert [line.text for line in reply.sections[0].lines] == ["That was the last page."], asked
        assert buttons(reply) == [first]
        assert reply.title == (await world.ask(first)).title
    assert "No stories on Dairy yet" in (await world.ask("latest dairy")).text


async def test_the_check_of_a_story_behind_its_last_page_is_the_last(world):
    """It never says that no date was read where some were."""
    feed = await world.archive.feed()
    told = await world.archive.story(feed, "Comments asked", deadlines=(due("2026-12-01"),))
    assert (await world.ask(f"check {told.id} page:9")).text == (
        await world.ask(f"check {told.id}")
    ).text


async def test_search_has_a_next_page(world):
    """More hits than fit are behind a button that keeps the query."""
    feed = await world.archive.feed()
    for number in range(11):
        await world.archive.story(feed, f"Steel report {number}")
    reply = await world.ask('search "steel report"')
    assert buttons(reply) == ['search "steel report" page:2']
    assert len((await world.ask(buttons(reply)[0])).rows) == 1


async def test_deadlines_come_with_their_sentences(world):
    """Each deadline shows kind, days left, source and quote; the window narrows them."""
    feed = await world.archive.feed()
    await world.archive.story(feed, "Comments asked", deadlines=(due("2026-12-01"),))
    reply = await world.ask("deadlines")
    assert [row["date"] for row in reply.rows] == ["2026-11-25", "2026-12-01", "2027-07-01"]
    line = reply.sections[0].lines[1]
    assert line.text == "1 Dec 2026 · comments due · Comments asked"
    assert line.note == "in 11 days · Border Ledger (sample) · story 1 · deadline 1"
    assert line.quote == "Comments are due by 2026-12-01."
    near = await world.ask("plazos 7d", locale="es")
    assert near.title == "Plazos hasta el 27 nov 2026"
    assert len(near.rows) == 1
    assert "None known until" in (await world.ask("deadlines dairy 30d")).text
    customs = await world.ask("deadlines customs 30d")
    assert customs.title == "Deadlines on Customs until 20 Dec 2026"


async def test_deadlines_have_a_next_page(world):
    """Later deadlines are behind a button that keeps topic and window."""
    feed = await world.archive.feed()
    for number in range(10, 20):
        await world.archive.story(feed, f"Story {number}", deadlines=(due(f"2026-12-{number}"),))
    reply = await world.ask("deadlines tariffs 60d")
    assert buttons(reply) == ["deadlines tariffs 60d page:2"]
    assert len((await world.ask(buttons(reply)[0])).rows) == 2


async def test_a_deadline_of_an_hour_shows_it(world):
    """A deadline with a time shows it with its zone."""
    feed = await world.archive.feed()
    hour = due(
        "2026-12-01",
        DeadlineKind.HEARING,
        time=time(9, 30),
        zone="America/New_York",
        text="The hearing begins at 9:30 a.m. Eastern on December 1.",
    )
    await world.archive.story(feed, "Hearing set", deadlines=(hour,))
    reply = await world.ask("deadlines 30d")
    assert "in 11 days · 09:30 America/New_York" in reply.text
    assert reply.rows[1]["time"] == "09:30"


async def test_subscribe_confirms_and_offers_the_way_back(world):
    """The reply says what the channel gets, at which level, and a button undoes it."""
    reply = await world.ask("subscribe autos, minerales críticos level: important")
    assert reply.ok
    assert reply.title == "This channel now gets:"
    assert [line.text for line in reply.sections[0].lines] == ["Autos", "Critical minerals"]
    assert reply.sections[0].lines[0].note == "important · new"
    assert "unsubscribe autos" in buttons(reply)
    assert [row["effect"] for row in reply.rows] == ["added", "added"]
    again = await world.ask("subscribe autos level: important")
    assert again.title == "It was so already:"
    louder = await world.ask("subscribe autos group: entry level: flash")
    assert louder.sections[0].lines[0].note == "flash · each entry by itself · new"
    same = await world.ask("subscribe autos")
    assert same.title == "It was so already:"
    lower = await world.ask("subscribe autos level: everything")
    assert "was: important" in lower.text


async def test_subscribe_in_a_direct_message_is_the_persons_own(world):
    """In a direct message the reply speaks of the person, not of a channel."""
    reply = await world.ask("subscribe autos", direct=True, channel="D1")
    assert reply.title == "You now get, here:"
    listed = await world.ask("subscriptions", direct=True, channel="D1")
    assert listed.title == "You get, here:"
    assert "Nothing is subscribed here" in (await world.ask("subscriptions")).text


async def test_a_typo_gets_the_nearest_topics_as_buttons(world):
    """Words near a topic offer it with the options that were asked for."""
    reply = await world.ask("subscribe atuos level: flash")
    assert not reply.ok
    assert "There is no topic “atuos”" in reply.text
    assert buttons(reply)[0] == "subscribe autos level:flash"
    fixed = await world.ask(buttons(reply)[0])
    assert fixed.rows[0]["level"] == "flash"
    partly = await world.ask("subscribe dairy, atuos level: flash")
    assert partly.ok
    assert "subscribe autos level:flash" in buttons(partly)
    assert not (await world.ask("subscribe xyzzy")).ok


async def test_a_query_is_subscribed_and_ended_by_its_number(world):
    """A query is confirmed as it was understood; its undo button uses the number."""
    reply = await world.ask('subscribe query: "steel AND canada"')
    number = reply.rows[0]["id"]
    assert buttons(reply)[0] == f"unsubscribe {number}"
    ended = await world.ask(buttons(reply)[0])
    assert ended.title == "Ended here:"
    assert buttons(ended) == ['subscribe query: "steel AND canada"']
    back = await world.ask(buttons(ended)[0])
    assert back.rows[0]["query"] == "steel AND canada"
    gone = await world.ask('unsubscribe query: "steel AND canada"')
    assert len(gone.rows) == 1
    wrong = await world.ask('subscribe query: "steel AND ("')
    assert not wrong.ok
    assert wrong.command == "subscribe"


async def test_unsubscribe_says_what_ended(world):
    """Topics and all are ended; what was not there is said; the button brings a topic back."""
    await world.ask("subscribe autos, dairy, tariffs level: flash")
    reply = await world.ask("unsubscribe autos, xyzzy")
    assert [line.text for line in reply.sections[0].lines] == ["Autos"]
    assert "no topic “xyzzy”" in reply.text
    assert buttons(reply) == ["subscribe autos level:flash"]
    assert len((await world.ask("unsubscribe all")).rows) == 2
    nothing = await world.ask("unsubscribe all")
    assert nothing.title == "Nothing of that was subscribed here."
    assert nothing.ok
    assert not (await world.ask("unsubscribe xyzzy")).ok


async def test_a_topic_that_left_the_configuration_can_still_be_ended(world, store, clock):
    """A subscription to a topic that is gone is listed by its id and can be ended by it."""
    await world.ask("subscribe dairy")
    later = World(store, clock, topics=catalog("dairy"))
    assert "dairy" in (await later.ask("subscriptions")).text
    assert len((await later.ask("unsubscribe dairy")).rows) == 1


async def test_what_the_configuration_asks_for_is_named(world, store, clock):
    """What bot.yaml asks for stays, and the reply says so."""
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            terminal().address, origin=Origin.CONFIG, zone="UTC", locale="en"
        )
        await uow.subscriptions.add(
            place.id, Wish(topic="autos"), origin=Origin.CONFIG, by="config", now=clock.now()
        )
    reply = await world.commands.answer(Request(text="unsubscribe autos", actor=terminal()))
    assert not reply.ok
    assert "Stays, because bot.yaml asks for it: Autos" in reply.text


async def test_many_subscriptions_are_listed_shortly(world):
    """A long list ends with how many are left; the data has all of them."""
    for start in range(0, 60, 20):
        for number in range(start, start + 20):
            await world.ask(f"subscribe query: steel{number}")
    reply = await world.ask("subscriptions")
    assert len(reply.rows) == 60
    assert reply.sections[0].lines[-1].text == "… and 20 more"
    assert reply.actions[0].command == "subscriptions page:2"
    last = await world.ask("subscriptions page:9")
    assert [line.text for line in last.sections[0].lines][0::19] == [
        "#41 query: steel40",
        "#60 query: steel59",
    ]
    ended = await world.ask("unsubscribe all")
    assert len(ended.rows) == 60
    assert ended.sections[0].lines[-1].text == "… and 20 more"


async def test_of_many_that_the_configuration_keeps_the_first_are_named(world, store, clock):
    """The reply stays one message."""
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            terminal().address, origin=Origin.CONFIG, zone="UTC", locale="en"
        )
        for number in range(12):
            wish = Wish(query=f"steel{number}")
            await uow.subscriptions.add(
                place.id, wish, origin=Origin.CONFIG, by="config", now=clock.now()
            )
    reply = await world.commands.answer(Request(text="unsubscribe all", actor=terminal()))
    assert reply.text.endswith("query: steel8, query: steel9, … and 2 more")


async def test_pause_and_resume(world, store):
    """A paused place says so wherever its subscriptions are shown, with the way back."""
    assert not (await world.ask("pause")).ok
    await world.ask("subscribe autos")
    assert buttons(await world.ask("pause")) == ["resume"]
    listed = await world.ask("subscriptions")
    assert "Paused" in listed.text
    assert buttons(listed)[0] == "resume"
    assert (await world.ask("resume")).title == "Alerts go out here again."
    place = await store.queries.destination(
        Actor(platform=PlatformName.SLACK, workspace="T1", user="U", channel="C1").address
    )
    async with store.begin() as uow:
        await uow.destinations.set_state(place.id, DestinationState.BROKEN, "channel archived.")
    assert (
        "refuses what is sent here: channel archived. Mend"
        in (await world.ask("subscriptions")).text
    )


async def test_who_may_not_change_the_channel_is_told_politely(store, clock):
    """The refusal says who may, in the reader's language, and for every change."""
    for policy in (Policy(who=Who.ADMINS), Policy(who=Who.LISTED)):
        world = World(store, clock, policy=policy)
        for text in ("subscribe autos", "unsubscribe all", "pause", "resume", "test"):
            reply = await world.ask(text, locale="fr")
            assert not reply.ok
            assert "message direct" in reply.text
        assert (await world.ask("subscribe autos", direct=True, channel="D1")).ok


async def test_feeds_tell_their_state(world, clock):
    """Feeds in trouble come first with their error; addresses show no secrets."""
    now = clock.now()
    await world.archive.feed("well", last_success_at=now - timedelta(minutes=5))
    await world.archive.feed("bad", failures=3, last_error="no answer within 20 s")
    old = {"last_entry_at": now - timedelta(days=9), "cadence": 3600.0}
    await world.archive.feed("mute", last_success_at=now, **old)
    reply = await world.ask("feeds")
    assert reply.title == "Feeds: 1 of 3 are well"
    first, second, third = reply.sections[0].lines
    assert first.note.startswith("down · 3 failures in a row · no answer within 20 s · never")
    assert "last entry 9 days ago" in second.note
    assert third.note.startswith("well · last success 5 min ago")
    assert "secret" not in reply.text + json.dumps(reply.rows)


async def test_many_feeds_are_told_in_pages(world, clock):
    """Ten on each page; as data they all come."""
    for number in range(45):
        await world.archive.feed(f"f{number}", last_success_at=clock.now())
    reply = await world.ask("feeds")
    assert len(reply.sections[0].lines) == 10
    assert buttons(reply) == ["feeds page:2"]
    assert len(reply.rows) == 45


async def test_what_is_done_with_a_feed_goes_through_the_same_door(world):
    """The desk answers sub-commands, and its refusals are replies."""
    assert "no web address" in (await world.ask("feeds add x")).text
    assert "nothing here" in (await world.ask("feeds check https://a.example/")).text


async def test_no_feeds_and_hidden_feeds(world, store, clock):
    """Without feeds the reply says so; hidden ones are refused politely."""
    assert "feeds.yaml names none" in (await world.ask("feeds")).title
    hidden = World(store, clock, see_feeds=Policy(who=Who.ADMINS))
    reply = await hidden.ask("feeds")
    assert not reply.ok
    assert "only to the people" in reply.text


async def test_topics_are_listed_with_what_is_subscribed(world):
    """All topics come by name in the reader's language, the subscribed ones marked."""
    await world.ask("subscribe customs level: flash")
    reply = await world.ask("topics", locale="es")
    assert reply.rows[0]["label"] == "Aduanas"
    assert reply.sections[0].lines[0].note == "customs · ✓ urgente"


async def test_a_sample_and_what_would_stop_a_real_one(world, clock):
    """The reply to test names each hindrance and offers what mends it."""
    bare = await world.ask("test")
    assert bare.title == "A sample alert is on its way here."
    assert "Nothing is subscribed here" in bare.text
    assert buttons(bare) == ["topics"]
    await world.ask("subscribe autos")
    await world.ask("pause")
    clock.advance(minutes=1)
    paused = await world.ask("test")
    assert paused.title.startswith("A sample alert is written, and waits")
    assert buttons(paused) == ["resume"]
    await world.ask("resume")
    await world.archive.feed(last_success_at=clock.now())
    clock.advance(minutes=1)
    assert "Nothing would stop a real one." in (await world.ask("test")).text
    assert "on its way already" in (await world.ask("test")).title


async def test_help_tells_all_and_one(world):
    """Help lists every command; about one it gives usage, example and other words."""
    reply = await world.ask("")
    assert reply.command == "help"
    assert len(reply.rows) == len(Verb)
    one = await world.ask("help deadlines")
    assert one.title == "deadlines [topic] [country] [90d]"
    assert "deadlines autos 90d" in one.text
    assert "plazos" in one.text
    assert (await world.ask("help feeds")).ok


async def test_an_unknown_command_gets_the_nearest(world):
    """A typo offers the verb, one that needs words its help; a topic alone what it may mean."""
    typo = await world.ask("statsu")
    assert not typo.ok
    assert buttons(typo)[0] == "status"
    assert "help subscribe" in buttons(await world.ask("subscrbe autos"))
    assert buttons(await world.ask("zzzz")) == ["help"]
    topic = await world.ask("critical minerals")
    assert topic.title == "“Critical minerals” is a topic. Ask for:"
    assert buttons(topic)[0] == "status critical_minerals"


async def test_an_unclear_command_says_how_it_is_written(world):
    """The problem, the usage and an example come together."""
    reply = await world.ask("story abc")
    assert reply.title == "“abc” is no number of a story."
    assert "Write it as: story <number>" in reply.text
    assert "For example: story 7" in reply.text
    assert not (await world.ask("topics")).text.startswith("Write")


async def test_one_topic_is_asked_for_where_several_are_named(world):
    """Where one topic narrows an answer, several are offered one by one."""
    reply = await world.ask("status autos, dairy")
    assert not reply.ok
    assert buttons(reply)[:2] == ["status autos", "status dairy"]


async def test_an_unknown_person_is_answered_as_the_place_is(world):
    """Where the platform tells neither zone nor language, the place's own are used."""
    await world.ask("subscribe autos", locale="fr", zone="America/Toronto")
    reply = await world.ask("subscriptions", locale=None, zone=None)
    assert reply.title == "Ce canal reçoit :"
    elsewhere = await world.ask("subscriptions", locale=None, zone="Mars/Base", channel="C9")
    assert "Nothing is subscribed here" in elsewhere.title


async def test_an_address_in_two_workspaces_is_a_reply_too(world):
    """A channel without a workspace that fits two of them is asked to be named, not an error."""
    for team in ("T1", "T2"):
        await world.ask("subscribe autos", workspace=team)
    reply = await world.ask("subscriptions", workspace="")
    assert not reply.ok
    assert "several workspaces" in reply.text


def test_topics_are_completed_in_the_readers_language(world):
    """A half-typed topic gives ids with labels."""
    assert world.commands.complete("min", "es-MX")[0] == ("critical_minerals", "Minerales críticos")
    assert len(world.commands.complete("", None, limit=3)) == 3


async def test_the_bots_own_home_is_used_last(store, clock):
    """With nothing known of person and place, bot.yaml's language answers."""
    world = World(store, clock, home=Home(zone="UTC", locale="es"))
    reply = await world.commands.answer(Request(text="help", actor=terminal()))
    assert reply.title == "Qué puede pedir"


async def test_slacks_entities_and_curly_quotes_do_not_stay_in_a_query(world):
    """A query is stored, shown and ended as it was understood, however a platform wrote it."""
    reply = await world.ask("subscribe query: “steel” AND rate:[25 TO *] &amp;&amp; canada")
    query = '"steel" AND rate:[25 TO *] && canada'
    assert reply.rows[0]["query"] == query
    assert (await world.ask("subscribe query: " + query)).title == "It was so already:"
    ended = await world.ask("unsubscribe query: “steel” AND rate:[25 TO *] &amp;&amp; canada")
    assert len(ended.rows) == 1
    assert (await world.ask("search a &amp;&amp; b")).title == "Search: a && b"
