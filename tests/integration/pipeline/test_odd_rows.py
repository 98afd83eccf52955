"""One odd row keeps nothing else waiting: a row that another version wrote, or a damaged one."""

import sqlalchemy as sa

from bot.domain.entry import Entry
from bot.storage import tables
from tests.integration.pipeline.house import ALL, House


def news(number: int, house: House) -> Entry:
    """An entry of an event of its own."""
    about = ("Quota on plates", "Panel rules on dairy permits")[number]
    return Entry(
        guid=f"e{number}",
        url=f"https://ledger.example/{number}",
        title=f"{about} #steel",
        summary=f"Details of {about}.",
        published=house.clock.now(),
        source="Border Ledger (sample)",
    )


async def rewrite(house: House, text: str) -> str:
    """Write the first story's row anew; returns what stood there."""
    async with house.store._engines.writer.begin() as connection:  # noqa: SLF001
        first = tables.stories.c.id == 1
        before = await connection.scalar(sa.select(tables.stories.c.story).where(first))
        await connection.execute(sa.update(tables.stories).where(first).values(story=text))
    return before


async def test_an_alert_that_cannot_be_fanned_out_keeps_no_other_waiting(house: House) -> None:
    """It is looked at a quarter of an hour later, and told once when the row can be read again."""
    await house.feeds("ledger")
    await house.subscribe("C1", ALL)
    house.fetcher.shows("ledger", house.parser.knows(news(1, house), news(0, house)))
    await house.ingest().poll_all(everything=True)
    before = await rewrite(house, '{"stage": "of a later version"}')
    fanout = house.fanout()
    assert await fanout.run() == 1
    await house.drain()
    (sent,) = house.slack.taken
    assert sent.message.headline.text == "Panel rules on dairy permits #steel"
    await rewrite(house, before)
    house.clock.advance(minutes=16)
    assert await fanout.run() == 1
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken][1:] == [
        "Quota on plates #steel"
    ]
