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
    assert not liveness.is_dead("elsewhere/1/0.00")
    assert not liveness.is_dead("nonsense")


def test_a_worker_that_ended_is_dead() -> None:
    """Neither its number nor its number given to another process brings it back."""
    liveness = ProcessLiveness()
    host = liveness.me.partition("/")[0]
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    assert liveness.is_dead(f"{host}/{child.pid}/1.00")
    assert liveness.is_dead(f"{host}/{os.getpid()}/1.00")


def test_the_clock_knows_its_zone() -> None:
    """Times are aware, in UTC."""
    offset = SystemClock().now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 0
