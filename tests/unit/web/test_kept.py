import asyncio

import pytest

from bot.web.kept import Kept


async def test_many_ask_and_one_is_made() -> None:
    """Who comes while a value is made waits for it; until it is too old nobody makes another."""
    now = [0.0]
    made: list[int] = []
    kept: Kept[int] = Kept(lambda: now[0], for_s=10)

    async def make() -> int:
        await asyncio.sleep(0)
        made.append(len(made))
        return made[-1]

    assert await asyncio.gather(*(kept.get("a", make) for _ in range(5))) == [0] * 5
    now[0] = 9.9
    assert await kept.get("a", make) == 0
    assert await kept.get("b", make) == 1
    now[0] = 10.0
    assert await kept.get("a", make) == 2


async def test_a_failure_is_not_kept() -> None:
    """The next visitor tries again; and of many keys only the newest are remembered."""
    kept: Kept[int] = Kept(lambda: 0.0, for_s=10)

    async def fails() -> int:
        raise LookupError

    async def works() -> int:
        return 1

    with pytest.raises(LookupError):
        await kept.get("a", fails)
    assert [await kept.get(key, works) for key in range(100)] == [1] * 100
    with pytest.raises(LookupError):
        await kept.get(0, fails)
