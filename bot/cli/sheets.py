"""Rows for other programs: as CSV that a spreadsheet may open without running anything in it."""

import csv
import io
from collections.abc import Iterable
from enum import StrEnum

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with: https://owasp.org/www-community/attacks/CSV_Injection."""


class Shape(StrEnum):
    """How the rows are written."""

    CSV = "csv"
    JSON = "json"


def line(values: Iterable[object]) -> str:
    """Return one row with its line end; a list is joined by semicolons.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(_cell(value) for value in values)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ")[:1] in _FORMULA and text.strip(" ") else text
