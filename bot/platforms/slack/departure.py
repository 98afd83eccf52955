"""A workspace that removes the app or revokes its token, as Slack's events tell it. Pure.

Source: the events app_uninstalled and tokens_revoked at docs.slack.dev. Both come, in either order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.services.workspaces import REVOKED, UNINSTALLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Which workspace leaves, why in a sentence, and when Slack says it did."""

    key: str
    workspace: str
    reason: str
    told_at: datetime | None = None


def from_event(body: Mapping[str, Any]) -> Departure | None:
    """Read one of the two events; None for a person's own token, and for what is incomplete."""
    event, workspace = body.get("event"), body.get("team_id")
    if not isinstance(event, Mapping) or not isinstance(workspace, str) or not workspace:
        return None
    kind = event.get("type")
    if kind == "tokens_revoked":
        tokens = event.get("tokens")
        if not isinstance(tokens, Mapping) or not tokens.get("bot"):
            return None
    elif kind != "app_uninstalled":
        return None
    told_at = _moment(body.get("event_time"))
    return Departure(
        key=str(body.get("event_id") or f"{kind}:{workspace}:{body.get('event_time')}"),
        workspace=workspace,
        reason=UNINSTALLED if kind == "app_uninstalled" else REVOKED,
        told_at=told_at,
    )


def _moment(stamp: object) -> datetime | None:
    if not isinstance(stamp, int) or isinstance(stamp, bool) or not 0 < stamp < 2**36:
        return None
    return datetime.fromtimestamp(stamp, UTC)
