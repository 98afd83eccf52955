"""The API under a fuzzer that reads its OpenAPI document: nothing fails, all is as documented."""

import asyncio
import sys
from dataclasses import replace

import pytest

from bot.web.pace import Pace
from tests.fakes.pages import TOKEN, open_site, parts
from tests.web.conftest import filled

pytest.importorskip(
    "schemathesis", reason="the fuzzer has an environment of its own: make test-web"
)

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,negative_data_rejection,unsupported_method"
)
FAST = Pace(burst=1e9, per_second=1e9)
"""A fuzzer asks faster than any person: the pace has tests of its own."""


async def test_the_api_does_what_its_document_says(store, clock, tmp_path):
    """Valid and broken requests to every route, as the operator."""
    await filled(store, clock)
    made = replace(parts(store, clock, tmp_path), pace=FAST)
    async with open_site(made) as site:
        fuzzer = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli", "run"),
            f"{site.home}/api/v1/openapi.json",
            *("--header", f"Authorization: Bearer {TOKEN}"),
            *("--checks", CHECKS, "--max-examples", "25", "--seed", "7"),
            *("--generation-database", "none", "--request-timeout", "20", "--no-color"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=tmp_path,
        )
        said, _ = await asyncio.wait_for(fuzzer.communicate(), 170)
    assert fuzzer.returncode == 0, said.decode()[-8_000:]
