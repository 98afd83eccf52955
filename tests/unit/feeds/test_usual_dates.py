"""Dates in their usual forms are read without feedparser, and to the same moments."""

from datetime import UTC, datetime, timedelta, timezone

from feedparser.datetimes import _parse_date
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds import dates, values

MOMENTS = st.datetimes(
    min_value=datetime(1971, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@given(MOMENTS, st.sampled_from(["%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z", "iso"]))
@settings(max_examples=200)
def test_they_are_the_moments_feedparser_reads(when: datetime, form: str) -> None:
    """In both forms, in any zone."""
    when = when.replace(microsecond=0)
    text = when.isoformat() if form == "iso" else when.strftime(form)
    found = dates.usual_moment(text)
    assert found == when
    assert dates.moment(found) == dates.moment(_parse_date(text))


def test_every_other_text_is_left_to_feedparser() -> None:
    """Days that do not exist, other forms, and years nobody means."""
    odd = ("", "yesterday", "Sun, 31 Feb 2026 10:00:00 GMT", "2026-11-22", "9999-12-31T23:00:00Z")
    assert [dates.usual_moment(text) for text in odd] == [None] * len(odd)
    found = dates.usual_moment("Sun, 22 Nov 2026 17:06:53 GMT")
    assert found == datetime(2026, 11, 22, 17, 6, 53, tzinfo=UTC)


def test_a_whole_link_stays_as_it_is() -> None:
    """Anything in it that taking it to pieces would change takes the long way."""
    base = "https://ledger.example/feed"
    whole = "https://ledger.example/2026/11/a-b_c?x=1&y=%20z"
    assert values.link(whole, base) == whole
    assert values.link("https://user:pw@ledger.example/a", base) == "https://ledger.example/a"
    assert values.link("https://LEDGER.example/a", base) == "https://ledger.example/a"
    assert values.link("/a", base) == "https://ledger.example/a"
