"""Whether a request was signed by Slack, and lately. Pure.

Source: "Verifying requests from Slack" at docs.slack.dev. slack_sdk's own verifier raises on a
timestamp that is no number, a signature that is not ASCII and a body that is not UTF-8.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

_WINDOW = 300
"""Seconds a request may be older or newer than now: later it may be a replay."""
_STAMP = re.compile(r"[0-9]{1,12}")


def genuine(body: bytes, headers: Mapping[str, str], *, secret: str, now: datetime) -> bool:
    """Return whether the headers (names in any case) carry Slack's signature of the body."""
    named = {name.lower(): value for name, value in headers.items()}
    stamp = named.get("x-slack-request-timestamp", "")
    signature = named.get("x-slack-signature", "")
    if not _STAMP.fullmatch(stamp) or abs(now.timestamp() - int(stamp)) > _WINDOW:
        return False
    base = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode(errors="backslashreplace"))
