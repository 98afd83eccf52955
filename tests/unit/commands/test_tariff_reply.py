"""What `/usmca tariffs` says page by page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.commands.reader import Reader
from bot.commands.replies import tariffs
from bot.commands.words import words
from bot.domain.ledger import LedgerRow, Trust
from bot.domain.message import Link
from bot.domain.reading import Action
from bot.record.ledger import ledger
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def row(product: str, trust: Trust = Trust.OFFICIAL, number: int | None = None) -> LedgerRow:
    return LedgerRow(
        id=number,
        trust=trust,
        action=Action.IMPOSED,
        imposer="US",
        targets=("CA",),
        products=(product,),
        rate=25.0,
        said_on=date(2026, 11, 1),
        effective=date(2026, 11, 1),
        text=f"A duty of 25 percent applies to {product} from Canada.",
        source=Link(text="Federal Register (sample)", url="https://example.com/fr"),
    )


def test_what_is_reported_stands_on_the_first_page_only():
    """Each row once, however many pages; a page behind the last is the last."""
    reader = Reader(now=NOW, zone=ZoneInfo("UTC"), words=words("en"), catalog=catalog())
    told = row("lumber", Trust.REPORTED, 31)
    found = ledger([*(row(f"sample goods {n}") for n in range(10)), told], on=NOW.date())
    first, second, behind = (tariffs.reply(found, reader, page=page) for page in (1, 2, 999))
    assert [len(section.lines) for section in first.sections] == [tariffs.PAGE, 1]
    assert [len(section.lines) for section in second.sections] == [10 - tariffs.PAGE]
    assert behind.sections == second.sections
    assert [action.command for action in second.actions] == []


def test_a_rate_that_was_nothing_before_says_so():
    """A good that was free of duty is news; a rate that nobody knows is left out."""
    reader = Reader(now=NOW, zone=ZoneInfo("UTC"), words=words("en"), catalog=catalog())
    freed, unknown = replace(row("lumber"), previous_rate=0.0), row("lumber")
    assert "before: 0 %" in tariffs.row_line(freed, reader).note
    assert "before" not in tariffs.row_line(unknown, reader).note


def test_a_law_has_its_name_in_the_readers_language():
    """What was read from an entry as well as what stands in the record."""
    told = replace(row("lumber"), authority="Section 232")
    for locale, name in (("en", "Section 232"), ("es", "Sección 232"), ("fr", "article 232")):
        reader = Reader(now=NOW, zone=ZoneInfo("UTC"), words=words(locale), catalog=catalog())
        assert tariffs.row_line(told, reader).note.startswith(f"{name} · ")
