"""What every command needs: the settings of a folder, logs, and the app."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import structlog
import typer

from bot.app import App, open_app
from bot.logs import configure
from bot.settings.load import Settings, load

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="DIR", help="Folder of the configuration [default: config/]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON")]

T = TypeVar("T")

log = structlog.get_logger()


def settings_of(config: Path | None) -> Settings:
    """Read the configuration and set up the logs. Raises ConfigError."""
    settings = load(config, os.environ)
    configure(
        stream=sys.stderr,
        level=settings.env.log_level,
        form=settings.env.log_format,
        secrets=settings.secrets(),
    )
    return settings


def warn(settings: Settings) -> None:
    """Log what works, but is probably not what was meant."""
    for warning in settings.warnings:
        log.warning("configuration", note=warning)


def with_app(
    config: Path | None, work: Callable[[App], Awaitable[T]], *, alerts_aside: bool = False
) -> T:
    """Open the app for one piece of work, and close it.

    `alerts_aside` prints alerts for the terminal on standard error, where standard output carries
    data.
    """
    settings = settings_of(config)

    async def run() -> T:
        from rich.console import Console

        async with open_app(settings, console=Console(stderr=alerts_aside)) as app:
            return await work(app)

    return asyncio.run(run())
