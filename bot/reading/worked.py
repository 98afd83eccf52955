"""What an expression of time comes to: the day it tells, and what it tells of the day's role."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple


class Clue(StrEnum):
    """What a relative expression itself tells of the role of its date."""

    NONE = "none"
    WITHIN = "within"
    """A limit: something must be done before it."""
    LASTING = "lasting"
    """A duration: something holds until it."""
    START = "start"
    """Something begins: "immediately", "upon publication"."""


class Worked(NamedTuple):
    """A relative expression and the day it comes to."""

    start: int
    end: int
    date: dt.date
    clue: Clue
