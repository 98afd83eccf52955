"""Stories and facts in a few words."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.alerts.facts import deadline_line, tariff_line
from bot.alerts.message import of_entry, of_story, of_update, reason
from bot.domain.alert import Why
from bot.domain.destination import Address, Destination, PlatformName
from bot.domain.feed import Tier
from bot.domain.ids import DestinationId, EntryId, SubscriptionId
from bot.domain.message import Message
from bot.domain.reading import Action, DeadlineKind, Field, Span, TariffFact
from bot.domain.story import Change, ChangeKind, Conflict, Member, Source
from tests.samples import NOW, deadline, entry, reading, story, tariff

TODAY = date(2026, 11, 20)
PLACE = Destination(id=DestinationId(1), address=Address(platform=PlatformName.SLACK, channel="C1"))
WHY = Why(
    subscription_id=SubscriptionId(1),
    wish="tariffs",
    spans=tuple(
        Span(field=Field.TITLE, start=0, end=1, text=word, rule="r")
        for word in ("Tariff", "duty", "Tariff", "levy", "surtax")
    ),
)


def label(topic: str, locale: str) -> str:
    return f"{topic}/{locale}"


@pytest.mark.parametrize(
    ("fact", "locale", "text"),
    [
        (tariff(), "en", "US → CA: 25 %, steel, imposed"),
        (
            replace(
                tariff(12.5),
                previous_rate_pct=10,
                authority="Section 232",
                hts=("7208.10",),
                effective_date=date(2026, 12, 1),
            ),
            "es",
            "US → CA: 12.5 % (antes 10 %), acero, impuesto, Sección 232, HTS 7208.10, "
            "vigente desde el 1 dic 2026",
        ),
        (
            TariffFact(
                action=Action.THREATENED, targets=("MX",), authority="Section 301", text="x"
            ),
            "fr",
            "→ MX: menace, article 301",
        ),
        (
            TariffFact(action=Action.REMOVED, products=("auto_parts",), text="x"),
            "xx",
            "auto parts, removed",
        ),
    ],
)
def test_a_tariff_action_in_a_line(fact: TariffFact, locale: str, text: str) -> None:
    """Who, how much, on what, by which law, from when; with its sentence."""
    line = tariff_line(fact, locale)
    assert (line.text, line.quote) == (text, fact.text)


def test_a_deadline_in_a_line() -> None:
    """Date, time with its zone, and what happens; a moved one shows both dates."""
    assert deadline_line(deadline(), "en").text == "1 Dec 2026: takes effect"
    full = replace(
        deadline(),
        kind=DeadlineKind.COMMENT,
        time=time(23, 59),
        zone="America/New_York",
        replaces=date(2026, 11, 1),
        computed=True,
    )
    line = deadline_line(full, "fr")
    assert (
        line.text == "1er nov. 2026 → 1er déc. 2026, 23:59 (America/New_York): fin des commentaires"
    )
    assert line.note == "calculé d’après le texte"
    assert deadline_line(replace(deadline(), time=time(9, 0)), "en").text == (
        "1 Dec 2026, 09:00: takes effect"
    )


def test_a_story_as_a_message() -> None:
    """Headline, source, facts, coming deadlines first, other sources, conflicts and the reason."""
    others = tuple(
        Source(name=f"Sample {n}", url=f"https://s{n}.example", tier=Tier.GENERAL, published=NOW)
        for n in range(7)
    )
    first = Source(name="Border Ledger (sample)", url=story().url, tier=Tier.WIRE, published=NOW)
    told = story(
        sources=(first, *others),
        deadlines=(deadline(date(2026, 11, 1)), deadline(date(2026, 12, 1))),
        conflicts=(Conflict(what="tariff_rate", values=(("25 %", "A"), ("30 %", "B"))),),
    )
    message = of_story(told, PLACE, WHY, label=label, today=TODAY)
    assert (message.subject, message.published) == ("story:1", NOW)
    assert message.topics == ("tariffs/en",)
    assert [line.text[:10] for line in message.deadlines] == ["1 Dec 2026", "1 Nov 2026"]
    assert (message.source_count, len(message.more_sources)) == (8, 5)
    assert message.conflicts == ("tariff rate: 25 % (A); 30 % (B)",)
    assert message.why == "You subscribed to tariffs/en (matched: Tariff, duty, levy)"


def test_an_entry_as_a_message() -> None:
    """For those who want every entry: its own words, not the story's."""
    member = Member(
        entry_id=EntryId(9), entry=entry(title=""), reading=reading("autos"), seen_at=NOW, joined=""
    )
    message = of_entry(member, PLACE, WHY, label=label, today=TODAY)
    assert (message.subject, message.headline.text) == ("entry:9", "https://ledger.example/e1")
    assert message.topic_ids == ("autos",)


def test_an_update_as_a_message() -> None:
    """What is new, with the source that brought it."""
    changes = (
        Change(
            kind=ChangeKind.STAGE, text="Stage: in force", source="Gazette", url="https://g.example"
        ),
        Change(kind=ChangeKind.DEADLINE, text="hearing"),
    )
    message = of_update(story(), changes, PLACE)
    assert (message.headline.url, message.source) == ("https://g.example", "Gazette")
    assert message.changes == changes
    assert of_update(story(), (), PLACE).headline.url == story().url


@pytest.mark.parametrize(
    ("wish", "locale", "text"),
    [
        ("query steel AND canada", "es", "Suscripción a la consulta steel AND canada"),
        ("follows the story", "en", "This place was told the story before"),
        ("follows the story", "es", "La historia ya se había contado aquí"),
        ("query steel", "fr", "Abonnement à la requête steel"),
        ("query *", "en", "You subscribed to query *"),
        ("autos", "fr", "Abonnement à autos/fr"),
    ],
)
def test_why_in_words(wish: str, locale: str, text: str) -> None:
    """A query is shown as it was written, a topic by its name."""
    assert reason(Why(subscription_id=None, wish=wish), locale, label) == text


def test_a_message_is_in_one_language_throughout() -> None:
    """A locale with a country gets the words of its language in every part of a message."""
    told = replace(story(), tariffs=(tariff(),), deadlines=(deadline(),))

    def message(locale: str) -> Message:
        place = replace(PLACE, locale=locale)
        made = of_story(told, place, WHY, label=lambda topic, _: topic, today=TODAY)
        return replace(made, locale="es")

    assert message("es-MX") == message("es") != message("en")
