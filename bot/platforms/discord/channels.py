"""What the bot knows of channels: their kind, their tags, and whose direct conversation one is.

Asked for only where a send needs it, and remembered for some minutes: tags and kinds change rarely.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.platforms.discord.pacing import now
from bot.platforms.discord.rest import DiscordRest, NoAnswerError

ANNOUNCEMENT, FORUM, MEDIA = 5, 15, 16
_NEEDS_TAG = 1 << 4
"""The flag REQUIRE_TAG of a forum channel."""
_REMEMBERED = 600.0
_MANY = 10_000
PERSON = "@"
"""Stands before a person's number where an address means their direct conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag that posts of a forum can have."""

    id: str
    name: str
    moderated: bool
    """Only those who manage threads may set it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel as far as sending depends on it."""

    id: str
    kind: int
    guild: str = ""
    tags: tuple[Tag, ...] = ()
    needs_tag: bool = False

    @property
    def is_forum(self) -> bool:
        """Whether it takes posts (threads of their own) and no plain messages."""
        return self.kind in {FORUM, MEDIA}


class Channels:
    """Looks channels up and remembers them; one for each process."""

    def __init__(self, rest: DiscordRest) -> None:
        self._rest = rest
        self._known: dict[str, tuple[float, Channel]] = {}
        self._direct: dict[str, str] = {}

    async def resolve(self, channel: str) -> str:
        """Return the channel's id; ``@42`` opens the direct conversation with that person.

        Opening it twice gives the same one. Raises a DiscordError.
        """
        if not channel.startswith(PERSON):
            return channel
        if channel not in self._direct:
            body = {"recipient_id": channel.removeprefix(PERSON)}
            path = "/users/@me/channels"
            found = await self._rest.call("POST", path, body=body, repeatable=True)
            if not isinstance(found, dict) or not found.get("id"):
                raise NoAnswerError("Discord's answer names no conversation")
            if len(self._direct) >= _MANY:
                self._direct.clear()
            self._direct[channel] = str(found["id"])
        return self._direct[channel]

    def known(self, channel: str) -> Channel | None:
        """Return what was learnt of a channel; its tags may be old, its kind hardly ever changes."""
        found = self._known.get(channel)
        return found[1] if found is not None else None

    async def look(self, channel: str) -> Channel:
        """Return the channel, asked for where it is not known. Raises a DiscordError."""
        known = self._known.get(channel)
        if known is not None and known[0] > now():
            return known[1]
        found = await self._rest.call("GET", f"/channels/{channel}")
        if not isinstance(found, dict):
            raise NoAnswerError("Discord's answer is no channel")
        made = _channel(channel, found)
        if len(self._known) >= _MANY:
            self._known.clear()
        self._known[channel] = (now() + _REMEMBERED, made)
        return made

    def forget(self, channel: str) -> None:
        """Ask again the next time: what was known has proven wrong."""
        self._known.pop(channel, None)


def _channel(channel: str, found: Mapping[str, object]) -> Channel:
    kind, flags = found.get("type"), found.get("flags")
    return Channel(
        id=channel,
        kind=kind if isinstance(kind, int) else 0,
        guild=str(found.get("guild_id") or ""),
        tags=tuple(_tags(found.get("available_tags"))),
        needs_tag=isinstance(flags, int) and bool(flags & _NEEDS_TAG),
    )


def _tags(found: object) -> Iterator[Tag]:
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and one.get("id"):
            name = str(one.get("name") or "")
            yield Tag(id=str(one["id"]), name=name, moderated=one.get("moderated") is True)
