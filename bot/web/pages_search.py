"""Search: the archive by the query language, and what it finds followed with one press."""

from dataclasses import replace

from aiohttp import web

from bot.domain.destination import Address, Ask, Level, PlatformName
from bot.errors import InvalidInputError, NotAllowedError
from bot.reading.query import parse
from bot.services.addresses import parse as parse_address
from bot.services.search import LAST_PAGE, SearchPage
from bot.web.bodies import form_of
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
_PAGES = range(1, LAST_PAGE + 1)
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
        """Have a place told of what the query finds; the doors let only who is signed in come here."""
        given = await form_of(request)
        text, to = str(given.get("q", ""))[:LONGEST], str(given.get("to", "")).strip()
        level = str(given.get("level", Level.EVERYTHING))
        try:
            address = parse_address(to)
            ask = Ask(query=parse(text).text, level=Level(level))
            address = await self._add(request, address, ask)
        except InvalidInputError as error:
            return await self._shown(request, text, problem=str(error), status=400)
        except NotAllowedError as error:
            return await self._shown(request, text, problem=str(error), status=403)
        except ValueError:
            raise web.HTTPBadRequest from None
        return await self._shown(request, text, made=str(address))

    async def _add(self, request: web.Request, address: Address, ask: Ask) -> Address:
        """Any place for an operator; for people of a workspace a channel of theirs, by its rules."""
        visit, people = visit_of(request), self._parts.slack_people
        if visit.operator:
            await self._parts.subscriptions.add(address, ask, by=BY)
            return address
        if visit.person is None or people is None:
            raise web.HTTPForbidden
        workspace, user = visit.person.workspace, visit.person.user
        ours = address.platform is PlatformName.SLACK and address.workspace in ("", workspace)
        if not ours:
            raise InvalidInputError(
                "Name a channel of your own workspace, such as slack:C0123ABCD."
            )
        actor = await people.actor(workspace, user, address.channel)
        if address.channel == user:
            actor = replace(actor, direct=True, member=True)
        if not actor.member:
            raise NotAllowedError("You are not in that channel, as far as Slack tells the bot.")
        await self._parts.subscriptions.subscribe(actor, [ask])
        return actor.address

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
        return await self._renderer.page(request, "search.html", values, view=view, status=status)

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
