"""The way of an entry as spans, out of the log's events."""

import io
from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from bot.jobs.spans import EntrySpans

exporting = pytest.importorskip(
    "opentelemetry.sdk.trace.export.in_memory_span_exporter",
    reason="spans are an extra: pip install '.[otel]'",
)


@pytest.fixture
def kept() -> Iterator[exporting.InMemorySpanExporter]:
    exporter = exporting.InMemorySpanExporter()
    yield exporter
    exporter.clear()


def process(kept: object, *, installation: str = "db/usmca") -> EntrySpans:
    """One process of an installation."""
    return EntrySpans(kept, installation=installation, at_once=True)


def test_an_entry_has_one_trace_over_all_processes(kept) -> None:
    """One polls, one fans out, one sends: the same trace, each span below the entry's own."""
    poller, fanner, sender = (process(kept) for _ in range(3))
    poller(None, "info", {"event": "entry_stored", "feed": "ledger", "entry_id": 812})
    poller(None, "info", {"event": "entry_placed", "entry_id": 812, "story_id": 7})
    poller(
        None,
        "info",
        {"event": "feed_polled", "feed": "ledger", "outcome": "entries", "took_ms": 40},
    )
    fanner(
        None, "info", {"event": "alert_fanned_out", "entry_id": 812, "alert_id": 3, "deliveries": 2}
    )
    sent = {"event": "delivery_recorded", "entry_id": 812, "delivery_id": 5, "state": "sent"}
    sender(None, "info", {**sent, "took_ms": 120})
    spans = kept.get_finished_spans()
    assert [span.name for span in spans] == ["entry", "story", "poll", "fan out", "deliver"]
    assert len({span.context.trace_id for span in spans}) == 1
    first, *below = spans
    assert first.parent is None
    assert {span.parent.span_id for span in below} == {first.context.span_id}
    deliver = below[-1]
    assert deliver.end_time - deliver.start_time == 120_000_000
    assert deliver.attributes == {"entry_id": 812, "delivery_id": 5, "state": "sent"}


def test_entries_and_installations_have_traces_of_their_own(kept) -> None:
    """Number 1 of one database is not number 1 of another; a poll that brought nothing is alone."""
    for number, installation in ((1, "a"), (2, "a"), (1, "b")):
        event = {"event": "entry_stored", "feed": "f", "entry_id": number}
        process(kept, installation=installation)(None, "info", event)
    process(kept)(None, "info", {"event": "feed_polled", "feed": "f", "outcome": "not_modified"})
    spans = kept.get_finished_spans()
    assert len({span.context.trace_id for span in spans}) == 4
    assert spans[-1].parent is None


def test_what_failed_shows_and_no_text_leaves(kept) -> None:
    """A state other than sent is an error; reasons, addresses and titles stay in the log."""
    failed = {
        "event": "delivery_recorded",
        "entry_id": 1,
        "state": "retry",
        "reason": "secret words",
    }
    process(kept)(None, "warning", {**failed, "guid": "https://example.com/?token=1"})
    process(kept)(None, "info", {"event": "delivery_recorded", "entry_id": None, "state": "sent"})
    process(kept)(None, "info", {"event": "running", "feeds": 3})
    (span,) = kept.get_finished_spans()
    assert span.status.status_code.name == "ERROR"
    assert span.attributes == {"entry_id": 1, "state": "retry"}


def test_events_below_the_level_are_exported_all_the_same(kept) -> None:
    """A quiet log says nothing of an entry, and its spans go out."""
    stream = io.StringIO()
    logs.configure(stream=stream, level="ERROR", watch=process(kept))
    structlog.get_logger().info("entry_stored", feed="ledger", entry_id=4, guid="e4")
    assert stream.getvalue() == ""
    (span,) = kept.get_finished_spans()
    assert span.attributes == {"feed": "ledger", "entry_id": 4}
