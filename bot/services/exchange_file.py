"""Subscriptions as plain rows, for a YAML file that one bot writes and another reads. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.destination import Address, Destination, Grouping, Level, Subscription, Wish
from bot.errors import InvalidInputError
from bot.reading.catalog import TopicCatalog
from bot.services import addresses
from bot.services.wishes import checked

LOCALES = ("en", "es", "fr")
_KEYS = ("to", "topic", "query", "level", "group", "zone", "locale")
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that was understood; zone and locale count where the destination is new."""

    address: Address
    wish: Wish
    zone: str | None = None
    locale: str | None = None


def to_rows(listed: Iterable[tuple[Destination, Subscription]]) -> list[dict[str, str]]:
    """Return one mapping for each subscription, keys in the order a person reads them."""
    return [_to_row(place, held.wish) for place, held in listed]


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


def _to_row(place: Destination, wish: Wish) -> dict[str, str]:
    what = {"topic": wish.topic} if wish.topic is not None else {"query": wish.query or ""}
    return {
        "to": str(place.address),
        **what,
        "level": str(wish.level),
        "group": str(wish.group),
        "zone": place.zone,
        "locale": place.locale,
    }


def _from_row(row: object, catalog: TopicCatalog) -> Row:
    if not isinstance(row, Mapping):
        raise InvalidInputError("is not a mapping of `to` and `topic` or `query`.")
    for key, value in row.items():
        if key not in _KEYS:
            raise InvalidInputError(f"{key!r} is no key here; use {', '.join(_KEYS)}.")
        if not isinstance(value, str):
            raise InvalidInputError(f"{key!r} must be text; put it in quotes.")
    if "to" not in row:
        raise InvalidInputError(f"`to` is missing: {addresses.FORMS}.")
    if ("topic" in row) == ("query" in row):
        raise InvalidInputError("name a `topic` or a `query`, one of the two.")
    wish = Wish(
        topic=row.get("topic"),
        query=row.get("query"),
        level=Level(_one_of(row, "level", tuple(Level), Level.EVERYTHING)),
        group=Grouping(_one_of(row, "group", tuple(Grouping), Grouping.STORY)),
    )
    return Row(
        address=addresses.parse(row["to"]),
        wish=checked(wish, catalog),
        zone=_zone(row["zone"]) if "zone" in row else None,
        locale=_one_of(row, "locale", LOCALES, "en") if "locale" in row else None,
    )


def _one_of(row: Mapping[str, str], key: str, known: tuple[str, ...], otherwise: str) -> str:
    value = row.get(key, otherwise)
    if value not in known:
        raise InvalidInputError(f"{key!r} is one of {', '.join(known)}.")
    return value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInputError(
            f"There is no time zone {name!r}; write it as America/Toronto."
        ) from None
    return name
