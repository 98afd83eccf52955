"""JSON Schemas of the four files, so that an editor completes keys and marks mistakes.

The docstring of a field becomes its description. It is read from the source here, where schemas are
made: pydantic would read it each time the bot starts, which takes a tenth of a command's time.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.settings.behaviour import BotFile
from bot.settings.feeds import FeedsFile
from bot.settings.timeline import TimelineFile
from bot.settings.topics import TopicsFile
from bot.settings.values import Strict


def texts() -> dict[str, str]:
    """Return file name → schema, as `config/schema/` holds them."""
    models: dict[str, type[BaseModel]] = {
        "feeds.json": FeedsFile,
        "topics.json": TopicsFile,
        "timeline.json": TimelineFile,
        "bot.json": BotFile,
    }
    return {name: _text(model) for name, model in models.items()}


def write(directory: Path) -> list[Path]:
    """Write the schemas into a folder, and return their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts().items():
        path = directory / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _text(model: type[BaseModel]) -> str:
    schema = model.model_json_schema(mode="validation")
    named = {each.__name__: each for each in _models(Strict)}
    _describe(schema, model)
    for name, part in schema.get("$defs", {}).items():
        if name in named:
            _describe(part, named[name])
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in model.__subclasses__():
        yield each
        yield from _models(each)


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put what a model's fields say of themselves into its schema, keys in order as pydantic has them."""
    said = {name: text for each in reversed(model.__mro__) for name, text in _docstrings(each)}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in said and key in schema.get("properties", {}):
            described = {"description": said[name], **schema["properties"][key]}
            schema["properties"][key] = dict(sorted(described.items()))


def _docstrings(model: type) -> Iterator[tuple[str, str]]:
    """Yield (field, the string below it) of a class of ours."""
    if not model.__module__.startswith(__package__):
        return
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for field, below in pairwise(statements):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield field.target.id, inspect.cleandoc(text)
