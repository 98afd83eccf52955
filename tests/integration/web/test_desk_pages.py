"""Search, workbench, feeds and deliveries over real HTTP, without a script in sight."""

import re
from urllib.parse import quote

import pytest
import yaml

from bot.domain.alert import DeliveryDraft, DeliveryKind, DeliveryState, Why
from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Origin
from bot.domain.marks import Feedback, Mark
from tests.fakes.archive import Archive
from tests.fakes.pages import TOKEN, open_site, parts

BEARER = {"Authorization": f"Bearer {TOKEN}"}
CHANNEL = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
NASTY = "Steel <script>alert(1)</script> duty"


@pytest.fixture
def made(store, clock, tmp_path):
    return parts(store, clock, tmp_path)


@pytest.fixture
async def site(made):
    async with open_site(made) as browsing:
        yield browsing


@pytest.fixture
async def archive(store, clock):
    return Archive(store, clock)


async def shown(site, path, *, status=200, headers=None, form=None):
    """Ask for a page, or send a form to it, and return its text."""
    method = "GET" if form is None else "POST"
    got, sent, body = await site.ask(method, path, headers=headers or {}, data=form)
    assert got == status, body.decode()
    assert "script-src 'self'" in sent["Content-Security-Policy"]
    return body.decode()


async def test_search_finds_and_escapes(site, archive):
    """Hits with their story, what a source wrote as text, links to feed and calendar."""
    feed = await archive.feed()
    await archive.story(feed, NASTY, content="The steel duty rises.", topics=("steel",))
    text = await shown(site, "/search?q=steel+duty")
    assert 'href="/story/1"' in text
    assert "<script>alert" not in text
    assert "/feeds/search.atom?q=steel+duty" in text
    assert "Nothing in the archive matches" in await shown(site, "/search?q=tomato")


async def test_a_query_that_cannot_be_followed_is_shown_with_the_right_one(site):
    """The place, and a corrected query to press."""
    text = await shown(site, f"/search?q={quote('(steel')}", status=400)
    assert "character 7" in text
    assert f'href="/search?q={quote("(steel)")}"' in text
    assert "Examples" in await shown(site, "/search")


async def test_a_query_becomes_a_subscription(site, archive, made):
    """Only with the token; an odd place is refused in words."""
    form = {"q": "steel", "to": "slack:T1/C1", "level": "important"}
    await shown(site, "/search/subscribe", form=form, status=401)
    text = await shown(site, "/search/subscribe", form=form, headers=BEARER)
    assert "slack:T1/C1 is told of this query" in text
    ((place, held),) = await made.queries.every_subscription()
    assert (str(place.address), held.wish.query, held.wish.level) == (
        "slack:T1/C1",
        "steel",
        "important",
    )
    odd = form | {"to": "nowhere"}
    text = await shown(site, "/search/subscribe", form=odd, headers=BEARER, status=400)
    assert "names no platform" in text


async def test_a_query_is_tried(site, archive, store, clock, made):
    """How loud, examples, and how many of the stories people called noise."""
    feed = await archive.feed()
    told = await archive.story(feed, NASTY, topics=("steel",))
    mark = Feedback(
        story_id=told.id, mark=Mark.NOISE, team="slack:T1", by="slack:U1", at=clock.now()
    )
    async with store.begin() as uow:
        await uow.people.judge(mark)
    text = await shown(site, "/rules", form={"query": "steel", "days": "30"}, headers=BEARER)
    assert "1 alert, 0.2 a week" in text
    assert "1 entry matches." in text
    assert "1 of the 1 stories was marked as noise" in text
    assert "<script>alert" not in text
    assert "<svg" in text


async def test_a_changed_topic_is_tried_against_what_it_caught(site, archive):
    """What falls away is named; a mistake is shown with its line in what was written."""
    feed = await archive.feed()
    await archive.story(feed, "Steel duty rises", topics=("steel",))
    await archive.story(feed, "Auto parts wait", topics=("autos",))
    page = await shown(site, "/rules?topic=steel")
    assert "strong: [steel]" in page
    changed = "id: steel\nlabel: {en: Steel, es: Acero, fr: Acier}\nstrong: [auto parts]\n"
    text = await shown(site, "/rules", form={"yaml": changed}, headers=BEARER)
    assert "Gained: 1" in text
    assert "Lost: 1" in text
    wrong = changed.replace("strong", "stronk")
    text = await shown(site, "/rules", form={"yaml": wrong}, headers=BEARER, status=400)
    assert "line 3" in text
    assert "did you mean" in text


async def test_a_rule_is_exported_as_yaml(site):
    """A topic as it was written, a query as a line for bot.yaml; both parse."""
    _, headers, body = await site.get("/rules/steel.yaml")
    assert headers["Content-Disposition"] == 'attachment; filename="steel.yaml"'
    assert yaml.safe_load(body)["id"] == "steel"
    form = {"query": 'steel\'s "duty"'}
    status, _, body = await site.ask("POST", "/rules/export", data=form, headers=BEARER)
    assert status == 200
    assert yaml.safe_load(body) == [{"to": "console", "query": 'steel\'s "duty"'}]
    assert (await site.get("/rules/nothing.yaml"))[0] == 404


async def test_feeds_stand_worst_first_and_are_polled_on_demand(site, archive, made, clock):
    """Errors without secrets; polling now moves its turn, and needs the token."""
    await archive.feed("fine", last_success_at=clock.now())
    error = "https://u:p@broken.example/feed?token=secret answers 500"
    await archive.feed("broken", failures=9, last_error=error)
    gone = "There is no feed at this address any more (404)."
    await archive.feed("missing", failures=9, last_error=gone)
    text = await shown(site, "/feeds")
    french = await shown(site, "/feeds", headers={"Accept-Language": "fr"})
    assert "Il n’y a plus de flux à cette adresse (404)." in french
    assert text.index("Feed broken") < text.index("Feed fine")
    assert "secret" not in text
    assert "u:p" not in text
    form = {"feed": "fine", "act": "poll"}
    await shown(site, "/feeds/act", form=form, status=401)
    assert "Feed fine is polled next" in await shown(site, "/feeds/act", form=form, headers=BEARER)
    await shown(site, "/feeds/act", form=form | {"act": "pause"}, headers=BEARER)
    states = {feed.spec.key: feed.state for feed in await made.queries.every_feed()}
    assert states["fine"] == "paused"
    await shown(site, "/feeds/act", form={"feed": "x", "act": "poll"}, headers=BEARER, status=400)
    await shown(site, "/feeds/act", form={"feed": "x", "act": "burn"}, headers=BEARER, status=400)


@pytest.fixture
async def given_up(store, clock):
    """A delivery that the platform refused for good."""
    async with store.begin() as uow:
        place = await uow.destinations.ensure(CHANNEL, origin=Origin.CHAT, zone="UTC", locale="en")
        why = Why(subscription_id=None, wish="steel")
        draft = DeliveryDraft(
            destination_id=place.id,
            alert_id=None,
            subject="story:7",
            kind=DeliveryKind.POST,
            revision=1,
            why=why,
        )
        await uow.deliveries.enqueue([draft], clock.now())
        await uow.deliveries.give_up(clock.advance(hours=1), "it waited for more than 7 days")


async def test_deliveries_are_explained_and_sent_again(site, given_up, made):
    """Only for operators; what was given up says why, and waits again after a press."""
    await shown(site, "/deliveries", status=401)
    text = await shown(site, "/deliveries", headers=BEARER)
    assert "Given up: it waited for more than 7 days" in text
    text = await shown(site, "/deliveries?lang=es", headers=BEARER)
    assert "Abandonado: esperó más de 7 días" in text
    assert "Suscripción a Acero" in text
    assert "it waited" not in text
    number = re.search(r'name="id" value="(\d+)"', text)[1]
    form = {"id": number, "act": "replay"}
    await shown(site, "/deliveries/act", form=form, status=401)
    assert "espera su turno, con su clave de antes" in await shown(
        site, "/deliveries/act?lang=es", form=form, headers=BEARER
    )
    (told,) = await made.queries.pages.deliveries(state=DeliveryState.PENDING, limit=5)
    assert told.delivery.draft.subject == "story:7"
    text = await shown(site, "/deliveries?state=dead", headers=BEARER)
    assert "Nothing is stuck" in text
    await shown(
        site, "/deliveries/act", form={"id": "x", "act": "drop"}, headers=BEARER, status=400
    )


@pytest.mark.parametrize("path", ["/search?q=steel", "/rules", "/feeds", "/deliveries"])
@pytest.mark.parametrize("lang", ["es", "fr"])
async def test_pages_speak_three_languages(site, archive, given_up, path, lang):
    """Each page is whole in each language."""
    feed = await archive.feed()
    await archive.story(feed, "Steel duty rises", topics=("steel",))
    mark = "&" if "?" in path else "?"
    text = await shown(site, f"{path}{mark}lang={lang}", headers=BEARER)
    assert f'<html lang="{lang}"' in text
