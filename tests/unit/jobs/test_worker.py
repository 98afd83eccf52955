"""Names of workers, and who is surely dead."""

import os
import subprocess
import sys

from bot.jobs.clock import SystemClock
from bot.jobs.worker import ProcessLiveness


def test_a_living_worker_is_not_dead() -> None:
    """This process is alive; one of another machine cannot be asked."""
    liveness = ProcessLiveness()
    assert not liveness.is_dead(liveness.me)
    host, space, pid, start = liveness.me.split("/")
    assert not liveness.is_dead(f"elsewhere/{space}/{pid}/0")
    assert not liveness.is_dead(f"{host}/another-container/999999/{start}")
    assert not liveness.is_dead("nonsense")


def test_a_worker_that_ended_is_dead() -> None:
    """Neither its number nor its number given to another process brings it back."""
    liveness = ProcessLiveness()
    place = liveness.me.rsplit("/", 2)[0]
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    assert liveness.is_dead(f"{place}/{child.pid}/1")
    assert liveness.is_dead(f"{place}/{os.getpid()}/1")


def test_the_clock_knows_its_zone() -> None:
    """Times are aware, in UTC."""
    offset = SystemClock().now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 0
