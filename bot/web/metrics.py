"""The metrics page in Prometheus' text format: what waits in the store, and what this process did."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.domain.views import Counts, QueueDepth


def exposition(
    counts: Counts, depth: QueueDepth | None = None, done: CollectorRegistry | None = None
) -> str:
    """Return the metrics page: the store's rows, what is due, and the counters of this process."""
    registry = CollectorRegistry()
    _by(registry, "deliveries", "Deliveries by state.", "state", counts.deliveries)
    _by(registry, "feeds", "Feeds by state.", "state", counts.feeds)
    _each(
        registry,
        ("feeds_failing", "Feeds whose last poll failed.", counts.feeds_failing),
        ("entries", "Entries in the archive.", counts.entries),
        ("matches", "Entries on a topic.", counts.matches),
        ("stories", "Stories told or not.", counts.stories),
        ("alerts_waiting", "Alerts not fanned out yet.", counts.alerts_waiting),
    )
    if depth is not None:
        resting = "Destinations that may not be sent to yet, by platform."
        _by(registry, "destinations_resting", resting, "platform", depth.resting)
        _each(
            registry,
            ("feeds_due", "Feeds due for a poll and not being polled.", depth.feeds_due),
            ("feeds_overdue_seconds", "How late the latest of them is.", depth.feeds_late_s),
            ("deliveries_due", "Deliveries that may go out now.", depth.deliveries_due),
            ("deliveries_overdue_seconds", "How long the oldest waits.", depth.deliveries_late_s),
        )
    own = "" if done is None else generate_latest(done).decode()
    return generate_latest(registry).decode() + own


def _each(registry: CollectorRegistry, *rows: tuple[str, str, float]) -> None:
    for name, text, number in rows:
        Gauge(f"usmca_bot_{name}", text, registry=registry).set(number)


def _by(
    registry: CollectorRegistry, name: str, text: str, label: str, numbers: Mapping[str, int]
) -> None:
    gauge = Gauge(f"usmca_bot_{name}", text, [label], registry=registry)
    for value, number in numbers.items():
        gauge.labels(**{label: value}).set(number)
