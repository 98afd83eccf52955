"""What the words right beside a date say by themselves: "the September 29 hearing", "a May 5 deadline"."""

import re

from bot.domain.reading import DeadlineKind
from bot.reading.bonds import Site
from bot.reading.deadline_subjects import SUBJECTS, Subject

_NOUN_AFTER = re.compile(
    r"^,?\s(?:public\s|staff\s|(?:habra|hay|se\scelebrara)\s(?:una\s|la\s)?|(?:se\stiendra|aura\slieu)\s(?:une\s|l'))?(?:(?P<hearing>hearing|audiencia|audience)|(?P<due>deadline|cut-?off|due\sdate|filing\sdate)|(?P<review>review|determination|decision)|(?P<start>effective\sdate|start\b|launch|implementation)|(?P<end>expiry|expiration|end\b|sunset))"
)
_SET_AS = re.compile(
    r"^\s(?:as|como|comme)\s(?:the\s|its\s|el\s|la\s|su\s|le\s|l'|sa\s)?(?:new\s|nuev[oa]\s|nouvelle\s)?"
    r"(?:(?P<hearing>(?:date\s(?:of|for)\sthe\s)?hearing|(?:fecha\s(?:de|para)\sla\s)?audiencia|(?:date\sde\sl')?audience)"
    r"|(?P<start>start\b|starting\s(?:date|point)|effective\sdate|launch|(?:fecha\sde\s)?(?:arranque|inicio|entrada)|(?:date\s(?:de\s|d'))?(?:debut|entree|lancement)|point\sde\sdepart)"
    r"|(?P<end>end\b|expiry|expiration|(?:fecha\sde\s)?(?:vencimiento|termino|fin)\b|(?:date\s(?:de\s|d'))?(?:fin\b|expiration)))"
)
"""What a day is set as: "fija el 1 de febrero como arranque del nuevo arancel"."""
_BY_NOUN = {
    "hearing": DeadlineKind.HEARING,
    "review": DeadlineKind.REVIEW,
    "start": DeadlineKind.EFFECTIVE,
    "end": DeadlineKind.EXPIRY,
}


def by_noun_after(site: Site) -> DeadlineKind | None:
    """What the noun right after a date says: "the September 29 hearing", "a May 5 deadline"."""
    if is_known_then(site):
        return DeadlineKind.REVIEW
    match = _NOUN_AFTER.match(site.after) or _SET_AS.match(site.after)
    if match is None or match.lastgroup is None:
        return None
    if match.lastgroup == "due":
        about = site.search(SUBJECTS[Subject.COMMENT], site.text)
        return DeadlineKind.COMMENT if about else DeadlineKind.COMPLIANCE
    return _BY_NOUN[match.lastgroup]


_KNOWN_THEN = re.compile(
    r"\b(?:learns?|know|find\sout|hear)\s(?:on\s|by\s)?\|\s?whether\s"
    r"|\b(?:sabra[n]?|sabremos|conocera|definira|saura|sauront|connaitr\w+|dira|diran|diront|decidira|anunciara|informara|annoncera|precisera|confirmera|tranchera)\s(?:el\s|le\s)?\|\s?s(?:i\s|'ils?\s)"
    r"|\|\s?(?:se\s)?(?:sabra[n]?|sabremos|conocera|definira)\ssi\s"
)
"""What is known from a day on, the day shown as ``|``: "users learn on … whether the duty stays"."""


def is_known_then(site: Site) -> bool:
    """Whether somebody learns on the date what was decided."""
    after = site.after[:40]
    if not ("whether " in after or " si " in after or " s'i" in after):
        return False
    return _KNOWN_THEN.search(f"{site.before[-40:]}|{after}") is not None
