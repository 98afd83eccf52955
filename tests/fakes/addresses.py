"""Addresses of the web as a person would find them: what is at each, without any socket."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.errors import BlockedAddressError
from bot.services.feed_check import Checked, FeedLink, WebPage
from bot.services.feed_refusals import FeedFailedError, Refusal


def found(url: str, title: str = "Border Ledger", **fields: object) -> Checked:
    """A feed that answered."""
    known = {
        "url": url,
        "title": title,
        "format": "RSS 2.0",
        "entries": 30,
        "newest": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        "lang": "es",
        "cadence": 10_800.0,
    }
    return Checked(**(known | fields))


def page(*urls: str) -> WebPage:
    """A page that names feeds, the first with a title."""
    links = tuple(
        FeedLink(url=url, title="" if number else "Main") for number, url in enumerate(urls)
    )
    return WebPage(links=links)


class Addresses:
    """Stands in for the web: unknown addresses bring no feed, private ones are refused."""

    def __init__(self, known: Mapping[str, Checked | WebPage] | None = None) -> None:
        self.known = dict(known or {})
        self.looked: list[str] = []

    async def look(self, url: str) -> Checked | WebPage:
        """Return what is at an address."""
        self.looked.append(url)
        if url not in self.known:
            raise FeedFailedError(Refusal.FAILED, reason="There is nothing here (404).")
        return self.known[url]

    def guard(self, url: str) -> None:
        """Refuse what is written like a private network."""
        if "private" in url:
            raise BlockedAddressError("That is a name of a private network.")
