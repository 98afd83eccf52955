"""Topics of an entry: which fire, which words made them, and why others did not.

    entry → one prepared text → one pass of the automaton → masks → vetoes → strong, weak → score

Strong terms fire alone. Weak terms count beside one of their contexts, in reach, never merely
somewhere in the text. A mask hides the terms inside its phrase; a veto silences the whole entry
unless a word that proves trade outweighs it. Every hit adds to the topic's score by its place
(title, lead, further down), as independent pieces of evidence do: 1 - product of (1 - weight).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.entry import Entry
from bot.domain.reading import NearMiss, TopicMatch
from bot.reading.automaton import Automaton, Hit
from bot.reading.evidence import STRONG, WEAK, Evidence, Found, Masks, Page
from bot.reading.passage import Passages, passages
from bot.reading.rules import ANOTHER_TOPIC, RuleError, Rules, TopicRule, WeakTerms

THRESHOLD = 0.5
MAX_MISSES = 12
MAX_MISSES_EACH = 2
"""Near misses told for one topic."""
MAX_STOPPED = 100
"""Masked and wrongly cased hits looked at for near misses."""
DEADLINE_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What the topic rules say of one entry, best score first."""

    matches: tuple[TopicMatch, ...]
    near_misses: tuple[NearMiss, ...]


_NOTHING = TopicReading((), ())


def _ranked(matches: list[TopicMatch]) -> tuple[TopicMatch, ...]:
    return tuple(sorted(matches, key=lambda match: (-match.score, match.topic)))


@dataclass(slots=True)
class _Uses:
    """What one term is there for."""

    strong: list[int]
    weak: list[tuple[int, WeakTerms]]
    contexts: list[str]
    vetoes: list[tuple[int, bool]]
    mask: bool = False
    tells: bool = False
    """Whether it is more than a context or a mask."""


class TopicReader:
    """Reads topics by rules. Building one compiles every term: build it once.

    Raises RuleError for rules that cannot be compiled.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._uses: dict[str, _Uses] = {}
        self._enlist()
        self._terms = list(self._uses)
        self._by_number = list(self._uses.values())
        for uses in self._by_number:
            uses.tells = bool(uses.strong or uses.weak or uses.vetoes)
        self._masks = frozenset(n for n, uses in enumerate(self._by_number) if uses.mask)
        of_topics = (n for n, uses in enumerate(self._by_number) if uses.strong or uses.weak)
        self._automaton = Automaton(self._terms, frozenset(of_topics))

    def match(
        self, entry: Entry, *, deadlines: bool, texts: Passages | None = None
    ) -> TopicReading:
        """Return the topics of an entry; `deadlines` says that one to come was read in it.

        `texts` are its texts where they are folded already.
        """
        page = Page(texts or passages(entry))
        hits = self._automaton.find_if_wanted(page.prepared)
        if not hits:
            return _NOTHING
        found = self._sorted(hits)
        veto = self._veto(found)
        if veto is not None:
            return TopicReading((), self._vetoed(page, found, veto))
        evidence = self._weigh(page, found)
        matches = _ranked(self._matches(page, evidence))
        reading = TopicReading(matches, self._misses(page, found, evidence))
        return self.with_deadlines(reading) if deadlines else reading

    def with_deadlines(self, reading: TopicReading) -> TopicReading:
        """Return what is read of an entry on these topics in which a deadline to come stands."""
        if not reading.matches:
            return reading
        more = [
            TopicMatch(topic=rule.id, score=DEADLINE_SCORE)
            for rule in self._rules.topics
            if rule.from_deadlines
        ]
        return TopicReading(_ranked([*reading.matches, *more]), reading.near_misses)

    def _enlist(self) -> None:
        rules = self._rules
        for number, topic in enumerate(rules.topics):
            self._enlist_topic(number, topic)
        for name, terms in rules.contexts.items():
            for term in terms:
                self._use(term).contexts.append(name)
        for number, veto in enumerate(rules.vetoes):
            for term in veto.any:
                self._use(term).vetoes.append((number, True))
            for term in veto.several:
                self._use(term).vetoes.append((number, False))
        for term in rules.masks:
            self._use(term).mask = True

    def _enlist_topic(self, number: int, topic: TopicRule) -> None:
        self._check_contexts(topic.id, topic.needs)
        for term in topic.strong:
            self._use(term).strong.append(number)
        for weak in topic.weak:
            self._check_contexts(topic.id, weak.contexts)
            for term in weak.terms:
                self._use(term).weak.append((number, weak))

    def _use(self, term: str) -> _Uses:
        return self._uses.setdefault(term, _Uses([], [], [], []))

    def _check_contexts(self, topic: str, names: tuple[str, ...]) -> None:
        known = {*self._rules.contexts, ANOTHER_TOPIC}
        for name in names:
            if name not in known:
                raise RuleError(
                    f"topic “{topic}” asks for the context “{name}”, which is not defined"
                )

    def _sorted(self, hits: list[Hit]) -> Found:
        by_number, are_masks = self._by_number, self._masks
        masks = Masks([hit for hit in hits if hit[2] in are_masks and not hit[3]])
        first, last = masks.first, masks.last
        found = Found()
        contexts = found.contexts
        for hit in hits:
            start, end, term, miscased = hit
            uses = by_number[term]
            hidden = start < last and end > first and not uses.mask
            mask = masks.hiding(hit) if hidden else None
            if mask is not None or miscased:
                found.stopped.append((hit, mask))
                continue
            if uses.contexts:
                place = (start, end)
                for name in uses.contexts:
                    contexts[name].append(place)
            if uses.tells:
                self._sort_out(found, hit, uses)
        found.sort()
        return found

    @staticmethod
    def _sort_out(found: Found, hit: Hit, uses: _Uses) -> None:
        for topic in uses.strong:
            found.strong.append((topic, hit))
        for topic, rule in uses.weak:
            found.weak.append((topic, rule, hit))
        for veto, _ in uses.vetoes:
            found.vetoes[veto][hit.term] = hit

    def _misses(
        self, page: Page, found: Found, evidence: dict[int, Evidence]
    ) -> tuple[NearMiss, ...]:
        """Tell of the topics that did not match the words that might have made them."""
        if not (evidence or found.stopped or found.alone):
            return ()
        told: dict[int, int] = defaultdict(int)
        misses: list[NearMiss] = []
        for topic, hit, reason in self._stopped(page, found, evidence):
            seen = evidence.get(topic)
            if told[topic] >= MAX_MISSES_EACH or (seen is not None and seen.score >= THRESHOLD):
                continue
            told[topic] += 1
            misses.append(self._near_miss(page, topic, hit, reason))
            if len(misses) == MAX_MISSES:
                break
        return tuple(misses)

    def _stopped(
        self, page: Page, found: Found, evidence: dict[int, Evidence]
    ) -> Iterator[tuple[int, Hit, str]]:
        for topic, seen in evidence.items():
            if seen.score < THRESHOLD:
                yield topic, seen.best()[0], "passing mention"
        for hit, mask in found.stopped[:MAX_STOPPED]:
            reason = "case"
            if mask is not None:
                reason = f"mask: {page.span(mask, self._terms[mask.term]).text}"
            uses = self._by_number[hit.term]
            for topic in dict.fromkeys([*uses.strong, *(topic for topic, _ in uses.weak)]):
                yield topic, hit, reason
        for topic, hit in found.alone:
            yield topic, hit, "no context"

    def _near_miss(self, page: Page, topic: int, hit: Hit, reason: str) -> NearMiss:
        name = self._rules.topics[topic].id
        return NearMiss(topic=name, reason=reason, span=page.span(hit, self._terms[hit.term]))

    def _veto(self, found: Found) -> Hit | None:
        for number, hits in found.vetoes.items():
            rule = self._rules.vetoes[number]
            if not found.contexts.keys().isdisjoint(rule.unless):
                continue
            alone = next((hit for hit in hits.values() if self._decides(hit, number)), None)
            if alone is not None:
                return alone
            if len(hits) > 1:
                return next(iter(hits.values()))
        return None

    def _decides(self, hit: Hit, veto: int) -> bool:
        return (veto, True) in self._by_number[hit.term].vetoes

    def _vetoed(self, page: Page, found: Found, veto: Hit) -> tuple[NearMiss, ...]:
        reason = f"veto: {page.span(veto, self._terms[veto.term]).text}"
        stopped = dict.fromkeys(topic for topic, _ in found.strong)
        firsts = dict(reversed(found.strong))
        misses = [self._near_miss(page, topic, firsts[topic], reason) for topic in stopped]
        return tuple(misses[:MAX_MISSES])

    def _weigh(self, page: Page, found: Found) -> dict[int, Evidence]:
        evidence = self._weigh_strong(page, found)
        companions: list[tuple[int, Hit]] = []
        for topic, rule, hit in found.weak:
            if ANOTHER_TOPIC in rule.near:
                companions.append((topic, hit))
            elif topic in evidence and evidence[topic].settled:
                continue
            elif self._counts(rule, hit, found):
                evidence[topic].add(hit, WEAK[page.place(hit)])
            else:
                found.alone.append((topic, hit))
        others = (
            {topic for topic, seen in evidence.items() if seen.score >= THRESHOLD}
            if companions
            else set()
        )
        for topic, hit in companions:
            if not others - {topic}:
                found.alone.append((topic, hit))
            elif not evidence[topic].settled:
                evidence[topic].add(hit, WEAK[page.place(hit)])
        return evidence

    def _weigh_strong(self, page: Page, found: Found) -> dict[int, Evidence]:
        evidence: dict[int, Evidence] = defaultdict(Evidence)
        for topic, hit in found.strong:
            needs = self._rules.topics[topic].needs
            if needs and found.contexts.keys().isdisjoint(needs):
                found.alone.append((topic, hit))
            elif not evidence[topic].settled:
                evidence[topic].add(hit, STRONG[page.place(hit)])
        return evidence

    def _counts(self, rule: WeakTerms, hit: Hit, found: Found) -> bool:
        within = rule.within
        # a term is no context for itself, but a phrase around it may give it another sense
        if rule.near and not found.beside(rule.near, hit, within):
            return False
        if rule.never and found.beside(rule.never, hit, within, apart=False):
            return False
        if rule.and_near and not found.beside(rule.and_near, hit, within):
            return False
        if not rule.unless or not found.beside(rule.unless, hit, within, apart=False):
            return True
        return found.beside(self._rules.anchors, hit, within)

    def _matches(self, page: Page, evidence: dict[int, Evidence]) -> list[TopicMatch]:
        return [
            TopicMatch(
                topic=self._rules.topics[topic].id,
                score=round(seen.score, 3),
                spans=tuple(page.span(hit, self._terms[hit.term]) for hit in seen.best()),
            )
            for topic, seen in evidence.items()
            if seen.score >= THRESHOLD
        ]
