"""What is asked about alerts and deadlines, in three languages."""

import datetime as dt

import pytest

from bot.commands.asked import Deadlines, Pause, Problem, Resume, Subscribe, Unclear, Unsubscribe
from bot.commands.asked_marks import (
    Check,
    Follow,
    Judge,
    MuteTopics,
    OneDeadline,
    ShowDeliveries,
    ShowFeedback,
    Unfollow,
    UnmuteTopics,
    WhyNot,
)
from bot.commands.grammar import parse
from bot.commands.verbs import Verb
from bot.domain.marks import Mark
from bot.services.deadline_marks import Act

WEEK = dt.timedelta(days=7)
DECEMBER = dt.date(2026, 12, 1)


def judged(mark, number=12, reason=""):
    return Judge(verb=Verb(str(mark)), mark=mark, story_id=number, reason=reason)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("follow 12", Follow(story_id=12)),
        ("/usmca seguir #12", Follow(story_id=12)),
        ("suivre story:12", Follow(story_id=12)),
        ("unfollow 12", Unfollow(story_id=12)),
        ("useful 12", judged(Mark.USEFUL)),
        ("útil 12", judged(Mark.USEFUL)),
        ("ruido 12", judged(Mark.NOISE)),
        ("bruit 12 le club", judged(Mark.NOISE, reason="le club")),
        ("not useful 12", judged(Mark.NOISE)),
        ("wrong 12 10 %", judged(Mark.WRONG, reason="10 %")),
        ("feedback", ShowFeedback()),
        ("feedback autos", ShowFeedback(topic="autos")),
        ("mute autos", MuteTopics(topics="autos")),
        ("mute autos 7d", MuteTopics(topics="autos", span=WEEK)),
        ("mute autos for 7 days", MuteTopics(topics="autos", span=WEEK)),
        ("silenciar acero, autos 1 semana", MuteTopics(topics="acero, autos", span=WEEK)),
        ("sourdine autos 12 h", MuteTopics(topics="autos", span=dt.timedelta(hours=12))),
        (
            "mute autos until 2026-12-01",
            MuteTopics(topics="autos", day=dt.date(2026, 12, 1)),
        ),
        ("mute autos until 1 Dec 2026", MuteTopics(topics="autos", day=DECEMBER)),
        ("silenciar autos hasta el 1 dic 2026", MuteTopics(topics="autos", day=DECEMBER)),
        ("mute autos jusqu’au 1er déc. 2026", MuteTopics(topics="autos", day=DECEMBER)),
        ("unmute autos", UnmuteTopics(topics="autos")),
        ("check 12", Check(story_id=12)),
        ("revisar 12 página:2", Check(story_id=12, page=2)),
        ("deadline 31", OneDeadline(name=31)),
        ("deadline 31 confirm", OneDeadline(name=31, act=Act.CONFIRM)),
        ("plazo 31 descartar", OneDeadline(name=31, act=Act.DISMISS)),
        ("échéance 31 traité", OneDeadline(name=31, act=Act.HANDLED)),
        ("deadline 31 reopen", OneDeadline(name=31, act=Act.REOPEN)),
        ("deadline r3fa9c1", OneDeadline(name="r3fa9c1")),
        ("plazo #R3FA9C1 atendido", OneDeadline(name="r3fa9c1", act=Act.HANDLED)),
        ("why not 12", WhyNot(about=12)),
        ("por qué no 12", WhyNot(about=12)),
        ("pourquoi pas 12", WhyNot(about=12)),
        ("whynot <https://example.com/a|a report>", WhyNot(about="https://example.com/a")),
        ("whynot www.example.com/a", WhyNot(about="https://www.example.com/a")),
        ("deliveries", ShowDeliveries()),
        ("entregas page:2", ShowDeliveries(page=2)),
    ],
)
def test_is_understood(text, command) -> None:
    """Each verb in the languages people write."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("follow autos", Subscribe),
        ("seguir autos nivel: flash", Subscribe),
        ("unfollow autos", Unsubscribe),
        ("mute", Pause),
        ("silenciar", Pause),
        ("unmute", Resume),
        ("deadline", Deadlines),
        ("deadline autos 90d", Deadlines),
        ("deadline 90d", Deadlines),
        ("deadline r3fa9", Deadlines),
        ("deadline r3fa9c1x", Deadlines),
    ],
)
def test_the_other_meaning_of_a_verb_stays(text, kind) -> None:
    """Without a story's or deadline's number, or without a topic, it means what it meant."""
    assert isinstance(parse(text), kind)


@pytest.mark.parametrize(
    ("text", "problem", "word"),
    [
        ("useful", Problem.NO_NUMBER, ""),
        ("noise autos", Problem.NEEDS_NUMBER, "autos"),
        ("check", Problem.NO_NUMBER, ""),
        ("whynot autos", Problem.NEEDS_NUMBER, "autos"),
        ("deadline 31 burn", Problem.NO_SETTLING, "burn"),
        ("deadline r3fa9c1 burn", Problem.NO_SETTLING, "burn"),
        ("mute autos until Friday", Problem.NO_UNTIL, "Friday"),
        ("mute autos until 1/12/2026", Problem.NO_UNTIL, "1/12/2026"),
        ("mute autos 99999d", Problem.NO_UNTIL, "99999d"),
        ("mute autos 0d", Problem.NO_UNTIL, "0d"),
    ],
)
def test_says_what_is_wrong(text, problem, word) -> None:
    """The word that is odd is named."""
    found = parse(text)
    assert isinstance(found, Unclear)
    assert (found.problem, found.word) == (problem, word)
