"""The feeds a web page names."""

import pytest

from bot.feeds.discovery import feed_links

URL = "https://example.com/trade/"


def page(*links: str, base: str = "") -> str:
    return (
        f"<!doctype html><html><head>{base}{''.join(links)}</head><body><p>Words</p></body></html>"
    )


def link(href: str, kind: str = "application/rss+xml", title: str = "News") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_the_feeds_of_a_page_are_found() -> None:
    """RSS, Atom and JSON Feed, relative or not, each once."""
    found = feed_links(
        page(
            link("/feed"),
            link("atom.xml", "application/atom+xml; charset=utf-8"),
            link("https://feeds.example.com/x", "application/feed+json"),
            link("/feed"),
        ),
        URL,
    )
    assert found == (
        "https://example.com/feed",
        "https://example.com/trade/atom.xml",
        "https://feeds.example.com/x",
    )


def test_feeds_of_comments_come_last() -> None:
    """A page lists its comments' feed beside its own; the own one is meant."""
    found = feed_links(page(link("/comments/feed"), link("/2", title="Comments"), link("/1")), URL)
    assert found[0] == "https://example.com/1"
    assert len(found) == 3


def test_the_base_of_a_page_holds() -> None:
    """Relative addresses start where the page says."""
    base = '<base href="https://cdn.example.com/a/">'
    assert feed_links(page(link("feed"), base=base), URL) == ("https://cdn.example.com/a/feed",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>",
        page(link("/style.css", "text/css")),
        page(link("javascript:x")),
        page('<link rel="stylesheet" type="application/rss+xml" href="/x">'),
        page("<link rel=alternate type=application/rss+xml>"),
        "<html><body>" + link("/feed") + "</body></html>",
    ],
)
def test_other_links_are_no_feeds(text: str) -> None:
    """Other kinds, other schemes, no address, or in the middle of the page."""
    assert feed_links(text, URL) == ()
