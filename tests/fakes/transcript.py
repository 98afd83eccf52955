"""What a person sees in a Slack channel, as plain text: posts, replies, edits, with local times."""

import difflib
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.fakes.slack_state import Posted

WIDTH = 96


class Transcript:
    """Notes what is new in a channel each time it looks."""

    def __init__(self, title: str, channel: str, zone: str) -> None:
        self.channel = channel
        self._zone = ZoneInfo(zone)
        self._lines = [title, "=" * len(title)]
        self._seen: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._day = ""

    def look(self, messages: Sequence[Posted], now: datetime) -> None:
        """Note the messages that came since the last look, and the edits of those known."""
        for posted in messages:
            known = self._seen.get(posted.ts)
            edits = len(posted.edits)
            if known is None:
                self._note(now, self._head(posted), list(shown(posted.blocks)))
            elif known < edits:
                self._note(now, f"edit of #{self._names[posted.ts]}", _difference(posted, known))
            self._seen[posted.ts] = edits

    def says(self, now: datetime, what: str) -> None:
        """Note something that is not a message, such as a stop of the bot."""
        self._note(now, f"({what})", [])

    @property
    def text(self) -> str:
        """Everything noted so far."""
        return "\n".join((*self._lines, ""))

    def _head(self, posted: Posted) -> str:
        number = str(len(self._names) + 1)
        self._names[posted.ts] = number
        if posted.thread_ts is None:
            return f"#{number}"
        told = " (shown in the channel too)" if posted.broadcast else ""
        return f"#{number}, in the thread of #{self._names[posted.thread_ts]}{told}"

    def _note(self, now: datetime, head: str, body: Sequence[str]) -> None:
        local = now.astimezone(self._zone)
        day = f"{local:%A %Y-%m-%d}"
        if day != self._day:
            self._lines += ["", f"--- {day}"]
            self._day = day
        self._lines += ["", f"{local:%H:%M %Z} {head}"]
        for line in body:
            self._lines += textwrap.wrap(
                line, WIDTH, initial_indent="    ", subsequent_indent=f"    {_indent(line)}"
            )


def shown(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield a message's blocks as lines of text: bold in stars, quotes behind a bar."""
    for block in blocks:
        kind = block["type"]
        if kind == "rich_text":
            for part in block["elements"]:
                yield from _part(part)
        elif kind == "context":
            for element in block["elements"]:
                yield f"~ {element['text']}"
        elif kind == "actions":
            yield " ".join(_pressed(one) for one in block["elements"])
        else:
            yield str(block["text"]["text"])


def _part(part: dict[str, Any]) -> Iterator[str]:
    if part["type"] == "rich_text_list":
        for each in part["elements"]:
            yield "• " + "".join(map(_piece, each["elements"]))
    else:
        bar = "  | " if part["type"] == "rich_text_quote" else ""
        yield bar + "".join(map(_piece, part["elements"]))


def _piece(piece: dict[str, Any]) -> str:
    if piece["type"] in {"user", "usergroup", "broadcast"}:
        return f"@{piece.get('user_id') or piece.get('usergroup_id') or piece.get('range')}"
    text = str(piece["text"])
    style = piece.get("style") or {}
    if style.get("strike"):
        text = f"~~{text}~~"
    if style.get("bold"):
        text = f"*{text}*"
    if piece["type"] == "link":
        text += f" <{piece['url']}>"
    return text


def _pressed(element: dict[str, Any]) -> str:
    if element["type"] == "overflow":
        return f"[… {' / '.join(option['text']['text'] for option in element['options'])}]"
    return f"[{element['text']['text']}]"


def _difference(posted: Posted, known: int) -> list[str]:
    """The lines an edit took away and those it brought."""
    before = list(shown(posted.edits[known]["blocks"]))
    after = list(shown(posted.blocks))
    lines = difflib.ndiff(before, after)
    return [line for line in lines if line[:1] in {"+", "-"}] or ["(reads as before)"]


def _indent(line: str) -> str:
    return "  | " if line.startswith("  | ") else "  "
