"""The commands of the terminal. Standard output carries results, standard error the logs.

Exit codes: 0 done, 1 something failed while running, 2 configuration or usage.
"""

import io
import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli.backtest import add_commands as add_backtest
from bot.cli.calendar import add_commands as add_calendar
from bot.cli.configuring import add_commands as add_configuring
from bot.cli.deliveries import add_commands as add_deliveries
from bot.cli.evaluating import add_commands as add_evaluating
from bot.cli.feeds import add_commands as add_feeds
from bot.cli.keeping import add_commands as add_keeping
from bot.cli.reading import add_commands as add_reading
from bot.cli.running import add_commands as add_running
from bot.cli.services import add_commands as add_services
from bot.cli.subscriptions import add_commands as add_subscriptions
from bot.cli.tariffs import add_commands as add_tariffs
from bot.errors import BotError, ConfigError, InvalidInputError

__all__ = ["build", "main"]


def build() -> typer.Typer:
    """Return the command line."""
    cli = typer.Typer(
        name="usmca-bot",
        help="Tells channels, once and with sources, what changed on USMCA, tariffs and deadlines.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    cli.callback()(_options)
    add_running(cli)
    add_reading(cli)
    add_evaluating(cli)
    add_backtest(cli)
    add_subscriptions(cli)
    add_tariffs(cli)
    add_calendar(cli)
    add_feeds(cli)
    add_services(cli)
    add_deliveries(cli)
    add_keeping(cli)
    add_configuring(cli)
    return cli


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        typer.echo(f"usmca-bot {__version__}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Tells channels, once and with sources, what changed on USMCA, tariffs and deadlines."""
    from bot.logs import configure

    del version  # answered before any command is looked at
    configure(stream=sys.stderr)


def main() -> None:
    """Run the command line; what the bot foresaw ends in a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a sign shows another
            stream.reconfigure(errors="replace")
    try:
        build()()
    except (ConfigError, InvalidInputError) as error:
        _say(error)
        sys.exit(2)
    except BotError as error:
        _say(error)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output had enough
        sys.stderr.close()
        sys.exit(1)
    except Exception:  # noqa: BLE001 - our mistake: the log shows its traceback, secrets hidden
        import structlog

        structlog.get_logger().exception("crashed")
        sys.exit(1)


def _say(error: BotError) -> None:
    typer.echo(f"usmca-bot: {error}", err=True)
