"""Signing in with the operator's token, and out again."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.ports import Clock
from bot.web.bodies import form_of
from bot.web.render import Renderer
from bot.web.security import SESSION_COOKIE, SIGN_IN_PATH, keep
from bot.web.sessions import Sessions
from bot.web.visit import visit_of

_LONGEST = 2_000


class Signing:
    """The page that asks for the token."""

    def __init__(self, renderer: Renderer, sessions: Sessions, clock: Clock) -> None:
        self._renderer = renderer
        self._sessions = sessions
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Return where it is."""
        return [
            web.get(SIGN_IN_PATH, self.form),
            web.post(SIGN_IN_PATH, self.sign_in),
            web.post("/sign-out", self.sign_out),
        ]

    async def form(self, request: web.Request) -> web.Response:
        """Ask for the token; who is signed in goes on."""
        if visit_of(request).signed_in:
            raise web.HTTPSeeOther(own_path(request.query.get("next", "/")))
        return self._page(request, request.query.get("next", "/"), wrong=False)

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Begin a session where the token is right."""
        given = await form_of(request)
        onward = own_path(str(given.get("next", "/")))
        if not self._sessions.knows(str(given.get("token", "")).strip()):
            return self._page(request, onward, wrong=True)
        response = web.Response(status=303, headers={"Location": onward})
        session = self._sessions.begin(self._clock.now())
        keep(response, SESSION_COOKIE, session, secure=visit_of(request).secure)
        return response

    async def sign_out(self, _request: web.Request) -> web.StreamResponse:
        """End the session in this browser."""
        response = web.Response(status=303, headers={"Location": "/"})
        response.del_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="Strict")
        return response

    def _page(self, request: web.Request, onward: str, *, wrong: bool) -> web.Response:
        values = {"next": own_path(onward), "wrong": wrong}
        return self._renderer.small_page(
            request, "sign_in.html", values, status=401 if wrong else 200
        )


def own_path(text: str) -> str:
    """Return a path of these pages; the first page where the text would lead away."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    plain = text.startswith("/") and not text.startswith("//") and "\\" not in text
    inside = plain and text.isprintable() and len(text) <= _LONGEST
    return text if inside and not parts.scheme and not parts.netloc else "/"
