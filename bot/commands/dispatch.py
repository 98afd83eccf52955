"""From a request to a reply: understand the words, ask the right service, compose the answer.

text ──► grammar.parse ──► topics resolved ──► a service ──► a composer ──► Reply
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.commands import asked, grammar
from bot.commands.asked import Command, Help, Manner, Matter, OnTopic, Question, Unclear, Unknown
from bot.commands.asked_feeds import OnFeed
from bot.commands.asked_marks import MarkCommand
from bot.commands.asked_tariffs import TariffCommand
from bot.commands.dispatch_feeds import FeedDesk
from bot.commands.dispatch_marks import MarkDesk, MarkServices
from bot.commands.dispatch_tariffs import TariffDesk
from bot.commands.exchange import Reply, Request
from bot.commands.narrowing import take_country
from bot.commands.reader import Reader
from bot.commands.replies import (
    backtest,
    deadlines,
    helping,
    problems,
    search,
    settings,
    status,
    stories,
    subscriptions,
    trial,
)
from bot.commands.verbs import Verb
from bot.commands.words import words
from bot.domain.actor import Actor
from bot.domain.ids import SubscriptionId
from bot.domain.manners import NOTHING_SAID, PlaceAsk
from bot.domain.marks import team_of
from bot.domain.zones import zone_of
from bot.errors import InvalidInputError, NotAllowedError
from bot.ports import Clock
from bot.reading.catalog import Resolution, TopicCatalog
from bot.reading.catalog import Unknown as UnknownTopic
from bot.services.backtest import BacktestService
from bot.services.deadlines import DeadlineService
from bot.services.feed_changes import FeedChanges
from bot.services.feeds import FeedService
from bot.services.home import Home
from bot.services.search import SearchService
from bot.services.status import StatusService
from bot.services.stories import StoryService
from bot.services.subscriptions import SubscriptionService
from bot.services.tariffs import TariffService
from bot.services.trial import TrialService

MOST_TRIED = 30_000
"""Entries a backtest asked in a chat looks at: an answer comes within the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a command can ask."""

    status: StatusService
    stories: StoryService
    search: SearchService
    deadlines: DeadlineService
    subscriptions: SubscriptionService
    feeds: FeedService
    feed_changes: FeedChanges
    trial: TrialService
    marks: MarkServices
    tariffs: TariffService
    backtest: BacktestService


class NoTopicError(InvalidInputError):
    """The words of a command that takes one topic name none."""

    def __init__(self, verb: Verb, unknown: tuple[UnknownTopic, ...], command: str) -> None:
        super().__init__("There is no such topic.")
        self.verb = verb
        self.unknown = unknown
        self.command = command
        """The command with the topic that was meant, as ``{topic}``."""


class Commands:
    """Answers every platform's requests; holds no state between them."""

    def __init__(
        self,
        services: Services,
        catalog: TopicCatalog,
        clock: Clock,
        *,
        home: Home | None = None,
    ) -> None:
        self._services = services
        self._marks = MarkDesk(services.marks, catalog)
        self._tariffs = TariffDesk(services.tariffs, catalog)
        self._catalog = catalog
        self._clock = clock
        self._home = home or Home()

    async def answer(self, request: Request) -> Reply:
        """Return the reply to a request; what cannot be followed or allowed is a reply too."""
        actor = request.actor
        reader = self.reader_for(actor.zone, actor.locale)
        asked_for = grammar.parse(request.text)
        if isinstance(asked_for, Unknown | Unclear | Help):
            reader = await self._at_home(actor, reader)
        match asked_for:
            case Unknown() as unknown:
                return problems.unknown_verb(unknown, self._exactly(unknown.text), reader)
            case Unclear() as unclear:
                return problems.unclear(unclear, reader)
            case Help(about=about):
                return helping.overview(reader) if about is None else helping.about(about, reader)
            case command:
                return await self._run(command, actor, reader)

    def complete(
        self, prefix: str, locale: str | None = None, limit: int = 25
    ) -> list[tuple[str, str]]:
        """Return up to `limit` topics that the words may become, as (id, label), best first."""
        return self._catalog.complete(prefix, words(locale).locale, limit)

    async def complete_stories(
        self, actor: Actor, text: str, limit: int = 25
    ) -> list[tuple[str, str]]:
        """Return recent stories the words may mean, as (number, headline); told here first."""
        found = await self._services.stories.named(actor, text, limit)
        return [(str(story.id), f"{story.id} · {story.headline}") for story in found]

    async def complete_feeds(
        self, actor: Actor, text: str, limit: int = 25
    ) -> list[tuple[str, str]]:
        """Return feeds the words may mean and the person may see, as (key, name)."""
        return list(await self._services.feeds.named(actor, text, limit))

    async def _run(
        self,
        command: OnTopic | Question | Matter | Manner | MarkCommand | TariffCommand,
        actor: Actor,
        reader: Reader,
    ) -> Reply:
        try:
            reader = await self._at_home(actor, reader)
            return await self._route(command, actor, reader)
        except NoTopicError as error:
            return problems.no_topic(error.verb, error.unknown, error.command, reader)
        except (InvalidInputError, NotAllowedError) as error:
            return problems.refused(command.verb, error, reader)

    async def _route(
        self,
        command: OnTopic | Question | Matter | Manner | MarkCommand | TariffCommand,
        actor: Actor,
        reader: Reader,
    ) -> Reply:
        if isinstance(command, OnTopic):
            return await self._ask_on(command, actor, reader)
        if isinstance(command, TariffCommand):
            return await self._tariffs.answer(command, actor, reader)
        if isinstance(command, MarkCommand):
            return await self._marks.answer(command, actor, reader)
        if isinstance(command, Question):
            return await self._ask(command, actor, reader)
        if isinstance(command, Manner):
            return await self._tell(command, actor, reader)
        return await self._settle(command, actor, reader)

    async def _ask_on(self, command: OnTopic, actor: Actor, reader: Reader) -> Reply:
        ask, tenant = self._services, actor.tenant
        country, said = None, command.topic
        if isinstance(command, asked.Deadlines) and self._exactly(said) is None:
            country, said = take_country(said)
        topic = self._one(command, said)
        match command:
            case asked.Status():
                found = await ask.status.status(actor, today=reader.today, topic=topic)
                return status.reply(found, reader)
            case asked.Latest(page=page):
                newest = await ask.stories.latest(tenant, topic=topic, page=page)
                return stories.latest(newest, topic, reader)
            case asked.Deadlines(days=days, page=page):
                due = await ask.deadlines.upcoming(
                    tenant,
                    today=reader.today,
                    days=days,
                    topic=topic,
                    country=country,
                    page=page,
                    team=team_of(actor.address),
                )
                return deadlines.reply(due, topic, days, reader, country=country)

    async def _ask(self, command: Question, actor: Actor, reader: Reader) -> Reply:
        ask, tenant = self._services, actor.tenant
        match command:
            case asked.Search(query=query, page=page):
                hits = await ask.search.search(tenant, query, page=page)
                return search.reply(hits, reader)
            case asked.TryOut():
                return await self._try_out(command, actor, reader)
            case asked.ShowStory(story_id=story_id):
                return stories.whole(
                    await ask.stories.whole(tenant, story_id, team=team_of(actor.address)), reader
                )
            case asked.Why(story_id=story_id):
                return stories.reasons(await ask.stories.reasons(actor, story_id), reader)
            case asked.Feeds() | OnFeed():
                desk = FeedDesk(service=ask.feeds, changes=ask.feed_changes)
                return await desk.answer(command, actor, reader)
            case asked.Topics():
                place = await ask.subscriptions.of(actor.address)
                return subscriptions.topics(place.subscriptions, reader)

    async def _try_out(self, command: asked.TryOut, actor: Actor, reader: Reader) -> Reply:
        ask = self._services.backtest
        found = await ask.of_query(
            actor.tenant,
            command.query,
            against=actor.address,
            span=timedelta(days=command.days),
            most=MOST_TRIED,
        )
        names = await ask.feed_names(actor.tenant)
        return backtest.reply(command.query, found, names, reader, query=command.query)

    async def _settle(self, command: Matter, actor: Actor, reader: Reader) -> Reply:
        ask = self._services
        match command:
            case asked.Subscribe():
                return await self._subscribe(command, actor, reader)
            case asked.Unsubscribe():
                return await self._unsubscribe(command, actor, reader)
            case asked.Subscriptions(page=page):
                place = await ask.subscriptions.of(actor.address)
                reply = subscriptions.listed(place, reader, direct=actor.direct, page=page)
                return await self._marks.listed(reply, actor, reader)
            case asked.SubscribeForm():
                return settings.choose(await ask.subscriptions.of(actor.address), reader)
            case asked.Trial():
                return trial.reply(await ask.trial.send(actor), reader)

    async def _tell(self, command: Manner, actor: Actor, reader: Reader) -> Reply:
        service = self._services.subscriptions
        match command:
            case asked.Settings(said=said):
                return await self._told(said, actor, reader)
            case asked.Pause(hours=hours):
                until = None if hours is None else reader.now + timedelta(hours=hours)
                place = await service.set_paused(actor, paused=True, until=until)
                return subscriptions.paused(place, reader, wanted=True)
            case asked.Resume():
                place = await service.set_paused(actor, paused=False)
                return subscriptions.paused(place, reader, wanted=False)

    async def _subscribe(self, command: asked.Subscribe, actor: Actor, reader: Reader) -> Reply:
        named = Resolution() if command.query else self._catalog.resolve(command.topics)
        asks = [command.ask()] if command.query else [command.ask(topic) for topic in named.topics]
        if not asks:
            again = "subscribe {topic}" + subscriptions.options(command.ask("any").new)
            raise NoTopicError(Verb.SUBSCRIBE, named.unknown, again)
        made = await self._services.subscriptions.subscribe(actor, asks, place=command.place)
        place = await self._services.subscriptions.of(actor.address)
        return subscriptions.subscribed(made, place, named.unknown, reader, direct=actor.direct)

    async def _told(self, said: PlaceAsk, actor: Actor, reader: Reader) -> Reply:
        """Change how the place is told, where anything is said, and show it in its own words."""
        changed = said != NOTHING_SAID
        if changed:
            place = await self._services.subscriptions.settle(actor, said)
        else:
            place = await self._services.subscriptions.of(actor.address)
        here = place.destination
        if here is not None and said.locale is not None:
            reader = self.reader_for(here.zone, here.locale)
        elif here is not None:
            reader = self.reader_for(here.zone, reader.words.locale)
        return settings.settings(place, reader, changed=changed)

    async def _unsubscribe(self, command: asked.Unsubscribe, actor: Actor, reader: Reader) -> Reply:
        number = command.topics.removeprefix("#")
        ids = [SubscriptionId(int(number))] if number.isdecimal() and len(number) < 19 else []
        queries = [command.query] if command.query else []
        named = Resolution()
        if command.topics and not ids:
            named = await self._held(command.topics, actor)
        ended = await self._services.subscriptions.unsubscribe(
            actor,
            topics=named.topics,
            queries=queries,
            ids=ids,
            everything=command.everything,
        )
        return subscriptions.unsubscribed(ended, named.unknown, reader)

    async def _held(self, said: str, actor: Actor) -> Resolution:
        """The topics meant by words; one that left topics.yaml can still be ended by its id."""
        place = await self._services.subscriptions.of(actor.address)
        held = [each.wish.topic for each in place.subscriptions if each.wish.topic is not None]
        gone = [topic for topic in held if topic == said and topic not in self._catalog.ids]
        return Resolution(topics=tuple(gone)) if gone else self._catalog.resolve(said)

    def _exactly(self, said: str) -> str | None:
        """The one topic that all the words name, if they do."""
        named = self._catalog.resolve(said)
        return named.topics[0] if named.complete and len(named.topics) == 1 else None

    def _one(self, command: Command, said: str) -> str | None:
        """The topic meant by the words; none for no words. Raises NoTopicError."""
        if not said:
            return None
        topic = self._exactly(said)
        if topic is not None:
            return topic
        named = self._catalog.resolve(said)
        # Several topics where one is asked for: each of them may be the one that is meant.
        unknown = named.unknown or (UnknownTopic(words=said, nearest=named.topics),)
        raise NoTopicError(command.verb, unknown, f"{command.verb} {{topic}}")

    async def _at_home(self, actor: Actor, reader: Reader) -> Reader:
        """The reader, with the place's zone and language where the platform told none."""
        if actor.zone is not None and actor.locale is not None:
            return reader
        place = (await self._services.subscriptions.of(actor.address)).destination
        if place is None:
            return reader
        return self.reader_for(actor.zone or place.zone, actor.locale or place.locale)

    def reader_for(self, zone: str | None, locale: str | None) -> Reader:
        """Return somebody who reads in that zone and language; what is not known is the bot's own."""
        return Reader(
            words=words(locale or self._home.locale),
            zone=zone_of(zone or self._home.zone),
            now=self._clock.now(),
            catalog=self._catalog,
        )
