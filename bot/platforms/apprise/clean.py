"""What feeds wrote, on one line, with nothing in it that a service would follow."""

import re
import unicodedata

from bot.alerts.truncate import clip

_TEAR = "\u200b"
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"`()\[\]\\]{1,2000}")
_ACTIVE = re.compile(r"<(?=\S)|@(?=everyone|here|channel|all)|\](?=[(\[:])|:(?=//)", re.IGNORECASE)


def clean(text: str, limit: int) -> str:
    """Return the text on one line, in which no mention, tag, link or code of a feed works."""
    kept = (
        char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    shown = clip(" ".join("".join(kept).split()), limit)
    return _ACTIVE.sub(lambda match: match.group() + _TEAR, shown)


def web_address(url: str | None) -> str:
    """Return a web address as it is: services make it a link; anything odd is left out."""
    if url is None or not _WEB_ADDRESS.fullmatch(url):
        return ""
    return url
