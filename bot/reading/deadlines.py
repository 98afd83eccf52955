"""Deadlines: the dates of a text that bind somebody, each with what happens on it.

A date becomes a deadline only where the same sentence says how it binds: a subject (comments, a
hearing, a review, a duty, a measure) and a relation (takes effect, ends, is due …). The tables are
in `deadline_subjects.py` and `deadline_cues.py`. Past events, founding years, polls, concerts and
reporting dates give nothing; a stated effective or closing date is read even where it lies before the
publication.
"""

import re
from dataclasses import replace
from datetime import date, time

from bot.domain.reading import DeadlineFact, DeadlineKind, Lang
from bot.reading import (
    bonds,
    bound,
    bygone,
    dates,
    deadline_kinds,
    forecasts,
    hearings,
    lines,
    meetings,
    replaced,
    stated_past,
    times,
)
from bot.reading.bonds import Bond, Site, governing, lead_of, moves
from bot.reading.date_spans import DateSpan, Grain
from bot.reading.deadline_cues import RELATIONS, Relation
from bot.reading.deadline_doubles import without_counted, without_doubles
from bot.reading.deadline_kinds import by_subject_alone, kind_of
from bot.reading.deadline_nouns import by_noun_after
from bot.reading.deadline_past import (
    DESDE,
    PAST,
    REPORTED,
    SINCE,
)
from bot.reading.deadline_subjects import SUBJECTS, Subject
from bot.reading.deadline_vetoes import FIGURES, PRESS_PHRASE, RESCUE, VETO
from bot.reading.lexicon import Cues, Lexicon
from bot.reading.lines import Line
from bot.reading.stated_past import OLDEST
from bot.reading.times import TimeSpan
from bot.reading.worked import Clue

_CLAUSE = re.compile(r";|(?<=\w),\s(?:while|whereas|but|and\sthe|mientras|pero|tandis|mais)\s")
_AND = re.compile(
    r"[\s,]*(?:and|or|y|et|e|&)\s(?:again\s|de\snouveau\s)?(?:(?:another\s|otro\s)?\d[\d.,]*\s?(?:%|percent|per\scent|por\sciento|pour\scent)\s(?:more\s|mas\s)?)?(?:on\s|el\s|le\s)?"
)
_PASSES = re.compile(
    r"\b(?:(?:se\s)?pas(?:a|an|ara|aran|o|aron)|passe(?:nt|ra|ront)?|go(?:es)?|went|switch(?:es|ed)?)\s$"
)
"""What goes from one day to another: "la audiencia pasa del …", "l'audience passe du …"."""
_THAT_IS = re.compile(
    r"(?:\s[\w']+){0,5}[\s,(]+(?:es\sdecir|o\ssea|esto\ses|that\sis|i\.e\.|namely|soit|c'est-a-dire),?\s(?:(?:until|by|on|hasta|jusqu'(?:au|a)|d'ici|le|el|the|au|a)\s)*"
)
_FROM = re.compile(r"\b(?:from|del?|du)\s*(?:el\s|le\s|the\s)?$")


def read(text: str, *, published: date, lang: Lang = Lang.EN) -> tuple[DeadlineFact, ...]:
    """Return the deadlines of a text in the order they stand.

    `published` is the day of publication in the source's zone; `lang` decides how 3/4/2026 is read.
    """
    found: list[DeadlineFact] = []
    for line in lines.of(text, _LEXICON, WANTED):
        found.extend(read_line(line, published=published, lang=lang))
    return tuple(without_doubles(found))


def read_line(line: Line, *, published: date, lang: Lang = Lang.EN) -> list[DeadlineFact]:
    """Return the deadlines of one sentence, whose cues are known."""
    text, cues = line.text, line.cues
    if not dates.hinted(text, cues) or not _tells(text, cues):
        return []
    spans = dates.find(text, published=published, lang=lang, cues=cues)
    if not spans:
        return []
    text = cues.blank(PRESS_PHRASE, text)
    if cues.search(FIGURES, text):
        return []
    if cues.search(VETO, text) and not RESCUE.search(text):
        return []
    return _Sentence(line.given, text, spans, published, cues).facts()


CUES = (
    *dates.CUES,
    *RELATIONS.values(),
    *deadline_kinds.CUES,
    *stated_past.CUES,
    *bonds.CUES,
    DESDE,
    *bygone.CUES,
    FIGURES,
    PAST,
    PRESS_PHRASE,
    REPORTED,
    SINCE,
    VETO,
)
"""What is asked of a sentence here."""
WANTED = dates.HINTS
"""The cues without one of which a sentence gives no deadline."""
_LIMITS = frozenset(bonds.LIMITS)
_TELLING = deadline_kinds.TELLING.union(stated_past.CUES)
_LEXICON = Lexicon(*CUES)


def _tells(text: str, cues: Cues) -> bool:
    """Whether a sentence may tell what happens on its date."""
    if cues.any(_TELLING):
        return True
    return cues.any(_LIMITS) and bound.GOVERNMENTS.search(text) is not None


class _Sentence:
    """Reads the dates of one sentence, each knowing what the one before it was."""

    def __init__(
        self,
        given: str,
        text: str,
        spans: tuple[DateSpan, ...],
        published: date,
        cues: Cues,
    ) -> None:
        self._cues = cues
        self._given = given
        self._text = text
        self._spans = spans
        self._published = published
        self._clocks: list[TimeSpan] | None = None
        self._moved: date | None = None
        self._resumed: int | None = None

    def facts(self) -> list[DeadlineFact]:
        found: list[DeadlineFact] = []
        last: DeadlineKind | None = None
        counted: set[tuple[DeadlineKind, date]] = set()
        for index in range(len(self._spans)):
            site = self._moved_range(self._site(index))
            kind = self._kind(site, last)
            if found and last is not None and self._says_again(site):
                kind = last
                found = [fact for fact in found if not fact.computed]
            if kind is not None:
                last = kind
                made = self._made(site, kind)
                found.extend(made)
                if site.span.clue is Clue.LASTING:
                    counted |= {(fact.kind, fact.date) for fact in made}
        return without_counted(found, counted) if counted else found

    def _site(self, index: int) -> Site:
        span = self._spans[index]
        start = self._spans[index - 1].end if index else 0
        if self._resumed is not None:  # what was said of the old day holds for the new one
            start, self._resumed = self._resumed, None
        end = self._spans[index + 1].start if index + 1 < len(self._spans) else len(self._text)
        before, after = self._text[start : span.start], self._text[span.end : end]
        if ";" in before or ", " in before:
            before = _CLAUSE.split(before)[-1]
        if ";" in after or ", " in after:
            after = _CLAUSE.split(after, 1)[0]
        return Site(self._text, span, before, after, self._cues, lead_of(before))

    def _says_again(self, site: Site) -> bool:
        """Whether a date is the day that the count before it comes to: "60 días, es decir, el 4 de mayo"."""
        return _THAT_IS.fullmatch(site.before) is not None

    def _moved_range(self, site: Site) -> Site:
        """Read "extended from October 20 to November 6" as a move: the second day replaces the first."""
        span = site.span
        if span.until is None or span.grain is Grain.MONTH:
            return site
        origin = _FROM.search(site.before)
        if origin is None or not (
            moves(site, site.before)
            or moves(site, site.after)
            or _PASSES.search(site.before[: origin.start()])
        ):
            return site
        self._moved = span.date
        before = f"{site.before[: origin.start()]}to "
        return site._replace(
            before=before,
            lead=lead_of(before),
            rewritten=True,
            span=span._replace(date=span.until, until=None),
        )

    def _kind(self, site: Site, last: DeadlineKind | None) -> DeadlineKind | None:
        known = stated_past.kind_of(site, self._published)
        if known is not None:
            return known
        coming = self._coming(site, last)
        return (
            None
            if coming is not None and bygone.is_done(site, self._given, self._published)
            else coming
        )

    def _coming(self, site: Site, last: DeadlineKind | None) -> DeadlineKind | None:
        if replaced.is_old(site, alone=len(self._spans) < 2):
            self._moved = site.span.date
            self._resumed = site.span.start - len(site.before)
            return None
        if self._is_bygone(site):
            return None
        named = self._named(site)
        if named is not None and bygone.is_near_ahead(site.span, self._published):
            return named
        bond, past = governing(site)
        if past:
            return None
        if bond is not None or site.span.clue is not Clue.NONE:
            return self._decided(site, bond)
        alone = by_subject_alone(site)
        if alone is not None and not bygone.is_ahead(site, self._given, self._published):
            alone = None
        return alone or (last if _AND.fullmatch(site.before) else None)

    def _is_bygone(self, site: Site) -> bool:
        if bygone.is_reported(site, self._published):
            return True
        return bygone.was_that_day(site, self._given, self._published)

    def _named(self, site: Site) -> DeadlineKind | None:
        """What the words right beside a date ahead say by themselves."""
        named = by_noun_after(site)
        if named is None and (hearings.is_named_before(site) or hearings.is_told(site)):
            return DeadlineKind.HEARING
        if named is None and meetings.is_told(site):
            return DeadlineKind.REVIEW
        return named

    def _decided(self, site: Site, bond: Bond | None) -> DeadlineKind | None:
        if self._binds_nobody(site, bond):
            return None
        kind = kind_of(site, bond)
        if kind is None or self._is_history(site, bond):
            return None
        if site.span.grain is Grain.MONTH and not _month_counts(site, bond, kind):
            return None
        return kind

    def _binds_nobody(self, site: Site, bond: Bond | None) -> bool:
        """Whether the date is that of a meeting's length, of a forecast, or of what went by."""
        if self._lasts_only(site) or self._opens_only(site) or bound.is_of_others(site):
            return True
        counted = site.span.clue in _COUNTS
        if counted and (self._measured(site) or bygone.went_by(site, self._given)):
            return True
        if bond is not None and forecasts.is_hoped(site, bond):
            return True
        by_then = bond is not None and bond.relation is Relation.DUE and not bond.strong
        if by_then and bound.government_is_asked(site):
            return True
        return (counted or by_then) and forecasts.is_forecast(site)

    def _is_history(self, site: Site, bond: Bond | None) -> bool:
        """Whether a day lies too far behind, or rather lies behind than nearly a year ahead."""
        day = site.span.until or site.span.date
        if self._published - day > OLDEST:
            return True
        far = bygone.is_far(site.span, self._published)
        weak = bond is None or not bond.strong or bond.relation is Relation.HAPPEN
        if weak:
            return far or day < self._published
        return far and bygone.is_told(site, self._given)

    def _lasts_only(self, site: Site) -> bool:
        """Whether a duration is that of a meeting, or of records kept: "the hearing is expected to last four days"."""
        if site.span.clue is Clue.LASTING and _KEPT.search(site.text):
            return True
        if site.span.clue is not Clue.LASTING or not _LASTS.search(site.before):
            return False
        return site.search(SUBJECTS[Subject.HEARING], self._text) is not None

    def _opens_only(self, site: Site) -> bool:
        """Whether applications or comments open that day, and their last day is told next."""
        if _CLOSES.match(site.after) is None or _OPENS.search(site.before) is None:
            return False
        return any(site.search(SUBJECTS[subject], site.before) for subject in _ASKED_FOR)

    def _measured(self, site: Site) -> bool:
        """Whether a count tells of what went on: "sales fell 12% in six months"."""
        if "%" not in site.before and "cent" not in site.before:
            return False
        return (
            _IN.search(site.before) is not None
            and bygone.TOLD.search(self._given.lower()) is not None
        )

    def _made(self, site: Site, kind: DeadlineKind) -> list[DeadlineFact]:
        span = site.span
        ends = kind in {DeadlineKind.COMMENT, DeadlineKind.EXPIRY, DeadlineKind.COMPLIANCE}
        if span.grain is Grain.MONTH and bonds.begins(site):
            ends = False
        day = span.until if ends and span.until else span.date
        clock = self._clock(span)
        fact = DeadlineFact(
            kind=kind,
            date=day,
            time=clock[0],
            zone=clock[1],
            text=self._given,
            confidence=_confidence(span),
            computed=span.computed,
            replaces=self._moved if self._moved != day else None,
        )
        if kind is DeadlineKind.EFFECTIVE and span.until and span.grain is Grain.DAY:
            end = replace(fact, kind=DeadlineKind.EXPIRY, date=span.until, time=None, zone=None)
            return [fact, end]
        return [fact]

    def _clock(self, span: DateSpan) -> tuple[time | None, str | None]:
        if self._clocks is None:
            self._clocks = times.find(self._text)
        near = [
            clock
            for clock in self._clocks
            if -60 < clock.start - span.end < 40 and not self._date_between(clock.start, span)
        ]
        if not near:
            return None, None
        best = min(near, key=lambda clock: abs(clock.start - span.start))
        return best.time, best.zone

    def _date_between(self, position: int, span: DateSpan) -> bool:
        low, high = sorted((position, span.start))
        return any(low <= other.start < high for other in self._spans if other is not span)


def _month_counts(site: Site, bond: Bond | None, kind: DeadlineKind) -> bool:
    """Whether a month without a day is exact enough: a start, an end or a limit, not an event."""
    if kind is DeadlineKind.HEARING or bond is None:
        return False
    if bond == Bond(Relation.START, strong=False) and _OF_THEN.search(site.before):
        return False
    return bond.relation is not Relation.HAPPEN or _WINDOW.search(site.before) is not None


_OF_THEN = re.compile(
    r"\b(?:entries|imports|shipments|liquidations|data|figures|goods|orders|cases|entradas|importaciones|pedimentos|embarques|datos|importations|donnees|envois)\s(?:from|de|del|desde|depuis)\s$"
)
"""What stems from a month does not begin in it: "protests against liquidations from January"."""
_LASTS = re.compile(r"\b(?:last|lasts|dur(?:a|ara|e|era))\s(?:about\s|unos\s|environ\s)?$")
_KEPT = re.compile(
    r"\b(?:keep|retain|preserve|maintain|hold|conservar\w*|guardar\w*|mantener|resguardar\w*|conserver\w*|garder\w*)\s(?:[\w']+\s){0,4}?(?:records?|certificates?|certifications?|documents?|documentation|paperwork|books|registros?|certificad\w+|certificats?|documentos?|documentacion|expedientes?|registres|dossiers?|pieces)\b"
)
_ASKED_FOR = (Subject.COMMENT, Subject.DUTY)
_OPENS = re.compile(r"\b(?:opens?|abr(?:e|en|ira|iran)|(?:s')?ouvr(?:e|ent|ira|iront))\b")
_CLOSES = re.compile(
    r"^[\s,]*(?:and|then|y|et)\s(?:it\s|they\s)?(?:will\s|se\s)?(?:close(?:s)?|end(?:s)?|shuts?|cierran?|cerrara[n]?|termina[n]?|ferment?|fermera|se\sterminent?)\b"
)
_IN = re.compile(r"\b(?:in|over|en|dans)\s(?:the\s|los\s|las\s|les\s)?$")
_COUNTS = frozenset({Clue.WITHIN, Clue.LASTING})


_WINDOW = re.compile(r"\b(?:window|ventana|fenetre|guichet)\b")


def _confidence(span: DateSpan) -> float:
    if span.grain is Grain.MONTH:
        return 0.5
    if span.computed:
        return 0.75
    return 0.95 if span.before is None else 0.85
