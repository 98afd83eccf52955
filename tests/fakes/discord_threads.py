"""Forums, threads and announcements of the fake Discord."""

from aiohttp import web

from tests.fakes.discord_world import ANNOUNCEMENT, FORUM, MEDIA, PUBLIC_THREAD, Channel, World

ARCHIVE_AFTER = {60, 1440, 4320, 10080}


def thread_payload(world: World, channel: Channel) -> dict:
    """A thread as Discord shows it."""
    return {
        "id": channel.id,
        "type": channel.kind,
        "guild_id": channel.guild,
        "parent_id": channel.parent,
        "owner_id": world.me["id"],
        "name": channel.name,
        "applied_tags": channel.applied,
        "thread_metadata": {
            "archived": channel.archived,
            "auto_archive_duration": 10080,
            "archive_timestamp": f"2026-11-22T00:00:00.{int(channel.id) % 1000:03d}000+00:00",
            "locked": False,
        },
    }


def channel_payload(channel: Channel) -> dict:
    """A channel as Discord shows it."""
    made = {"id": channel.id, "type": channel.kind, "guild_id": channel.guild, "name": channel.name}
    if channel.kind in {FORUM, MEDIA}:
        made["available_tags"] = channel.tags
        made["flags"] = 16 if channel.needs_tag else 0
    return made


def tag_error(forum: Channel, applied: list) -> tuple[int, str] | None:
    """The code and the words of what is wrong with a post's tags."""
    known = {tag["id"]: tag for tag in forum.tags}
    if len(applied) > 5:
        return 50035, "Invalid Form Body"
    if any(one not in known for one in applied):
        return 10087, "Unknown tag"
    if any(known[one].get("moderated") for one in applied):
        return 50013, "Missing Permissions"
    if forum.needs_tag and not applied:
        return 40067, "A tag is required to create a forum post in this channel"
    return None


def active(world: World, guild: str) -> dict:
    """List Active Guild Threads."""
    found = [
        thread_payload(world, one)
        for one in world.channels.values()
        if one.guild == guild and one.kind == PUBLIC_THREAD and not one.archived
    ]
    return {"threads": found, "members": []}


def archived(world: World, channel: str, limit: int) -> dict:
    """List Public Archived Threads, the newest first."""
    found = [
        thread_payload(world, one)
        for one in world.channels.values()
        if one.parent == channel and one.archived
    ]
    return {"threads": found[::-1][:limit], "members": [], "has_more": len(found) > limit}


def crosspost(channel: Channel, message: dict) -> tuple[int, int, str] | None:
    """Crosspost Message: the status, code and words of a refusal."""
    if channel.kind != ANNOUNCEMENT:
        return 400, 50068, "Invalid message type"
    if message.get("flags", 0) & 1:
        return 400, 40033, "This message has already been crossposted"
    message["flags"] = message.get("flags", 0) | 1
    return None


def query_limit(request: web.Request) -> int:
    """The page size that is asked for."""
    return int(request.query.get("limit", "50"))
