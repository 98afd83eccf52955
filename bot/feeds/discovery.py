"""The feeds a web page names, for people who give the address of a page instead of its feed's."""

from bot.feeds import values

_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_LOOKED_AT = 300_000
_MOST = 10


def feed_links(page: str, url: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page of HTML names in its head, best first.

    Feeds of comments come last: nobody asks for them. Only sound http(s) addresses are returned.
    """
    from selectolax.lexbor import LexborHTMLParser

    head = page[:_LOOKED_AT].partition("<body")[0]
    tree = LexborHTMLParser(head)
    base = tree.css_first("base[href]")
    start = values.link(base.attributes.get("href"), url) if base is not None else None
    found: dict[str, bool] = {}
    for node in tree.css("link[rel~=alternate][href]")[:_MOST]:
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        address = values.link(node.attributes.get("href"), start or url)
        if kind in _TYPES and address is not None:
            about = f"{node.attributes.get('title') or ''} {address}".lower()
            found.setdefault(address, "comment" in about)
    return tuple(sorted(found, key=lambda address: found[address]))
