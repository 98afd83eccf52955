"""What is new about a story, said in the reader's language. Pure.

`bot.stories.changes` decides what changed, long before anybody knows who reads it; its English
sentence is what is shown of rows that older versions stored.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.alerts.days import spoken
from bot.alerts.facts import deadline_kind
from bot.alerts.products import product
from bot.alerts.words import words
from bot.domain.locales import language_of
from bot.domain.reading import DeadlineKind, Stage
from bot.domain.story import Change, ChangeKind, Conflict

RATE = "rate"
"""What sources disagree on, where it is no deadline."""
_GONE = "gone "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    stage: str
    rate: str
    new_rate: str
    moved: str
    new_deadline: str
    conflict: str
    official: str
    correction: str
    gone: str
    sources: tuple[str, str]
    the_rate: str


_ENGLISH = _Words(
    stage="Stage: {}",
    rate="Rate: {}",
    new_rate="New rate: {}",
    moved="Deadline moved: {}",
    new_deadline="New deadline: {}",
    conflict="Sources disagree, {}",
    official="Official text: {}",
    correction="Correction: {}",
    gone="no longer says {}",
    sources=("1 source", "{} sources"),
    the_rate="rate",
)
_SPANISH = _Words(
    stage="Etapa: {}",
    rate="Tasa: {}",
    new_rate="Nueva tasa: {}",
    moved="Cambio de plazo: {}",
    new_deadline="Nuevo plazo: {}",
    conflict="Las fuentes no coinciden, {}",
    official="Texto oficial: {}",
    correction="Corrección: {}",
    gone="ya no dice {}",
    sources=("1 fuente", "{} fuentes"),
    the_rate="tasa",
)
_FRENCH = _Words(
    stage="Étape : {}",
    rate="Taux : {}",
    new_rate="Nouveau taux : {}",
    moved="Échéance déplacée : {}",
    new_deadline="Nouvelle échéance : {}",
    conflict="Les sources divergent, {}",
    official="Texte officiel : {}",
    correction="Correction : {}",
    gone="ne dit plus {}",
    sources=("1 source", "{} sources"),
    the_rate="taux",
)


def said(change: Change, locale: str) -> Change:
    """Return the change with its sentence in a language such as ``es`` or ``fr-CA``."""
    say = _SAYINGS.get(change.kind)
    if say is None or not change.parts:
        return change
    try:
        return replace(change, text=say(change, _words(locale), locale))
    except ValueError:  # a stage or a kind of a newer version: its English sentence is right
        return change


def conflict_said(conflict: Conflict, locale: str) -> str:
    """Return for example ``rate: 25 % (Gazette); 20 % (Border Ledger)``."""
    sides = [f"{value} ({source})" for value, source in conflict.values]
    return _dispute(conflict.what, sides, locale)


def conflict_in(conflict: Conflict, locale: str) -> Conflict:
    """Return the conflict in a language: what it is about, and its days as people write them."""
    values = tuple((spoken(value, locale), source) for value, source in conflict.values)
    return replace(conflict, what=_disputed(conflict.what, locale), values=values)


def _words(locale: str) -> _Words:
    return {"en": _ENGLISH, "es": _SPANISH, "fr": _FRENCH}[language_of(locale)]


def _moves(change: Change, before: str, after: str) -> str:
    return f"{before} → {after}" if change.part("before") else after


def _stage(change: Change, ours: _Words, locale: str) -> str:
    stages = words(locale).stages
    before, after = change.part("before"), change.part("after")
    old = stages[Stage(before)] if before else ""
    return ours.stage.format(_moves(change, old, stages[Stage(after)]))


def _rate(change: Change, ours: _Words, locale: str) -> str:
    about = ", ".join(
        value if name == "target" else product(value, locale)
        for name, value in change.parts
        if name in {"target", "product"}
    )
    moved = _moves(change, change.part("before"), change.part("after"))
    frame = ours.rate if change.part("before") else ours.new_rate
    return frame.format(f"{moved} ({about})" if about else moved)


def _deadline(change: Change, ours: _Words, locale: str) -> str:
    what = deadline_kind(DeadlineKind(change.part("what")), locale)
    moved = spoken(_moves(change, change.part("before"), change.part("after")), locale)
    frame = ours.moved if change.part("before") else ours.new_deadline
    return frame.format(f"{what}, {moved}")


def _conflict(change: Change, ours: _Words, locale: str) -> str:
    sides = [value for name, value in change.parts if name == "side"]
    return ours.conflict.format(_dispute(change.part("what"), sides, locale))


def _dispute(what: str, sides: list[str], locale: str) -> str:
    named = _disputed(what, locale)
    colon = " :" if language_of(locale) == "fr" else ":"
    return f"{named}{colon} {spoken('; '.join(sides), locale)}"


def _disputed(what: str, locale: str) -> str:
    return _words(locale).the_rate if what == RATE else _kind(what, locale)


def _kind(what: str, locale: str) -> str:
    try:
        return deadline_kind(DeadlineKind(what), locale)
    except ValueError:
        return what.replace("_", " ")


def _official(change: Change, ours: _Words, _: str) -> str:
    return ours.official.format(change.part("title"))


def _correction(change: Change, ours: _Words, locale: str) -> str:
    gone = [value for name, value in change.parts if name == "gone"]
    gone += [
        f"{deadline_kind(DeadlineKind(name.removeprefix(_GONE)), locale)} {spoken(value, locale)}"
        for name, value in change.parts
        if name.startswith(_GONE)
    ]
    if gone:
        return ours.correction.format(ours.gone.format(", ".join(gone)))
    return ours.correction.format(_rate(change, replace(ours, rate="{}"), locale))


def _sources(change: Change, ours: _Words, _: str) -> str:
    one, many = ours.sources
    count = change.part("count")
    return one if count == "1" else many.format(count)


_SAYINGS: dict[ChangeKind, Callable[[Change, _Words, str], str]] = {
    ChangeKind.STAGE: _stage,
    ChangeKind.RATE: _rate,
    ChangeKind.DEADLINE: _deadline,
    ChangeKind.CONFLICT: _conflict,
    ChangeKind.OFFICIAL_TEXT: _official,
    ChangeKind.CORRECTION: _correction,
    ChangeKind.MORE_SOURCES: _sources,
}
