"""The store's side of versions of rules, and of rules that run beside the live ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.ids import EntryId
from bot.domain.shadow import Difference, RuleVersion, ShadowRun


class RuleVersions(Protocol):
    """What is written of them."""

    async def follow(
        self, *, live: str, shadow: str | None, now: datetime
    ) -> tuple[RuleVersion, RuleVersion | None]:
        """Note which rules hold from now on, and return them; what holds already goes on.

        Other rules that held end now; None ends the shadow rules. Shadow rules that begin drop
        what former ones would have changed, and begin anew where the live ones changed.
        """
        ...

    async def note(self, version: str, looked_at: int, found: Mapping[EntryId, Difference]) -> None:
        """Add what running shadow rules made of new entries; others are told nothing of."""
        ...


class ShadowQueries(Protocol):
    """What is asked of them."""

    async def run(self) -> ShadowRun | None:
        """Return what the shadow rules that run, or ran last, would have changed."""
        ...
