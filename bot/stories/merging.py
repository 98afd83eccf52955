"""Facts of several sources made one: each told once, disagreements kept with who says what."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.reading import Action, DeadlineFact, DeadlineKind, TariffFact
from bot.domain.story import Conflict, Member

_MAX_FACTS = 12
_RELIEF = frozenset({Action.SUSPENDED, Action.REMOVED, Action.EXEMPTED})
"""A rate told with one of these is the rate that nobody pays."""


def merged_deadlines(
    ranked: Sequence[Member],
) -> tuple[tuple[DeadlineFact, ...], tuple[Conflict, ...]]:
    """Return the deadlines of members that stand best source first, and their disagreements.

    The same kind and date is told once, in the best source's words. A date that some member's
    extension replaces is dropped.
    """
    ranked = [member for member in ranked if member.reading.deadlines]
    if not ranked:
        return (), ()
    moved = {
        (fact.kind, fact.replaces)
        for member in ranked
        for fact in member.reading.deadlines
        if fact.replaces
    }
    kept: dict[tuple[DeadlineKind, object], DeadlineFact] = {}
    said: dict[DeadlineKind, list[tuple[str, frozenset[str]]]] = {}
    for member in ranked:
        facts = [f for f in member.reading.deadlines if (f.kind, f.date) not in moved]
        for fact in facts:
            key = (fact.kind, fact.date)
            kept[key] = _fuller(kept[key], fact) if key in kept else fact
        for kind in {fact.kind for fact in facts}:
            dates = frozenset(fact.date.isoformat() for fact in facts if fact.kind is kind)
            said.setdefault(kind, []).append((_name(member), dates))
    conflicts = [_conflict(str(kind), said[kind]) for kind in sorted(said)]
    facts = sorted(kept.values(), key=lambda f: (f.date, f.kind))
    return tuple(facts[:_MAX_FACTS]), tuple(c for c in conflicts if c is not None)


def _fuller(best: DeadlineFact, other: DeadlineFact) -> DeadlineFact:
    """Keep the better source's fact, with the time of day of another where it gives none."""
    if best.time is None and other.time is not None:
        return replace(best, time=other.time, zone=other.zone)
    return best


def merged_tariffs(
    ranked: Sequence[Member],
) -> tuple[tuple[TariffFact, ...], tuple[Conflict, ...]]:
    """Return the tariff facts of members that stand best source first, and disagreeing rates.

    What a better source says is left out where a later one says all of it and more, with the
    sentence that says so.
    """
    kept: list[TariffFact] = []
    for member in ranked:
        for fact in member.reading.tariffs:
            if any(tells(other, fact) for other in kept):
                continue
            place = next((n for n, other in enumerate(kept) if completes(fact, other)), None)
            if place is None:
                kept.append(fact)
            else:
                kept[place] = fact
    lead = next((fact for fact in kept if fact.rate_pct is not None), None)
    if lead is None:
        return tuple(kept[:_MAX_FACTS]), ()
    former = {fact.previous_rate_pct for fact in kept if same_measure(lead, fact)}
    said = [(_name(member), _rates(member, lead, former)) for member in ranked]
    conflict = _conflict("rate", [(name, rates) for name, rates in said if rates])
    return tuple(kept[:_MAX_FACTS]), (conflict,) if conflict else ()


def same_measure(one: TariffFact, other: TariffFact) -> bool:
    """Whether two facts may speak of one measure: nothing that both state differs, but the rate."""
    return (
        _agree(one.imposer, other.imposer)
        and _overlap(one.targets, other.targets)
        and _overlap(one.products, other.products)
        and _agree(one.authority, other.authority)
    )


def tells(known: TariffFact, fact: TariffFact) -> bool:
    """Whether `known` already says what `fact` says."""
    return (
        same_measure(known, fact)
        and (known.action in _RELIEF) == (fact.action in _RELIEF)
        and (fact.rate_pct is None or fact.rate_pct == known.rate_pct)
        and (fact.effective_date is None or fact.effective_date == known.effective_date)
        and set(fact.targets) <= set(known.targets or fact.targets)
    )


def completes(fact: TariffFact, known: TariffFact) -> bool:
    """Whether `fact` says all that `known` says of the same action, so that one line tells both."""
    return (
        fact.action is known.action
        and tells(fact, known)
        and set(known.products) <= set(fact.products)
        and set(known.hts) <= set(fact.hts)
        and set(known.exemptions) <= set(fact.exemptions)
        and known.imposer in (None, fact.imposer)
        and known.authority in (None, fact.authority)
        and known.previous_rate_pct in (None, fact.previous_rate_pct)
        and set(known.targets) <= set(fact.targets)
    )


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _rates(member: Member, lead: TariffFact, former: Collection[float | None]) -> frozenset[str]:
    """Return the rates a member states for the measure, without those known to be the former."""
    return frozenset(
        percent(fact.rate_pct)
        for fact in member.reading.tariffs
        if fact.rate_pct is not None and fact.rate_pct not in former and same_measure(lead, fact)
    )


def percent(rate: float) -> str:
    """Return a rate as a person writes it: ``25 %``, ``12.5 %``."""
    return f"{rate:g} %"


def _name(member: Member) -> str:
    return member.entry.source or "unnamed source"


def _conflict(what: str, said: Sequence[tuple[str, frozenset[str]]]) -> Conflict | None:
    """Return a disagreement where a source states only values that the best source does not."""
    if len(said) < 2:
        return None
    best_name, best_values = said[0]
    values = [(_joined(best_values), best_name)]
    for name, other in said[1:]:
        text = _joined(other)
        if not other & best_values and text not in {value for value, _ in values}:
            values.append((text, name))
    return Conflict(what=what, values=tuple(values)) if len(values) > 1 else None


def _joined(values: frozenset[str]) -> str:
    return ", ".join(sorted(values, key=lambda value: (len(value), value)))
