"""Logs: one line for each event on standard error, readable on a terminal, JSON elsewhere.

What the standard library's loggers say goes the same way. Before a line is written, every text in it
(messages, values, keys, exceptions with their tracebacks) passes the redaction: tokens, webhook
addresses, user info and queries of URLs and the values of all configured secrets become `[hidden]`.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TextIO
from urllib.parse import quote, urlsplit

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
Form = Literal["auto", "console", "json"]

_QUIET = (
    "aiohttp", "aiosqlite", "alembic", "apprise", "apscheduler", "asyncio", "discord", "feedparser",
    "opentelemetry", "procrastinate", "psycopg", "slack_bolt", "slack_sdk", "sqlalchemy", "urllib3",
)  # fmt: skip
"""Libraries that tell their day: only their warnings are of use to whoever runs the bot."""

_SHORTEST_SECRET = 4
"""A shorter value would hide half of every line, and protects nothing."""

_DEEPEST = 8
_URL = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]{1,24})://([^\s\"'<>\\]+)")
_PLAIN_SCHEMES = {"http", "https", "ws", "wss", "postgresql", "sqlite", "file"}
_WEBHOOK_HOST = re.compile(r"(^|\.)hooks\.|webhook|^api\.telegram\.org$|\.logic\.azure\.com$")
_WEBHOOK_PATH = re.compile(r"/(?:webhooks?|workflows|interactions|services)(?:/|$)", re.IGNORECASE)
_PATTERNS = (
    (re.compile(r"\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[A-Za-z0-9-]{2,}"), HIDDEN),
    (re.compile(r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}"), HIDDEN),
    (
        re.compile(
            r"(?i)(\bauthorization['\"]?\s*[:=]\s*['\"]?)(?:(?:bearer|bot|basic)\s+)?[^\s'\",}]+"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic|bot)(\s+)(?=\S*[\d.])[\w.~+/=-]{16,}"), rf"\1\2{HIDDEN}"),
    (
        re.compile(
            r"(?i)\b((?:\w+_)?(?:password|passwd|token|secret|api_?key|signature)['\"]?\s*[=:]\s*['\"]?)"
            r"[^\s'\",;&}]{3,}"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(/(?:webhooks|interactions)/\d+)/[\w-]+"), rf"\1/{HIDDEN}"),
)
_SIGNS = (
    "://", "xox", "xapp", "bearer", "basic", "bot", "authorization", "password", "passwd", "token",
    "secret", "apikey", "api_key", "signature", "/webhooks", "/interactions",
)  # fmt: skip
"""Every secret that is known by its looks has one of these in or beside it, or two full stops."""
_SECRET_KEY = re.compile(
    r"(?i)(?:^|_)(?:authorization|cookie|password|passwd|secret|token|api_?key|dsn)s?$"
)


class Redaction:
    """Hides secrets in text and in values. Handed the secrets it must know by heart."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}
        known |= {form for secret in known for form in _forms(secret)}
        # Longest first, so that a secret inside another never leaves the rest of it behind.
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None
        self._key = lru_cache(maxsize=1_024)(self.text)  # the same few in every line

    def text(self, text: str) -> str:
        """Return the text with every secret in it hidden."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        if not _may_show_secret(text):
            return text
        text = _URL.sub(_shown_url, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, value: object, depth: int = 0) -> object:
        """Return a value in which every text is redacted; what is no plain value becomes text."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes):
            return self.text(value.decode("utf-8", "replace"))
        if depth < _DEEPEST and isinstance(value, Mapping):
            return {self._key(str(key)): self._named(key, v, depth) for key, v in value.items()}
        if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
            return [self.value(inner, depth + 1) for inner in value]
        return self.text(str(value) if isinstance(value, BaseException) else repr(value))

    def _named(self, key: object, value: object, depth: int) -> object:
        if isinstance(value, str) and value and _SECRET_KEY.search(str(key)):
            return HIDDEN
        return self.value(value, depth + 1)

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Redact an event on its way to the renderer."""
        return {self._key(key): self._named(key, value, 0) for key, value in event.items()}


def _may_show_secret(text: str) -> bool:
    """Whether one of the patterns could match; most texts of a line are plain words and numbers.

    Beyond ASCII there are letters that the patterns take for others: such texts are always looked at.
    """
    if not text.isascii() or text.count(".") > 1:
        return True
    small = text.lower()
    return any(sign in small for sign in _SIGNS)


def _forms(secret: str) -> Iterator[str]:
    """Yield a secret as it looks in a URL, in JSON, and in the repr of text and of bytes."""
    yield quote(secret, safe="")
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    yield repr(secret.encode())[2:-1]


def _shown_url(found: re.Match[str]) -> str:
    scheme = found[1].lower()
    if scheme.partition("+")[0] not in _PLAIN_SCHEMES:
        # Apprise spells tokens into the host and the path of its own schemes.
        return f"{found[1]}://{HIDDEN}"
    try:
        parts = urlsplit(found[0])
    except ValueError:
        return f"{found[1]}://{HIDDEN}"
    host = parts.netloc.rpartition("@")[2]
    user = f"{HIDDEN}@" if "@" in parts.netloc else ""
    if _WEBHOOK_HOST.search(host.lower()) or _WEBHOOK_PATH.search(parts.path):
        return f"{found[1]}://{user}{host}/{HIDDEN}"
    query = f"?{HIDDEN}" if parts.query else ""
    return f"{found[1]}://{user}{host}{parts.path}{query}"


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to the stream; a line that cannot be formed is told of without its contents."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the library's name)
        # The library would print the message and its arguments as they are, secrets included.
        self.stream.write(f"log_line_lost logger={record.name} line={record.lineno}\n")


def configure(
    *,
    stream: TextIO,
    level: str = "INFO",
    form: Form = "auto",
    secrets: Iterable[str] = (),
    watch: Processor | None = None,
) -> None:
    """Set up logging for the whole process; calling it again replaces what was set up before.

    `level` is a name of the standard library; with `auto`, a terminal gets text, all else JSON.
    `watch` sees every event of ours, also those that the level does not show.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    console = form == "console" or (form == "auto" and stream.isatty())
    handler = _Handler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                Redaction(secrets),
                _renderer(console=console, colors=stream.isatty()),
            ],
        )
    )
    _attach(handler, level.upper())
    structlog.configure(
        processors=[
            *([] if watch is None else [watch]),
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _attach(handler: _Handler, level: str) -> None:
    """Make the handler the root's only one of ours, and quieten the libraries."""
    root = logging.getLogger()
    root.handlers[:] = [old for old in root.handlers if not isinstance(old, _Handler)]
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _renderer(*, console: bool, colors: bool) -> Processor:
    if not console:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=colors, exception_formatter=structlog.dev.plain_traceback, pad_event_to=24
    )
