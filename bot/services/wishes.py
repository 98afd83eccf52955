"""Whether a wish can be followed: its topic is known, its query parses, its options go together."""

from dataclasses import replace
from typing import TypeVar

from bot.domain.destination import Ask, Grouping, Wish
from bot.errors import InvalidInputError
from bot.reading.catalog import TopicCatalog
from bot.reading.query import parse

W = TypeVar("W", Wish, Ask)


def checked(wish: W, catalog: TopicCatalog) -> W:
    """Return the wish as it is stored, its query as it was understood: plain quotes and blanks.

    Raises InvalidInputError for a topic that is not in the catalog, a query that does not parse,
    and a number of sources where every entry is told by itself.
    """
    if not sources_fit(wish.group, wish.sources):
        raise InvalidInputError(
            "`sources` counts the sources of a story: leave it out where `group: entry` tells every "
            "entry by itself."
        )
    if wish.query is not None:
        return replace(wish, query=parse(wish.query).text)
    if wish.topic not in catalog.ids:
        raise InvalidInputError(
            f"There is no topic {wish.topic!r}. The topics are: {', '.join(sorted(catalog.ids))}."
        )
    return wish


def sources_fit(group: Grouping, sources: int | None) -> bool:
    """Whether a number of sources makes sense: an entry has one, only a story can have more."""
    return group is Grouping.STORY or (sources or 1) == 1
