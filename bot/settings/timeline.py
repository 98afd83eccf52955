"""The model of `timeline.yaml`: the treaty's clock and the dated rows, turned into the record's nouns."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.country_codes import CODES, MEANT
from bot.domain.reading import DeadlineKind
from bot.domain.translated import Translated
from bot.record import timeline as record
from bot.record.timeline import Confidence, EventKind, Outcome
from bot.settings.values import Day, Strict, WebAddress

_MONTH = re.compile(r"\d{4}-\d{2}")
_PARTY = re.compile(r"[A-Z]{2}")


def _party(value: str) -> str:
    if _PARTY.fullmatch(value) is None:
        raise ValueError(f"must be a two-letter country code such as US, or EU, not '{value}'")
    if value not in CODES:
        meant = f"did you mean '{MEANT[value]}'?" if value in MEANT else "see ISO 3166"
        raise ValueError(f"'{value}' is no country's code; {meant}")
    return value


def _when(value: object) -> str:
    text = str(value)
    try:
        dt.date.fromisoformat(f"{text}-01" if _MONTH.fullmatch(text) else text)
    except ValueError:
        raise ValueError(f"must be a date such as 2026-07-01 or 2026-07, not '{text}'") from None
    return text


Party = Annotated[
    str, AfterValidator(_party), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
When = Annotated[
    str,
    BeforeValidator(_when),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}),
]
Words = Annotated[str, Field(min_length=1)]
Percent = Annotated[float, Field(ge=0, le=1000)]


class SourceRow(Strict):
    """Where a row can be checked."""

    name: str = ""
    """Who says it, or the document's number."""
    url: WebAddress | None = None
    """A public page."""

    @model_validator(mode="after")
    def _says_something(self) -> "SourceRow":
        if not self.name and self.url is None:
            raise ValueError("needs a name or a url; leave source out where there is none")
        return self

    def noun(self) -> record.Source:
        """Return it as the record keeps it."""
        return record.Source(name=self.name, url=self.url)


class TranslatedRow(Strict):
    """The same in other languages; where one is missing, people read the English."""

    es: Words | None = None
    """In Spanish."""
    fr: Words | None = None
    """In French."""

    def translated(self) -> Translated:
        """Return it as the record keeps it."""
        return Translated(es=self.es or "", fr=self.fr or "")


class SaidRow(TranslatedRow):
    """A sentence of ours, with where it can be checked."""

    text: Words
    """One sentence in our own words."""
    source: SourceRow | None = None
    confidence: Confidence
    note: str = ""
    """What another source says differently."""
    note_es: Words | None = None
    """The note in Spanish."""
    note_fr: Words | None = None
    """The note in French."""

    @model_validator(mode="after")
    def _a_translated_note_is_a_note(self) -> "SaidRow":
        if not self.note and (self.note_es or self.note_fr):
            raise ValueError("note_es and note_fr translate the note, and there is none")
        return self

    def fact(self, day: dt.date) -> record.Fact:
        """Return it as the record keeps it, said of a day."""
        return record.Fact(
            date=day,
            text=self.text,
            source=self.source.noun() if self.source is not None else record.Source(),
            confidence=self.confidence,
            note=self.note,
            translated=self.translated(),
            note_translated=Translated(es=self.note_es or "", fr=self.note_fr or ""),
        )


class FactRow(SaidRow):
    """A dated statement."""

    date: Day

    def noun(self) -> record.Fact:
        """Return it as the record keeps it."""
        return self.fact(self.date)


class ReviewRow(FactRow):
    """A joint review, held or due."""

    outcome: Outcome
    term_ends: Day | None = None
    """The new end of the term, where the review extended it."""

    @model_validator(mode="after")
    def _extended_means_until(self) -> "ReviewRow":
        if (self.outcome is Outcome.EXTENDED) != (self.term_ends is not None):
            raise ValueError(
                "term_ends must be given where the outcome is extended, and only there"
            )
        return self


class TreatyRow(Strict):
    """The agreement's own clock."""

    name: str
    in_force: FactRow
    term_ends: FactRow
    years_to_review: Annotated[int, Field(ge=1, le=50)]
    """Years from entry into force, or from an extension, to the next joint review."""
    years_without_extension: Annotated[int, Field(ge=1, le=50)]
    """Years between reviews while the parties have not all agreed to extend."""
    clause: FactRow
    """Where these rules stand."""
    reviews: tuple[ReviewRow, ...] = ()

    def noun(self) -> record.Treaty:
        """Return it as the record keeps it."""
        return record.Treaty(
            name=self.name,
            in_force=self.in_force.noun(),
            term_ends=self.term_ends.noun(),
            years_to_review=self.years_to_review,
            years_without_extension=self.years_without_extension,
            clause=self.clause.noun(),
            reviews=tuple(
                record.Review(fact=row.noun(), outcome=row.outcome, term_ends=row.term_ends)
                for row in self.reviews
            ),
        )


class TariffEntry(Strict):
    """What a row says about a tariff."""

    imposer: Party
    targets: tuple[Party, ...] = ()
    """Empty is all countries."""
    authority: str | None = None
    products: tuple[str, ...] = ()
    """Empty is goods in general."""
    rate: Percent | None = None
    """Per cent."""
    previous_rate: Percent | None = None
    exemptions: tuple[str, ...] = ()
    effective: Day | None = None
    ended: Day | None = None

    def named(self) -> tuple[str, ...]:
        """Return the names that people read; those of an authority with and without the act's number."""
        authority = self.authority or ""
        known = (*self.products, *self.exemptions, authority, authority.partition(" (")[0])
        return tuple(dict.fromkeys(name for name in known if name))

    def noun(self, names: Mapping[str, Translated]) -> record.TariffRow:
        """Return it as the record keeps it; `names` are those of the file."""
        return record.TariffRow(
            imposer=self.imposer,
            targets=tuple(self.targets),
            authority=self.authority,
            products=tuple(self.products),
            rate=self.rate,
            previous_rate=self.previous_rate,
            exemptions=tuple(self.exemptions),
            effective=self.effective,
            ended=self.ended,
            names=tuple((name, names[name]) for name in self.named() if name in names),
        )


class EventRow(SaidRow):
    """A row of the timeline."""

    date: When
    """A day, or a month where the day is not known."""
    kind: EventKind
    parties: tuple[Party, ...] = ()
    deadline: DeadlineKind | None = None
    """What happens on the date, where it binds somebody."""
    topics: tuple[str, ...] = ()
    tariffs: tuple[TariffEntry, ...] = ()

    @model_validator(mode="after")
    def _a_deadline_has_a_day(self) -> "EventRow":
        if self.deadline is not None and _MONTH.fullmatch(self.date):
            raise ValueError("a deadline needs a day: write the date as 2026-07-01")
        return self

    def noun(self, names: Mapping[str, Translated]) -> record.Event:
        """Return it as the record keeps it; `names` are those of the file."""
        month_only = _MONTH.fullmatch(self.date) is not None
        day = dt.date.fromisoformat(f"{self.date}-01" if month_only else self.date)
        return record.Event(
            fact=self.fact(day),
            month_only=month_only,
            kind=self.kind,
            parties=tuple(self.parties),
            deadline=self.deadline,
            topics=tuple(self.topics),
            tariffs=tuple(row.noun(names) for row in self.tariffs),
        )


class TimelineFile(Strict):
    """What is known about the treaty and its tariffs, as of a day."""

    as_of: Day
    """The day of the newest checked row; what happened later is not in this file."""
    treaty: TreatyRow
    events: tuple[EventRow, ...] = ()
    names: Mapping[Words, TranslatedRow] = {}
    """What products, authorities and exemptions of the rows are called in other languages."""

    @model_validator(mode="after")
    def _names_are_of_something(self) -> "TimelineFile":
        tariffs = [tariff for event in self.events for tariff in event.tariffs]
        used = {name for tariff in tariffs for name in tariff.named()}
        for name in self.names:
            if name not in used:
                raise ValueError(f"names: no tariff of this file has the name '{name}'")
        return self

    def noun(self) -> record.Timeline:
        """Return it as the record keeps it, events in the order of time."""
        names = {name: row.translated() for name, row in self.names.items()}
        events = sorted((row.noun(names) for row in self.events), key=lambda event: event.fact.date)
        return record.Timeline(as_of=self.as_of, treaty=self.treaty.noun(), events=tuple(events))
