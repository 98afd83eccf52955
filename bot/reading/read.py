"""The whole reading of one entry: everything the bot understands of it, in one call.

    entry → topics → language → deadlines → tariffs → stage → summary → countries → Reading

The topic `deadlines` fires where a deadline to come was read beside another trade topic. What a
structured source states in fields of its own wins over what was read from its text.

Most of what feeds bring is on no topic. `Reader.glance` finds that out for a tenth of the price.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.reading import DeadlineFact, DeadlineKind, Lang, Reading, TariffFact
from bot.reading import countries, deadlines, language, lines, stage, summary, tariffs
from bot.reading.deadline_doubles import without_doubles
from bot.reading.language import Classify
from bot.reading.lexicon import Lexicon
from bot.reading.lines import Line
from bot.reading.passage import Passages, passages
from bot.reading.topics import TopicReader, TopicReading

MAX_CHARACTERS = 60_000
"""Characters of title, summary and content that are read for facts; what lies beyond is left out."""
MAX_FACTS = 40
"""Deadlines, and tariff facts, that one reading holds at most: a tariff annex names thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads entries. Built once by the composition root; safe to share between threads."""

    topics: TopicReader
    classify: Classify | None = None
    """Asked for the language where the words do not tell it; None leaves such entries OTHER."""

    def read(self, entry: Entry, *, now: datetime, zone: str = "UTC") -> Reading:
        """Return the reading of an entry.

        `now` (aware) stands in where the entry has no time of its own; `zone` is the IANA name of
        the source's zone, in which the day of publication is taken.
        """
        texts = passages(entry)
        topics = self.topics.match(entry, deadlines=False, texts=texts)
        return self._whole(entry, texts, topics, now, zone)

    def glance(self, entry: Entry, *, now: datetime, zone: str = "UTC") -> Reading:
        """Return a brief reading of an entry on no topic, and of others what `read` returns.

        In full are read entries on a topic, those of official sources, and those whose source
        states facts in fields of its own. A brief reading says of language, countries and near
        misses what `read` says, and nothing of dates, rates, the stage and the summary.
        """
        texts = passages(entry)
        topics = self.topics.match(entry, deadlines=False, texts=texts)
        if topics.matches or entry.stated is not None or entry.tier is Tier.OFFICIAL:
            return self._whole(entry, texts, topics, now, zone)
        whole = texts.whole
        lang = language.spoken(whole, entry.lang, self.classify)
        return Reading(
            lang=lang,
            countries=countries.mentions(whole, lang),
            near_misses=topics.near_misses,
            brief=True,
        )

    def _whole(
        self, entry: Entry, texts: Passages, topics: TopicReading, now: datetime, zone: str
    ) -> Reading:
        today = (entry.published or now).astimezone(ZoneInfo(zone)).date()
        whole = texts.whole
        lang = language.spoken(whole, entry.lang, self.classify)
        dates, rates = self._facts(entry, today, lang)
        if any(fact.date >= today for fact in dates):
            topics = self.topics.with_deadlines(topics)
        told = bool(topics.matches or dates or rates or entry.stated)
        return Reading(
            lang=lang,
            topics=topics.matches,
            deadlines=dates,
            tariffs=rates,
            stage=stage.of(entry, tariffs=rates, deadlines=dates, today=today) if told else None,
            summary=summary.summarise(entry, lang, _quoted(dates, rates), texts),
            countries=countries.mentions(whole, lang),
            near_misses=topics.near_misses,
        )

    def _facts(
        self, entry: Entry, today: date, lang: Lang
    ) -> tuple[tuple[DeadlineFact, ...], tuple[TariffFact, ...]]:
        dates: list[DeadlineFact] = []
        rates: list[TariffFact] = []
        for line in _lines(entry):
            dates.extend(deadlines.read_line(line, published=today, lang=lang))
            rates.extend(tariffs.read_line(line, published=today, lang=lang))
            if len(dates) > MAX_FACTS and len(rates) > MAX_FACTS:
                break
        found = with_stated(entry, without_doubles(dates))
        return tuple(found[:MAX_FACTS]), tuple(without_repeats(rates[:MAX_FACTS]))


def _quoted(dates: tuple[DeadlineFact, ...], rates: tuple[TariffFact, ...]) -> frozenset[str]:
    return frozenset([*(fact.text for fact in dates), *(fact.text for fact in rates)])


def without_repeats(facts: list[TariffFact]) -> list[TariffFact]:
    """Leave out facts of which another says all and more: a title that the text then tells in full."""
    kept: list[TariffFact] = []
    for fact in facts:
        if any(_tells(other, fact) for other in kept):
            continue
        kept = [other for other in kept if not _tells(fact, other)]
        kept.append(fact)
    return kept


def _tells(fuller: TariffFact, fact: TariffFact) -> bool:
    """Whether `fuller` says all that `fact` does; an empty field says nothing."""
    if fuller.action is not fact.action:
        return False
    for name in _COMPARED:
        said = getattr(fact, name)
        if said is None or said == ():
            continue
        there = getattr(fuller, name)
        if not (set(said) <= set(there) if isinstance(said, tuple) else said == there):
            return False
    return True


_COMPARED = (
    "rate_pct", "previous_rate_pct", "imposer", "targets", "products", "hts", "authority",
    "exemptions", "effective_date",
)  # fmt: skip


_LEXICON = Lexicon(*deadlines.CUES, *tariffs.CUES)
_WANTED = deadlines.WANTED | tariffs.WANTED


def _lines(entry: Entry) -> Iterator[Line]:
    """The entry's sentences that may tell facts, title first, up to MAX_CHARACTERS in all.

    What is told twice is read once.
    """
    seen: set[str] = set()
    left = MAX_CHARACTERS
    stated = entry.stated.dates if entry.stated is not None else None
    content = "" if entry.content == entry.summary else entry.content
    for text in (entry.title, entry.summary, content, stated or ""):
        for line in lines.of(text[:left], _LEXICON, _WANTED) if text else ():
            if line.given not in seen:
                seen.add(line.given)
                yield line
        left = max(0, left - len(text))


def with_stated(entry: Entry, read: list[DeadlineFact]) -> list[DeadlineFact]:
    """The deadlines of an entry: stated fields first, each outweighing text of its kind."""
    stated = list(_stated(entry))
    kinds = {fact.kind for fact in stated}
    return [
        *(_with_time(fact, read) for fact in stated),
        *(fact for fact in read if fact.kind not in kinds),
    ]


def _stated(entry: Entry) -> Iterator[DeadlineFact]:
    if entry.stated is None:
        return
    fields = (
        (DeadlineKind.COMMENT, entry.stated.comments_close_on),
        (DeadlineKind.EFFECTIVE, entry.stated.effective_on),
    )
    for kind, day in fields:
        if day is not None:
            text = entry.stated.dates or entry.title
            yield DeadlineFact(kind=kind, date=day, text=text, confidence=1.0)


def _with_time(fact: DeadlineFact, read: list[DeadlineFact]) -> DeadlineFact:
    """A stated date takes time, zone and sentence from the text that names the same day."""
    for other in read:
        if other.kind is fact.kind and other.date == fact.date:
            return replace(
                fact, time=other.time, zone=other.zone, text=other.text, replaces=other.replaces
            )
    return fact
