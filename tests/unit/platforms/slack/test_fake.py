import asyncio
import json
import sys

import aiohttp

from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import complaint


async def test_the_fake_runs_as_a_program():
    """As its own process it takes posts, dumps its state, fails on command and ends with stdin."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.slack"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    about = json.loads(await process.stdout.readline())
    headers = {"Authorization": f"Bearer {about['tokens']['T1']}"}
    post = {"channel": "C1", "text": "Hello"}
    async with aiohttp.ClientSession() as session:

        async def call(url: str, body: object, **more: object) -> dict[str, object]:
            async with session.post(url, json=body, **more) as answer:
                return await answer.json()

        url = about["api_url"] + "chat.postMessage"
        assert (await call(url, post, headers=headers))["ok"] is True
        failing = {"method": "chat.postMessage", "kind": "ratelimited", "retry_after": 9}
        await call(about["control"] + "/fail", failing)
        assert (await call(url, post, headers=headers))["error"] == "ratelimited"
        async with session.get(about["control"] + "/state") as answer:
            state = await answer.json()
    (posted,) = state["workspaces"]["T1"]["channels"]["C1"]
    assert posted["text"] == "Hello"
    assert about["tokens"]["T1"] not in json.dumps(state)
    process.stdin.close()
    assert await process.wait() == 0


async def test_the_fake_refuses_unknown_tokens_and_methods():
    """As Slack does: by a word, with status 200."""
    async with FakeSlack() as slack, aiohttp.ClientSession() as session:

        async def error(method: str, token: str) -> object:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with session.post(slack.api_url + method, headers=headers) as answer:
                assert answer.status == 200
                return (await answer.json())["error"]

        assert await error("auth.test", "") == "not_authed"
        assert await error("auth.test", "xoxb-wrong") == "invalid_auth"
        assert await error("chat.whisper", slack.token()) == "unknown_method"
        assert await error("chat.postMessage", slack.token()) == "channel_not_found"


def test_the_fake_knows_slacks_limits():
    """Blocks over a documented limit are refused with Slack's words."""
    text = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    good = {"type": "rich_text", "elements": [text]}
    assert complaint([good] * 50) is None
    assert complaint([good] * 51) == "invalid_blocks"
    assert complaint([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]) == (
        "invalid_blocks"
    )
    wide = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert complaint([wide] * 4) is None
    assert complaint([wide] * 5) == "msg_blocks_too_long"
    empty = {"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}
    assert complaint([{"type": "rich_text", "elements": [empty]}]) == "invalid_blocks"
