"""From a command about an alert or a deadline to its reply."""

import datetime as dt
from dataclasses import dataclass

from bot.commands import asked_marks as asked
from bot.commands.asked import Problem, Unclear
from bot.commands.asked_marks import MarkCommand, OnAlert, OnTopics, OnTrace
from bot.commands.exchange import Reply
from bot.commands.reader import Reader
from bot.commands.replies import deadline_marks, feedback, marks, problems, traces
from bot.domain.actor import Actor
from bot.ports import Clock, Store
from bot.reading.catalog import Resolution, TopicCatalog
from bot.reading.catalog import Unknown as UnknownTopic
from bot.record.timeline import OfRecord
from bot.services.deadline_marks import DeadlineMarkService
from bot.services.feedback import FeedbackService
from bot.services.feeds import FeedService
from bot.services.follows import FollowService
from bot.services.home import Home
from bot.services.mutes import MuteService
from bot.services.permissions import Policy
from bot.services.why_not import WhyNotService

_LONGEST = dt.timedelta(days=3661)
"""The longest a topic is muted for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkServices:
    """What these commands ask."""

    follows: FollowService
    mutes: MuteService
    feedback: FeedbackService
    deadlines: DeadlineMarkService
    why_not: WhyNotService

    @classmethod
    def over(
        cls,
        store: Store,
        clock: Clock,
        feeds: FeedService,
        *,
        record: OfRecord,
        policy: Policy | None = None,
        home: Home | None = None,
    ) -> "MarkServices":
        """Make all of them over one store."""
        return cls(
            follows=FollowService(store, clock, home=home),
            mutes=MuteService(store, clock, policy, home=home),
            feedback=FeedbackService(store, clock),
            deadlines=DeadlineMarkService(store, clock, record=record, policy=policy),
            why_not=WhyNotService(store, feeds),
        )


class MarkDesk:
    """Answers the commands of `asked_marks`; holds no state between them."""

    def __init__(self, services: MarkServices, catalog: TopicCatalog) -> None:
        self._services = services
        self._catalog = catalog

    async def answer(self, command: MarkCommand, actor: Actor, reader: Reader) -> Reply:
        """Return the reply. Raises InvalidInputError and NotAllowedError."""
        if isinstance(command, OnTopics):
            return await self._on_topics(command, actor, reader)
        if isinstance(command, OnTrace):
            return await self._on_trace(command, actor, reader)
        return await self._on_alert(command, actor, reader)

    async def _on_alert(self, command: OnAlert, actor: Actor, reader: Reader) -> Reply:
        ask = self._services
        match command:
            case asked.Follow(story_id=story_id):
                return marks.followed(await ask.follows.follow(actor, story_id), reader)
            case asked.Unfollow(story_id=story_id):
                return marks.unfollowed(await ask.follows.unfollow(actor, story_id), reader)
            case asked.Judge(mark=mark, story_id=story_id, reason=reason):
                judged = await ask.feedback.judge(actor, story_id, mark, reason)
                return marks.judged(judged, reader)
            case asked.Check(story_id=story_id, page=page):
                found = await ask.deadlines.of_story(actor, story_id)
                return deadline_marks.check(found, page, reader)
            case asked.OneDeadline():
                return await self._on_deadline(command, actor, reader)

    async def _on_deadline(self, command: asked.OneDeadline, actor: Actor, reader: Reader) -> Reply:
        ask, name, act = self._services.deadlines, command.name, command.act
        if isinstance(name, int):
            shown = await (ask.one(actor, name) if act is None else ask.settle(actor, name, act))
            return deadline_marks.one(shown, reader)
        found = await (
            ask.of_record(actor, name) if act is None else ask.settle_of_record(actor, name, act)
        )
        return deadline_marks.one_of_record(name, found, reader)

    async def listed(self, reply: Reply, actor: Actor, reader: Reader) -> Reply:
        """Return the list of subscriptions with the place's mutes and the person's follows."""
        mutes = await self._services.mutes.of(actor)
        stories = await self._services.follows.of(actor) if actor.direct else []
        return marks.with_marks(reply, mutes, stories, reader)

    async def _on_trace(self, command: OnTrace, actor: Actor, reader: Reader) -> Reply:
        ask = self._services.why_not
        match command:
            case asked.ShowDeliveries(page=page):
                return traces.deliveries(await ask.deliveries(actor, page), reader)
            case asked.WhyNot(about=about):
                if isinstance(about, str):
                    return traces.why_not(await ask.of_url(actor, about), reader)
                return traces.why_not(await ask.of_story(actor, about), reader)

    async def _on_topics(self, command: OnTopics, actor: Actor, reader: Reader) -> Reply:
        match command:
            case asked.ShowFeedback():
                return await self._feedback(command, actor, reader)
            case asked.MuteTopics():
                return await self._mute(command, actor, reader)
            case asked.UnmuteTopics():
                return await self._unmute(command, actor, reader)

    async def _feedback(self, command: asked.ShowFeedback, actor: Actor, reader: Reader) -> Reply:
        topic = None
        if command.topic:
            named = self._catalog.resolve(command.topic)
            if not named.complete or len(named.topics) != 1:
                return _unknown(command, named, command.topic, reader)
            (topic,) = named.topics
        ask = self._services.feedback
        found = await ask.overview(actor, topic)
        suggestions = await ask.suggestions(actor, topic) if found.all.noise else ()
        return feedback.reply(found, suggestions, topic, reader)

    async def _mute(self, command: asked.MuteTopics, actor: Actor, reader: Reader) -> Reply:
        named = self._catalog.resolve(command.topics)
        if not named.complete:
            return _unknown(command, named, command.topics, reader)
        until = _until(command, reader)
        if until is not None and not reader.now < until < reader.now + _LONGEST:
            word = str(command.day or command.span)
            wrong = Unclear(verb=command.verb, problem=Problem.NO_UNTIL, word=word)
            return problems.unclear(wrong, reader)
        done = await self._services.mutes.mute(actor, named.topics, until=until)
        return marks.muted(done, reader)

    async def _unmute(self, command: asked.UnmuteTopics, actor: Actor, reader: Reader) -> Reply:
        said = command.topics
        held = {mute.topic for mute in await self._services.mutes.of(actor)}
        # a topic that left topics.yaml can still be unmuted by its id
        named = Resolution(topics=(said,)) if said in held else self._catalog.resolve(said)
        if not named.complete:
            return _unknown(command, named, said, reader)
        return marks.unmuted(await self._services.mutes.unmute(actor, named.topics), reader)


def _unknown(command: MarkCommand, named: Resolution, said: str, reader: Reader) -> Reply:
    unknown = named.unknown or (UnknownTopic(words=said, nearest=named.topics),)
    return problems.no_topic(command.verb, unknown, f"{command.verb} {{topic}}", reader)


def _until(command: asked.MuteTopics, reader: Reader) -> dt.datetime | None:
    """When the mute ends; a day begins at midnight where the person lives."""
    if command.span is not None:
        return reader.now + command.span
    if command.day is None:
        return None
    return dt.datetime.combine(command.day, dt.time(0), tzinfo=reader.zone)
