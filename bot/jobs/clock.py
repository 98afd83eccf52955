"""The one place that reads the clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements `bot.ports.Clock` with the system's time."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)
