"""Deadlines as people ask for them: each event once, extensions struck, marks shown."""

from dataclasses import replace

import pytest

from bot.domain.reading import DeadlineKind
from bot.domain.story import Conflict
from tests.fakes.archive import due
from tests.fakes.asking import World

STEEL = "Comments on the Canadian steel surtax inquiry are due at the tribunal"


@pytest.fixture
def world(store, clock):
    return World(store, clock)


def stories(reply):
    return [row for row in reply.rows if row["story"] is not None]


async def told(world, headline, *deadlines, **fields):
    """A story with these deadlines, of the one feed there is."""
    feeds = await world.store.queries.feeds(None)
    feed = feeds[0] if feeds else await world.archive.feed()
    return await world.archive.story(feed, headline, deadlines=deadlines, **fields)


async def test_two_stories_of_one_event_are_listed_once(world):
    """The other story is named; another event on the same day stays apart."""
    await told(world, STEEL, due("2026-12-01", text=f"{STEEL} on December 1."))
    await told(world, f"{STEEL} soon", due("2026-12-01", text=f"{STEEL} by December 1, 2026."))
    await told(world, "Tomato growers answer", due("2026-12-01", text="Growers must answer."))
    reply = await world.ask("deadlines")
    assert [(row["story"], row["also"]) for row in stories(reply)] == [(1, [2]), (3, [])]
    assert "also in stories 2" in reply.text


async def test_an_extension_is_shown_with_its_old_date_struck(world):
    """Told by another story, or seen when the story itself changed."""
    await told(world, STEEL, due("2026-12-01", text=f"{STEEL} on December 1."))
    new = due("2026-12-15", text=f"{STEEL} now on December 15.", replaces=due("2026-12-01").date)
    await told(world, f"{STEEL} extended", new)
    reply = await world.ask("deadlines 90d")
    (row,) = stories(reply)
    assert (row["date"], row["replaces"]) == ("2026-12-15", ["2026-12-01"])
    line = next(line for line in reply.sections[0].lines if line.struck)
    assert line.struck == "1 Dec 2026"
    assert line.text.startswith("15 Dec 2026 · comments due")
    assert "~1 Dec 2026~ 15 Dec 2026" in reply.text


async def test_a_date_that_its_story_changed_is_struck(world, store):
    """No sentence says that it was extended: the story's own history does."""
    story = await told(world, STEEL, due("2026-12-01"))
    async with store.begin(assigning=True) as uow:
        await uow.stories.save([replace(story, deadlines=(due("2026-12-20"),))], new=False)
    (row,) = stories(await world.ask("deadlines"))
    assert (row["date"], row["replaces"]) == ("2026-12-20", ["2026-12-01"])
    whole = await world.ask(f"story {story.id}")
    assert "no longer stated" in whole.text


async def test_a_conflict_is_named_in_the_list(world):
    """Who states another date stands beside it."""
    clash = Conflict(
        what=str(DeadlineKind.COMMENT),
        values=(("2026-12-01", "Border Ledger"), ("2026-12-08", "Sample Wire")),
    )
    await told(world, STEEL, due("2026-12-01"), conflicts=(clash,))
    reply = await world.ask("deadlines")
    assert "sources disagree: 8 Dec 2026 (Sample Wire)" in reply.text


async def test_deadlines_of_a_country(world):
    """By its name in any of the languages or its code, beside a topic and a window too."""
    await told(world, STEEL, due("2026-12-01", text=STEEL), countries=("CA",))
    await told(world, "Maize rule", due("2026-12-02", text="Maize."), countries=("MX",))
    for words in ("deadlines canada", "plazos CA", "deadlines tariffs canadá 90d"):
        assert [row["story"] for row in stories(await world.ask(words))] == [1], words
    reply = await world.ask("deadlines tariffs mexico 90d")
    assert reply.title.startswith("Deadlines on Tariffs · MX until")
    assert [row["story"] for row in stories(reply)] == [2]


async def test_what_the_team_says_is_shown_in_lists_and_story(world):
    """Handled by whom, in the list and in the status; dismissed only in the story, by whom."""
    await told(world, STEEL, due("2026-12-01"), due("2026-12-09", DeadlineKind.HEARING))
    await world.ask("deadline 1 handled", called="ana")
    await world.ask("deadline 2 dismiss", called="ben")
    for words in ("deadlines", "status"):
        reply = await world.ask(words)
        assert "handled by @ana" in reply.text, words
        assert "hearing" not in reply.text
    assert "dismissed by @ben" in (await world.ask("story 1")).text
    assert "hearing" in (await world.ask("deadlines", workspace="T2")).text


async def test_many_that_are_one_do_not_end_the_list(world):
    """Pages count events, not rows."""
    for number in range(12):
        await told(world, f"{STEEL} {number}", due("2026-12-01", text=STEEL))
    await told(world, "Maize rule ahead", due("2026-12-02", text="Maize rule."))
    reply = await world.ask("deadlines")
    assert [row["date"] for row in stories(reply)] == ["2026-12-01", "2026-12-02"]
    assert len(stories(reply)[0]["also"]) == 11


async def test_the_whole_grammar_reaches_the_marks(world):
    """Mutes and follows stand in the list of subscriptions; deliveries say what came of each."""
    story = await told(world, STEEL, due("2026-12-01"))
    await world.ask("subscribe tariffs")
    await world.ask("mute dairy 7d")
    listed = await world.ask("subscriptions")
    assert "Muted here\nDairy (until 27 Nov 2026, 07:00 EST · in 7 days)" in listed.text
    assert "unmute dairy" in [choice.command for choice in listed.actions]
    await world.ask(f"follow {story.id}", direct=True, channel="U1")
    mine = await world.ask("subscriptions", direct=True, channel="U1")
    assert f"Stories you follow\n{STEEL}" in mine.text
    await world.ask("test")
    sent = await world.ask("deliveries")
    assert [row["sent_as"] for row in sent.rows] == ["notice"]
    assert (await world.ask("por que no 1")).command == "whynot"
    refused = await world.ask("deadline 99")
    assert not refused.ok
    assert "There is no deadline 99." in refused.text
    assert not (await world.ask("why not nonsense")).ok


async def test_following_too_many_is_refused(world, store):
    """In words that say how to end some."""
    feed = await world.archive.feed()
    for number in range(201):
        await world.archive.story(feed, f"Story {number}")
    for number in range(1, 201):
        assert (await world.ask(f"follow {number}")).ok
    reply = await world.ask("follow 201")
    assert not reply.ok
    assert "You follow 200 stories" in reply.text
    assert (await world.ask("follow 200")).ok
