from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.platforms.slack.signature import genuine

SECRET = "sample-secret"
STAMP = 1_795_000_000
BODY = "command=%2Fusmca&text=aranceles+é".encode()
NOW = datetime.fromtimestamp(STAMP, UTC)
SIGNATURE = SignatureVerifier(SECRET).generate_signature(timestamp=str(STAMP), body=BODY) or ""
"""Made by Slack's own library."""


def _headers(stamp: str = str(STAMP), signature: str = SIGNATURE) -> dict[str, str]:
    return {"x-slack-request-timestamp": stamp, "X-SLACK-SIGNATURE": signature}


def test_a_signature_of_slacks_library_is_genuine():
    """What Slack's own library signs verifies, whatever the case of the names."""
    assert genuine(BODY, _headers(), secret=SECRET, now=NOW)


def test_another_body_is_not():
    """One byte more and the signature no longer fits."""
    assert not genuine(BODY + b"x", _headers(), secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    ("seconds", "good"), [(300, True), (-300, True), (301, False), (-301, False)]
)
def test_five_minutes_either_way(seconds, good):
    """Older or newer requests may be replays."""
    now = NOW + timedelta(seconds=seconds)
    assert genuine(BODY, _headers(), secret=SECRET, now=now) is good


@given(st.binary(), st.text(), st.text())
def test_nothing_odd_is_genuine_or_raises(body, stamp, signature):
    """Any body, timestamp and signature are simply refused."""
    assert not genuine(body, _headers(stamp, signature), secret=SECRET, now=NOW)
    assert not genuine(body, _headers(signature=signature), secret=SECRET, now=NOW)
