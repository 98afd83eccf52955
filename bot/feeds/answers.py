"""What an answer means: status, headers and failures turned into outcomes and plain words.

The sentences are read by people in `/usmca feeds`; none of them holds an address's query.
"""

import hashlib
import ssl
from collections.abc import Mapping
from datetime import datetime

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.domain.feed import Feed, Validators
from bot.domain.polling import Fetched, Outcome
from bot.polling.politeness import fresh_for, retry_after

PERMANENT_REDIRECTS = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_ACCEPT = (
    "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, "
    "text/xml;q=0.8, application/json;q=0.8, */*;q=0.5"
)
_WORDS = {
    204: "The server answers with nothing at all (204).",
    400: "The server does not understand the address (400).",
    401: "The server wants a password (401).",
    402: "The server wants to be paid (402).",
    403: "The server refuses this bot (403).",
    404: "There is no feed at this address any more (404).",
    406: "The server has no form of the feed that was asked for (406).",
    408: "The server lost patience (408).",
    429: "The server asks to be polled less often (429).",
    451: "The feed is withheld for legal reasons (451).",
    500: "The server has a fault (500).",
    502: "The server behind the server does not answer (502).",
    503: "The server is out of service (503).",
    504: "The server behind the server is too slow (504).",
}


def request_headers(feed: Feed, url: URL, encodings: str) -> dict[str, str]:
    """Return the headers of a request: with validators, exactly as they came, where they belong.

    What one address gave says nothing at another that a redirect leads to: two feeds may well call
    their first version by the same name, and the second would never be read.
    """
    headers = {"Accept": _ACCEPT, "Accept-Encoding": encodings}
    given_by = feed.validators.given_by or address_mark(URL(feed.spec.url))
    if given_by != address_mark(url):
        return headers
    if feed.validators.etag is not None:
        headers["If-None-Match"] = feed.validators.etag
    if feed.validators.last_modified is not None:
        headers["If-Modified-Since"] = feed.validators.last_modified
    return headers


def is_conditional(headers: Mapping[str, str]) -> bool:
    """Whether a request asks only for what changed, so that 304 is an answer to it."""
    return "If-None-Match" in headers or "If-Modified-Since" in headers


def address_mark(url: URL) -> str:
    """Return what an address is known by without being told: its query may hold a key.

    The query makes no difference: some servers redirect to one that is another every time.
    """
    address = f"{url.origin()}{url.raw_path}"
    return hashlib.blake2b(address.encode(), digest_size=8).hexdigest()


def validators(headers: Mapping[str, str], body_hash: str, url: URL) -> Validators:
    """Return what the answer of an address offers for the next request."""
    return Validators(
        etag=sendable(headers.get("ETag")),
        last_modified=sendable(headers.get("Last-Modified")),
        body_hash=body_hash,
        given_by=address_mark(url),
    )


def sendable(value: str | None) -> str | None:
    """Return a header's value if it can be stored and sent back byte for byte, else None.

    aiohttp reads bytes that are no UTF-8 as lone surrogates, which neither a database nor a
    request can carry; control characters cannot be sent at all.
    """
    if not value or any(ord(char) < 0x20 or ord(char) == 0x7F for char in value):
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        return None
    return value


def refused(url: str, status: int, headers: Mapping[str, str], now: datetime) -> Fetched:
    """Return the outcome of an answer that brings no body: an error, or the end of the feed."""
    words = _WORDS.get(status) or f"The server answers with status {status}."
    if status == 410:
        return Fetched(
            outcome=Outcome.GONE,
            url=url,
            status=status,
            error="The publisher says this feed is gone for good (410).",
        )
    wait = retry_after(headers.get("Retry-After"), server_date=headers.get("Date"), now=now)
    return Fetched(outcome=Outcome.ERROR, url=url, status=status, retry_after=wait, error=words)


def freshness(headers: CIMultiDict[str] | CIMultiDictProxy[str], now: datetime) -> float | None:
    """Return for how many seconds an answer calls itself fresh; a list may come in several lines."""
    return fresh_for(
        cache_control=", ".join(headers.getall("Cache-Control", [])),
        expires=headers.get("Expires"),
        age=headers.get("Age"),
        server_date=headers.get("Date"),
        now=now,
    )


def in_words(error: BaseException, seconds: float) -> str:
    """Return why a request failed, for a person. The first fitting kind of error counts."""
    kinds: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (TimeoutError, f"The server did not finish its answer in time ({seconds:g} s at most)."),
        (aiohttp.ClientConnectorDNSError, "The name of the server is not known (DNS)."),
        (
            (aiohttp.ClientSSLError, ssl.SSLError),
            "The server's certificate or encryption is not in order (TLS).",
        ),
        (aiohttp.ClientConnectorError, "The server cannot be reached."),
        (aiohttp.ServerConnectionError, "The server hung up without an answer."),
        (aiohttp.ClientPayloadError, "The answer broke off."),
        (aiohttp.ClientResponseError, "The answer is no valid HTTP."),
        (ValueError, "The address, or where it redirects to, is no valid address."),
    )
    return next(
        (words for kind, words in kinds if isinstance(error, kind)), "The connection failed."
    )
