"""Forty outlets and a hundred entries of one event: one message in each channel, and it grows."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.parts import reader_of
from bot.domain.destination import Wish
from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.settings import defaults
from bot.settings.load import load
from tests.integration.pipeline.house import House

LEDE = (
    "Canada will charge a 25 percent surtax on steel from the United States from December 8, 2026, "
    "the finance department said on Friday."
)
PARAPHRASES = (
    ("Canada to charge 25% surtax on U.S. steel from December 8", LEDE),
    ("CANADA TO CHARGE 25% SURTAX ON U.S. STEEL FROM DECEMBER 8 - Sample Wire", LEDE),
    ("Canada sets 25 percent surtax on American steel", f"OTTAWA - {LEDE} Unions welcomed it."),
    (
        "Ottawa slaps 25% surtax on U.S. steel starting Dec. 8",
        "The Canadian government will apply a 25 per cent surtax to U.S. steel on December 8, 2026, "
        "the finance department announced on Friday.",
    ),
    (
        "U.S. steel faces 25% Canadian surtax next month",
        "Steel from the United States will face a 25 percent surtax in Canada from December 8, 2026.",
    ),
)


@pytest.fixture
def real_house(house: House, tmp_path: Path) -> House:
    """The pipeline with the whole reading of the packaged rules."""
    settings = load(defaults.packaged(), {"BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"})
    reader = reader_of(settings.topics)
    house.read = lambda entry, now: reader.read(entry, now=now)
    return house


def told(number: int, house: House) -> Entry:
    title, summary = PARAPHRASES[number % len(PARAPHRASES)]
    return Entry(
        guid=f"g{number}",
        url=f"https://outlet{number % 40}.example/{number}?utm_source=rss",
        title=title,
        summary=summary,
        published=house.clock.now() - timedelta(minutes=number % 7),
        source=f"Outlet {number % 40} (sample)",
        lang="en",
    )


async def test_a_hundred_copies_make_one_message(real_house: House) -> None:
    """Over 40 feeds and five hours: one post for each channel, quiet edits, nothing else."""
    house = real_house
    await house.feeds(*(f"f{n}" for n in range(40)))
    await house.subscribe("C1", Wish(topic="steel_aluminum"))
    await house.subscribe("C2", Wish(topic="canada"), Wish(topic="tariffs"))
    for number in range(100):
        house.fetcher.answers.clear()
        await house.poll(f"f{number % 40}", told(number, house))
        if number % 5 == 4:
            await house.drain()
            house.clock.advance(minutes=15)
    await house.drain()
    (story,) = await house.store.queries.stories(owner=None, limit=10)
    assert (story.entry_count, len(story.sources)) == (100, 40)
    kinds = [(sent.to, sent.what.split()[0]) for sent in house.slack.taken]
    assert kinds.count(("slack:C1", "post")) == kinds.count(("slack:C2", "post")) == 1
    assert {what for _, what in kinds} == {"post", "edit"}
    last = house.slack.taken[-1]
    assert last.message.source_count == 40


async def test_the_official_text_is_told_in_the_thread(real_house: House) -> None:
    """The gazette's own notice replies to the message, and takes its headline."""
    house = real_house
    await house.feeds("f0", "gazette")
    await house.subscribe("C1", Wish(topic="steel_aluminum"))
    await house.poll("f0", told(0, house))
    await house.drain()
    notice = Entry(
        guid="n1",
        url="https://gazette.example/n1",
        title="Order imposing a surtax on steel from the United States",
        summary="The Order imposes a surtax of 25 percent on steel from the United States. "
        "The Order comes into force on December 8, 2026.",
        published=house.clock.now(),
        source="Gazette (sample)",
        tier=Tier.OFFICIAL,
    )
    await house.poll("gazette", notice)
    await house.drain()
    whats = [sent.what for sent in house.slack.taken]
    assert whats[0] == "post"
    assert any(what.startswith(("reply", "broadcast")) for what in whats)
    edit = next(sent for sent in house.slack.taken if sent.what.startswith("edit"))
    assert edit.message.headline.text == notice.title
