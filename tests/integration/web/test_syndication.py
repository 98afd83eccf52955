"""Atom, JSON feeds and calendars over real HTTP, read back by other programs."""

import io
import json
import re
from xml.etree import ElementTree as ET

import feedparser
import pytest

from bot.domain.destination import Address, PlatformName, Wish
from bot.domain.feed import Origin, Tier
from bot.domain.reading import DeadlineKind
from tests.fakes.archive import Archive, due
from tests.fakes.calendars import checked
from tests.fakes.pages import TOKEN, open_site, parts

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = 'Duty <script>alert(1)</script> & "25 %" ]]> \x0b\ufffe on ñandú'


@pytest.fixture
async def site(store, clock, tmp_path):
    async with open_site(parts(store, clock, tmp_path)) as browsing:
        yield browsing


@pytest.fixture
async def archive(store, clock):
    return Archive(store, clock)


async def test_an_atom_feed_is_whole_and_read_back(site, archive, clock):
    """Every required element, names that stay, links, languages, topics; text stays text."""
    feed = await archive.feed()
    told = await archive.story(
        feed, NASTY, topics=("steel",), lang="es", deadlines=(due("2026-12-01"),)
    )
    status, headers, body = await site.get("/feeds/steel.atom")
    assert status == 200
    assert headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(body)
    for parent in (root, root.find(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(ATOM + name)) == 1
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{site.home}/feeds/steel.atom"
    read = feedparser.parse(io.BytesIO(body))
    assert not read.bozo
    (entry,) = read.entries
    assert read.feed.language == "en"
    assert entry.id.startswith("urn:uuid:")
    assert entry.title_detail.type == "text/plain"
    assert "<script>alert(1)</script>" in ET.fromstring(body).find(f"{ATOM}entry/{ATOM}title").text
    assert entry.updated_parsed[:6] == clock.now().timetuple()[:6]
    assert entry.link == f"{site.home}/story/{told.id}"
    assert [link.href for link in entry.links if link.rel == "via"] == [told.url]
    assert [tag.term for tag in entry.tags] == ["steel"]
    assert "comments due" in entry.content[0].value
    again = feedparser.parse(io.BytesIO((await site.get("/feeds/all.atom"))[2]))
    assert again.entries[0].id == entry.id


async def test_a_json_feed_says_the_same(site, archive):
    """Version, links and items; an odd link of a source is left out."""
    feed = await archive.feed()
    await archive.story(feed, NASTY, topics=("steel",), url="javascript:alert(1)")
    status, headers, body = await site.get("/feeds/steel.json")
    read = json.loads(body)
    assert (status, headers["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"] == f"{site.home}/feeds/steel.json"
    (item,) = read["items"]
    assert {"id", "url", "title", "content_text", "date_published", "language"} <= item.keys()
    assert "external_url" not in item
    assert "content_html" not in item


async def test_a_feed_of_a_query_holds_what_it_finds(site, archive):
    """Newest first; a query that does not parse says where; an unknown topic is not there."""
    feed = await archive.feed()
    await archive.story(feed, "Steel duty rises", topics=("steel",))
    await archive.story(feed, "Tomato growers answer", topics=("tariffs",))
    _, _, body = await site.get("/feeds/search.json?q=tomato")
    assert [item["title"] for item in json.loads(body)["items"]] == ["Tomato growers answer"]
    assert (await site.get("/feeds/search.atom?q=(steel"))[0] == 400
    assert (await site.get("/feeds/search.atom"))[0] == 400
    assert (await site.get("/feeds/nothing.atom"))[0] == 404
    _, _, empty = await site.get("/feeds/autos.atom")
    assert not feedparser.parse(io.BytesIO(empty)).bozo


@pytest.mark.parametrize("path", ["/feeds/all.atom", "/feeds/all.json", "/calendar/all.ics"])
async def test_what_did_not_change_is_not_sent_again(site, archive, path):
    """By tag first, else by date; what is new is sent whole."""
    feed = await archive.feed()
    await archive.story(feed, "Steel duty rises", deadlines=(due("2026-12-01"),))
    _, headers, _ = await site.get(path)
    tag, changed = headers["ETag"], headers["Last-Modified"]
    status, again, body = await site.get(path, **{"If-None-Match": f'"other", W/{tag}'})
    assert (status, again["ETag"], body) == (304, tag, b"")
    assert (await site.get(path, **{"If-Modified-Since": changed}))[0] == 304
    both = {"If-None-Match": '"other"', "If-Modified-Since": changed}
    assert (await site.get(path, **both))[0] == 200
    await archive.story(feed, "Tomato growers answer", deadlines=(due("2026-12-02"),))
    assert (await site.get(path, **{"If-None-Match": tag}))[0] == 200


async def test_a_calendar_over_http(site, archive):
    """Of a topic, of all, of a query; in the language that is asked for."""
    feed = await archive.feed()
    await archive.story(
        feed, "Steel duty", topics=("steel",), deadlines=(due("2026-12-01"),), tier=Tier.OFFICIAL
    )
    status, headers, body = await site.get("/calendar/steel.ics?lang=fr")
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Content-Disposition"] == 'inline; filename="usmca-steel.ics"'
    found = checked(body)
    assert str(found["deadline-1@usmca-bot"]["SUMMARY"]).startswith("Fin des commentaires")
    assert len(found) == 2  # the record's own row on steel is the other
    assert list(checked((await site.get("/calendar/search.ics?q=duty"))[2])) == [
        "deadline-1@usmca-bot"
    ]
    assert "deadline-1@usmca-bot" not in checked((await site.get("/calendar/autos.ics"))[2])
    assert (await site.get("/calendar/nothing.ics"))[0] == 404


async def test_another_tenants_stories_are_in_no_feed(site, archive):
    """Neither for a visitor nor for the operator of the terminal."""
    private = await archive.feed("private", owner="slack:T1")
    await archive.story(private, "A secret of T1", deadlines=(due("2026-12-01"),))
    for path in ("/feeds/all.atom", "/feeds/search.json?q=secret", "/calendar/all.ics"):
        for headers in ({}, {"Authorization": f"Bearer {TOKEN}"}):
            status, _, body = await site.get(path, **headers)
            assert status == 200
            assert b"A secret" not in body


async def test_a_places_calendar_has_an_address_of_its_own(site, archive, store, clock):
    """The operator is shown it; it opens by its key alone, holds the team's own, and nothing else."""
    feed = await archive.feed("private", owner="slack:T1")
    await archive.story(
        feed, "A duty told in T1", topics=("steel",), deadlines=(due("2026-12-01"),)
    )
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
    async with store.begin() as uow:
        place = await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="en")
        await uow.subscriptions.add(
            place.id, Wish(topic="steel"), origin=Origin.CHAT, by="test", now=clock.now()
        )
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    shown = (await site.get("/deadlines?place=slack:T1/C1", **bearer))[2].decode()
    (path,) = set(re.findall(r'href="(/calendar/place/[^"]+)"', shown))
    status, headers, body = await site.get(path.replace("&amp;", "&"))
    assert (status, headers["Content-Disposition"]) == (
        200,
        'inline; filename="usmca-place-C1.ics"',
    )
    assert "deadline-1@usmca-bot" in checked(body)
    for other in (
        path.partition("?")[0],
        path.replace("/C1.ics", "/C2.ics"),
        path[:-1] + ("0" if path[-1] != "0" else "1"),
    ):
        assert (await site.get(other))[0] == 401
    assert (await site.get("/calendar/place/slack:T1/C2.ics", **bearer))[0] == 400
    assert (await site.get("/calendar/place/nothing.ics", **bearer))[0] == 400
    for wrong in ("slack:", "https://evil.example/x"):
        refused = (await site.get(f"/deadlines?place={wrong}", **bearer))[2].decode()
        assert 'role="alert"' in refused
        assert "/calendar/place/" not in refused
    assert "/calendar/place/" not in (await site.get("/deadlines?place=slack:T1/C1"))[2].decode()


async def test_deadlines_of_one_kind_fill_their_pages(site, archive):
    """The kind narrows before the page is cut: nothing of it is hidden behind other kinds."""
    feed = await archive.feed()
    for number in range(65):
        kind = DeadlineKind.HEARING if number >= 63 else DeadlineKind.COMMENT
        late = f"2026-12-{1 + number // 3:02}" if number < 63 else f"2027-01-0{number - 60}"
        text = f"Case {number} of its own, {chr(97 + number % 26) * 9} {number}"
        await archive.story(feed, text, deadlines=(due(late, kind, text=text),))
    page = (await site.get("/deadlines?kind=hearing"))[2].decode()
    assert page.count('<li class="when">') == 2
    assert 'rel="next"' not in page
    found = json.loads((await site.get("/api/v1/deadlines?kind=hearing&limit=10"))[2])
    assert [row["date"] for row in found["data"]] == ["2027-01-03", "2027-01-04"]
    assert (await site.get("/api/v1/deadlines?kind=party"))[0] == 400
