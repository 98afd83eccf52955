"""Reliefs from a duty, and the day on which one ends: a waiver, a pause, goods let in free until then."""

import re

from bot.reading.bonds import Site
from bot.reading.deadline_cues import Relation
from bot.reading.deadline_subjects import SUBJECTS, Subject

LIMITS = frozenset({Relation.DUE, Relation.END})
"""How a day is bound by which something must be done, or ends."""
_RELIEF = re.compile(
    r"\b(?:grace\speriod|exemptions?|waivers?|exclusions?|reprieve|truce|pause|moratorium|transition\speriod|permits?|general\slicen[cs]es?|preferences?|remission|suspension"
    r"|(?:periodo|plazo)\sde\s(?:gracia|transicion)|exencion(?:es)?|prorroga|tregua|moratoria|permisos?|preferencias?"
    r"|(?:delai|periode)\sde\s(?:grace|transition)|periode\stransitoire|exonerations?|sursis|treve|moratoire|permis|remise)\b(?!\s(?:requests?|applications?|claims?|petitions?|process|window|filings?))"
)
_LET_IN = re.compile(
    r"\b(?:imported|entered|admitted|released|importad[oa]s?|internad[oa]s?|importee?s?|dedouanee?s?)\s(?:into\s\w+\s)?(?:before|by|no\slater\sthan|on\sor\sbefore|antes\sdel?|a\smas\stardar|avant|au\splus\stard)\s(?:el\s|le\s)?$"
)
_FREE = re.compile(
    r"\b(?:exempt\w*|exent[oa]s?|exencion\w*|duty-free|waiver|remission|remise|exonera\w*|franchise|relief|spared|sin\s(?:arancel|permiso|pagar)|sans\s(?:droits|permis)|without\s(?:the\s)?(?:dut(?:y|ies)|tariffs?|permits?|licen[cs]es?))\b"
)
"""Goods let in by a day, and free of something: the day ends that."""
_MAY_ENTER = re.compile(
    r"\b(?:can|may|podra[n]?|pueden?|pourr(?:a|ont)|peu(?:t|vent))\s(?:[\w']+\s){0,2}?(?:import\w*|enter\w*|entr(?:ar|er)|ingresar|internar\w*|come\sin|be\s(?:imported|entered))\b"
)


def ends_on(site: Site, relation: Relation, subject: Subject | None) -> bool:
    """Whether a relief ends that day, or goods come in free until it."""
    if relation is Relation.END and subject is Subject.DUTY and _is_over(site):
        return True
    if relation not in LIMITS or _FREE.search(site.text) is None:
        return False
    return (_LET_IN.search(site.before) or _MAY_ENTER.search(site.before)) is not None


def _is_over(site: Site) -> bool:
    """Whether what ends is a relief, and what somebody must do is only said of it."""
    relief = _RELIEF.search(site.before)
    if relief is None:
        return False
    duty = site.search(SUBJECTS[Subject.DUTY], site.before)
    return duty is None or relief.start() < duty.start()
