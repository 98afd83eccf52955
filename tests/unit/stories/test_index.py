import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.reading import Lang, Reading
from bot.stories import fingerprint
from bot.stories.features import nobody_named
from bot.stories.index import StoryIndex, _ranked
from bot.stories.profile import Profile, Sought

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def mark(text, at=NOW):
    return fingerprint.of(Entry(guid="1", title=text), Reading(lang=Lang.EN), at)


STRIKE = "Longshore workers strike the Port of Montreal"
SAWMILL = "Lakehead Timber closes its sawmill in Thunder Bay"


def filled():
    index = StoryIndex()
    index.add(EntryId(1), StoryId(10), None, mark(STRIKE), NOW)
    index.add(EntryId(2), StoryId(11), None, mark(SAWMILL), NOW)
    return index


def candidates(index, text, owner=None, at=NOW):
    return [story for story, _ in index.search(Sought(mark(text, at)), owner)]


def found(index, text, owner=None, at=NOW):
    return [story.story_id for story in candidates(index, text, owner, at)]


def test_only_stories_that_share_words_are_candidates():
    """An entry never meets stories that have nothing in common with it."""
    assert found(filled(), "Port of Montreal shut by strike") == [10]


def test_owners_do_not_see_each_other():
    """A tenant's entry meets neither the shared stories nor another tenant's."""
    index = filled()
    mine = Tenant("slack:T1")
    index.add(EntryId(3), StoryId(12), mine, mark(STRIKE), NOW)
    assert found(index, STRIKE, mine) == [12]
    assert found(index, STRIKE, Tenant("slack:T2")) == []
    assert found(index, STRIKE) == [10]


def test_adding_twice_changes_nothing():
    """Placements loaded again after a commit do no harm."""
    index = filled()
    index.add(EntryId(1), StoryId(10), None, mark(STRIKE), NOW)
    assert len(index) == 2
    (story,) = candidates(index, STRIKE)
    assert list(story.entries) == [1]


def test_forgetting_undoes_what_a_rolled_back_transaction_added():
    """The entry is gone, its story too where it was alone, and the last id steps back."""
    index = filled()
    index.add(EntryId(3), StoryId(10), None, mark(STRIKE), NOW)
    index.add(EntryId(4), StoryId(13), None, mark("Hearing on yarn"), NOW)
    index.forget([EntryId(3), EntryId(4), EntryId(99)])
    assert index.last_entry_id == 2
    assert len(index) == 2
    assert found(index, "Hearing on yarn") == []
    (story,) = candidates(index, STRIKE)
    assert list(story.entries) == [1]


def test_forgetting_nothing_keeps_the_last_id():
    """A transaction that added nothing leaves the index as it was."""
    index = filled()
    index.forget([])
    assert index.last_entry_id == 2


def test_a_story_silent_for_five_days_takes_nothing():
    """Beyond the window an equal event is a new one; a living story stays open longer."""
    index = filled()
    assert found(index, STRIKE, at=NOW + timedelta(days=6)) == []
    index.add(EntryId(3), StoryId(10), None, mark(STRIKE, NOW + timedelta(days=4)), NOW)
    assert found(index, STRIKE, at=NOW + timedelta(days=8)) == [10]


def test_pruning_drops_what_is_over():
    """Stories without an entry since then leave the memory."""
    index = filled()
    index.add(EntryId(3), StoryId(10), None, mark(STRIKE, NOW + timedelta(days=4)), NOW)
    index.prune(NOW + timedelta(days=1))
    assert len(index) == 2
    assert index.last_entry_id == 3
    assert found(index, SAWMILL) == []
    index.prune(NOW - timedelta(days=9))
    assert len(index) == 2


def test_a_flood_drives_out_the_stories_that_are_silent_longest():
    """Of stories as old as each other the one that began first goes; nothing is dropped below the limit."""
    index = filled()
    mine = Tenant("slack:T1")
    index.add(EntryId(3), StoryId(12), mine, mark(STRIKE, NOW - timedelta(hours=1)), NOW)
    index.shrink(3)
    assert len(index) == 3
    index.shrink(2)
    assert found(index, STRIKE, mine) == []
    assert found(index, STRIKE) == [10]
    index.shrink(1)
    assert found(index, STRIKE) == []
    assert found(index, SAWMILL) == [11]
    assert index.last_entry_id == 3


def test_a_crowd_of_stories_gives_few_candidates():
    """However many stories share the words, ten at most are looked at."""
    index = StoryIndex()
    for number in range(300):
        index.add(
            EntryId(number), StoryId(number), None, mark(f"Steel tariff notice {number}"), NOW
        )
    assert len(candidates(index, "Steel tariff notice")) <= 10


def test_a_growing_story_keeps_its_profile_in_step():
    """What a story adds up to is the same whether it grew or was rebuilt."""
    index = StoryIndex()
    for number in range(12):
        text = f"{STRIKE} on day {number}"
        index.add(EntryId(number), StoryId(1), None, mark(text), NOW)
        (story,) = candidates(index, STRIKE)
        grown, anew = story.profile(), story.without(frozenset()).profile()
        assert (grown.entries, grown.counts, grown.anchors) == (
            anew.entries,
            anew.counts,
            anew.anchors,
        )


def test_a_story_that_grows_is_drawn_as_one_made_at_once():
    """Its heaviest terms, anchors and figures follow from the former ones and the new entry."""
    chance = random.Random(3)
    words = [*(f"Word{number}" for number in range(40)), "25 percent", "50 percent", "steel"]
    for _ in range(20):
        marks, grown = [], Profile()
        for _ in range(15):
            marks.append(mark(" ".join(chance.choices(words, k=chance.randint(0, 25)))))
            grown.add(marks[-1])
            anew = Profile(marks)
            assert (grown.core, grown.core_weight, grown.length) == (
                anew.core,
                anew.core_weight,
                anew.length,
            )
            assert (grown.anchors, grown.figures) == (anew.anchors, anew.figures)


@pytest.mark.parametrize("stories", [0, 1, 39, 40, 41, 300])
def test_ranks_are_those_of_one_sort(stories):
    """However many stories share a score, the order is by score, then the newest first."""
    chance = random.Random(stories)
    for highest in (1, 3, 1_000):
        scores = {StoryId(number): chance.randint(1, highest) for number in range(stories)}
        whole = sorted(((score, number) for number, score in scores.items()), reverse=True)
        assert list(_ranked(scores)) == [number for _, number in whole]


def test_a_story_that_names_nobody_is_told_from_an_entry_that_names_several():
    """Where some entry of the story names somebody, or the entry hardly anybody, it is not."""
    named = "The dockers strike again, say Tremblay, Gagnon and Bouchard of Rimouski"
    plain = [mark("the dockers strike again in the harbour") for _ in range(3)]
    assert nobody_named(Sought(mark(named)), Profile(plain))
    assert not nobody_named(Sought(mark(named)), Profile(plain[:2]))
    assert not nobody_named(Sought(mark(named)), Profile([*plain, mark(f"{STRIKE}, says Roy")]))
    assert not nobody_named(Sought(plain[0]), Profile(plain))


@pytest.mark.parametrize("entries", [1, 4, 5, 40])
def test_a_story_knows_its_links_and_texts_however_large_it_is(entries):
    """The first and the last of its entries are found by their words, and no other text is."""
    index = StoryIndex()
    texts = [
        f"Longshore workers strike the Port of Montreal for day {n} of talks"
        for n in range(entries)
    ]
    for number, text in enumerate(texts, start=1):
        told = fingerprint.of(
            Entry(guid=text, title=text, url=f"https://s.example.com/{number}"),
            Reading(lang=Lang.EN),
            NOW,
        )
        index.add(EntryId(number), StoryId(1), None, told, NOW)
        (story,) = candidates(index, text)
        assert all(story.has_text(mark(known).text) for known in texts[:number])
        assert story.has_url(told.url)
    assert not story.has_text(mark(STRIKE + " again and again").text)
    assert not story.has_text("")
    assert not story.has_url("")
