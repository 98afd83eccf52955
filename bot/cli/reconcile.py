"""feeds reconcile: what the Federal Register published beside what the polls saw."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app import App
    from bot.pipeline.reconcile import Compared

_DRAIN = timedelta(seconds=60)


def add_commands(group: typer.Typer) -> None:
    """Put this command among those of feeds."""
    group.command("reconcile")(reconcile)


def reconcile(
    config: Config = None,
    *,
    days: Annotated[
        int, typer.Option("--days", metavar="DAYS", min=1, max=60, help="How far back")
    ] = 7,
    as_json: AsJson = False,
) -> None:
    """Look for what no poll saw. Compares the Federal Register's documents of the last days with what was stored.

    What was missed is stored, listed, and told by the limits of any poll. The bot does this by
    itself once a day.
    """

    async def work(app: "App") -> "Sequence[Compared]":
        await app.reconcile()
        found = await app.reconciliation.run(days=days, everything=True)
        if any(one.missed for one in found):
            await app.fanout.run()
            await app.deliver.drain(_DRAIN)
        return found

    found = with_app(config, work, alerts_aside=as_json)
    for one in found:
        typer.echo(_json(one) if as_json else _lines(one))
    if not found and not as_json:
        typer.echo("nothing to compare: no feed of the Federal Register was polled yet")


def _json(one: "Compared") -> str:
    row = {
        "feed": one.feed.spec.key,
        "since": one.since.isoformat(),
        "listed": one.listed,
        "missed": [
            {
                "title": entry.title,
                "link": entry.url,
                "id": entry.guid,
                "published": entry.published.isoformat() if entry.published else None,
            }
            for entry in one.missed
        ],
        "error": one.error,
    }
    return json.dumps(row, ensure_ascii=False)


def _lines(one: "Compared") -> str:
    head = f"{one.feed.spec.key}: since {one.since}"
    if one.error is not None:
        return f"{head}, not compared: {one.error}"
    lines = [f"{head} {one.listed} listed, {len(one.missed)} missed"]
    lines += [f"  {entry.guid}  {entry.title}  {entry.url or ''}".rstrip() for entry in one.missed]
    return "\n".join(lines)
