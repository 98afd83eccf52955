"""What is new about a story, in the reader's language."""

import pytest

from bot.alerts.changes import conflict_said, said
from bot.domain.story import Change, ChangeKind, Conflict

RATE = (("before", "25 %"), ("after", "20 %"), ("target", "US"), ("product", "auto_parts"))


@pytest.mark.parametrize(
    ("kind", "parts", "locale", "text"),
    [
        (ChangeKind.STAGE, (("before", "announced"), ("after", "in_force")), "en",
         "Stage: Announced → In force"),
        (ChangeKind.STAGE, (("before", ""), ("after", "signed")), "es", "Etapa: Firmado"),
        (ChangeKind.RATE, RATE, "es-MX", "Tasa: 25 % → 20 % (US, autopartes)"),
        (ChangeKind.RATE, (("before", ""), ("after", "20 %")), "fr", "Nouveau taux : 20 %"),
        (ChangeKind.RATE, RATE, "de", "Rate: 25 % → 20 % (US, auto parts)"),
        (ChangeKind.DEADLINE,
         (("what", "comment_deadline"), ("before", "2026-11-02"), ("after", "2026-11-09")), "fr",
         "Échéance déplacée : fin des commentaires, 2 nov. 2026 → 9 nov. 2026"),
        (ChangeKind.DEADLINE, (("what", "hearing"), ("before", ""), ("after", "2026-11-09")), "es",
         "Nuevo plazo: audiencia, 9 nov 2026"),
        (ChangeKind.CONFLICT,
         (("what", "rate"), ("side", "25 % (Ledger)"), ("side", "20 % (Courier)")), "es",
         "Las fuentes no coinciden, tasa: 25 % (Ledger); 20 % (Courier)"),
        (ChangeKind.OFFICIAL_TEXT, (("title", "Order 9"),), "es", "Texto oficial: Order 9"),
        (ChangeKind.CORRECTION, RATE, "fr", "Correction : 25 % → 20 % (US, pièces automobiles)"),
        (ChangeKind.CORRECTION, (("gone", "25 %"), ("gone hearing", "2026-11-09")), "es",
         "Corrección: ya no dice 25 %, audiencia 9 nov 2026"),
        (ChangeKind.MORE_SOURCES, (("count", "1"),), "es", "1 fuente"),
        (ChangeKind.MORE_SOURCES, (("count", "3"),), "fr", "3 sources"),
    ],
)  # fmt: skip
def test_each_change_in_each_language(kind, parts, locale, text):
    """The sentence is made of the parts, not of the English one."""
    assert said(Change(kind=kind, text="?", parts=parts), locale).text == text


@pytest.mark.parametrize(
    "change",
    [
        Change(kind=ChangeKind.STAGE, text="Stage: announced → signed"),
        Change(kind=ChangeKind.NEW_STORY, text="A headline"),
        Change(kind=ChangeKind.STAGE, text="Stage: x", parts=(("after", "of a newer version"),)),
        Change(kind=ChangeKind.DEADLINE, text="New: x", parts=(("what", "odd"), ("after", "x"))),
    ],
)
def test_what_an_older_or_newer_version_stored_is_told_as_it_stands(change):
    """The stored English sentence is never lost."""
    assert said(change, "es") == change


def test_a_dispute_is_named_in_the_readers_language():
    """By what it is about, with who says what."""
    dates = Conflict(what="comment_deadline", values=(("2026-11-20", "A"), ("2026-11-21", "B")))
    assert conflict_said(dates, "fr") == "fin des commentaires : 20 nov. 2026 (A); 21 nov. 2026 (B)"
    assert conflict_said(Conflict(what="odd_one", values=(("1", "A"),)), "en") == "odd one: 1 (A)"
