"""The doors of the pages: who may come in, and what a browser may do with what it gets.

    request ─► pace ─► Host ─► may they read ─► may they change ─► the page
                429     421      401 · 403          401 · 403

Health, metrics and the platforms' own calls have doors of their own and do not pass here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.ports import Clock
from bot.web.bodies import form_of
from bot.web.pace import PAGES, SIGN_IN, Buckets, Pace
from bot.web.sessions import LIFETIME, Sessions
from bot.web.slack_people import SlackPeople
from bot.web.visit import VISIT, Visit

SESSION_COOKIE = "usmca_session"
FORM_COOKIE = "usmca_form"
FORM_FIELD = "csrf"
"""The field of every form that changes something; its value is `Visit.form_token`."""
FORM_HEADER = "X-CSRF-Token"
"""The same for scripts."""
KEY_FIELD = "key"
SIGN_IN_PATH = "/sign-in"
SLACK_PATH = "/sign-in/slack"
SLACK_BACK_PATH = "/sign-in/slack/return"
_SIGNING_IN = frozenset({SIGN_IN_PATH, SLACK_PATH, SLACK_BACK_PATH})
"""Paths that answer whoever may not read yet."""
STATIC = "/static/"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
_KNOWN = _SAFE | {hdrs.METH_POST, hdrs.METH_PUT, hdrs.METH_PATCH, hdrs.METH_DELETE}
_WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (compared with, never bound to)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
_BEARER = "bearer "
AT_ONCE = 2
"""Pages made at once: a crowd of visitors waits for each other, deliveries wait for few of them."""
_LASTING = "public, max-age=31536000, immutable"
"""For files whose address changes with their content."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Failed = Callable[[web.Request, Exception], web.StreamResponse]
"""Makes the friendly answer for what went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Where the pages stand, and who has the token."""

    bind: str
    """The address the server listens on."""
    hosts: Collection[str] = ()
    """Further names the pages are asked for by, in small letters and without a port."""
    sessions: Sessions
    clock: Clock
    seconds: Callable[[], float] = time.monotonic
    """For the pace only."""
    outside: Collection[str] = ()
    """Paths with doors of their own: health, metrics, the platforms' calls."""
    pace: Pace = PAGES
    """How often one client may ask."""
    people: SlackPeople | None = None
    """Who vouches for people who signed in with Slack; None: nobody can."""
    lasting: Collection[str] = ()
    """Paths whose answers last: they take no turn among the pages."""
    asking_posts: Collection[str] = ()
    """Paths where a POST asks and changes nothing: who may read may send them."""


class Guard:
    """The outermost middleware: doors, headers, cookies, and friendly failures."""

    def __init__(self, doors: Doors, failed: Failed) -> None:
        self._doors = doors
        self._failed = failed
        self._pages = Buckets(doors.pace)
        self._tries = Buckets(SIGN_IN)
        self._turns = asyncio.Semaphore(AT_ONCE)

    def is_ours(self, request: web.Request) -> bool:
        """Whether a request is for the pages."""
        return request.path not in self._doors.outside

    async def headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put the headers on an answer of the pages, streamed or whole (a prepare signal)."""
        if not self.is_ours(request):
            return
        for name, value in HEADERS.items():
            response.headers[name] = value
        lasting = request.path.startswith(STATIC) and response.status == 200
        response.headers.setdefault(hdrs.CACHE_CONTROL, _LASTING if lasting else "no-store")

    @web.middleware
    async def pass_through(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request, or refuse it; the browser gets a cookie that tells our forms from others'."""
        if not self.is_ours(request):
            return await handler(request)
        cookie = request.cookies.get(FORM_COOKIE, "")
        known = self._doors.sessions.is_form_cookie(cookie)
        if not known:
            cookie = self._doors.sessions.form_cookie()
        visit = request[VISIT] = await self._visit(request, cookie)
        try:
            await self._let_in(request, visit)
            async with self._turns if request.path not in self._doors.lasting else nullcontext():
                response = await handler(request)
        except Exception as error:  # noqa: BLE001 (told apart by `failed`, which logs what nobody foresaw)
            response = self._failed(request, error)
        if not known and not response.prepared and not request.path.startswith(STATIC):
            keep(response, FORM_COOKIE, cookie, secure=visit.secure)
        return response

    async def _let_in(self, request: web.Request, visit: Visit) -> None:
        """Raise the HTTP error that refuses a request."""
        self._pace(request)
        name = host_name(request.headers.get(hdrs.HOST, ""))
        if not may_be_called(name, self._doors):
            raise web.HTTPMisdirectedRequest
        if request.path.startswith(STATIC) or request.method not in _KNOWN:
            return
        signing_in = request.path in _SIGNING_IN
        if not signing_in and not self._may_read(request, visit):
            raise web.HTTPUnauthorized if visit.may_sign_in else web.HTTPForbidden
        if request.path == SLACK_BACK_PATH:
            _take(self._tries, request, self._doors.seconds())
        if request.method in _SAFE:
            return
        if not signing_in and not visit.signed_in and request.path not in self._doors.asking_posts:
            raise web.HTTPUnauthorized if visit.may_sign_in else web.HTTPForbidden
        if not self._bears_token(request) and not await self._is_our_form(request):
            raise web.HTTPForbidden
        if signing_in:
            _take(self._tries, request, self._doors.seconds())

    def _pace(self, request: web.Request) -> None:
        """Take a request from the client's bucket, and a try where it brings a wrong token."""
        _take(self._pages, request, self._doors.seconds())
        token = _bearer(request)
        if token is not None:
            # the right one waits too: else whoever guesses would know it by being let in
            wrong = not self._doors.sessions.knows(token)
            _take(self._tries, request, self._doors.seconds(), take=wrong)

    async def _visit(self, request: web.Request, cookie: str) -> Visit:
        sessions, people = self._doors.sessions, self._doors.people
        session = request.cookies.get(SESSION_COOKIE, "")
        signed_in = sessions.holds(session, self._doors.clock.now())
        return Visit(
            operator=signed_in or self._bears_token(request),
            person=None if request.path.startswith(STATIC) else await self._person(session),
            form_token=sessions.form_token(cookie, session),
            may_sign_in=sessions.has_token or people is not None,
            by_token=sessions.has_token,
            by_slack=people is not None,
            by_key=sessions.is_read_key(request.query.get(KEY_FIELD, ""), request.path),
            secure=request.secure or request.headers.get("X-Forwarded-Proto", "") == "https",
            keyed=not self._is_open(request),
        )

    async def _person(self, session: str) -> Actor | None:
        """Who signed in with Slack, as long as Slack says that they belong there."""
        people = self._doors.people
        found = self._doors.sessions.person(session, self._doors.clock.now())
        if found is None or people is None or not await people.is_member(*found):
            return None
        workspace, user = found
        return Actor(platform=PlatformName.SLACK, workspace=workspace, user=user, channel="")

    def _may_read(self, request: web.Request, visit: Visit) -> bool:
        if visit.signed_in or self._is_open(request):
            return True
        return request.method in _SAFE and visit.by_key

    def _is_open(self, request: web.Request) -> bool:
        """Whether reading needs no token: on this machine, by its own name, through nobody."""
        name = host_name(request.headers.get(hdrs.HOST, ""))
        local = is_loopback(self._doors.bind) and is_loopback(name)
        return local and not any(header in request.headers for header in _FORWARDED)

    def _bears_token(self, request: web.Request) -> bool:
        token = _bearer(request)
        return token is not None and self._doors.sessions.knows(token)

    async def _is_our_form(self, request: web.Request) -> bool:
        """Whether a request that changes something comes from one of our own pages."""
        if not from_here(request):
            return False
        given = request.headers.get(FORM_HEADER, "")
        if not given and request.content_type in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ):
            given = str((await form_of(request)).get(FORM_FIELD, ""))
        cookie = request.cookies.get(FORM_COOKIE, "")
        session = request.cookies.get(SESSION_COOKIE, "")
        return self._doors.sessions.is_form_token(given, cookie, session)


def _take(buckets: Buckets, request: web.Request, now: float, *, take: bool = True) -> None:
    wait = buckets.wait(request.remote or "", now, take=take)
    if wait > 0:
        raise web.HTTPTooManyRequests(headers={hdrs.RETRY_AFTER: str(int(wait) + 1)})


def keep(
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    secure: bool,
    lifetime: timedelta = LIFETIME,
    samesite: str = "Strict",
    path: str = "/",
) -> None:
    """Have the browser keep a value that no script and no other site can use."""
    response.set_cookie(
        name,
        value,
        max_age=int(lifetime.total_seconds()),
        path=path,
        httponly=True,
        samesite=samesite,
        secure=secure,
    )


def is_loopback(host: str) -> bool:
    """Whether an address or name can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """Return the name in a Host header in small letters, without its port; empty where it is none."""
    try:
        parts = urlsplit(f"//{header}")
        name = parts.hostname or ""
        parts.port  # noqa: B018 (raises ValueError where the port is no number)
    except ValueError:
        return ""
    plain = parts.netloc == header and "@" not in header
    return name.rstrip(".") if plain else ""


def may_be_called(name: str, doors: Doors) -> bool:
    """Whether the pages answer to a name; a page elsewhere that points its own name here is refused."""
    if name in ("localhost", "127.0.0.1", "::1") or name in doors.hosts:
        return True
    return name == doors.bind.lower() and name not in _WILDCARDS


def from_here(request: web.Request) -> bool:
    """Whether the browser says that a request was made by a page of this very address.

    Under ``Referrer-Policy: no-referrer`` browsers send ``Origin: null`` with a form, so that the
    other headers and the form's token decide then.
    """
    here = request.headers.get(hdrs.HOST, "").lower()
    origin = request.headers.get(hdrs.ORIGIN, "null")
    if origin != "null":
        return _host_of(origin) == here
    referer = request.headers.get(hdrs.REFERER)
    if referer is not None and _host_of(referer) != here:
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _host_of(address: str) -> str | None:
    """Return the host and port of an address in small letters; None where it is no address at all."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return None


def _bearer(request: web.Request) -> str | None:
    header = request.headers.get(hdrs.AUTHORIZATION, "")
    return header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else None
