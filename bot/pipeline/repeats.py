"""Leaves out what a place was told already by another feed: one document, shown twice.

A place that wants every entry by itself is told a document once, though the list of public
inspection shows it a day before the register publishes it, and several searches find it. Told
again is only what says more: a date or a tariff fact that no earlier showing had.
"""

from collections.abc import Sequence

from bot.domain.alert import DeliveryDraft
from bot.domain.reading import Reading
from bot.domain.story import Member, Story
from bot.ports import UnitOfWork


async def without_repeats(
    uow: UnitOfWork, story: Story, newcomer: Member, drafts: Sequence[DeliveryDraft]
) -> list[DeliveryDraft]:
    """Return the deliveries without entries that their place was told as the same document."""
    subject = f"entry:{newcomer.entry_id}"
    places = [draft.destination_id for draft in drafts if draft.subject == subject]
    if not places or newcomer.entry.url is None:
        return list(drafts)
    twins = []
    for entry_id in await uow.watching.twins(newcomer.entry_id, story.id):
        twin = await uow.stories.member(entry_id)
        if twin is not None and not _says_more(newcomer.reading, twin.reading):
            twins.append(f"entry:{entry_id}")
    told = await uow.watching.told(twins, places)
    return [d for d in drafts if d.subject != subject or d.destination_id not in told]


def _says_more(new: Reading, old: Reading) -> bool:
    """Whether a reading has a date or a tariff fact that the other lacks."""
    dates = {(fact.kind, fact.date) for fact in new.deadlines}
    rates = {(fact.action, fact.rate_pct, fact.effective_date) for fact in new.tariffs}
    return bool(
        dates - {(fact.kind, fact.date) for fact in old.deadlines}
        or rates - {(fact.action, fact.rate_pct, fact.effective_date) for fact in old.tariffs}
    )
