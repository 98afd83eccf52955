from dataclasses import replace
from datetime import date

import pytest

from bot.domain.feed import Tier
from bot.domain.ids import StoryId
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, Stage, TariffFact
from bot.domain.story import ChangeKind, Telling
from bot.stories.changes import decide
from bot.stories.compose import Composition
from tests.fakes.members import deadline, member, tariff


def after(members, newcomer, *, edited=False):
    """Decide about a newcomer that joins the members (or replaces the one with its number)."""
    before = (
        Composition(members).story(StoryId(1), None, revision=1, previous=None) if members else None
    )
    kept = [m for m in members if m.entry_id != newcomer.entry_id]
    story = Composition([*kept, newcomer]).story(StoryId(1), None, revision=2, previous=before)
    return decide(before, story, newcomer, edited=edited)


def told(verdict):
    return [(change.kind, change.text) for change in verdict.changes]


def test_a_new_story_is_told():
    """Fan-out posts it; it is no reply and no broadcast."""
    verdict = after([], member(1, "Steel tariff rises"))
    assert verdict.telling is Telling.UPDATE
    assert told(verdict) == [(ChangeKind.NEW_STORY, "Steel tariff rises")]
    assert not verdict.broadcast


def test_one_more_source_is_a_quiet_edit():
    """The count in the posted message moves, nothing else."""
    verdict = after([member(1)], member(2))
    assert verdict.telling is Telling.EDIT
    assert told(verdict) == [(ChangeKind.MORE_SOURCES, "2 sources")]


def test_the_same_publisher_again_with_nothing_new_is_nothing():
    """A feed that re-publishes its entry changes no message."""
    verdict = after([member(1, source="Ledger")], member(2, source="Ledger", hours=1))
    assert (verdict.telling, verdict.changes) == (Telling.NOTHING, ())


def test_a_change_of_stage_is_broadcast():
    """The channel sees it, not only the thread."""
    verdict = after([member(1, stage=Stage.ANNOUNCED)], member(2, stage=Stage.IN_FORCE, hours=1))
    assert told(verdict) == [(ChangeKind.STAGE, "Stage: announced → in force")]
    assert verdict.broadcast


@pytest.mark.parametrize(
    ("stage", "changes"), [(Stage.ANNOUNCED, []), (Stage.SIGNED, ["Stage: signed"])]
)
def test_a_first_stage_is_told_only_from_signature_on(stage, changes):
    """The first word of an announcement is no news about the story; a signature is."""
    verdict = after([member(1)], member(2, stage=stage, hours=1))
    assert [c.text for c in verdict.changes if c.kind is ChangeKind.STAGE] == changes
    assert not verdict.broadcast


def test_a_changed_rate_is_told_with_its_sentence():
    """The old and the new rate, and the words the new one rests on."""
    raised = tariff(35.0, previous_rate_pct=25.0)
    verdict = after([member(1, tariffs=(tariff(25.0),))], member(2, tariffs=(raised,), hours=1))
    rate = next(change for change in verdict.changes if change.kind is ChangeKind.RATE)
    assert rate.text == "Rate: 25 % → 35 % (CA steel)"
    assert rate.quote == "A tariff of 35.0 % on steel."
    assert (rate.source, rate.url) == ("Source 2", "https://example.com/2")


def test_a_first_rate_is_told_as_new():
    """A story that had no figure gets one."""
    verdict = after([member(1)], member(2, tariffs=(tariff(25.0, targets=(), products=()),)))
    assert told(verdict)[0] == (ChangeKind.RATE, "New rate: 25 %")


def test_a_rate_of_another_measure_is_background():
    """An entry that recalls another tariff does not wake the channel."""
    other = tariff(10.0, targets=("CN",), products=("toys",))
    verdict = after([member(1, tariffs=(tariff(),))], member(2, tariffs=(tariff(), other)))
    assert ChangeKind.RATE not in [change.kind for change in verdict.changes]


def test_a_new_deadline_is_told():
    """Kind and date, in words."""
    verdict = after([member(1)], member(2, deadlines=(deadline(date(2026, 11, 20)),)))
    assert told(verdict) == [(ChangeKind.DEADLINE, "New deadline: comments close 2026-11-20")]


def test_a_moved_deadline_names_both_dates():
    """An extension says from when to when."""
    old, new = date(2026, 11, 20), date(2026, 12, 4)
    verdict = after(
        [member(1, deadlines=(deadline(old),))],
        member(2, deadlines=(deadline(new, replaces=old),), hours=1),
    )
    assert told(verdict) == [
        (ChangeKind.DEADLINE, "Deadline moved: comments close 2026-11-20 → 2026-12-04")
    ]


def test_every_official_document_is_told():
    """Even where it says nothing that was not known."""
    verdict = after([member(1)], member(2, "Notice of Hearing", tier=Tier.OFFICIAL))
    assert told(verdict) == [(ChangeKind.OFFICIAL_TEXT, "Official text: Notice of Hearing")]
    assert verdict.telling is Telling.UPDATE


def test_a_conflict_is_told_with_who_says_what():
    """The reader sees that sources disagree."""
    verdict = after(
        [member(1, deadlines=(deadline(date(2026, 11, 20)),), tier=Tier.OFFICIAL)],
        member(2, deadlines=(deadline(date(2026, 11, 21)),)),
    )
    text = "Sources disagree on comment deadline: 2026-11-20 (Source 1); 2026-11-21 (Source 2)"
    assert told(verdict) == [(ChangeKind.CONFLICT, text)]


def test_a_rate_that_contradicts_is_a_conflict_and_no_change():
    """A newspaper's other figure does not change the official one."""
    verdict = after(
        [member(1, tier=Tier.OFFICIAL, tariffs=(tariff(25.0),))], member(2, tariffs=(tariff(35.0),))
    )
    assert told(verdict) == [
        (ChangeKind.CONFLICT, "Sources disagree on rate: 25 % (Source 1); 35 % (Source 2)")
    ]


def test_a_known_conflict_is_not_told_again():
    """A third source that takes a side adds nothing."""
    sides = [
        member(1, deadlines=(deadline(date(2026, 11, 20)),), tier=Tier.OFFICIAL),
        member(2, deadlines=(deadline(date(2026, 11, 21)),)),
    ]
    verdict = after(sides, member(3, deadlines=(deadline(date(2026, 11, 21)),)))
    assert verdict.telling is Telling.EDIT


def test_an_edit_that_takes_a_figure_back_is_a_correction():
    """What is no longer said is named, and the new figure told."""
    verdict = after(
        [member(1, tariffs=(tariff(25.0),), deadlines=(deadline(date(2026, 11, 20)),))],
        member(1, tariffs=(tariff(35.0),)),
        edited=True,
    )
    assert verdict.telling is Telling.UPDATE
    assert told(verdict)[0] == (
        ChangeKind.CORRECTION,
        "Correction by Source 1: no longer says comments close 2026-11-20",
    )
    assert told(verdict)[1:] == [(ChangeKind.CORRECTION, "Correction by Source 1: 25 % → 35 %")]


def test_an_edited_headline_is_a_correction():
    """The message's own headline was wrong or is worded anew."""
    verdict = after([member(1, "Duty at 25")], member(1, "Duty at 35"), edited=True)
    assert told(verdict) == [
        (ChangeKind.CORRECTION, "Correction by Source 1: Duty at 25 → Duty at 35")
    ]


def test_an_edit_behind_the_headline_is_quiet():
    """A new summary edits the message; an edit that changes nothing shown does nothing."""
    old = member(1, summary="Old.")
    assert after([old], member(1, summary="New."), edited=True).telling is Telling.EDIT
    same = replace(old, entry=replace(old.entry, content="A comma more."))
    assert after([old], same, edited=True).telling is Telling.NOTHING


def test_an_edited_official_text_is_not_told_as_a_new_one():
    """Its changes are told; the document itself was told before."""
    old = member(1, tier=Tier.OFFICIAL)
    assert after([old], old, edited=True).telling is Telling.NOTHING


def test_facts_without_rate_or_dates_do_not_disturb():
    """A fact that only names an action adds no rate."""
    bare = TariffFact(action=Action.SUSPENDED, text="The tariff is suspended.")
    hearing = DeadlineFact(
        kind=DeadlineKind.HEARING,
        date=date(2026, 12, 3),
        text="Hearing on 3 December.",
        confidence=1.0,
    )
    verdict = after([member(1)], member(2, tariffs=(bare,), deadlines=(hearing,)))
    assert told(verdict) == [(ChangeKind.DEADLINE, "New deadline: hearing 2026-12-03")]
