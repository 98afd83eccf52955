"""Signs a body by the Standard Webhooks specification (standardwebhooks.com), symmetric variant."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

_PREFIX = "whsec_"


def headers(secret: str, *, key: str, moment: datetime, body: bytes) -> Mapping[str, str]:
    """Return the three headers a receiver checks: id, time of sending, signature.

    The signature is HMAC-SHA256 over ``id.timestamp.body``, Base64, after ``v1,``. The secret is
    ``whsec_`` and Base64, or any other text, whose UTF-8 bytes are then the key.
    """
    stamp = str(int(moment.timestamp()))
    signed = b".".join((key.encode(), stamp.encode(), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except (binascii.Error, ValueError):
            pass
    return secret.encode()
