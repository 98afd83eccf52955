"""The grammar: the words after ``/usmca`` become a command. Pure; the same on every platform.

What depends on data (which words name a topic, whether a query parses) is left as words here and
resolved in dispatch.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from bot.commands import grammar_feeds, grammar_tariffs, verbs
from bot.commands import grammar_marks as marks
from bot.commands import grammar_subscriptions as subscriptions
from bot.commands.asked import (
    Deadlines,
    Help,
    Latest,
    Parsed,
    Problem,
    Resume,
    Search,
    ShowStory,
    Status,
    Subscriptions,
    Topics,
    Trial,
    TryOut,
    Unclear,
    Unknown,
    Why,
)
from bot.commands.verbs import Verb
from bot.domain.ids import StoryId
from bot.domain.marks import Mark

MAX_LENGTH = 2000
MAX_DAYS = 3660

_PREFIX = re.compile(r"^\s*/?usmca\b[:,]?\s*", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|\s)p[aá]g(?:e|ina):(?P<said>\S*)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,4}")
_PAGED = frozenset(
    {
        *(Verb.LATEST, Verb.DEADLINES, Verb.CHECK, Verb.TARIFFS, Verb.SUBSCRIPTIONS),
        *(Verb.DELIVERIES, Verb.FEEDS),
    }
)
"""What has pages and takes no query, in which a word like ``page:`` may be a field's."""
_WINDOW = re.compile(
    r"(?:^|\s)(?P<number>\d{1,9})\s*"
    r"(?P<unit>d|days?|d[ií]as?|j|jours?|w|weeks?|semanas?|semaines?|sem|m|months?|mes(?:es)?|mois"
    r"|y|years?|años?|ans?|a)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:story:|#)?\s*(?P<number>\d{1,18})(?:\s+--why)?$", re.IGNORECASE)
"""A story's number; `--why` is welcome, because the whole story says what joined each entry."""
_DATE = re.compile(r"(?:^|\s)(?P<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?=\s|$)")
_DIGESTS = frozenset({"digest", "digests", "resumen", "resumenes", "recapitulatif"})
"""When a place gets one is said where it subscribes."""
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
    if verb is None and verbs.fold(word) in _DIGESTS:
        return Help(about=Verb.SUBSCRIBE)
    if verb is None:
        word, words = word[:80], words[:MAX_LENGTH]
        return Unknown(word=word, nearest=verbs.nearest(word), text=words)
    if len(rest) > MAX_LENGTH:
        return Unclear(verb=verb, problem=Problem.TOO_LONG)
    odd = _odd_page(rest) if verb in _PAGED else None
    if odd is not None:
        return Unclear(verb=verb, problem=Problem.NO_PAGE, word=odd[:80])
    return _PARSERS[verb](rest)


def _help(rest: str) -> Parsed:
    if not rest:
        return Help()
    verb, word, _ = verbs.take_verb(rest.removeprefix("/"))
    if verb is None and verbs.fold(word) in _DIGESTS:
        return Help(about=Verb.SUBSCRIBE)
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


def _backtest(rest: str) -> Parsed:
    found = _WINDOW.search(rest)
    days = 180
    if found is not None:
        days = int(found["number"]) * _DAYS[verbs.fold(found["unit"])[0]]
        rest = rest[: found.start()].strip()
        if not 0 < days <= MAX_DAYS:
            word = found.group().strip()
            return Unclear(verb=Verb.BACKTEST, problem=Problem.NO_PAST, word=word)
    query = subscriptions.take_query(rest)
    query = rest.translate(_STRAIGHT) if query is None else query
    if not query:
        return Unclear(verb=Verb.BACKTEST, problem=Problem.NEEDS_WORDS)
    return TryOut(query=query, days=days)


def _deadlines(rest: str) -> Parsed:
    rest, page = _take_page(rest)
    if dated := _DATE.search(rest):
        return Unclear(verb=Verb.DEADLINES, problem=Problem.NO_WINDOW, word=dated["date"])
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
        return marks.no_number(Verb.STORY, rest)
    return ShowStory(story_id=number)


def _why(rest: str) -> Parsed:
    number = _story_id(rest)
    if number is None:
        return marks.no_number(Verb.WHY, rest)
    return Why(story_id=number)


_PARSERS: Mapping[Verb, Callable[[str], Parsed]] = {
    Verb.STATUS: lambda rest: Status(topic=rest),
    Verb.LATEST: _latest,
    Verb.SEARCH: _search,
    Verb.STORY: _story,
    Verb.WHY: lambda rest: marks.instead_of_why(rest) or _why(rest),
    Verb.WHY_NOT: marks.why_not,
    Verb.FOLLOW: lambda rest: marks.follow(rest) or subscriptions.subscribe(rest),
    Verb.UNFOLLOW: lambda rest: marks.unfollow(rest) or subscriptions.unsubscribe(rest),
    Verb.USEFUL: partial(marks.judge, Verb.USEFUL, Mark.USEFUL),
    Verb.NOISE: partial(marks.judge, Verb.NOISE, Mark.NOISE),
    Verb.WRONG: partial(marks.judge, Verb.WRONG, Mark.WRONG),
    Verb.FEEDBACK: marks.feedback,
    Verb.DELIVERIES: marks.deliveries,
    Verb.DEADLINES: _deadlines,
    Verb.CHECK: marks.check,
    Verb.DEADLINE: lambda rest: marks.deadline(rest) or _deadlines(rest),
    Verb.TARIFFS: lambda rest: grammar_tariffs.parse(*_take_page(rest)),
    Verb.TOPICS: lambda _: Topics(),
    Verb.SUBSCRIBE: subscriptions.subscribe,
    Verb.UNSUBSCRIBE: subscriptions.unsubscribe,
    Verb.SUBSCRIPTIONS: lambda rest: Subscriptions(page=_take_page(rest)[1]),
    Verb.BACKTEST: _backtest,
    Verb.SETTINGS: subscriptions.settings,
    Verb.PAUSE: subscriptions.pause,
    Verb.RESUME: lambda _: Resume(),
    Verb.MUTE: lambda rest: marks.mute(rest) or _PARSERS[Verb.PAUSE](rest),
    Verb.UNMUTE: lambda rest: marks.unmute(rest) or Resume(),
    Verb.FEEDS: lambda rest: grammar_feeds.parse(*_take_page(rest)),
    Verb.TEST: lambda _: Trial(),
    Verb.HELP: _help,
}


def _odd_page(rest: str) -> str | None:
    """Return what is written for a page and is no number, such as ``page:x``."""
    found = _PAGE.search(rest)
    if found is None or _PAGE_NUMBER.fullmatch(found["said"]):
        return None
    return found.group().strip()


def _take_page(rest: str) -> tuple[str, int]:
    found = _PAGE.search(rest)
    if found is None or not _PAGE_NUMBER.fullmatch(found["said"]):
        return rest, 1
    return f"{rest[: found.start()]}{rest[found.end() :]}".strip(), max(1, int(found["said"]))


def _story_id(rest: str) -> StoryId | None:
    found = _NUMBER.match(rest.strip())
    return None if found is None else StoryId(int(found["number"]))
