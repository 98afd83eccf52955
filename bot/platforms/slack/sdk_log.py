"""What Slack's libraries may write to our log: warnings, and nothing that opens a door."""

import logging
import re

_SECRETS = re.compile(
    r"x(?:ox[a-z]|app|wfp)(?:\.[a-z]+)?-[\w-]+"  # tokens
    r"|(?<=[?&]ticket=)[^&\s\"']+"  # of a Socket Mode address
    r"|(?<=hooks\.slack\.com/)[\w/-]+",  # response URLs
)


def redacted(text: str) -> str:
    """Return the text with tokens, socket tickets and response URLs replaced by ``***``."""
    return _SECRETS.sub("***", text)


def sdk_logger(part: str = "web") -> logging.Logger:
    """Return the logger to hand to slack_sdk (``web``, ``socket``) or slack_bolt (``bolt``).

    Its level does not follow the program's: at DEBUG these libraries write whole requests,
    answers and the address of the socket with its ticket. Bolt's warnings are kept out too:
    with each start it would say that a SLACK_BOT_TOKEN in the environment is not read by it.
    """
    logger = logging.getLogger(f"bot.platforms.slack.sdk.{part}")
    logger.setLevel(logging.ERROR if part == "bolt" else logging.WARNING)
    if not any(isinstance(one, _Redaction) for one in logger.filters):
        logger.addFilter(_Redaction())
    return logger


class _Redaction(logging.Filter):
    """Rewrites a record's message; drops the traceback, which can hold the same secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), None
        record.exc_info = None
        record.exc_text = None
        return True
