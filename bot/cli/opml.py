"""feeds import-opml | export-opml: lists of feeds from and for other readers."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.feed_options import OwnerName, lang_of, owner_of, prepared
from bot.cli.opening import AsJson, Config, with_app
from bot.cli.progress import bar
from bot.domain.feed import Feed, Tier
from bot.errors import BotError, InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.services.feed_import import Imported


def add_commands(group: typer.Typer) -> None:
    """Put these commands beside the others about feeds."""
    group.command("import-opml")(import_opml)
    group.command("export-opml")(export_opml)


def import_opml(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As other feed readers export it")],
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="LANG", help="Where the file does not say it: en, es or fr"),
    ] = None,
    tier: Annotated[
        Tier, typer.Option("--tier", help="Where the file does not say it")
    ] = Tier.GENERAL,
    owner: OwnerName = None,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Add every feed of a list at once. Rows that cannot be are named."""
    from bot.feeds.opml import read
    from bot.services.feed_changes import FeedWish
    from bot.services.feed_import import FeedImport

    data = _bytes(file)
    try:
        found = read(data)
    except InvalidInputError as error:
        raise InvalidInputError(f"{file}: {error}") from None
    otherwise, whose = FeedWish(lang=lang_of(lang), tier=tier), owner_of(owner)

    async def work(app: "App") -> "Imported":
        await prepared(app)
        take = FeedImport(app.store, app.clock, app.feed_changes).take
        with bar("Adding feeds") as progress:
            return await take(found.rows, otherwise, whose, progress)

    done = with_app(config, work)
    for row in done.refused:
        typer.echo(
            f"usmca-bot: feed {row.number} ({row.name or 'no name'}): {row.reason}", err=True
        )
    summary = {
        "added": len(done.added),
        "already": done.here,
        "repeated": found.repeated,
        "refused": len(done.refused),
    }
    typer.echo(json.dumps(summary) if as_json else _said(summary))
    if len(done.refused) == len(found.rows):
        raise typer.Exit(2)


def export_opml(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="[default: standard output]")
    ] = None,
    owner: OwnerName = None,
    config: Config = None,
    *,
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Also addresses that may hold a password or key")
    ] = False,
) -> None:
    """Write the feeds as OPML, for another reader or another bot."""
    from bot.feeds.opml import write
    from bot.services.feed_addresses import may_hold_secret

    tenant = owner_of(owner).tenant

    async def work(app: "App") -> tuple[list[Feed], str]:
        await prepared(app)
        every = await app.store.queries.every_feed()
        feeds = [feed for feed in every if feed.spec.owner == tenant]
        told = [f for f in feeds if (with_secrets and f.spec.url) or not may_hold_secret(f)]
        text = write([f.spec for f in told], title="Feeds of usmca-bot", now=app.clock.now())
        left = [feed for feed in feeds if feed not in told]
        return left, text

    left, text = with_app(config, work)
    if file is None:
        sys.stdout.write(text)
    else:
        _write(file, text)
    if left:
        keys = ", ".join(feed.spec.key for feed in left[:10])
        more = f" and {len(left) - 10} more" if len(left) > 10 else ""
        typer.echo(
            f"usmca-bot: left out, because the address may hold a secret: {keys}{more}; "
            "--with-secrets writes them too",
            err=True,
        )


def _said(summary: dict[str, int]) -> str:
    parts = [
        f"{summary['added']} added",
        f"{summary['already']} here already",
        f"{summary['repeated']} said twice in the file",
        f"{summary['refused']} refused",
    ]
    return ", ".join(part for part in parts if part[0] != "0" or part == parts[0])


def _bytes(file: Path) -> bytes:
    from bot.feeds.opml import MAX_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInputError(f"{file} cannot be read: {error.strerror}") from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BotError(f"{file} cannot be written: {error.strerror}") from None
    typer.echo(f"{file}: written", err=True)
