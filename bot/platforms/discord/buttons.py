"""Rows of buttons. A button's id is the command it runs, so that it works after any restart. Pure."""

from collections.abc import Iterable

from bot.alerts.truncate import units
from bot.platforms.discord import limits
from bot.platforms.discord.escape import plain

RUN = "run:"
"""Answers the person who pressed, with a message of their own."""
TURN = "turn:"
"""Turns the page: the answer takes the place of the message the button stands on."""

BUTTON, ROW = 2, 1
PRIMARY, SECONDARY = 1, 2


def button(custom_id: str, label: str, *, style: int = SECONDARY) -> dict[str, object] | None:
    """Return a button; None where it would have no label, or an id longer than Discord's 100."""
    shown = plain(label, limits.BUTTON_LABEL)
    if not shown or not 1 <= units(custom_id) <= limits.CUSTOM_ID:
        return None
    return {"type": BUTTON, "style": style, "label": shown, "custom_id": custom_id}


def rows(choices: Iterable[tuple[str, str]], *, most: int = limits.ROWS) -> list[dict[str, object]]:
    """Return (id, label) pairs as buttons in up to `most` rows of five, each id once."""
    made: dict[str, dict[str, object]] = {}
    for custom_id, label in choices:
        one = button(custom_id, label)
        if one is not None:
            made.setdefault(custom_id, one)
    buttons = list(made.values())[: limits.BUTTONS_IN_ROW * most]
    return [
        {"type": ROW, "components": buttons[start : start + limits.BUTTONS_IN_ROW]}
        for start in range(0, len(buttons), limits.BUTTONS_IN_ROW)
    ]
