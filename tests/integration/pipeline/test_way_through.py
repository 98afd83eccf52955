"""The whole way from a feed to a platform, on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.domain.alert import DeliveryState
from bot.domain.destination import Grouping, Wish
from bot.domain.entry import Entry
from bot.domain.feed import FeedState, Tier
from bot.domain.polling import Fetched, Outcome
from bot.pipeline.fanout import Fanout
from bot.polling.admission import FirstPoll
from bot.storage import tables
from tests.integration.pipeline.house import ALL, STEEL, House


def entry(guid: str, title: str, house: House, **changes: object) -> Entry:
    values: dict = {
        "guid": guid,
        "url": f"https://ledger.example/{guid}",
        "title": title,
        "summary": f"Details of {title}.",
        "published": house.clock.now(),
        "source": "Border Ledger (sample)",
    }
    return Entry(**(values | changes))


async def test_a_matching_entry_is_told_once(house: House) -> None:
    """One message to the channel that asked for it, none to the other, and none again."""
    await house.feeds("ledger")
    steel = await house.subscribe("C1", STEEL)
    dairy = await house.subscribe("C2", Wish(topic="dairy"))
    told = entry("e1", "Quota on plates #steel", house)
    other = entry("e2", "Storm closes the harbour", house, summary="Ferries wait until Sunday.")
    report = await house.poll("ledger", told, other)
    assert {t.id for t in report.new} == {"e1", "e2"}
    await house.drain()
    (sent,) = house.slack.taken
    assert (sent.what, sent.to) == ("post", "slack:C1")
    assert sent.message.headline.text == "Quota on plates #steel"
    assert sent.message.why == "You subscribed to STEEL (matched: steel)"
    (delivery,) = await house.outbox(steel)
    assert delivery.state is DeliveryState.SENT
    assert delivery.draft.why.spans[0].text == "steel"
    assert await house.outbox(dairy) == []
    again = await house.poll("ledger", told)
    await house.drain()
    assert (again.new, len(house.slack.taken)) == ((), 1)


async def test_a_guid_used_again_loses_no_article(house: House) -> None:
    """A feed that counts its entries anew tells each once; a correction stays with its entry."""
    await house.feeds("ledger")
    await house.poll("ledger", entry("1", "Quota on plates", house))
    link = {"url": "https://ledger.example/other"}
    other = entry("1", "Panel rules on dairy permits", house, **link)
    report = await house.poll("ledger", other)
    assert [told.id for told in report.new] == ["https://ledger.example/other"]
    corrected = entry("1", "Panel rules on butter", house, summary="Corrected.", **link)
    again = await house.poll("ledger", corrected)
    titles = {
        e.stored.entry.guid: e.stored.entry.title
        async for e in house.store.queries.entries(owner=None)
    }
    assert again.new == ()
    assert titles == {"1": "Quota on plates", link["url"]: "Panel rules on butter"}


async def test_guids_used_again_for_one_page_lose_no_article(house: House) -> None:
    """The link is no guid either: it is that of both, and of an older entry."""
    await house.feeds("ledger")
    page = {"url": "https://ledger.example/page"}
    first = [entry("1", "Quota on plates", house), entry("2", "Storm at the harbour", house)]
    await house.poll("ledger", *first, entry(page["url"], "Old list of officers", house, **page))
    later = [
        entry("1", "Panel rules on dairy permits", house, **page),
        entry("2", "Ministers meet in Ottawa", house, **page),
    ]
    report = await house.poll("ledger", *later)
    assert {told.title for told in report.new} == {one.title for one in later}
    assert (await house.poll("ledger", *reversed(later))).new == ()


async def test_the_same_event_elsewhere_edits_the_message(house: House) -> None:
    """Two outlets with one text make one message; the second is a quiet edit."""
    await house.feeds("ledger", "diario")
    await house.subscribe("C1", STEEL)
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    await house.poll("ledger", first)
    await house.drain()
    house.clock.advance(minutes=5)
    copy = replace(
        first, guid="x9", url="https://diario.example/x9", source="Diario Aduanal (sample)"
    )
    await house.poll("diario", copy)
    await house.drain()
    assert [sent.what for sent in house.slack.taken] == ["post", "edit m1"]
    assert house.slack.taken[1].message.source_count == 2
    (story,) = await house.store.queries.stories(owner=None)
    assert (story.revision, len(story.sources)) == (2, 2)


async def test_outlets_in_one_round_make_one_message(house: House) -> None:
    """What waits is made of the story as it stands when it goes out."""
    await house.feeds("ledger", "diario")
    await house.subscribe("C1", STEEL)
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    copy = replace(first, guid="x9", url="https://diario.example/x9", source="Diario (sample)")
    await house.poll("ledger", first)
    await house.poll("diario", copy)
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.source_count == 2


async def test_a_story_told_by_another_entrys_topic_says_by_which_words(house: House) -> None:
    """The first outlet does not name the topic: the reason shows the words of the one that does."""
    await house.feeds("ledger", "diario")
    place = await house.subscribe("C1", Wish(topic="autos"))
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    other = replace(
        first,
        guid="x9",
        url="https://diario.example/x9",
        title=f"{first.title} #autos",
        source="Diario (sample)",
    )
    house.fetcher.shows("ledger", house.parser.knows(first))
    house.fetcher.shows("diario", house.parser.knows(other))
    await house.ingest().poll_all(everything=True)
    await house.fanout().run()
    reasons = [delivery.draft.why for delivery in await house.outbox(place)]
    assert [span.text for span in reasons[0].spans] == ["autos"]


async def test_an_update_is_told_in_the_thread(house: House) -> None:
    """A change of stage replies to the message, and brings it up to date."""
    await house.feeds("ledger", "gazette")
    await house.subscribe("C1", STEEL)
    title = "Canada sets surtax on plates from Ohio mills #steel"
    await house.poll("ledger", entry("e1", title, house))
    await house.drain()
    official = entry(
        "g1", title, house, source="Gazette (sample)", tier=Tier.OFFICIAL,
        summary="The surtax is in force.",
    )  # fmt: skip
    await house.poll("gazette", official)
    await house.drain()
    assert sorted(sent.what for sent in house.slack.taken) == ["edit m1", "post", "reply m1"]
    reply = next(sent for sent in house.slack.taken if sent.what == "reply m1")
    assert any("Official text" in change.text for change in reply.message.changes)


async def test_each_entry_by_itself(house: House) -> None:
    """`group: entry` tells every entry of a story; `group: story` tells one message."""
    await house.feeds("ledger", "diario")
    broker = await house.subscribe("C1", Wish(topic="steel", group=Grouping.ENTRY))
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    await house.poll("ledger", first)
    await house.poll("diario", replace(first, guid="x9", url="https://diario.example/x9"))
    await house.drain()
    assert [d.draft.subject for d in await house.outbox(broker)] == ["entry:1", "entry:2"]
    assert [sent.message.subject for sent in house.slack.taken] == ["entry:1", "entry:2"]


async def test_the_first_poll_tells_only_what_is_recent(house: House) -> None:
    """The rest is stored and searchable, and an edit of it later is not told as new."""
    house.first_poll = FirstPoll(max=1)
    await house.feeds("ledger")
    await house.subscribe("C1", ALL)
    old = entry(
        "old", "Old matter of pipes", house, published=house.clock.now() - timedelta(days=30)
    )
    report = await house.poll("ledger", entry("new", "New matter of plates", house), old)
    assert ([t.id for t in report.new], report.skipped) == (["new"], 1)
    await house.drain()
    edited = replace(old, summary="Details, corrected.")
    after = await house.poll("ledger", edited)
    await house.drain()
    assert (after.new, after.skipped) == ((), 0)
    assert [sent.message.headline.text for sent in house.slack.taken] == ["New matter of plates"]
    archive = [found async for found in house.store.queries.entries(owner=None)]
    assert {found.stored.entry.summary for found in archive} >= {"Details, corrected."}


async def test_a_correction_reaches_the_message(house: House) -> None:
    """An edited entry changes its story and the message that told it."""
    await house.feeds("ledger")
    await house.subscribe("C1", STEEL)
    told = entry("e1", "Quota on plates #steel", house)
    await house.poll("ledger", told)
    await house.drain()
    house.clock.advance(minutes=10)
    await house.poll("ledger", replace(told, title="Quota on bars, not plates #steel"))
    await house.drain()
    edit = house.slack.taken[-1]
    assert edit.what == "edit m1"
    assert edit.message.headline.text == "Quota on bars, not plates #steel"


async def test_another_workers_stories_are_known(house: House) -> None:
    """What one worker placed, the next one's index loads: the copy joins the story."""
    await house.feeds("ledger", "diario")
    await house.subscribe("C1", STEEL)
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    workers = [house.ingest(), house.ingest()]
    for number, (worker, feed) in enumerate(zip(workers, ("ledger", "diario"), strict=True)):
        copy = replace(first, guid=f"g{number}", url=f"https://{feed}.example/g")
        house.fetcher.shows(feed, house.parser.knows(copy))
        for leased in await worker.claim(limit=5, everything=True):
            await worker.poll(leased)
    (story,) = await house.store.queries.stories(owner=None)
    assert story.entry_count == 2


async def test_old_entries_leave_the_window(house: House) -> None:
    """After the window the same words begin a new story."""
    await house.feeds("ledger", "diario")
    ingest = house.ingest()
    first = entry("e1", "Canada sets surtax on plates from Ohio mills #steel", house)
    house.fetcher.shows("ledger", house.parser.knows(first))
    await ingest.poll_all(everything=True)
    house.clock.advance(days=30)
    later = replace(first, guid="e2", url="https://diario.example/e2", published=house.clock.now())
    house.fetcher.shows("diario", house.parser.knows(later))
    await ingest.poll_all(everything=True)
    assert len(await house.store.queries.stories(owner=None)) == 2


async def test_a_subject_that_retention_removed_is_dropped(house: House) -> None:
    """An alert, a post, an update and an entry whose story is gone end without a message."""
    await house.feeds("ledger", "diario", "gazette")
    place = await house.subscribe("C1", STEEL, Wish(topic="steel", group=Grouping.ENTRY))
    title = "Canada sets surtax on plates from Ohio mills #steel"
    first = entry("e1", title, house)
    await house.poll("ledger", first)
    await house.drain()
    official = entry("g1", title, house, source="Gazette (sample)", tier=Tier.OFFICIAL)
    await house.poll("gazette", official)
    house.fetcher.shows("diario", house.parser.knows(replace(first, guid="x9")))
    await house.ingest().poll_all(everything=True)
    async with house.store.begin() as uow:
        for table in (tables.entries, tables.stories):
            await uow.deliveries._connection.execute(sa.delete(table))  # noqa: SLF001
    await house.fanout().run()
    await house.drain()
    states = Counter((str(d.draft.kind), str(d.state)) for d in await house.outbox(place))
    assert states == {
        ("post", "sent"): 2,
        ("post", "dead"): 1,
        ("reply", "dead"): 1,
        ("edit", "dead"): 1,
    }


async def test_many_channels_are_told_in_batches(house: House) -> None:
    """The cursor lives in the alert's row: each batch goes on where the last one ended."""
    await house.feeds("ledger")
    places = [await house.subscribe(f"C{n}", STEEL) for n in range(7)]
    both = house.parser.knows(
        entry("e1", "Quota on plates #steel", house),
        entry("e2", "Strike at the northern mills enters its second week #steel", house),
    )
    house.fetcher.shows("ledger", both)
    await house.ingest().poll_all(everything=True)
    written = await Fanout(store=house.store, clock=house.clock, batch=3).run()
    stories = await house.store.queries.stories(owner=None)
    assert written == 7 * len(stories)
    told = [len(await house.outbox(place)) for place in places]
    assert told == [len(stories)] * 7


async def test_an_edit_that_changes_nothing_shown_is_not_told(house: House) -> None:
    """Another wording further down leaves story and message alone."""
    await house.feeds("ledger")
    await house.subscribe("C1", STEEL)
    told = entry("e1", "Quota on plates #steel", house, content="One. Two.")
    await house.poll("ledger", told)
    await house.drain()
    await house.poll("ledger", replace(told, content="One. Two. Three."))
    await house.drain()
    assert [sent.what for sent in house.slack.taken] == ["post"]


async def test_a_feed_that_fails_is_recorded_and_stops_nobody(house: House) -> None:
    """The others go on; the failure is kept in plain words, and the feed backed off."""
    await house.feeds("broken", "odd", "ledger")
    await house.subscribe("C1", STEEL)
    house.fetcher.answers["broken"] = Fetched(
        outcome=Outcome.ERROR, url="", status=500, error="The server failed (500)."
    )
    house.fetcher.answers["odd"] = Fetched(
        outcome=Outcome.ENTRIES, url="", status=200, body=b"<html>"
    )
    await house.poll("ledger", entry("e1", "Quota on plates #steel", house))
    feeds = {feed.spec.key: feed for feed in await house.store.queries.feeds(None)}
    assert feeds["broken"].last_error == "The server failed (500)."
    assert feeds["odd"].last_error == "The answer is no feed."
    assert (feeds["broken"].failures, feeds["odd"].failures, feeds["ledger"].failures) == (1, 1, 0)
    assert feeds["broken"].next_poll_at > house.clock.now()
    await house.drain()
    assert len(house.slack.taken) == 1


async def test_a_feed_that_is_gone_is_polled_no_more(house: House) -> None:
    """Two answers of 410 end it."""
    await house.feeds("ledger")
    house.fetcher.answers["ledger"] = Fetched(outcome=Outcome.GONE, url="", status=410)
    for _ in range(3):
        await house.ingest().poll_all(everything=True)
        house.clock.advance(days=2)
    assert len(house.fetcher.asked) <= 2
    assert (await house.store.queries.feeds(None))[0].state is FeedState.GONE


async def test_a_crash_while_storing_loses_and_doubles_nothing(house: House) -> None:
    """Without the commit the next poll sees the same entries again, and the stories stay right."""
    await house.feeds("ledger")
    await house.subscribe("C1", STEEL)
    ingest = house.ingest()
    told = entry("e1", "Quota on plates #steel", house)
    bad = entry("e2", "Broken \ud800 words", house)
    house.fetcher.shows("ledger", house.parser.knows(told, bad))
    (feed,) = await ingest.claim(limit=1)
    assert (await ingest.poll(feed)).outcome is Outcome.ERROR
    (recorded,) = await house.store.queries.feeds(None)
    assert "its log says where" in (recorded.last_error or "")
    assert [found async for found in house.store.queries.entries(owner=None)] == []
    house.fetcher.shows("ledger", house.parser.knows(told))
    (feed,) = await ingest.claim(limit=1, everything=True)
    report = await ingest.poll(feed)
    assert [t.id for t in report.new] == ["e1"]
    (story,) = await house.store.queries.stories(owner=None)
    assert story.entry_count == 1


async def test_a_dead_workers_feed_is_taken_over(house: House) -> None:
    """A killed process leaves leases behind; the next one takes them at once."""
    await house.feeds("ledger")
    assert len(await house.ingest().claim(limit=5)) == 1
    house.liveness.me = "w2"
    assert await house.ingest().claim(limit=5) == []
    house.liveness.dead.add("w1")
    assert len(await house.ingest().claim(limit=5)) == 1
