"""A message as a Discord embed: pure, escaped, within every limit."""

import re
from collections.abc import Iterable, Sequence

from bot.alerts.buttons import buttons
from bot.alerts.truncate import units
from bot.alerts.words import Words, words
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.reading import Stage
from bot.domain.story import Change
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import RUN, rows
from bot.platforms.discord.escape import escape, fit, link, plain, safe_url
from bot.platforms.discord.limits import Part, embed, listed

BLURPLE = 0x5865F2
"""The bot's own words."""
_GREY = 0x747F8D
_COLOURS = {
    Stage.THREAT: 0xF2C744,
    Stage.ANNOUNCED: 0xF0932B,
    Stage.SIGNED: 0xE8590C,
    Stage.PUBLISHED: 0xD6336C,
    Stage.GUIDANCE: 0x1C7ED6,
    Stage.IN_FORCE: 0xC92A2A,
    Stage.SUSPENDED: 0x2B8A3E,
    Stage.STAYED: 0x37B24D,
    Stage.REVOKED: 0x099268,
}
_NO_MENTIONS: dict[str, object] = {"parse": []}
_SUMMARY = 1800
_DESCRIPTION = 4000
_SENTENCE = 360
_SHORT = 200
_LINE = 900
"""A line of a part stays below a field's 1,024 characters, so that one always fits."""
_LINKS = 5
_CALLED = 20
"""People and roles that one message may call; Discord allows 100 of each."""

Payload = dict[str, object]
"""The JSON body of a request to Discord."""


def no_mentions(body: Payload) -> Payload:
    """Return the body with every mention switched off, whatever its text says."""
    return {**body, "allowed_mentions": _NO_MENTIONS}


def calling(body: Payload, mentions: Sequence[Mention]) -> Payload:
    """Return the body with exactly these people and roles called, and nobody else.

    `@here` is not taken over: Discord could allow it only together with `@everyone`.
    """
    roles = _ids(mentions, MentionKind.ROLE)
    users = _ids(mentions, MentionKind.USER)
    if not roles and not users:
        return no_mentions(body)
    content = " ".join([*(f"<@&{one}>" for one in roles), *(f"<@{one}>" for one in users)])
    allowed: dict[str, object] = {"parse": []}
    if roles:
        allowed["roles"] = roles
    if users:
        allowed["users"] = users
    return {"content": content, **body, "allowed_mentions": allowed}


def _ids(mentions: Sequence[Mention], kind: MentionKind) -> list[str]:
    found = (
        one.id for one in mentions if one.kind is kind and re.fullmatch(r"[0-9]{1,20}", one.id)
    )
    return list(dict.fromkeys(found))[:_CALLED]


def render_message(message: Message, *, marker: str) -> Payload:
    """Return the body of a message: one embed whose footer carries `marker`, and its buttons."""
    labels = words(message.locale)
    update = bool(message.changes)
    made = embed(
        title=_title(message, labels, update=update),
        url=safe_url(message.headline.url),
        description=_description(message, update=update),
        parts=[part for part in _parts(message, labels) if part.value],
        footer=_footer(message, marker),
        colour=_colour(message),
    )
    body: Payload = {"embeds": [made]}
    components = rows((RUN + one.command, one.label) for one in buttons(message))
    if components:
        body["components"] = components
    return calling(body, message.mention)


def _title(message: Message, labels: Words, *, update: bool) -> str:
    headline = message.headline.text
    return fit(f"{labels.update}: {headline}" if update else headline, limits.TITLE) or "…"


def _colour(message: Message) -> int:
    if message.stage is not None:
        return _COLOURS[message.stage]
    return BLURPLE if message.notice else _GREY


def _footer(message: Message, marker: str) -> str:
    """The reader sees a quiet reference; settling an unclear send looks for its last word."""
    subject = plain(message.subject, _SHORT)
    return f"{subject} · {marker}" if subject else f"· {marker}"


def _description(message: Message, *, update: bool) -> str:
    head = _byline(message)
    if update:
        body = listed((_change(change) for change in message.changes), _SUMMARY)
    else:
        body = fit(message.summary, _SUMMARY)
    room = _DESCRIPTION - units(head) - units(body)
    sections = listed(_lines(message.sections), room)
    return "\n\n".join(piece for piece in (head, body, sections) if piece)


def _lines(sections: Sequence[MessageSection]) -> Iterable[str]:
    """The lines of a digest or a bulletin under their headings."""
    for index, section in enumerate(sections):
        heading = fit(section.heading, limits.TITLE)
        if heading:
            yield f"{chr(10) if index else ''}**{heading}**"
        yield from filter(None, map(_line, section.lines))


def _line(line: MessageLine) -> str:
    text = link(line.text, line.url, _LINE - 500)
    note = fit(line.note, _SHORT)
    head = f"• {text}" + (f" · {note}" if note else "") if text else ""
    return "\n".join(piece for piece in (head, quoted(line.quote) if head else "") if piece)


def _byline(message: Message) -> str:
    source = fit(message.source, _SHORT)
    pieces = [f"**{source}**"] if source else []
    if message.published is not None:
        # Discord shows each reader this moment in the reader's own zone and language.
        pieces.append(f"<t:{int(message.published.timestamp())}:f>")
    return " · ".join(pieces)


def _parts(message: Message, labels: Words) -> Iterable[Part]:
    """The parts in the order of their weight: what has no room is left out from the end."""
    room = limits.FIELD_VALUE
    yield Part(name=labels.tariffs, value=listed(map(_fact, message.tariffs), room))
    yield Part(name=labels.deadlines, value=listed(map(_fact, message.deadlines), room))
    yield Part(name=labels.conflicts, value=listed(map(_bullet, message.conflicts), room))
    yield Part(name=labels.why, value=fit(message.why, 500))
    stage = labels.stages[message.stage] if message.stage is not None else ""
    yield Part(name=labels.stage, value=stage, inline=True)
    topics = [topic for topic in map(_topic, message.topics) if topic]
    yield Part(name=labels.topics, value=_joined(topics), inline=True)
    if message.more_sources or message.source_count > 1:
        name = f"{labels.sources} ({message.source_count})"
        yield Part(name=name, value=_sources(message))


def _topic(label: str) -> str:
    """Return a topic's label, escaped and short."""
    return fit(label, 60)


def _joined(labels: list[str]) -> str:
    kept = labels[:12]
    more = f" +{len(labels) - len(kept)}" if len(labels) > len(kept) else ""
    return ", ".join(kept) + more


def _sources(message: Message) -> str:
    lines = [_source(one) for one in message.more_sources[:_LINKS]]
    if not lines:
        return str(message.source_count)
    return listed((line for line in lines if line), limits.FIELD_VALUE)


def _source(one: Link) -> str:
    shown = link(one.text, one.url, _LINE)
    return f"• {shown}" if shown else ""


def _bullet(text: str) -> str:
    shown = fit(text, _SENTENCE)
    return f"• {shown}" if shown else ""


def _fact(fact: FactLine) -> str:
    text = fit(fact.text, _SHORT)
    note = fit(fact.note, _SHORT)
    if not text:
        return ""
    head = f"• **{text}**" + (f" ({note})" if note else "")
    return "\n".join(piece for piece in (head, quoted(fact.quote)) if piece)


def quoted(sentence: str | None) -> str:
    """Return the sentence a fact rests on, as a block quote on its own line."""
    shown = fit(sentence or "", _SENTENCE)
    return f"> {shown}" if shown else ""


def _change(change: Change) -> str:
    text = fit(change.text, _SHORT * 2)
    if not text:
        return ""
    source = link(change.source or "", change.url, _LINE - 500) if change.source else ""
    head = f"• {text}" + (f" — {source}" if source else "")
    return "\n".join(piece for piece in (head, quoted(change.quote)) if piece)


def thread_name(message: Message) -> str:
    """Return what the thread of a message is called; Discord wants at least one character."""
    return plain(message.headline.text, limits.THREAD_NAME) or escape(message.subject) or "…"
