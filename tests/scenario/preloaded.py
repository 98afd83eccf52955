"""Starts the bot's commands out of a process that has loaded it already: a second less for each.

Every command is a process of its own all the same, with its own environment, folder and streams: the
loaded one is copied (`fork`) and runs ``python -m bot``. Used where a test needs many short commands.
"""

import asyncio
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Preloaded:
    """Runs one command after another; the loading happens once, with the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    async def run(
        self, arguments: list[str], *, environ: Mapping[str, str], folder: Path, said: bytes
    ) -> tuple[int, bytes, bytes]:
        """Return the exit code, standard output and standard error."""
        streams = [folder / f".stream-{number}" for number in range(3)]
        streams[0].write_bytes(said)
        asked = {
            "arguments": arguments,
            "environ": dict(environ),
            "folder": str(folder),
            "streams": [str(stream) for stream in streams],
        }
        code = await asyncio.wait_for(asyncio.to_thread(self._ask, asked), 120)
        return code, streams[1].read_bytes(), streams[2].read_bytes()

    def _ask(self, asked: dict) -> int:
        if self._process is None:
            self._process = subprocess.Popen(
                (sys.executable, __file__),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},
            )
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End the loaded process."""
        if self._process is not None:
            self._process.communicate(timeout=30)


def _command(asked: dict) -> None:
    """In the copy: become the command. Does not return."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environ"])
    for number, name in enumerate(asked["streams"]):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8") for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    sys.argv = ["bot", *asked["arguments"]]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def _serve() -> None:
    """Load what commands use, then copy this process for each that is asked for."""
    import bot.app.service
    import bot.cli
    import bot.platforms.apprise.send
    import bot.platforms.discord.send
    import bot.platforms.slack.send
    import bot.platforms.webhook.send  # noqa: F401 - loading them is the point

    while line := sys.stdin.readline():
        copy = os.fork()
        if copy == 0:
            _command(json.loads(line))
            sys.exit(0)
        _, status = os.waitpid(copy, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
