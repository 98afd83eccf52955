"""The JSON API under ``/api/v1``: the pages' rows for programs, documented by its own routes.

request ─► Endpoint.read (checks by the documented schema) ─► handler ─► rows of the replies ─► JSON
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from aiohttp import hdrs, web

from bot.services.stories import NoStoryError
from bot.web.api_asked import ApiAnswers
from bot.web.api_tried import TrialAnswers
from bot.web.openapi import Endpoint, body_of, document, json_failure
from bot.web.parts import Parts
from bot.web.visit import Visit, visit_of

BASE = "/api/v1"
DOCUMENT = "/openapi.json"


def endpoints(parts: Parts) -> list[Endpoint]:
    """Return every route of the API but that of its document."""
    return [*ApiAnswers(parts).endpoints(), *TrialAnswers(parts).endpoints()]


def routes(parts: Parts) -> list[web.AbstractRouteDef]:
    """Return the API's routes, its document among them."""
    known = endpoints(parts)
    described = document(known, base=BASE)
    made: list[web.AbstractRouteDef] = [web.get(BASE + DOCUMENT, _described(described))]
    made += [_route(each) for each in known]
    # whatever else is asked for under the base is answered as JSON too
    made.append(web.route("*", "/api/{rest:.*}", _nothing))
    return made


def _route(endpoint: Endpoint) -> web.RouteDef:
    async def handle(request: web.Request) -> web.Response:
        visit = visit_of(request)
        if endpoint.token:
            require_operator(visit)
        asked = endpoint.read(visit, request.match_info, request.query)
        body = await body_of(endpoint, request)
        try:
            return web.json_response(await endpoint.answer(asked, body))
        except NoStoryError as error:
            return json_failure(404, str(error))

    return web.route(endpoint.method, BASE + endpoint.path, handle)


def require_operator(visit: Visit) -> None:
    """Raise the HTTP error for whoever has no token."""
    if not visit.operator:
        raise web.HTTPUnauthorized if visit.may_sign_in else web.HTTPForbidden


def _described(text: Mapping[str, object]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_request: web.Request) -> web.Response:
        return web.json_response(text)

    return handle


async def _nothing(request: web.Request) -> web.Response:
    allowed = _methods(request)
    if allowed:
        response = json_failure(405, f"This takes {' or '.join(allowed)}.")
        response.headers[hdrs.ALLOW] = ", ".join(allowed)
        return response
    return json_failure(404, f"There is no such route: {BASE}{DOCUMENT} lists those there are.")


def _methods(request: web.Request) -> Sequence[str]:
    """The methods that a known route at this path takes."""
    found: set[str] = set()
    for resource in _resources(request.app.router):
        if resource.canonical.startswith(BASE) and _fits(resource, request.path):
            found |= {route.method for route in resource if route.method != hdrs.METH_ANY}
    return sorted(found)


def _resources(router: web.UrlDispatcher) -> Iterable[web.AbstractResource]:
    return router.resources()


def _fits(resource: web.AbstractResource, path: str) -> bool:
    said, given = resource.canonical.split("/"), path.split("/")
    return len(said) == len(given) and all(
        word.startswith("{") or word == text for word, text in zip(said, given, strict=True)
    )
