"""What people do with feeds, on both databases, as they say it in a chat."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.alerts.days import day
from bot.commands.asked import Feeds
from bot.commands.asked_feeds import OnFeed
from bot.commands.dispatch_feeds import FeedDesk
from bot.commands.exchange import Reply
from bot.commands.grammar import parse
from bot.commands.reader import Reader
from bot.commands.words import words
from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.feed import FeedState, Tier
from bot.domain.ids import Tenant
from bot.errors import InvalidInputError
from bot.feeds.opml import OpmlRow
from bot.services.addresses import terminal
from bot.services.feed_changes import Added, FeedChanges, FeedWish, Owner
from bot.services.feed_import import FeedImport
from bot.services.feeds import FeedService
from bot.services.permissions import FeedsHiddenError, Policy, Who
from bot.storage import tables
from tests.fakes.addresses import Addresses, found, page
from tests.fakes.archive import Archive
from tests.fakes.topics import catalog
from tests.fakes.writing import store_poll
from tests.samples import spec

URL = "https://ledger.example/rss?token=s3cr3t"
OPERATOR = Owner(by="terminal", tenant=None, operator=True)


class House:
    """The feeds of a store, and people who speak of them."""

    def __init__(self, store, clock, *, policy=None, see=None, most=100):
        self.web = Addresses({URL: found(URL)})
        self.store, self.clock = store, clock
        self.archive = Archive(store, clock)
        self.changes = FeedChanges(
            store, clock, look=self.web.look, guard=self.web.guard, policy=policy, most=most
        )
        self.desk = FeedDesk(service=FeedService(store, clock, see), changes=self.changes)

    async def ask(self, text: str, locale: str = "en", **fields: object) -> Reply:
        """Ask as somebody in a Slack channel."""
        known = {
            "platform": PlatformName.SLACK,
            "workspace": "T1",
            "user": "U1",
            "channel": "C1",
        }
        command = parse(text)
        assert isinstance(command, Feeds | OnFeed), command
        reader = Reader(
            words=words(locale), zone=ZoneInfo("UTC"), now=self.clock.now(), catalog=catalog()
        )
        reply = await self.desk.answer(command, Actor(**(known | fields)), reader)
        json.dumps(reply.rows)
        return reply

    async def feeds(self, tenant: str = "slack:T1"):
        """The feeds a workspace sees, by key."""
        return {feed.spec.key: feed for feed in await self.store.queries.feeds(Tenant(tenant))}

    async def audited(self) -> list[str]:
        """What was written into the audit."""
        query = sa.select(tables.audit.c.what).order_by(tables.audit.c.id)
        async with self.store.begin() as uow:
            return list((await uow.audit._connection.execute(query)).scalars())  # noqa: SLF001


@pytest.fixture
def house(store, clock):
    return House(store, clock)


async def test_a_feed_is_added_for_the_workspace_alone(house):
    """It is due at once, remembers who asked, shows no secret, and nobody else sees it."""
    reply = await house.ask(f"feeds add <{URL}>")
    assert reply.ok
    assert reply.title == "Added: Border Ledger"
    assert "RSS 2.0" in reply.text
    assert "speaks about every 3 h" in reply.text
    assert "s3cr3t" not in reply.text + json.dumps(reply.rows)
    (feed,) = (await house.feeds()).values()
    assert (feed.spec.owner, feed.spec.lang, feed.spec.url) == ("slack:T1", "es", URL)
    assert feed.next_poll_at == house.clock.now()
    place = await house.store.queries.destination(
        Actor(platform=PlatformName.SLACK, workspace="T1", user="U1", channel="C1").address
    )
    assert feed.spec.notify_destination_id == place.id
    assert await house.feeds("slack:T2") == {}
    assert [action.command for action in reply.actions] == [
        "feeds pause border-ledger",
        "feeds remove border-ledger",
    ]


async def test_a_feed_that_is_here_already_is_named(house):
    """However its address is spelled; another workspace may have it for itself."""
    await house.ask(f"feeds add {URL}")
    again = await house.ask("feeds add http://www.ledger.example/rss/?token=s3cr3t")
    assert not again.ok
    assert "“Border Ledger” (border-ledger)" in again.text
    assert house.web.looked == [URL]
    await house.ask("feeds pause border-ledger", admin=True)
    assert "not polled: resume it" in (await house.ask(f"feeds add {URL}")).text
    assert (await house.ask(f"feeds add {URL}", workspace="T2")).ok


async def test_a_feed_that_moved_is_known_by_both_its_addresses(house):
    """Where the answer came from counts, and where the stored feed was seen to move."""
    await house.ask(f"feeds add {URL}")
    old = "https://old.example/rss"
    house.web.known[old] = found(old, answered=URL)
    assert "here already" in (await house.ask(f"feeds add {old}")).text
    (feed,) = (await house.feeds()).values()
    async with house.store.begin() as uow:
        await store_poll(uow, feed, redirect_url="https://new.example/rss")
    assert "here already" in (await house.ask("feeds add http://new.example/rss/")).text


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
async def test_a_feed_whose_server_wants_a_pause_is_not_checked(house, locale):
    """Retry-After holds for people too; after it, the address is looked at again."""
    await house.ask(f"feeds add {URL}")
    (feed,) = (await house.feeds()).values()
    pause = house.clock.now() + timedelta(hours=2)
    async with house.store.begin() as uow:
        await store_poll(uow, feed, not_before=pause)
    looked = list(house.web.looked)
    reply = await house.ask(f"feeds check {URL}", locale)
    assert not reply.ok
    assert f"{day(pause.date(), locale)}, {pause:%H:%M} UTC" in reply.text
    assert "border-ledger" in reply.text
    assert house.web.looked == looked
    async with house.store.begin() as uow:
        await store_poll(uow, feed, not_before=house.clock.now())
    assert (await house.ask(f"feeds check {URL}", locale)).ok


async def test_a_page_with_several_feeds_offers_each(house):
    """Nothing is added; a button adds the one that is meant."""
    house.web.known["https://page.example/"] = page("https://a.example/1", "https://a.example/2")
    reply = await house.ask("feeds add https://page.example/")
    assert not reply.ok
    assert [action.command for action in reply.actions] == [
        "feeds add https://a.example/1",
        "feeds add https://a.example/2",
    ]
    assert await house.feeds() == {}
    checked = await house.ask("feeds check https://page.example/")
    assert checked.ok
    assert checked.actions[0].command == "feeds check https://a.example/1"


async def test_checking_changes_nothing_and_offers_to_add(house):
    """What is here already is said instead."""
    reply = await house.ask(f"feeds {URL}")
    assert reply.actions[0].command == f"feeds add {URL}"
    assert await house.feeds() == {}
    await house.ask(f"feeds add {URL}")
    again = await house.ask(f"feeds check {URL}")
    assert "here already, as “Border Ledger”" in again.text
    assert again.actions == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("feeds add nonsense", "https://example.com/feed"),
        ("feeds add ledger.example/rss", "https://ledger.example/rss"),
        ("feeds check ftp://ledger.example/", "no web address"),
        ("feeds add https://private.example/", "private network"),
        ("feeds add https://nothing.example/", "nothing here (404)"),
        ("feeds remove nothing", "no feed “nothing”"),
        ("feeds pause nothing", "no feed “nothing”"),
        ("feeds nothing", "no feed “nothing”"),
    ],
)
async def test_what_cannot_be_done_is_a_polite_reply(house, text, says):
    """Each mistake has its sentence, and nothing is stored."""
    reply = await house.ask(text)
    assert not reply.ok
    assert says in reply.text
    assert await house.feeds() == {}


async def test_refusals_speak_the_readers_language(house):
    """In Spanish and French as in English."""
    assert "dirección web" in (await house.ask("fuentes agregar x", locale="es")).text
    assert "adresse web" in (await house.ask("flux ajouter x", locale="fr")).text


async def test_a_removed_feed_is_gone_and_can_come_back(house):
    """Its archive stays; added again it is the same feed."""
    await house.ask(f"feeds add {URL}")
    (before,) = (await house.feeds()).values()
    reply = await house.ask("feeds remove border-ledger")
    assert "can still be searched" in reply.title
    assert await house.feeds() == {}
    await house.ask(f"feeds add {URL}")
    (after,) = (await house.feeds()).values()
    assert after.id == before.id
    assert await house.audited() == ["add feed", "remove feed", "add feed"]


async def test_pausing_and_resuming(house):
    """Resuming polls at once, also a feed that was gone."""
    await house.ask(f"feeds add {URL}")
    paused = await house.ask("feeds pause border-ledger")
    assert "feeds resume border-ledger" in paused.title
    assert (await house.feeds())["border-ledger"].state is FeedState.PAUSED
    house.clock.advance(hours=1)
    resumed = await house.ask("fuentes reanudar border-ledger", locale="es")
    assert "de nuevo" in resumed.title
    feed = (await house.feeds())["border-ledger"]
    assert (feed.state, feed.next_poll_at) == (FeedState.ACTIVE, house.clock.now())


async def test_a_feed_of_the_configuration_is_paused_by_those_who_manage_never_removed(house):
    """It is everybody's: a passer-by cannot take it from the other channels."""
    async with house.store.begin() as uow:
        await uow.feeds.reconcile([spec("shared")], house.clock.now())
    refused = await house.ask("feeds pause shared")
    assert not refused.ok
    assert "Everybody shares this feed" in refused.text
    assert (await house.ask("feeds pause shared", admin=True)).ok
    assert (await house.feeds())["shared"].state is FeedState.PAUSED
    removed = await house.ask("feeds remove shared", admin=True)
    assert "feeds.yaml" in removed.text
    assert "shared" in await house.feeds()


async def test_a_feed_the_terminal_added_for_everybody_is_removed_there(house):
    """A workspace cannot take it from the others."""
    made = await house.changes.add(URL, FeedWish(name="All"), OPERATOR)
    assert isinstance(made, Added)
    assert "at the terminal" in (await house.ask("feeds remove all", admin=True)).text
    assert (await house.ask("feeds remove all", **_terminal())).ok


async def test_another_workspaces_feed_cannot_be_touched_or_seen(house):
    """Its key, its name and its address name nothing here."""
    await house.ask(f"feeds add {URL}")
    for text in ("feeds pause border-ledger", f"feeds remove {URL}", "feeds Border Ledger"):
        reply = await house.ask(text, workspace="T2", admin=True)
        assert not reply.ok
        assert "no feed" in reply.text
    assert "Border" not in (await house.ask("feeds", workspace="T2")).text


async def test_who_may_not_change_feeds_is_told_politely(store, clock):
    """For admins, or for a list; who is on it may pause shared feeds too."""
    house = House(store, clock, policy=Policy(who=Who.ADMINS))
    for text in (f"feeds add {URL}", f"feeds check {URL}", "feeds pause x", "feeds remove x"):
        reply = await house.ask(text)
        assert not reply.ok
        assert "only by people who manage this place" in reply.text
    assert house.web.looked == []
    assert (await house.ask(f"feeds add {URL}", admin=True)).ok
    listed = House(store, clock, policy=Policy(who=Who.LISTED, users=frozenset({"slack:U1"})))
    await listed.archive.feed("shared")
    assert (await listed.ask("feeds pause shared")).ok
    assert "settings name" in (await listed.ask("feeds resume shared", user="U2")).text


async def test_hidden_feeds_stay_hidden(store, clock):
    """Who may not see the list sees no single feed either."""
    house = House(store, clock, see=Policy(who=Who.ADMINS))
    await house.archive.feed("shared")
    with pytest.raises(FeedsHiddenError):
        await house.ask("feeds shared")


async def test_a_workspace_adds_only_so_many(store, clock):
    """The terminal may go beyond; another workspace counts for itself."""
    house = House(store, clock, most=1)
    await house.ask(f"feeds add {URL}")
    second = "https://second.example/rss"
    house.web.known[second] = found(second, "Second")
    reply = await house.ask(f"feeds add {second}")
    assert "the most it may add" in reply.text
    owner = Owner(by="terminal", tenant=Tenant("slack:T1"), operator=True)
    assert isinstance(await house.changes.add(second, FeedWish(), owner), Added)
    assert len(await house.feeds()) == 2


async def test_where_nobody_knows_whose_it_would_be_no_feed_is_added(house):
    """In a direct message on Discord there is no server: everybody's messages look alike."""
    reply = await house.ask(
        f"feeds add {URL}", platform=PlatformName.DISCORD, workspace="", direct=True
    )
    assert not reply.ok
    assert "from one of its channels" in reply.text


async def test_one_feed_is_shown_with_what_can_be_done(house, clock):
    """Its trouble, since when, and its buttons."""
    now = clock.now()
    await house.archive.feed("shared", last_success_at=now - timedelta(hours=2), cadence=90_000.0)
    reply = await house.ask("feeds shared")
    assert "speaks about every 25 h" in reply.text
    assert [action.command for action in reply.actions] == ["feeds pause shared"]
    assert reply.rows[0]["cadence_s"] == 90_000


async def test_the_list_is_paged_worst_first(house, clock):
    """Ten on a page, all of them as data."""
    for number in range(20):
        await house.archive.feed(f"f{number:02}", last_success_at=clock.now())
    await house.archive.feed("broken", failures=9, last_error="The server cannot be reached.")
    first = await house.ask("feeds")
    assert first.sections[0].lines[0].text == "Feed broken (broken)"
    assert len(first.sections[0].lines) == 10
    assert first.actions[0].command == "feeds page:2"
    last = await house.ask("feeds page:3")
    assert (len(last.sections[0].lines), last.actions) == (1, ())
    assert last.footer == "page 3 of 3"
    assert len(last.rows) == 21
    assert len((await house.ask("feeds page:99")).sections[0].lines) == 1


async def test_options_of_the_terminal_are_kept(house):
    """Name, language, tier and pace as they were said."""
    wish = FeedWish(name="Aduanas", lang="fr", tier=Tier.OFFICIAL, interval=120)
    made = await house.changes.add(URL, wish, OPERATOR)
    assert isinstance(made, Added)
    spec = (await house.feeds())["aduanas"].spec
    assert (spec.name, spec.lang, spec.tier, spec.interval) == (
        "Aduanas",
        "fr",
        Tier.OFFICIAL,
        120,
    )


async def test_a_list_is_taken_whole(house, store, clock):
    """Sound rows are added, spellings of one feed once, refused rows named with their reason."""
    rows = [
        OpmlRow(number=1, url="https://a.example/rss", name="A", tier=Tier.WIRE),
        OpmlRow(number=2, url="http://www.a.example/rss/", name="A again"),
        OpmlRow(number=3, url="ftp://b.example/", name="B"),
        OpmlRow(number=4, url="https://private.example/rss"),
        OpmlRow(number=5, url="https://me:word@c.example/rss", lang="es", interval=60),
    ]
    told: list[tuple[int, int]] = []
    taker = FeedImport(store, clock, house.changes)
    done = await taker.take(
        rows, FeedWish(lang="fr"), OPERATOR, lambda done, total: told.append((done, total))
    )
    assert (done.added, done.here) == (("a", "c"), 1)
    assert [(row.number, row.name) for row in done.refused] == [(3, "B"), (4, "")]
    assert "private network" in done.refused[1].reason
    assert told == [(3, 3)]
    feeds = await house.feeds()
    assert (feeds["a"].spec.tier, feeds["a"].spec.lang) == (Tier.WIRE, "fr")
    assert (feeds["c"].spec.name, feeds["c"].spec.interval) == ("c.example", 60)
    again = await taker.take(rows, FeedWish(), OPERATOR, lambda _done, _total: None)
    assert (again.added, again.here) == ((), 3)


async def test_a_list_that_fails_midway_leaves_nothing(house, store, clock):
    """One transaction: half a list is never stored."""
    rows = [OpmlRow(number=n, url=f"https://{n}.example/rss", name=f"F{n}") for n in range(99)]

    def fail(done: int, _total: int) -> None:
        if done == 99:
            raise InvalidInputError("stopped")

    with pytest.raises(InvalidInputError, match="stopped"):
        await FeedImport(store, clock, house.changes).take(rows, FeedWish(), OPERATOR, fail)
    assert await house.feeds() == {}


def _terminal() -> dict[str, object]:
    who = terminal()
    return {
        "platform": who.platform,
        "workspace": who.workspace,
        "user": who.user,
        "channel": who.channel,
        "direct": who.direct,
    }
