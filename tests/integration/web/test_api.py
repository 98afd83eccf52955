"""The JSON API over real HTTP: every answer fits what the OpenAPI document says of it."""

import asyncio
import json
from datetime import timedelta

import pytest
from pydantic import TypeAdapter

from bot.domain.destination import Address, Ask, PlatformName
from bot.domain.reading import Action, TariffFact
from bot.domain.story import Conflict
from bot.web import api
from bot.web.api_rows import Failure
from tests.fakes.archive import Archive, due
from tests.fakes.pages import TOKEN, TOPICS, open_site, parts

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def made(store, clock, tmp_path):
    return parts(store, clock, tmp_path)


@pytest.fixture
async def site(made):
    async with open_site(made) as browsing:
        yield browsing


@pytest.fixture
async def archive(store, clock, made):
    """Stories with facts, a feed in trouble, and a place with subscriptions."""
    told = Archive(store, clock)
    feed = await told.feed("ledger", failures=1, last_error="the server is busy")
    duty = TariffFact(
        action=Action.RAISED,
        rate_pct=25.0,
        imposer="US",
        targets=("CA",),
        products=("steel",),
        text="The duty rises to 25 %.",
    )
    await told.story(
        feed,
        "Steel duty rises",
        "Steel duty goes up",
        topics=("steel", "tariffs"),
        deadlines=(due("2026-12-01"),),
        tariffs=(duty,),
        conflicts=(Conflict(what="rate", values=(("25 %", "A"), ("20 %", "B"))),),
    )
    await told.story(feed, "Auto parts wait", topics=("autos",), ago=timedelta(days=1))
    place = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
    await made.subscriptions.add(place, Ask(topic="steel"), by="test")
    return told


async def asked(site, made, path, *, status=200, method="GET", **more):
    """Ask, and hold the answer against the type its endpoint names."""
    got, headers, body = await site.ask(method, f"/api/v1{path}", **more)
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    read = json.loads(body)
    assert got == status, read
    if status != 200:
        TypeAdapter(Failure).validate_python(read, strict=True)
        return read["error"]
    bare = path.partition("?")[0]
    endpoint = next(
        each
        for each in api.endpoints(made)
        if each.method == method
        and [w for w in each.path.split("/") if not w.startswith("{")]
        == [w for w in bare.split("/") if not w.isdigit()]
        and each.path.count("/") == bare.count("/")
    )
    TypeAdapter(endpoint.gives).validate_python(read, strict=True)
    return read


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("/stories", 2),
        ("/stories?topic=autos", 1),
        ("/deadlines", 2),
        ("/deadlines?days=5&topic=steel", 1),
        ("/tariffs", 1),
        ("/tariffs?on=2026-11-20&country=CA&state=in_force", 1),
        ("/tariffs?country=MX", 0),
        ("/tariffs?on=0001-01-01", 0),
        ("/timeline", 6),
        ("/timeline?kind=review", 2),
        ("/search?q=steel", 1),
        ("/feeds", 1),
        ("/subscriptions", 1),
    ],
)
async def test_what_is_answered_fits_the_document(site, made, archive, path, rows):
    """The rows of the replies, strictly of the types that are documented."""
    found = await asked(site, made, path, headers=BEARER)
    assert len(found["data"]) == rows, found
    assert (found["page"], found["more"]) == (1, False)


async def test_one_story_whole(site, made, archive):
    """Facts, conflicts, entries; a number that nobody has is 404."""
    found = (await asked(site, made, "/stories/1"))["data"]
    assert found["tariffs"][0]["rate_pct"] == 25.0
    assert found["deadlines"][0]["id"] == 1
    assert len(found["timeline"]) == 2
    problem = await asked(site, made, "/stories/99", status=404)
    assert problem["code"] == "not_found"
    assert "99" in problem["message"]


async def test_rows_come_in_pages(site, made, archive):
    """One row a page, and whether there are more."""
    first = await asked(site, made, "/stories?limit=1")
    second = await asked(site, made, "/stories?limit=1&page=2")
    assert (first["more"], second["more"]) == (True, False)
    assert [first["data"][0]["id"], second["data"][0]["id"]] == [1, 2]
    problem = await asked(site, made, "/stories?limit=100&page=500", status=400)
    assert "10000 rows" in problem["message"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/stories?topic=nothing", "`topic` is one of tariffs, autos, steel."),
        ("/stories?page=0", "`page` is a whole number from 1 to 500."),
        ("/stories?page=1e3", "`page` is a whole number"),
        ("/stories?page=٣", "`page` is a whole number"),
        ("/stories?colour=red", "There is no parameter `colour`. Known: limit, page, topic."),
        ("/stories/0", "`id` is a whole number from 1"),
        ("/tariffs?on=yesterday", "`on` is no day: write it as 2026-07-01."),
        ("/tariffs?country=canada", "An ISO 3166 alpha-2 code such as CA"),
        ("/search", "`q` is missing"),
        ("/search?q=", "`q` has 1 to 1000 characters."),
        ("/search?q=(steel", "steel"),
        ("/search?q=a%00b", "`q` holds a character"),
    ],
)
async def test_what_cannot_be_followed_says_what_would_be_right(site, made, path, words):
    """A sentence, and a word for programs."""
    problem = await asked(site, made, path, status=400)
    assert problem["code"] == "invalid_request"
    assert words in problem["message"]


async def test_unknown_routes_and_methods_answer_in_json(site, made):
    """404 and 405 with the methods there are."""
    assert (await asked(site, made, "/nothing", status=404))["code"] == "not_found"
    status, headers, body = await site.ask("DELETE", "/api/v1/stories/1", headers=BEARER)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert json.loads(body)["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/subscriptions", "/deliveries"])
async def test_what_operators_see_needs_the_token(site, made, archive, path):
    """No token, a wrong one, the right one."""
    assert (await asked(site, made, path, status=401))["code"] == "token_missing"
    wrong = {"Authorization": "Bearer wrong"}
    assert (await asked(site, made, path, status=401, headers=wrong))["code"] == "token_missing"
    await asked(site, made, path, headers=BEARER)


async def test_a_rule_is_tried(site, made, archive):
    """A query, and a changed topics file with what it gains and loses."""
    found = await asked(
        site, made, "/rules/backtest", method="POST", json={"query": "steel"}, headers=BEARER
    )
    assert (found["data"]["alerts"], found["data"]["complete"]) == (1, True)
    changed = TOPICS.replace("[steel]", "[auto parts]").replace("[auto parts]\n", "[bus]\n", 1)
    found = await asked(
        site,
        made,
        "/rules/backtest",
        method="POST",
        json={"topics_yaml": changed, "topics": ["steel"], "days": 30},
        headers=BEARER,
    )
    assert [each["title"] for each in found["examples"] if each["kind"] == "lost"] == [
        "Steel duty rises"
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Name a `query` or a `topics_yaml`"),
        ({"query": "a", "topics_yaml": "b"}, "one of the two"),
        ({"query": "(steel"}, "steel"),
        ({"query": 7}, "`query`"),
        ({"query": "a", "days": 0}, "`days`"),
        ({"query": "a", "colour": 1}, "`colour`"),
        ({"topics_yaml": "topics: 7"}, "topics"),
        ({"topics_yaml": "\x00"}, "YAML"),
        ([], "the body"),
    ],
)
async def test_a_rule_that_cannot_be_tried_is_refused(site, made, body, words):
    """With a sentence, never a failure of ours."""
    problem = await asked(
        site, made, "/rules/backtest", method="POST", status=400, json=body, headers=BEARER
    )
    assert words in problem["message"]


async def test_a_rule_needs_the_token(site, made):
    """Without it nothing is tried, and a form of another page is refused too."""
    how = {"method": "POST", "json": {"query": "steel"}}
    assert (await asked(site, made, "/rules/backtest", status=401, **how))["code"]


async def test_tries_take_turns(site, made, archive):
    """Several at once are all answered."""
    how = {"method": "POST", "json": {"query": "steel"}, "headers": BEARER}
    answers = await asyncio.gather(*(asked(site, made, "/rules/backtest", **how) for _ in range(3)))
    assert [each["data"]["alerts"] for each in answers] == [1, 1, 1]


async def test_the_document_names_every_route(site, made):
    """What the server answers under /api/v1 is what the document says, and no more."""
    _, _, body = await site.get("/api/v1/openapi.json")
    said = json.loads(body)
    assert said["openapi"] == "3.1.0"
    documented = {
        (method.upper(), path) for path, found in said["paths"].items() for method in found
    }
    routed = {
        (route.method, route.path)
        for route in api.routes(made)
        if route.path.startswith("/api/v1") and not route.path.endswith("openapi.json")
    }
    assert documented == routed
    assert "$defs" not in json.dumps(said)
    ids = [found["operationId"] for path in said["paths"].values() for found in path.values()]
    assert len(set(ids)) == len(ids)


async def test_another_tenants_rows_are_not_answered(site, made, store, clock):
    """Neither their stories, deadlines, entries nor feeds."""
    told = Archive(store, clock)
    private = await told.feed("private", owner="slack:T1")
    await told.story(private, "A secret of T1", topics=("steel",), deadlines=(due("2026-12-01"),))
    for path in ("/stories", "/deadlines", "/search?q=secret", "/feeds", "/tariffs"):
        status, _, body = await site.get(f"/api/v1{path}", **BEARER)
        assert status == 200
        assert b"A secret" not in body
        assert b"private" not in body
    await asked(site, made, "/stories/1", status=404)
