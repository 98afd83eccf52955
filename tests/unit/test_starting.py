"""What starting a command loads: a help text must not wait for the whole bot."""

import subprocess
import sys

import pytest

HEAVY = ["sqlalchemy", "pydantic", "structlog", "asyncio", "aiohttp", "lark", "yaml", "rich"]


def loaded(code):
    """The modules that a fresh interpreter holds after the code."""
    shown = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_the_help_text_loads_no_heavy_library():
    """Every command is declared without the libraries that run it."""
    here = loaded("import bot.cli; bot.cli.build()")
    assert "typer" in here
    assert here.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        (
            "import bot.app",
            ["lark", "rapidfuzz", "cryptography", "psutil", "alembic", "feedparser"],
        ),
        ("import bot.storage.unit_of_work", ["sqlalchemy.dialects.postgresql", "alembic"]),
        ("import bot.settings.load", ["pydantic_settings", "lark"]),
        ("import bot.__main__", ["typer", "bot.cli"]),
    ],
)
def test_a_command_loads_only_what_it_may_need(code, absent):
    """Libraries of rare needs are loaded where the need is."""
    here = loaded(code)
    assert here.isdisjoint(absent)
