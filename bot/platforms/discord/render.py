"""A message as a Discord embed: pure, escaped, within every limit."""

from collections.abc import Iterable

from bot.alerts.words import Words, words
from bot.domain.message import FactLine, Link, Message
from bot.domain.reading import Stage
from bot.domain.story import Change
from bot.platforms.discord import limits
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
_SENTENCE = 360
_SHORT = 200
_LINE = 900
"""A line of a part stays below a field's 1,024 characters, so that one always fits."""
_LINKS = 5

Payload = dict[str, object]
"""The JSON body of a request to Discord."""


def no_mentions(body: Payload) -> Payload:
    """Return the body with every mention switched off, whatever its text says."""
    return {**body, "allowed_mentions": _NO_MENTIONS}


def render_message(message: Message, *, marker: str) -> Payload:
    """Return the body of a message: one embed whose footer carries `marker`."""
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
    return no_mentions({"embeds": [made]})


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
    return "\n\n".join(piece for piece in (head, body) if piece)


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
