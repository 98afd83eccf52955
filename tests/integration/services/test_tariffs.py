import datetime as dt
import json

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ledger import Trust
from bot.domain.reading import Action
from bot.errors import NotAllowedError
from bot.ports import NewEntry
from bot.services.permissions import Policy, Who
from bot.services.tariffs import NoTariffError, TariffAct, TariffService
from tests.fakes.archive import Archive, reading, timeline
from tests.fakes.asking import World, person
from tests.fakes.members import tariff
from tests.fakes.writing import add_entries

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def world(store, clock):
    return World(store, clock)


@pytest.fixture
async def feed(store, clock):
    return await Archive(store, clock).feed()


@pytest.fixture
def service(store, clock):
    return TariffService(store, clock, timeline())


def said(number, source="Border Ledger", *, tier=Tier.GENERAL, **fact) -> NewEntry:
    """An entry that states one tariff fact: the United States on steel from Canada."""
    facts = (tariff(**({"action": Action.IMPOSED, "effective_date": dt.date(2026, 11, 1)} | fact)),)
    entry = Entry(
        guid=str(number),
        url=f"https://example.com/{number}",
        title="Steel",
        source=source,
        tier=tier,
        published=dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC),
    )
    return NewEntry(entry=entry, reading=reading("customs", tariffs=facts), held=False)


async def put(store, clock, feed, *entries):
    async with store.begin() as uow:
        return await add_entries(uow, feed, entries, clock.now())


async def test_only_an_official_source_changes_what_is_in_force(store, clock, feed, service):
    """What outlets say is reported, once, with how many said it."""
    outlets = [said(n, f"Outlet {n}", rate=30.0) for n in range(3)]
    await put(store, clock, feed, *outlets, said(9, "Gazette", tier=Tier.OFFICIAL))
    found = await service.on(person(), TODAY)
    assert [(each.row.rate, each.row.trust) for each in found.in_force] == [(25.0, Trust.OFFICIAL)]
    assert [(row.rate, row.told_by) for row in found.reported] == [(30.0, 3)]
    assert found.in_force[0].row.source.url == "https://example.com/9"


async def test_a_confirmation_counts_for_the_team_alone(store, clock, feed, service):
    """It makes a reported row count; dismissing hides it; reopening brings both back."""
    await put(store, clock, feed, said(1))
    (row,) = (await service.on(person(), TODAY)).reported
    await service.settle(person(), row.id, TariffAct.CONFIRM)
    assert len((await service.on(person(), TODAY)).in_force) == 1
    others = await service.on(person(workspace="T2"), TODAY)
    assert (others.in_force, len(others.reported)) == ((), 1)
    await service.settle(person(), row.id, TariffAct.DISMISS)
    found = await service.on(person(), TODAY)
    assert (found.in_force, found.reported) == ((), ())
    await service.settle(person(), row.id, TariffAct.REOPEN)
    assert len((await service.on(person(), TODAY)).reported) == 1


async def test_the_ledger_is_only_added_to(store, clock, feed, service):
    """An edited entry that says another rate leaves what it said before."""
    (entry_id,) = await put(store, clock, feed, said(1, "Gazette", tier=Tier.OFFICIAL))
    edited = said(1, "Gazette", tier=Tier.OFFICIAL, rate=35.0)
    for _ in range(2):
        async with store.begin() as uow:
            await uow.entries.edit(entry_id, edited.entry, edited.reading, clock.now())
    rows = await service.rows(person(), since=TODAY)
    assert sorted(row.rate for row in rows) == [25.0, 35.0]


async def test_what_has_no_imposer_stays_out(store, clock, feed, service):
    """Nobody could say whose tariff it is."""
    await put(store, clock, feed, said(1, imposer=None))
    assert await service.rows(person(), since=dt.date(2026, 1, 1)) == []


async def test_a_row_of_another_owner_is_not_there(store, clock, service):
    """A feed of one team fills the ledger of that team only."""
    theirs = await Archive(store, clock).feed("private", owner="slack:T2")
    await put(store, clock, theirs, said(1))
    assert (await service.on(person(), TODAY)).reported == ()
    (row,) = (await service.on(person(workspace="T2"), TODAY)).reported
    with pytest.raises(NoTariffError):
        await service.one(person(), row.id)


async def test_who_may_not_change_the_channel_may_not_settle(store, clock, feed):
    """The same policy as for deadlines."""
    service = TariffService(store, clock, timeline(), Policy(who=Who.ADMINS))
    await put(store, clock, feed, said(1))
    (row,) = (await service.on(person(), TODAY)).reported
    with pytest.raises(NotAllowedError):
        await service.settle(person(), row.id, TariffAct.CONFIRM)


async def test_it_is_asked_in_words(world, store, clock, feed):
    """A country and a topic narrow it, a day moves it, a number settles and says so; the data is JSON."""
    await put(store, clock, feed, said(1), said(2, "Gazette", tier=Tier.OFFICIAL, rate=50.0))
    reply = await world.ask("tariffs canada customs")
    assert reply.title == "Tariffs on 20 Nov 2026: CA, Customs"
    assert [section.heading for section in reply.sections] == ["In force", "Reported, not counted"]
    assert "US → CA · 50 % steel" in reply.text
    assert [row["state"] for row in reply.rows] == ["in_force", "reported"]
    (confirm,) = reply.actions
    assert confirm.command.startswith("tariffs 1 confirm")
    confirmed = await world.ask(confirm.command)
    assert "confirmed by your team" in confirmed.text
    dismissed = await world.ask("tariffs 1 dismiss")
    for shown in (dismissed, await world.ask("tariffs 1")):
        assert "dismissed by your team" in shown.text
        assert [action.command for action in shown.actions] == ["tariffs 1 reopen"]
    assert (await world.ask("tariffs mexico")).text.endswith("The ledger knows of none.")
    assert "none" in (await world.ask("tariffs on:2026-10-01")).text
    json.dumps([dict(row) for row in reply.rows])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tariffs on:soon", "on:2026-07-01"),
        ("tariffs 1 burn", "confirm, dismiss or reopen"),
        ("tariffs 999", "There is no tariff 999"),
        ("tariffs gardening", "gardening"),
    ],
)
async def test_what_cannot_be_followed_says_what_would_be_right(world, text, says):
    """Impossible days, unknown numbers and words that name nothing."""
    reply = await world.ask(text)
    assert not reply.ok
    assert says in reply.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("tariffs US", "US"),
        ("tariffs UE", "EU"),
        ("tariffs dairy MX", "MX, Dairy"),
    ],
)
async def test_two_capitals_are_a_country_where_they_are_its_code(world, text, title):
    """EV names no country, so that it may name a topic."""
    assert (await world.ask(text)).title.endswith(f": {title}")
    assert "no topic “ev”" in (await world.ask("tariffs EV")).text


async def test_the_first_day_of_the_calendar_has_an_answer(world):
    """Nothing is looked for before it."""
    assert "none" in (await world.ask("tariffs on:0001-01-01")).text


async def test_status_tells_what_the_three_levy_on_each_other(world, store, clock, feed):
    """Duties among the parties, with authority and since when; those of others are left out."""
    mine = said(1, "Gazette", tier=Tier.OFFICIAL, authority="Section 232")
    other = said(2, "Gazette", tier=Tier.OFFICIAL, targets=("CN",))
    await put(store, clock, feed, mine, other)
    text = (await world.ask("status")).text
    assert "Tariffs between the three (1, newest first)" in text
    assert "US → CA · 25 % steel (Section 232 · since 1 Nov 2026)" in text
