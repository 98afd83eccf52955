"""Which process holds a lease, and whether it is still alive.

A worker's name is ``host/pid/start``: with the start time a number that was given to another
process is told apart, so that a restart at once takes back what a killed worker left behind,
without waiting for its leases to end.
"""

import socket

import psutil


class ProcessLiveness:
    """Implements `bot.ports.Liveness` for processes of this machine."""

    def __init__(self) -> None:
        process = psutil.Process()
        self._host = socket.gethostname()
        self._me = _name(self._host, process)

    @property
    def me(self) -> str:
        """Name of this process, unique over restarts and machines."""
        return self._me

    def is_dead(self, worker: str) -> bool:
        """Whether that worker surely ended; of other machines nothing is known."""
        host, _, rest = worker.partition("/")
        pid, _, _ = rest.partition("/")
        if host != self._host or not pid.isdigit():
            return False
        try:
            process = psutil.Process(int(pid))
            return process.status() == psutil.STATUS_ZOMBIE or _name(host, process) != worker
        except psutil.NoSuchProcess:
            return True
        except psutil.AccessDenied:
            return False


def _name(host: str, process: psutil.Process) -> str:
    return f"{host}/{process.pid}/{process.create_time():.2f}"
