"""A person's App Home as a view: what they and their channels get, edited in place. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.commands.exchange import Choice, Reply
from bot.domain.locales import language_of
from bot.platforms.slack import blocks, limits
from bot.platforms.slack.blocks import AT
from bot.platforms.slack.escape import short
from bot.platforms.slack.limits import Block
from bot.platforms.slack.render import Payload
from bot.platforms.slack.replies import render_reply

_LINES = 8
"""Deadlines, feeds and the like; the button below shows them all."""
_HELD = 12
"""Subscriptions of one place."""
_PLACES = 6
_ELSE = 300
_NUMBERED = re.compile(r"^#(?P<id>\d+)\s+(?P<text>.+)$", re.DOTALL)
_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labels:
    welcome: str
    add: str
    status: str
    help: str
    places: str
    remove: str
    levels: Mapping[str, str]
    more: str


_LABELS = {
    "en": _Labels(
        welcome="What you hear about",
        add="Add subscription",
        status="Status",
        help="Help",
        places="In your channels",
        remove="Remove",
        levels={
            "everything": "Tell everything",
            "important": "Tell what is important",
            "flash": "Tell only flashes",
        },
        more="and {} more: /usmca subscriptions",
    ),
    "es": _Labels(
        welcome="De qué se le avisa",
        add="Añadir suscripción",
        status="Estado",
        help="Ayuda",
        places="En sus canales",
        remove="Quitar",
        levels={
            "everything": "Avisar de todo",
            "important": "Avisar de lo importante",
            "flash": "Avisar solo de lo urgente",
        },
        more="y {} más: /usmca subscriptions",
    ),
    "fr": _Labels(
        welcome="Ce dont on vous avertit",
        add="Ajouter un abonnement",
        status="État",
        help="Aide",
        places="Dans vos canaux",
        remove="Retirer",
        levels={
            "everything": "Tout signaler",
            "important": "Signaler l’important",
            "flash": "Seulement l’urgent",
        },
        more="et {} de plus : /usmca subscriptions",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the view is made of: replies to commands, and where they were asked."""

    own: Reply
    """The person's own subscriptions."""
    channels: Sequence[tuple[str, Reply]] = ()
    """Those of each of their channels, by its id."""
    rest: Sequence[Reply] = ()
    """Deadlines, feeds and what else there is to see."""
    top: Payload | None = None
    """The answer to what was pressed."""
    locale: str = "en"


def render_home(home: Home) -> dict[str, object]:
    """Return the view for views.publish; what has no room is left out from below."""
    labels = _LABELS[language_of(home.locale)]
    made: list[Block] = []
    if home.top is not None:
        made += [*home.top.blocks, _DIVIDER]
    made += [blocks.header(labels.welcome), *_top_row(labels)]
    made += _place(home.own, "", labels)
    shown = [(name, reply) for name, reply in home.channels if _CHANNEL.fullmatch(name)]
    if shown:
        made += [_DIVIDER, blocks.header(labels.places)]
    for name, reply in shown[:_PLACES]:
        made.append(blocks.rich_text([blocks.line(blocks.channel(name))]))
        made += _place(reply, name, labels)
    for reply in home.rest:
        made += [_DIVIDER, *render_reply(_first_lines(reply)).blocks]
    return {"type": "home", "blocks": _numbered(made[: limits.VIEW_BLOCKS])}


_DIVIDER: Block = {"type": "divider"}


def _top_row(labels: _Labels) -> Iterator[Block]:
    row = blocks.buttons(
        (
            Choice(label=labels.add, command="subscribe"),
            Choice(label=labels.status, command="status"),
            Choice(label=labels.help, command="help"),
        )
    )
    if row is not None:
        yield row


def _place(reply: Reply, channel: str, labels: _Labels) -> Iterator[Block]:
    """The subscriptions of a place, each with a menu; then what else the reply says and offers."""
    held = [row for row in reply.rows if row.get("kind") == "subscription"]
    if not held:
        others = replace(reply, actions=())
        yield from render_reply(_first_lines(others)).blocks
    names = _names(reply)
    for row in held[:_HELD]:
        name = names.get(str(row.get("id"))) or str(row.get("topic") or row.get("query") or "…")
        yield blocks.section(name, more=_edits(row, labels), block_id=_block_id(channel))
    if len(held) > _HELD:
        yield blocks.context([labels.more.format(len(held) - _HELD)])
    if held:
        yield from _else(reply)
    add = Choice(label=labels.add, command="subscribe")
    offered = (*([add] if channel else ()), *reply.actions)
    row_of_buttons = blocks.buttons(offered, block_id=_block_id(channel))
    if row_of_buttons is not None:
        yield row_of_buttons


def _else(reply: Reply) -> Iterator[Block]:
    """Lines that are about no subscription: that the place is paused, what is muted there."""
    said = [
        short(f"{heading}{line.text} — {line.note}" if line.note else heading + line.text, _ELSE)
        for section in reply.sections
        for heading in [f"{section.heading}: " if section.heading else ""]
        for line in section.lines
        if _NUMBERED.match(line.text) is None
    ]
    if any(said):
        yield blocks.context(said[:_LINES])


def _names(reply: Reply) -> dict[str, str]:
    """What the reply calls each subscription, by its number."""
    found = {}
    for section in reply.sections:
        for line in section.lines:
            match = _NUMBERED.match(line.text)
            if match is not None:
                text = match["text"]
                found[match["id"]] = f"{text} — {line.note}" if line.note else text
    return found


def _edits(row: Mapping[str, object], labels: _Labels) -> Iterator[Choice]:
    if row.get("origin") == "config":
        return
    topic, level = row.get("topic"), str(row.get("level"))
    group = " group:entry" if str(row.get("group")) == "entry" else ""
    if isinstance(topic, str) and topic:
        for name, label in labels.levels.items():
            if name != level:
                yield Choice(label=label, command=f"subscribe {topic} level:{name}{group}")
    yield Choice(label=labels.remove, command=f"unsubscribe #{row.get('id')}")


def _block_id(channel: str) -> str:
    return f"{AT}{channel}" if channel else ""


def _first_lines(reply: Reply) -> Reply:
    """The reply with the first lines of each section."""
    shorter = tuple(replace(one, lines=one.lines[:_LINES]) for one in reply.sections)
    return replace(reply, sections=shorter)


def _numbered(made: Sequence[Block]) -> list[Block]:
    """Every block with an id of its own; those of a channel begin with what names it."""
    return [
        {**block, "block_id": f"{block.get('block_id', 'b')}:{n}"} for n, block in enumerate(made)
    ]
