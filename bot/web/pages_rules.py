"""The workbench: a query or a changed topic, tried on the archive before anybody is told by it."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.errors import InvalidInputError
from bot.record.backtest import Backtest
from bot.services.backtest import DEFAULT
from bot.web.asked import one_of
from bot.web.bodies import form_of
from bot.web.charts import Bars, bars
from bot.web.desk_words import desk_words
from bot.web.parts import Parts
from bot.web.render import Renderer
from bot.web.trying import MOST_DAYS, Trying
from bot.web.visit import visit_of

PATH = "/rules"
SPANS = (30, 90, 180, 365)
_LONGEST_QUERY = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to try."""

    query: str = ""
    topic: str = ""
    yaml: str = ""
    against: str = ""
    days: int = DEFAULT.days

    @property
    def by_topic(self) -> bool:
        """Whether it is a topic's text, and not a query."""
        return bool(self.yaml.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of it."""

    found: Backtest
    feeds: tuple[tuple[str, int], ...]
    chart: Bars
    noise: int
    """Stories it tells that people marked as noise."""
    noise_gone: int
    """Stories marked as noise that it tells no more."""


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is, where its form goes, and where a topic's text is had."""
    page = Workbench(parts, renderer)
    return [
        web.get(PATH, page.page),
        web.post(PATH, page.attempt),
        web.get(f"{PATH}/{{topic}}.yaml", page.text),
        web.post(f"{PATH}/export", page.export),
    ]


class Workbench:
    """Answers ``/rules``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer
        self._trying = Trying(parts.backtest)

    async def page(self, request: web.Request) -> web.Response:
        """Show the form; with a topic or a query in the address, filled in."""
        topic = one_of(request, "topic", self._parts.catalog.ids)
        # the first time the file is parsed, which takes a second: in a thread
        text = await asyncio.to_thread(self._parts.topics.text_of, topic) if topic else ""
        wanted = Wanted(
            query=request.query.get("q", "")[:_LONGEST_QUERY],
            topic=topic or "",
            yaml=text,
        )
        return await self._shown(request, wanted, None)

    async def text(self, request: web.Request) -> web.Response:
        """Hand out a topic as it stands in the file."""
        topic = request.match_info["topic"]
        if topic not in self._parts.catalog.ids:
            raise web.HTTPNotFound
        return _yaml(topic, await asyncio.to_thread(self._parts.topics.text_of, topic))

    async def export(self, request: web.Request) -> web.Response:
        """Hand back what was written, once it is right."""
        wanted = _wanted(await form_of(request))
        if not wanted.by_topic:
            body = (
                f"# subscriptions: in bot.yaml\n- {{to: console, query: {_quoted(wanted.query)}}}\n"
            )
            return _yaml("query", body)
        topic, _ = await asyncio.to_thread(self._parts.topics.with_topic, wanted.yaml)
        return _yaml(topic, wanted.yaml)

    async def attempt(self, request: web.Request) -> web.Response:
        """Try what was written; who may read may try, because nothing is changed by it."""
        wanted = _wanted(await form_of(request))
        try:
            found = await self._try(request, wanted)
        except InvalidInputError as error:
            return await self._shown(request, wanted, None, problem=str(error), status=400)
        return await self._shown(request, wanted, found)

    async def _try(self, request: web.Request, wanted: Wanted) -> Tried | None:
        visit = visit_of(request)
        tenant = visit.actor.tenant
        if wanted.by_topic:
            topic, rules = await asyncio.to_thread(self._parts.topics.with_topic, wanted.yaml)
            found = await self._trying.topics(tenant, rules, (topic,), days=wanted.days)
        elif wanted.query.strip():
            against = wanted.against if visit.operator else ""
            found = await self._trying.query(
                tenant, wanted.query, days=wanted.days, against=against or None
            )
        else:
            return None
        noise = await self._parts.queries.pages.noise(since=found.since) if visit.operator else {}
        names = await self._parts.backtest.feed_names(tenant)
        return Tried(
            found=found,
            feeds=tuple((names.get(feed, str(feed)), number) for feed, number in found.feeds),
            chart=bars(self._weeks(request, found), None),
            noise=sum(story in noise for story in found.told),
            noise_gone=sum(story in noise for story in found.told_before - found.told),
        )

    def _weeks(self, request: web.Request, found: Backtest) -> list[tuple[str, int]]:
        """Each week by the day it begins on."""
        reader = self._renderer.view(request).reader
        week, last = dt.timedelta(weeks=1), len(found.weeks) - 1
        days = [(found.until - week * (last - place + 1)).date() for place in range(last + 1)]
        return [(reader.day(day), number) for day, number in zip(days, found.weeks, strict=True)]

    async def _shown(
        self,
        request: web.Request,
        wanted: Wanted,
        tried: Tried | None,
        *,
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        view = self._renderer.view(request)
        values = {
            "current": "workbench",
            "d": desk_words(view.lang).rules,
            "wanted": wanted,
            "tried": tried,
            "topics": self._parts.catalog.ids,
            "spans": SPANS,
            "problem": problem,
        }
        # htmx puts the answer's main part into the page: with a failing status it would drop it
        shown = 200 if view.partial else status
        return await self._renderer.page(request, "rules.html", values, view=view, status=shown)


def _wanted(given: Mapping[str, object]) -> Wanted:
    said = {
        name: str(given.get(name, "")) for name in ("query", "topic", "yaml", "against", "days")
    }
    days = int(said["days"]) if said["days"].isdecimal() and len(said["days"]) < 4 else DEFAULT.days
    return Wanted(
        query=said["query"][:_LONGEST_QUERY],
        topic=said["topic"],
        yaml=said["yaml"].replace("\r\n", "\n"),
        against=said["against"].strip(),
        days=min(max(days, 1), MOST_DAYS),
    )


def _yaml(name: str, text: str) -> web.Response:
    response = web.Response(text=text, content_type="application/yaml", charset="utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


def _quoted(query: str) -> str:
    return "'" + " ".join(query.split()).replace("'", "''") + "'"
