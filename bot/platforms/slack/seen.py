"""Requests that this process took, so that Slack's repeats run once without asking anybody."""

from collections import OrderedDict
from datetime import datetime, timedelta


class Seen:
    """Remembers keys for a while; the database remembers them for other processes."""

    def __init__(self, *, keep: timedelta = timedelta(minutes=15), most: int = 10_000) -> None:
        self._keep = keep
        self._most = most
        self._keys: OrderedDict[str, datetime] = OrderedDict()

    def again(self, key: str, now: datetime) -> bool:
        """Return whether the key was taken before, and take it."""
        while self._keys and now - next(iter(self._keys.values())) > self._keep:
            self._keys.popitem(last=False)
        if key in self._keys:
            return True
        self._keys[key] = now
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return False
