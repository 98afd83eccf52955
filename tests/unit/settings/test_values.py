from datetime import timedelta

import pytest

from bot.settings.values import duration, seconds, web_address


@pytest.mark.parametrize(
    ("given", "length"),
    [
        (90, timedelta(seconds=90)),
        (0.5, timedelta(seconds=0.5)),
        ("90", timedelta(seconds=90)),
        ("90s", timedelta(seconds=90)),
        (" 10 m ", timedelta(minutes=10)),
        ("1.5h", timedelta(minutes=90)),
        ("3d", timedelta(days=3)),
        ("1w", timedelta(weeks=1)),
        (timedelta(1), timedelta(1)),
    ],
)
def test_durations_are_read_as_people_write_them(given, length) -> None:
    """A bare number is seconds; a letter gives the unit."""
    assert duration(given) == length


@pytest.mark.parametrize(
    "given", ["", "soon", "-1s", "1y", "1h30m", True, None, [1], "1e9", "9" * 30]
)
def test_what_is_no_duration_says_what_would_be(given) -> None:
    """Everything else is refused with an example."""
    with pytest.raises(ValueError, match="must be a length of time such as 90s"):
        duration(given)


def test_a_duration_in_whole_seconds_is_at_least_one() -> None:
    """A schedule of zero seconds is never meant."""
    assert seconds(timedelta(minutes=2)) == 120
    assert seconds(timedelta(milliseconds=10)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "http://127.0.0.1:8000/feed.xml?a=b#c",
        "https://user:word@example.com/",
        "https://ejemplo.example/ñ",
        "http://[::1]:9/x",
    ],
)
def test_web_addresses_pass_as_they_are(address) -> None:
    """Nothing is changed in them."""
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "", "example.com/feed", "ftp://example.com", "file:///etc/passwd", "javascript:alert(1)",
        "https://", "https:///path", "http://host:99999/", "http://[::1", "https://a b/",
        "https://a/<x>", "http://host:0/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address) -> None:
    """Only http and https, with a host, without spaces."""
    with pytest.raises(ValueError, match="https://"):
        web_address(address)
