"""Nouns to JSON text and back, for columns that are read whole and never searched."""

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type form, as tuple[Span, ...]
    return TypeAdapter(kind)


def dump(kind: Any, value: object) -> str:  # noqa: ANN401 - a type form, as tuple[Span, ...]
    """Return `value` as JSON text; `kind` is its type, also a form such as ``tuple[Span, ...]``."""
    return _adapter(kind).dump_json(value, exclude_defaults=True).decode()


def load(kind: type[T], text: str) -> T:
    """Return the value that `dump` wrote."""
    adapter: TypeAdapter[T] = _adapter(cast("Any", kind))
    return adapter.validate_json(text)
