"""The pages over real HTTP: their doors, what they show, and to whom."""

import asyncio
import re
from datetime import timedelta

import aiohttp
import pytest

from bot.domain.feed import Origin
from bot.domain.reading import Action, Stage, TariffFact
from bot.domain.story import Conflict
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.web.security import HEADERS
from tests.fakes.archive import Archive, due
from tests.fakes.pages import TOKEN, open_site, parts
from tests.samples import draft, slack

PAGES = ("/", "/deadlines", "/deadlines?month=2026-12", "/tariffs", "/timeline", "/sign-in")
HOSTILE = "<script>alert('x')</script> \"quoted\" & 'more'"


@pytest.fixture
async def store(sqlite_url, vault):
    opened = SqlStore(open_engines(sqlite_url), vault)
    yield opened
    await opened.close()


@pytest.fixture
async def site(store, clock, tmp_path):
    async with open_site(parts(store, clock, tmp_path)) as browsing:
        yield browsing


def cookies(headers) -> dict[str, str]:
    """What a browser would keep."""
    found = [text.partition(";")[0].partition("=") for text in headers.getall("Set-Cookie", [])]
    return {name: value for name, _, value in found}


def field(body: bytes) -> str:
    """The hidden field of a form."""
    found = re.search(rb'name="csrf" value="([0-9a-f]+)"', body)
    assert found is not None
    return found[1].decode()


async def sign_in(site) -> dict[str, str]:
    """Return the cookies of somebody who has the token."""
    _, headers, body = await site.get("/sign-in")
    kept = cookies(headers)
    form = {"csrf": field(body), "token": TOKEN, "next": "/story/1"}
    status, answered, _ = await site.ask("POST", "/sign-in", data=form, cookies=kept)
    assert (status, answered["Location"]) == (303, "/story/1")
    return kept | cookies(answered)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_in_every_language(site, path) -> None:
    """It says its language, has one first heading and a way to its content, and no inline script."""
    for lang in ("en", "es", "fr"):
        status, headers, body = await site.get(path, **{"Accept-Language": lang})
        text = body.decode()
        assert (status, headers["Content-Language"]) == (200, lang)
        assert f'<html lang="{lang}"' in text
        assert text.count("<h1") == 1
        assert 'class="skip" href="#main"' in text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)


async def test_headers_stand_on_every_answer(site) -> None:
    """Pages, problems, files and streams: the same policy, nothing kept but files."""
    for path in ("/", "/nothing", "/static/site.css", "/sign-in", "/api/v1/nothing"):
        _, headers, _ = await site.get(path)
        assert {name: headers[name] for name in HEADERS} == HEADERS
    _, headers, _ = await site.get("/static/site.css")
    assert "immutable" in headers["Cache-Control"]
    assert (await site.get("/"))[1]["Cache-Control"] == "no-store"


async def test_another_sites_name_is_refused(site) -> None:
    """A page that points its own name at this machine reads nothing, health stays as it was."""
    status, _, body = await site.get("/", Host="rebound.example:80")
    assert status == 421
    assert b"web.hosts" in body
    assert (await site.get("/static/site.css", Host="rebound.example"))[0] == 421
    assert (await site.get("/healthz", Host="rebound.example"))[0] == 200


async def test_problems_say_no_detail(site) -> None:
    """A page that is not there, a story nobody has, a number beyond all: the same friendly page."""
    for path in ("/nothing", "/story/99", "/story/999999999999999", "/story/x"):
        status, _, body = await site.get(path)
        assert status == 404
        assert b"no such page" in body
        assert b"Traceback" not in body
    status, _, body = await site.get("/api/v1/nothing")
    assert (status, b'"error"' in body) == (404, True)


async def test_reading_elsewhere_needs_the_token(store, clock, tmp_path) -> None:
    """Bound to all addresses, called by another name, or through a proxy: the sign-in page comes."""
    for made, headers in (
        (parts(store, clock, tmp_path, bind="0.0.0.0"), {}),
        (parts(store, clock, tmp_path, hosts=("trade.example",)), {"Host": "trade.example"}),
        (parts(store, clock, tmp_path), {"X-Forwarded-For": "203.0.113.7"}),
    ):
        async with open_site(made) as site:
            status, _, body = await site.get("/deadlines", **headers)
            assert status == 401
            assert b'name="token"' in body
            assert (await site.get("/static/site.css", **headers))[0] == 200
            bearer = headers | {"Authorization": f"Bearer {TOKEN}"}
            assert (await site.get("/deadlines", **bearer))[0] == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=nonsense", b"query=steel"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"query=\xff"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Dispo: \r\n\r\n\r\n--x--\r\n"),
    ],
)
@pytest.mark.parametrize("path", ["/rules", "/search/subscribe", "/sign-in"])
async def test_a_form_that_is_none_is_its_senders_mistake(site, path, kind, body) -> None:
    """It is refused as one, with the form's token in a header or without."""
    status, headers, page = await site.get("/")
    token = re.search(rb'name="csrf-token" content="([^"]+)"', page)
    assert token is not None
    for more in ({}, {"X-CSRF-Token": token[1].decode(), "Origin": site.home}):
        status, _, _ = await site.ask(
            "POST", path, data=body, headers={"Content-Type": kind} | more, cookies=cookies(headers)
        )
        assert 400 <= status < 500


async def test_a_body_in_no_known_charset_is_refused(site) -> None:
    """By the API too."""
    headers = {
        "Content-Type": "application/json; charset=nonsense",
        "Authorization": f"Bearer {TOKEN}",
    }
    status, _, _ = await site.ask("POST", "/api/v1/rules/backtest", data=b"{}", headers=headers)
    assert status == 400


async def test_without_a_token_elsewhere_is_closed(store, clock, tmp_path) -> None:
    """Nobody can sign in, and the page says what the operator can do."""
    async with open_site(parts(store, clock, tmp_path, token=None, bind="0.0.0.0")) as site:
        status, _, body = await site.get("/")
        assert status == 403
        assert b"BOT_WEB_TOKEN" in body
        assert (await site.get("/healthz"))[0] == 200


@pytest.mark.parametrize("path", ["/deliveries", "/api/v1/deliveries", "/api/v1/subscriptions"])
async def test_reading_what_needs_a_token_says_so(store, clock, tmp_path, path) -> None:
    """Nothing is changed by it, and no form was too old."""
    async with open_site(parts(store, clock, tmp_path, token=None)) as site:
        status, _, body = await site.get(path)
    assert status == 403
    assert "needs the operator’s token, and none is set" in body.decode().replace("\\u2019", "’")
    assert b"Changing" not in body


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/?topic=stel", "topic", "stel"),
        ("/deadlines?topic=stel", "topic", "stel"),
        ("/deadlines?country=Canada", "country", "Canada"),
        ("/deadlines?kind=coment", "kind", "coment"),
        ("/deadlines?month=12-2026", "month", "12-2026"),
        ("/tariffs?on=2026-13-01", "on", "2026-13-01"),
        ("/tariffs?on=9999-01-01", "on", "9999-01-01"),
        ("/tariffs.csv?country=ca", "country", "ca"),
        ("/tariffs?imposer=%3Cb%3E", "imposer", "&lt;b&gt;"),
        ("/timeline?party=us", "party", "us"),
        ("/rules?topic=stel", "topic", "stel"),
        ("/deliveries?state=gone", "state", "gone"),
    ],
)
async def test_a_mistyped_value_does_not_show_everything(site, path, name, value) -> None:
    """Who narrowed to a topic that there is not would take all of it for the topic's."""
    status, _, body = await site.get(path, Authorization=f"Bearer {TOKEN}")
    assert status == 400
    assert f"“{value}” is nothing that “{name}” can be" in body.decode()


async def test_a_key_reads_one_calendar(store, clock, tmp_path) -> None:
    """A calendar program gets in by its address, to that calendar only."""
    async with open_site(parts(store, clock, tmp_path, bind="0.0.0.0")) as site:
        kept = await sign_in(site)
        _, _, body = await site.ask("GET", "/deadlines?topic=steel", cookies=kept)
        found = re.search(rb'href="(/calendar/steel.ics\?key=[0-9a-f]+)"', body)
        assert found is not None
        address = found[1].decode()
        assert (await site.get(address))[0] == 200
        assert (await site.get(address.replace("steel", "autos")))[0] == 401
        assert (await site.get(address.replace("/calendar/steel.ics", "/")))[0] == 401


async def test_only_our_own_forms_change_something(site) -> None:
    """Without the cookie, the field or the right origin a form is refused, even with the token."""
    _, headers, body = await site.get("/sign-in")
    kept, form = cookies(headers), {"csrf": field(body), "token": TOKEN}
    for cookie, data, more in (
        ({}, form, {}),
        (kept, {"token": TOKEN}, {}),
        (kept, form | {"csrf": "0" * 64}, {}),
        (kept, form, {"Origin": "https://evil.example"}),
        (kept, form, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}),
        (kept, form, {"Referer": "https://evil.example/x"}),
    ):
        status, answered, _ = await site.ask(
            "POST", "/sign-in", data=data, cookies=cookie, headers=more
        )
        assert status == 403
        assert "usmca_session" not in cookies(answered)
    honest = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    status, answered, _ = await site.ask(
        "POST", "/sign-in", data=form, cookies=kept, headers=honest
    )
    assert (status, "usmca_session" in cookies(answered)) == (303, True)


async def test_a_session_is_kept_from_scripts_and_other_sites(site) -> None:
    """HttpOnly, SameSite=Strict, Secure over https; signing out ends it."""
    _, headers, body = await site.get("/sign-in", **{"X-Forwarded-Proto": "https"})
    form, kept = {"csrf": field(body), "token": TOKEN}, cookies(headers)
    _, answered, _ = await site.ask(
        "POST", "/sign-in", data=form, cookies=kept, headers={"X-Forwarded-Proto": "https"}
    )
    (cookie,) = answered.getall("Set-Cookie")
    for word in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/"):
        assert word in cookie
    signed = kept | cookies(answered)
    _, _, page = await site.ask("GET", "/", cookies=signed)
    assert b"Sign out" in page
    status, ended, _ = await site.ask(
        "POST", "/sign-out", data={"csrf": field(page)}, cookies=signed
    )
    assert (status, cookies(ended)["usmca_session"]) == (303, '""')
    status, _, _ = await site.ask("POST", "/sign-out", data={"csrf": field(body)}, cookies=kept)
    assert status == 401


async def test_a_session_ends_after_a_while(site, clock) -> None:
    """Half a day later the browser is a visitor's again."""
    kept = await sign_in(site)
    assert b"Sign out" in (await site.ask("GET", "/", cookies=kept))[2]
    clock.advance(hours=13)
    assert b"Sign out" not in (await site.ask("GET", "/", cookies=kept))[2]


async def test_guessing_tokens_is_slow(site) -> None:
    """After five wrong ones even the right one waits, by form and by header."""
    _, headers, body = await site.get("/sign-in")
    form, kept = {"csrf": field(body), "token": "wrong"}, cookies(headers)
    tried = [await site.ask("POST", "/sign-in", data=form, cookies=kept) for _ in range(6)]
    assert [status for status, _, _ in tried] == [401] * 5 + [429]
    assert int(tried[-1][1]["Retry-After"]) > 1
    status, _, _ = await site.ask("POST", "/sign-in", data=form | {"token": TOKEN}, cookies=kept)
    assert status == 429
    for token in ("another", TOKEN):
        assert (await site.get("/", Authorization=f"Bearer {token}"))[0] == 429


async def test_a_client_that_asks_too_often_waits(site) -> None:
    """Pages answer 429 with how long; health and metrics are not counted."""
    statuses = [(await site.get("/static/icon.svg"))[0] for _ in range(300)]
    assert statuses[:200] == [200] * 200
    assert 429 in statuses
    assert (await site.get("/healthz"))[0] == 200


async def test_language_and_colours_are_kept(site) -> None:
    """Chosen in the address, they stay in a cookie; nonsense chooses nothing."""
    _, headers, body = await site.get("/timeline?lang=es&theme=dark")
    assert b'<html lang="es" data-theme="dark">' in body
    _, _, body = await site.ask("GET", "/tariffs", cookies=cookies(headers))
    assert b'<html lang="es" data-theme="dark">' in body
    _, headers, body = await site.get("/?lang=xx&theme=%3Cscript%3E")
    assert b'<html lang="en" data-theme="auto">' in body


async def test_today_shows_the_day(site, store, clock) -> None:
    """Stories by stage and topic with their facts, deadlines, tariffs and the volume in words."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    duty = TariffFact(
        action=Action.RAISED,
        rate_pct=50.0,
        imposer="US",
        targets=("CA",),
        products=("steel",),
        text="The duty on steel rises to 50 percent.",
    )
    await archive.story(
        feed, "Steel duty rises", "Steel up", topics=("steel", "tariffs"), stage=Stage.SIGNED,
        tariffs=(duty,), deadlines=(due("2026-12-04"),),
    )  # fmt: skip
    await archive.story(feed, "Autos are discussed", topics=("autos",))
    await archive.story(feed, "An old story", topics=("autos",), ago=timedelta(days=3))
    _, _, body = await site.get("/")
    text = body.decode()
    assert "3 entries in 2 stories in the last 24 hours." in text
    assert text.index("Steel duty rises") < text.index("Autos are discussed")
    assert "An old story" not in text
    assert "US → CA: 50 %" in text
    assert "4 Dec 2026: comments due" in text
    assert "3 entries since midnight" in text
    assert "Filing opens" in text
    assert "An old story" in (await site.get("/?days=7"))[2].decode()
    narrowed = (await site.get("/?topic=autos"))[2].decode()
    assert "Autos are discussed" in narrowed
    assert "Steel duty rises" not in narrowed
    assert (await site.get("/?days=x&page=-1&colour=red"))[0] == 200


async def test_what_a_feed_writes_stays_text(site, store, clock) -> None:
    """On every page that shows it: no tag of it, and no link that leads to a script."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    story = await archive.story(
        feed, HOSTILE, HOSTILE, content=f"{HOSTILE} {due('2026-12-04').text}", source=HOSTILE,
        url="javascript:alert(1)", summary=HOSTILE, deadlines=(due("2026-12-04"),),
        conflicts=(Conflict(what=HOSTILE, values=((HOSTILE, HOSTILE),)),),
    )  # fmt: skip
    for path in ("/", f"/story/{story.id}", "/deadlines", "/deadlines?month=2026-12"):
        text = (await site.get(path))[2].decode()
        assert "&lt;script&gt;alert(" in text
        assert "<script>alert(" not in text
        assert 'href="javascript:' not in text


async def test_a_story_shows_how_it_grew_and_where_its_facts_stand(site, store, clock) -> None:
    """Its entries with the sentence marked, its sources, and for operators who was told and why."""
    archive = Archive(store, clock)
    fact = due("2026-12-04")
    story = await archive.story(
        await archive.feed(), "Comments on steel", "Comments too", topics=("steel",),
        content=f"Something first. {fact.text} Something after.", deadlines=(fact,),
    )  # fmt: skip
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            slack("C1", "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        made = draft(place.id, None, subject=f"story:{story.id}")
        await uow.deliveries.enqueue([made], clock.now())
    text = (await site.get(f"/story/{story.id}"))[2].decode()
    assert f"<mark>{fact.text}</mark>" in text
    assert "joined because of: same link" in text
    assert "4 Dec 2026" in text
    assert "slack:T1/C1" not in text
    kept = await sign_in(site)
    _, _, body = await site.ask("GET", f"/story/{story.id}", cookies=kept)
    assert "slack:T1/C1" in body.decode()
    assert "You subscribed to" in body.decode()


async def test_a_page_behind_the_last_leads_back_to_the_first(site, store, clock) -> None:
    """No list says that there is nothing where earlier pages have something."""
    archive = Archive(store, clock)
    await archive.story(
        await archive.feed(), "Comments on steel", topics=("steel",), deadlines=(due("2026-12-04"),)
    )
    for path, first in (("/deadlines", "/deadlines"), ("/search?q=steel", "/search?q=steel")):
        mark = "&" if "?" in path else "?"
        text = (await site.get(f"{path}{mark}page=9"))[2].decode()
        assert "That was the last page." in text
        assert "No deadline in this time" not in text
        (back,) = re.findall(r'<a[^>]*rel="prev"[^>]*>', text)
        assert f'href="{first}"' in back


async def test_a_storys_page_is_told_in_the_readers_language(site, store, clock) -> None:
    """Why an entry joined, what sources disagree on and by which law, though all is kept in English."""
    archive = Archive(store, clock)
    sides = (("2026-12-04", "Border Ledger"), ("2026-12-11", "Sample Wire"))
    duty = TariffFact(
        action=Action.RAISED, rate_pct=50.0, authority="Section 232", text="The duty rises."
    )
    story = await archive.story(
        await archive.feed(), "Comments on steel", "Comments too", topics=("steel",),
        tariffs=(duty,), deadlines=(due("2026-12-04"),),
        conflicts=(
            Conflict(what="comment_deadline", values=sides),
            Conflict(what="rate", values=(("25 %", "Border Ledger"), ("30 %", "Sample Wire"))),
        ),
    )  # fmt: skip
    spanish = (await site.get(f"/story/{story.id}?lang=es"))[2].decode()
    for said in ("el mismo enlace", "Cierre de comentarios", "4 dic 2026", "Tasa", "Sección 232"):
        assert said in spanish
    french = (await site.get(f"/story/{story.id}?lang=fr"))[2].decode()
    for said in ("même lien", "Fin des commentaires", "4 déc. 2026", "Taux", "article 232"):
        assert said in french
    for text in (spanish, french):
        for kept in ("same link", "comment deadline", "2026-12-11 <", "Section 232"):
            assert kept not in text


async def test_another_tenants_story_is_nobodys_here(site, store, clock) -> None:
    """Neither a visitor nor a signed-in operator sees what a workspace's own feed brought."""
    archive = Archive(store, clock)
    own = await archive.feed("own", owner="slack:T1")
    story = await archive.story(own, "Only ours", topics=("steel",), deadlines=(due("2026-12-04"),))
    kept = await sign_in(site)
    for jar in ({}, kept):
        for path in ("/", "/deadlines"):
            assert b"Only ours" not in (await site.ask("GET", path, cookies=jar))[2]
        assert (await site.ask("GET", f"/story/{story.id}", cookies=jar))[0] == 404


async def test_deadlines_are_narrowed(site, store, clock) -> None:
    """By topic, kind, country and time; the calendar's address follows the topic."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    await archive.story(
        feed, "Steel comments", topics=("steel",), deadlines=(due("2026-12-04"),), countries=("CA",)
    )
    text = (await site.get("/deadlines?topic=steel"))[2].decode()
    assert "Steel comments" in text
    assert "/calendar/steel.ics" in text
    for path in ("topic=autos", "kind=hearing&topic=steel", "country=MX"):
        assert b"Steel comments" not in (await site.get(f"/deadlines?{path}"))[2]
    assert b"Steel comments" in (await site.get("/deadlines?country=CA&days=30"))[2]
    month = (await site.get("/deadlines?month=2026-12&topic=steel"))[2].decode()
    assert "December 2026" in month
    assert 'datetime="2026-12-04"' in month
    assert (await site.get("/deadlines?month=0001-01"))[0] == 400


async def test_tariffs_of_a_day(site) -> None:
    """The record's rate stands in the matrix, the chart, the ledger and the table from its day on."""
    text = (await site.get("/tariffs?on=2026-11-01"))[2].decode()
    assert "Tariffs on 1 Nov 2026" in text
    assert text.count("25 %") >= 3
    assert "US → CA, steel, Section 232: 25 % (12 Mar 2026)" in text
    before = (await site.get("/tariffs?on=2026-03-01&imposer=US&target=CA"))[2].decode()
    assert "Decided, not yet in force" in before or "None." in before
    status, headers, body = await site.get("/tariffs.csv?on=2026-11-01&country=CA")
    assert (status, headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert b"in_force,2026-11-01,,record,imposed,US,CA,steel,,Section 232,25" in body
    assert (await site.get("/tariffs?on=&country=&topic=&imposer="))[0] == 200


async def test_the_timeline_reaches_the_end_of_the_term(site) -> None:
    """What happened, what is due, the reviews that the rule brings year by year, to 2036."""
    text = (await site.get("/timeline"))[2].decode()
    for word in ("1 Jul 2020", "1 Jul 2027", "1 Jul 2035", "1 Jul 2036", "Filing opens"):
        assert word in text
    narrowed = (await site.get("/timeline?kind=review"))[2].decode()
    assert "<p>Filing opens</p>" not in narrowed


async def test_the_record_speaks_the_readers_language(site) -> None:
    """Its rows, goods and laws on every page that shows them."""
    for path, said in {
        "/timeline": "Le dépôt ouvre",
        "/deadlines": "Le dépôt ouvre",
        "/deadlines?month=2026-11": "Le dépôt ouvre",
        "/": "Le dépôt ouvre",
        "/tariffs?on=2026-11-01": "US → CA, acier, article 232",
    }.items():
        text = (await site.get(path, **{"Accept-Language": "fr"}))[2].decode()
        assert said in text, path
        assert "Filing opens" not in text


async def test_open_pages_hear_of_new_stories(site, store, clock) -> None:
    """The stream says a word at once, and another one when a story came."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    await archive.story(feed, "First")
    async with aiohttp.ClientSession() as session, session.get(site.home + "/live") as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        first = await _heard(answer)
        clock.advance(minutes=1)
        await archive.story(feed, "Second")
        assert await _heard(answer) != first


async def test_the_server_stops_while_pages_are_open(store, clock, tmp_path) -> None:
    """An open stream ends with the server, and nobody waits for it."""
    async with aiohttp.ClientSession() as session:
        async with asyncio.timeout(20), open_site(parts(store, clock, tmp_path)) as site:
            answer = await session.get(site.home + "/live")
            assert await answer.content.readline()
        await answer.content.read()
        assert answer.content.at_eof()
        answer.close()


async def _heard(answer: aiohttp.ClientResponse) -> bytes:
    """The data of the next event."""
    async with asyncio.timeout(20):
        while not (line := await answer.content.readline()).startswith(b"data:"):
            assert line
    return line
