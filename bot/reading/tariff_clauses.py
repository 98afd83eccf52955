"""Sentences that tell of two tariffs, each with a verb of its own.

"Washington raised its tariff on textiles to 50% and lowered its tariff on cars to 15%" tells of a
rise and of a cut; each half is read by itself. A half that names no one who acts has the subject of
the half before.
"""

import re

from bot.reading.alternation import Words
from bot.reading.tariff_words import TARIFF

_JOINT = re.compile(r",?\s(?:and|but|while|whereas|y|e|pero|mientras|et|mais|tandis\sque)\s")
_VERB = (
    r"(?:will\s|has\s|have\s|would\s)?(?:rais|lower|cut|remov|scrapp|impos|set|slapp|exempt|suspend|hik|doubl|tripl|reduc|dropp?|put|lift|eliminat|paus|increas|levi|trimm|halv|slash|boost|repeal|charg|hit|spar)(?:e|es|s|ed|ing|ped)?\b"
    r"|(?:sub|baj|elev|redu|elimin|imp|fij|suspend|exent|exim|retir|aument|aplic|grav|duplic|recort|rebaj|quit|cobr)(?:io|o|jo|uso|ieron|aron|jeron|usieron|ira|ara|iran|aran|a|e|en|an|ce|cen|ira|one|onen|ondra|ondran)\b"
    r"|(?:(?:a|ont)\s)?(?:relev|abaiss|redui|supprim|impos|suspend|exempt|port|hauss|doubl|elimin|lev|retir|augment|baiss|fix|appliqu|tax)(?:e|ent|t|ra|era|eront|u|sent|sait|ront)?\b"
)
_STARTS = Words(rf"\b(?:{_VERB})")
SUBJECT = 40
"""Characters that the subject of a half can take before its verb."""


def split(text: str) -> list[tuple[int, int]]:
    """Return the halves of a folded sentence as (start, end); one where it tells of one tariff."""
    # each half holds a percentage of its own
    if text.count("%") + text.count("cent") + text.count("cient") < 2:
        return [(0, len(text))]
    edges = [0]
    for joint in _JOINT.finditer(text):
        if _tells(text, edges[-1], joint.start()) and _tells(text, joint.end(), len(text)):
            verb = _STARTS.search(text, joint.end(), joint.end() + SUBJECT)
            if verb is not None and _is_subject(text[joint.end() : verb.start()]):
                edges.append(joint.end())
    return list(zip(edges, [*edges[1:], len(text)], strict=True))


def leaves_out_subject(half: str) -> bool:
    """Whether a half begins with its verb, or with a pronoun, so that who acts stands before."""
    verb = _STARTS.search(half, 0, SUBJECT)
    return verb is not None and _PRONOUN.fullmatch(half[: verb.start()]) is not None


_PRONOUN = re.compile(
    r"\s*(?:(?:it|they|then|also|in\sturn|luego|tambien|il|elle|aussi|ensuite)\s)*"
)


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a part holds a percentage, a tariff and a verb that changes it."""
    part = text[start:end]
    return (
        ("%" in part or "cent" in part or "cient" in part)
        and TARIFF.search(part) is not None
        and _STARTS.search(part) is not None
    )


_SUBJECT = re.compile(
    r"(?:(?:the|el|la|los|le|les|l'|in\sturn|then|also|luego|ensuite)\s?)*(?:[\w.'-]+\s){0,3}"
)
_OTHER_WORDS = re.compile(r"[%,]|\d|\b(?:on|of|to|at|for|from|sobre|de|a|al|sur|du|des|que|that)\b")


def _is_subject(words: str) -> bool:
    return _SUBJECT.fullmatch(words) is not None and _OTHER_WORDS.search(words) is None
