"""Puts the pages into the HTTP server: every route, the doors before them, the files beside them.

To add a page: a module with `routes(parts, renderer)`, a template that extends ``base.html``, one
line in `_routes`, and, where it belongs into the menu, one in `MENU` (its name stands in
`FrameWords.pages`). A page that changes something needs nothing more: `bot.web.security` lets a POST
through only with the token and the form's hidden field, ``{{ view.form_field }}``.
"""

from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web

from bot.web import (
    api,
    deadlines,
    pages_deliveries,
    pages_feeds,
    pages_rules,
    pages_search,
    story,
    subscribing,
    tariffs,
    timeline,
    today,
)
from bot.web.live import PATH as LIVE
from bot.web.live import Live, newest
from bot.web.parts import Parts
from bot.web.problems import Problems
from bot.web.render import FILES, Renderer
from bot.web.security import Doors, Guard
from bot.web.sessions import Sessions
from bot.web.signing import Signing
from bot.web.signing_slack import SlackSigning

MENU = (
    ("today", "/"),
    ("deadlines", "/deadlines"),
    ("tariffs", "/tariffs"),
    ("timeline", "/timeline"),
    ("search", "/search"),
    ("workbench", "/rules"),
    ("feeds", "/feeds"),
    ("deliveries", "/deliveries"),
)
"""(page id, path) in the order of the menu."""
LASTING = frozenset({LIVE, pages_rules.PATH, f"{api.BASE}/rules/backtest"})
"""Paths whose answers last: a stream, and trials of rules, of which there is one at a time anyway."""
ASKING_POSTS = frozenset({pages_rules.PATH, f"{pages_rules.PATH}/export"})
"""Paths where a POST asks and changes nothing (a form too long for an address)."""


def add_site(app: web.Application, parts: Parts) -> None:
    """Add all pages to the server's application; what it answers already keeps its own doors."""
    sessions = Sessions(parts.token, secret=parts.slack_secret, chance=parts.form_secret)
    doors = Doors(
        bind=parts.bind,
        hosts=frozenset(parts.hosts),
        sessions=sessions,
        clock=parts.clock,
        people=parts.slack_people,
        lasting=LASTING,
        outside=frozenset(resource.canonical for resource in app.router.resources()),
        asking_posts=ASKING_POSTS,
        pace=parts.pace,
    )
    renderer = Renderer(
        catalog=parts.catalog,
        clock=parts.clock,
        zone=parts.zone,
        locale=parts.locale,
        menu=MENU,
        read_key=sessions.read_key,
    )
    guard = Guard(doors, Problems(renderer).answer)
    app.middlewares.append(guard.pass_through)
    app.on_response_prepare.append(guard.headers)
    app.add_routes(_routes(parts, renderer))
    app.on_cleanup.append(_closing(renderer))
    live = Live(lambda: newest(parts.queries))
    app.on_shutdown.append(live.close)
    app.router.add_get(LIVE, live.answer)
    app.add_routes(Signing(renderer, sessions, parts.clock).routes())
    if parts.slack_people is not None:
        signing = SlackSigning(renderer, sessions, parts.clock, parts.slack_people)
        app.add_routes(signing.routes())
    app.router.add_static("/static/", FILES)


def _closing(renderer: Renderer) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_app: web.Application) -> None:
        renderer.close()

    return close


def _routes(parts: Parts, renderer: Renderer) -> Iterator[web.AbstractRouteDef]:
    yield from api.routes(parts)
    yield from subscribing.routes(parts, renderer)
    yield from pages_search.routes(parts, renderer)
    yield from pages_rules.routes(parts, renderer)
    yield from pages_feeds.routes(parts, renderer)
    yield from pages_deliveries.routes(parts, renderer)
    yield from today.routes(parts, renderer)
    yield from story.routes(parts, renderer)
    yield from deadlines.routes(parts, renderer)
    yield from tariffs.routes(parts, renderer)
    yield from timeline.routes(parts, renderer)
