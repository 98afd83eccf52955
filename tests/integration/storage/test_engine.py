"""Closing a SQLite database: no thread of a connection may outlive it."""

import asyncio
from pathlib import Path

import pytest

from bot.storage.engine import open_engines


@pytest.mark.parametrize("steps", range(8))
async def test_a_connection_given_up_while_it_opens_leaves_no_thread(tmp_path: Path, steps: int):
    """Its thread answers the event loop when it is done: closing waits for it, as for the others."""
    engines = open_engines(f"sqlite:///{tmp_path / 'b.db'}")
    opening = asyncio.create_task(engines.writer.connect().start())
    for _ in range(steps):
        await asyncio.sleep(0)
    opening.cancel()
    given_up = (await asyncio.gather(opening, return_exceptions=True))[0]
    threads = [*engines.workers]
    if not isinstance(given_up, BaseException):
        await given_up.close()
    await engines.dispose()
    assert [thread for thread in threads if thread.is_alive()] == []
