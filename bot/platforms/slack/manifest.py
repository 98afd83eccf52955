"""The app manifest that `usmca-bot slack manifest` prints. Pure.

Source of fields and limits: the app manifest reference at docs.slack.dev.
"""

from bot.platforms.slack.escape import short

SCOPES = (
    *("commands", "chat:write", "chat:write.public", "im:write", "users:read", "channels:read"),
)
HISTORY_SCOPES = ("channels:history", "groups:history", "im:history", "groups:read")
"""To look whether an unclear send arrived; without them it is repeated once and listed."""

_NAME = 35
"""Characters of an app's name."""

EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")


def manifest(
    *, name: str = "USMCA Bot", public_url: str | None = None, history: bool = True
) -> dict[str, object]:
    """Return the manifest, JSON-ready: Socket Mode, or HTTP where `public_url` is given.

    `public_url` is the address people's requests reach the bot at, without a path. `history`
    asks for the scopes that let the bot read a channel after an unclear send.
    """
    called = short(name, _NAME) or "USMCA Bot"
    home = public_url.rstrip("/") if public_url else None
    url = None if home is None else f"{home}/slack/events"
    requests = {} if url is None else {"request_url": url}
    return {
        "display_information": {
            "name": called,
            "description": "Tells you once, with sources, what changed on USMCA, tariffs and "
            "deadlines.",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": called, "always_online": True},
            "slash_commands": [_command(url)],
        },
        "oauth_config": _oauth(home, history=history),
        "settings": {
            "event_subscriptions": {"bot_events": [*EVENTS], **requests},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _command(url: str | None) -> dict[str, object]:
    command: dict[str, object] = {
        "command": "/usmca",
        "description": "Trade news, deadlines and subscriptions",
        "usage_hint": "help | status | latest | deadlines | subscribe autos",
        "should_escape": False,
    }
    return command if url is None else command | {"url": url}


def _oauth(home: str | None, *, history: bool) -> dict[str, object]:
    scopes: dict[str, object] = {"scopes": {"bot": [*SCOPES, *(HISTORY_SCOPES if history else ())]}}
    if home is None:
        return scopes
    # the first is where installs end; people who sign in to the pages come back to the other
    return scopes | {
        "redirect_urls": [f"{home}/slack/oauth_redirect", f"{home}/sign-in/slack/return"]
    }
