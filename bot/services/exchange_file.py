"""Subscriptions and settings as plain rows, for a YAML file that one bot writes and another reads.

A row with a `topic` or a `query` is a subscription; a row with neither holds a place's settings.
Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.destination import Address, Ask, Destination, Grouping, Subscription, Wish
from bot.domain.manners import NOTHING_SAID, USUAL, Manners, PlaceAsk
from bot.errors import InvalidInputError
from bot.reading.catalog import TopicCatalog
from bot.services import addresses, options
from bot.services.options import OptionError
from bot.services.wishes import checked

T = TypeVar("T")

_WISH = ("topic", "query", "level", "group", "when", "langs", "sources", "mention")
_PLACE = ("zone", "locale", "quiet", "flash", "storm", "reminders", "hour", "empty", "repeats")
_KEYS = ("to", *_WISH, *_PLACE)
_TEXT_ONLY = frozenset({"to", "topic", "query"})
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that was understood."""

    address: Address
    ask: Ask | None
    """None for a row that only sets how a place is told."""
    place: PlaceAsk = NOTHING_SAID


def to_rows(listed: Iterable[tuple[Destination, Subscription]]) -> list[dict[str, str]]:
    """Return one mapping for each subscription, and one for each place that has its own manners."""
    rows, places = [], {}
    for place, held in listed:
        rows.append(_to_row(place, held.wish))
        if place.manners != USUAL or place.at_most_once:
            repeats = "off" if place.at_most_once else "on"
            said = {**_of_manners(place.manners), "repeats": repeats}
            places[place.id] = {"to": str(place.address), **said}
    return rows + list(places.values())


def from_rows(rows: object, catalog: TopicCatalog) -> list[Row]:
    """Return what the rows ask for, in their order.

    Raises InvalidInputError that names each row that cannot be followed, and why; the first is 1.
    """
    if not isinstance(rows, list):
        raise InvalidInputError("A file of subscriptions is a list: one `- to: … topic: …` each.")
    understood, problems = [], []
    for number, row in enumerate(rows, start=1):
        try:
            understood.append(_from_row(row, catalog))
        except InvalidInputError as problem:
            problems.append(f"row {number}: {problem}")
    if problems:
        more = len(problems) - _SHOWN
        tail = [f"and {more} more rows"] if more > 0 else []
        raise InvalidInputError("\n".join(problems[:_SHOWN] + tail))
    return understood


def ask_of(said: Mapping[str, str]) -> Ask:
    """Return the wish that options in words ask for; `said` holds those that were given.

    Raises InvalidInputError.
    """
    return Ask(
        topic=said.get("topic"),
        query=said.get("query"),
        group=_read(said, "group", options.group) or Grouping.STORY,
        level=_read(said, "level", options.level),
        when=_read(said, "when", options.when),
        langs=_read(said, "langs", options.langs),
        sources=_read(said, "sources", options.sources),
        mention=_read(said, "mention", options.mention),
        no_mention="mention" in said and options.mention(said["mention"]) is None,
    )


def place_of(said: Mapping[str, str]) -> PlaceAsk:
    """Return what options in words say about a place. Raises InvalidInputError."""
    return PlaceAsk(
        zone=_read(said, "zone", options.zone),
        locale=_read(said, "locale", options.locale),
        quiet=_read(said, "quiet", options.quiet),
        no_quiet="quiet" in said and options.quiet(said["quiet"]) is None,
        flash_through=_read(said, "flash", options.switch),
        storm=_read(said, "storm", options.storm),
        reminders=_read(said, "reminders", options.reminders),
        remind_at=_read(said, "hour", options.time_of_day),
        say_empty=_read(said, "empty", options.switch),
        repeats=_read(said, "repeats", options.switch),
    )


def words_of(value: object) -> str | None:
    """Return a plain YAML value as the words a person would write; None for what is no such value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return ",".join(str(each) for each in value)
    return value if isinstance(value, str) else None


def _to_row(place: Destination, wish: Wish) -> dict[str, str]:
    what = {"topic": wish.topic} if wish.topic is not None else {"query": wish.query or ""}
    return {
        "to": str(place.address),
        **what,
        "level": str(wish.level),
        "group": str(wish.group),
        "when": str(wish.when),
        "langs": ",".join(wish.langs) or "any",
        "sources": str(wish.sources),
        "mention": "off" if wish.mention is None else str(wish.mention),
        "zone": place.zone,
        "locale": place.locale,
    }


def _of_manners(manners: Manners) -> dict[str, str]:
    return {
        "quiet": "off" if manners.quiet is None else str(manners.quiet),
        "flash": "through" if manners.flash_through else "hold",
        "storm": str(manners.storm or "off"),
        "reminders": ",".join(map(str, manners.reminders)) or "off",
        "hour": f"{manners.remind_at:%H:%M}",
        "empty": "say" if manners.say_empty else "skip",
    }


def _from_row(row: object, catalog: TopicCatalog) -> Row:
    if not isinstance(row, Mapping):
        raise InvalidInputError("is not a mapping of `to` and `topic` or `query`.")
    said: dict[str, str] = {}
    for key, value in row.items():
        if key not in _KEYS:
            raise InvalidInputError(f"{key!r} is no key here; use {', '.join(_KEYS)}.")
        words = words_of(value)
        if words is None or (key in _TEXT_ONLY and not isinstance(value, str)):
            raise InvalidInputError(f"{key!r} must be text; put it in quotes.")
        said[key] = words
    if "to" not in said:
        raise InvalidInputError(f"`to` is missing: {addresses.FORMS}.")
    place = place_of(said)
    only_settings = place != NOTHING_SAID and not any(key in said for key in _WISH)
    if not only_settings and ("topic" in said) == ("query" in said):
        raise InvalidInputError("name a `topic` or a `query`, one of the two.")
    ask = None if only_settings else checked(ask_of(said), catalog)
    return Row(address=addresses.parse(said["to"]), ask=ask, place=place)


def _read(said: Mapping[str, str], key: str, read: Callable[[str], T]) -> T | None:
    """The option's value, None where it was not given. An OptionError learns whose value it is."""
    if key not in said:
        return None
    try:
        return read(said[key])
    except OptionError as error:
        error.option = key
        raise
