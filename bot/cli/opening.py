"""What every command needs: the settings of a folder, logs, and the app."""

import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot import garbage

if TYPE_CHECKING:  # a help text must not wait for the whole bot
    from bot.app import App
    from bot.jobs.spans import Watch
    from bot.settings.load import Settings

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="DIR", help="Folder of the configuration [default: config/]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]

T = TypeVar("T")


def settings_of(config: Path | None, *, serving: bool = False) -> "Settings":
    """Read the configuration and set up the logs; processes that serve may export spans.

    Raises ConfigError.
    """
    from bot.logs import configure
    from bot.settings.load import load

    settings = load(config, os.environ)
    configure(
        stream=sys.stderr,
        level=settings.env.log_level,
        form=settings.env.log_format,
        secrets=settings.secrets(),
        watch=_spans(settings) if serving else None,
    )
    garbage.loaded()
    return settings


def _spans(settings: "Settings") -> "Watch | None":
    """Return what makes spans of events, where OTEL_… variables ask for it."""
    if not settings.env.exports_spans:
        return None
    from bot.jobs.spans import otlp_spans

    return otlp_spans(settings.env.installation)


def warn(settings: "Settings") -> None:
    """Log what works, but is probably not what was meant."""
    import structlog

    from bot.jobs.clock import SystemClock

    log = structlog.get_logger()
    for warning in settings.doubts(SystemClock().now().date()):
        log.warning("configuration", note=warning)


def with_app(
    config: Path | None, work: "Callable[[App], Awaitable[T]]", *, alerts_aside: bool = False
) -> T:
    """Open the app for one piece of work, and close it.

    `alerts_aside` prints alerts for the terminal on standard error, where standard output carries
    data.
    """
    from rich.console import Console

    from bot.app import open_app

    settings = settings_of(config)

    async def run() -> T:
        async with open_app(settings, console=Console(stderr=alerts_aside)) as app:
            return await work(app)

    return in_loop(run())


def in_loop(work: Coroutine[object, object, T]) -> T:
    """Run one piece of work that waits for others, from start to end."""
    import asyncio

    garbage.loaded()
    return asyncio.run(work)
