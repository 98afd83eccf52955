"""The way of an entry as spans for OpenTelemetry, made of the log's events, whatever level is shown.

    feed_polled ─► entry_stored ─► entry_placed ─► alert_fanned_out ─► delivery_recorded
       poll           entry            story            fan out              deliver

All spans of an entry share one trace, in whichever process they happen: its number is derived from the
entry's. The first is `entry`, and the others are below it. Only numbers and words of ours are
exported: no text of an entry, no address, no reason that a platform gave.
"""

import hashlib
import time
from collections.abc import Callable, MutableMapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from bot.errors import ConfigError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

Watch = Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]]
"""A processor of log events that hands each on as it is."""

MISSING = (
    "OTEL_EXPORTER_OTLP_ENDPOINT needs OpenTelemetry: `pip install '.[otel]'` "
    "in the project's folder, or leave it unset"
)
_NAMES = {"entry_placed": "story", "alert_fanned_out": "fan out", "delivery_recorded": "deliver"}
_TOLD = (
    *("feed", "outcome", "status", "new", "entry_id", "held", "story_id", "new_story", "revision"),
    *("telling", "alert_id", "looked_at", "deliveries", "delivery_id", "destination_id", "subject"),
    *("kind", "state"),
)
"""What of an event is exported, where it has it."""
_WELL = frozenset({"sent"})
_FEEDS = 10_000
"""Feeds whose entries wait for the end of their poll; in `poll --once` none ends with an event."""


class _Numbers:
    """Numbers of spans and traces: by chance, unless one was asked for."""

    def __init__(self) -> None:
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

        self._chance = RandomIdGenerator()
        self.wanted: tuple[int, int] | None = None

    def generate_trace_id(self) -> int:
        """Return the wanted trace, else a new one."""
        return self.wanted[0] if self.wanted else self._chance.generate_trace_id()

    def generate_span_id(self) -> int:
        """Return the wanted span, else a new one."""
        return self.wanted[1] if self.wanted else self._chance.generate_span_id()

    def is_trace_id_random(self) -> bool:
        """Whether samplers may take the number for chance: a digest is as good."""
        return True


class EntrySpans:
    """A processor of log events. It stands before those that drop what the level does not show."""

    def __init__(
        self, exporter: "SpanExporter", *, installation: str, at_once: bool = False
    ) -> None:
        """`installation` tells the entries of one from those of others; `at_once` waits for nothing.

        Raises ConfigError where OpenTelemetry is not installed.
        """
        try:
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
        except ImportError:
            raise ConfigError(MISSING) from None
        self._numbers = _Numbers()
        self._provider = TracerProvider(id_generator=cast("Any", self._numbers))
        of = SimpleSpanProcessor if at_once else BatchSpanProcessor
        self._provider.add_span_processor(of(exporter))
        self._tracer = self._provider.get_tracer("usmca-bot")
        self._installation = installation
        self._stored: dict[str, list[int]] = {}

    def __call__(
        self, _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Export what belongs to an entry's way, and hand the event on."""
        name = event.get("event")
        if name == "entry_stored":
            self._entry(event)
        elif name == "feed_polled":
            self._polled(event)
        elif name in _NAMES and isinstance(event.get("entry_id"), int):
            self._span(_NAMES[str(name)], event, event["entry_id"])
        return event

    def close(self) -> None:
        """Export what waits."""
        self._provider.shutdown()

    def _entry(self, event: MutableMapping[str, Any]) -> None:
        """The first span of the trace; the others know its number without having seen it."""
        number = int(event["entry_id"])
        self._numbers.wanted = self._place(number)
        try:
            self._span("entry", event, None)
        finally:
            self._numbers.wanted = None
        if len(self._stored) >= _FEEDS:
            self._stored.clear()
        self._stored.setdefault(str(event.get("feed")), []).append(number)

    def _polled(self, event: MutableMapping[str, Any]) -> None:
        """The poll, in the trace of each entry it brought; alone where it brought none."""
        for number in self._stored.pop(str(event.get("feed")), [None]):
            self._span("poll", event, number)

    def _place(self, entry: int) -> tuple[int, int]:
        """The numbers of an entry's trace and of its first span."""
        digest = hashlib.sha256(f"{self._installation} entry {entry}".encode()).digest()
        return int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:24], "big")

    def _span(self, name: str, event: MutableMapping[str, Any], entry: int | None) -> None:
        from opentelemetry.trace import StatusCode

        end = time.time_ns()
        begun = end - int(event.get("took_ms") or 0) * 1_000_000
        span = self._tracer.start_span(
            name,
            context=None if entry is None else self._below(entry),
            start_time=begun,
            attributes={key: event[key] for key in _TOLD if event.get(key) is not None},
        )
        state = event.get("state")
        if event.get("outcome") == "error" or (state is not None and state not in _WELL):
            span.set_status(StatusCode.ERROR)
        span.end(end)

    def _below(self, entry: int) -> Any:  # noqa: ANN401 - the library's own name for it is not ours
        from opentelemetry import trace
        from opentelemetry.sdk.trace.sampling import Decision

        trace_id, span_id = self._place(entry)
        decided = self._provider.sampler.should_sample(None, trace_id, "entry").decision
        sampled = decided is Decision.RECORD_AND_SAMPLE
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED if sampled else trace.TraceFlags.DEFAULT)
        first = trace.SpanContext(trace_id, span_id, is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(trace.NonRecordingSpan(first))


def is_installed() -> bool:
    """Whether the extra that exports spans is there."""
    try:
        return find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


def otlp_spans(installation: str) -> EntrySpans:
    """Return spans that go to where the standard OTEL_… variables say, by OTLP over HTTP.

    Raises ConfigError where the extra is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise ConfigError(MISSING) from None
    return EntrySpans(OTLPSpanExporter(), installation=installation)
