"""The pages' process: ``python -m bot.app.pages_child``, started by `bot.app.pages_process` alone.

Its order comes through standard input; when that closes, nobody needs it any more. It makes pages and
nothing else: it has no engine, no listener and no heartbeat.
"""

import asyncio
import os
import pickle
import shutil
import signal
import sys
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot import garbage

if TYPE_CHECKING:
    from bot.app.pages_process import Order

_NICENESS = 5
"""Polls and deliveries go first where a core is wanted by both."""
_PATIENCE_S = 2.0
"""So long answers under way may take at the end."""
_LATEST_S = 5
"""After so long nothing keeps this process."""


def main() -> None:
    """Serve pages until standard input closes or SIGTERM comes."""
    garbage.loading()
    order = _order()
    if order is None:
        return
    if hasattr(os, "nice"):
        os.nice(_NICENESS)

    import structlog

    from bot.errors import BotError
    from bot.logs import configure

    env = order.settings.env
    configure(
        stream=sys.stderr,
        level=env.log_level,
        form=env.log_format,
        secrets=order.settings.secrets(),
    )
    structlog.contextvars.bind_contextvars(role="pages")
    try:
        asyncio.run(_serve(order))
    except BotError as error:
        structlog.get_logger().error("pages_not_started", reason=str(error))
        sys.exit(1)


def _order() -> "Order | None":
    """Read what the parent wants; None where it went away."""
    from bot.app.pages_process import LENGTH_BYTES

    with FileIO(0, closefd=False) as pipe:
        length = int.from_bytes(_exactly(pipe, LENGTH_BYTES), "big")
        body = _exactly(pipe, length)
    if not length or len(body) < length:
        return None
    order: Order = pickle.loads(body)  # noqa: S301 - from the process that started this one, by its pipe
    return order


def _exactly(pipe: FileIO, length: int) -> bytes:
    found = b""
    while len(found) < length and (more := pipe.read(length - len(found))):
        found += more
    return found


async def _serve(order: "Order") -> None:
    from aiohttp import web
    from aiohttp.log import server_logger

    from bot.app.assembly import open_app
    from bot.app.pages import parts_of
    from bot.web.bodies import of_ours
    from bot.web.relay import true_peer
    from bot.web.server import MAX_BODY
    from bot.web.site import add_site

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    lifeline, _ = await loop.connect_read_pipe(
        lambda: _Lifeline(stop, order.socket.parent), FileIO(0, closefd=False)
    )
    async with open_app(order.settings, clock=order.clock) as app:
        parts = parts_of(app, order.bind)
        served = web.Application(client_max_size=MAX_BODY, middlewares=[true_peer])
        add_site(served, replace(parts, pace=order.pace, form_secret=order.form_secret))
        runner = web.AppRunner(served, access_log=None, shutdown_timeout=_PATIENCE_S)
        server_logger.addFilter(of_ours)
        await runner.setup()
        await web.UnixSite(runner, order.socket).start()
        _loaded()
        await stop.wait()
        await runner.cleanup()
    lifeline.close()


def _loaded() -> None:
    """Say that this process listens, and look for garbage from now on."""
    from bot.app.pages_process import READY

    garbage.loaded()
    os.write(1, READY)
    os.dup2(2, 1)  # what a library might print belongs to the log


class _Lifeline(asyncio.Protocol):
    """Hears that the parent wants this process to end, or ended itself without a word."""

    def __init__(self, stop: asyncio.Event, folder: Path) -> None:
        self._stop = stop
        self._folder = folder
        self._told = False

    def data_received(self, _data: bytes) -> None:
        """The parent says that it will close the pipe."""
        self._told = True

    def connection_lost(self, _error: Exception | None) -> None:
        """The pipe closed."""
        if not self._told:  # the parent was killed, and could not tidy up
            shutil.rmtree(self._folder, ignore_errors=True)
        signal.alarm(_LATEST_S)  # a trial of rules in a thread does not keep this process longer
        self._stop.set()


if __name__ == "__main__":
    main()
