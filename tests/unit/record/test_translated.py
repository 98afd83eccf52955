"""What the record says, in the reader's language: replies, reminders, digests and calendars."""

import datetime as dt
import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.digest_words import digest_words
from bot.alerts.due import line_of
from bot.alerts.reminder import compose as remind
from bot.commands.reader import Reader
from bot.commands.replies import tariffs
from bot.commands.replies.lines import deadline_line, deadline_row
from bot.commands.words import words
from bot.domain.destination import Destination
from bot.domain.ids import DestinationId
from bot.domain.translated import Translated
from bot.record.ledger import ledger, of_timeline
from bot.record.timeline import deadlines
from bot.services.calendar import Occasions
from bot.services.calendar_names import Occasion
from bot.settings import defaults
from bot.settings.files import Problem, parse
from bot.settings.timeline import SaidRow, TimelineFile
from bot.settings.validation import check
from bot.web.calendar import to_ics
from tests.fakes.topics import catalog
from tests.samples import slack

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEEF = {
    "en": "The third tranche of the beef quota closes.",
    "es": "Cierra el tercer tramo del cupo de carne de res.",
    "fr": "La troisième tranche du contingent de bœuf se ferme.",
}


def packaged() -> TimelineFile:
    report: list[Problem] = []
    path = defaults.packaged() / "timeline.yaml"
    document = parse(path.read_bytes(), path.name, report)
    assert document is not None
    file = check(document, TimelineFile, report)
    assert file is not None
    return file


@pytest.fixture(scope="module")
def timeline():
    return packaged().noun()


def reader(locale: str) -> Reader:
    return Reader(words=words(locale), zone=ZoneInfo("UTC"), now=NOW, catalog=catalog())


def beef(timeline):
    day = dt.date(2026, 11, 30)
    (found,) = deadlines(timeline.events, since=day, until=day)
    return found


def rows_of(file: TimelineFile) -> list[SaidRow]:
    treaty = file.treaty
    return [treaty.in_force, treaty.term_ends, treaty.clause, *treaty.reviews, *file.events]


def figures(text: str) -> list[str]:
    """The percentages of a sentence, however its language writes them."""
    joined = text.replace("\N{NO-BREAK SPACE}", " ").replace(",", ".")
    return sorted(re.findall(r"(\d+(?:\.\d+)?) %", joined))


def test_the_packaged_record_speaks_three_languages():
    """Every sentence, note, good, law and exemption, with the same percentages in each."""
    file = packaged()
    for row in rows_of(file):
        for said, more in ((row.text, (row.es, row.fr)), (row.note, (row.note_es, row.note_fr))):
            assert all(bool(said) == bool(each) for each in more), said
            assert all(figures(each) == figures(said) for each in more if each), said
    for row in of_timeline(file.noun()):
        for name in (*row.products, *row.exemptions):
            for locale in ("es", "fr"):
                known = row.called(name, locale)
                plain = {"energy", "copper", "lumber", "steel", "aluminum", "cabinets"}
                assert known != name or name in plain | {"canned vegetables", "polysilicon"}, name
    assert all(row.es and row.fr for row in file.names.values())


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_a_date_of_the_record_is_told_in_the_readers_language(timeline, locale):
    """In replies, digests, reminders and calendars; the data beside a reply stays as it is."""
    found = beef(timeline)
    assert BEEF[locale] in deadline_line(found, reader(locale), whole=True).text
    assert deadline_row(found, NOW.date())["headline"] == BEEF["en"]
    line = line_of(found, today=NOW.date(), locale=locale, words=digest_words(locale))
    assert BEEF[locale] in line.text
    assert line.quote == BEEF[locale]
    place = Destination(id=DestinationId(1), address=slack(), locale=locale)
    message = remind(
        [found], place, subject="r", today=NOW.date(), topics=("steel",), label=lambda one, _: one
    )
    assert message.headline.text.endswith(BEEF[locale])
    assert message.deadlines[0].quote == BEEF[locale]
    occasion = Occasion(uid="u", deadline=found, changed_at=NOW)
    ics = to_ics(Occasions(occasions=(occasion,)), label=lambda one, _: one, locale=locale)
    assert BEEF[locale].replace(",", "\\,") in ics.decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "no public source"), ("es", "sin fuente"), ("fr", "sans source")]
)
def test_a_reminder_says_in_its_language_that_nobody_can_check_it(timeline, locale, said):
    """The record's own mark for a missing source is not for people."""
    place = Destination(id=DestinationId(1), address=slack(), locale=locale)
    found = replace(beef(timeline), source="no public source")
    message = remind(
        [found], place, subject="r", today=NOW.date(), topics=("steel",), label=lambda one, _: one
    )
    assert message.source.startswith(said)


def test_a_row_without_translation_is_told_as_it_is(timeline):
    """A file from before goes on; a language that only one row has changes no other."""
    bare = replace(beef(timeline), translated=Translated())
    half = replace(bare, translated=Translated(es=BEEF["es"]))
    for locale in ("es", "fr"):
        assert BEEF["en"] in deadline_line(bare, reader(locale), whole=True).text
    assert BEEF["es"] in deadline_line(half, reader("es"), whole=True).text
    assert BEEF["en"] in deadline_line(half, reader("fr"), whole=True).text


def test_goods_laws_and_exemptions_are_named_in_the_readers_language(timeline):
    """With the sentence behind them; an act keeps its number."""
    found = ledger(of_timeline(timeline), on=NOW.date())
    for locale, words_of_it in {
        "es": (
            "100 % medicamentos patentados",
            "acero, aluminio",
            "Sección 232 (Proclamation 10947)",
            "salvo países con tratado comercial",
            "Canadá impuso contraaranceles",
        ),
        "fr": (
            "100 % médicaments brevetés",
            "acier, aluminium",
            "article 232 (Proclamation 10947)",
            "sauf pays ayant un accord commercial",
            "Le Canada a imposé des contre-mesures",
        ),
    }.items():
        reply = tariffs.reply(found, reader(locale))
        lines = [line for section in reply.sections for line in section.lines]
        text = "\n".join(f"{line.text} {line.note} {line.quote}" for line in lines)
        assert all(each in text for each in words_of_it)
        assert "patented" not in text
        assert any(row["products"] == ["patented pharmaceuticals"] for row in reply.rows)
