"""What runs in a child process: one document after the other, within a limit of memory."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from bot.domain.polling import ParsedFeed
from bot.feeds.documents import DocumentLimits, Job, read_document

_PAGES = Path("/proc/self/statm")
OUT_OF_MEMORY = 77
"""The exit code of a child whose document took more memory than it may."""
WORN_OUT = 78
"""The exit code of a child in which earlier documents left too little memory for the next one."""

_PARSERS = 16_000_000
"""Bytes for feedparser and selectolax, which take 10 MB."""
_ROOM = 0.6
"""The share of its memory that a child must have left to begin another document."""


def prepare(memory: int) -> None:
    """Limit the address space: runs once in each child.

    `memory` is what documents may take, in bytes, beyond what the child holds by then. The parsers of
    odd XML and of HTML are loaded when a document first needs them, for which there is room.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the pool
    try:
        import resource
    except ImportError:  # Windows knows no such limit; time and size still hold
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _size() + _PARSERS + memory
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    except (ValueError, OSError):  # not every system limits the address space
        return


def read_limited(job: Job, limits: DocumentLimits, memory: int) -> ParsedFeed:
    """Read one document, or end the child: Python gives little back once memory ran out."""
    if _left() < memory * _ROOM:
        os._exit(WORN_OUT)
    try:
        return read_document(job, limits)
    except (MemoryError, ImportError, OSError, SystemError):  # a parser that finds no room says any
        os._exit(OUT_OF_MEMORY)


def _left() -> float:
    """Return the bytes that may still be taken."""
    try:
        import resource
    except ImportError:
        return float("inf")
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return float("inf") if soft == resource.RLIM_INFINITY else soft - _size()


def _size() -> int:
    """Return the bytes of address space in use."""
    with suppress(OSError):  # what Linux tells without a library
        return int(_PAGES.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    import psutil

    return int(psutil.Process().memory_info().vms)
