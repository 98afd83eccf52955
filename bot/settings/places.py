"""What is wrong with the places that `bot.yaml` names: who gets alerts and notices."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.destination import Address, PlatformName, Wish
from bot.errors import InvalidInputError
from bot.reading import query
from bot.services.addresses import parse as parse_address
from bot.settings.behaviour import BotFile
from bot.settings.files import Document, Problem
from bot.settings.validation import one_of


def problems(document: Document, bot: BotFile, topics: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong between the places, the services and the topics, with its line."""
    for number, row in enumerate(bot.subscriptions):
        to, wish = row.value().to, row.value().wish
        for key, text in (*_wrong_place(to, bot), *_wrong_wish(wish, topics)):
            loc = ("subscriptions", number, key)
            yield document.problem(loc, f"subscription {number + 1}: {key}: {text}")
    for number, place in enumerate(bot.feeds_notices):
        for _, text in _wrong_place(parse_address(place), bot):
            yield document.problem(
                ("feeds_notices", number), f"feeds_notices: place {number + 1}: {text}"
            )


def unreached(bot: BotFile, off: Mapping[PlatformName, str]) -> Iterator[str]:
    """Yield which platforms the file names places on while they are off, with what turns them on."""
    named = [str(row.value().to) for row in bot.subscriptions] + list(bot.feeds_notices)
    for platform, remedy in off.items():
        there = next((to for to in named if parse_address(to).platform is platform), None)
        if there is not None:
            yield f"bot.yaml names {there}, and nothing is sent there as it is: {remedy}"


def _wrong_place(to: Address, bot: BotFile) -> Iterator[tuple[str, str]]:
    for platform, word, named in (
        (PlatformName.APPRISE, "service", tuple(bot.apprise)),
        (PlatformName.WEBHOOK, "webhook", tuple(bot.webhooks)),
    ):
        if to.platform is platform and to.channel not in named:
            yield "to", f"there is no {word} '{to.channel}'; {one_of(to.channel, named)}"


def _wrong_wish(wish: Wish, topics: Sequence[str]) -> Iterator[tuple[str, str]]:
    if wish.topic is not None and wish.topic not in topics:
        yield "topic", f"there is no topic '{wish.topic}'; {one_of(wish.topic, topics)}"
    if wish.query is not None:
        try:
            query.parse(wish.query)
        except InvalidInputError as error:
            yield "query", str(error)
