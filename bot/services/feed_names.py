"""Which feed a person means by a word, and which one has an address. Pure."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from bot.domain.feed import Feed, Origin
from bot.services import feed_addresses
from bot.services.feed_refusals import FeedRefusedError, Refusal

_SHOWN = 5


def the_one(word: str, feeds: Sequence[Feed]) -> Feed:
    """Return the feed that a key, a name, an address or the beginning of a key names.

    What a workspace added comes before what everybody shares. Raises FeedRefusedError with what
    is near.
    """
    said = word.strip().strip("\"'“”`").strip()
    url = feed_addresses.read(said)
    folded = said.casefold()
    tries = (
        [feed for feed in feeds if feed.spec.key.casefold() == folded],
        [feed for feed in feeds if feed.spec.name.casefold() == folded],
        [] if url is None else _at(feeds, [url]),
        [feed for feed in feeds if folded and feed.spec.key.casefold().startswith(folded)],
    )
    found = next((some for some in tries if some), [])
    if len(found) > 1:
        found = [feed for feed in found if feed.spec.origin is Origin.CHAT] or found
    if len(found) > 1:
        near = ", ".join(feed.spec.key for feed in found[:_SHOWN])
        raise FeedRefusedError(Refusal.SEVERAL, word=said[:80], near=near)
    if not found:
        near = _near(folded, feeds)
        raise FeedRefusedError(Refusal.NEAR if near else Refusal.UNKNOWN, word=said[:80], near=near)
    return found[0]


def at_address(urls: Iterable[str], feeds: Iterable[Feed]) -> Feed | None:
    """Return the feed that has one of the addresses, or has moved to one.

    Neither the scheme nor a last slash makes another address.
    """
    return next(iter(_at(feeds, urls)), None)


def _at(feeds: Iterable[Feed], urls: Iterable[str]) -> list[Feed]:
    wanted = {feed_addresses.comparable(url) for url in urls if url}
    return [
        feed
        for feed in feeds
        if any(
            feed_addresses.comparable(url) in wanted
            for url in (feed.spec.url, feed.redirect_url)
            if url is not None
        )
    ]


def _near(word: str, feeds: Sequence[Feed]) -> str:
    """Return the keys that look like the word."""
    keys = [feed.spec.key for feed in feeds]
    near = [key for key in keys if len(word) > 2 and word in key.casefold()]
    near = near or get_close_matches(word, keys, n=_SHOWN, cutoff=0.6)
    return ", ".join(near[:_SHOWN])
