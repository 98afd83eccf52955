"""Plays the sample feeds on this machine: real HTTP, with ETag and 304, and dates always fresh.

    feeds/*.rss, *.atom ──► dates filled in, as of the start ──► 127.0.0.1:<any free port>/<name>

A template says how long ago something happened: ``{{rss:5}}`` and ``{{atom:5}}`` are the moment
five hours before the start, ``{{day_en:12}}`` (``_es``, ``_fr``) is the day twelve days after it.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib import resources

from aiohttp import web

from bot.domain.feed import FeedSpec, Tier
from bot.domain.moments import require_aware

_MARK = re.compile(r"\{\{(\w+):(\d+(?:\.\d+)?)\}\}")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample feed: its file and what is known of its source."""

    file: str
    name: str
    lang: str
    tier: Tier

    @property
    def content_type(self) -> str:
        """What a server says of such a file."""
        return f"application/{self.file.rpartition('.')[2]}+xml"


SAMPLES = (
    Sample(file="trade-notices.atom", name="Gazette of Trade Notices (sample)", lang="en", tier=Tier.OFFICIAL),
    Sample(file="border-ledger.rss", name="Border Ledger (sample)", lang="en", tier=Tier.WIRE),
    Sample(file="northern-freight.atom", name="Northern Freight (sample)", lang="en", tier=Tier.GENERAL),
    Sample(file="trade-desk.rss", name="Trade Desk Review (sample)", lang="en", tier=Tier.TRADE_PRESS),
    Sample(file="diario-aduanal.rss", name="Diario Aduanal (sample)", lang="es", tier=Tier.GENERAL),
    Sample(file="carnet-du-commerce.atom", name="Carnet du commerce (sample)", lang="fr", tier=Tier.GENERAL),
)  # fmt: skip


def feeds(base_url: str) -> tuple[FeedSpec, ...]:
    """Return the sample feeds as the server at `base_url` offers them."""
    return tuple(
        FeedSpec(
            key=f"sample-{sample.file.partition('.')[0]}",
            name=sample.name,
            url=f"{base_url.rstrip('/')}/{sample.file}",
            lang=sample.lang,
            tier=sample.tier,
        )
        for sample in SAMPLES
    )


def bodies(now: datetime) -> dict[str, bytes]:
    """Return file name → feed, its dates counted from `now`."""
    require_aware(now=now)
    folder = resources.files("bot.demo") / "feeds"
    return {
        sample.file: fill((folder / sample.file).read_text(encoding="utf-8"), now).encode()
        for sample in SAMPLES
    }


def fill(template: str, now: datetime) -> str:
    """Put real dates in the places of a template's marks. Raises KeyError for an unknown mark."""

    def filled(mark: re.Match[str]) -> str:
        return _FORMS[mark[1]](now, float(mark[2]))

    return _MARK.sub(filled, template)


@asynccontextmanager
async def serve(now: datetime) -> AsyncIterator[str]:
    """Serve the sample feeds on a free port of this machine; gives the base URL without a slash."""
    app = web.Application()
    for file, body in bodies(now).items():
        sample = next(sample for sample in SAMPLES if sample.file == file)
        app.router.add_get(f"/{file}", _handler(sample, body))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


def _handler(sample: Sample, body: bytes) -> Callable[[web.Request], Awaitable[web.Response]]:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=body, content_type=sample.content_type, charset="utf-8", headers=headers
        )

    return answer


def _moment(now: datetime, hours: float) -> datetime:
    return now.replace(microsecond=0) - timedelta(hours=hours)


def _day(lang: str) -> Callable[[datetime, float], str]:
    months = _MONTHS[lang].split()

    def written(now: datetime, days: float) -> str:
        day = (now + timedelta(days=days)).date()
        month = months[day.month - 1]
        match lang:
            case "en":
                return f"{month} {day.day}, {day.year}"
            case "es":
                return f"{day.day} de {month} de {day.year}"
            case _:
                return f"{'1er' if day.day == 1 else day.day} {month} {day.year}"

    return written


_FORMS: Mapping[str, Callable[[datetime, float], str]] = {
    "rss": lambda now, hours: format_datetime(_moment(now, hours)),
    "atom": lambda now, hours: _moment(now, hours).isoformat(),
    "day_en": _day("en"),
    "day_es": _day("es"),
    "day_fr": _day("fr"),
}
