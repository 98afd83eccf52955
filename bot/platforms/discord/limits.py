"""Discord's limits, and embeds built so that they hold.

Source: Discord's developer documentation (messages, embed limits, components) as of 2026-11.
Discord counts code points; we count UTF-16 units, which are never fewer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.alerts.truncate import units

TITLE = 256
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
EMBED_TOTAL = 6000
THREAD_NAME = 100
NONCE = 25
BUTTONS_IN_ROW = 5
ROWS = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
CHOICES = 25
CHOICE_TEXT = 100
SELECT_OPTIONS = 25
PLACEHOLDER = 150
MODAL_TITLE = 45
MODAL_PARTS = 5
LABEL = 45
LABEL_NOTE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled part of an embed, already escaped. The first parts are kept when room runs out."""

    name: str
    value: str
    inline: bool = False


def embed(
    *,
    title: str,
    url: str | None,
    description: str,
    parts: Sequence[Part],
    footer: str,
    colour: int,
) -> dict[str, object]:
    """Return one embed; parts that do not fit into 6,000 characters are left out from the end."""
    made: dict[str, object] = {"type": "rich", "color": colour}
    if title:
        made["title"] = title
        if url is not None:
            made["url"] = url
    if description:
        made["description"] = description
    if footer:
        made["footer"] = {"text": footer}
    room = EMBED_TOTAL - units(title) - units(description) - units(footer)
    fields = _fitting(parts, room)
    if fields:
        made["fields"] = fields
    return made


def _fitting(parts: Sequence[Part], room: int) -> list[dict[str, object]]:
    fields: list[dict[str, object]] = []
    for part in parts:
        need = units(part.name) + units(part.value)
        if not part.value or need > room or len(fields) == FIELDS:
            continue
        fields.append({"name": part.name, "value": part.value, "inline": part.inline})
        room -= need
    return fields


def listed(lines: Iterable[str], limit: int) -> str:
    """Return as many whole lines as fit, and how many more there are."""
    kept: list[str] = []
    all_lines = [line for line in lines if line]
    whole = "\n".join(all_lines)
    if units(whole) <= limit:
        return whole
    for index, line in enumerate(all_lines):
        left = len(all_lines) - index - 1
        if units("\n".join([*kept, line, f"… +{left}"])) > limit:
            break
        kept.append(line)
    return "\n".join([*kept, f"… +{len(all_lines) - len(kept)}"])
