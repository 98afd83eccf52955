"""A command's reply as a Discord embed with its buttons: pure, escaped, within every limit."""

from bot.alerts.truncate import units
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.platforms.discord import limits
from bot.platforms.discord.escape import fit, link, plain
from bot.platforms.discord.limits import embed, listed
from bot.platforms.discord.render import BLURPLE, Payload, no_mentions

RUN = "run:"
"""A button's id is this and the command it runs, so that it works after any restart."""

_RED = 0xC92A2A
_BODY = 3600
_LINE = 700
_NOTE = 200
_QUOTE = 300


def render_reply(reply: Reply) -> Payload:
    """Return the body of an answer."""
    title = fit(reply.title, limits.TITLE)
    made = embed(
        title=title,
        url=None,
        description=_body(reply, titled=bool(title.strip())),
        parts=(),
        footer=plain(reply.footer, 500),
        colour=BLURPLE if reply.ok else _RED,
    )
    body: Payload = {"embeds": [made]}
    rows = _rows(reply.actions)
    if rows:
        body["components"] = rows
    return no_mentions(body)


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
    head = f"• {text}" + (f" · {note}" if note else "")
    quote = fit(line.quote, _QUOTE)
    return f"{head}\n> {quote}" if quote else head


def _rows(actions: tuple[Choice, ...]) -> list[dict[str, object]]:
    """Buttons in rows of five; one whose command is too long for an id is left out."""
    buttons: list[dict[str, object]] = []
    seen: set[str] = set()
    for action in actions:
        custom_id = RUN + action.command
        label = plain(action.label, limits.BUTTON_LABEL)
        if not label or units(custom_id) > limits.CUSTOM_ID or custom_id in seen:
            continue
        seen.add(custom_id)
        buttons.append({"type": 2, "style": 2, "label": label, "custom_id": custom_id})
    buttons = buttons[: limits.BUTTONS_IN_ROW * limits.ROWS]
    return [
        {"type": 1, "components": buttons[start : start + limits.BUTTONS_IN_ROW]}
        for start in range(0, len(buttons), limits.BUTTONS_IN_ROW)
    ]
