"""What feed readers and calendars fetch: /feeds/{topic}.atom, .json, and /calendar/{topic}.ics.

``all`` stands for every topic, ``search`` with ``?q=`` for a query. What did not change is answered
with 304, so that programs may ask often.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from aiohttp import ETag, hdrs, web

from bot.domain.destination import Address, PlatformName
from bot.domain.marks import team_of
from bot.domain.story import Story
from bot.errors import InvalidInputError
from bot.services.addresses import parse
from bot.services.calendar import Occasions
from bot.web import calendar
from bot.web.parts import Parts
from bot.web.render import Renderer
from bot.web.syndication import ATOM_TYPE, JSON_TYPE, StoryFeed, to_atom, to_json
from bot.web.visit import Visit, visit_of

PLACE = "/calendar/place/{place}.ics"
ALL = "all"
SEARCH = "search"
_FRESH_S = 60
_LONGEST = 1_000


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where feeds and calendars are."""
    answers = Subscribing(parts, renderer)
    return [
        web.get("/feeds/{name}.{form:atom|json}", answers.feed),
        web.get("/calendar/{name}.ics", answers.calendar),
        web.get(PLACE.format(place="{place:[^?]{1,200}}"), answers.place),
    ]


class Subscribing:
    """Answers with feeds and calendars."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer
        self._calendars = calendar.CalendarWriter(parts.catalog.label)

    async def feed(self, request: web.Request) -> web.Response:
        """Answer with the stories of a topic or a query."""
        name, form = request.match_info["name"], request.match_info["form"]
        stories = await self._stories(request, name)
        feed = self._feed(request, name, stories)
        kind, body = (ATOM_TYPE, to_atom(feed)) if form == "atom" else (JSON_TYPE, to_json(feed))
        return unless_unchanged(request, body, kind, feed.updated)

    async def calendar(self, request: web.Request) -> web.Response:
        """Answer with the deadlines of a topic or a query."""
        name = request.match_info["name"]
        view = self._renderer.view(request)
        found = await self._occasions(request, name)
        return await self._answer(request, found, name, view.lang)

    async def place(self, request: web.Request) -> web.Response:
        """Answer with the deadlines of what a place is subscribed to, with its team's marks.

        For operators, for people of its workspace, and for who has the address with its key.
        """
        visit, address = visit_of(request), parse(request.match_info["place"])
        if not (visit.by_key or may_see(visit, address)):
            raise web.HTTPUnauthorized if visit.may_sign_in else web.HTTPForbidden
        view = self._renderer.view(request)
        found = await self._parts.calendar.of_place(address)
        return await self._answer(request, found, f"place-{address.channel}", view.lang)

    async def _answer(
        self, request: web.Request, found: Occasions, name: str, lang: str
    ) -> web.Response:
        # a thousand entries take a second to write: in a thread, deliveries go on meanwhile
        body = await asyncio.to_thread(self._calendars.write, found, locale=lang)
        changed = max((each.changed_at for each in found.occasions), default=None)
        response = unless_unchanged(request, body, calendar.MIME, changed)
        response.headers[hdrs.CONTENT_DISPOSITION] = f'inline; filename="usmca-{name}.ics"'
        return response

    async def _stories(self, request: web.Request, name: str) -> tuple[Story, ...]:
        tenant = visit_of(request).actor.tenant
        if name == SEARCH:
            return await self._parts.story_feeds.of_query(tenant, _query(request))
        return await self._parts.story_feeds.of_topic(tenant, self._topic(name))

    async def _occasions(self, request: web.Request, name: str) -> Occasions:
        actor = visit_of(request).actor
        team = team_of(actor.address)
        if name == SEARCH:
            return await self._parts.calendar.of_query(actor.tenant, _query(request), team=team)
        topic = self._topic(name)
        topics = () if topic is None else (topic,)
        return await self._parts.calendar.of_topics(actor.tenant, topics, team=team)

    def _topic(self, name: str) -> str | None:
        """The topic of an address; None for all. Raises HTTPNotFound."""
        if name == ALL:
            return None
        if name not in self._parts.catalog.ids:
            raise web.HTTPNotFound
        return name

    def _feed(self, request: web.Request, name: str, stories: Sequence[Story]) -> StoryFeed:
        view = self._renderer.view(request)
        origin = request.url.origin()
        home = str(origin.with_scheme("https") if visit_of(request).secure else origin)
        query = request.query.get("q", "") if name == SEARCH else ""
        if name == SEARCH:
            about, title, page = f"query {query}", query, f"/search?{urlencode({'q': query})}"
        elif name == ALL:
            about, title, page = ALL, "", "/"
        else:
            label = self._parts.catalog.label(name, view.lang)
            about, title, page = f"topic {name}", label, f"/?{urlencode({'topic': name})}"
        return StoryFeed(
            title=f"{view.words.frame.name} · {title}" if title else view.words.frame.name,
            about=about,
            locale=view.lang,
            self_url=f"{home}{request.path}" + (f"?{urlencode({'q': query})}" if query else ""),
            page_url=home + page,
            story_url=lambda story_id: f"{home}/story/{story_id}",
            label=self._parts.catalog.label,
            stories=stories,
        )


def may_see(visit: Visit, address: Address) -> bool:
    """Whether a visitor may have a place's calendar: its workspace's own feeds are in it."""
    if visit.operator:
        return True
    person = visit.person
    ours = person is not None and person.workspace == address.workspace != ""
    return ours and address.platform is PlatformName.SLACK


def _query(request: web.Request) -> str:
    text = request.query.get("q", "")
    if not text.strip() or len(text) > _LONGEST:
        raise InvalidInputError(
            f"Add a query of at most {_LONGEST} characters: ?q=steel AND canada"
        )
    return text


def unless_unchanged(
    request: web.Request, body: bytes, content_type: str, changed: datetime | None
) -> web.Response:
    """Return the body with its validators, or 304 where the asker has it already."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    response = web.Response(body=body)
    if _has_it(request, tag, changed):
        response = web.Response(status=304)
    else:
        response.content_type = content_type
        response.charset = "utf-8"
    response.etag = tag
    if changed is not None:
        response.last_modified = changed
    response.headers[hdrs.CACHE_CONTROL] = f"private, max-age={_FRESH_S}"
    response.headers[hdrs.VARY] = "Accept-Language, Cookie"
    return response


def _has_it(request: web.Request, tag: str, changed: datetime | None) -> bool:
    """Whether validators say so; the date counts only where no tag is given (RFC 9110, 13.2.2)."""
    tags: tuple[ETag, ...] | None = request.if_none_match
    if tags is not None:
        return any(each.value in (tag, "*") for each in tags)
    since = request.if_modified_since
    if since is None or changed is None:
        return False
    return changed.astimezone(UTC).replace(microsecond=0) <= since
