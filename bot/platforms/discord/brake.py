"""Stops calling before Discord stops us: it bans an address after 10,000 invalid requests in ten minutes.

Source: Discord's documentation on rate limits, "Invalid Request Limit", as of 2026-11: answers 401,
403 and 429 count, a 429 whose scope is "shared" does not. Each process counts its own, so that the
mark is a tenth of what is allowed.
"""

from collections import deque

from bot.platforms.discord.pacing import now

WINDOW = 600.0
"""Seconds over which Discord counts."""
MOST = 1_000
"""Invalid requests of this process in that time before it rests."""
TOKEN_REST = 30.0
"""Seconds without calls after the token was refused: each of them would be refused too.

What was not asked is not taken for refused: it is tried again after that, and hears for itself.
"""


class Brake:
    """What one process knows of its own invalid requests."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._invalid: deque[float] = deque(maxlen=most)
        self._token_refused_until = 0.0

    def note(self, status: int, *, shared: bool) -> None:
        """Take in an answer; `shared` says that a 429 was not our fault."""
        if status == 401:
            self._token_refused_until = now() + TOKEN_REST
        if status in {401, 403} or (status == 429 and not shared):
            self._invalid.append(now())

    def wait(self) -> float:
        """Return how many seconds nothing should be called; 0 while there were few."""
        moment = now()
        rest = self._token_refused_until - moment
        if len(self._invalid) == self._most:
            rest = max(rest, self._invalid[0] + WINDOW - moment)
        return max(0.0, rest)
