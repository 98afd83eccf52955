"""The posts of a forum, so that one whose opening brought no answer can be found.

Discord lists a server's active threads, and a forum's archived ones by the time they were archived.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from bot.platforms.discord.channels import Channel
from bot.platforms.discord.rest import DiscordRest, NoAnswerError, RefusedError

_PAGE = 100
_PAGES = 5
"""Archived posts looked through: 500, newest first."""
_FIRSTS = 100
"""Posts whose first message is read; more were not opened in the time a send waits."""


class Posts:
    """Lists forums' posts and reads their first messages."""

    def __init__(self, rest: DiscordRest) -> None:
        self._rest = rest

    async def since(self, forum: Channel, oldest: int) -> AsyncIterator[str]:
        """Yield the ids of posts opened since `oldest`, an id of that moment; active ones first.

        Raises a DiscordError.
        """
        seen = 0
        async for thread in self._listed(forum):
            number = str(thread.get("id", ""))
            ours = str(thread.get("parent_id") or forum.id) == forum.id
            if not number.isdigit() or int(number) < oldest or not ours:
                continue
            seen += 1
            if seen > _FIRSTS:
                return
            yield number

    async def first_message(self, thread: str) -> dict[str, Any] | None:
        """Return a post's first message, whose id is the thread's; None where it was deleted."""
        try:
            found = await self._rest.call("GET", f"/channels/{thread}/messages/{thread}")
        except RefusedError as error:
            if error.status == 404:
                return None
            raise
        return found if isinstance(found, dict) else None

    async def _listed(self, forum: Channel) -> AsyncIterator[Mapping[str, Any]]:
        if forum.guild:
            found = await self._rest.call("GET", f"/guilds/{forum.guild}/threads/active")
            for one in sorted(_threads(found), key=_age):
                yield one
        before: str | None = None
        for _ in range(_PAGES):
            query = {"limit": str(_PAGE), **({"before": before} if before else {})}
            path = f"/channels/{forum.id}/threads/archived/public"
            page = await self._rest.call("GET", path, query=query)
            threads = list(_threads(page))
            for one in threads:
                yield one
            before = _archived(threads[-1]) if threads else None
            more = isinstance(page, dict) and page.get("has_more") is True
            if not more or before is None:
                return


def _threads(page: object) -> Iterator[Mapping[str, Any]]:
    threads = page.get("threads") if isinstance(page, dict) else None
    if not isinstance(threads, list):
        raise NoAnswerError("Discord's answer is no list of threads")
    yield from (one for one in threads if isinstance(one, dict))


def _age(thread: Mapping[str, Any]) -> int:
    """Sorts the newest first."""
    number = str(thread.get("id", ""))
    return -int(number) if number.isdigit() else 0


def _archived(thread: Mapping[str, Any]) -> str | None:
    data = thread.get("thread_metadata")
    moment = data.get("archive_timestamp") if isinstance(data, dict) else None
    return moment if isinstance(moment, str) else None
