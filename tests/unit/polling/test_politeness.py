"""The arithmetic of politeness."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.politeness import (
    RETRY_AFTER_LONGEST,
    back_off,
    capped_retry_after,
    fresh_for,
    host_key,
    http_date,
    next_start,
    retry_after,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SERVER = "Sat, 21 Nov 2026 11:00:00 GMT"


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        " Sun, 06 Nov 1994 08:49:37 GMT ",
    ],
)
def test_every_form_of_an_http_date_is_read(text: str) -> None:
    """The three forms of RFC 9110 mean the same moment."""
    assert http_date(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, "", "soon", "Mon, 99 Foo 99999", "0", "x" * 500])
def test_what_is_no_date_is_none(text: str | None) -> None:
    """A date header that makes no sense is as good as none."""
    assert http_date(text) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("1.5", 1.5),
        ("9" * 60, float("9" * 60)),
        ("Sat, 21 Nov 2026 11:05:00 GMT", 300),
        ("Sat, 21 Nov 2026 10:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_measured_by_the_servers_clock(
    value: str | None, seconds: float | None
) -> None:
    """Seconds are taken as they are, dates against the server's own Date."""
    assert retry_after(value, server_date=SERVER, now=NOW) == seconds


def test_retry_after_without_a_date_header_uses_our_clock() -> None:
    """Where the server does not say what time it has, ours stands in."""
    value = "Sat, 21 Nov 2026 12:10:00 GMT"
    assert retry_after(value, server_date=None, now=NOW) == 600
    assert retry_after(value, server_date="nonsense", now=NOW) == 600


def test_retry_after_is_capped_at_a_month() -> None:
    """No server sends us away for longer than 31 days."""
    assert capped_retry_after(1e30) == RETRY_AFTER_LONGEST
    assert capped_retry_after(60) == 60
    assert capped_retry_after(None) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache_control": "max-age=300"}, 300),
        ({"cache_control": "public, Max-Age = 300, must-revalidate", "age": "100"}, 200),
        ({"cache_control": 'max-age="60"'}, 60),
        ({"cache_control": "max-age=10", "age": "100"}, 0),
        ({"cache_control": "no-cache, max-age=300"}, 0),
        ({"cache_control": "no-store"}, 0),
        ({"cache_control": "s-maxage=9, max-age=300, s-maxage=9"}, 300),
        ({"cache_control": "max-age=" + "9" * 50}, float("9" * 50)),
        ({"cache_control": "max-age=soon", "expires": "Sat, 21 Nov 2026 11:10:00 GMT"}, 0),
        ({"expires": "Sat, 21 Nov 2026 11:10:00 GMT"}, 600),
        ({"expires": "Sat, 21 Nov 2026 10:10:00 GMT"}, 0),
        ({"expires": "Sat, 21 Nov 2026 11:10:00 GMT", "age": "200"}, 400),
        ({"expires": "0"}, 0),
        ({}, None),
    ],
)
def test_freshness_is_read_from_headers(headers: dict[str, str], seconds: float | None) -> None:
    """Cache-Control comes before Expires, and Age is taken off."""
    given_headers = {"cache_control": None, "expires": None, "age": None, **headers}
    assert fresh_for(**given_headers, server_date=SERVER, now=NOW) == seconds


@given(
    failures=st.integers(1, 200),
    one=st.floats(0, 1),
    other=st.floats(0, 1),
    base=st.floats(1, 86_400),
)
def test_gaps_grow_up_to_a_day(failures: int, one: float, other: float, base: float) -> None:
    """Each gap is at least 1.4 times the one before, or the longest there is."""
    earlier = back_off(failures, base=base, longest=86_400, chance=one)
    later = back_off(failures + 1, base=base, longest=86_400, chance=other)
    assert later >= earlier * 1.4 or later == 86_400
    assert earlier <= 86_400


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Example.com/feed", "example.com"),
        ("http://example.com:80/feed", "example.com"),
        ("https://example.com.:443/feed", "example.com"),
        ("http://example.com:8080/feed", "example.com:8080"),
        ("http://example.com:none/feed", "example.com"),
    ],
)
def test_a_host_is_its_name(url: str, key: str) -> None:
    """Scheme, case and the usual ports make no other host."""
    assert host_key(url) == key


def test_starts_keep_the_gap() -> None:
    """A host is asked at once, then after the gap, then at once again."""
    assert next_start(None, gap=2, now=10) == 10
    assert next_start(9, gap=2, now=10) == 11
    assert next_start(5, gap=2, now=10) == 10
