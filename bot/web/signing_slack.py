"""Signing in with Slack: to its page, and back with a code that is worth something here only.

    /sign-in/slack ──(cookie: state, nonce, where to go on)──► Slack ──► /sign-in/slack/return
                                        the same browser? ─► whose code? ─► a member? ─► a session

The journey's cookie is sent when Slack sends the browser back (SameSite=Lax), the session's never on
the way from another site (Strict): the last page goes on by itself, so that it comes from here.
"""

import secrets

from aiohttp import hdrs, web

from bot.ports import Clock
from bot.web.render import Renderer
from bot.web.security import SESSION_COOKIE, SLACK_BACK_PATH, SLACK_PATH, keep
from bot.web.sessions import JOURNEY, Sessions
from bot.web.signing import own_path
from bot.web.slack_people import SlackPeople
from bot.web.visit import visit_of

JOURNEY_COOKIE = "usmca_slack"
_LONGEST = 400
"""Characters of a state or a code; Slack's are far shorter."""


class SlackSigning:
    """Answers the two addresses."""

    def __init__(
        self, renderer: Renderer, sessions: Sessions, clock: Clock, people: SlackPeople
    ) -> None:
        self._renderer = renderer
        self._sessions = sessions
        self._clock = clock
        self._people = people

    def routes(self) -> list[web.RouteDef]:
        """Return where they are."""
        return [web.get(SLACK_PATH, self.begin), web.get(SLACK_BACK_PATH, self.back)]

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Send the browser to Slack's page."""
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        onward = own_path(request.query.get("next", "/"))
        address = self._people.address(state=state, nonce=nonce, back=_back(request))
        response = web.Response(status=303, headers={hdrs.LOCATION: address})
        journey = self._sessions.begin_journey(
            state=state, nonce=nonce, onward=onward, now=self._clock.now()
        )
        keep(
            response,
            JOURNEY_COOKIE,
            journey,
            secure=visit_of(request).secure,
            lifetime=JOURNEY,
            samesite="Lax",
            path=SLACK_PATH,
        )
        return response

    async def back(self, request: web.Request) -> web.StreamResponse:
        """Begin a session for a member; every other ending says what to do."""
        given = {name: request.query.get(name, "")[:_LONGEST] for name in ("state", "code")}
        journey = self._sessions.journey(
            request.cookies.get(JOURNEY_COOKIE, ""), state=given["state"], now=self._clock.now()
        )
        if journey is None:
            return self._refused(request, "expired", "/", status=400)
        nonce, onward = journey
        if not given["code"]:
            return self._refused(request, "denied", onward, status=403)
        person = await self._people.person(code=given["code"], nonce=nonce, back=_back(request))
        if person is None:
            return self._refused(request, "stranger", onward, status=403)
        response = self._renderer.small_page(request, "signed_in.html", {"next": own_path(onward)})
        session = self._sessions.begin_person(person.workspace, person.user, self._clock.now())
        keep(response, SESSION_COOKIE, session, secure=visit_of(request).secure)
        return _ended(response)

    def _refused(
        self, request: web.Request, why: str, onward: str, *, status: int
    ) -> web.StreamResponse:
        values = {"next": own_path(onward), "wrong": False, "slack_refused": why}
        return _ended(self._renderer.small_page(request, "sign_in.html", values, status=status))


def _back(request: web.Request) -> str:
    """Where Slack sends the browser; the doors let only names of ours come here."""
    scheme = "https" if visit_of(request).secure else "http"
    return f"{scheme}://{request.headers[hdrs.HOST]}{SLACK_BACK_PATH}"


def _ended(response: web.Response) -> web.Response:
    """A journey is made once."""
    response.del_cookie(JOURNEY_COOKIE, path=SLACK_PATH, httponly=True, samesite="Lax")
    return response
