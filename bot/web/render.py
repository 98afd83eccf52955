"""Makes a page of a template: everything from outside is escaped, and links lead to the web only."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import jinja2
from aiohttp import hdrs, web
from markupsafe import Markup, escape

from bot.alerts.words import Words as MessageWords
from bot.alerts.words import words as message_words
from bot.commands.reader import Reader
from bot.commands.wording import Plural
from bot.commands.words import words as command_words
from bot.ports import Clock
from bot.reading.catalog import TopicCatalog
from bot.web.security import FORM_FIELD, KEY_FIELD, STATIC
from bot.web.visit import Visit, visit_of
from bot.web.wording import WebWords
from bot.web.words import LANGUAGES, preferred, words

TEMPLATES = Path(__file__).parent / "templates"
FILES = Path(__file__).parent / "static"
"""Served as they are under ``/static/``; templates write ``{{ asset("site.css") }}``."""
LANG_COOKIE = "usmca_lang"
THEME_COOKIE = "usmca_theme"
THEMES = ("auto", "light", "dark")

_YEAR_S = 365 * 24 * 3600
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every template can say: whose page it is, in which language, and where it stands."""

    words: WebWords
    reader: Reader
    theme: str
    visit: Visit
    path: str
    query: Mapping[str, str]
    read_key: Callable[[str], str] = str
    partial: bool = False
    """Whether htmx asks for the main part only."""

    @property
    def lang(self) -> str:
        """en, es or fr."""
        return self.words.locale

    @property
    def said(self) -> MessageWords:
        """The words that messages use too: stages, and the names of a message's parts."""
        return message_words(self.lang)

    @property
    def form_field(self) -> Markup:
        """The hidden field without which no form changes anything."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(
            FORM_FIELD, self.visit.form_token
        )

    def here(self, **changes: object) -> str:
        """Return this page's own address with parts of its query changed; None takes one away."""
        kept = {name: text for name, text in self.query.items() if name not in ("lang", "theme")}
        kept |= {name: "" if value is None else str(value) for name, value in changes.items()}
        query = urlencode({name: text for name, text in kept.items() if text})
        return f"{self.path}?{query}" if query else self.path

    def subscribe(self, path: str, *, private: bool = False, **query: object) -> str:
        """Return the address of a feed or calendar; it brings its key where reading needs one.

        What is `private` is opened by its key alone, wherever it is asked from.
        """
        named = {name: str(value) for name, value in query.items() if value}
        if (self.visit.keyed or private) and self.visit.signed_in:
            named[KEY_FIELD] = self.read_key(path)
        return f"{path}?{urlencode(named)}" if named else path


class Renderer:
    """Holds the templates and what they need besides a page's own values."""

    def __init__(
        self,
        *,
        catalog: TopicCatalog,
        clock: Clock,
        zone: str,
        locale: str,
        menu: Iterable[tuple[str, str]],
        read_key: Callable[[str], str] = str,
    ) -> None:
        """`menu` holds (page id, path); `zone` is the IANA name of the zone times are shown in.

        `read_key` gives what opens one path to programs that cannot sign in.
        """
        self._read_key = read_key
        self._catalog = catalog
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._locale = locale
        self._environment = environment()
        self._maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self._environment.globals["menu"] = tuple(menu)
        self._environment.globals["asset"] = Assets(FILES).address

    def view(self, request: web.Request) -> View:
        """Return what templates know of a request."""
        lang = _chosen(request, "lang", LANG_COOKIE, LANGUAGES)
        lang = lang or preferred(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""), self._locale)
        return View(
            words=words(lang),
            reader=Reader(
                words=command_words(lang),
                zone=self._zone,
                now=self._clock.now(),
                catalog=self._catalog,
            ),
            theme=_chosen(request, "theme", THEME_COOKIE, THEMES) or THEMES[0],
            visit=visit_of(request),
            path=request.path,
            read_key=self._read_key,
            query=dict(request.query),
            partial="HX-Request" in request.headers and "HX-Boosted" not in request.headers,
        )

    async def page(
        self,
        request: web.Request,
        template: str,
        values: Mapping[str, object],
        *,
        view: View | None = None,
        status: int = 200,
    ) -> web.Response:
        """Return a page; its language and colours are kept where the address chose them.

        A page of many rows takes its time: it is made in a thread, one after the other, so that
        deliveries never wait for more than a turn of the interpreter.
        """
        shown = view or self.view(request)
        make = partial(self.text, template, values, view=shown)
        text = await asyncio.get_running_loop().run_in_executor(self._maker, make)
        return _response(request, text, shown, status)

    def small_page(
        self,
        request: web.Request,
        template: str,
        values: Mapping[str, object],
        *,
        view: View | None = None,
        status: int = 200,
    ) -> web.Response:
        """Return a page of a few lines, made at once."""
        shown = view or self.view(request)
        text = self.text(template, values, view=shown)
        return _response(request, text, shown, status)

    def close(self) -> None:
        """Let go of the thread."""
        self._maker.shutdown(wait=False, cancel_futures=True)

    def text(self, template: str, values: Mapping[str, object], *, view: View) -> str:
        """Return a template's text with these values."""
        return self._environment.get_template(template).render(
            {**values, "view": view, "w": view.words, "reader": view.reader}
        )


def _response(request: web.Request, text: str, shown: View, status: int) -> web.Response:
    response = web.Response(text=text, status=status, content_type="text/html", charset="utf-8")
    response.headers[hdrs.VARY] = "Accept-Language, Cookie, HX-Request"
    response.headers[hdrs.CONTENT_LANGUAGE] = shown.lang
    for name, cookie, value in (
        ("lang", LANG_COOKIE, shown.lang),
        ("theme", THEME_COOKIE, shown.theme),
    ):
        if name in request.query:
            response.set_cookie(
                cookie,
                value,
                max_age=_YEAR_S,
                path="/",
                httponly=True,
                samesite="Lax",
                secure=shown.visit.secure,
            )
    return response


class Assets:
    """Gives files an address that changes with their content, so that browsers may keep them."""

    def __init__(self, folder: Path) -> None:
        self._addresses = {
            str(file.relative_to(folder)): _versioned(folder, file)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def address(self, name: str) -> str:
        """Return for example ``/static/site.css?v=0f3a…``. Raises KeyError where there is none."""
        return self._addresses[name]


def _versioned(folder: Path, file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return f"{STATIC}{file.relative_to(folder).as_posix()}?v={digest}"


def environment() -> jinja2.Environment:
    """Return the templates' environment: all escaped, an unknown name is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["count"] = count
    made.filters["web"] = web_address
    made.filters["linked"] = linked
    made.filters["iso"] = datetime.isoformat
    return made


def count(number: int, plural: Plural, **more: object) -> str:
    """Return ``1 alert`` or ``7 alerts``; further fields of the words are filled in."""
    return plural[number != 1].format(n=number, **more)


def web_address(url: str | None) -> str:
    """Return an address that a link may lead to: http or https with a host; empty for any other."""
    if not url or len(url) > 4_000 or _NOT_IN_ADDRESS.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def linked(text: str, url: str | None, css: str = "") -> Markup:
    """Return the text as a link that leads away and tells nothing, or as text where there is none."""
    address = web_address(url)
    shown = escape(text)
    if not address:
        return shown
    return Markup('<a href="{}" rel="noopener noreferrer external" class="{}">{}</a>').format(
        address, css, shown
    )


def _chosen(request: web.Request, name: str, cookie: str, known: Iterable[str]) -> str | None:
    for value in (request.query.get(name), request.cookies.get(cookie)):
        if value is not None and value in known:
            return value
    return None
