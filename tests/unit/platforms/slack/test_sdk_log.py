import logging

import pytest

from bot.platforms.slack.sdk_log import redacted, sdk_logger


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12-34-abcDEF",
        "xapp-1-A0-12-abc",
        "xoxe.xoxp-1-abc",
        "wss://wss.slack.example/link/?ticket=abc-def&app_id=1",
        "https://hooks.slack.com/commands/T1/2/abc",
    ],
)
def test_secrets_are_replaced(secret):
    """Tokens, tickets and response URLs do not survive."""
    shown = redacted(f"failed for {secret}")
    assert "abc" not in shown
    assert "***" in shown


def test_the_librarys_records_are_redacted(caplog):
    """What slack_sdk logs with a secret in its arguments reaches handlers without it."""
    logger = sdk_logger()
    assert sdk_logger() is logger
    with caplog.at_level(logging.WARNING):
        logger.warning("refused %s", "xoxb-1-abc")
        logger.debug("a whole request")
    assert [record.getMessage() for record in caplog.records] == ["refused ***"]
