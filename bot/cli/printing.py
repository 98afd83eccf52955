"""How polls and replies are printed: as lines for people, as JSON for programs."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.commands.exchange import Reply
    from bot.domain.feed import Feed
    from bot.pipeline.poll_report import PollReport


def poll_json(report: "PollReport") -> str:
    """Return one poll as a line of JSON."""
    from bot.domain.feed import display_url

    row = {
        "feed": report.feed.spec.key,
        "url": display_url(report.feed.spec.url),
        "outcome": str(report.outcome),
        "status": report.status,
        "new": [
            {
                "title": told.title,
                "link": told.link,
                "id": told.id,
                "published": told.published.isoformat() if told.published else None,
            }
            for told in report.new
        ],
        "skipped": report.skipped,
        "next_s": round(report.next_s, 1),
        "error": report.error,
    }
    return json.dumps(row, ensure_ascii=False)


def poll_line(report: "PollReport") -> str:
    """Return one poll as a line for people."""
    said = report.error or f"{len(report.new)} new"
    held = f", {report.skipped} held back" if report.skipped else ""
    return f"{report.feed.spec.key}: {str(report.outcome).replace('_', ' ')}, {said}{held}"


def nothing_due(feeds: "Iterable[Feed]", now: "datetime", *, everything: bool) -> str:
    """Say why a round asked no feed, and what asks one; `everything` where it asked with --all."""
    from bot.domain.feed import FeedState

    on = [feed for feed in feeds if feed.state is FeedState.ACTIVE]
    if not on:
        return "no feed is on: `usmca-bot feeds add URL` adds one, or a row in feeds.yaml"
    if everything:
        return "no feed may be asked now: its server said to wait, or another process polls it"
    following = min(on, key=lambda feed: feed.next_poll_at)
    minutes = max(1, -(-int((following.next_poll_at - now).total_seconds()) // 60))
    return f"no feed is due; {following.spec.key} is next, in {minutes} min: --all asks them now"


def reply_json(reply: "Reply") -> str:
    """Return the answer to a command as a line of JSON."""
    row = {
        "command": reply.command,
        "ok": reply.ok,
        "title": reply.title,
        "text": reply.text,
        "rows": [dict(each) for each in reply.rows],
        "actions": [{"label": each.label, "command": each.command} for each in reply.actions],
    }
    return json.dumps(row, ensure_ascii=False)


def show(reply: "Reply") -> None:
    """Print the answer to a command on standard output."""
    from rich.console import Console

    from bot.platforms.console.render import render_reply

    Console().print(render_reply(reply))
