"""What the bot cannot see is told: feeds that break and return, entries held back, what was missed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.alert import Delivery
from bot.domain.destination import Address, Grouping, PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, FeedSpec, FeedState, Origin
from bot.domain.health import Alarm, Backlog
from bot.domain.ids import DestinationId, Tenant
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.domain.reading import DeadlineFact, DeadlineKind, Reading
from bot.errors import FetchError
from bot.pipeline.reconcile import Reconciliation
from bot.pipeline.upkeep import Upkeep
from bot.pipeline.watch import FeedWatch, Wardens
from tests.fakes.pipeline import simple_reading
from tests.integration.pipeline.house import ALL, STEEL, House

DOWN = Fetched(outcome=Outcome.ERROR, url="", status=503, error="The server is out (503).")
GONE = Fetched(outcome=Outcome.GONE, url="", status=410, error="Gone for good (410).")
OPS = Address(platform=PlatformName.SLACK, channel="COPS")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def entry(guid: str, house: House, title: str = "") -> Entry:
    return Entry(
        guid=guid,
        url=f"https://ledger.example/{guid}",
        title=title or f"Matter number {guid} of plates #steel",
        published=house.clock.now(),
        source="Border Ledger (sample)",
    )


async def asked_for(house: House, channel: str, locale: str = "en", **spec: object) -> Feed:
    """A feed that somebody added in a channel."""
    async with house.store.begin() as uow:
        place = await uow.destinations.ensure(
            Address(platform=PlatformName.SLACK, workspace="T1", channel=channel),
            origin=Origin.CHAT,
            zone="America/Toronto",
            locale=locale,
        )
        given = FeedSpec(
            key="ledger",
            name="Border Ledger",
            url="https://ledger.example/feed?token=SECRET",
            origin=Origin.CHAT,
            owner=Tenant("slack:T1"),
            notify_destination_id=place.id,
        )
        return await uow.feeds.add(replace(given, **spec), house.clock.now())  # type: ignore[arg-type]


async def poll(house: House, *answers: Fetched | None, wait: timedelta = 2 * DAY) -> None:
    """Poll with these answers, long enough apart that the feed is due; None is a 304."""
    for answer in answers:
        house.clock.advance(seconds=wait.total_seconds())
        house.fetcher.answers.pop("ledger", None)
        if answer is not None:
            house.fetcher.answers["ledger"] = answer
        await house.ingest().poll_all(everything=True)


async def shows(house: House, *entries: Entry) -> None:
    house.fetcher.shows("ledger", house.parser.knows(*entries))
    await house.ingest().poll_all(everything=True)
    await house.fanout().run()


async def notices(house: House, place: DestinationId | None) -> list[tuple[str, str]]:
    """The notices to a place, as (headline, text)."""
    assert place is not None
    found: list[Delivery] = [d for d in await house.outbox(place) if d.draft.kind == "notice"]
    async with house.store.begin() as uow:
        messages = [await uow.deliveries.notice(one.id) for one in found]
    assert all(message is not None and message.notice for message in messages)
    return [(message.headline.text, message.summary) for message in messages if message]


async def test_the_place_that_asked_is_told_once_when_a_feed_breaks_and_is_back(
    house: House,
) -> None:
    """What happened, since when, what to do, without the secret in the address."""
    feed = await asked_for(house, "C1")
    place = feed.spec.notify_destination_id
    await shows(house, entry("e1", house))
    await poll(house, DOWN, DOWN, DOWN, DOWN, DOWN, wait=HOUR)
    ((headline, text),) = await notices(house, place)
    assert headline == "The feed “Border Ledger” has stopped working"
    assert "20 Nov 2026, 08:00 (America/Toronto)" in text
    assert "The server is out (503)." in text
    assert "What to do" in text
    assert "SECRET" not in text
    await poll(house, None, None, wait=HOUR)
    broke, back = await notices(house, place)
    assert back[0] == "The feed “Border Ledger” is back"
    assert "20 Nov 2026, 08:00" in back[1]
    assert broke[0] == headline
    await house.drain()
    assert [s.message.headline.text for s in house.slack.taken if s.message.notice] == [
        headline,
        back[0],
    ]


@pytest.mark.parametrize(
    ("locale", "headline", "reason"),
    [
        ("es", "La fuente «Border Ledger» ha dejado de funcionar", "fuera de servicio (503)"),
        ("fr", "Le flux « Border Ledger » ne fonctionne plus", "hors service (503)"),
    ],
)
async def test_notices_speak_the_language_of_their_place(
    house: House, locale: str, headline: str, reason: str
) -> None:
    """The reason too, as far as the status tells it."""
    feed = await asked_for(house, "C1", locale)
    await poll(house, DOWN, DOWN, DOWN)
    ((said, text),) = await notices(house, feed.spec.notify_destination_id)
    assert said == headline
    assert reason in text


async def test_the_end_of_a_feed_is_one_notice(house: House) -> None:
    """410 is asked once, told once, and told to be over when a person resumed the feed."""
    feed = await asked_for(house, "C1")
    await poll(house, GONE, GONE, GONE)
    assert house.fetcher.asked == ["ledger"]
    place = feed.spec.notify_destination_id
    assert [said for said, _ in await notices(house, place)] == [
        "The publisher has ended the feed “Border Ledger”"
    ]
    async with house.store.begin() as uow:
        await uow.feeds.set_state(feed.id, FeedState.ACTIVE)
    await poll(house, GONE, GONE)
    assert len(house.fetcher.asked) == 2
    assert len(await notices(house, place)) == 1
    async with house.store.begin() as uow:
        await uow.feeds.set_state(feed.id, FeedState.ACTIVE)
    await shows(house, entry("e1", house))
    assert (await notices(house, place))[1][0] == "The feed “Border Ledger” is back"


async def test_a_flapping_feed_does_not_spam(house: House) -> None:
    """Ten breaks in a day make one pair of notices."""
    feed = await asked_for(house, "C1")
    await shows(house, entry("e1", house))
    for _ in range(10):
        await poll(house, DOWN, DOWN, DOWN, None, wait=HOUR / 4)
    assert len(await notices(house, feed.spec.notify_destination_id)) == 2


async def test_a_wrong_department_is_told_at_the_first_poll(house: House) -> None:
    """An answer that is empty where it never should be."""
    feed = await asked_for(house, "C1", kind=FeedKind.CANADA_NEWS)
    await shows(house)
    ((said, text),) = await notices(house, feed.spec.notify_destination_id)
    assert said == "The feed “Border Ledger” answers, but holds nothing at all"
    assert "department" in text


async def test_a_silent_feed_is_told(house: House) -> None:
    """It answers 304 for weeks, where it used to speak every day."""
    feed = await asked_for(house, "C1")
    for number in range(8):
        await shows(house, entry(f"e{number}", house))
        house.clock.advance(days=1)
    await poll(house, *[None] * 14)
    assert [said for said, _ in await notices(house, feed.spec.notify_destination_id)] == [
        "The feed “Border Ledger” has fallen silent"
    ]
    (stored,) = await house.store.queries.feeds(Tenant("slack:T1"))
    assert [state.alarm for state in stored.watch.alarms if state.since] == [Alarm.SILENT]


async def test_feeds_of_the_configuration_tell_their_wardens(house: House) -> None:
    """Where `feeds_notices` names places; where it names none, nobody but the log."""
    await house.feeds("ledger")
    await poll(house, DOWN, DOWN, DOWN)
    async with house.store.begin() as uow:
        assert await uow.destinations.find(OPS) is None
    await poll(house, None)
    house.watch = FeedWatch(Wardens(places=(OPS,), zone="UTC", locale="es"))
    await poll(house, DOWN, DOWN, DOWN)
    async with house.store.begin() as uow:
        place = await uow.destinations.find(OPS)
    assert place is not None
    assert [said for said, _ in await notices(house, place.id)] == [
        "La fuente «ledger» ha dejado de funcionar"
    ]


async def test_a_place_that_is_gone_is_told_nothing(house: House) -> None:
    """A chat feed whose place was deleted, or never known, breaks without a notice to anybody else."""
    await asked_for(house, "C1", notify_destination_id=DestinationId(99))
    await asked_for(
        house, "C1", key="second", url="https://x.example/f", notify_destination_id=None
    )
    house.watch = FeedWatch(Wardens(places=(OPS,)))
    house.fetcher.answers["second"] = DOWN
    await poll(house, DOWN, DOWN, DOWN)
    async with house.store.begin() as uow:
        assert await uow.destinations.find(OPS) is None


async def flood(house: House, start: int, count: int = 60) -> None:
    await shows(house, *(entry(f"e{start + n}", house) for n in range(count)))


async def test_what_a_flood_held_back_is_said_once(house: House) -> None:
    """One notice to each place that was alerted; not again for the next flood of the same day."""
    await house.feeds("ledger")
    told = await house.subscribe("C1", STEEL)
    other = await house.subscribe("C2", replace(STEEL, topic="dairy"))
    await shows(house, entry("e0", house))
    house.clock.advance(minutes=5)
    await flood(house, 1)
    assert await notices(house, told) == []
    house.clock.advance(minutes=2)
    await house.fanout().run()
    ((said, text),) = await notices(house, told)
    assert said == "The feed “ledger” brought 60 new entries at once"
    assert text.startswith("Told: 50. Stored, and found with")
    assert '/usmca search source:"ledger"' in text
    assert await notices(house, other) == []
    await flood(house, 100)
    house.clock.advance(minutes=2)
    await house.fanout().run()
    assert len(await notices(house, told)) == 1
    house.clock.advance(days=1)
    await flood(house, 200)
    house.clock.advance(minutes=2)
    await house.fanout().run()
    assert len(await notices(house, told)) == 2


async def test_first_polls_of_many_feeds_make_one_notice(house: House) -> None:
    """A start with ten new feeds says in one notice how much it skipped."""
    keys = [f"feed{n}" for n in range(10)]
    await house.feeds(*keys)
    place = await house.subscribe("C1", replace(ALL, group=Grouping.ENTRY))
    for key in keys:
        names = [f"alfa{n}{key} bravo{n}{key} charlie{n}{key} delta{n}{key}" for n in range(12)]
        entries = [entry(f"{key}-{n}", house, name) for n, name in enumerate(names)]
        house.fetcher.shows(key, house.parser.knows(*entries))
    await house.ingest().poll_all(everything=True)
    await house.fanout().run()
    assert await house.watch.tell_held(house.store, house.clock, grace=timedelta(0)) == 1
    ((said, text),) = await notices(house, place)
    assert said == "10 feeds brought more than is told at once"
    assert text.splitlines()[:2] == [
        "New entries told: 100. Stored, and found with /usmca search: 20.",
        "feed0: 10 of 12",
    ]
    assert text.splitlines()[-1] == "… and 2 more"


async def test_a_story_that_a_held_entry_began_is_told_by_the_one_that_may_be(
    house: House,
) -> None:
    """Of two reports of one event the old one is held; the recent one still makes the message."""
    await house.feeds("ledger")
    await house.subscribe("C1", STEEL)
    title = "Canada sets surtax on plates from Ohio mills #steel"
    old = replace(entry("e1", house, title), published=house.clock.now() - timedelta(hours=80))
    await shows(house, entry("e2", house, title), old)
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken] == [title]


async def test_where_nobody_was_alerted_the_owner_is_told(house: House) -> None:
    """A feed's first poll that nobody subscribed to still says how much it skipped."""
    feed = await asked_for(house, "C1")
    await flood(house, 0, 30)
    await house.watch.tell_held(house.store, house.clock, grace=timedelta(0))
    ((said, text),) = await notices(house, feed.spec.notify_destination_id)
    assert said == "The feed “Border Ledger” was read for the first time; entries: 30"
    assert text.startswith("Told: 10. Stored")


async def test_a_republished_feed_is_no_flood(house: House) -> None:
    """Entries that the feed had before are held, and nobody is told that nobody missed them."""
    await house.feeds("ledger")
    place = await house.subscribe("C1", STEEL)
    titles = [f"Old matter {n} of the plates #steel" for n in range(9)]
    await shows(house, *(entry(f"a{n}", house, title) for n, title in enumerate(titles)))
    await shows(house, *(entry(f"b{n}", house, title) for n, title in enumerate(titles)))
    await house.watch.tell_held(house.store, house.clock, grace=timedelta(0))
    assert await notices(house, place) == []


async def test_a_poll_that_outlived_its_claim_stores_nothing(house: House) -> None:
    """Whoever claimed the feed meanwhile brings the same entries, once."""
    await house.feeds("ledger")
    place = await house.subscribe("C1", STEEL)
    house.fetcher.shows("ledger", house.parser.knows(entry("e1", house)))
    first, second = house.ingest(), house.ingest()
    (slow,) = await first.claim(limit=1)
    house.clock.advance(minutes=10)
    (quick,) = await second.claim(limit=1)
    late = await first.poll(slow)
    assert (late.outcome, late.new) == (Outcome.ERROR, ())
    assert "claimed or changed" in (late.error or "")
    assert len((await second.poll(quick)).new) == 1
    await house.fanout().run()
    assert len(await house.outbox(place)) == 1


async def test_what_is_odd_about_a_body_is_kept(house: House) -> None:
    """Warnings of the answer and of its reading stay on the feed; so does what is left to read."""
    await house.feeds("ledger")
    house.fetcher.shows("ledger", house.parser.knows(entry("e1", house)))
    left = Backlog(url="https://ledger.example/feed?page=11", since=house.clock.now())
    house.fetcher.answers["ledger"] = replace(
        house.fetcher.answers["ledger"], warnings=("More is waiting.",), backlog=left
    )
    await house.ingest().poll_all(everything=True)
    (feed,) = await house.store.queries.feeds(None)
    assert (feed.warnings, feed.backlog) == (("More is waiting.",), left)
    await poll(house, None, DOWN, wait=HOUR)
    (feed,) = await house.store.queries.feeds(None)
    assert (feed.warnings, feed.backlog) == (("More is waiting.",), left)


async def test_a_document_shown_for_inspection_and_then_published_is_told_once(
    house: House,
) -> None:
    """One story, one message, and one for those who want every entry, unless it says more."""
    await house.feeds("inspection", "register")
    stories = await house.subscribe("C1", STEEL)
    entries = await house.subscribe("C2", replace(STEEL, group=Grouping.ENTRY))
    site = "https://www.federalregister.gov"
    title = "Adjusting sample duties on plates of Sampleland #steel"
    shown = replace(entry("fr:1", house, title), url=f"{site}/public-inspection/2026-99003/x")
    await house.poll("inspection", shown)
    house.clock.advance(days=1)
    published = replace(
        entry("fr:1", house, title), url=f"{site}/documents/2026/11/21/2026-99003/x"
    )
    await house.poll("register", published)
    kinds = [str(each.draft.kind) for each in await house.outbox(stories)]
    assert kinds.count("post") == 1
    assert [each.draft.subject for each in await house.outbox(entries)] == ["entry:1"]
    (story,) = await house.store.queries.stories(owner=None)
    assert story.entry_count == 2

    def dated(told: Entry, now: datetime) -> Reading:
        fact = DeadlineFact(
            kind=DeadlineKind.EFFECTIVE, date=date(2026, 12, 1), text=".", confidence=0.9
        )
        return replace(simple_reading(told, now), deadlines=(fact,))

    house.read = dated
    await house.feeds("inspection", "register", "usmca")
    await house.poll("usmca", replace(published, guid="fr:1"))
    subjects = [each.draft.subject for each in await house.outbox(entries)]
    assert subjects == ["entry:1", "entry:3"]


class Published:
    """What the source says it published, or why it does not say."""

    def __init__(self, answer: ParsedFeed | FetchError | None) -> None:
        self.answer = answer
        self.asked: list[date] = []

    async def published(self, feed: Feed, since: date) -> ParsedFeed | None:
        assert feed.spec.kind is FeedKind.FEDERAL_REGISTER
        self.asked.append(since)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer


def comparing(house: House, listing: Published) -> Reconciliation:
    return Reconciliation(
        store=house.store, listing=listing, ingest=house.ingest(), clock=house.clock
    )


async def register(house: House, *entries: Entry) -> None:
    """A feed of the Federal Register that was polled once."""
    spec = FeedSpec(
        key="ledger",
        name="Federal Register",
        url="https://fr.example/documents.json",
        kind=FeedKind.FEDERAL_REGISTER,
    )
    async with house.store.begin() as uow:
        await uow.feeds.reconcile([spec], house.clock.now())
    await shows(house, *entries)


async def test_what_the_polls_missed_is_found_stored_told_and_listed(house: House) -> None:
    """Once a day, by the ordinary limits; what was seen is not told again."""
    place = await house.subscribe("C1", STEEL)
    await register(house, entry("fr:1", house))
    missed = entry("fr:2", house, "Quota on bars, listed late #steel")
    listing = Published(ParsedFeed(entries=(entry("fr:1", house), missed), total=2))
    upkeep = Upkeep(store=house.store, clock=house.clock, reconciliation=comparing(house, listing))
    await upkeep.run()
    await upkeep.run()
    await house.drain()
    await house.fanout().run()
    await house.drain()
    assert listing.asked == [house.clock.now().date()]
    (listed,) = await house.store.queries.missed(None, house.clock.now() - DAY)
    assert (listed.guid, listed.key) == ("fr:2", "ledger")
    heads = [sent.message.headline.text for sent in house.slack.taken]
    assert missed.title in heads
    assert len(await house.outbox(place)) == 2
    (feed,) = await house.store.queries.feeds(None)
    house.clock.advance(days=30)
    (again,) = await comparing(house, listing).run()
    assert (again.listed, again.missed) == (2, ())
    assert listing.asked[-1] == (house.clock.now() - timedelta(days=7)).date()
    assert feed.failures == 0


async def test_a_comparison_that_fails_is_tried_again_soon(house: House) -> None:
    """Its reason is said, and the next try comes in hours, not in a day."""
    await register(house, entry("fr:1", house))
    listing = Published(FetchError("The server is out (503)."))
    (failed,) = await comparing(house, listing).run()
    assert failed.error == "The server is out (503)."
    assert await comparing(house, listing).run() == []
    house.clock.advance(hours=4)
    assert len(await comparing(house, listing).run()) == 1


async def test_feeds_without_a_list_or_without_entries_are_not_compared(house: House) -> None:
    """The list of public inspection has no such search; a feed that held nothing, nothing to miss."""
    await register(house)
    listing = Published(None)
    assert await comparing(house, listing).run() == []
    assert listing.asked == []
    await shows(house, entry("fr:1", house))
    assert await comparing(house, listing).run(everything=True) == []
    assert len(listing.asked) == 1


async def test_a_document_that_came_meanwhile_is_not_missed(house: House) -> None:
    """Between the list and the storing a poll may bring it: then nothing is listed."""
    await register(house, entry("fr:1", house))
    (feed,) = await house.store.queries.feeds(None)
    assert await house.ingest().bring(feed, ParsedFeed(entries=(entry("fr:1", house),))) == 0
    assert await house.store.queries.missed(None, house.clock.now() - DAY) == []
