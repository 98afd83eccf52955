"""What can be asked of one feed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.verbs import Verb


class FeedAct(StrEnum):
    """What is done with a feed, after the word ``feeds``."""

    SHOW = "show"
    CHECK = "check"
    ADD = "add"
    REMOVE = "remove"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFeed:
    """``feeds <act> <word>``, or ``feeds <word>`` to see one."""

    verb: ClassVar[Verb] = Verb.FEEDS
    act: FeedAct
    word: str
    """An address for CHECK and ADD; the feed's key, name or address for the others."""
