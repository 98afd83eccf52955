"""A progress bar for long work: on standard error, and only where a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

FEW = 10
"""Work of so many pieces is done before anyone reads a bar."""


@contextmanager
def bar(what: str, stream: TextIO | None = None) -> Iterator[Callable[[int, int], None]]:
    """Hand out what is told the progress: how many pieces of how many are done.

    The bar appears with the first word of more than a few pieces, and never where `stream` (by
    default standard error) is no terminal.
    """
    shown_on = stream or sys.stderr
    if not shown_on.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=shown_on), transient=True) as progress:
        task = progress.add_task(what, visible=False, total=None)

        def tell(done: int, total: int) -> None:
            if total > FEW:
                progress.update(task, completed=done, total=total, visible=True)

        yield tell
