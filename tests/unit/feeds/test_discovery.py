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
        ("https://example.com/feed", "News"),
        ("https://example.com/trade/atom.xml", "News"),
        ("https://feeds.example.com/x", "News"),
    )


def test_feeds_of_comments_come_last() -> None:
    """A page lists its comments' feed beside its own; the own one is meant."""
    found = feed_links(page(link("/comments/feed"), link("/2", title="Comments"), link("/1")), URL)
    assert found[0][0] == "https://example.com/1"
    assert len(found) == 3


def test_the_base_of_a_page_holds() -> None:
    """Relative addresses start where the page says."""
    base = '<base href="https://cdn.example.com/a/">'
    assert feed_links(page(link("feed"), base=base), URL) == (
        ("https://cdn.example.com/a/feed", "News"),
    )


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


def test_the_words_of_a_link_are_read_as_browsers_do() -> None:
    """Capitals, several relations, and titles with odd characters; at most twenty are listed."""
    odd = '<LINK REL="Alternate home" TYPE="Application/RSS+XML" TITLE="Duties\u202e &amp; dates" HREF="/x">'
    assert feed_links(page(odd), URL) == (("https://example.com/x", "Duties & dates"),)
    many = [link(f"/{number}", title="") for number in range(50)]
    assert len(feed_links(page(*many), URL)) == 20


def test_no_address_is_guessed() -> None:
    """A page that names no feed has none, however likely /feed may be."""
    assert feed_links("<html><head><title>Trade</title></head></html>", URL) == ()
