"""What is new about a story after an entry came: nothing, a quiet edit, or an update to tell."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.domain.feed import Tier
from bot.domain.reading import DeadlineFact, DeadlineKind, Stage, TariffFact
from bot.domain.story import Change, ChangeKind, Conflict, Member, Story, Telling, Verdict
from bot.stories.compose import publisher
from bot.stories.merging import percent, same_measure

Parts = Sequence[tuple[str, str]]

_SAID = {
    DeadlineKind.COMMENT: "comments close",
    DeadlineKind.HEARING: "hearing",
    DeadlineKind.EFFECTIVE: "takes effect",
    DeadlineKind.EXPIRY: "expires",
    DeadlineKind.REVIEW: "review",
    DeadlineKind.COMPLIANCE: "filing or compliance due",
}


def decide(before: Story | None, after: Story, newcomer: Member, *, edited: bool) -> Verdict:
    """Return what the channels that have the story must see.

    `before` is the story without the newcomer (or with its former text, where it was edited).
    The texts of the changes are short English: ``Stage: announced → in force``.
    """
    if before is None:
        change = _change(ChangeKind.NEW_STORY, after.headline, newcomer)
        return Verdict(telling=Telling.UPDATE, changes=(change,))
    disputed = _new_conflicts(before, after)
    kinds = {conflict.what for conflict in disputed}
    changes = (
        *_stage(before, after, newcomer),
        *(() if "rate" in kinds else _rates(before, after, newcomer)),
        *_deadlines(before, after, newcomer, without=kinds),
        *(_conflict(conflict, newcomer) for conflict in disputed),
    )
    if edited:
        corrected = tuple(_corrected(change, newcomer) for change in changes)
        changes = (*_correction(before, after, newcomer, corrected), *corrected)
    elif newcomer.entry.tier is Tier.OFFICIAL:
        title = newcomer.entry.title.strip() or publisher(newcomer)
        official = _change(
            ChangeKind.OFFICIAL_TEXT, f"Official text: {title}", newcomer, parts=[("title", title)]
        )
        changes = (*changes, official)
    if changes:
        moved = before.stage is not None and any(c.kind is ChangeKind.STAGE for c in changes)
        return Verdict(telling=Telling.UPDATE, changes=changes, broadcast=moved)
    return _quiet(before, after, newcomer)


def _quiet(before: Story, after: Story, newcomer: Member) -> Verdict:
    """Return an edit where the posted message would read differently, nothing otherwise."""
    shown = replace(
        after,
        revision=before.revision,
        entry_count=before.entry_count,
        updated_at=before.updated_at,
        first_seen=before.first_seen,
    )
    if shown == before:
        return Verdict(telling=Telling.NOTHING)
    told = len(after.sources)
    text = f"{told} sources" if told != 1 else "1 source"
    change = _change(ChangeKind.MORE_SOURCES, text, newcomer, parts=[("count", str(told))])
    return Verdict(telling=Telling.EDIT, changes=(change,))


def _stage(before: Story, after: Story, newcomer: Member) -> Iterator[Change]:
    if after.stage is None or after.stage is before.stage:
        return
    if before.stage is None and after.stage.rank < Stage.SIGNED.rank:
        return  # the first word of a threat or an announcement is no change of stage
    old = f"{_words(before.stage)} → " if before.stage else ""
    parts = [("before", str(before.stage or "")), ("after", str(after.stage))]
    text = f"Stage: {old}{_words(after.stage)}"
    yield _change(ChangeKind.STAGE, text, newcomer, parts=parts)


def _words(stage: Stage) -> str:
    return str(stage).replace("_", " ")


def _rates(before: Story, after: Story, newcomer: Member) -> Iterator[Change]:
    """Yield rates that the newcomer adds to the story's measure, or to its first one."""
    known = {fact.rate_pct for fact in before.tariffs if fact.rate_pct is not None}
    for fact in newcomer.reading.tariffs:
        if fact.rate_pct is None or fact.rate_pct in known or fact not in after.tariffs:
            continue
        known.add(fact.rate_pct)
        old = next((f for f in before.tariffs if f.rate_pct and same_measure(f, fact)), None)
        if old is None and any(f.rate_pct for f in before.tariffs):
            continue  # another measure, told as background
        yield _change(
            ChangeKind.RATE,
            _rate_text(old, fact),
            newcomer,
            quote=fact.text,
            parts=_rate_parts(old, fact),
        )


def _rate_parts(old: TariffFact | None, new: TariffFact) -> Parts:
    before = None if old is None else old.rate_pct
    return [
        ("before", "" if before is None else percent(before)),
        ("after", percent(new.rate_pct or 0.0)),
        *(("target", target) for target in new.targets),
        *(("product", product) for product in new.products[:3]),
    ]


def _rate_text(old: TariffFact | None, new: TariffFact) -> str:
    about = " ".join(filter(None, (", ".join(new.targets), ", ".join(new.products[:3]))))
    what = f" ({about})" if about else ""
    rate = percent(new.rate_pct or 0.0)
    if old is not None and old.rate_pct is not None:
        return f"Rate: {percent(old.rate_pct)} → {rate}{what}"
    return f"New rate: {rate}{what}"


def _deadlines(
    before: Story, after: Story, newcomer: Member, *, without: Collection[str]
) -> Iterator[Change]:
    known = {(fact.kind, fact.date) for fact in before.deadlines}
    mine = {(fact.kind, fact.date) for fact in newcomer.reading.deadlines}
    for fact in after.deadlines:
        key = (fact.kind, fact.date)
        if key in mine and key not in known and fact.kind not in without:
            text = _deadline_text(fact)
            parts = [
                ("what", str(fact.kind)),
                ("before", fact.replaces.isoformat() if fact.replaces else ""),
                ("after", fact.date.isoformat()),
            ]
            yield _change(ChangeKind.DEADLINE, text, newcomer, quote=fact.text, parts=parts)


def _deadline_text(fact: DeadlineFact) -> str:
    what = _SAID[fact.kind]
    if fact.replaces is not None:
        return f"Deadline moved: {what} {fact.replaces.isoformat()} → {fact.date.isoformat()}"
    return f"New deadline: {what} {fact.date.isoformat()}"


def _new_conflicts(before: Story, after: Story) -> list[Conflict]:
    known = {(c.what, value) for c in before.conflicts for value, _ in c.values}
    return [c for c in after.conflicts if any((c.what, v) not in known for v, _ in c.values)]


def _conflict(conflict: Conflict, newcomer: Member) -> Change:
    sides = [f"{value} ({source})" for value, source in conflict.values]
    text = f"Sources disagree on {conflict.what.replace('_', ' ')}: {'; '.join(sides)}"
    parts = [("what", conflict.what), *(("side", side) for side in sides)]
    return _change(ChangeKind.CONFLICT, text, newcomer, parts=parts)


def _corrected(change: Change, newcomer: Member) -> Change:
    """A rate or a date that an edit puts in another's place is one correction, not two changes."""
    before, after = change.part("before"), change.part("after")
    if change.kind is not ChangeKind.RATE or not before:
        return change
    text = f"Correction by {publisher(newcomer)}: {before} → {after}"
    return replace(change, kind=ChangeKind.CORRECTION, text=text)


def _correction(
    before: Story, after: Story, newcomer: Member, told: Sequence[Change]
) -> Iterator[Change]:
    """Yield a correction where an edit took back something that no change of `told` replaces."""
    name = publisher(newcomer)
    replaced = {change.part("before") for change in told if change.kind is ChangeKind.CORRECTION}
    rates = [percent(rate) for rate in sorted(_rate_set(before) - _rate_set(after))]
    rates = [rate for rate in rates if rate not in replaced]
    dates = {(f.kind, f.date) for f in before.deadlines} - {
        (f.kind, f.date) for f in after.deadlines
    }
    gone = [*rates, *(f"{_SAID[kind]} {date.isoformat()}" for kind, date in sorted(dates))]
    if gone:
        text = f"Correction by {name}: no longer says {', '.join(gone)}"
        parts = [("gone", rate) for rate in rates]
        parts += [(f"gone {kind}", date.isoformat()) for kind, date in sorted(dates)]
        yield _change(ChangeKind.CORRECTION, text, newcomer, parts=parts)
    elif before.headline != after.headline and not replaced:
        text = f"Correction by {name}: {before.headline} → {after.headline}"
        parts = [("before", before.headline), ("after", after.headline)]
        yield _change(ChangeKind.CORRECTION, text, newcomer, parts=parts)


def _rate_set(story: Story) -> set[float]:
    return {fact.rate_pct for fact in story.tariffs if fact.rate_pct is not None}


def _change(
    kind: ChangeKind,
    text: str,
    newcomer: Member,
    *,
    quote: str | None = None,
    parts: Parts = (),
) -> Change:
    return Change(
        kind=kind,
        text=text,
        parts=tuple(parts),
        quote=quote,
        source=publisher(newcomer),
        url=newcomer.entry.url,
    )
