"""A message as Slack blocks: pure, nothing of a feed's text active, within every limit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.alerts import days
from bot.alerts.buttons import Button
from bot.alerts.buttons import buttons as alert_buttons
from bot.alerts.truncate import units
from bot.alerts.words import Words
from bot.alerts.words import words as labels_in
from bot.commands.exchange import Choice
from bot.domain.locales import language_of
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.story import Change
from bot.domain.zones import zone_of
from bot.platforms.slack import blocks, limits
from bot.platforms.slack.blocks import Piece
from bot.platforms.slack.escape import escaped, plain, short
from bot.platforms.slack.limits import Block, Ranked

_T = TypeVar("_T")

_HEADLINE = 300
_NAME = 120
_SUMMARY = 1500
_FACT = 300
_QUOTE = 500
_WHY = 600
_ROOM = 2200
"""Text of one part, such as all the tariffs of a message."""
_LINKS = 5
_CALLED = 10
_LINK_URL = 600
"""Addresses of further sources that are longer are shown without a link, to leave room."""

_TOPIC = 40
_ROW = ("follow", "why", "check", "useful", "noise", "mute")
"""Verbs of the buttons in the row, in their order."""

_SAYINGS = {
    "en": ("and {} more", "Mute {} here"),
    "es": ("y {} más", "Silenciar {} aquí"),
    "fr": ("et {} de plus", "Taire {} ici"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What Slack's chat methods and response URLs take: blocks, and text for notifications."""

    text: str
    blocks: tuple[Block, ...]

    def as_json(self) -> dict[str, object]:
        """Return the two as arguments of a call."""
        return {"text": self.text, "blocks": list(self.blocks)}


def render_message(message: Message, *, in_thread: bool = False) -> Payload:
    """Return a message of its own, or with `in_thread` a reply that tells only what changed."""
    ranked = _update(message) if in_thread and message.changes else _whole(message)
    return Payload(text=_fallback(message), blocks=tuple(limits.fit(ranked)))


def _whole(message: Message) -> Iterator[Ranked]:
    """Parts from top to bottom; their rank says what is given up first where room is short."""
    labels = labels_in(message.locale)
    yield from _ranked(0, _mentions(message))
    yield Ranked(rank=0, block=blocks.rich_text([blocks.line(_headline(message))]))
    yield from _ranked(0, _byline(message, labels))
    if message.sections:
        yield from _ranked(1, _paragraph(message.summary, _SUMMARY))
    for place, section in enumerate(message.sections):
        yield from _ranked(2 if place == 0 else 4, _section(section, message.locale))
    yield from _ranked(2, _changes(message, labels))
    if not message.sections:
        yield from _ranked(1, _paragraph(message.summary, _SUMMARY))
    yield from _ranked(3, _facts(labels.tariffs, message.tariffs, message.locale))
    yield from _ranked(3, _facts(labels.deadlines, message.deadlines, message.locale))
    yield from _ranked(4, _conflicts(message, labels))
    yield from _ranked(6, _sources(message, labels))
    yield from _ranked(1, _reasons(message, labels))
    yield from _ranked(5, _buttons(message))


def _update(message: Message) -> Iterator[Ranked]:
    labels = labels_in(message.locale)
    yield Ranked(rank=0, block=blocks.rich_text([blocks.line(_headline(message))]))
    yield from _ranked(0, _byline(message, labels))
    yield from _ranked(1, _changes(message, labels))


def _ranked(rank: int, block: Block | None) -> Iterator[Ranked]:
    if block is not None:
        yield Ranked(rank=rank, block=block)


def _mentions(message: Message) -> Block | None:
    """Who a subscription of this place asks to call; nobody's name ever comes from a feed."""
    called = [piece for one in message.mention if (piece := blocks.mention(one)) is not None]
    if not called:
        return None
    spaced = [part for one in called[:_CALLED] for part in (one, blocks.words(" "))]
    return blocks.rich_text([blocks.line(*spaced)])


def _section(section: MessageSection, locale: str) -> Block | None:
    return _part(short(section.heading, _FACT), section.lines, _message_line, locale)


def _message_line(line: MessageLine) -> list[Piece]:
    said, note = short(line.text, _FACT), short(line.note, _NAME)
    pieces = [blocks.words("• "), blocks.link(said, _brief(line.url))] if said else []
    if note and pieces:
        pieces.append(blocks.words(f" — {note}", italic=True))
    return _with_quote(pieces, line.quote)


def _headline(message: Message) -> Piece:
    text = short(message.headline.text, _HEADLINE) or short(message.source, _NAME) or "…"
    return blocks.link(text, message.headline.url, bold=True)


def _byline(message: Message, labels: Words) -> Block | None:
    moment = message.published
    pieces = [
        short(message.source, _NAME),
        days.moment(moment.astimezone(zone_of(message.zone)), message.locale) if moment else "",
        labels.said(labels.stage, labels.stages[message.stage]) if message.stage else "",
        labels.said(labels.sources, str(message.source_count)) if message.source_count > 1 else "",
    ]
    said = " · ".join(piece for piece in pieces if piece)
    return blocks.context([said]) if said else None


def _paragraph(text: str, limit: int) -> Block | None:
    said = short(text, limit)
    return blocks.rich_text([blocks.line(blocks.words(said))]) if said else None


def _changes(message: Message, labels: Words) -> Block | None:
    return _part(labels.changes, message.changes, _change, message.locale)


def _change(change: Change) -> list[Piece]:
    said = short(change.text, _FACT)
    pieces = [blocks.words(f"• {said}")] if said else []
    source = short(change.source or "", _NAME)
    if source and pieces:
        pieces += [blocks.words(" — "), blocks.link(source, _brief(change.url))]
    return _with_quote(pieces, change.quote or "")


def _facts(label: str, facts: Sequence[FactLine], locale: str) -> Block | None:
    return _part(label, facts, _fact, locale)


def _fact(fact: FactLine) -> list[Piece]:
    said = short(fact.text, _FACT)
    note = short(fact.note, _NAME)
    pieces = [blocks.words(f"• {said}")] if said else []
    if note and pieces:
        pieces.append(blocks.words(f" ({note})", italic=True))
    return _with_quote(pieces, fact.quote)


def _with_quote(pieces: list[Piece], sentence: str) -> list[Piece]:
    if not pieces:
        return []
    said = short(sentence, _QUOTE)
    return [blocks.line(*pieces), *([blocks.quote(said)] if said else [])]


def _conflicts(message: Message, labels: Words) -> Block | None:
    return _part(labels.conflicts, message.conflicts, _conflict, message.locale)


def _conflict(text: str) -> list[Piece]:
    said = short(text, _FACT)
    return [blocks.line(blocks.words(f"• {said}"))] if said else []


def _sources(message: Message, labels: Words) -> Block | None:
    links = [one for one in message.more_sources if plain(one.text)][:_LINKS]
    return _part(labels.sources, links, _source, message.locale)


def _source(source: Link) -> list[Piece]:
    text = short(source.text, _FACT)
    return [blocks.line(blocks.words("• "), blocks.link(text, _brief(source.url)))]


def _brief(url: str | None) -> str | None:
    return url if url is not None and len(url) <= _LINK_URL else None


def _part(
    label: str, things: Sequence[_T], shown: Callable[[_T], list[Piece]], locale: str
) -> Block | None:
    """A heading and as many things as have room; the rest is counted."""
    made = [pieces for pieces in map(shown, things) if pieces]
    if not made:
        return None
    parts: list[Piece] = [blocks.line(blocks.words(label, bold=True))] if label else []
    used = 0
    for number, pieces in enumerate(made):
        used += sum(map(_length, pieces))
        if used > _ROOM and number > 0:
            parts.append(blocks.line(blocks.words(_say(locale, 0).format(len(made) - number))))
            break
        parts.extend(pieces)
    return blocks.rich_text(parts)


def _length(piece: object) -> int:
    """Units of all text and addresses within a piece."""
    if isinstance(piece, dict):
        return sum(map(_length, piece.values()))
    if isinstance(piece, list):
        return sum(map(_length, piece))
    return units(piece) if isinstance(piece, str) else 0


def _reasons(message: Message, labels: Words) -> Block | None:
    topics = ", ".join(filter(None, (short(topic, _NAME) for topic in message.topics)))
    said = [
        short(labels.said(labels.topics, topics), _WHY) if topics else "",
        short(labels.said(labels.why, message.why), _WHY) if plain(message.why) else "",
    ]
    return blocks.context(said) if any(said) else None


def _buttons(message: Message) -> Block | None:
    """The weightiest stand in a row; the whole story and further topics are in the menu."""
    made = alert_buttons(message)
    if message.settles:
        return blocks.buttons(map(_choice, made))
    by_verb = {one.command.partition(" ")[0]: one for one in made}
    if not by_verb:
        return None
    shown = [_choice(by_verb[verb]) for verb in _ROW if verb in by_verb]
    hidden = [_choice(one) for verb, one in by_verb.items() if verb not in _ROW]
    return blocks.buttons(shown, more=[*hidden, *_other_topics(message)])


def _other_topics(message: Message) -> Iterator[Choice]:
    for label, topic in list(zip(message.topics, message.topic_ids, strict=False))[1:]:
        said = _say(message.locale, 1).format(short(label, _TOPIC))
        yield Choice(label=said, command=f"mute {topic}")


def _choice(button: Button) -> Choice:
    return Choice(label=button.label, command=button.command)


def _say(locale: str, index: int) -> str:
    return _SAYINGS[language_of(locale)][index]


def _fallback(message: Message) -> str:
    """What a notification or a screen reader says: the headline, its source, what it is about."""
    labels = labels_in(message.locale)
    changes = " ".join(change.text for change in message.changes)
    headline = message.headline.text
    pieces = [
        labels.said(labels.update, headline) if changes else headline,
        message.source,
        changes or message.summary,
    ]
    said = " — ".join(piece for piece in map(plain, pieces) if piece)
    return escaped(said, limits.FALLBACK) or "…"
