"""What a feed says about itself outside its entries: its title, and when to poll it."""

from dataclasses import dataclass, field

from bot.reading.markup import to_plain

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": 3_600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
"""Seconds, of the syndication module of RSS 1.0."""
_OF_CHANNEL = frozenset({"title", "ttl", "updateperiod", "updatefrequency"})
_OF_LISTS = {"hour": "skiphours", "day": "skipdays"}
_LONGEST = 2_000


@dataclass(slots=True)
class HintReader:
    """Collects the text of a few elements while expat walks past them."""

    values: dict[str, str] = field(default_factory=dict)
    hours: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    _parts: list[str] = field(default_factory=list)

    def begin(self, local: str, parent: str) -> bool:
        """Note the start of an element; True where its text is wanted."""
        wanted = (parent in {"channel", "feed"} and local in _OF_CHANNEL) or (
            _OF_LISTS.get(local) == parent
        )
        if wanted:
            self._parts = []
        return wanted

    def text(self, data: str) -> None:
        """Take a piece of text."""
        self._parts.append(data[:_LONGEST])

    def end(self, local: str) -> None:
        """Note the end of the element whose text was wanted."""
        text = "".join(self._parts[:100]).strip()[:_LONGEST]
        if local == "hour" and text.isascii() and text.isdigit() and int(text[:3]) <= 24:
            self.hours.add(int(text[:3]) % 24)
        elif local == "day" and text.lower() in _DAYS:
            self.days.add(_DAYS.index(text.lower()))
        elif local in _OF_CHANNEL:
            self.values.setdefault(local, text)

    @property
    def title(self) -> str:
        """The feed's name in one line."""
        return " ".join(to_plain(self.values.get("title", "")).split())[:200]

    @property
    def ttl(self) -> float | None:
        """Seconds between updates by `ttl`, which is in minutes; None where it is not stated."""
        minutes = _number(self.values.get("ttl", ""))
        return minutes * 60 if minutes else None

    @property
    def period(self) -> float | None:
        """Seconds between updates by `sy:updatePeriod` and `sy:updateFrequency`."""
        period = _PERIODS.get(self.values.get("updateperiod", "").lower())
        if period is None:
            return None
        return period / (_number(self.values.get("updatefrequency", "")) or 1)


def _number(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
