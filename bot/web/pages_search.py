"""Search: the archive by the query language, and what it finds followed with one press."""

from aiohttp import web

from bot.domain.destination import Ask, Level
from bot.errors import InvalidInputError
from bot.reading.query import parse
from bot.services.addresses import parse as parse_address
from bot.services.search import SearchPage
from bot.web.desk_words import desk_words
from bot.web.parts import Parts
from bot.web.render import Renderer
from bot.web.visit import visit_of

PATH = "/search"
EXAMPLES = (
    "steel AND (canada OR mexico)",
    '"rules of origin" topic:autos',
    "tariff* -football rate:[25 TO *]",
    "kind:comment_deadline since:2026-07-01",
)
LONGEST = 1_000
_PAGES = range(1, 16)
BY = "web:operator"
"""How the audit names whoever has the token."""


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is, and where its form goes."""
    page = Search(parts, renderer)
    return [web.get(PATH, page.page), web.post(f"{PATH}/subscribe", page.subscribe)]


class Search:
    """Answers ``/search``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer

    async def page(self, request: web.Request) -> web.Response:
        """Show what a query finds; what cannot be followed is shown with what would be right."""
        text = request.query.get("q", "").strip()[:LONGEST]
        return await self._shown(request, text)

    async def subscribe(self, request: web.Request) -> web.Response:
        """Have a place told of what the query finds; the doors let only operators come here."""
        given = await request.post()
        text, to = str(given.get("q", ""))[:LONGEST], str(given.get("to", "")).strip()
        level = str(given.get("level", Level.EVERYTHING))
        try:
            address = parse_address(to)
            ask = Ask(query=parse(text).text, level=Level(level))
            await self._parts.subscriptions.add(address, ask, by=BY)
        except InvalidInputError as error:
            return await self._shown(request, text, problem=str(error), status=400)
        except ValueError:
            raise web.HTTPBadRequest from None
        return await self._shown(request, text, made=str(address))

    async def _shown(
        self,
        request: web.Request,
        text: str,
        *,
        problem: str = "",
        made: str = "",
        status: int = 200,
    ) -> web.Response:
        view = self._renderer.view(request)
        found, refused = None, ""
        if text:
            try:
                found = await self._found(request, text)
            except InvalidInputError as error:
                refused, status = str(error), 400
        values = {
            "current": "search",
            "d": desk_words(view.lang).search,
            "text": text,
            "found": found,
            "refused": refused,
            "corrected": corrected(refused),
            "examples": EXAMPLES,
            "levels": [str(level) for level in Level],
            "problem": problem,
            "made": made,
        }
        return self._renderer.page(request, "search.html", values, view=view, status=status)

    async def _found(self, request: web.Request, text: str) -> SearchPage:
        said = request.query.get("page", "1")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 1
        page = number if number in _PAGES else 1
        tenant = visit_of(request).actor.tenant
        return await self._parts.search.search(tenant, text, page=page)


def corrected(refusal: str) -> str:
    """Return the query that a refusal says would be right; empty where it names none."""
    _, found, rest = refusal.partition("Try: ")
    return rest.partition(". The fields")[0].strip() if found else ""
