"""Checks a file against its model, and says what is wrong in the words of the file.

pydantic finds the mistakes; here they get the line they stand in, the name of the feed, topic or
event they belong to, and the nearest thing that would have been right.
"""

from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.settings.files import Document, Loc, Problem

_ALONE = {"missing", "string_type", "string_too_short", "too_short"}
"""Mistakes whose sentence says enough without what was given."""

Model = TypeVar("Model", bound=BaseModel)

_CLOSE = 60
"""Score (0-100) from which a known word is offered as what was meant."""

_KINDS = {
    "string_type": "must be text (a number or a date needs quotes)",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "frozen_set_type": "must be a list",
    "dict_type": "must be a map of keys and values",
    "mapping_type": "must be a map of keys and values",
    "model_type": "must be a map of keys and values",
    "model_attributes_type": "must be a map of keys and values",
    "date_from_datetime_parsing": "must be a date such as 2026-07-01",
    "date_parsing": "must be a date such as 2026-07-01",
    "date_type": "must be a date such as 2026-07-01",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "missing": "is missing",
}


def check(document: Document, model: type[Model], report: list[Problem]) -> Model | None:
    """Return the file as its model; None where `report` got problems."""
    value = document.value
    if value is None:
        report.append(document.problem((), "the file is empty: remove it, and the default is used"))
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    fitting = [
        _problem(document, model, found)
        for found in details
        if not _beside(found) and not _follows(found, details)
    ]
    told = {str(problem): problem for problem in fitting}
    report.extend(told.values())
    return None


def duplicates(document: Document, name: str, keys: Iterable[str]) -> list[Problem]:
    """Return a problem for each entry of the list `name` that repeats another's value of a key."""
    top = document.value
    rows = top.get(name) if isinstance(top, dict) else None
    found: list[Problem] = []
    for key in keys:
        first: dict[str, int] = {}
        for place, row in enumerate(rows if isinstance(rows, list) else ()):
            value = row.get(key) if isinstance(row, dict) else None
            if not isinstance(value, str):
                continue
            line = document.line((name, place, key))
            if value in first:
                text = f"the {key} is already used in line {first[value]}"
                found.append(
                    document.problem((name, place, key), _say(document, (name, place), text))
                )
            first.setdefault(value, line)
    return found


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return str(found[0]) if found is not None else None


def one_of(word: str, known: Iterable[str]) -> str:
    """Return what would be right instead of `word`, as the end of a sentence."""
    choices = list(known)
    near = nearest(word, choices)
    if near is not None:
        return f"did you mean '{near}'?"
    if not choices:
        return "none is defined"
    shown = ", ".join(f"'{each}'" if " " in each else each for each in choices)
    return f"known are {shown}" if len(choices) > 1 else f"known is {shown} alone"


def _beside(details: ErrorDetails) -> bool:
    """Whether this speaks of the other way to write a value that may be a list or a map."""
    chosen = any(_is_branch(step) for step in details["loc"])
    given_map = details["type"] == "tuple_type" and isinstance(details["input"], dict)
    return chosen and (details["type"] == "dict_type" or given_map)


def _follows(details: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because its rows are wrong, which is said anyway."""
    loc = details["loc"]
    return details["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in others
    )


def _is_branch(step: str | int) -> bool:
    # pydantic names the branch of a union in the way to a value: ``tuple[str, ...]``.
    return isinstance(step, str) and "[" in step and step.endswith("]") and step != "[key]"


def _problem(document: Document, model: type[BaseModel], details: ErrorDetails) -> Problem:
    loc: Loc = tuple(step for step in details["loc"] if not _is_branch(step))
    if details["type"] == "extra_forbidden":
        key = str(loc[-1])
        text = f"unknown key '{key}'; {one_of(key, _keys(model, loc[:-1]))}"
        return document.problem(loc, _say(document, loc[:-1], text))
    return document.problem(loc, _say(document, loc, _wrong(details)))


def _wrong(details: ErrorDetails) -> str:
    kind, given = details["type"], details["input"]
    context: Mapping[str, Any] = details.get("ctx", {})
    if kind in {"value_error", "assertion_error"}:
        return str(context["error"])
    if kind in {"enum", "literal_error"}:
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        near = nearest(str(given), choices)
        hint = f"; did you mean '{near}'?" if near is not None else ""
        return f"must be one of {', '.join(choices)}{_given(given)}{hint}"
    text = _KINDS.get(kind)
    if text is None:
        return details["msg"].replace("Input should be", "must be") + _given(given)
    return text if kind in _ALONE else text + _given(given)


def _given(value: object) -> str:
    if isinstance(value, str | int | float | bool):
        shown = str(value)
        if "://" in shown:  # an address may hold a secret
            return ""
        return f", not '{shown if len(shown) <= 40 else shown[:39] + '…'}'"
    return ""


def _say(document: Document, loc: Loc, text: str) -> str:
    """Put the name of the thing before what is wrong with it: ``feed 'x': url is missing``."""
    subject, rest = _subject(document.value, loc)
    where = ".".join(str(step) for step in rest if step != "[key]")
    sentence = f"{where}: {text}" if where else text
    return f"{subject}: {sentence}" if subject else sentence


def _subject(value: object, loc: Loc) -> tuple[str, Loc]:
    if len(loc) < 2 or not isinstance(loc[1], int) or not isinstance(value, dict):
        return "", loc
    name, place = str(loc[0]), loc[1]
    rows = value.get(name)
    row = rows[place] if isinstance(rows, list) and place < len(rows) else None
    label = row.get("id") or row.get("date") if isinstance(row, dict) else None
    return f"{name.removesuffix('s')} {repr(label) if label else place + 1}", loc[2:]


def _keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that are known at a place, by following the model's annotations."""
    kinds: list[object] = [model]
    for step in loc:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return [
        field.alias or name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    ]


def _step(kind: object, step: str | int) -> list[object]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found: list[object] = [
            f.annotation for n, f in kind.model_fields.items() if step in {n, f.alias}
        ]
    elif isinstance(step, int):
        found = [arg for arg in get_args(kind) if arg is not Ellipsis][:1]
    else:
        found = list(get_args(kind)[1:2])
    return [option for inner in found for option in _options(inner)]


def _options(kind: object) -> list[object]:
    if get_origin(kind) in {Union, UnionType}:
        return [option for arg in get_args(kind) for option in _options(arg)]
    if get_origin(kind) is not None and hasattr(kind, "__metadata__"):
        return _options(get_args(kind)[0])
    return [kind]
