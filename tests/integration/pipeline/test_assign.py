"""Entries find their stories in a window of bounded size, and again after a restart."""

from datetime import timedelta

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Lang, Reading
from bot.pipeline.assign import Assigner, Newcomer
from bot.ports import NewEntry
from bot.storage.unit_of_work import SqlStore
from tests.fakes.polling import FixedClock
from tests.samples import NOW, spec

TITLES = (
    "Laredo warehouse fire destroys nine trailers of frozen shrimp overnight",
    "Nogales tomato growers elect Beatriz Sample as their new president",
    "Otay Mesa museum opens an exhibition about old railway lanterns",
    "Calexico school orchestra wins the desert festival for the third year",
    "Douglas council approves a library beside the former copper smelter",
    "Presidio hospital orders two helicopters after the spring floods",
    "Hidalgo baseball club signs a pitcher from the Dominican league",
    "Progreso dentists protest against parking fees on market Sundays",
    "Roma birdwatchers count a record number of brown jays in winter",
    "Tecate brewery celebrates eighty years with a concert and fireworks",
    "Naco volunteers repaint the chapel that a storm had damaged badly",
    "Lukeville campground closes its swimming pool for urgent repairs",
)


def told(number: int, edition: str) -> Entry:
    return Entry(
        guid=f"{number}-{edition}",
        url=f"https://s.example.com/{number}/{edition}",
        title=TITLES[number],
        published=NOW + timedelta(minutes=number),
    )


async def put(store: SqlStore, assigner: Assigner, feed: Feed, *entries: Entry) -> list[StoryId]:
    """Store entries of one transaction, and return the stories they went to."""
    reading = Reading(lang=Lang.EN)
    async with store.begin(assigning=True) as uow:
        news = [NewEntry(entry=one, reading=reading, held=False) for one in entries]
        (ids,) = await uow.entries.add_all([(feed, news)], NOW)
        await assigner.place(
            uow,
            [
                Newcomer(entry_id=EntryId(n), entry=one, reading=reading, owner=None, opens=False)
                for n, one in zip(ids, entries, strict=True)
            ],
        )
        homes = [await uow.stories.home(EntryId(n)) for n in ids]
    return [home for home in homes if home is not None]


@pytest.fixture
async def feed(store: SqlStore) -> Feed:
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        return (await uow.feeds.listed(None))[0]


async def test_an_index_of_bounded_size_forgets_the_silent_and_knows_the_last(
    store: SqlStore, feed: Feed
) -> None:
    """With room for five entries the first of twelve stories is forgotten, and the last takes its copy.

    An index that is loaded anew, page by page, decides alike.
    """
    clock = FixedClock()
    running = Assigner(clock, most=5)
    first = await put(store, running, feed, *(told(n, "morning") for n in range(len(TITLES))))
    assert len(set(first)) == len(TITLES)
    again = await put(store, running, feed, told(0, "noon"), told(11, "noon"))
    assert again[0] not in first
    assert again[1] == first[11]
    restarted = Assigner(clock, most=5)
    late = await put(store, restarted, feed, told(1, "evening"), told(11, "evening"))
    assert late[0] not in first
    assert late[1] == first[11]
