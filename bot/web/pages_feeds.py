"""Feeds: how each is, the worst first, what the polls missed, and polling one now."""

from dataclasses import replace

from aiohttp import web

from bot.alerts.feed_reasons import reason
from bot.errors import NotAllowedError
from bot.services.feed_changes import Owner
from bot.services.feed_refusals import FeedRefusedError
from bot.services.feeds import Condition, FeedHealth
from bot.web.bodies import form_of
from bot.web.desk_words import desk_words
from bot.web.pages_search import BY
from bot.web.parts import Parts
from bot.web.render import Renderer
from bot.web.visit import visit_of

PATH = "/feeds"
WELL = frozenset({Condition.FINE, Condition.NEW})
_BAD = frozenset({Condition.GONE, Condition.DOWN})
_ACTS = ("poll", "pause", "resume")


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is, and where its buttons go."""
    page = FeedTable(parts, renderer)
    return [web.get(PATH, page.page), web.post(f"{PATH}/act", page.act)]


class FeedTable:
    """Answers ``/feeds``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer

    async def page(self, request: web.Request) -> web.Response:
        """Show the table; an operator sees the feeds of every owner."""
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.Response:
        """Poll a feed now, pause or resume it; the doors let only who is signed in come here."""
        given = await form_of(request)
        word, act = str(given.get("feed", ""))[:200], str(given.get("act", ""))
        if act not in _ACTS:
            raise web.HTTPBadRequest
        try:
            feed = await self._set_paused(request, word, paused=act == "pause")
        except FeedRefusedError as error:
            return await self._shown(request, problem=str(error), status=400)
        except NotAllowedError as error:
            return await self._shown(request, problem=str(error), status=403)
        return await self._shown(request, done=feed.name if act != "pause" else "")

    async def _set_paused(self, request: web.Request, word: str, *, paused: bool) -> FeedHealth:
        """By the rules of the terminal for an operator, of their workspace for anybody else."""
        changes, people, visit = (
            self._parts.feed_changes,
            self._parts.slack_people,
            visit_of(request),
        )
        if visit.operator:
            owner = Owner(by=BY, tenant=None, operator=True)
            return await changes.set_paused(word, owner, paused=paused)
        if visit.person is None or people is None:
            raise web.HTTPForbidden
        actor = await people.actor(visit.person.workspace, visit.person.user)
        return await changes.set_paused_for(actor, word, paused=paused)

    async def _shown(
        self, request: web.Request, *, problem: str = "", done: str = "", status: int = 200
    ) -> web.Response:
        view, actor = self._renderer.view(request), visit_of(request).actor
        service = self._parts.feeds
        everyone = visit_of(request).operator
        feeds = await (service.of_everybody() if everyone else service.shown_to(actor))
        values = {
            "current": "feeds",
            "d": desk_words(view.lang).feeds,
            "feeds": [_told_in(view.lang, feed) for feed in feeds],
            "well": sum(feed.condition in WELL for feed in feeds),
            "good": WELL,
            "bad": _BAD,
            "missed": await service.missed(actor),
            "problem": problem,
            "done": done,
        }
        return await self._renderer.page(request, "feeds.html", values, view=view, status=status)


def _told_in(locale: str, feed: FeedHealth) -> FeedHealth:
    """A feed whose trouble is told in the reader's language."""
    warnings = tuple(reason(warning, locale) for warning in feed.warnings)
    return replace(feed, error=reason(feed.error, locale), warnings=warnings)
