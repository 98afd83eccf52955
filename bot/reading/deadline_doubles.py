"""Deadlines told twice: of one day the surest reading stays, and a day stated outweighs one counted."""

from dataclasses import replace
from datetime import date

from bot.domain.reading import DeadlineFact, DeadlineKind


def without_doubles(found: list[DeadlineFact]) -> list[DeadlineFact]:
    """Keep each (kind, date) once, the surest reading of it."""
    best: dict[tuple[DeadlineKind, date], DeadlineFact] = {}
    for fact in found:
        known = best.get((fact.kind, fact.date))
        if known is None or fact.confidence > known.confidence:
            best[fact.kind, fact.date] = fact if known is None else _merged(fact, known)
    return list(best.values())


def without_counted(
    found: list[DeadlineFact], counted: set[tuple[DeadlineKind, date]]
) -> list[DeadlineFact]:
    """Leave out a day that was counted where the sentence states one: "the 90-day truce ends on …".

    `counted` are kinds and days of what lasts so long from now.
    """
    stated = {fact.kind for fact in found if (fact.kind, fact.date) not in counted}
    return [
        fact for fact in found if fact.kind not in stated or (fact.kind, fact.date) not in counted
    ]


def _merged(better: DeadlineFact, other: DeadlineFact) -> DeadlineFact:
    return replace(
        better,
        time=better.time or other.time,
        zone=better.zone or other.zone,
        replaces=better.replaces or other.replaces,
    )
