"""Deliveries: what was sent, what waits, what was given up and why; an operator's page."""

from functools import partial

from aiohttp import web

from bot.alerts.delivery_reasons import reason
from bot.alerts.message import reason as why_text
from bot.domain.alert import DeliveryState
from bot.domain.ids import DeliveryId
from bot.ports.keeping import Stuck
from bot.services.outbox import Outcome
from bot.web.asked import one_of
from bot.web.bodies import form_of
from bot.web.desk_wording import DeskWords
from bot.web.desk_words import desk_words
from bot.web.pages_search import BY
from bot.web.parts import Parts
from bot.web.render import Renderer
from bot.web.visit import visit_of

PATH = "/deliveries"
_LATEST = 40
_MOST_STUCK = 100
_MOST_PAGES = 100


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is, and where its buttons go."""
    page = Deliveries(parts, renderer)
    return [web.get(PATH, page.page), web.post(f"{PATH}/act", page.act)]


class Deliveries:
    """Answers ``/deliveries``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer

    async def page(self, request: web.Request) -> web.Response:
        """Show what needs a look, then the latest; only to who has the token."""
        _require_operator(request)
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.Response:
        """Send one again, or drop it; for who has the token."""
        _require_operator(request)
        given = await form_of(request)
        number, act = str(given.get("id", "")), str(given.get("act", ""))
        sound = number.isascii() and number.isdigit() and len(number) < 16
        if not sound or act not in ("replay", "drop"):
            raise web.HTTPBadRequest
        ids = [DeliveryId(int(number))]
        outbox = self._parts.outbox
        done = await (outbox.replay(ids, by=BY) if act == "replay" else outbox.drop(ids, by=BY))
        return await self._shown(request, outcomes=done)

    async def _shown(
        self, request: web.Request, *, outcomes: list[Outcome] | None = None
    ) -> web.Response:
        view = self._renderer.view(request)
        words = desk_words(view.lang)
        state = one_of(request, "state", [str(each) for each in DeliveryState])
        chosen = None if state is None else DeliveryState(state)
        page = _page(request.query.get("page", ""))
        found = await self._parts.queries.pages.deliveries(
            state=chosen, limit=_LATEST + 1, offset=(page - 1) * _LATEST
        )
        stuck = await self._parts.queries.pages.stuck(limit=_MOST_STUCK)
        values = {
            "current": "deliveries",
            "d": words.deliveries,
            "counts": await self._parts.queries.pages.delivery_counts(),
            "state": chosen,
            "states": tuple(DeliveryState),
            "stuck": [(each, _reason(each, words, view.lang)) for each in stuck],
            "why": partial(why_text, locale=view.lang, label=view.reader.catalog.label),
            "told": partial(reason, locale=view.lang),
            "latest": found[:_LATEST],
            "more": len(found) > _LATEST,
            "page": page,
            "outcomes": outcomes or [],
            "waiting": (DeliveryState.PENDING, DeliveryState.RETRY),
        }
        return await self._renderer.page(request, "deliveries.html", values, view=view)


def _require_operator(request: web.Request) -> None:
    """Raise the HTTP error for whoever has no token: here is what every workspace was told."""
    visit = visit_of(request)
    if not visit.operator:
        asks = visit.by_token and visit.person is None
        raise web.HTTPUnauthorized if asks else web.HTTPForbidden


def _page(said: str) -> int:
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return number if 1 <= number <= _MOST_PAGES else 1


def _reason(one: Stuck, words: DeskWords, locale: str) -> str:
    said = words.deliveries
    error = reason(one.delivery.error, locale) if one.delivery.error else said.no_reason
    dead = one.delivery.state is DeliveryState.DEAD
    return (said.given_up if dead else said.unclear).format(error=error)
