"""A row of the tariff ledger: one statement about a tariff, and what it may change."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.message import Link
from bot.domain.reading import Action
from bot.domain.translated import UNTRANSLATED, Names, Translated


class Trust(StrEnum):
    """What a row may change."""

    RECORD = "record"
    """It stands in timeline.yaml with a public source."""
    OFFICIAL = "official"
    """A government says it."""
    CONFIRMED = "confirmed"
    """A person of the team confirmed it."""
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"
    """Nothing public to check it by."""

    @property
    def changes(self) -> bool:
        """Whether rows of this kind change what is in force."""
        return self in (Trust.RECORD, Trust.OFFICIAL, Trust.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One statement about a tariff, with where it can be checked."""

    id: int | None = None
    """Its number in the store; None for a row of timeline.yaml."""
    trust: Trust
    action: Action
    imposer: str
    """ISO 3166 alpha-2, or ``EU``."""
    targets: tuple[str, ...] = ()
    """Empty is all countries."""
    products: tuple[str, ...] = ()
    """Empty is goods in general."""
    hts: tuple[str, ...] = ()
    authority: str | None = None
    rate: float | None = None
    """Per cent."""
    previous_rate: float | None = None
    exemptions: tuple[str, ...] = ()
    said_on: dt.date
    effective: dt.date | None = None
    ended: dt.date | None = None
    """The first day it does not apply any more, where the row itself says so."""
    text: str
    """The sentence it rests on."""
    source: Link
    topics: tuple[str, ...] = ()
    dismissed: bool = False
    """Whether the team that asks called it wrong; such a row is shown by its number alone."""
    told_by: int = 1
    """How many sources said the same."""
    translated: Translated = UNTRANSLATED
    """The sentence in other languages, where it is the record's own."""
    names: Names = ()
    """What the record calls goods, authorities and exemptions in other languages."""

    @property
    def family(self) -> str:
        """The authority without the act's number: ``Section 232 (Proclamation 10947)`` is Section 232."""
        return (self.authority or "").partition(" (")[0].strip()

    def called(self, name: str, locale: str) -> str:
        """Return what a good, an authority or an exemption is called in a language, else as it is.

        ``Section 232 (Proclamation 10947)`` is named by its family, and keeps the act's number.
        """
        known = dict(self.names)
        if name in known:
            return known[name].of(name, locale)
        family, bracket, act = name.partition(" (")
        return f"{known[family].of(family, locale)}{bracket}{act}" if family in known else name

    @property
    def starts(self) -> dt.date | None:
        """When it applies; what takes effect without a date does so on the day it was said."""
        if self.effective is not None or self.action is Action.ANNOUNCED:
            return self.effective
        return self.said_on
