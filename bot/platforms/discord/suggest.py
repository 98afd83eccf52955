"""What Discord shows below an option while a person types: at most 25 suggestions."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.commands.verbs import Verb
from bot.commands.words import words
from bot.domain.actor import Actor
from bot.platforms.discord import limits
from bot.platforms.discord.escape import plain
from bot.platforms.discord.menu_options import Option, Suggest
from bot.platforms.discord.translate import Typing

_IN_TIME = 2.0
"""Seconds; Discord waits for three."""

Pairs = Sequence[tuple[str, str]]
"""Pairs of value and label, best first."""


class Suggestions(Protocol):
    """Where suggestions come from: `bot.commands.dispatch.Commands`."""

    def complete(self, prefix: str, locale: str | None = None, limit: int = 25) -> Pairs:
        """Return topics for the letters typed so far, as (id, label)."""
        ...

    async def complete_stories(self, actor: Actor, text: str, limit: int = 25) -> Pairs:
        """Return recent stories of the actor's place whose headline has the words, as (number, headline)."""
        ...

    async def complete_feeds(self, actor: Actor, text: str, limit: int = 25) -> Pairs:
        """Return feeds the actor may see by a part of their name or key, as (key, name)."""
        ...


async def choices(source: Suggestions, typing: Typing) -> list[dict[str, object]]:
    """Return the choices for what is typed; none where working them out takes too long."""
    if typing.option is None:
        return []
    try:
        async with asyncio.timeout(_IN_TIME):
            found = await _found(source, typing, typing.option)
    except TimeoutError:
        return []
    return list(_choices(found, number=typing.option.number))[: limits.CHOICES]


async def _found(source: Suggestions, typing: Typing, option: Option) -> Pairs:
    match option.suggests:
        case Suggest.TOPIC:
            return source.complete(typing.text.strip(), typing.actor.locale)
        case Suggest.TOPICS:
            return _several(source, typing)
        case Suggest.STORY:
            return await source.complete_stories(typing.actor, typing.text.strip())
        case Suggest.FEED:
            return await source.complete_feeds(typing.actor, typing.text.strip())
        case Suggest.VERB:
            told = words(typing.actor.locale).help
            return _beginning([told.name(verb) for verb in Verb], typing.text)
        case Suggest.NOTHING:
            return _beginning(option.hints, typing.text)


def _several(source: Suggestions, typing: Typing) -> Pairs:
    """Complete the last of the topics typed; those before it are kept as they stand."""
    before, comma, last = typing.text.rpartition(",")
    kept = " ".join(f"{before}{comma}".split())
    found = source.complete(last.strip(), typing.actor.locale)
    return [(f"{kept} {topic}".strip(), f"{kept} {label}".strip()) for topic, label in found]


def _beginning(known: Iterable[str], typed: str) -> Pairs:
    """What begins with the letters typed; what was typed itself is kept, so that it can be sent."""
    start = " ".join(typed.split())
    found = [one for one in known if one.casefold().startswith(start.casefold())]
    return [(one, one) for one in found or ([start] if start else [])]


def _choices(found: Pairs, *, number: bool) -> Iterable[dict[str, object]]:
    for value, label in found:
        name = plain(label, limits.CHOICE_TEXT)
        if not name or not 1 <= len(value) <= limits.CHOICE_TEXT:
            continue
        if number and not (value.isascii() and value.isdigit()):
            continue
        yield {"name": name, "value": int(value) if number else value}
