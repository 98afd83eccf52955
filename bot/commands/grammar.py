"""The grammar: the words after ``/usmca`` become a command. Pure; the same on every platform.

What depends on data (which words name a topic, whether a query parses) is left as words here and
resolved in dispatch.
"""

import re
from collections.abc import Callable, Mapping

from bot.commands import verbs
from bot.commands.asked import (
    Deadlines,
    Feeds,
    Help,
    Latest,
    Parsed,
    Pause,
    Problem,
    Resume,
    Search,
    ShowStory,
    Status,
    Subscribe,
    Subscriptions,
    Topics,
    Trial,
    Unclear,
    Unknown,
    Unsubscribe,
    Why,
)
from bot.commands.verbs import Verb
from bot.domain.destination import Grouping, Level
from bot.domain.ids import StoryId

MAX_LENGTH = 2000
MAX_DAYS = 3660


_LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("everything", "all", "todo", "tout"), Level.EVERYTHING),
    **dict.fromkeys(("important", "importante", "importantes"), Level.IMPORTANT),
    **dict.fromkeys(("flash", "urgent", "urgente"), Level.FLASH),
}
_GROUPS: Mapping[str, Grouping] = {
    **dict.fromkeys(("story", "stories", "historia", "histoire"), Grouping.STORY),
    **dict.fromkeys(("entry", "entries", "entrada", "entree"), Grouping.ENTRY),
}
_ALL = frozenset({"all", "everything", "*", "todo", "todos", "tout", "tous"})

_PREFIX = re.compile(r"^\s*/?usmca\b[:,]?\s*", re.IGNORECASE)
_OPTION = re.compile(
    r"(?:^|\s)(?P<name>level|nivel|niveau|group|grupo|groupe)\s*[:=]\s*(?P<value>\S+)\s*$",
    re.IGNORECASE,
)
_QUERY = re.compile(r"^(?:query|consulta|requ[eê]te)\s*[:=]\s*", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|\s)p[aá]g(?:e|ina):(?P<number>\d{1,4})\s*$", re.IGNORECASE)
_WINDOW = re.compile(
    r"(?:^|\s)(?P<number>\d{1,9})\s*"
    r"(?P<unit>d|days?|d[ií]as?|j|jours?|w|weeks?|semanas?|semaines?|sem|m|months?|mes(?:es)?|mois"
    r"|y|years?|años?|ans?|a)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:story:|#)?\s*(?P<number>\d{1,18})(?:\s+--why)?$", re.IGNORECASE)
"""A story's number; `--why` is welcome, because the whole story says what joined each entry."""
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7, "m": 31, "y": 366, "a": 366}


def parse(text: str) -> Parsed:
    """Return the command that the words ask for; nothing at all asks for help.

    A leading ``/usmca`` is tolerated; verbs may be in English, Spanish or French.
    """
    words = _PREFIX.sub("", text, count=1).strip().removeprefix("/")
    if not words:
        return Help()
    verb, word, rest = verbs.take_verb(words)
    if verb is None:
        word, words = word[:80], words[:MAX_LENGTH]
        return Unknown(word=word, nearest=verbs.nearest(word), text=words)
    if len(rest) > MAX_LENGTH:
        return Unclear(verb=verb, problem=Problem.TOO_LONG)
    return _PARSERS[verb](rest)


def _help(rest: str) -> Parsed:
    if not rest:
        return Help()
    verb, word, _ = verbs.take_verb(rest.removeprefix("/"))
    if verb is None:
        return Unknown(word=word[:80], nearest=verbs.nearest(word[:80]), text=rest)
    return Help(about=verb)


def _latest(rest: str) -> Parsed:
    topic, page = _take_page(rest)
    return Latest(topic=topic, page=page)


def _search(rest: str) -> Parsed:
    query, page = _take_page(rest)
    if not query:
        return Unclear(verb=Verb.SEARCH, problem=Problem.NEEDS_WORDS)
    return Search(query=query.translate(_STRAIGHT), page=page)


def _subscribe(rest: str) -> Parsed:
    rest, options = _take_options(rest)
    level, group = Level.EVERYTHING, Grouping.STORY
    for name, value in options:
        if name[0] in "ln":
            if value not in _LEVELS:
                return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NO_LEVEL, word=value)
            level = _LEVELS[value]
        else:
            if value not in _GROUPS:
                return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NO_GROUP, word=value)
            group = _GROUPS[value]
    query = _take_query(rest)
    if query is not None:
        if not query:
            return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NEEDS_QUERY)
        return Subscribe(query=query, level=level, group=group)
    first, _, last = rest.rpartition(" ")
    if not options and first and verbs.fold(last) in _LEVELS:
        rest, level = first.strip(), _LEVELS[verbs.fold(last)]
    if not rest:
        return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NEEDS_TOPIC)
    return Subscribe(topics=rest, level=level, group=group)


def _unsubscribe(rest: str) -> Parsed:
    query = _take_query(rest)
    if query is not None:
        if not query:
            return Unclear(verb=Verb.UNSUBSCRIBE, problem=Problem.NEEDS_QUERY)
        return Unsubscribe(query=query)
    if not rest:
        return Unclear(verb=Verb.UNSUBSCRIBE, problem=Problem.NEEDS_TOPIC)
    return Unsubscribe(everything=True) if verbs.fold(rest) in _ALL else Unsubscribe(topics=rest)


def _deadlines(rest: str) -> Parsed:
    rest, page = _take_page(rest)
    found = _WINDOW.search(rest)
    if found is None:
        return Deadlines(topic=rest, page=page)
    days = int(found["number"]) * _DAYS[verbs.fold(found["unit"])[0]]
    if not 0 < days <= MAX_DAYS:
        word = found.group().strip()
        return Unclear(verb=Verb.DEADLINES, problem=Problem.NO_WINDOW, word=word)
    return Deadlines(topic=rest[: found.start()].strip(), days=days, page=page)


def _story(rest: str) -> Parsed:
    number = _story_id(rest)
    if number is None:
        return _no_story(Verb.STORY, rest)
    return ShowStory(story_id=number)


def _no_story(verb: Verb, rest: str) -> Unclear:
    problem = Problem.NEEDS_NUMBER if rest else Problem.NO_NUMBER
    return Unclear(verb=verb, problem=problem, word=rest[:80])


def _why(rest: str) -> Parsed:
    number = _story_id(rest)
    if number is None:
        return _no_story(Verb.WHY, rest)
    return Why(story_id=number)


_PARSERS: Mapping[Verb, Callable[[str], Parsed]] = {
    Verb.STATUS: lambda rest: Status(topic=rest),
    Verb.LATEST: _latest,
    Verb.SEARCH: _search,
    Verb.STORY: _story,
    Verb.WHY: _why,
    Verb.DEADLINES: _deadlines,
    Verb.TOPICS: lambda _: Topics(),
    Verb.SUBSCRIBE: _subscribe,
    Verb.UNSUBSCRIBE: _unsubscribe,
    Verb.SUBSCRIPTIONS: lambda _: Subscriptions(),
    Verb.PAUSE: lambda _: Pause(),
    Verb.RESUME: lambda _: Resume(),
    Verb.FEEDS: lambda _: Feeds(),
    Verb.TEST: lambda _: Trial(),
    Verb.HELP: _help,
}


def _take_page(rest: str) -> tuple[str, int]:
    found = _PAGE.search(rest)
    if found is None:
        return rest, 1
    return rest[: found.start()].strip(), max(1, int(found["number"]))


def _take_options(rest: str) -> tuple[str, list[tuple[str, str]]]:
    options: list[tuple[str, str]] = []
    while found := _OPTION.search(rest):
        options.append((found["name"].lower(), verbs.fold(found["value"].strip("\"'“”"))))
        rest = rest[: found.start()].strip()
    return rest, options


def _take_query(rest: str) -> str | None:
    """Return the query after ``query:`` without the quotes around it; None where there is none.

    Only quotes that enclose the whole are taken off: ``"steel" OR "aluminum"`` keeps its own.
    """
    found = _QUERY.match(rest)
    if found is None:
        return None
    query = rest[found.end() :].translate(_STRAIGHT).strip()
    if len(query) >= 2 and query[0] == query[-1] == '"':
        inside = query[1:-1]
        whole = inside.replace('\\"', "")
        if '"' not in whole or (whole[0] == whole[-1] == '"'):
            return inside.replace('\\"', '"').strip()
    return query


def _story_id(rest: str) -> StoryId | None:
    found = _NUMBER.match(rest.strip())
    return None if found is None else StoryId(int(found["number"]))
