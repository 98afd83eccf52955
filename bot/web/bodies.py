"""The bodies of requests.

One that breaks off or makes no sense is its sender's mistake: the answer is 400, and the log of what
went wrong with us keeps silent.
"""

import logging
from collections.abc import Mapping

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

_NONSENSE = (web.RequestPayloadError, HttpProcessingError, LookupError, ValueError)
"""What aiohttp raises over a broken compression, an unknown charset, and forms that are none."""


async def body_of(request: web.Request) -> bytes:
    """Return a request's body. Raises HTTPBadRequest where it cannot be read, or breaks off."""
    try:
        return await request.read()
    except (ConnectionError, *_NONSENSE):
        raise web.HTTPBadRequest from None


async def text_of(request: web.Request) -> str:
    """Return a request's body as text. Raises HTTPBadRequest as `body_of` does."""
    await body_of(request)
    try:
        return await request.text()
    except _NONSENSE:
        raise web.HTTPBadRequest from None


async def form_of(request: web.Request) -> Mapping[str, object]:
    """Return the fields of a form. Raises HTTPBadRequest as `body_of` does."""
    try:
        return await request.post()
    except (ConnectionError, *_NONSENSE):
        raise web.HTTPBadRequest from None


def of_ours(record: logging.LogRecord) -> bool:
    """Whether what aiohttp logs is no mere complaint about what a stranger sent."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, web.RequestPayloadError | HttpProcessingError)
