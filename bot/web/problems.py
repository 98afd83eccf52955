"""What a visitor is told when something goes wrong: a friendly page, never a detail of the inside."""

import structlog
from aiohttp import hdrs, web

from bot.errors import DatabaseError, InvalidInputError, NotAllowedError, StorageError
from bot.web.asked import NoSuchValueError
from bot.web.openapi import json_failure
from bot.web.render import Renderer
from bot.web.visit import visit_of
from bot.web.wording import FrameWords

API = "/api/"
"""Paths under it answer in JSON, problems too."""

log = structlog.get_logger()


class Problems:
    """Answers for what went wrong."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def answer(self, request: web.Request, error: Exception) -> web.StreamResponse:
        """Return the page for an error. Raises it again where nobody is left to read one."""
        if isinstance(error, ConnectionError):
            raise error
        if isinstance(error, web.HTTPException) and error.status < 400:
            moved = {hdrs.LOCATION: error.headers.get(hdrs.LOCATION, "/")}
            return web.Response(status=error.status, headers=moved)
        status = _status(error)
        if status == 500:
            log.error("page_failed", path=request.path, exc_info=error)
        if isinstance(error, DatabaseError | StorageError):
            log.warning("page_without_database", path=request.path, reason=str(error))
        view = self._renderer.view(request)
        title, sentence = _said(request, error, status, view.words.frame)
        if request.path.startswith(API):
            response = json_failure(status, sentence)
        elif status == 401:
            values = {
                "next": view.here() if request.method == hdrs.METH_GET else "/",
                "wrong": False,
            }
            response = self._renderer.small_page(
                request, "sign_in.html", values, view=view, status=status
            )
        else:
            values = {"title": title, "sentence": sentence}
            response = self._renderer.small_page(
                request, "problem.html", values, view=view, status=status
            )
        if isinstance(error, web.HTTPException):
            _keep_headers(error, response)
        return response


def _status(error: Exception) -> int:
    if isinstance(error, web.HTTPException):
        return error.status
    if isinstance(error, InvalidInputError):
        return 400
    if isinstance(error, NotAllowedError):
        return 403
    if isinstance(error, DatabaseError | StorageError):
        return 503
    return 500


def _said(
    request: web.Request, error: Exception, status: int, words: FrameWords
) -> tuple[str, str]:
    title, sentence = words.errors.get(status, words.errors[0])
    if isinstance(error, NoSuchValueError):
        return title, words.no_such_value.format(name=error.name, value=error.value)
    if isinstance(error, InvalidInputError | NotAllowedError):
        return title, str(error)
    visit = visit_of(request)
    if status == 403 and not visit.may_sign_in:
        return title, words.closed if visit.keyed else words.keyless
    if status == 403 and request.method in (hdrs.METH_GET, hdrs.METH_HEAD):
        return title, words.errors[401][1]  # nothing was sent that could be too old
    return title, sentence


def _keep_headers(error: web.HTTPException, response: web.StreamResponse) -> None:
    for name in (hdrs.RETRY_AFTER, hdrs.ALLOW):
        if name in error.headers:
            response.headers[name] = error.headers[name]
