"""From a command about tariffs to its reply."""

from dataclasses import dataclass

from bot.commands.asked_tariffs import OneTariff, TariffCommand, Tariffs
from bot.commands.exchange import Reply
from bot.commands.narrowing import take_country
from bot.commands.reader import Reader
from bot.commands.replies import problems, tariffs
from bot.domain.actor import Actor
from bot.reading.catalog import TopicCatalog
from bot.reading.catalog import Unknown as UnknownTopic
from bot.services.tariffs import NoTariffError, TariffService


@dataclass(frozen=True, slots=True, kw_only=True)
class _Narrowed:
    """What the words name; `unknown` holds words that name nothing."""

    country: str | None = None
    topic: str | None = None
    unknown: tuple[UnknownTopic, ...] = ()


class TariffDesk:
    """Answers the commands of `asked_tariffs`; holds no state between them."""

    def __init__(self, service: TariffService, catalog: TopicCatalog) -> None:
        self._service = service
        self._catalog = catalog

    async def answer(self, command: TariffCommand, actor: Actor, reader: Reader) -> Reply:
        """Return the reply. Raises NotAllowedError."""
        if isinstance(command, Tariffs):
            return await self._listed(command, actor, reader)
        try:
            return await self._one(command, actor, reader)
        except NoTariffError as error:
            said = reader.words.tariff.no_row.format(id=error.row_id)
            return Reply(command="tariffs", ok=False, title=said)

    async def _one(self, command: OneTariff, actor: Actor, reader: Reader) -> Reply:
        if command.act is None:
            return tariffs.one(await self._service.one(actor, command.row_id), reader)
        row = await self._service.settle(actor, command.row_id, command.act)
        return tariffs.one(row, reader)

    async def _listed(self, command: Tariffs, actor: Actor, reader: Reader) -> Reply:
        named = self._named(command.narrowed)
        if named.unknown:
            return problems.no_topic(command.verb, named.unknown, "tariffs {topic}", reader)
        found = await self._service.on(
            actor, command.on or reader.today, country=named.country, topic=named.topic
        )
        said = [named.country or "", reader.topic(named.topic) if named.topic else ""]
        what = ", ".join(word for word in said if word)
        return tariffs.reply(found, reader, narrowed=command.narrowed, what=what, page=command.page)

    def _named(self, words: str) -> _Narrowed:
        """Take the words that name a country; what is left names a topic."""
        country, rest = take_country(words)
        if not rest:
            return _Narrowed(country=country)
        named = self._catalog.resolve(rest)
        if named.complete and len(named.topics) == 1:
            return _Narrowed(country=country, topic=named.topics[0])
        whole = UnknownTopic(words=rest, nearest=named.topics)
        return _Narrowed(country=country, unknown=named.unknown or (whole,))
