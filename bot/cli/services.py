"""services add | list | remove | test: e-mail, Teams, Telegram, webhooks and what else is not chat."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app
from bot.domain.destination import PlatformName
from bot.domain.outside import OutsideKind
from bot.errors import BotError, InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.outside import OutsideService
    from bot.services.outside import Listed

BY = "terminal"

Service = Annotated[str, typer.Argument(metavar="KIND:NAME", help="apprise:NAME or webhook:NAME")]


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    group = typer.Typer(help="Services outside chat, their addresses sealed.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("remove")(remove)
    group.command("test")(try_out)
    cli.add_typer(group, name="services")


def add(service: Service, config: Config = None) -> None:
    """Store a service. Its address is asked for, or read from standard input: it is a secret."""
    kind, name = _named(service)
    url = _asked("Address (not shown)")

    async def work(app: "App") -> "OutsideService":
        return await app.outside.add(kind, name, url, by=BY)

    made = with_app(config, work)
    typer.echo(f"{service} is stored. Try it: usmca-bot services test {service}")
    if made.secret:
        typer.echo(f"It signs with this secret, shown only now: {made.secret}")


def list_(config: Config = None, *, as_json: AsJson = False) -> None:
    """Show the services, without their addresses."""

    async def work(app: "App") -> "tuple[Listed, ...]":
        return await app.outside.listed()

    found = with_app(config, work)
    for one in found:
        row = {"kind": str(one.kind), "name": one.name, "origin": str(one.origin)}
        where = "bot.yaml" if one.origin == "config" else "stored"
        typer.echo(json.dumps(row) if as_json else f"{one.kind}:{one.name}  ({where})")
    if not found and not as_json:
        typer.echo("There are no services yet: usmca-bot services add apprise:NAME", err=True)


def remove(service: Service, config: Config = None) -> None:
    """Forget a stored service. Its subscriptions stay until they are removed."""
    kind, name = _named(service)

    async def work(app: "App") -> None:
        await app.outside.remove(kind, name, by=BY)

    with_app(config, work)
    typer.echo(f"{service} is forgotten.")


def try_out(service: Service, config: Config = None) -> None:
    """Send a sample through a service now, and say whether it was taken."""
    from bot.services.addresses import parse
    from bot.services.samples import sample_message

    kind, name = _named(service)

    async def work(app: "App") -> None:
        behaviour = app.settings.behaviour
        message = sample_message(
            f"notice:test:{name}", zone=behaviour.zone, locale=behaviour.locale
        )
        notifier = app.notifiers[PlatformName(kind)]
        key = f"sample-{app.clock.now():%Y%m%d%H%M%S}"
        await notifier.post(parse(service), message, key=key)

    try:
        with_app(config, work)
    except BotError as error:
        typer.echo(f"usmca-bot: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{service} took the sample.")


def _named(service: str) -> tuple[OutsideKind, str]:
    from bot.services.addresses import parse

    if service.partition(":")[0].strip().lower() not in set(OutsideKind):
        raise InvalidInputError("That is no service: use apprise:NAME or webhook:NAME.")
    address = parse(service)
    return OutsideKind(address.platform), address.channel


def _asked(prompt: str) -> str:
    said = typer.prompt(prompt, hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not str(said).strip():
        raise InvalidInputError("There is no address on standard input.")
    return str(said).strip()
