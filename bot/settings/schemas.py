"""JSON Schemas of the four files, so that an editor completes keys and marks mistakes."""

import json
from pathlib import Path

from pydantic import BaseModel

from bot.settings.behaviour import BotFile
from bot.settings.feeds import FeedsFile
from bot.settings.timeline import TimelineFile
from bot.settings.topics import TopicsFile


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
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
