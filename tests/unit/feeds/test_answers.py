"""What an answer means."""

import ssl
from datetime import UTC, datetime
from types import SimpleNamespace

import aiohttp
import pytest
from multidict import CIMultiDict
from yarl import URL

from bot.domain.feed import Feed, FeedSpec, Validators
from bot.domain.ids import FeedId
from bot.domain.polling import Outcome
from bot.feeds import answers

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def a_feed(validators: Validators) -> Feed:
    spec = FeedSpec(key="a", name="A", url="https://example.com/feed")
    return Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=600, validators=validators)


OWN = URL("https://example.com/feed")


def test_a_request_is_conditional_on_what_was_received() -> None:
    """Validators are echoed as they came; where there are none, none are made up."""
    bare = answers.request_headers(a_feed(Validators(body_hash="0")), OWN, "gzip")
    assert not answers.is_conditional(bare)
    feed = a_feed(Validators(etag='W/"a b"', last_modified="x"))
    headers = answers.request_headers(feed, OWN, "gzip")
    assert answers.is_conditional(headers)
    assert headers["If-None-Match"] == 'W/"a b"'
    assert headers["If-Modified-Since"] == "x"
    assert headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("given_by", "asked", "told"),
    [
        ("https://example.com/new", "https://example.com/new", True),
        ("https://example.com/new?key=1", "https://EXAMPLE.com:443/new?key=2", True),
        ("https://example.com/new", "https://example.com/feed", False),
        ("https://example.com/feed", "https://other.example.com/feed", False),
        ("https://example.com/feed", "http://example.com/feed", False),
        (None, "https://example.com/feed", True),
        (None, "https://example.com/new", False),
    ],
)
def test_an_address_is_told_its_own_validators(
    given_by: str | None, asked: str, told: bool
) -> None:
    """What one address gave is not sent to another that a redirect leads to."""
    kept = Validators(etag='"1"', last_modified="x")
    if given_by is not None:
        kept = answers.validators(CIMultiDict({"ETag": '"1"'}), "0", URL(given_by))
        assert "example" not in (kept.given_by or "")
    headers = answers.request_headers(a_feed(kept), URL(asked), "gzip")
    assert answers.is_conditional(headers) is told


@pytest.mark.parametrize(
    "value", ['"a"', 'W/"a"', '""', "no quotes", '"é"', '"a,b"', "*", '"a\xa0"']
)
def test_odd_validators_are_kept_as_they_are(value: str) -> None:
    """Weak, empty, unquoted and non-ASCII values go back byte for byte."""
    assert answers.sendable(value) == value


@pytest.mark.parametrize("value", [None, "", '"\udcff"', '"a\x00b"', "a\r\nX: y", "\x7f", '"\t"'])
def test_validators_that_cannot_be_sent_are_not_used(value: str | None) -> None:
    """Bytes that are no text, and control characters, make no request."""
    assert answers.sendable(value) is None


def test_refusals_say_why() -> None:
    """A status becomes a sentence; 410 ends the feed; Retry-After is kept."""
    wait = answers.refused("u", 429, {"Retry-After": "60"}, NOW)
    assert (wait.outcome, wait.retry_after, wait.status) == (Outcome.ERROR, 60, 429)
    assert "less often" in (wait.error or "")
    assert answers.refused("u", 410, {}, NOW).outcome is Outcome.GONE
    assert answers.refused("u", 418, {}, NOW).error == "The server answers with status 418."


def key() -> aiohttp.client_reqrep.ConnectionKey:
    return SimpleNamespace(host="h", port=1, is_ssl=False, ssl=True)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "in time"),
        (aiohttp.SocketTimeoutError(), "in time"),
        (aiohttp.ClientConnectorDNSError(key(), OSError(1, "x")), "name of the server"),
        (aiohttp.ClientConnectorSSLError(key(), OSError(1, "x")), "certificate"),
        (ssl.SSLError(), "certificate"),
        (aiohttp.ClientConnectorError(key(), OSError(1, "x")), "cannot be reached"),
        (aiohttp.ServerDisconnectedError(), "hung up"),
        (aiohttp.ClientPayloadError(), "broke off"),
        (aiohttp.InvalidURL("x"), "no valid address"),
        (ValueError(), "no valid address"),
        (OSError(), "connection failed"),
    ],
)
def test_failures_are_told_in_plain_words(error: BaseException, words: str) -> None:
    """Every kind of failure has a sentence a person understands."""
    assert words in answers.in_words(error, 30)


def test_freshness_is_measured_by_the_servers_date() -> None:
    """Expires is compared with the answer's own Date."""
    headers = CIMultiDict(
        {
            "Expires": "Sat, 21 Nov 2026 10:10:00 GMT",
            "Date": "Sat, 21 Nov 2026 10:00:00 GMT",
        }
    )
    assert answers.freshness(headers, NOW) == 600


def test_freshness_may_stand_in_several_lines() -> None:
    """Cache-Control is a list: its lines count as one."""
    lines = CIMultiDict([("Cache-Control", "public"), ("cache-control", "max-age=300")])
    assert answers.freshness(lines, NOW) == 300
