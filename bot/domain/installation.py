"""A workspace that put the app in: whose token it is, and how long it is good."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.moments import require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The app in one Slack workspace. Tokens are sealed wherever this is stored."""

    workspace: str
    """The team's id; the organisation's where the app was put into all of it."""
    name: str = ""
    token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    """Renews the token; empty where token rotation is off."""
    expires_at: datetime | None = None
    """None for a token that is good until it is revoked."""
    bot_user: str = ""
    scopes: str = ""
    """Comma-separated, as Slack granted them."""
    installed_by: str = ""
    """The person's id."""
    installed_at: datetime

    def __post_init__(self) -> None:
        require_aware(expires_at=self.expires_at, installed_at=self.installed_at)
