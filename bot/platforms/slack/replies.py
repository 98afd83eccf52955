"""The answer to a command as Slack blocks. Pure."""

from collections.abc import Iterable, Iterator

from bot.alerts.truncate import units
from bot.commands.exchange import Line, Reply, Section
from bot.platforms.slack import blocks, limits
from bot.platforms.slack.blocks import Piece
from bot.platforms.slack.escape import escaped, plain, short
from bot.platforms.slack.limits import Block
from bot.platforms.slack.render import Payload

_TEXT = 700
_NOTE = 300
_QUOTE = 700
_FOOTER = 900


def render_reply(reply: Reply) -> Payload:
    """Return the reply; lines without room are left out and an ellipsis says so."""
    before = [blocks.header(reply.title)] if plain(reply.title) else []
    after = _after(reply)
    room = limits.TOTAL - sum(map(limits.weight, [*before, *after]))
    count = limits.MESSAGE_BLOCKS - len(before) - len(after)
    made = (*before, *_fitting(_bodies(reply.sections), room, count), *after)
    text = escaped(reply.text, limits.FALLBACK) or "…"
    return Payload(text=text, blocks=made or (_paragraph("…"),))


def render_sentence(sentence: str) -> Payload:
    """Return one sentence of the bot's own, for example after an error."""
    said = short(sentence, limits.RICH_TEXT) or "…"
    return Payload(text=escaped(sentence, limits.FALLBACK) or "…", blocks=(_paragraph(said),))


def _paragraph(text: str) -> Block:
    return blocks.rich_text([blocks.line(blocks.words(text))])


def _after(reply: Reply) -> list[Block]:
    """The footer, and as many of the buttons as stay within the room kept for them."""
    said = short(reply.footer, _FOOTER)
    made = [blocks.context([said])] if said else []
    choices = list(reply.actions)
    while choices:
        row = blocks.buttons(choices)
        if row is not None and limits.weight(row) <= limits.TOTAL // 2:
            return [*made, row]
        choices.pop()
    return made


def _fitting(bodies: Iterable[Block], room: int, count: int) -> Iterator[Block]:
    more = _paragraph("…")
    room -= limits.weight(more)
    for number, body in enumerate(bodies):
        room -= limits.weight(body)
        if room < 0 or number >= count - 1:
            yield more
            return
        yield body


def _bodies(sections: Iterable[Section]) -> Iterator[Block]:
    """Each section as one block, or several where it is long."""
    for section in sections:
        parts: list[Piece] = []
        heading = short(section.heading, _TEXT)
        if heading:
            parts.append(blocks.line(blocks.words(heading, bold=True)))
        used = units(heading)
        for one in section.lines:
            pieces, length = _line(one)
            if parts and used + length > limits.RICH_TEXT:
                yield blocks.rich_text(parts)
                parts, used = [], 0
            _append(parts, pieces)
            used += length
        if parts:
            yield blocks.rich_text(parts)


def _append(parts: list[Piece], pieces: list[Piece]) -> None:
    """Add the pieces; bullets that follow bullets join their list."""
    for piece in pieces:
        former = parts[-1] if parts else {}
        both = (former.get("elements"), piece.get("elements"))
        match both:
            case (list(above), list(more)) if former["type"] == piece["type"] == blocks.BULLETS:
                parts[-1] = blocks.bullets([*above, *more])
            case _:
                parts.append(piece)


def _line(line: Line) -> tuple[list[Piece], int]:
    """One bullet with its quieter note, its quotation below, and how long they are together."""
    text, note, sentence = (
        short(line.text, _TEXT),
        short(line.note, _NOTE),
        short(line.quote, _QUOTE),
    )
    shown: list[Piece] = []
    struck = short(line.struck, _NOTE)
    if struck:
        shown += [blocks.words(struck, strike=True), blocks.words(" ")]
    if text:
        shown.append(blocks.link(text, line.url))
    if note:
        shown.append(blocks.words(f" — {note}" if text else note, italic=True))
    pieces = [blocks.bullets([blocks.line(*shown)])] if shown else []
    if sentence:
        pieces.append(blocks.quote(sentence))
    return pieces, units(struck) + units(text) + units(note) + units(sentence)
