"""Whoever reads a reply: their language, their zone, and the present moment."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts import days, facts, products
from bot.commands.wording import Wording
from bot.domain.reading import Action, DeadlineKind
from bot.reading.catalog import TopicCatalog

_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Says days, moments, topics and what happens as this person would."""

    words: Wording
    zone: ZoneInfo
    now: datetime
    catalog: TopicCatalog

    @property
    def today(self) -> dt.date:
        """The day it is where the reader lives."""
        return self.now.astimezone(self.zone).date()

    def day(self, date: dt.date) -> str:
        """Return ``12 Dec 2026``."""
        return days.day(date, self.words.locale)

    def ahead(self, date: dt.date) -> str:
        """Return ``in 12 days``, ``today``, ``3 days ago``."""
        time, left = self.words.time, (date - self.today).days
        if left in (-1, 0, 1):
            return (time.today, time.tomorrow, time.yesterday)[left]
        return time.in_days.format(n=left) if left > 0 else time.days_ago.format(n=-left)

    def age(self, moment: datetime) -> str:
        """Return ``5 min ago``, ``3 h ago``, ``2 days ago``; a moment to come counts as now."""
        time, passed = self.words.time, self.now - moment
        if passed < timedelta(minutes=1):
            return time.just_now
        if passed < timedelta(hours=1):
            return time.minutes_ago.format(n=passed // timedelta(minutes=1))
        if passed < timedelta(days=1):
            return time.hours_ago.format(n=passed // timedelta(hours=1))
        return self.ahead(moment.astimezone(self.zone).date())

    def until(self, moment: datetime) -> str:
        """Return ``in 5 min``, ``in 3 h``, ``in 2 days``; a moment gone by is at once."""
        time, left = self.words.time, moment - self.now
        if left <= timedelta(0):
            return time.at_once
        if left < timedelta(hours=1):
            return time.in_minutes.format(n=-(-left // timedelta(minutes=1)))
        if left < timedelta(days=1):
            return time.in_hours.format(n=-(-left // timedelta(hours=1)))
        whole = -(-left // timedelta(days=1))
        return time.tomorrow if whole == 1 else time.in_days.format(n=whole)

    def moment(self, moment: datetime) -> str:
        """Return ``22 Nov 2026, 10:15 EST``, in the reader's zone."""
        return days.moment(moment.astimezone(self.zone), self.words.locale)

    def spoken(self, text: str) -> str:
        """Return a text of ours, its days ``2026-12-12`` written as this person would."""
        return days.spoken(text, self.words.locale)

    def deadline_kind(self, kind: DeadlineKind) -> str:
        """Return what happens on a deadline's day, in a word or two."""
        return facts.deadline_kind(kind, self.words.locale)

    def tariff_action(self, action: Action) -> str:
        """Return what is done to a tariff, in a word."""
        return facts.tariff_action(action, self.words.locale)

    def evidence(self, said: str) -> str:
        """Return what joined an entry to a story: clustering keeps it in English."""
        link, text, nearly, common = self.words.story.evidence
        what = said.removesuffix(" in common")
        if what != said:
            return common.format(what=", ".join(self._shared(what.split(", "))))
        return {"same link": link, "same text": text, "nearly the same text": nearly}.get(
            said, said
        )

    def _shared(self, pieces: list[str]) -> list[str]:
        """Return what two texts share as people say it: goods by name, ``12-05`` as a day, no bare years."""
        told = [piece for piece in pieces if not _YEAR.fullmatch(piece)] or pieces
        return [
            days.day_of_year(piece, self.words.locale) or products.product(piece, self.words.locale)
            for piece in told
        ]

    def topic(self, topic: str) -> str:
        """Return the topic's label in the reader's language."""
        return self.catalog.label(topic, self.words.locale)

    def topics(self, topics: Iterable[str]) -> str:
        """Return the labels of topics, joined by commas."""
        return ", ".join(self.topic(topic) for topic in topics)
