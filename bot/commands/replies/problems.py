"""The replies to what cannot be followed: they say what would be right."""

from bot.alerts.truncate import clip
from bot.commands.asked import Unclear, Unknown
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.subscriptions import nearest_choices, not_understood
from bot.commands.verbs import MARK_VERBS, Verb
from bot.commands.wording import HelpWords
from bot.errors import BotError
from bot.reading.catalog import Unknown as UnknownTopic
from bot.reading.query_errors import QueryError
from bot.services.deadline_marks import NoDeadlineError
from bot.services.follows import MAX_FOLLOWS, TooManyFollowsError
from bot.services.permissions import ChannelLockedError, FeedsHiddenError
from bot.services.stories import NoStoryError
from bot.services.subscriptions import MAX_FROM_CHAT, TooManyError

_WORD = 60
_OF_TOPIC: tuple[Verb, ...] = (Verb.STATUS, Verb.LATEST, Verb.DEADLINES, Verb.SUBSCRIBE)
"""What a topic alone may have meant."""
_NEEDS_MORE = (
    frozenset({Verb.SEARCH, Verb.STORY, Verb.WHY, Verb.SUBSCRIBE, Verb.UNSUBSCRIBE}) | MARK_VERBS
)
"""Verbs a button cannot run alone: it shows how they are written."""


def unknown_verb(found: Unknown, topic: str | None, reader: Reader) -> Reply:
    """Answer a verb nobody knows: with what a topic can be asked for, or with the nearest verbs."""
    words, usage = reader.words.problem, reader.words.help
    if topic is not None:
        verbs = _OF_TOPIC
        title = words.is_topic.format(topic=reader.topic(topic))
        commands = [f"{usage.name(verb)} {topic}" for verb in verbs]
    else:
        verbs = found.nearest or (Verb.HELP,)
        title = words.unknown.format(word=clip(found.word, _WORD))
        commands = [
            usage.name(verb) if verb not in _NEEDS_MORE else _about(verb, usage) for verb in verbs
        ]
    lines = tuple(Line(text=usage.usage[verb], note=usage.gives[verb]) for verb in verbs)
    heading = words.nearest if topic is None and found.nearest else ""
    return Reply(
        command="help",
        ok=False,
        title=title,
        sections=(Section(heading=heading, lines=lines),),
        actions=tuple(
            Choice(label=usage.name(verb), command=command)
            for verb, command in zip(verbs, commands, strict=True)
        ),
    )


def _about(verb: Verb, usage: HelpWords) -> str:
    """Return the command that tells more of a verb."""
    return f"{usage.name(Verb.HELP)} {usage.name(verb)}"


def unclear(found: Unclear, reader: Reader) -> Reply:
    """Answer a command whose verb was understood, and the rest not."""
    words, usage = reader.words.problem, reader.words.help
    near = [f"“{spelling}”" for spelling in found.nearest]
    lines = [Line(text=f"{words.nearest} {', '.join(near)}")] if near else []
    lines.append(Line(text=words.usage.format(usage=usage.usage[found.verb])))
    if found.verb in usage.examples:
        lines.append(Line(text=usage.example.format(example=usage.examples[found.verb])))
    return Reply(
        command=str(found.verb),
        ok=False,
        title=words.problems[found.problem].format(word=clip(found.word, _WORD)),
        sections=(Section(lines=tuple(lines)),),
        actions=(Choice(label=_about(found.verb, usage), command=_about(found.verb, usage)),),
        field=found.option,
    )


def no_topic(verb: Verb, unknown: tuple[UnknownTopic, ...], command: str, reader: Reader) -> Reply:
    """Answer words that name no topic; `command` holds ``{topic}`` for each that may be meant."""
    choices = nearest_choices(unknown, reader, command)
    topics = Choice(label=reader.words.subscription.topics, command="topics")
    return Reply(
        command=str(verb),
        ok=False,
        sections=not_understood(unknown, reader),
        actions=(*choices, topics),
    )


def refused(verb: Verb, error: BotError, reader: Reader) -> Reply:
    """Answer what a service refused, in the reader's words where we have them.

    The sentence is a line, not the title: titles have little room on some platforms.
    """
    said = _said_of_query(error, reader) if isinstance(error, QueryError) else _said(error, reader)
    sentences = said.splitlines()
    lines = tuple(Line(text=sentence) for sentence in sentences)
    return Reply(command=str(verb), ok=False, sections=(Section(lines=lines),))


def _said(error: BotError, reader: Reader) -> str:
    words = reader.words.problem
    match error:
        case ChannelLockedError(who=who):
            return words.locked[who]
        case FeedsHiddenError():
            return words.feeds_hidden
        case NoStoryError(story_id=story_id):
            return words.no_story.format(id=story_id)
        case NoDeadlineError() | TooManyFollowsError():
            return _said_of_marks(error, reader)
        case TooManyError():
            return words.too_many.format(n=MAX_FROM_CHAT)
        case _:
            return str(error)


def _said_of_query(error: QueryError, reader: Reader) -> str:
    ways = reader.words.problem.query
    if ways is None:
        return str(error)
    at_a_place, without = ways
    said = without if error.position is None else at_a_place
    return said.format(position=error.position, better=error.better)


def _said_of_marks(error: NoDeadlineError | TooManyFollowsError, reader: Reader) -> str:
    words = reader.words.mark
    if isinstance(error, NoDeadlineError):
        return words.no_deadline.format(id=error.name)
    return words.too_many_follows.format(n=MAX_FOLLOWS)
