"""init, check-config, migrate, secret-key, slack manifest: setting the bot up."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import Config, in_loop, settings_of
from bot.errors import ConfigError, InvalidInputError

if TYPE_CHECKING:
    from bot.settings.load import Settings

_PUBLIC = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?/?")


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    cli.command()(init)
    cli.command("check-config")(check_config)
    cli.command()(migrate)
    cli.command("secret-key")(secret_key)
    group = typer.Typer(help="Connecting Slack.", no_args_is_help=True)
    group.command("manifest")(slack_manifest)
    group.callback()(lambda: None)
    cli.add_typer(group, name="slack")


def init(target: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Copy the default configuration into a folder of your own."""
    from bot.settings.defaults import copy_defaults

    for path in copy_defaults(target):
        typer.echo(str(path))


def check_config(config: Config = None) -> None:
    """Say what is wrong with the configuration. With file and line."""
    from bot.jobs.clock import SystemClock
    from bot.platforms.apprise.send import understands
    from bot.settings.load import problems

    found = problems(config, os.environ, understands=understands)
    for problem in found:
        typer.echo(problem)
    if found:
        raise typer.Exit(2)
    settings = settings_of(config)
    for problem in _unusable(settings):
        typer.echo(problem)
        found.append(problem)
    for warning in settings.doubts(SystemClock().now().date()):
        typer.echo(warning)
    if found:
        raise typer.Exit(2)
    on, topics = len(settings.feeds), len(settings.topics.topics)
    typer.echo(
        f"{settings.directory}: right: {on} feed{'' if on == 1 else 's'} on, "
        f"{len(settings.disabled_feeds)} off, {topics} topic{'' if topics == 1 else 's'}"
    )


def _unusable(settings: "Settings") -> Iterator[str]:
    """Yield what of the environment would be refused only where it is first used."""
    from bot.jobs import spans
    from bot.storage.vault import FernetVault

    try:
        FernetVault([key.get_secret_value() for key in settings.env.secret_keys])
    except ConfigError as error:
        yield f"environment: {error}"
    if settings.env.exports_spans and not spans.is_installed():
        yield f"environment: {spans.MISSING}"


def migrate(config: Config = None) -> None:
    """Bring the database up to date."""
    from bot.storage.engine import open_engines
    from bot.storage.schema import HEAD, prepare

    async def work(url: str) -> None:
        engines = open_engines(url)
        try:
            await prepare(engines)
        finally:
            await engines.dispose()

    in_loop(work(settings_of(config).env.database_url.get_secret_value()))
    typer.echo(f"the database is of version {HEAD}")


def secret_key() -> None:
    """Print a fresh key for BOT_SECRET_KEYS."""
    from bot.storage.vault import new_key

    typer.echo(new_key())


def slack_manifest(
    public_url: Annotated[
        str | None,
        typer.Option(
            "--public-url", metavar="URL", help="Without Socket Mode: https://bot.example.com"
        ),
    ] = None,
    *,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the app is called")
    ] = "USMCA Bot",
    history: Annotated[
        bool,
        typer.Option(help="Ask for the scopes that read a channel back after an unclear send"),
    ] = True,
) -> None:
    """Print the manifest to paste into Slack's “Create New App”."""
    from bot.platforms.slack.manifest import manifest

    if public_url is not None and not _PUBLIC.fullmatch(public_url):
        raise InvalidInputError(
            "--public-url is the address Slack reaches the bot at, over https and without a path: "
            "https://bot.example.com"
        )
    made = manifest(name=name, public_url=public_url, history=history)
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))
