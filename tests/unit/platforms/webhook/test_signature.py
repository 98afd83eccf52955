import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from bot.platforms.webhook.signature import headers

MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        ("whsec_" + base64.b64encode(b"sample-key-for-tests").decode(), b"sample-key-for-tests"),
        ("whsec_is no base64", b"whsec_is no base64"),
        ("words of a person", b"words of a person"),
    ],
)
def test_a_receiver_can_check_the_signature(secret: str, key: bytes) -> None:
    """The id, the time and the body are signed with the key, as the specification says."""
    found = headers(secret, key="d7-1", moment=MOMENT, body=b'{"a":1}')
    signed = b"d7-1." + found["webhook-timestamp"].encode() + b'.{"a":1}'
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert found["webhook-signature"] == f"v1,{expected}"
    assert found["webhook-id"] == "d7-1"
    assert int(found["webhook-timestamp"]) == int(MOMENT.timestamp())


def test_another_body_has_another_signature() -> None:
    """Nothing of the body can be changed on the way."""
    one, two = (headers("s", key="d7-1", moment=MOMENT, body=body) for body in (b"1", b"2"))
    assert one["webhook-signature"] != two["webhook-signature"]
