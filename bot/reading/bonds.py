"""How a date is bound to what a sentence says of it: by a verb, by the words before it, or both."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.reading.alternation import Words
from bot.reading.date_spans import DateSpan
from bot.reading.deadline_cues import RELATIONS, Relation
from bot.reading.deadline_past import PAST
from bot.reading.lexicon import Cues

_TIME_TAIL = re.compile(
    r"(?:\b(?:midnight|noon|close\sof\sbusiness|cob|las|la|horas|cero|medianoche|minuit|midi|a\.m\.|p\.m\.|time|at|on|,|est|et|edt|eastern|standard|daylight|hours?|hrs|(?:horas|hrs|medianoche)\sdel|del\sdia|local|oficial)\s*|\d{1,2}(?::\d\d|\sh(?:\s?\d\d)?)?\s*|[(),:]\s*)+$"
)
"""A time of day and what ties it to the date after it: ``at 5 p.m. Eastern on``."""
_LEAD = (
    (Relation.START, Words(r"\b(?:(?:not|pas|no)\s(?:(?:apply|start|begin|open|take\seffect|come\sinto\sforce|enter\sinto\sforce|be\s\w+)\s)?(?:before|antes\sde(?:l)?|avant)|no\searlier\sthan|(?:no\s|ne\s|n')(?:se\s|s')?(?:aplicar|entrar|empezar|iniciar|appliqu|entrer|commencer)\w*\s(?:en\svigor\s|en\svigueur\s|pas\s){0,2}(?:antes\sde(?:l)?|avant))\s*(?:the|el|le|la|dia|on)*\s*$")),
    (Relation.END, Words(r"\b(?:(?:days|weeks|months),?\sto|until|till|through|thru|hasta(?:\sel|\slas|\sfinales|\sla)?|jusqu'(?:au|a|en)|up\sto|no\slonger\sthan|no\slater\sthan\suntil)\s*(?:this|este|ese|ce|cet|the|el|le|la|dia|at|a|las|midnight|on|and\sincluding)*\s*$")),
    (Relation.DUE, Words(r"\b(?:by|before|no\slater\sthan|not\slater\sthan|on\sor\sbefore|at\sthe\slatest|prior\sto|a\smas\stardar|antes\sde(?:l)?|de\saqui\sal?|para|au\splus\stard|avant|d'ici(?:\sau)?|within)\s*(?:this|este|ese|ce|cet|the|el|le|la|on|del|a|at|dia|que|midnight|or\sbefore)*\s*$")),
    (Relation.START, Words(r"\b(?:from|as\sof|starting|beginning|commencing|on\sor\safter|on\sand\safter|after|a\spartir\sde(?:l)?|desde(?:\sel\sprimer\sminuto|\sla\sprimera\shora)?|(?:from\s)?the\sfirst\sminute\sof|des\sla\spremiere\s(?:minute|heure)|con\sefectos?\s(?:a\spartir|desde)|con\sefectos?\sal|a\scompter\sd[ue]|a\spartir\sd[ue]|des|come|au|de\scara\sal?)\s*(?:this|este|ese|ce|cet|on|in|from|the|el|le|la|dia|del|proximo|du|de)*\s*$")),
)  # fmt: skip


class Site(NamedTuple):
    """A date in its sentence: the folded words around it up to its neighbours."""

    text: str
    """The whole sentence."""
    span: DateSpan
    before: str
    after: str
    cues: Cues
    """The alternations that may match somewhere in the sentence."""
    lead: str
    """The last words before the date, without a time of day or a comma, one blank at the end."""
    rewritten: bool = False
    """Whether `before` is no longer what stands in the sentence."""

    def search(self, words: Words, text: str) -> re.Match[str] | None:
        """Return the first match of a cue in a part of the sentence."""
        cues = self.cues
        if words not in cues.places:
            return None
        offset = self._offset(text)
        return words.search(text) if offset is None else cues.search(words, text, offset)

    def finditer(self, words: Words, text: str) -> Iterable[re.Match[str]]:
        """Return the matches of a cue in a part of the sentence."""
        if words not in self.cues.places:
            return ()
        offset = self._offset(text)
        return words.finditer(text) if offset is None else self.cues.finditer(words, text, offset)

    def _offset(self, part: str) -> int | None:
        """Where a part begins in the sentence; None where that is not known."""
        if part is self.before:
            return None if self.rewritten else self.span.start - len(part)
        if part is self.after:
            return self.span.end
        return 0 if part is self.text else None


def lead_of(before: str) -> str:
    """Return the last words before a date without the time of day that stands between."""
    last = before[-24:].split()[-1:]
    if last and last[0].isalpha() and last[0] not in _TAIL_WORDS:
        return before[-120:].rstrip()[-70:] + " "
    return _TIME_TAIL.sub("", before[-120:]).rstrip()[-70:] + " "


_TAIL_WORDS = frozenset(
    {
        "midnight", "noon", "cero", "del", "business", "cob", "las", "la", "horas", "medianoche", "minuit", "midi",
        "time", "at", "on", "est", "et", "edt", "eastern", "standard", "daylight", "hour", "hours",
        "hrs", "dia", "local", "oficial", "h",
    }
)  # fmt: skip
"""The words that a time of day can end with."""


class Bond(NamedTuple):
    """How a date is bound: by a verb, by the words right before it, or both."""

    relation: Relation
    strong: bool
    """True for a verb that states the date, false for a mere preposition."""


_MOVES = (RELATIONS[Relation.EXTEND], RELATIONS[Relation.DELAY])


def moves(site: Site, text: str) -> bool:
    """Whether a part of the sentence speaks of a date that is put off or extended."""
    places = site.cues.places
    return any(words in places and site.search(words, text) for words in _MOVES)


def governing(site: Site) -> tuple[Bond | None, bool]:
    """The relation that governs the date, and whether it is a past one."""
    places = site.cues.places
    leading = next(
        (name for name, words in _LEAD if words in places and words.search(site.lead)), None
    )
    time_to_act = _HAS.search(site.lead) and TO_DO.match(site.after)
    if leading is None and (time_to_act or _AS_DATE.match(site.after)):
        return Bond(Relation.DUE, strong=True), False
    verb, verb_at = _last_verb(site)
    past_at = _last_past(site)
    limited = leading in {Relation.END, Relation.DUE} and past_at <= len(site.before) - 25
    lasts = leading is Relation.END and verb in {Relation.PAUSE, Relation.EXTEND}
    if past_at >= 0 and past_at >= verb_at and not (limited or lasts):
        return None, True
    if leading is None and verb is None:
        verb, past = _first_after(site)
        if verb is None:
            return None, past
        given = verb in _ENDS and _time_given(site)
        return Bond(Relation.DUE if given else verb, strong=True), False
    if leading is Relation.START and verb is None and _first_after(site)[0] is Relation.EXPIRE:
        return Bond(Relation.EXPIRE, strong=True), False
    return Bond(_stronger(verb, leading, site), strong=verb is not None), False


def begins(site: Site) -> bool:
    """Whether the words right before the date say that something begins: "from", "a partir de"."""
    words = dict(_LEAD)[Relation.START]
    return words in site.cues.places and words.search(site.lead) is not None


LIMITS = tuple(words for name, words in _LEAD if name is not Relation.START)
"""The words right before a date that make a limit or an end of it."""
CUES = tuple(words for _, words in _LEAD)
"""What is asked of the words right before a date, beside the relations."""
DEADLINE = re.compile(
    r"\b(?:deadline|cut-?off(?:\sdate)?|last\sday|fecha\s(?:limite|tope|de\scierre)|plazo|date\s(?:limite|butoir)|echeance)\b"
)
_TIME_GIVEN = re.compile(
    r"\b(?:deadline|plazo|delai|periodo\spara|termino\spara|periode\spour)\b(?!\sde\s(?:gracia|grace)\b)"
)
_HAS = re.compile(
    r"\b(?:have|has|get|gets|given|tiene[n]?|tendra[n]?|ont|auront|dispose(?:nt|ra|ront)?\sde)\s(?:todo\s|tout\s)?$"
)
"""Before the time somebody has for something: "have the rest of the year to …"."""
_FOR = re.compile(r"\bpara\s(?:el\s)?$")
_GRACE = re.compile(
    r"\b(?:grace\speriod|extra\stime|more\stime|(?:plazo|periodo)\sde\sgracia|mas\stiempo|delai\sde\sgrace|periode\sde\sgrace)\b"
)
TO_DO = re.compile(
    r"^,?\s(?:to|para|pour|afin\sde)\s(?!(?:remember|forget|go|spare|savou?r|celebrate)\b)(?:(?:se|s'|la|el|les?)\s)?[a-z]+"
)
"""What somebody has the time for."""
_WEAK = (Relation.HAPPEN, Relation.PAUSE)
_LASTING_WORDS = frozenset({Relation.EXTEND, Relation.DELAY, Relation.EXPIRE})


_AS_DATE = re.compile(
    r"\s(?:as\s(?:the\s|a\s|an\s|its\s|their\s)?(?:new\s|final\s)?(?:deadline|target|cut-?off)|como\s(?:nueva\s)?fecha|como\s(?:plazo|limite)|comme\s(?:date|echeance|limite))\b"
)
"""A day that is set as a limit: "fixed December 18 as the deadline"."""
_ENDS = (Relation.EXPIRE, Relation.END)
_BOUNDS = (Relation.END, Relation.DUE)


def _time_given(site: Site) -> bool:
    """Whether what runs out is the time somebody has: "vence el plazo"."""
    return _TIME_GIVEN.search(f"{site.before.rpartition(': ')[2]} | {site.after[:30]}") is not None


def _stronger(verb: Relation | None, leading: Relation | None, site: Site) -> Relation:
    """Which of the verb and the words right before the date says how it is bound."""
    if verb is Relation.EXPIRE and _time_given(site):
        return Relation.DUE
    if leading is None:
        return _by_verb(verb, site.before)
    planned = verb is Relation.HAPPEN and _FOR.search(site.before)
    ranges = verb is Relation.HOLD and site.span.until
    if verb is not None and (verb is Relation.FORCE or verb in _LASTING_WORDS or planned or ranges):
        return verb
    if leading in _BOUNDS and _NOT_UNTIL.search(site.before):
        return Relation.START
    if leading is Relation.END:
        return _ending(verb, site)
    return Relation.END if (leading, verb) == (Relation.START, Relation.END) else leading


def _by_verb(verb: Relation | None, before: str) -> Relation:
    """The relation where nothing stands right before the date; a noun such as "deadline" binds it."""
    by_noun = DEADLINE.search(before) and verb not in _LASTING_WORDS
    return Relation.DUE if by_noun else verb or Relation.HAPPEN


def _ending(verb: Relation | None, site: Site) -> Relation:
    """What "until" means after a pause, after somebody who has time, after something that holds."""
    before = site.before
    if _GRACE.search(before) and TO_DO.match(site.after):
        return Relation.DUE
    if verb is Relation.PAUSE:
        return Relation.PAUSE
    if _HAS_UNTIL.search(before):
        return Relation.DUE
    return Relation.EXPIRE if verb is Relation.HOLD else Relation.END


_NOT_UNTIL = re.compile(
    r"\b(?:not|won't|don't|doesn't|no|ne)\s(?:\w+\s){0,2}?(?:start|begin|apply|kick\sin|open|bite|come|happen|land|hit|rise|increase|go\s(?:up|live|into)|take\s(?:effect|hold)|be\s(?:collected|imposed|levied|charged|applied|enforced)|(?:aplic|comenz|inici|cobr|arranc|empez)\w+|s'appliqu\w+|commenc\w+|debut\w+)\s(?:\w+\s){0,3}(?:until|till|before|hasta|antes\sdel?|avant)\b"
    r"|\bn(?:e\s(?:s'|l'|sera\s)?|')(?:\w+\s){1,2}?pas\s(?:\w+\s){0,3}?avant\s(?:le\s|la\s)?$"
    r"|\b(?:sera|es)\shasta\s(?:el\s)?$"
)
"""What does not begin before a day begins on it: "won't apply until …", "será hasta el …"."""
_HAS_UNTIL = re.compile(
    r"\b(?:has|have|had|given|gives?|giving|gave|leaves?|leaving|allow(?:s|ed|ing)?|gets?|got|granted|da(?:n|ra)?\b|dio|otorg\w+|conced\w+|tiene|tienen|tendra|tendran|cuentan?|can|may|podra|podran|pourront|peuvent|accept\w*|recib\w*|solicit\w*|demandes?)\s(?:[\w',-]+\s){0,9}?(?:until|till|hasta|jusqu|to\s(?:the\s)?$)"
    r"|\b(?:a|ont|aura|auront|disposent?|acceptee?s?|donne(?:nt|ra)?|laisse(?:nt|ra)?|accorde(?:nt|ra)?)\s(?:[\w']+\s){0,9}?jusqu"
)
"""Who is given time: “importers have until”, “tienen … hasta”, “ont jusqu'”."""


def _last_verb(site: Site) -> tuple[Relation | None, int]:
    best: Relation | None = None
    at = -1
    places = site.cues.places
    for relation, pattern in RELATIONS.items():
        if pattern not in places:
            continue
        position = _last(site, pattern)
        if position > at and not (relation in _WEAK and best is not None and position - at < 6):
            best, at = relation, position
    return best, at


def _first_after(site: Site) -> tuple[Relation | None, bool]:
    after = site.after
    best: Relation | None = None
    at = 10_000
    places = site.cues.places
    for relation, pattern in RELATIONS.items():
        if pattern not in places:
            continue
        match = site.search(pattern, after)
        if match and match.start() < at:
            best, at = relation, match.start()
    if PAST not in site.cues:
        return best, False
    past = next(
        (m.start() for m in site.finditer(PAST, after) if not PASSIVE.search(after[: m.start()])),
        None,
    )
    if past is not None and past <= at:
        return None, True
    return best, False


PASSIVE = re.compile(
    r"\b(?:be|being|to\sbe|get|are|is|must\shave|ser|sera|seran|estar|etre|sera|seront|est\sprevue?|est\sfixee?)\s(?:\w+ly\s)?$"
)


def _last_past(site: Site) -> int:
    """Where the last verb of the past ends; "be held" and "to be completed" are none."""
    position = -1
    before = site.before
    for match in site.finditer(PAST, before):
        if not PASSIVE.search(before[: match.start()]):
            position = match.end()
    return position


def _last(site: Site, pattern: Words) -> int:
    position = -1
    for match in site.finditer(pattern, site.before):
        position = match.end()
    return position
