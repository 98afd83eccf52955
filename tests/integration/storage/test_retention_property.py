"""Whatever a feed shows, and whenever old rows are deleted: nothing is told twice, nothing is missed."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.ports import NewEntry
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key
from tests.fakes.writing import add_entries
from tests.samples import NOW, entry, reading, spec

# what a feed may do with an entry it shows again: leave it, correct its words, or give it another guid
_SHOWN = st.tuples(st.integers(0, 9), st.sampled_from(["same", "corrected", "other guid"]))
_STEPS = st.lists(
    st.one_of(
        st.lists(_SHOWN, min_size=1, max_size=6, unique_by=lambda shown: shown[0]),
        st.integers(30, 500),
    ),
    max_size=12,
)


def shown(number: int, how: str, step: int) -> Entry:
    """Entry `number`, as the feed shows it in this step."""
    link = f"https://ledger.example/act-{number}"
    title = f"Act number {number} on steel"
    if how == "corrected":
        return entry(f"g{number}", url=link, title=title, summary=f"Corrected in step {step}.")
    guid = f"g{number}-{step}" if how == "other guid" else f"g{number}"
    return entry(guid, url=link, title=title)


async def live(store: SqlStore, steps: list) -> list[int]:
    """Poll and delete as the steps say; return the number of every entry that was new, in order."""
    now, told = NOW, list[int]()
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec()], now)
        (feed,) = await uow.feeds.listed(None)
    for step, what in enumerate(steps):
        async with store.begin(assigning=True) as uow:
            if isinstance(what, int):
                now += timedelta(days=what)
                while await uow.retention.forget_entries(now - timedelta(days=400), 2):
                    pass
                continue
            entries = {shown(number, how, step).guid: number for number, how in what}
            made = [shown(number, how, step) for number, how in what]
            known = await uow.entries.known(feed.id, made)
            fresh = [one for one in made if one.guid not in known]
            told += {entries[one.guid] for one in fresh}
            news = [NewEntry(entry=one, reading=reading(), held=False) for one in fresh]
            await add_entries(uow, feed, news, now)
            for one in made:
                found = known.get(one.guid)
                if found is not None and found.edited and found.entry_id is not None:
                    await uow.entries.edit(found.entry_id, one, reading(), now)
    return told


@settings(max_examples=25)
@given(steps=_STEPS)
def test_an_entry_is_new_once_in_its_feed(sqlite_template: Path, steps: list) -> None:
    """Deleted or not, corrected or under another guid: it is new the first time and never after."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        shutil.copy(sqlite_template, file)

        async def run() -> list[int]:
            store = SqlStore(open_engines(f"sqlite:///{file}"), FernetVault([new_key()]))
            try:
                return await live(store, steps)
            finally:
                await store.close()

        told = asyncio.run(run())
    shown_at_all = {number for what in steps if not isinstance(what, int) for number, _ in what}
    assert sorted(told) == sorted(shown_at_all)
