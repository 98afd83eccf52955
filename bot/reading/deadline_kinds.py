"""What happens on a date: the kind that a subject and a relation make together."""

import re

from bot.domain.reading import DeadlineKind
from bot.reading import bound, deadline_reliefs, hearings, meetings
from bot.reading.alternation import Words, listed
from bot.reading.bonds import DEADLINE, TO_DO, Bond, Site
from bot.reading.date_spans import Grain
from bot.reading.deadline_cues import RELATIONS, Relation
from bot.reading.deadline_nouns import is_known_then
from bot.reading.deadline_subjects import SUBJECTS, Subject
from bot.reading.worked import Clue

_COMPLY = re.compile(
    r"\b(?:comply|compliance|mandatory|compulsory|required|must\s(?!pay\b|face\b)\w+|cumplir|obligad[oa]s?\sa|obligatori[oa]s?|forzos[oa]s?|de\srigueur|deberan|deberan?\s\w+|obligatoires?|conformer|devra|devront|doi(?:t|vent)|requisito"
    r"|(?:certificats?|formulaires?|declarations?|licences?|permis|preuves?|attestations?)\b[^.;,]{0,50}\bexigee?s?|(?:certificados?|formatos?|formularios?|declaracion|permisos?)\b[^.;,]{0,50}\bexigid[oa]s?)\b"
)
_PAY = re.compile(
    r"\b(?:pay|face|owe|dut(?:y|ies)|tariffs?|pagar\w*|shell\sout|fork\sover|cough\sup|desembols\w+|abonar\w*|paieront|payer|verser|acquitter|debours\w+|arancel\w*|droits)\b"
)
_WHETHER = re.compile(r"^[\s,]*(?:whether\s|(?P<if>si\s|s'ils?\s))")
_SETTLES = re.compile(
    r"\b(?:deci(?:d|r)\w+|resol\w+|resuel\w+|defin\w+|determin\w+|anunci\w+|inform\w+|conoc\w+|sab(?:r|e)\w+|dira\w*|dir|confirm\w+|vot\w+|pronunci\w+|avis\w+|evalu\w+"
    r"|tranch\w+|sau\w+|sav\w+|dire|annonc\w+|etabl\w+|prononc\w+|statu\w+|examin\w+|verr\w+|precis\w+|indiqu\w+)\b"
)
"""Before a date: then "si" behind it asks whether; otherwise it says if."""


def _subject(site: Site) -> Subject | None:
    """The subject of the clause before the date, else after it, else of the sentence."""
    asked = _WHETHER.match(site.after)
    if asked and (asked["if"] is None or _SETTLES.search(site.before)):
        return Subject.REVIEW
    own = _own(site, site.before) or _own(site, site.after)
    if own is not None:
        return own
    measure = SUBJECTS[Subject.MEASURE]
    if site.search(measure, site.before):
        return Subject.MEASURE
    return _own(site, site.text) or (Subject.MEASURE if site.search(measure, site.text) else None)


def _own(site: Site, part: str) -> Subject | None:
    """The subject a part of a sentence names, a mere measure left out."""
    places = site.cues.places
    return next(
        (
            subject
            for subject, pattern in _OWN_WORDS
            if pattern in places and site.search(pattern, part)
        ),
        None,
    )


_OWN_WORDS = tuple(
    (subject, pattern) for subject, pattern in SUBJECTS.items() if subject is not Subject.MEASURE
)


def kind_of(site: Site, bond: Bond | None) -> DeadlineKind | None:
    """Return what happens on the date; None where subject and relation do not make a deadline.

    `bond` is None only where the date's own expression tells its role ("within 30 days").
    """
    if is_known_then(site):
        return DeadlineKind.REVIEW
    subject = _subject(site)
    relation = _relation(site, bond, subject)
    stated = _stated(site, relation, subject) or _by_who(site, relation, subject)
    if stated is not None:
        return stated
    rule = _BY_SUBJECT.get(subject, {}) if subject is not None else {}
    if relation in rule:
        return rule[relation]
    if relation is Relation.HAPPEN and _WINDOW.search(site.before):
        return DeadlineKind.EFFECTIVE
    said = bond is not None and bond.strong and site.span.clue is Clue.NONE
    said = said or (site.span.clue is Clue.WITHIN and TO_DO.match(site.after) is not None)
    said = said or (
        _FAILS.search(site.before) is not None and _SUFFERS.match(site.after) is not None
    )
    if (
        subject is None
        and relation is Relation.DUE
        and said
        and (site.search(bound.TRADERS, site.text) or _BARE_DEADLINE.search(site.before))
    ):
        return DeadlineKind.COMPLIANCE
    known = subject is not None and relation is not Relation.HAPPEN
    return _OF_MEASURE.get(relation) if known or _is_measures(site, relation) else None


_BARE_DEADLINE = re.compile(
    r"^\W*(?:the\s|that\s|el\s|ese\s|la\s|le\s|ce\s|cette\s)?(?:new\s|nuev[oa]\s|final\s)?(?:deadline|cut-?off|plazo|fecha\slimite|delai|date\slimite|echeance)(?:\s(?!(?:to|for|para|pour|de|du|d'\w+)\b)[\w']+){0,4}\s?$"
)
"""A deadline of which is not said for what: that of the news it stands in."""
_PRINTED = re.compile(
    r"\b(?:be\s(?:published|posted|released|printed)|se\spublic(?:a|an|ara|aran)|(?:sera[n]?|ser)\spublicad[oa]s?|ser(?:a|ont)\spubliee?s?)\s(?:on\s|el\s|le\s)?$"
)
"""On that day it is only printed."""
_FAILS = re.compile(
    r"\b(?:unable|fails?|failing|without|not|haven't|hasn't|no|sin|ne|n'\w+)\s[^,;]{2,80}$"
)
_SUFFERS = re.compile(
    r"^,?\s(?:will|shall|would|faces?|loses?|risks?|forfeits?|perder\w*|pierde[n]?|ser(?:a|an)|tendra[n]?|pagara[n]?|perdr(?:a|ont)|ser(?:a|ont)|risqu\w+|s'expos\w+|devr\w+)\b"
)
"""Who has not done something by a day, and what comes of it: "unable to file by … will be turned away"."""


def _is_measures(site: Site, relation: Relation) -> bool:
    """Whether the date is that of a measure, which the sentence names, and of no meeting about it."""
    if relation is not Relation.HAPPEN:
        return site.search(SUBJECTS[Subject.MEASURE], site.text) is not None
    if site.search(_GATHERS, site.before) or _PRINTED.search(site.lead):
        return False
    return site.search(_TARIFF_MEASURE, site.text) is not None


def _stated(site: Site, relation: Relation, subject: Subject | None) -> DeadlineKind | None:
    """The kind that the words state whatever else the sentence is about."""
    if relation in _STARTS and _must_comply(site, subject):
        return DeadlineKind.COMPLIANCE
    if deadline_reliefs.ends_on(site, relation, subject):
        return DeadlineKind.EXPIRY
    if relation is Relation.FORCE:
        return DeadlineKind.EFFECTIVE
    if relation is Relation.EXPIRE:
        return DeadlineKind.COMMENT if subject is Subject.COMMENT else DeadlineKind.EXPIRY
    if relation in _MOVED:
        return _moved_edge(site, subject)
    step = relation is Relation.DUE and (
        _STEP_DUE.search(site.before) or _AS_START.match(site.after)
    )
    return DeadlineKind.EFFECTIVE if step else None


_NONE_AFTER = re.compile(
    r"\b(?:nothing|none|no|nada|ningun\w*|rien|aucun\w*)\s[^,;]{2,60}?\s(?:after|despues\sdel?|apres|a\spartir\sd(?:el?|u))\s(?:el\s|le\s)?$"
)
_DOES = re.compile(
    r"^,?\s(?:will|shall|can|would|may|podra[n]?|sera[n]?|tendra[n]?|recibira[n]?|entrara[n]?|ne\s\w+)\b"
)
"""What nothing gets any more: "nothing shipped after February 28 will qualify"."""


def _moved_edge(site: Site, subject: Subject | None) -> DeadlineKind | None:
    """Whether the start or the end of something is put off, where the sentence says which."""
    if subject is not Subject.COMMENT and _END_OF.search(site.before):
        return DeadlineKind.EXPIRY
    if subject in {None, Subject.MEASURE} and _START_OF.search(site.before):
        return DeadlineKind.EFFECTIVE
    if subject is not None:
        return None
    told = DEADLINE.search(site.before) and bound.OF_TRADE.search(site.text)
    return DeadlineKind.COMPLIANCE if told or _BARE_DEADLINE.search(site.before) else None


_REQUIRES = re.compile(r"\b(?:requires?|exigir(?:a|an)|exiger(?:a|ont))\b")
_CONTEST = re.compile(
    r"^\s(?:in\swhich\s)?(?:to|para|pour)\s(?:en\s)?(?:appeal|challenge|contest|dispute|impugnar|apelar|recurrir|inconformarse|contester|faire\sappel|interjeter|appeler)\b"
)
"""A decision is what is contested, no decision is due."""
_MOVED = frozenset({Relation.DELAY, Relation.EXTEND})
_END_OF = re.compile(
    r"\b(?:expiry|expiration|end|sunset|vencimiento|fin|termino|caducidad|echeance)\s(?:date\s)?(?:of|for|del?|des?|du)\b"
)
"""It is the end of something that is put off."""
_START_OF = re.compile(
    r"\b(?:entree\sen\svigueur|mise\sen\s(?:œuvre|oeuvre|vigueur|application)|entrada\sen\svigor|entry\sinto\sforce|effective\sdate|start\sdate|implementation)\b"
)


def _by_who(site: Site, relation: Relation, subject: Subject | None) -> DeadlineKind | None:
    """The kind that follows from who has to act: governments decide, traders comply."""
    if relation not in deadline_reliefs.LIMITS or subject is Subject.HEARING:
        return None
    if subject is Subject.COMMENT and not _AFTERWARDS.search(site.before):
        return None
    if relation is Relation.END and not TO_DO.match(site.after):
        return None
    if _CONTEST.search(site.after):
        return DeadlineKind.COMPLIANCE
    if bound.government_decides(site):
        return DeadlineKind.REVIEW
    reports = subject is Subject.REVIEW and relation is Relation.DUE and bound.trader_reports(site)
    return DeadlineKind.COMPLIANCE if reports else None


_AFTERWARDS = re.compile(
    r"^\W*(?:after|following|once|tras|luego\sde|despues\sde|apres|une\sfois)\b[^,]{0,60},"
)
"""What comes after the comments is not theirs."""
_OPENING = 24
"""Characters before a date that opens its clause: "beginning on January 1, importers must …"."""


def _clause(site: Site) -> str:
    """The words that say what begins: those before the date, or after one that opens the clause."""
    return site.before if len(site.before) > _OPENING else f"{site.before} {site.after}"


_WINDOW = re.compile(r"\b(?:window|ventana|fenetre|guichet)\b")
_STEP_DUE = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|stage|increase|hike|step|phase|surtax|levy)\s(?:(?:is|are|now)\s){0,2}due\s(?:on|in|for)?\s*$"
)
_AS_START = re.compile(
    r"^\s(?:as|como|comme)\s(?:the\s|la\s)?(?:start(?:ing)?\s)?(?:date|fecha)\s(?:for|of|para|del?|pour|d[eu])\s?(?:the\s|el\s|la\s|l'|le\s)?(?:start|increase|hike|rise|alza|aumento|entrada|inicio|arranque|hausse|entree|debut)\b"
)
_STARTS = frozenset({Relation.FORCE, Relation.START})
_BY_CLUE = {
    Clue.NONE: Relation.HAPPEN,
    Clue.WITHIN: Relation.DUE,
    Clue.LASTING: Relation.PAUSE,
    Clue.START: Relation.START,
}
_ASKED_FOR = frozenset({Subject.COMMENT, Subject.DUTY})
"""What is asked for in a window that opens on its first day counts by its last."""
_GATHERINGS = frozenset({Subject.HEARING, Subject.REVIEW})
_TAKES_PLACE = frozenset({Relation.HAPPEN, Relation.START})
"""What a hearing does in some weeks, no limit: "opens in three weeks"."""
_KEEPS_LASTING = frozenset({Relation.EXPIRE, Relation.DUE})
_BECOMES_DUE = frozenset({Relation.HAPPEN, Relation.START, Relation.CHANGE, Relation.PAUSE})


def _relation(site: Site, bond: Bond | None, subject: Subject | None) -> Relation:
    """The relation, as the date's own expression bends it."""
    clue = site.span.clue
    relation = bond.relation if bond is not None else _BY_CLUE[clue]
    if relation is Relation.HOLD and site.span.until and subject in _GATHERINGS:
        return Relation.HAPPEN  # "the hearing lasts from the 13th to the 15th"
    ranges = site.span.until is not None and site.span.grain is Grain.DAY
    if relation is Relation.HOLD and ranges and subject is not None:
        return Relation.FORCE  # "is valid from January 1 to June 30": its first and its last day
    if relation is Relation.HOLD:
        relation = Relation.START if clue is Clue.START else Relation.EXPIRE
    if clue is Clue.LASTING and relation not in _KEEPS_LASTING:
        return Relation.END
    if relation is Relation.START and subject in _ASKED_FOR and site.span.until:
        return Relation.END if site.span.grain is Grain.DAY else relation
    if relation is Relation.START and _NONE_AFTER.search(site.before) and _DOES.match(site.after):
        return Relation.EXPIRE
    held = subject is Subject.HEARING and bond is not None and relation in _TAKES_PLACE
    limit = clue is Clue.WITHIN and relation in _BECOMES_DUE and not held
    return Relation.DUE if limit and subject is not Subject.MEASURE else relation


def _must_comply(site: Site, subject: Subject | None) -> bool:
    """Whether somebody has to do something from the date on, other than to pay."""
    if subject is Subject.DUTY and _REQUIRES.search(site.before):
        return True
    clause = _clause(site)
    comply = subject is not Subject.HEARING and _COMPLY.search(clause) is not None
    return comply and _PAY.search(clause) is None


_OWN_SUBJECT = {
    Subject.COMMENT: DeadlineKind.COMMENT,
    Subject.HEARING: DeadlineKind.HEARING,
    Subject.REVIEW: DeadlineKind.REVIEW,
}
_TARIFF_MEASURE = listed(
    r"""
    counter-?tariffs? tariffs?\b dut(?:y|ies)\b lev(?:y|ies)\b surtax(?:es)?\b surcharges?\b
    quotas?\b bans?\b rules?\b regulations?\b orders?\b decrees?\b systems?\b portal\b
    requirements?\b permits?\b laws?\b measures?\b reglas?\b decretos?\b ley\b sistema\b
    permisos?\b medidas?\b reglements?\b regles?\b decrets?\b exigences?\b mesures?\b arancel\w*
    gravamen\w* cuotas?\scompensatorias? cupos?\b surtaxes?\b droits?\b contre-?tarifs?
    contingents?\b
    """
)
_ON = re.compile(r"\b(?:on|el|le|for)\s*$")


def by_subject_alone(site: Site) -> DeadlineKind | None:
    """A day ahead beside comments, a hearing, a review or a tariff, bound by a verb we do not list."""
    subject = _subject(site)
    if (
        subject is not None
        and subject in _OWN_SUBJECT
        and site.search(SUBJECTS[subject], f"{site.before} {site.after}")
    ):
        return _OWN_SUBJECT[subject]
    if (
        site.search(_TARIFF_MEASURE, site.before)
        and _ON.search(site.before)
        and not site.search(_TALK, site.text)
    ):
        return DeadlineKind.EFFECTIVE
    return None


_GATHERS = Words(
    r"\b(?:meets?|meeting|gathers?|convenes?|hosts?|sits?\sdown|(?:se\s)?reunir(?:a|an)|se\sreune[n]?|reunion|rencontr\w+|reunir(?:a|ont)|se\sreuniss?ent)\b"
)
"""What happens that day is a meeting, whatever it is about."""
_TALK = Words(
    r"\b(?:speak|speech|visit\w*|meet\w*|discuss\w*|talk\w*|address\w*|announc\w*|release\w*|publish\w*|unveil\w*|protest\w*|rally|march|travel\w*|habl\w+|dijo|dira|visita\w*|reun\w+|anunci\w+|present\w+|viaj\w+|public\w+|parl\w+|rencontr\w+|visit\w+|annonc\w+|publi\w+)\b"
)


_OF_MEASURE = {
    Relation.START: DeadlineKind.EFFECTIVE,
    Relation.CHANGE: DeadlineKind.EFFECTIVE,
    Relation.END: DeadlineKind.EXPIRY,
    Relation.DUE: DeadlineKind.COMPLIANCE,
    Relation.EXTEND: DeadlineKind.EXPIRY,
    Relation.PAUSE: DeadlineKind.EXPIRY,
    Relation.DELAY: DeadlineKind.EFFECTIVE,
    Relation.HAPPEN: DeadlineKind.EFFECTIVE,
}
_BY_SUBJECT: dict[Subject, dict[Relation, DeadlineKind | None]] = {
    Subject.COMMENT: {
        Relation.START: None,
        Relation.DUE: DeadlineKind.COMMENT,
        Relation.END: DeadlineKind.COMMENT,
        Relation.EXTEND: DeadlineKind.COMMENT,
        Relation.DELAY: DeadlineKind.COMMENT,
        Relation.HAPPEN: DeadlineKind.COMMENT,
        Relation.PAUSE: DeadlineKind.COMMENT,
    },
    Subject.HEARING: {
        Relation.START: DeadlineKind.HEARING,
        Relation.HAPPEN: DeadlineKind.HEARING,
        Relation.EXTEND: DeadlineKind.HEARING,
        Relation.DELAY: DeadlineKind.HEARING,
        Relation.PAUSE: DeadlineKind.HEARING,
        Relation.DUE: DeadlineKind.COMMENT,
        Relation.END: DeadlineKind.COMMENT,
        Relation.CHANGE: DeadlineKind.HEARING,
    },
    Subject.REVIEW: {
        Relation.DUE: DeadlineKind.REVIEW,
        Relation.HAPPEN: DeadlineKind.REVIEW,
        Relation.START: DeadlineKind.REVIEW,
        Relation.EXTEND: DeadlineKind.REVIEW,
        Relation.DELAY: DeadlineKind.REVIEW,
        Relation.CHANGE: DeadlineKind.REVIEW,
    },
    Subject.DUTY: {
        Relation.DUE: DeadlineKind.COMPLIANCE,
        Relation.END: DeadlineKind.COMPLIANCE,
        Relation.EXTEND: DeadlineKind.COMPLIANCE,
    },
}


_NAMED = Words(
    r"\b(?:deadline|date\slimite|fecha\slimite|cut-?off|due\sdate|start|launch|implementation|end|window|ventana|fenetre|guichet|whether\s|si\s|hike|step|increase)"
)
"""Words that make a deadline of a date by themselves, or with a relation."""
CUES = (
    *SUBJECTS.values(),
    *bound.CUES,
    *hearings.CUES,
    *meetings.CUES,
    _TARIFF_MEASURE,
    _GATHERS,
    _TALK,
    _NAMED,
)
"""What is asked of a site here."""
TELLING = frozenset(
    {
        *SUBJECTS.values(),
        RELATIONS[Relation.FORCE],
        RELATIONS[Relation.EXPIRE],
        RELATIONS[Relation.HOLD],
        bound.TRADERS,
        *hearings.TELLING,
        *meetings.TELLING,
        _TARIFF_MEASURE,
        _NAMED,
    }
)
"""Without one of these in its sentence no date ahead is a deadline, however it is bound."""
