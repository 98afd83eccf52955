"""What can be asked of the tariff ledger, and said of its rows."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from bot.commands.verbs import Verb
from bot.services.tariffs import TariffAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariffs:
    """``tariffs [country] [topic] [on:2026-07-01]``; without a day, today."""

    verb: ClassVar[Verb] = Verb.TARIFFS
    narrowed: str = ""
    """Words that name a country, a topic, or both."""
    on: dt.date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTariff:
    """``tariffs <number> [confirm|dismiss|reopen]``."""

    verb: ClassVar[Verb] = Verb.TARIFFS
    row_id: int
    act: TariffAct | None = None


TariffCommand = Tariffs | OneTariff
