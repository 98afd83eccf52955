"""The part of the grammar about alerts and deadlines. Pure.

Several of these verbs are also said of something else (``follow autos`` subscribes, a bare ``mute``
pauses): a function returns None where the words are not for it.
"""

import datetime as dt
import re
from collections.abc import Mapping

from bot.alerts import days
from bot.commands import verbs
from bot.commands.asked import Parsed, Problem, Unclear
from bot.commands.asked_marks import (
    Check,
    Follow,
    Judge,
    MuteTopics,
    OneDeadline,
    ShowDeliveries,
    ShowFeedback,
    Unfollow,
    UnmuteTopics,
    WhyNot,
)
from bot.commands.verbs import Verb
from bot.domain.ids import DeadlineId, RecordId, StoryId
from bot.domain.marks import Mark
from bot.services.deadline_marks import Act

MAX_MUTE_DAYS = 3660

_NUMBERED = re.compile(r"^(?:story:|#)?\s*(?P<number>\d{1,18})(?:\s+|$)(?P<rest>.*)$", re.DOTALL)
_CODED = re.compile(
    r"^#?\s*(?P<code>r[0-9a-f]{6})(?:\s+|$)(?P<rest>.*)$", re.DOTALL | re.IGNORECASE
)
_PAGE = re.compile(r"^p[aá]g(?:e|ina):(?P<number>\d{1,4})$", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:^|\s)(?:for\s+|por\s+|durante\s+|pendant\s+)?(?P<number>\d{1,6})\s*"
    r"(?P<unit>h|hours?|horas?|heures?|d|days?|d[ií]as?|j|jours?|w|weeks?|semanas?|semaines?|sem"
    r"|m|months?|mes(?:es)?|mois)\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:^|\s)(?:until|till|hasta|jusqu['’](?:au|à|a)|jusque)\s*(?:el\s+|le\s+)?:?\s*(?P<day>.*?)\s*$",
    re.IGNORECASE,
)
_HOURS = {"h": 1, "d": 24, "j": 24, "w": 168, "s": 168, "m": 744}

_ACTS: Mapping[str, Act] = {
    **dict.fromkeys(
        ("confirm", "confirmed", "right", "confirmar", "confirma", "confirmer", "confirme"),
        Act.CONFIRM,
    ),
    **dict.fromkeys(
        ("dismiss", "dismissed", "wrong", "descartar", "descarta", "ecarter", "ecarte", "rejeter"),
        Act.DISMISS,
    ),
    **dict.fromkeys(
        ("handled", "handle", "done", "atendido", "hecho", "listo", "traite", "fait"), Act.HANDLED
    ),
    **dict.fromkeys(("reopen", "undo", "reabrir", "rouvrir", "annuler"), Act.REOPEN),
}


def follow(rest: str) -> Parsed | None:
    """``follow 12``; other words name topics to subscribe to."""
    found = _number(rest)
    return None if found is None or found[1] else Follow(story_id=StoryId(found[0]))


def unfollow(rest: str) -> Parsed | None:
    """``unfollow 12``; other words name what to unsubscribe from."""
    found = _number(rest)
    return None if found is None or found[1] else Unfollow(story_id=StoryId(found[0]))


def judge(verb: Verb, mark: Mark, rest: str) -> Parsed:
    """``noise 12 the city of Steel``."""
    found = _number(rest)
    if found is None:
        return no_number(verb, rest)
    return Judge(verb=verb, mark=mark, story_id=StoryId(found[0]), reason=found[1])


def feedback(rest: str) -> Parsed:
    """``feedback [topic]``."""
    return ShowFeedback(topic=rest)


def mute(rest: str) -> Parsed | None:
    """``mute autos``, ``mute autos 7d``, ``mute autos until 2026-12-01``; without a topic a pause."""
    until, span = _UNTIL.search(rest), _SPAN.search(rest)
    found = until or span
    topics = rest if found is None else rest[: found.start()].strip()
    if not topics:
        return None
    if until is not None:
        day = days.read(until["day"])
        return _no_time(until["day"]) if day is None else MuteTopics(topics=topics, day=day)
    if span is None:
        return MuteTopics(topics=topics)
    hours = int(span["number"]) * _HOURS[verbs.fold(span["unit"])[0]]
    if not 0 < hours <= MAX_MUTE_DAYS * 24:
        return _no_time(span.group().strip())
    return MuteTopics(topics=topics, span=dt.timedelta(hours=hours))


def _no_time(word: str) -> Unclear:
    return Unclear(verb=Verb.MUTE, problem=Problem.NO_UNTIL, word=word[:80])


def unmute(rest: str) -> Parsed | None:
    """``unmute autos``; without a topic the place resumes."""
    return UnmuteTopics(topics=rest) if rest else None


def check(rest: str) -> Parsed:
    """``check 12``."""
    found = _number(rest)
    if found is None:
        return no_number(Verb.CHECK, rest)
    page = _PAGE.match(found[1])
    return Check(story_id=StoryId(found[0]), page=max(1, int(page["number"])) if page else 1)


def deadline(rest: str) -> Parsed | None:
    """``deadline 31``, ``deadline r3fa9c1 dismiss``; other words narrow the list of deadlines."""
    found, coded = _number(rest), _CODED.match(rest.strip())
    name: DeadlineId | RecordId
    if found is not None:
        name, said = DeadlineId(found[0]), found[1]
    elif coded is not None:
        name, said = RecordId(coded["code"].lower()), coded["rest"].strip()
    else:
        return None
    words = verbs.fold(said)
    if not words:
        return OneDeadline(name=name)
    if words not in _ACTS:
        return Unclear(verb=Verb.DEADLINE, problem=Problem.NO_SETTLING, word=said[:80])
    return OneDeadline(name=name, act=_ACTS[words])


def why_not(rest: str) -> Parsed:
    """``why not 12``, ``why not https://…``."""
    found = _number(rest)
    if found is not None:
        return WhyNot(about=StoryId(found[0]))
    url = rest.strip().strip("<>\"'").split("|")[0]
    if url.lower().startswith(("http://", "https://", "www.")):
        return WhyNot(about=url if "://" in url else f"https://{url}")
    return no_number(Verb.WHY_NOT, rest)


def instead_of_why(rest: str) -> Parsed | None:
    """``por que no 12``: ``why`` was understood first, and a word that turns it round follows."""
    word, _, left = rest.partition(" ")
    return why_not(left.strip()) if verbs.fold(word) in ("not", "no", "pas") else None


def deliveries(rest: str) -> Parsed:
    """``deliveries``, ``deliveries page:2``."""
    page = _PAGE.match(rest)
    return ShowDeliveries(page=max(1, int(page["number"])) if page else 1)


def _number(rest: str) -> tuple[int, str] | None:
    """The number the words begin with, and what follows; None where they begin otherwise."""
    found = _NUMBERED.match(rest.strip())
    return None if found is None else (int(found["number"]), found["rest"].strip())


def no_number(verb: Verb, rest: str) -> Unclear:
    """Return the answer to a verb whose words, `rest`, begin with no number."""
    problem = Problem.NEEDS_NUMBER if rest else Problem.NO_NUMBER
    return Unclear(verb=verb, problem=problem, word=rest[:80])
