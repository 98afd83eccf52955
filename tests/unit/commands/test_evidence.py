"""What joined an entry to its story is said in the reader's language."""

from zoneinfo import ZoneInfo

import pytest

from bot.commands.reader import Reader
from bot.commands.replies.stories import whole
from bot.commands.words import words
from bot.domain.ids import EntryId
from bot.domain.story import Member
from bot.services.stories import WholeStory
from tests.fakes.topics import catalog
from tests.samples import NOW, entry, reading, story


def joined(evidence: str, locale: str) -> str:
    members = tuple(
        Member(
            entry_id=EntryId(number),
            entry=entry(f"e{number}", title="Steel"),
            reading=reading(),
            seen_at=NOW,
            joined=evidence,
        )
        for number in (1, 2)
    )
    reader = Reader(words=words(locale), zone=ZoneInfo("UTC"), now=NOW, catalog=catalog())
    lines = [
        line
        for section in whole(WholeStory(story=story(), members=members), reader).sections
        for line in section.lines
        if line.text == "Steel"
    ]
    return lines[-1].note.rpartition(" · ")[2]


@pytest.mark.parametrize(
    ("evidence", "locale", "said"),
    [
        ("same link", "en", "joined by: same link"),
        ("same link", "es", "se unió por: el mismo enlace"),
        ("same text", "fr", "rattachée par : même texte"),
        ("nearly the same text", "es", "se unió por: casi el mismo texto"),
        ("CA, 25 %, steel in common", "en", "joined by: CA, 25 %, steel in common"),
        ("CA, 25 %, auto parts in common", "es", "se unió por: en común: CA, 25 %, autopartes"),
        (
            "US, 75 %, aluminum, 2026, 12-05 in common",
            "en",
            "joined by: US, 75 %, aluminum, 5 Dec in common",
        ),
        ("aluminum, 12-01 in common", "fr", "rattachée par : en commun : aluminium, 1er déc."),
        ("2026 in common", "es", "se unió por: en común: 2026"),
        ("13-45, preside… in common", "en", "joined by: 13-45, preside… in common"),
        ("CA, 25 % in common", "fr", "rattachée par : en commun : CA, 25 %"),
        ("a docket", "fr", "rattachée par : a docket"),
    ],
)
def test_evidence_is_said_in_the_readers_language(evidence, locale, said):
    """What no language has words for stays as clustering wrote it."""
    assert joined(evidence, locale) == said
