"""Addresses of feeds as people write them."""

from datetime import UTC, datetime

import pytest

from bot.domain.feed import Feed, FeedKind, FeedSpec, Origin
from bot.domain.ids import FeedId
from bot.services import feed_addresses, feed_names
from bot.services.feed_refusals import FeedRefusedError, Refusal

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def feed(url: str, key: str = "k", name: str = "Name", origin: Origin = Origin.CHAT) -> Feed:
    spec = FeedSpec(key=key, name=name, url=url, origin=origin)
    return Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=60)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("https://example.com/rss", "https://example.com/rss"),
        (" <https://example.com/rss> ", "https://example.com/rss"),
        ("<https://example.com/rss?a=1|example.com/rss>", "https://example.com/rss?a=1"),
        ("“https://example.com/rss”", "https://example.com/rss"),
        ("https://example.com/rss#top", "https://example.com/rss"),
        ("feed:https://example.com/rss", "https://example.com/rss"),
        ("feed://example.com/rss", "https://example.com/rss"),
        ("http://me:word@example.com:8080/x", "http://me:word@example.com:8080/x"),
    ],
)
def test_an_address_is_read_as_people_paste_it(said: str, meant: str) -> None:
    """Wrapping of chat platforms, quotes and fragments go; user info stays, for it is needed."""
    assert feed_addresses.read(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "example.com/feed",
        "ftp://example.com/x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://example.com:0/x",
        "https://example.com:99999/x",
        "https://exa mple.com/x",
        "https://example.com/a b",
        "https://example.com/\u202egnp",
        "https://[::1/x",
        f"https://example.com/{'x' * 2_000}",
    ],
)
def test_what_is_no_address_is_none(said: str) -> None:
    """Other schemes, broken hosts and ports, blanks, odd characters and endless ones."""
    assert feed_addresses.read(said) is None


def test_a_suggestion_shows_how_it_would_be_right() -> None:
    """A bare host is completed; anything else gets an example."""
    assert feed_addresses.suggestion("border-ledger.example/rss") == (
        "https://border-ledger.example/rss"
    )
    assert feed_addresses.suggestion("nonsense!") == "https://example.com/feed"


def test_spellings_of_one_address_compare_equal() -> None:
    """Scheme, www, case of the host, usual ports and the last slash make no other feed."""
    same = {
        feed_addresses.comparable(url)
        for url in (
            "http://www.Example.com/feed/",
            "https://example.com/feed",
            "https://example.com:443/feed",
        )
    }
    assert len(same) == 1
    assert feed_addresses.comparable("https://example.com/feed?x=1") not in same
    assert feed_addresses.comparable("https://me@example.com/feed") not in same


@pytest.mark.parametrize(
    ("url", "origin", "secret"),
    [
        ("https://example.com/rss", Origin.CHAT, False),
        ("https://example.com/rss?x=1", Origin.CHAT, True),
        ("https://me:word@example.com/rss", Origin.CONFIG, True),
        ("https://example.com/rss?feed=rss2", Origin.CONFIG, False),
        ("https://example.com/rss?api_key=abc", Origin.CONFIG, True),
        ("https://example.com/rss?t=a8f3kd92hf93kd02", Origin.CONFIG, True),
        ("https://example.com/d.json?conditions[agencies][]=trade-office", Origin.CONFIG, False),
    ],
)
def test_what_may_hold_a_secret(url: str, origin: Origin, secret: bool) -> None:
    """Any query that a person pasted; in feeds.yaml only what looks like a password or a key."""
    assert feed_addresses.may_hold_secret(feed(url, origin=origin)) is secret


def test_hosts_with_ways_of_their_own_are_known() -> None:
    """The reader follows from the host; any other host is a plain feed."""
    assert feed_addresses.kind_of("https://news.google.com/rss/search?q=x") is FeedKind.GOOGLE_NEWS
    assert feed_addresses.kind_of("https://example.com/rss") is FeedKind.FEED


@pytest.mark.parametrize(
    ("name", "url", "key"),
    [
        ("Border Ledger", "https://x.example/", "border-ledger"),
        ("Échéances — Québec", "https://x.example/", "echeances-quebec"),
        ("日本", "https://feeds.border-ledger.com/rss", "border-ledger"),
        ("", "https://www.ledger.gob.mx/rss", "ledger-gob"),
        ("2026", "https://192.0.2.1/", "feed"),
        (
            "A very long name of a feed that never seems to end",
            "",
            "a-very-long-name-of-a-feed-that",
        ),
    ],
)
def test_a_key_is_short_and_can_be_typed(name: str, url: str, key: str) -> None:
    """Made of the title, else of the host, in plain small letters."""
    assert feed_addresses.key_for(name, url) == key


FEEDS = [
    feed("https://a.example/rss", key="ledger", name="Border Ledger", origin=Origin.CONFIG),
    feed("https://b.example/rss", key="ledger", name="Our Ledger"),
    feed("https://c.example/rss", key="customs-daily", name="Customs Daily"),
    feed("https://d.example/rss", key="customs-weekly", name="Customs Weekly"),
]


@pytest.mark.parametrize(
    ("word", "url"),
    [
        ("ledger", "https://b.example/rss"),
        ("`LEDGER`", "https://b.example/rss"),
        ("border ledger", "https://a.example/rss"),
        ("customs-d", "https://c.example/rss"),
        ("http://d.example/rss/", "https://d.example/rss"),
    ],
)
def test_a_feed_is_named_by_key_name_address_or_beginning(word: str, url: str) -> None:
    """What a workspace added comes before a shared feed of the same key."""
    assert feed_names.the_one(word, FEEDS).spec.url == url


@pytest.mark.parametrize(
    ("word", "refusal", "near"),
    [
        ("customs", Refusal.SEVERAL, "customs-daily, customs-weekly"),
        ("daily", Refusal.NEAR, "customs-daily"),
        ("ledgre", Refusal.NEAR, "ledger, ledger"),
        ("qqq", Refusal.UNKNOWN, ""),
        ("", Refusal.UNKNOWN, ""),
    ],
)
def test_a_word_that_names_no_one_feed_says_what_is_near(
    word: str, refusal: Refusal, near: str
) -> None:
    """Several, some that look like it, or none."""
    with pytest.raises(FeedRefusedError) as caught:
        feed_names.the_one(word, FEEDS)
    assert (caught.value.refusal, caught.value.details["near"]) == (refusal, near)
