"""Which process holds a lease, and whether it is still alive.

A worker's name is ``host/space/pid/start``. The space is the boot and the process namespace in which
its number means something: another container's processes cannot be seen from here, so nothing is
said of them. The start tells a number that was given to another process apart. So a restart at once
takes back what a killed worker left behind, without waiting for its leases to end.
"""

import os
import socket
import sys
from pathlib import Path

_START_FIELD = 19
"""Place of the start, in clock ticks since boot, after the command's name in /proc/<pid>/stat."""


class ProcessLiveness:
    """Implements `bot.ports.Liveness` for processes of this machine."""

    def __init__(self) -> None:
        self._place = f"{socket.gethostname()}/{_space()}"
        pid = os.getpid()
        self._me = f"{self._place}/{pid}/{_start(pid)}"

    @property
    def me(self) -> str:
        """Name of this process, unique over restarts and machines."""
        return self._me

    def is_dead(self, worker: str) -> bool:
        """Whether that worker surely ended; of other machines and containers nothing is known."""
        import psutil  # only where one is in doubt: it takes as long as a command

        if worker == self._me:
            return False
        place, _, rest = worker.rpartition("/")[0].rpartition("/")
        pid, start = rest, worker.rpartition("/")[2]
        if place != self._place or not pid.isdigit():
            return False
        try:
            zombie = psutil.Process(int(pid)).status() == psutil.STATUS_ZOMBIE
            return zombie or _start(int(pid)) != start
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False


def _space() -> str:
    """Return what makes process numbers comparable: this boot, this namespace."""
    if not sys.platform.startswith("linux"):
        return "local"
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    return f"{boot}-{Path('/proc/self/ns/pid').readlink()}"


def _start(pid: int) -> str:
    """Return when a process began, in a form that a step of the clock does not change.

    Raises psutil.NoSuchProcess.
    """
    if not sys.platform.startswith("linux"):
        import psutil

        return f"{psutil.Process(pid).create_time():.2f}"
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        import psutil

        raise psutil.NoSuchProcess(pid) from None
    return stat.rpartition(")")[2].split()[_START_FIELD]
