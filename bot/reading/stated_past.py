"""Days that are over and still are read: "took effect on September 30", "comments closed on …".

Readers look up when a measure began or when the time for comments ran out, so such a day is a fact
even a few months later. Three things tell it from history told in passing: the verb states a start
or an end, the day is written out with its year, and it is not older than a year.
"""

from datetime import date, timedelta

from bot.domain.reading import DeadlineKind
from bot.reading.alternation import Words
from bot.reading.bonds import Site
from bot.reading.dates import Grain
from bot.reading.deadline_cues import PAST, SUBJECTS, Subject

OLDEST = timedelta(days=365)
"""What began or ended longer ago is history."""

_BEGAN = Words(
    r"\b(?:(?:took|taken)\seffect|(?:went|came|gone|come|put|entered)\sin(?:to)?\s(?:effect|force)|kicked\sin|became\s(?:effective|applicable)|(?:was|were)\s(?:effective|in\s(?:effect|force))"
    r"|(?:entro|entraron|entrado)\sen\svig(?:or|encia)|(?:surtio|surtieron|surtido)\s(?:sus\s)?efectos?|(?:inicio|comenzo|empezo)\s(?:su\svigencia|a\s(?:regir|aplicarse|surtir))"
    r"|(?:est|sont|etai(?:t|ent))\sentree?s?\sen\svigueur|(?:a|ont)\spris\seffet)"
)
_ENDED = Words(
    r"\b(?:expired|lapsed|closed|ended|concluded|terminated|ran\sout|(?:was|were)\sdue"
    r"|(?:expir|venc|cerr|conclu|termin|finaliz|caduc)(?:o|io|yo|aron|ieron|yeron)\b|(?:a|ont)\s(?:expire|pris\sfin)|s'est\s(?:terminee?|achevee?|close)|(?:est|sont|a\sete)\s(?:close?s?|fermee?s?|venue?s?\sa\secheance|arrivee?s?\sa\s(?:echeance|terme)))"
)
_LAPSED = Words(
    r"\b(?:expired|lapsed|ran\sout|expir(?:o|aron)|vencio|vencieron|caduc(?:o|aron)|(?:a|ont)\s(?:expire|pris\sfin)|(?:est|sont)\s(?:venue?s?\sa\secheance|arrivee?s?\sa))"
)
_RELIEF = Words(
    r"\b(?:exemptions?|exclusions?|waivers?|pauses?\b|suspensions?|truce|reprieve|moratorium|safeguards?|quotas?|exencion\w*|pausa\b|tregua|suspension\w*|prorroga|moratoria|salvaguardias?|cupos?|exonerations?|treve|sursis|moratoire|contingents?|remises?)\b"
)


def kind_of(site: Site, published: date) -> DeadlineKind | None:
    """Return what a stated day that lies behind was; None where it is history or nothing."""
    span = site.span
    written_out = span.grain is Grain.DAY and span.before is None and not span.computed
    if not written_out or not published - OLDEST <= span.date <= published:
        return None
    last = max((match.end() for match in PAST.finditer(site.before)), default=0)
    clause = site.before[max(0, last - 40) :]
    if _BEGAN.search(clause):
        return DeadlineKind.EFFECTIVE
    if not _ENDED.search(clause):
        return None
    if SUBJECTS[Subject.COMMENT].search(site.before):
        return DeadlineKind.COMMENT
    lapsed = _LAPSED.search(clause) and SUBJECTS[Subject.MEASURE].search(site.before)
    return DeadlineKind.EXPIRY if lapsed or _RELIEF.search(site.before) else None
