"""Writes rows as YAML that `files` reads back as they were: text stays text, whatever it looks like."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from bot.settings.files import NUMBER
from bot.settings.yaml_mistakes import UNSEEN

_WIDE = 1_000_000
"""No text is folded: a row is found with grep."""


def written(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the rows as a list of maps, in their order."""
    text: str = yaml.dump(
        list(map(dict, rows)),
        Dumper=_dumper(),
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDE,
    )
    return text


def _dumper() -> type:
    """PyYAML's own, which quotes what YAML 1.1 takes for a truth, a number or a date, and `08` too."""
    kind: Any = type("Dumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {})
    number = re.compile(rf"{NUMBER.pattern}\Z")
    kind.add_implicit_resolver("tag:yaml.org,2002:float", number, list("-+.0123456789"))
    kind.add_representer(str, _text)
    made: type = kind
    return made


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text with what cannot be seen is written with escapes."""
    style = '"' if UNSEEN.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
