"""Which queues a worker is for."""

import pytest

from bot.errors import ConfigError
from bot.jobs.distributed import Queue, queues_named


def test_queues_are_named_in_any_order() -> None:
    """Each once, with spaces where a person puts them."""
    assert queues_named("deliver, poll,deliver") == (Queue.DELIVER, Queue.POLL)
    assert queues_named("poll,deliver,upkeep") == tuple(Queue)


@pytest.mark.parametrize("text", ["", ",", "pol", "poll,mail"])
def test_an_unknown_queue_says_which_there_are(text: str) -> None:
    """Nobody has to look the names up."""
    with pytest.raises(ConfigError, match="poll, deliver, upkeep"):
        queues_named(text)
