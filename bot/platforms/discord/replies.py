"""A command's reply as a Discord embed with its buttons: pure, escaped, within every limit."""

import re
from collections.abc import Iterator, Mapping

from bot.alerts.truncate import units
from bot.commands.exchange import Line, Reply, Section
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import RUN, TURN, rows
from bot.platforms.discord.escape import TEAR, fit, link, plain
from bot.platforms.discord.limits import embed, listed
from bot.platforms.discord.render import BLURPLE, Payload, no_mentions

_RED = 0xC92A2A
_BODY = 3600
_LINE = 700
_NOTE = 200
_QUOTE = 300
_NOTED = 1400
_COMMAND = "/usmca "
SAME = "+"
"""Stands before a page's number in an id where the command stands in the message's footer."""
_PAGE = re.compile(r"\bpage:(?P<number>[0-9]{1,4})$", re.ASCII)


def render_reply(reply: Reply, asked: str = "") -> Payload:
    """Return the body of an answer; `asked` is the command it answers, for turning its pages.

    A command that is too long for a button's id stands in the footer, and the id says the page.
    """
    shown, buttons = reply_embed(reply), list(_buttons(reply, asked))
    base = _base(asked)
    noted = plain(base, _NOTED)
    if any(_too_long(one) for one, _ in buttons) and _read(noted) == base:
        footer = "\n".join(filter(None, (plain(reply.footer, 500), f"{_COMMAND}{noted}")))
        shown["footer"] = {"text": footer}
        buttons = [(_shorter(one, base), label) for one, label in buttons]
    body: Payload = {"embeds": [shown]}
    components = rows(buttons)
    if components:
        body["components"] = components
    return no_mentions(body)


def reply_embed(reply: Reply) -> dict[str, object]:
    """Return the answer's words as an embed."""
    title = fit(reply.title, limits.TITLE)
    return embed(
        title=title,
        url=None,
        description=_body(reply, titled=bool(title.strip())),
        parts=(),
        footer=plain(reply.footer, 500),
        colour=BLURPLE if reply.ok else _RED,
    )


def asked_in(message: Mapping[str, object]) -> str | None:
    """Return the command that an answer's footer names, without its page; None where it names none."""
    embeds = message.get("embeds")
    first = embeds[0] if isinstance(embeds, list) and embeds else None
    footer = first.get("footer") if isinstance(first, dict) else None
    text = footer.get("text") if isinstance(footer, dict) else None
    found = text.rpartition(_COMMAND)[2] if isinstance(text, str) and _COMMAND in text else ""
    return _read(found) or None


def _base(command: str) -> str:
    """The command without its page, on one line as a footer shows it."""
    return " ".join(_PAGE.sub("", command).split())


def _read(noted: str) -> str:
    return " ".join(noted.replace(TEAR, "").split())


def _too_long(custom_id: str) -> bool:
    return custom_id.startswith(TURN) and units(custom_id) > limits.CUSTOM_ID


def _shorter(custom_id: str, base: str) -> str:
    """The id of a button to another page of the same command, without the command."""
    page = _PAGE.search(custom_id)
    same = _base(custom_id.removeprefix(TURN)) == base
    return f"{TURN}{SAME}{page['number']}" if page and same and _too_long(custom_id) else custom_id


def _buttons(reply: Reply, asked: str) -> Iterator[tuple[str, str]]:
    """The answer's choices as (id, label); those that lead to another page turn this one."""
    page = _PAGE.search(asked)
    if page is not None and int(page["number"]) > 1:
        before = int(page["number"]) - 1
        yield f"{TURN}{asked[: page.start('number')]}{before}", f"◀ {before}"
    for action in reply.actions:
        turns = _PAGE.search(action.command) is not None
        yield (TURN if turns else RUN) + action.command, action.label


def render_sentence(text: str) -> Payload:
    """Return the body of an answer of one sentence."""
    return no_mentions({"content": fit(text, 1000) or "…"})


def _body(reply: Reply, *, titled: bool) -> str:
    lines: list[str] = []
    for section in reply.sections:
        lines.extend(_section(section, first=not lines))
    body = listed(lines, _BODY)
    return body or ("" if titled else "…")


def _section(section: Section, *, first: bool) -> list[str]:
    heading = fit(section.heading, limits.TITLE)
    lines = [shown for shown in (_line(line) for line in section.lines) if shown]
    if not heading:
        return lines
    return [f"**{heading}**" if first else f"\n**{heading}**", *lines]


def _line(line: Line) -> str:
    text = link(line.text, line.url, _LINE)
    if not text:
        return ""
    note = fit(line.note, _NOTE)
    struck = fit(line.struck, _NOTE)
    before = f"~~{struck}~~ " if struck else ""
    head = f"• {before}{text}" + (f" · {note}" if note else "")
    quote = fit(line.quote, _QUOTE)
    return f"{head}\n> {quote}" if quote else head
