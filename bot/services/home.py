"""The zone and language of places that told none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What `bot.yaml` sets for destinations and people of whom nothing is known."""

    zone: str = "UTC"
    """IANA name."""
    locale: str = "en"
    """en, es or fr."""
