"""The few Block Kit pieces we use, made of text that is already short. Pure."""

from collections.abc import Iterable, Sequence

from bot.alerts.truncate import units
from bot.commands.exchange import Choice
from bot.platforms.slack import limits
from bot.platforms.slack.escape import safe_url, short
from bot.platforms.slack.limits import Block

RUN = "run:"
"""Action ids of buttons whose value is a command begin with this."""

BULLETS = "rich_text_list"

Piece = dict[str, object]


def words(text: str, *, bold: bool = False, italic: bool = False) -> Piece:
    """Return text that Slack shows as it is written."""
    return {"type": "text", "text": text, **_style(bold=bold, italic=italic)}


def link(text: str, url: str | None, *, bold: bool = False) -> Piece:
    """Return text that leads to `url`, or only text where the address is not one we show."""
    address = safe_url(url)
    if address is None:
        return words(text, bold=bold)
    return {"type": "link", "url": address, "text": text, **_style(bold=bold, italic=False)}


def _style(*, bold: bool, italic: bool) -> Piece:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"style": style} if style else {}


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


def buttons(choices: Iterable[Choice]) -> Block | None:
    """Return a row of buttons that run commands, or None where there is none.

    A command longer than a button's value holds has no button.
    """
    made = [
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
    if not made:
        return None
    return {"type": "actions", "elements": made[: limits.ACTION_ELEMENTS]}


def _plain_text(text: str) -> Piece:
    # emoji is off, so that ":ship:" in a feed's text stays what it is
    return {"type": "plain_text", "text": text, "emoji": False}
