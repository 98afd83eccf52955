"""Marks counted by topic, rule and month."""

from datetime import UTC, datetime

import pytest

from bot.domain.ids import StoryId, Tenant
from bot.domain.marks import Feedback, Mark
from bot.domain.reading import Field, Span
from bot.record.precision import overview

SPAN = Span(field=Field.TITLE, start=0, end=5, text="Steel", rule="steel")


def said(mark: Mark, **fields: object) -> Feedback:
    known = {
        "story_id": StoryId(1),
        "mark": mark,
        "team": Tenant("slack:T1"),
        "by": "slack:U1",
        "topics": ("steel", "tariffs"),
        "wish": "steel",
        "spans": (SPAN,),
        "at": datetime(2026, 11, 20, tzinfo=UTC),
    }
    return Feedback(**(known | fields))


def test_a_mark_speaks_about_the_topic_that_was_asked_for() -> None:
    """Where it was a query, or nothing, about all topics of the story."""
    found = overview([said(Mark.NOISE), said(Mark.USEFUL, wish="query steel AND duty")])
    by_topic = dict(found.by_topic)
    assert (by_topic["steel"].noise, by_topic["steel"].useful) == (1, 1)
    assert (by_topic["tariffs"].noise, by_topic["tariffs"].useful) == (0, 1)
    assert dict(found.by_rule)["query steel AND duty"].useful == 1
    assert found.by_rule[0][0] == "steel"


def test_wrong_was_right_to_come() -> None:
    """Precision counts it; the reasons tell it."""
    found = overview([said(Mark.WRONG, reason="the rate is 10 %"), said(Mark.NOISE)])
    assert found.all.precision == pytest.approx(0.5)
    assert found.reasons == (("the rate is 10 %", datetime(2026, 11, 20, tzinfo=UTC)),)


def test_months_come_newest_first_and_topics_narrow() -> None:
    """Nothing said has no precision."""
    october = datetime(2026, 10, 2, tzinfo=UTC)
    found = overview([said(Mark.USEFUL), said(Mark.NOISE, at=october)], topic="steel")
    assert [month for month, _ in found.by_month] == ["2026-11", "2026-10"]
    assert overview([said(Mark.USEFUL)], topic="dairy").all.precision is None
