"""The feeds a web page names, for people who give the address of a page instead of its feed's.

Only what the page itself names counts: no address is guessed.
"""

from bot.feeds import values

FeedLink = tuple[str, str]
"""The address of a feed, and the title the page gives it, which may be empty."""

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss",
        "text/rss+xml",
    }
)
_LOOKED_AT = 300_000
_MOST = 20
_TITLE = 100


def feed_links(page: str, url: str) -> tuple[FeedLink, ...]:
    """Return the feeds that a page of HTML names in its head, best first.

    Feeds of comments come last: nobody asks for them. Only sound http(s) addresses are returned,
    made whole from where the page's own links start.
    """
    from selectolax.lexbor import LexborHTMLParser

    head = page[:_LOOKED_AT].partition("<body")[0]
    tree = LexborHTMLParser(head)
    base = tree.css_first("base[href]")
    start = values.link(base.attributes.get("href"), url) if base is not None else None
    found: dict[str, tuple[bool, str]] = {}
    for node in tree.css("link[href]"):
        attributes = node.attributes
        relation = (attributes.get("rel") or "").lower().split()
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in relation or kind not in _TYPES:
            continue
        address = values.link(attributes.get("href"), start or url)
        if address is not None and len(found) < _MOST:
            title = values.one_line(attributes.get("title"), _TITLE, literal=True)
            found.setdefault(address, ("comment" in f"{title} {address}".lower(), title))
    return tuple(
        (address, found[address][1]) for address in sorted(found, key=lambda one: found[one][0])
    )
