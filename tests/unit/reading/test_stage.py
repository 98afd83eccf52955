from datetime import UTC, date, datetime

import pytest

from bot.domain.entry import Entry, Stated
from bot.domain.feed import Tier
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, Stage, TariffFact
from bot.reading import stage


def entry(title: str, **more: object) -> Entry:
    return Entry(guid="1", title=title, published=datetime(2026, 10, 12, tzinfo=UTC), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Washington threatens 25% tariff on Mexican trucks", Stage.THREAT),
        ("Trump amenaza con aranceles a México", Stage.THREAT),
        ("Ottawa pourrait imposer une surtaxe", Stage.THREAT),
        ("White House announces 25% tariff on trucks", Stage.ANNOUNCED),
        ("Canadá anuncia aranceles de represalia", Stage.ANNOUNCED),
        ("President signs proclamation on copper", Stage.SIGNED),
        ("Sheinbaum firma el decreto de aranceles", Stage.SIGNED),
        ("Arancel a textiles, publicado hoy en el DOF", Stage.PUBLISHED),
        ("CBP issues guidance on the new duties", Stage.GUIDANCE),
        ("Tariffs on Canadian wine are now in effect", Stage.IN_FORCE),
        ("Entró en vigor el arancel a los autos", Stage.IN_FORCE),
        ("La surtaxe est entrée en vigueur", Stage.IN_FORCE),
        ("White House suspends tariffs for 90 days", Stage.SUSPENDED),
        ("México pausa aranceles a Asia", Stage.SUSPENDED),
        ("Appeals court stays ruling against tariffs", Stage.STAYED),
        ("Canada scrapped its counter-tariffs on orange juice", Stage.REVOKED),
        ("Tribunal invalida aranceles", Stage.REVOKED),
        ("Ottawa lève ses contre-tarifs", Stage.REVOKED),
    ],
)
def test_stages_by_wording(title: str, expected: Stage) -> None:
    """The words of a headline tell how far the event has come, in each language."""
    assert stage.of(entry(title)) is expected


def test_stages_by_source() -> None:
    """The Federal Register publishes, CSMS guides, whatever the wording."""
    assert (
        stage.of(entry("Notice of action", stated=Stated(document_type="Notice")))
        is Stage.PUBLISHED
    )
    assert stage.of(entry("Steel duties", source="CBP CSMS")) is Stage.GUIDANCE
    gazette = entry("Order amending the schedule", source="Canada Gazette", tier=Tier.OFFICIAL)
    assert stage.of(gazette) is Stage.PUBLISHED
    faq = entry("Frequently asked questions on remission", source="Agency", tier=Tier.OFFICIAL)
    assert stage.of(faq) is Stage.GUIDANCE


def test_stages_by_facts() -> None:
    """Where the words are silent, the facts tell; where they are too, there is no stage."""
    plain = entry("Steel and trade")
    suspended = TariffFact(action=Action.SUSPENDED, text="")
    imposed = TariffFact(action=Action.IMPOSED, text="")
    start = DeadlineFact(
        kind=DeadlineKind.EFFECTIVE, date=date(2026, 10, 12), text="", confidence=0.9
    )
    assert stage.of(plain, tariffs=[suspended]) is Stage.SUSPENDED
    assert stage.of(plain, tariffs=[imposed]) is Stage.ANNOUNCED
    assert stage.of(plain, deadlines=[start], today=date(2026, 10, 12)) is Stage.IN_FORCE
    assert stage.of(plain, deadlines=[start], today=date(2026, 10, 1)) is Stage.ANNOUNCED
    assert stage.of(plain) is None
    assert stage.of(Entry(guid="2")) is None


def test_the_title_outweighs_the_text() -> None:
    """A headline's threat is not overruled by what the text recalls."""
    found = stage.of(
        entry("Trump threatens wine", summary="Tariffs on beer took effect in August.")
    )
    assert found is Stage.THREAT
