"""Forum channels: one post for each story, with the tags that name its topics. Pure."""

import unicodedata
from collections.abc import Iterator

from bot.domain.message import Message
from bot.platforms.discord.channels import Channel, Tag
from bot.platforms.discord.render import Payload, thread_name

TAGS = 5
"""Tags a post may have."""
ARCHIVE_AFTER = 10_080
"""Minutes without a word before a thread is put away: the longest Discord knows, a week."""
_FOR_ANYTHING = frozenset(
    {"usmca", "t mec", "tmec", "aceum", "cusma", "news", "noticias", "nouvelles"}
)


def post_body(forum: Channel, message: Message, body: Payload) -> Payload:
    """Return the body that opens a post. It has no nonce: Discord knows none for posts."""
    plain = {name: value for name, value in body.items() if name not in {"nonce", "enforce_nonce"}}
    made: Payload = {
        "name": thread_name(message),
        "auto_archive_duration": ARCHIVE_AFTER,
        "message": plain,
    }
    tags = applied_tags(forum, message)
    if tags:
        made["applied_tags"] = tags
    return made


def applied_tags(forum: Channel, message: Message) -> list[str]:
    """Return up to five tags of the forum that name the message's topics, by id or label.

    Where the forum asks for a tag and none fits, one that fits anything (``news``, the treaty's
    name) is taken, else the first. A tag for moderators is set only where there is no other: the
    bot may be one of them.
    """
    settable = [tag for tag in forum.tags if not tag.moderated]
    if forum.needs_tag and not settable:
        settable = list(forum.tags)
    fitting = list(dict.fromkeys(tag.id for tag in _fitting(settable, message)))[:TAGS]
    if fitting or not forum.needs_tag or not settable:
        return fitting
    general = [tag for tag in settable if folded(tag.name) in _FOR_ANYTHING]
    return [(general or settable)[0].id]


def lacks_tags(forum: Channel) -> bool:
    """Whether the forum asks for a tag and keeps all it has for its moderators."""
    return forum.needs_tag and all(tag.moderated for tag in forum.tags)


def _fitting(tags: list[Tag], message: Message) -> Iterator[Tag]:
    """The tags in the order of the topics. A tag has 20 characters: it may be how a label begins."""
    names = [folded(name) for name in (*message.topic_ids, *message.topics)]
    for name in names:
        for tag in tags:
            short = folded(tag.name)
            if short and (name == short or name.startswith(f"{short} ")):
                yield tag


def folded(text: str) -> str:
    """Return the words in small letters without accents, marks and hyphens."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = (char if char.isalnum() else " " for char in bare if not unicodedata.combining(char))
    return " ".join("".join(letters).split())
