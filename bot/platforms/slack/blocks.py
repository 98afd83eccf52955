"""The few Block Kit pieces we use, made of text that is already short. Pure."""

import re
from collections.abc import Iterable, Sequence

from bot.alerts.truncate import units
from bot.commands.exchange import Choice
from bot.domain.manners import Mention, MentionKind
from bot.platforms.slack import limits
from bot.platforms.slack.escape import safe_url, short
from bot.platforms.slack.limits import Block

RUN = "run:"
"""Action ids of buttons whose value is a command begin with this."""

AT = "at:"
"""Block ids on the App Home begin with this where a channel's id follows."""

BULLETS = "rich_text_list"

Piece = dict[str, object]

_ID = re.compile(r"[A-Z0-9]{2,32}")


def words(text: str, *, bold: bool = False, italic: bool = False, strike: bool = False) -> Piece:
    """Return text that Slack shows as it is written."""
    return {"type": "text", "text": text, **_style(bold=bold, italic=italic, strike=strike)}


def link(text: str, url: str | None, *, bold: bool = False) -> Piece:
    """Return text that leads to `url`, or only text where the address is not one we show."""
    address = safe_url(url)
    if address is None:
        return words(text, bold=bold)
    return {"type": "link", "url": address, "text": text, **_style(bold=bold, italic=False)}


def _style(*, bold: bool, italic: bool, strike: bool = False) -> Piece:
    wanted = (("bold", bold), ("italic", italic), ("strike", strike))
    style = {name: True for name, on in wanted if on}
    return {"style": style} if style else {}


def mention(who: Mention) -> Piece | None:
    """Return what calls somebody by name, None for an id that cannot be one of Slack's."""
    if who.kind is MentionKind.HERE:
        return {"type": "broadcast", "range": "here"}
    if _ID.fullmatch(who.id) is None:
        return None
    if who.kind is MentionKind.USER:
        return {"type": "user", "user_id": who.id}
    return {"type": "usergroup", "usergroup_id": who.id}


def line(*pieces: Piece) -> Piece:
    """Return one paragraph."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def quote(text: str) -> Piece:
    """Return a sentence of a source."""
    return {"type": "rich_text_quote", "elements": [words(text)]}


def bullets(lines: Sequence[Piece]) -> Piece:
    """Return paragraphs as a bulleted list."""
    return {"type": BULLETS, "style": "bullet", "elements": list(lines)}


def rich_text(parts: Iterable[Piece]) -> Block:
    """Return a block of paragraphs, quotes and lists."""
    return {"type": "rich_text", "elements": list(parts)}


def header(text: str) -> Block:
    """Return a large line; the text is shortened to what a header holds."""
    return {"type": "header", "text": _plain_text(short(text, limits.HEADER))}


def context(lines: Iterable[str]) -> Block:
    """Return small grey lines of plain text, at most ten."""
    elements = [_plain_text(text) for text in lines if text]
    return {"type": "context", "elements": elements[: limits.CONTEXT_ELEMENTS]}


def buttons(
    choices: Iterable[Choice], *, more: Iterable[Choice] = (), block_id: str = ""
) -> Block | None:
    """Return a row of buttons that run commands, or None where there is none.

    A command longer than a button's value holds has no button. `more` go into an overflow menu.
    """
    made: list[Piece] = [
        {
            "type": "button",
            "action_id": f"{RUN}{number}",
            "text": _plain_text(short(choice.label, limits.BUTTON_TEXT)),
            "value": choice.command,
        }
        for number, choice in enumerate(choices)
        if short(choice.label, limits.BUTTON_TEXT)
        and 0 < units(choice.command) <= limits.BUTTON_VALUE
    ]
    made = made[: limits.ACTION_ELEMENTS - 1]
    rest = menu(more)
    if rest is not None:
        made.append(rest)
    if not made:
        return None
    return {"type": "actions", **_named(block_id), "elements": made}


def menu(choices: Iterable[Choice]) -> Piece | None:
    """Return an overflow menu of up to five commands, or None where there is none."""
    options = [
        {"text": _plain_text(short(choice.label, limits.OPTION_TEXT)), "value": choice.command}
        for choice in choices
        if short(choice.label, limits.OPTION_TEXT)
        and 0 < units(choice.command) <= limits.OPTION_VALUE
    ]
    if not options:
        return None
    return {
        "type": "overflow",
        "action_id": f"{RUN}menu",
        "options": options[: limits.OVERFLOW_OPTIONS],
    }


def section(text: str, *, more: Iterable[Choice] = (), block_id: str = "") -> Block:
    """Return a line of plain text with a menu beside it."""
    rest = menu(more)
    accessory = {"accessory": rest} if rest is not None else {}
    said = _plain_text(short(text, limits.SECTION) or "…")
    return {"type": "section", **_named(block_id), "text": said, **accessory}


def channel(channel_id: str) -> Piece:
    """Return a channel's name as Slack shows it to whoever may see it."""
    return {"type": "channel", "channel_id": channel_id, "style": {"bold": True}}


def _named(block_id: str) -> Piece:
    return {"block_id": block_id} if block_id else {}


def _plain_text(text: str) -> Piece:
    # emoji is off, so that ":ship:" in a feed's text stays what it is
    return {"type": "plain_text", "text": text, "emoji": False}
