"""Slack's documented limits, and keeping a message's blocks within them together. Pure.

Sources: the Block Kit reference and chat.postMessage at docs.slack.dev. The limit on all blocks
together (``msg_blocks_too_long``) is not documented: users of bolt-js measured about 13,200
characters, structure included, so we stay well below.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
RICH_TEXT = 2800
"""Text in one rich_text block; no limit is documented, a section's is 3,000."""
HEADER = 150
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
URL = 3000
OPTION_TEXT = 75
OPTION_VALUE = 150
OVERFLOW_OPTIONS = 5
SELECT_OPTIONS = 100
"""In one menu, or in one group of it."""
SELECT_GROUPS = 100
VIEW_TITLE = 24
"""Also of the buttons that send and close a window."""
INPUT_LABEL = 2000
INPUT_TEXT = 2000
"""Slack takes 3,000; a command's words are at most 2,000."""
SECTION = 3000
FALLBACK = 1000
"""Slack cuts the text at 40,000 and asks for 4,000; a notification shows far less."""

TOTAL = 10_500
"""Characters of all blocks as JSON, with the ids Slack adds to each."""
_BLOCK_OVERHEAD = 130
"""What a block costs beyond its own JSON, as measured with dividers."""

Block = Mapping[str, object]
"""One block as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A block and how gladly it is given up: the highest rank goes first, 0 never goes."""

    rank: int
    block: Block


def weight(block: Block) -> int:
    """Return what a block counts towards `TOTAL`."""
    return len(json.dumps(block, ensure_ascii=False)) + _BLOCK_OVERHEAD


def fit(ranked: Iterable[Ranked]) -> list[Block]:
    """Return the blocks in their order, without those that have no room.

    Blocks of rank 0 are always kept: together they must be within the limits by themselves.
    """
    given = list(ranked)
    kept: set[int] = set()
    used = 0
    for index in sorted(range(len(given)), key=lambda index: (given[index].rank, index)):
        need = weight(given[index].block)
        if given[index].rank > 0 and (used + need > TOTAL or len(kept) >= MESSAGE_BLOCKS):
            continue
        kept.add(index)
        used += need
    return [one.block for index, one in enumerate(given) if index in kept]
