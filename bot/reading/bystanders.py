"""Countries that a sentence about a tariff names, and that neither set it nor are hit by it.

Whose act it answers, who is left out, who acts only in a condition, and whose people are spoken of.
Text folded by `even`.
"""

import re
from collections.abc import Collection, Sequence

from bot.reading.mentions import Mention

_REASON = re.compile(
    r"\b(?:response\sto|respuesta\sa(?:l)?|reponse\s(?:a|au|aux)|retaliat\w+\s(?:against|for)|after|despues\sde(?:l)?|apres|following|tras|over|amid)\s(?:the\s|los\s|las\s|les\s|la\s|l')*$"
)
_MOVE = re.compile(
    r"^(?:'s?)?\s(?:move|tariffs?|levies|duties|decision|measures?|action|threats?|surtax)"
)
_BUT = re.compile(
    r"\b(?:but|except(?:\sfor|ing)?|excluding|other\sthan|apart\sfrom|salvo|excepto|menos|sauf|hormis)\s(?:the\s|el\s|la\s|le\s|l')?$"
)
"""Before a name that is left out: “but”, “except for”."""


def is_reason(lead: str, tail: str) -> bool:
    """Whether a name, between the words before and after it, is left out or is who is answered."""
    return _BUT.search(lead) is not None or (
        _REASON.search(lead) is not None and _MOVE.match(tail) is not None
    )


def lead_in(text: str) -> int:
    """Return where a clause before the subject ends: "Stung by the American ban, …"; 0 without one."""
    clause = _LEAD_IN.match(text)
    return clause.end() if clause else 0


def end_of_lead_in(text: str, names: Sequence[Mention], verb: int) -> int:
    """Return where such a clause ends, if who acts is named between it and the verb; 0 otherwise."""
    end = lead_in(text)
    near = max(verb, end + _NEAR)
    acts = any(end <= name.start and name.end <= near for name in names)
    return end if acts else 0


_NEAR = 24
"""Characters in which who acts must end, where the verb that was found stands in the clause itself."""
_LEAD_IN = re.compile(
    r"(?:[a-z]+ing|[a-z]+ed|stung|hit|struck|hurt|furious|angry|after|following|in\s(?:response|answer|retaliation|reply|revenge)"
    r"|como|tras|despues|en\s(?:respuesta|represalia|desquite)|(?:molest|irritad|dolid|golpead)[oa]s?|apres|en\s(?:reponse|guise|riposte)|pique|furieu(?:x|se)|irritee?s?)\b[^,]{4,110},\s"
)
"""A clause before the subject: what was done to the one who acts."""
_CONDITION = re.compile(
    r"\b(?:if|unless|should|si|a\smenos\sque|salvo\sque|a\smoins\sque)\s[^,;:]{6,120}(?:[,;:]|$)"
)


def condition(text: str) -> tuple[int, int]:
    """Return where a clause of condition stands; an empty span where there is none."""
    found = _CONDITION.search(text)
    return found.span() if found else (0, 0)


_PEOPLE = re.compile(
    r"\s(?:[\w-]+\s)?(?:millers|producers|growers|farmers|ranchers|makers|mills|brewers|distillers|unions?|workers|consumers|lobby\w*|analysts|economists|productor\w*|agricultor\w*|fabricantes|ganaderos|industriales|sindicatos?|consumidores|producteurs|agriculteurs|fabricants|industriels|syndicats?|consommateurs)\b"
)
"""People of a country, after its name: “Italian millers” are not the goods that are hit."""
_PEOPLE_BEFORE = re.compile(
    r"\b(?:productor\w*|agricultor\w*|fabricantes|ganaderos|industriales|sindicatos?|consumidores|producteurs|agriculteurs|fabricants|industriels|syndicats?|consommateurs)\s(?:[\w'-]+\s){0,3}$"
)


def of_people(text: str, name: Mention, hit: Collection[str]) -> bool:
    """Whether a name goes with people, where it is said whose goods are hit: "Italian millers"."""
    if not hit or name.code in hit or not name.adjective:
        return False
    lead = text[max(0, name.start - 60) : name.start]
    return bool(_PEOPLE.match(text, name.end) or _PEOPLE_BEFORE.search(lead))
