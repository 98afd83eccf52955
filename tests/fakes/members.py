"""Members of stories, their tariff facts and deadlines, with little said and the rest plausible."""

from datetime import UTC, datetime, timedelta

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import EntryId
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, Lang, Reading, TariffFact
from bot.domain.story import Member

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def member(number, title="Steel tariff", *, tier=Tier.GENERAL, source=None, hours=0, **reading):
    """Return a member of a story, seen `hours` after noon of the first of October 2026."""
    moment = NOW + timedelta(hours=hours)
    entry = Entry(
        guid=str(number),
        url=f"https://example.com/{number}",
        title=title,
        source=f"Source {number}" if source is None else source,
        tier=tier,
        published=moment,
    )
    return Member(
        entry_id=EntryId(number),
        entry=entry,
        reading=Reading(lang=Lang.EN, **reading),
        seen_at=moment,
        joined="same text",
    )


def tariff(rate=25.0, **fields):
    """Return a tariff fact: the United States on steel from Canada, unless fields say otherwise."""
    defaults = {
        "action": Action.ANNOUNCED,
        "imposer": "US",
        "targets": ("CA",),
        "products": ("steel",),
    }
    return TariffFact(rate_pct=rate, text=f"A tariff of {rate} % on steel.", **(defaults | fields))


def deadline(day, kind=DeadlineKind.COMMENT, **fields):
    """Return a deadline, by itself that of comments."""
    text = f"Comments are due on {day.isoformat()}."
    return DeadlineFact(kind=kind, date=day, text=text, confidence=0.9, **fields)
