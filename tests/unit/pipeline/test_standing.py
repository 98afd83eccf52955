import datetime as dt

from structlog.testing import capture_logs

from bot.domain.entry import Entry
from bot.domain.ids import EntryId
from bot.domain.reading import Lang, Reading
from bot.domain.story import Member
from bot.pipeline.standing import StandingQueries

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def member(number, title):
    return Member(
        entry_id=EntryId(number),
        entry=Entry(guid=str(number), title=title),
        reading=Reading(lang=Lang.EN),
        seen_at=NOW,
        joined="",
    )


STEEL, DAIRY = member(1, "Steel quota for Canada"), member(2, "Dairy panel meets")


async def test_each_query_is_answered_for_each_entry():
    """A query that matches gives its words, one that does not gives None, whatever came before."""
    standing = StandingQueries()
    first = await standing.asked(["steel", "dairy", "steel"])
    assert [span.text for span in first("steel", STEEL) or ()] == ["Steel"]
    assert first("dairy", STEEL) is None
    assert first("steel", DAIRY) is None
    later = await standing.asked(["canada", "steel"])
    assert later("canada", STEEL) is not None
    assert later("steel", STEEL) is not None


async def test_a_query_nobody_can_parse_matches_nothing_and_is_said_once():
    """An old subscription whose query this version cannot follow stops nobody else's."""
    standing = StandingQueries()
    with capture_logs() as logs:
        for _ in range(2):
            asked = await standing.asked(["steel AND (", "steel"])
            assert asked("steel AND (", STEEL) is None
            assert asked("steel", STEEL) is not None
    assert [line["event"] for line in logs] == ["query_not_understood"]


async def test_queries_of_places_that_left_are_let_go_of():
    """With more queries than are kept, only those asked for now stay, and all are answered."""
    standing = StandingQueries(most=30)
    await standing.asked(f"left {number}" for number in range(30))
    asked = await standing.asked([f"steel {number}" for number in range(40)] + ["steel"])
    assert asked("steel", STEEL) is not None
    assert asked("steel 39", STEEL) is None
