"""What Slack knows of a person: time zone, language, whether they are an admin. Remembered."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.locales import known_locale
from bot.domain.zones import known_zone
from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.escape import plain
from bot.ports import Clock

_KEEP = timedelta(hours=1)
_KEEP_UNKNOWN = timedelta(minutes=1)
_MOST = 10_000
_PATIENCE = 2.0
"""Seconds; the answer to a command does not wait longer for who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All empty where Slack did not tell."""

    admin: bool = False
    zone: str | None = None
    locale: str | None = None
    called: str = ""


class People:
    """Asks users.info once an hour for each person; a failure is an unknown person."""

    def __init__(self, api: SlackApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[datetime, Person]] = OrderedDict()

    async def person(self, workspace: str, user: str) -> Person:
        """Return what is known of the person; never raises a platform's error."""
        now = self._clock.now()
        until, known = self._known.get((workspace, user), (now, Person()))
        if until > now:
            return known
        found = await self._ask(workspace, user)
        self._known[workspace, user] = (now + (_KEEP if found else _KEEP_UNKNOWN), found or known)
        self._known.move_to_end((workspace, user))
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found or known

    async def _ask(self, workspace: str, user: str) -> Person | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._api.call(
                    workspace,
                    lambda client: client.users_info(user=user, include_locale=True),
                )
        except (RefusedError, UnansweredError, TimeoutError):
            return None
        return described(answer.get("user"))


def described(user: object) -> Person:
    """Read the `user` object of users.info; what is missing or odd stays empty."""
    if not isinstance(user, Mapping):
        return Person()
    return Person(
        admin=any(user.get(role) is True for role in ("is_admin", "is_owner", "is_primary_owner")),
        zone=_zone(user.get("tz")),
        locale=_locale(user.get("locale")),
        called=_called(user),
    )


def _called(user: Mapping[str, Any]) -> str:
    profile = user.get("profile")
    named = profile if isinstance(profile, Mapping) else {}
    names = (named.get("display_name"), named.get("real_name"), user.get("real_name"))
    return next((plain(name)[:80] for name in names if isinstance(name, str) and plain(name)), "")


def _zone(name: Any) -> str | None:  # noqa: ANN401  # whatever the JSON holds
    if not isinstance(name, str):
        return None
    zone = known_zone(name)
    return None if zone is None else zone.key


def _locale(name: Any) -> str | None:  # noqa: ANN401  # whatever the JSON holds
    return known_locale(name) if isinstance(name, str) else None
