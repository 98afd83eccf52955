"""The part of the grammar that says what a place gets, and when and how it is told. Pure."""

import re
from collections.abc import Callable, Mapping

from bot.commands import said, verbs
from bot.commands.asked import (
    Parsed,
    Pause,
    Problem,
    Settings,
    Subscribe,
    SubscribeForm,
    Unclear,
    Unsubscribe,
)
from bot.commands.verbs import Verb
from bot.services import exchange_file, options
from bot.services.options import OptionError

MAX_DAYS = 366
_ALL = frozenset({"all", "everything", "*", "todo", "todos", "tout", "tous"})
_QUERY = re.compile(r"^(?:query|consulta|requ[eê]te)\s*[:=]\s*", re.IGNORECASE)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_SPAN = re.compile(
    r"(?P<number>\d{1,6})\s*(?P<unit>h|hours?|horas?|heures?|d|days?|d[ií]as?|j|jours?"
    r"|w|weeks?|semanas?|semaines?)",
    re.IGNORECASE,
)
_BARE: Mapping[str, Callable[[str], object]] = {"level": options.level, "when": options.when}
"""What may stand without its name behind the topics."""
_HOURS = {"h": 1, "d": 24, "j": 24, "w": 168, "s": 168}


def subscribe(rest: str) -> Parsed:
    """Read ``<topic…> [level: …] [when: …] …`` or ``query: "…" …``; nothing asks for the form."""
    if not rest:
        return SubscribeForm()
    rest, given = said.take(rest, said.OF_SUBSCRIBE)
    query = take_query(rest)
    if query == "":
        return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NEEDS_QUERY)
    if query is None:
        rest, bare = _take_bare(rest, set(given))
        given |= bare
        if not rest:
            return Unclear(verb=Verb.SUBSCRIBE, problem=Problem.NEEDS_TOPIC)
    try:
        ask = exchange_file.ask_of({**given, "query": query or "*"})
        place = exchange_file.place_of(given)
    except OptionError as error:
        return _unclear(Verb.SUBSCRIBE, error)
    return Subscribe(
        topics="" if query else rest,
        query=query or "",
        level=ask.level,
        group=ask.group,
        when=ask.when,
        langs=ask.langs,
        sources=ask.sources,
        mention=ask.mention,
        no_mention=ask.no_mention,
        place=place,
    )


def unsubscribe(rest: str) -> Parsed:
    """Read ``<topic…|number|query: …|all>``."""
    query = take_query(rest)
    if query is not None:
        if not query:
            return Unclear(verb=Verb.UNSUBSCRIBE, problem=Problem.NEEDS_QUERY)
        return Unsubscribe(query=query)
    if not rest:
        return Unclear(verb=Verb.UNSUBSCRIBE, problem=Problem.NEEDS_TOPIC)
    everything = verbs.fold(rest) in _ALL
    return Unsubscribe(everything=True) if everything else Unsubscribe(topics=rest)


def settings(rest: str) -> Parsed:
    """Read ``[zone] [locale: …] [quiet: …] …``; a zone may stand without its name."""
    rest, given = said.take(rest, said.OF_PLACE)
    if rest and (":" in rest or "zone" in given):
        return Unclear(verb=Verb.SETTINGS, problem=Problem.NO_SETTING, word=rest[:80])
    if rest:
        given["zone"] = rest
    try:
        return Settings(said=exchange_file.place_of(given))
    except OptionError as error:
        return _unclear(Verb.SETTINGS, error)


def pause(rest: str) -> Parsed:
    """Read ``[3d|12h|2 weeks]``."""
    if not rest:
        return Pause()
    found = _SPAN.fullmatch(rest.strip())
    hours = int(found["number"]) * _HOURS[verbs.fold(found["unit"])[0]] if found else 0
    if not 0 < hours <= MAX_DAYS * 24:
        return Unclear(verb=Verb.PAUSE, problem=Problem.NO_SPAN, word=rest[:80])
    return Pause(hours=hours)


def take_query(rest: str) -> str | None:
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


def _take_bare(rest: str, given: set[str]) -> tuple[str, dict[str, str]]:
    """Return the words without a level and a rhythm at their end, and these: ``autos flash daily@08:00``."""
    found: dict[str, str] = {}
    while True:
        first, _, last = rest.rpartition(" ")
        names = (name for name in _BARE if name not in given | found.keys())
        name = next((name for name in names if first and _means(name, last)), None)
        if name is None:
            return rest, found
        rest, found[name] = first.strip(), last


def _means(name: str, word: str) -> bool:
    try:
        _BARE[name](word)
    except OptionError:
        return False
    return True


def _unclear(verb: Verb, error: OptionError) -> Unclear:
    problem = Problem(str(error.problem))
    return Unclear(
        verb=verb, problem=problem, word=error.word, nearest=error.nearest, option=error.option
    )
