"""A message in the format a service reads: plain text, Markdown or HTML."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from html import escape

import jinja2

from bot.alerts.truncate import clip_lines
from bot.domain.message import Message
from bot.platforms.apprise.parts import Part, PartKind, parts_of, title_of

_BODY = 3500
"""Below what the common services take in one piece; Apprise cuts further where one takes less."""
_MARKS = re.compile(r"([\\`*_\[\]~|#>])")


class Format(StrEnum):
    """The three Apprise knows, by its own names."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def render_title(message: Message, form: Format = Format.TEXT, *, inline: bool = False) -> str:
    """Return the subject. `inline` says that the service puts it into the body, as mark-up."""
    title = title_of(message)
    if not inline or form is Format.TEXT:
        return title
    return escape(title) if form is Format.HTML else _marked(title)


def render_body(message: Message, form: Format = Format.TEXT) -> str:
    """Return the whole message but for its title, in a format."""
    return _BODIES[form](message)


def _text(message: Message) -> str:
    lines = (line for part in parts_of(message) for line in _text_lines(part))
    return "\n".join(clip_lines(lines, _BODY))


def _text_lines(part: Part) -> Iterator[str]:
    match part.kind:
        case PartKind.HEADING:
            yield f"{part.text}:"
        case PartKind.LABELLED:
            yield f"{part.label}: {part.text}"
        case PartKind.POINT:
            note = f" ({part.note})" if part.note else ""
            yield f"- {part.text}{note}"
            if part.quote:
                yield f"  “{part.quote}”"
            if part.url:
                yield f"  {part.url}"
        case _:
            yield part.text


def _markdown(message: Message) -> str:
    blocks = (line for part in parts_of(message) for line in _markdown_lines(part))
    return "\n".join(clip_lines(blocks, _BODY))


def _markdown_lines(part: Part) -> Iterator[str]:
    said = _marked(part.text)
    match part.kind:
        case PartKind.LINK:
            yield f"<{part.text}>\n"
        case PartKind.HEADING:
            yield f"\n**{said}**\n"
        case PartKind.LABELLED:
            yield f"\n**{_marked(part.label)}:** {said}"
        case PartKind.POINT:
            note = f" ({_marked(part.note)})" if part.note else ""
            yield f"- [{said}](<{part.url}>){note}" if part.url else f"- {said}{note}"
            if part.quote:
                yield f"  *“{_marked(part.quote)}”*"
        case _:
            yield f"{said}\n"


def _marked(text: str) -> str:
    """Escape what Markdown would act on."""
    return _MARKS.sub(r"\\\1", text)


def _html(message: Message) -> str:
    return _template().render(groups=_grouped(parts_of(message)), locale=message.locale)


def _grouped(parts: list[Part]) -> list[tuple[str, list[Part]]]:
    """Put points that follow each other together, because HTML writes them as one list."""
    groups: list[tuple[str, list[Part]]] = []
    for part in parts:
        name = part.kind.name.lower()
        if groups and groups[-1][0] == name == "point":
            groups[-1][1].append(part)
        else:
            groups.append((name, [part]))
    return groups


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("bot.platforms.apprise", package_path="")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("message.html")


_BODIES: Mapping[Format, Callable[[Message], str]] = {
    Format.TEXT: _text,
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
}
