"""The bot as a program, pointed at local fakes."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.preloaded import Preloaded
from tests.scenario.sample_web import SampleWeb

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(slots=True)
class Program:
    """Runs ``python -m bot`` with a configuration and a database of its own."""

    folder: Path
    web: SampleWeb
    slack: FakeSlack
    discord: FakeDiscord
    database_url: str
    more: Mapping[str, str] = field(default_factory=dict)
    preloaded: Preloaded | None = None
    """Runs short commands quickly, where a test has many."""

    def configure(self, *feeds: str) -> None:
        """Write the configuration: these feeds of the sample web, all else as packaged."""
        rows = "\n".join(
            f"  - {{id: {feed}, name: {feed} sample, url: '{self.web.url(feed)}', lang: en}}"
            for feed in feeds
        )
        config = self.folder / "config"
        config.mkdir(exist_ok=True)
        (config / "feeds.yaml").write_text(f"feeds:\n{rows}\n")
        (config / "bot.yaml").write_text(
            "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s}\n"
        )

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "BOT_DATABASE_URL": self.database_url,
            "BOT_SECRET_KEYS": "k8mXbOT9lKrRnJm0m5p8yD8M0v3mX7l0w0sK0b1c2dE=",
            "BOT_ALLOW_HOSTS": self.web.host,
            "BOT_WEB_BIND": "127.0.0.1:0",
            "SLACK_BOT_TOKEN": self.slack.token(),
            "SLACK_API_URL": self.slack.api_url,
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            **self.more,
        }

    async def start(
        self,
        *arguments: str,
        stdin: int = asyncio.subprocess.DEVNULL,
        stderr: int = asyncio.subprocess.PIPE,
    ) -> asyncio.subprocess.Process:
        """Start the program; its output is kept."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            "--config",
            str(self.folder / "config"),
            cwd=self.folder,
            env=self.environ,
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
        )

    async def run(self, *arguments: str, said: str = "") -> Done:
        """Run it to its end; `said` stands on its standard input."""
        if self.preloaded is not None:
            code, out, err = await self.preloaded.run(
                [*arguments, "--config", str(self.folder / "config")],
                environ=self.environ,
                folder=self.folder,
                said=said.encode(),
            )
            return Done(code, out.decode(), err.decode())
        process = await self.start(*arguments, stdin=asyncio.subprocess.PIPE)
        out, err = await asyncio.wait_for(process.communicate(said.encode()), 120)
        return Done(process.returncode or 0, out.decode(), err.decode())
