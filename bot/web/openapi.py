"""An API's routes as data: what checks a request is what the OpenAPI document says of it."""

import datetime as dt
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from bot import __version__
from bot.errors import InvalidInputError
from bot.web.api_rows import Failure
from bot.web.bodies import text_of
from bot.web.visit import Visit

VERSION = "3.1.0"
_REF = "#/components/schemas/{model}"
_DIGITS = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One word of a path or a query; its schema is what is checked and what is documented."""

    name: str
    about: str
    schema: Mapping[str, Any]
    default: object = None
    required: bool = False
    in_path: bool = False

    def read(self, text: str | None) -> object:
        """Return the value of what was written. Raises InvalidInputError with what would be right."""
        if text is None:
            if self.required:
                raise InvalidInputError(f"`{self.name}` is missing: {self.about}")
            return self.default
        if "enum" in self.schema and text not in self.schema["enum"]:
            raise InvalidInputError(f"`{self.name}` is one of {', '.join(self.schema['enum'])}.")
        if self.schema["type"] == "integer":
            return self._number(text)
        if self.schema.get("format") == "date":
            return _day(self.name, text)
        return self._text(text)

    def _number(self, text: str) -> int:
        low, high = self.schema["minimum"], self.schema["maximum"]
        if not _DIGITS.fullmatch(text) or not low <= int(text) <= high:
            raise InvalidInputError(f"`{self.name}` is a whole number from {low} to {high}.")
        return int(text)

    def _text(self, text: str) -> str:
        low, high = self.schema.get("minLength", 0), self.schema.get("maxLength", 200)
        pattern = self.schema.get("pattern")
        if pattern is not None and not re.fullmatch(pattern.strip("^$"), text, re.ASCII):
            raise InvalidInputError(f"`{self.name}` is written otherwise: {self.about}")
        if not low <= len(text) <= high:
            raise InvalidInputError(f"`{self.name}` has {low} to {high} characters.")
        if "\0" in text:
            raise InvalidInputError(f"`{self.name}` holds a character that no text has.")
        return text

    def documented(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI writes it."""
        schema = dict(self.schema)
        if self.default is not None:
            schema["default"] = self.default
        return {
            "name": self.name,
            "in": "path" if self.in_path else "query",
            "required": self.required or self.in_path,
            "description": self.about,
            "schema": schema,
        }


def _day(name: str, text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise InvalidInputError(f"`{name}` is no day: write it as 2026-07-01.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request after everything in it was read and checked."""

    visit: Visit
    values: Mapping[str, Any]


Answer = Callable[[Asked, Any], Awaitable[object]]
"""Takes the request and its body, and returns what becomes the JSON body of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A route, what it takes and what it gives."""

    path: str
    """As in OpenAPI, under the base: ``/stories/{id}``."""
    summary: str
    answer: Answer
    gives: Any
    """The type of the answer's body."""
    parameters: Sequence[Parameter] = ()
    method: str = "GET"
    takes: Any = None
    """The type of the request's body, where there is one."""
    token: bool = False
    """Whether it needs the operator's token wherever it is asked from."""
    errors: Sequence[int] = field(default=())
    """Statuses beside 400, and 401 and 403 where a token is needed."""

    @property
    def name(self) -> str:
        """A word for programs that make clients of the document."""
        words = re.sub(r"\{[^}]*\}", "one", self.path).strip("/").replace("/", "_")
        return f"{self.method.lower()}_{words}"

    def read(self, visit: Visit, path: Mapping[str, str], query: Mapping[str, str]) -> Asked:
        """Return the request's values. Raises InvalidInputError, for an unknown word too."""
        known = {each.name for each in self.parameters if not each.in_path}
        for name in query:
            if name not in known and name != "key":
                names = ", ".join(sorted(known)) or "none"
                raise InvalidInputError(f"There is no parameter `{name[:40]}`. Known: {names}.")
        values = {
            each.name: each.read((path if each.in_path else query).get(each.name))
            for each in self.parameters
        }
        return Asked(visit=visit, values=values)


async def body_of(endpoint: Endpoint, request: web.Request) -> object:
    """Return the JSON body of a request, checked. Raises InvalidInputError."""
    if endpoint.takes is None:
        return None
    if request.content_type != "application/json":
        raise InvalidInputError("Send the body as application/json.")
    try:
        given = json.loads(await text_of(request))
    except (ValueError, RecursionError):
        raise InvalidInputError("The body is no JSON.") from None
    try:
        return TypeAdapter(endpoint.takes).validate_python(given, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the body"
        raise InvalidInputError(f"`{place}`: {first['msg']}.") from None


def document(endpoints: Iterable[Endpoint], *, base: str) -> dict[str, Any]:
    """Return the OpenAPI document of some routes."""
    endpoints = list(endpoints)
    types = list(
        {id(t): t for e in endpoints for t in (e.gives, e.takes) if t is not None}.values()
    )
    named, definitions = _schemas([*types, Failure])
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        path = paths.setdefault(f"{base}{endpoint.path}", {})
        path[endpoint.method.lower()] = _operation(endpoint, named)
    return {
        "openapi": VERSION,
        "info": {
            "title": "usmca-bot",
            "version": __version__,
            "summary": "Stories, deadlines, tariffs and the archive behind the pages.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas(types: Sequence[Any]) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """The schema of each type, by its identity, and the definitions they refer to."""
    adapters: list[tuple[int, Literal["validation"], TypeAdapter[Any]]] = [
        (id(each), "validation", TypeAdapter(each)) for each in types
    ]
    made, rest = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    named = {key: schema for (key, _), schema in made.items()}
    return named, dict(rest.get("$defs", {}))


def _operation(endpoint: Endpoint, named: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    statuses = {400, 404, 429, *endpoint.errors, *((401, 403) if endpoint.token else ())}
    failure = {"application/json": {"schema": named[id(Failure)]}}
    responses: dict[str, Any] = {
        "200": {
            "description": "What was asked for.",
            "content": {"application/json": {"schema": named[id(endpoint.gives)]}},
        }
    }
    for status in sorted(statuses):
        responses[str(status)] = {"description": MEANING[status], "content": failure}
    made: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [each.documented() for each in endpoint.parameters],
        "responses": responses,
    }
    if endpoint.takes is not None:
        content = {"application/json": {"schema": named[id(endpoint.takes)]}}
        made["requestBody"] = {"required": True, "content": content}
    made["security"] = [{"token": []}] if endpoint.token else [{}, {"token": []}]
    return made


def json_failure(status: int, message: str) -> web.Response:
    """Return what every failure of the API looks like: ``{"error": {"code", "message"}}``."""
    code = CODES.get(status, "failed" if status < 500 else "internal")
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


CODES = {
    400: "invalid_request",
    401: "token_missing",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    421: "wrong_host",
    429: "too_many_requests",
    503: "unavailable",
}
"""A word for programs, by status."""
MEANING = {
    400: "The request cannot be followed; the message says what would be right.",
    401: "The token is missing.",
    403: "The token is wrong, or this may not be seen.",
    404: "There is nothing of that name.",
    405: "The route does not know the method.",
    413: "The body is too large.",
    429: "Too many requests; Retry-After says when to come back.",
    503: "Busy with another request of the kind, or the database does not answer.",
}
"""What a status means here."""
