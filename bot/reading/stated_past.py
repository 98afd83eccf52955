"""Days that are over and still are read: "took effect on September 30", "comments closed on …".

Readers look up when a measure began or when the time for comments ran out, so such a day is a fact
even a few months later. Three things tell it from history told in passing: the verb states a start
or an end, the day is written out with its year, and it is not older than a year.
"""

from datetime import date, timedelta

from bot.domain.reading import DeadlineKind
from bot.reading.alternation import Words, listed
from bot.reading.bonds import Site
from bot.reading.date_spans import Grain
from bot.reading.deadline_past import PAST
from bot.reading.deadline_subjects import SUBJECTS, Subject
from bot.reading.worked import Clue

OLDEST = timedelta(days=365)
"""What began or ended longer ago is history."""

_BEGAN = listed(
    r"""
    (?:took|taken)\seffect (?:went|came|gone|come|put|entered)\sin(?:to)?\s(?:effect|force)
    kicked\sin became\s(?:effective|applicable) (?:was|were)\s(?:effective|in\s(?:effect|force))

    (?:entro|entraron|entrado)\sen\svig(?:or|encia)
    (?:surtio|surtieron|surtido)\s(?:sus\s)?efectos?
    (?:inicio|comenzo|empezo)\s(?:su\svigencia|a\s(?:regir|aplicarse|surtir))

    (?:est|sont|etai(?:t|ent))\sentree?s?\sen\svigueur (?:a|ont)\spris\seffet
    """
)
"""Something took effect."""
_BOUND = Words(
    r"\b(?:became\s(?:mandatory|compulsory|obligatory)|(?:se\shizo|se\svolvio|es|fue)\sobligatori[oa]\s(?=(?:desde|a\spartir|el))|est\sdevenue?\sobligatoire)"
)
_ENDED = listed(
    r"""
    expired lapsed closed ended concluded terminated ran\sout (?:was|were)\sdue

    (?:expir|venc|cerr|conclu|termin|finaliz|caduc)(?:o|io|yo|aron|ieron|yeron)\b
    (?:a|ont)\s(?:expire|pris\sfin) s'est\s(?:terminee?|achevee?|close)
    (?:est|sont|a\sete)\s(?:close?s?|fermee?s?|venue?s?\sa\secheance|arrivee?s?\sa\s(?:echeance|terme))
    """
)
"""Something expired or closed."""
_LAPSED = Words(
    r"\b(?:expired|lapsed|ran\sout|expir(?:o|aron)|vencio|vencieron|caduc(?:o|aron)|(?:a|ont)\s(?:expire|pris\sfin)|(?:est|sont)\s(?:venue?s?\sa\secheance|arrivee?s?\sa))"
)
_RELIEF = Words(
    r"\b(?:exemptions?|exclusions?|waivers?|pauses?\b|suspensions?|truce|reprieve|moratorium|safeguards?|quotas?|exencion\w*|pausa\b|tregua|suspension\w*|prorroga|moratoria|salvaguardias?|cupos?|exonerations?|treve|sursis|moratoire|contingents?|remises?)\b"
)
"""Relief, whose end is an expiry whatever the verb."""

CUES = (_BEGAN, _BOUND, _ENDED)
_OVER = frozenset(CUES)


def kind_of(site: Site, published: date) -> DeadlineKind | None:
    """Return what a stated day that lies behind was; None where it is history or nothing."""
    if not site.cues.any(_OVER):
        return None
    span = site.span
    today = span.date == published and not span.weekday and span.clue is Clue.NONE
    written_out = span.grain is Grain.DAY and span.before is None and (not span.computed or today)
    behind = published - span.date
    if not written_out or not timedelta() <= behind <= OLDEST:
        return None
    last = max((match.end() for match in PAST.finditer(site.before)), default=0)
    clause = f"{site.before[max(0, last - 40) :]} {site.after[:24] if today else ''}"
    if _BOUND.search(clause):
        return DeadlineKind.COMPLIANCE
    if _BEGAN.search(clause):
        return DeadlineKind.EFFECTIVE
    return _ended(site, clause) if _ENDED.search(clause) else None


def _ended(site: Site, clause: str) -> DeadlineKind | None:
    """What it was that ended: the time for comments, or a measure."""
    if SUBJECTS[Subject.COMMENT].search(site.before):
        return DeadlineKind.COMMENT
    lapsed = _LAPSED.search(clause) and SUBJECTS[Subject.MEASURE].search(site.before)
    return DeadlineKind.EXPIRY if lapsed or _RELIEF.search(site.before) else None
