"""backup, restore, db check: what keeps a database, and brings it back."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot import __version__
from bot.cli.opening import AsJson, Config, in_loop, settings_of
from bot.cli.progress import bar

if TYPE_CHECKING:
    from bot.settings.load import Settings
    from bot.storage.backup import Written
    from bot.storage.backup_file import Contents
    from bot.storage.engine import Engines
    from bot.storage.soundness import Finding

T = TypeVar("T")

_KEYS = (
    "Secrets in it are sealed: it is of use only with BOT_SECRET_KEYS (or data/secret.key), which is "
    "not inside. Keep that apart."
)


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    cli.command()(backup)
    cli.command()(restore)
    group = typer.Typer(help="The database.", no_args_is_help=True)
    group.command("check")(check)
    # Typer makes a group of one command that command itself; the callback keeps it a group
    group.callback()(_group)
    cli.add_typer(group, name="db")


def _group() -> None:
    """The database."""


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="For example usmca-bot.backup")],
    config: Config = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file")] = False,
) -> None:
    """Write the whole database into a file. The bot goes on meanwhile; it restores into either database."""
    from bot.jobs.clock import SystemClock
    from bot.storage.backup import write

    now = SystemClock().now()

    async def work(engines: "Engines") -> "Written":
        with bar("Backing up") as progress:
            return await write(
                engines, file, program=__version__, now=now, force=force, progress=progress
            )

    done = _with_engines(settings_of(config), work)
    rows = sum(done.counts.values())
    typer.echo(f"{file}: {rows:,} rows, {done.size:,} bytes, SHA-256 of its rows {done.sha256}")
    typer.echo(_KEYS, err=True)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `backup` wrote it")],
    config: Config = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace what the database holds")] = False,
) -> None:
    """Bring a backup back into an empty database. Stop the bot first: beside it, this is refused."""
    from bot.jobs.clock import SystemClock
    from bot.jobs.worker import ProcessLiveness
    from bot.storage.restore import restore as bring_back

    async def work(engines: "Engines") -> "Contents":
        with bar("Restoring") as progress:
            return await bring_back(
                engines,
                file,
                now=SystemClock().now(),
                is_dead=ProcessLiveness().is_dead,
                force=force,
                progress=progress,
            )

    done = _with_engines(settings_of(config), work)
    typer.echo(f"{done.rows:,} rows of {done.made_at:%Y-%m-%d %H:%M} UTC are back.")
    typer.echo(
        "What was told since then is not in it, and what feeds still show of it is told again. "
        "See whether the keys fit: usmca-bot db check",
        err=True,
    )


def check(config: Config = None, *, as_json: AsJson = False) -> None:
    """Look whether the database is sound. Looks at pages, references, full text, secrets and disk. Exit 1 if not."""
    from bot.app.assembly import keys
    from bot.storage.soundness import look
    from bot.storage.vault import FernetVault

    settings = settings_of(config)

    async def work(engines: "Engines") -> "list[Finding]":
        vault = FernetVault(keys(settings, engines.writer.url.database))
        return [finding async for finding in look(engines, vault)]

    found = _with_engines(settings, work)
    for one in found:
        row = {"what": one.what, "ok": one.ok, "said": one.said}
        sign = "ok   " if one.ok else "WRONG"
        typer.echo(json.dumps(row) if as_json else f"{sign}  {one.what}: {one.said}")
    if not all(one.ok for one in found):
        raise typer.Exit(1)


def _with_engines(settings: "Settings", work: "Callable[[Engines], Awaitable[T]]") -> T:
    """Open the database as it is, not brought up to date, for one piece of work."""
    from bot.storage.engine import open_engines

    async def run() -> T:
        engines = open_engines(settings.env.database_url.get_secret_value())
        try:
            return await work(engines)
        finally:
            await engines.dispose()

    return in_loop(run())
