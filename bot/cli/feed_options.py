"""What the commands about feeds share: the operator, what options mean, and the terminal's reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.domain.ids import Tenant
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.commands.reader import Reader
    from bot.services.feed_changes import Owner

BY = "terminal"

OwnerName = Annotated[
    str | None,
    typer.Option(
        "--owner", metavar="WHO", help="slack:TEAM or discord:SERVER [default: everybody]"
    ),
]


async def prepared(app: "App") -> None:
    """Take the configuration over where nothing was ever started on this database."""
    if not await app.store.queries.every_feed():
        await app.reconcile()


def reader_of(app: "App") -> "Reader":
    """Return who reads at the terminal: zone and language of `bot.yaml`."""
    from bot.commands.reader import Reader
    from bot.commands.words import words

    behaviour = app.settings.behaviour
    return Reader(
        words=words(behaviour.locale),
        zone=ZoneInfo(behaviour.zone),
        now=app.clock.now(),
        catalog=app.catalog,
    )


def operator() -> "Owner":
    """Return whoever has the terminal."""
    from bot.services.feed_changes import Owner

    return Owner(by=BY, tenant=None, operator=True)


def owner_of(text: str | None) -> "Owner":
    """Return on whose behalf `--owner` adds. Raises InvalidInputError."""
    if text is None or text == "none":
        return operator()
    platform, colon, workspace = text.partition(":")
    name = workspace.replace("-", "").replace("_", "")
    if platform not in {"slack", "discord"} or not colon or not (name.isalnum() and name.isascii()):
        raise InvalidInputError(
            "--owner names a workspace: write slack:T0123ABCD or discord:1234567890, or none"
        )
    return replace(operator(), tenant=Tenant(text))


def lang_of(text: str | None) -> str | None:
    """Return the language `--lang` names. Raises InvalidInputError."""
    if text is None or text in {"en", "es", "fr"}:
        return text
    raise InvalidInputError("--lang is one of en, es and fr")


def seconds_of(text: str | None) -> int | None:
    """Return the seconds of `--interval`. Raises InvalidInputError."""
    from bot.settings.values import duration, seconds

    if text is None:
        return None
    try:
        return seconds(duration(text))
    except ValueError as error:
        raise InvalidInputError(f"--interval {error}") from None


def name_of(text: str | None) -> str | None:
    """Return the name `--name` gives, on one line. Raises InvalidInputError where it is too long."""
    if text is None:
        return None
    name = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not name or len(name) > 200:
        raise InvalidInputError("--name is a name of at most 200 characters")
    return name


@contextmanager
def naming_what_opens(address: str) -> Iterator[None]:
    """Let a refusal of a private address name what the operator, and nobody else, may set."""
    from bot.services.feed_refusals import FeedRefusedError, Refusal

    try:
        yield
    except FeedRefusedError as error:
        if error.refusal is not Refusal.BLOCKED:
            raise
        raise InvalidInputError(f"{error} {opened_by(address, str(error))}") from None


def opened_by(address: str, said: str) -> str:
    """Return what opens an address of one's own network; `said` is why it was refused.

    Where a page or a redirect led elsewhere, the form alone is named.
    """
    from bot.domain.feed import display_url
    from bot.net.guard import pair_of
    from bot.services import feed_addresses

    url = feed_addresses.read(address) or address
    pair = pair_of(url) if display_url(url) in said else None
    return f"If it is yours, open it: BOT_ALLOW_HOSTS={pair or 'host:port'}"
