"""Calendars of deadlines: read back after an update, an extension and a cancellation."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.destination import Address, Level, PlatformName, Wish
from bot.domain.feed import Origin, Tier
from bot.domain.ids import DeadlineId, Tenant
from bot.domain.marks import Settling, Signed
from bot.domain.reading import DeadlineKind
from bot.errors import InvalidInputError
from bot.services.calendar import CalendarService
from bot.services.deadlines import DeadlineService
from bot.web.calendar import to_ics
from tests.fakes.archive import Archive, due, event, timeline
from tests.fakes.calendars import checked, unfolded

TEAM = Tenant("slack:T1")
STEEL = "Comments on the Canadian steel surtax inquiry are due at the tribunal"


class Desk:
    """A calendar service over a store with one feed."""

    def __init__(self, store, clock, *events):
        known = timeline(*events)
        self.store, self.clock = store, clock
        self.archive = Archive(store, clock)
        self.record = DeadlineService(store, known).of_record
        self.service = CalendarService(store, clock, record=self.record, as_of=known.as_of)

    async def told(self, headline, *deadlines, **fields):
        feeds = await self.store.queries.feeds(None)
        feed = feeds[0] if feeds else await self.archive.feed()
        return await self.archive.story(feed, headline, deadlines=deadlines, **fields)

    async def restated(self, story, *deadlines):
        self.clock.advance(minutes=5)
        changed = replace(story, deadlines=deadlines, updated_at=self.clock.now())
        async with self.store.begin(assigning=True) as uow:
            await uow.stories.save([changed], new=False)

    async def settle(self, number, said):
        signed = Signed(by="slack:U1", called="ana", at=self.clock.advance(minutes=1))
        async with self.store.begin() as uow:
            await uow.people.settle_deadline(DeadlineId(number), TEAM, said, signed)

    async def written(self, *topics, team=TEAM, locale="en"):
        return to_ics(
            await self.service.of_topics(TEAM, topics, team=team),
            label=lambda topic, _: topic,
            locale=locale,
        )

    async def read(self, *topics, **how):
        found = checked(await self.written(*topics, **how))
        return {uid: event for uid, event in found.items() if uid.startswith("deadline-")}


@pytest.fixture
def desk(store, clock):
    return Desk(store, clock)


async def test_a_deadline_has_all_that_a_calendar_needs(desk):
    """Day, sentence, source, topics, link, and a number that stays."""
    await desk.told(STEEL, due("2026-12-01", text="Comments, briefs; all are due, soon."))
    (entry,) = (await desk.read()).values()
    assert str(entry["UID"]) == "deadline-1@usmca-bot"
    assert entry["DTSTART"].dt == dt.date(2026, 12, 1)
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert str(entry["SUMMARY"]) == f"Comments due: {STEEL}"
    assert "Comments, briefs; all are due, soon." in str(entry["DESCRIPTION"])
    assert "Border Ledger (sample)" in str(entry["DESCRIPTION"])
    assert str(entry["URL"]) == "https://example.com/story-1"
    assert entry["CATEGORIES"].cats == ["tariffs"]
    assert entry["STATUS"] == "TENTATIVE"
    assert entry["LAST-MODIFIED"].dt == desk.clock.now()


async def test_a_time_with_its_zone_brings_the_zone(desk):
    """Without a zone the time is said in words, and the day stays whole."""
    timed = due("2026-12-01", time=dt.time(23, 59), zone="America/New_York")
    floating = due("2026-12-02", DeadlineKind.HEARING, time=dt.time(10, 0))
    await desk.told(STEEL, timed, floating)
    text = await desk.written()
    found = checked(text)
    assert b"BEGIN:VTIMEZONE" in text
    assert found["deadline-1@usmca-bot"]["DTSTART"].dt.isoformat() == "2026-12-01T23:59:00-05:00"
    assert found["deadline-2@usmca-bot"]["DTSTART"].dt == dt.date(2026, 12, 2)
    assert "At 10:00" in str(found["deadline-2@usmca-bot"]["DESCRIPTION"])


async def test_an_extension_moves_the_same_entry(desk):
    """Its name stays over two extensions, its number of changes grows."""
    story = await desk.told(STEEL, due("2026-12-01"))
    first = (await desk.read())["deadline-1@usmca-bot"]
    await desk.restated(story, due("2026-12-15"))
    (second,) = (await desk.read()).values()
    assert str(second["UID"]) == "deadline-1@usmca-bot"
    assert second["DTSTART"].dt == dt.date(2026, 12, 15)
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["LAST-MODIFIED"].dt > first["LAST-MODIFIED"].dt
    assert "Moved from 1 Dec 2026" in str(second["DESCRIPTION"])
    await desk.restated(story, due("2026-12-20"))
    (third,) = (await desk.read()).values()
    assert str(third["UID"]) == "deadline-1@usmca-bot"
    assert third["DTSTART"].dt == dt.date(2026, 12, 20)
    assert third["SEQUENCE"] > second["SEQUENCE"]


async def test_an_extension_that_another_story_tells_moves_it_too(desk):
    """The second story's deadline has a number of its own, and the first one's name."""
    await desk.told(STEEL, due("2026-12-01", text=f"{STEEL} on December 1."))
    new = due("2026-12-15", text=f"{STEEL} now on December 15.", replaces=due("2026-12-01").date)
    await desk.told(f"{STEEL} extended", new)
    (entry,) = (await desk.read()).values()
    assert str(entry["UID"]) == "deadline-1@usmca-bot"
    assert entry["DTSTART"].dt == dt.date(2026, 12, 15)


async def test_what_is_stated_no_more_is_cancelled(desk):
    """It stays in the file, so that calendars which have it take it out; it may come back."""
    story = await desk.told(STEEL, due("2026-12-01"), due("2026-12-09", DeadlineKind.HEARING))
    before = (await desk.read())["deadline-1@usmca-bot"]
    await desk.restated(story, due("2026-12-09", DeadlineKind.HEARING))
    found = await desk.read()
    gone = found["deadline-1@usmca-bot"]
    assert gone["STATUS"] == "CANCELLED"
    assert gone["SEQUENCE"] > before["SEQUENCE"]
    assert found["deadline-2@usmca-bot"]["STATUS"] != "CANCELLED"
    await desk.restated(story, due("2026-12-01"), due("2026-12-09", DeadlineKind.HEARING))
    back = (await desk.read())["deadline-1@usmca-bot"]
    assert back["STATUS"] == "TENTATIVE"
    assert back["SEQUENCE"] > gone["SEQUENCE"]


async def test_a_team_that_dismisses_a_date_has_it_cancelled(desk):
    """Another team keeps it; reopened, it is there again with a higher number of changes."""
    await desk.told(STEEL, due("2026-12-01"))
    await desk.settle(1, Settling.DISMISSED)
    (mine,) = (await desk.read()).values()
    (theirs,) = (await desk.read(team=Tenant("slack:T2"))).values()
    assert (mine["STATUS"], theirs["STATUS"]) == ("CANCELLED", "TENTATIVE")
    async with desk.store.begin() as uow:
        at = desk.clock.advance(minutes=1)
        await uow.people.reopen_deadline(DeadlineId(1), TEAM, at)
    (again,) = (await desk.read()).values()
    assert again["STATUS"] == "TENTATIVE"
    assert again["SEQUENCE"] > mine["SEQUENCE"]


async def test_confirmed_and_official_dates_are_certain(desk):
    """Who handles one is said; what sources dispute is not certain."""
    await desk.told("A notice", due("2026-12-01"), tier=Tier.OFFICIAL)
    await desk.told("Tomato growers answer", due("2026-12-03", text="Growers must answer."))
    await desk.settle(2, Settling.CONFIRMED)
    await desk.settle(2, Settling.HANDLED)
    found = await desk.read()
    assert [found[f"deadline-{n}@usmca-bot"]["STATUS"] for n in (1, 2)] == ["CONFIRMED"] * 2
    assert "Handled by ana" in str(found["deadline-2@usmca-bot"]["DESCRIPTION"])


async def test_a_date_of_the_record_that_a_team_settles(store, clock):
    """Handled is said, dismissed instead is cancelled, reopened is there again; each is a change."""
    desk = Desk(store, clock, event("2026-12-01", f"{STEEL}.", DeadlineKind.COMMENT, "steel"))
    (row,) = desk.record(dt.date(2026, 12, 1), dt.date(2026, 12, 1))

    async def shown(team=TEAM):
        (found,) = checked(await desk.written("steel", team=team)).values()
        return found["STATUS"], found["SEQUENCE"], "Handled by ana" in str(found["DESCRIPTION"])

    async def say(said):
        at = desk.clock.advance(minutes=1)
        async with store.begin() as uow:
            if said is None:
                await uow.people.reopen_of_record(row.code, TEAM, at)
            else:
                signed = Signed(by="slack:U1", called="ana", at=at)
                await uow.people.settle_of_record(row.code, TEAM, said, signed)

    seen = [await shown()]
    for said in (Settling.HANDLED, Settling.DISMISSED, None, Settling.HANDLED):
        await say(said)
        seen.append(await shown())
    assert [(status, handled) for status, _, handled in seen] == [
        ("CONFIRMED", False),
        ("CONFIRMED", True),
        ("CANCELLED", False),
        ("CONFIRMED", False),
        ("CONFIRMED", True),
    ]
    numbers = [number for _, number, _ in seen]
    assert numbers == sorted(set(numbers))
    assert (await shown(Tenant("slack:T2")))[2] is False


async def test_rows_of_the_record_have_names_of_their_own(store, clock):
    """The same in every process; a story that tells the same adds no second entry."""
    row = event("2026-12-01", f"{STEEL}.", DeadlineKind.COMMENT, "steel")
    desk = Desk(store, clock, row)
    (uid,) = [uid for uid, e in checked(await desk.written("steel")).items()]
    assert uid.startswith("timeline-")
    await desk.told(STEEL, due("2026-12-01", text=f"{STEEL} on December 1."), topics=("steel",))
    found = checked(await desk.written("steel"))
    assert list(found) == [uid]
    assert found[uid]["LAST-MODIFIED"].dt == clock.now()


async def test_hostile_words_stay_words(desk):
    """Line ends, commas, control characters and odd links of a feed cannot forge a property."""
    nasty = "Duty; 25 %, on\r\nEND:VEVENT\nBEGIN:VALARM \x07\x0b Ñandú 中文" + "é" * 120
    await desk.told(nasty, due("2026-12-01", text=nasty), url="https://e.example/a\r\nATTACH:x")
    text = await desk.written()
    (entry,) = (await desk.read()).values()
    assert b"VALARM" not in {line.partition(b":")[2] for line in unfolded(text)}
    assert "URL" not in entry
    assert "é" * 60 in str(entry["SUMMARY"])


async def test_a_calendar_of_a_query(desk):
    """Only the stories it finds; a query that does not parse is refused."""
    await desk.told("Steel surtax inquiry", due("2026-12-01", text="Steel by December 1."))
    await desk.told("Tomato growers answer", due("2026-12-03", text="Growers must answer."))
    found = await desk.service.of_query(TEAM, "tomato")
    read = checked(to_ics(found, label=lambda topic, _: topic))
    assert [str(e["UID"]) for e in read.values()] == ["deadline-2@usmca-bot"]
    with pytest.raises(InvalidInputError):
        await desk.service.of_query(TEAM, "(steel")


async def test_a_calendar_of_a_place(desk):
    """What it is subscribed to, topics and queries together, with its team's marks."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
    with pytest.raises(InvalidInputError, match="Nothing is subscribed"):
        await desk.service.of_place(address)
    await desk.told("Steel surtax", due("2026-12-01", text="Steel."), topics=("steel",))
    await desk.told("Tomato growers", due("2026-12-03", text="Growers."), topics=("food",))
    await desk.told("Dairy quotas", due("2026-12-04", text="Dairy."), topics=("dairy",))
    async with desk.store.begin() as uow:
        place = await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="en")
        for wish in (Wish(topic="steel"), Wish(query="tomato", level=Level.FLASH)):
            await uow.subscriptions.add(
                place.id, wish, origin=Origin.CHAT, by="test", now=desk.clock.now()
            )
    await desk.settle(1, Settling.DISMISSED)
    found = await desk.service.of_place(address)
    read = checked(to_ics(found, label=lambda topic, _: topic, locale="es"))
    stories = {uid: str(e["STATUS"]) for uid, e in read.items() if uid.startswith("deadline")}
    assert stories == {"deadline-1@usmca-bot": "CANCELLED", "deadline-2@usmca-bot": "TENTATIVE"}
    assert "Ya no es válido" in str(read["deadline-1@usmca-bot"]["DESCRIPTION"])


async def test_what_is_kept_takes_in_what_changed(desk):
    """Kept entries stay, a new deadline and a new mark are there at once, in the query's too."""
    await desk.told("Steel surtax inquiry", due("2026-12-01", text="Steel by December 1."))
    assert list(await desk.read()) == ["deadline-1@usmca-bot"]
    assert len((await desk.service.of_query(TEAM, "steel")).occasions) == 1
    desk.clock.advance(seconds=5)
    await desk.told("Tomato growers answer", due("2026-12-03", text="Growers must answer."))
    await desk.told("Steel pipes", due("2026-12-04", text="Pipes by December 4."))
    await desk.settle(1, Settling.DISMISSED)
    found = await desk.read()
    assert {uid: str(entry["STATUS"]) for uid, entry in found.items()} == {
        "deadline-1@usmca-bot": "CANCELLED",
        "deadline-2@usmca-bot": "TENTATIVE",
        "deadline-3@usmca-bot": "TENTATIVE",
    }
    taken = (await desk.service.of_query(TEAM, "steel")).occasions
    assert [each.uid for each in taken] == ["deadline-1@usmca-bot", "deadline-3@usmca-bot"]


async def test_a_calendar_reaches_a_month_back(desk):
    """What is over for longer is left out; what replaced it keeps its name."""
    story = await desk.told(STEEL, due("2026-10-01"), due("2026-11-01", DeadlineKind.HEARING))
    assert list(await desk.read()) == ["deadline-2@usmca-bot"]
    await desk.restated(story, due("2026-12-15"), due("2026-11-01", DeadlineKind.HEARING))
    found = await desk.read()
    assert found["deadline-1@usmca-bot"]["DTSTART"].dt == dt.date(2026, 12, 15)
