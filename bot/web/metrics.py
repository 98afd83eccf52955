"""Counts of the store in Prometheus' text format, made anew for each scrape."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.domain.views import Counts


def exposition(counts: Counts) -> str:
    """Return the metrics page for these counts."""
    registry = CollectorRegistry()
    deliveries = Gauge("usmca_bot_deliveries", "Deliveries by state.", ["state"], registry=registry)
    for state, number in counts.deliveries.items():
        deliveries.labels(state=state).set(number)
    feeds = Gauge("usmca_bot_feeds", "Feeds by state.", ["state"], registry=registry)
    for state, number in counts.feeds.items():
        feeds.labels(state=state).set(number)
    for name, text, number in (
        ("usmca_bot_feeds_failing", "Feeds whose last poll failed.", counts.feeds_failing),
        ("usmca_bot_entries", "Entries in the archive.", counts.entries),
        ("usmca_bot_stories", "Stories told or not.", counts.stories),
        ("usmca_bot_alerts_waiting", "Alerts not fanned out yet.", counts.alerts_waiting),
    ):
        Gauge(name, text, registry=registry).set(number)
    return generate_latest(registry).decode()
