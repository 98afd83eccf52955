"""Whether a wish can be followed: its topic is known, its query parses."""

from dataclasses import replace

from bot.domain.destination import Wish
from bot.errors import InvalidInputError
from bot.reading.catalog import TopicCatalog
from bot.reading.query import parse


def checked(wish: Wish, catalog: TopicCatalog) -> Wish:
    """Return the wish as it is stored, its query as it was understood: plain quotes and blanks.

    Raises InvalidInputError for a topic that is not in the catalog and a query that does not parse.
    """
    if wish.query is not None:
        return replace(wish, query=parse(wish.query).text)
    if wish.topic not in catalog.ids:
        raise InvalidInputError(
            f"There is no topic {wish.topic!r}. The topics are: {', '.join(sorted(catalog.ids))}."
        )
    return wish
