"""The model of `topics.yaml`: the words the bot listens for, turned into the reading room's rules."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.reading.rules import ANOTHER_TOPIC, RuleError, Rules, TopicRule, Veto, WeakTerms, forms
from bot.settings.files import Document, Loc, Problem
from bot.settings.validation import one_of
from bot.settings.values import Identifier, Strict

Term = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
ByLanguage = dict[Literal["any", "en", "es", "fr"], tuple[Term, ...]]
Terms = tuple[Term, ...] | ByLanguage
"""A list of terms, or lists by language; the languages are for the reader's eyes only."""


class InThreeLanguages(Strict):
    """A name people see, once for each language of the bot."""

    en: Name
    es: Name
    fr: Name


class AliasesRow(Strict):
    """Other words people use for a topic in commands."""

    en: tuple[Name, ...] = ()
    es: tuple[Name, ...] = ()
    fr: tuple[Name, ...] = ()


class WeakRow(Strict):
    """Terms that count only beside one of the contexts in `near`; none named: without one too."""

    terms: Terms
    near: tuple[str, ...] = ()
    and_near: tuple[str, ...] = ()
    """One of these is needed too."""
    unless: tuple[str, ...] = ()
    """Contexts that speak for another sense; an anchor outweighs them."""
    never: tuple[str, ...] = ()
    """Contexts that speak for another sense, whatever else is there."""
    within: Annotated[int, Field(ge=5, le=2_000)] = 300
    """Characters between the term and its context, at most."""

    def weak_terms(self) -> WeakTerms:
        """Return the row as the reading room keeps it."""
        return WeakTerms(
            terms=_flat(self.terms),
            near=self.near,
            and_near=self.and_near,
            unless=self.unless,
            never=self.never,
            within=self.within,
        )


class TopicRow(Strict):
    """One topic people can subscribe to."""

    id: Identifier
    label: InThreeLanguages
    aliases: AliasesRow = AliasesRow()
    strong: Terms = ()
    """Terms that are enough alone."""
    weak: tuple[WeakRow, ...] = ()
    needs: tuple[str, ...] = ()
    """Contexts of which one must stand anywhere in the entry for strong terms to count."""
    from_deadlines: bool = False
    """True: the topic of entries that have another topic and a date that binds somebody."""

    def rule(self) -> TopicRule:
        """Return the topic as the reading room keeps it."""
        return TopicRule(
            id=self.id,
            label=self.label.model_dump(),
            aliases={locale: tuple(words) for locale, words in self.aliases.model_dump().items()},
            strong=_flat(self.strong),
            weak=tuple(row.weak_terms() for row in self.weak),
            needs=self.needs,
            from_deadlines=self.from_deadlines,
        )


class VetoRow(Strict):
    """Words that show that a whole entry is about something else."""

    name: Name
    any: Terms = ()
    """One is enough."""
    several: Terms = ()
    """Two different ones are needed."""
    unless: tuple[str, ...] = ()
    """Contexts that outweigh them."""


class TopicsFile(Strict):
    """The words the bot listens for, by topic."""

    anchors: tuple[str, ...] = ()
    """Contexts that prove that a text is about trade."""
    contexts: dict[str, Terms] = Field(default_factory=dict)
    masks: Terms = ()
    """Phrases that hide the terms inside them."""
    vetoes: tuple[VetoRow, ...] = ()
    topics: Annotated[tuple[TopicRow, ...], Field(min_length=1)]

    def rules(self) -> Rules:
        """Return the file as the reading room's rules."""
        return Rules(
            topics=tuple(topic.rule() for topic in self.topics),
            contexts={name: _flat(terms) for name, terms in self.contexts.items()},
            anchors=self.anchors,
            masks=_flat(self.masks),
            vetoes=tuple(
                Veto(
                    name=row.name, any=_flat(row.any), several=_flat(row.several), unless=row.unless
                )
                for row in self.vetoes
            ),
        )

    def named_contexts(self) -> Iterator[tuple[Loc, str]]:
        """Yield the place and the name of every context that a rule asks for."""
        yield from _each(("anchors",), self.anchors)
        for place, veto in enumerate(self.vetoes):
            yield from _each(("vetoes", place, "unless"), veto.unless)
        for place, topic in enumerate(self.topics):
            yield from _each(("topics", place, "needs"), topic.needs)
            for row, weak in enumerate(topic.weak):
                here: Loc = ("topics", place, "weak", row)
                yield from _each((*here, "near"), weak.near)
                yield from _each((*here, "and_near"), weak.and_near)
                yield from _each((*here, "unless"), weak.unless)
                yield from _each((*here, "never"), weak.never)


def unknown_contexts(document: Document, file: TopicsFile) -> list[Problem]:
    """Return a problem for each context that a rule asks for and nobody defines, with its line."""
    known = [*file.contexts, ANOTHER_TOPIC]
    return [
        document.problem(loc, f"the context '{name}' is not defined; {one_of(name, known)}")
        for loc, name in file.named_contexts()
        if name not in known
    ]


def without_terms(document: Document, file: TopicsFile) -> list[Problem]:
    """Return a problem for each topic, and each row of weak terms, that nothing could ever bring."""
    found = []
    for place, topic in enumerate(file.topics):
        here: Loc = ("topics", place)
        if not (topic.from_deadlines or _flat(topic.strong) or topic.weak):
            said = f"topic '{topic.id}': has no terms: give it strong or weak ones, or remove it"
            found.append(document.problem(here, said))
        for row, weak in enumerate(topic.weak):
            if not _flat(weak.terms):
                said = f"topic '{topic.id}': weak.{row}: has no terms: give it some, or remove it"
                found.append(document.problem((*here, "weak", row), said))
    return found


def wrong_terms(document: Document) -> list[Problem]:
    """Return a problem for each term of a file that cannot be compiled, with its line.

    Wants a file that its model took.
    """
    return [
        document.problem(loc, str(error))
        for loc, term in _terms(document.value, ())
        if (error := _error(term)) is not None
    ]


def _each(loc: Loc, names: Iterable[str]) -> Iterator[tuple[Loc, str]]:
    for place, name in enumerate(names):
        yield (*loc, place), name


def _error(term: str) -> RuleError | None:
    try:
        forms(term)
    except RuleError as error:
        return error
    return None


_TERM_LISTS = frozenset({"strong", "terms", "masks", "any", "several", "contexts"})


def _terms(value: object, loc: Loc, *, inside: bool = False) -> Iterable[tuple[Loc, str]]:
    if isinstance(value, str):
        if inside:
            yield loc, value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            yield from _terms(below, (*loc, key), inside=inside or key in _TERM_LISTS)
    elif isinstance(value, Iterable):
        for place, below in enumerate(value):
            yield from _terms(below, (*loc, place), inside=inside)


def _flat(terms: Terms) -> tuple[str, ...]:
    if isinstance(terms, Mapping):
        return tuple(term for group in terms.values() for term in group)
    return tuple(terms)
