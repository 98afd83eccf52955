"""Facts in a few words, in the reader's language: a tariff action, a deadline."""

import re
from datetime import date

from bot.alerts.days import day
from bot.alerts.products import product
from bot.domain.locales import language_of
from bot.domain.marks import UNMARKED, DeadlineMarks
from bot.domain.message import FactLine
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, TariffFact

_ACTIONS = {
    "en": {
        Action.THREATENED: "threatened",
        Action.ANNOUNCED: "announced",
        Action.IMPOSED: "imposed",
        Action.RAISED: "raised",
        Action.LOWERED: "lowered",
        Action.SUSPENDED: "suspended",
        Action.REMOVED: "removed",
        Action.RETALIATORY: "in retaliation",
        Action.EXEMPTED: "exempted",
    },
    "es": {
        Action.THREATENED: "amenaza",
        Action.ANNOUNCED: "anunciado",
        Action.IMPOSED: "impuesto",
        Action.RAISED: "aumentado",
        Action.LOWERED: "reducido",
        Action.SUSPENDED: "suspendido",
        Action.REMOVED: "eliminado",
        Action.RETALIATORY: "en represalia",
        Action.EXEMPTED: "exento",
    },
    "fr": {
        Action.THREATENED: "menace",
        Action.ANNOUNCED: "annoncé",
        Action.IMPOSED: "imposé",
        Action.RAISED: "relevé",
        Action.LOWERED: "abaissé",
        Action.SUSPENDED: "suspendu",
        Action.REMOVED: "supprimé",
        Action.RETALIATORY: "en représailles",
        Action.EXEMPTED: "exempté",
    },
}

_SECTION = re.compile(r"^Section (?=\d)")
_SECTIONS = {"es": "Sección ", "fr": "article "}

_KINDS = {
    "en": {
        DeadlineKind.COMMENT: "comments due",
        DeadlineKind.HEARING: "hearing",
        DeadlineKind.EFFECTIVE: "takes effect",
        DeadlineKind.EXPIRY: "expires",
        DeadlineKind.REVIEW: "review",
        DeadlineKind.COMPLIANCE: "filing or compliance due",
    },
    "es": {
        DeadlineKind.COMMENT: "cierre de comentarios",
        DeadlineKind.HEARING: "audiencia",
        DeadlineKind.EFFECTIVE: "entra en vigor",
        DeadlineKind.EXPIRY: "vence",
        DeadlineKind.REVIEW: "revisión",
        DeadlineKind.COMPLIANCE: "trámite o cumplimiento",
    },
    "fr": {
        DeadlineKind.COMMENT: "fin des commentaires",
        DeadlineKind.HEARING: "audience",
        DeadlineKind.EFFECTIVE: "entrée en vigueur",
        DeadlineKind.EXPIRY: "expiration",
        DeadlineKind.REVIEW: "examen",
        DeadlineKind.COMPLIANCE: "dépôt ou mise en conformité",
    },
}

_SMALL = {
    "en": {
        "from": "from {}",
        "effective": "effective {}",
        "computed": "worked out from the text",
        "confirmed": "confirmed by {}",
        "handled": "handled by {}",
    },
    "es": {
        "from": "antes {}",
        "effective": "vigente desde el {}",
        "computed": "calculado a partir del texto",
        "confirmed": "confirmado por {}",
        "handled": "lo atiende {}",
    },
    "fr": {
        "from": "avant {}",
        "effective": "dès le {}",
        "computed": "calculé d’après le texte",
        "confirmed": "confirmé par {}",
        "handled": "pris en charge par {}",
    },
}


def percent(rate: float) -> str:
    """Return a rate as people write it: ``25 %``, ``12.5 %``."""
    return f"{rate:g} %"


def tariff_line(fact: TariffFact, locale: str) -> FactLine:
    """Return for example ``US → CA: 25 % (from 10 %), steel, Section 232, effective 1 Dec 2026``."""
    small = _SMALL[language_of(locale)]
    parts = [_rate(fact, small)]
    parts += [", ".join(product(name, locale) for name in fact.products)]
    parts += [tariff_action(fact.action, locale)]
    parts += [statute(fact.authority or "", locale)]
    parts += [", ".join(f"HTS {code}" for code in fact.hts)]
    if fact.effective_date is not None:
        parts.append(small["effective"].format(day(fact.effective_date, locale)))
    who = _parties(fact)
    what = ", ".join(part for part in parts if part)
    return FactLine(text=f"{who}: {what}" if who else what, quote=fact.text, fact=fact)


def statute(name: str, locale: str) -> str:
    """Return what a law is called in a language: ``Section 232`` is ``article 232`` in French."""
    section = _SECTIONS.get(language_of(locale))
    return name if section is None else _SECTION.sub(section, name)


def tariff_action(action: Action, locale: str) -> str:
    """Return what is done to a tariff, in a word; English for a language it does not speak."""
    return _ACTIONS[language_of(locale)][action]


def deadline_kind(kind: DeadlineKind, locale: str) -> str:
    """Return what happens on the date, in a word or two; English for a language it does not speak."""
    return _KINDS[language_of(locale)][kind]


def deadline_line(fact: DeadlineFact, locale: str, marks: DeadlineMarks = UNMARKED) -> FactLine:
    """Return for example ``1 Dec 2026, 23:59 (America/New_York): comments due``.

    The note says that it was worked out, and what the team said of it.
    """
    small = _SMALL[language_of(locale)]
    when = day(fact.date, locale)
    if fact.time is not None:
        zone = f" ({fact.zone})" if fact.zone else ""
        when += f", {fact.time:%H:%M}{zone}"
    if fact.replaces is not None:
        when = f"{day(fact.replaces, locale)} → {when}"
    notes = [small["computed"]] if fact.computed else []
    if marks.confirmed is not None:
        notes.append(small["confirmed"].format(f"@{marks.confirmed.called}"))
    if marks.handled is not None:
        notes.append(small["handled"].format(f"@{marks.handled.called}"))
    note = ", ".join(notes)
    return FactLine(
        text=f"{when}: {deadline_kind(fact.kind, locale)}", quote=fact.text, note=note, fact=fact
    )


def upcoming(deadlines: tuple[DeadlineFact, ...], today: date) -> tuple[DeadlineFact, ...]:
    """Return the deadlines soonest first, those already past at the end."""
    return tuple(sorted(deadlines, key=lambda fact: (fact.date < today, fact.date)))


def _rate(fact: TariffFact, small: dict[str, str]) -> str:
    if fact.rate_pct is None:
        return ""
    if fact.previous_rate_pct is None:
        return percent(fact.rate_pct)
    before = small["from"].format(percent(fact.previous_rate_pct))
    return f"{percent(fact.rate_pct)} ({before})"


def _parties(fact: TariffFact) -> str:
    targets = ", ".join(fact.targets)
    if fact.imposer and targets:
        return f"{fact.imposer} → {targets}"
    return fact.imposer or (f"→ {targets}" if targets else "")
