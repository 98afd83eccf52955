"""What Slack's refusals mean for a delivery, each with a sentence that says what to do. Pure.

Source: the errors of chat.postMessage and chat.update at docs.slack.dev.
"""

from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
)
from bot.platforms.slack.api import TOKEN_REFUSALS, RefusedError, UnansweredError

_RATE = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_BUSY = frozenset({"service_unavailable", "team_added_to_org", "accesslimited", "request_timeout"})
_UNCLEAR = frozenset({"fatal_error", "internal_error"})
"""Slack says of these that "some aspect of the operation" may have succeeded."""

_REINSTALL = (
    "Slack refuses the bot token of this workspace ({code}): install the app again and put the "
    "new token into SLACK_BOT_TOKEN."
)
_PUT_BACK = (
    "The app was removed from this workspace, or its token ended ({code}): an admin installs the "
    "app there again."
)
_TOKENS = frozenset(
    {
        *("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"),
        *(
            "no_permission",
            "org_login_required",
            "not_allowed_token_type",
            "team_access_not_granted",
        ),
    }
)
_TOKEN_LACKS = frozenset(
    {"no_token", "missing_scope", "access_denied", "forbidden_team", "two_factor_setup_required"}
)
_LOST = {
    "channel_not_found": "Slack does not find the channel, or it is private and the app is not in "
    "it: invite the app with /invite, or subscribe again in another channel.",
    "is_archived": "The channel is archived: unarchive it, or subscribe again in another channel.",
    "not_in_channel": "The app is not in the channel: invite it with /invite.",
    "restricted_action": "A workspace setting keeps the app from posting here: ask an admin.",
    "restricted_action_read_only_channel": "The channel is read-only for the app: ask an admin.",
    "restricted_action_non_threadable_channel": "The channel takes no threads: use another one.",
    "restricted_action_thread_only_channel": "The channel takes only threads: use another one.",
    "ekm_access_denied": "Admins have suspended posting here: ask an admin.",
    "messages_tab_disabled": "The app's Messages tab is off: turn it on under App Home.",
    "user_not_found": "The person is no longer in the workspace.",
    "user_disabled": "The person's account is deactivated.",
    "user_not_visible": "The app may not see this person.",
    "cannot_dm_bot": "Slack lets no app write to this account.",
    "no_token": "There is no token for this workspace: install the app there, or set "
    "SLACK_BOT_TOKEN.",
    "is_inactive": "The channel is frozen or inactive: subscribe again in another channel.",
}
_THREAD_GONE = {
    "message_not_found": "The message was deleted on Slack.",
    "thread_not_found": "The message whose thread was to be answered was deleted on Slack.",
    "cant_update_message": "The message is not one that this app may edit.",
    "edit_window_closed": "The workspace no longer allows this message to be edited.",
    "cannot_reply_to_message": "Slack lets nobody answer this message.",
    "invalid_thread_ts": "The message whose thread was to be answered is unknown to Slack.",
}
FIRST_GONE = frozenset(
    {"message_not_found", "thread_not_found", "invalid_thread_ts", "cannot_reply_to_message"}
)
"""What Slack says of an answer to a message that is no more, or takes none."""
_BODY_PREFIXES = ("invalid_blocks", "invalid_metadata", "metadata_", "invalid_arg", "invalid_array")
_BODY = frozenset(
    {"msg_too_long", "msg_blocks_too_long", "no_text", "too_many_attachments", "block_mismatch"}
)


def failure(error: RefusedError | UnansweredError, *, installed: bool = False) -> DeliveryError:
    """Return what the error of a post, an edit or a reply means for the delivery.

    `installed`: each workspace puts the app in by itself, and no variable holds its token.
    """
    if isinstance(error, UnansweredError):
        if error.sent:
            return UnclearDeliveryError(f"No answer came from Slack ({error}).")
        return TemporaryDeliveryError(f"Slack could not be reached ({error}).")
    return _refused(error, installed=installed)


def _refused(error: RefusedError, *, installed: bool) -> DeliveryError:
    code = error.code
    if code in _RATE:
        said = "Slack asks for fewer messages."
        return TemporaryDeliveryError(said, retry_after=error.retry_after)
    if code in _UNCLEAR:
        return UnclearDeliveryError(f"Slack broke off in the middle ({code}).")
    gone = lost(error, installed=installed)
    if gone is not None:
        return PermanentDeliveryError(gone, destination_lost=True)
    if code in _THREAD_GONE:
        return PermanentDeliveryError(_THREAD_GONE[code], destination_lost=False)
    if code in _BODY or code.startswith(_BODY_PREFIXES):
        said = f"Slack does not take this message ({code}): please report it as a bug."
        return PermanentDeliveryError(said, destination_lost=False)
    said = "Slack is busy" if code in _BUSY else "Slack refused for an unknown reason"
    return TemporaryDeliveryError(f"{said} ({code}).", retry_after=error.retry_after)


def token_refused(error: RefusedError) -> bool:
    """Whether it is the token itself that is refused, so that asking again is of no use."""
    return error.code in _TOKENS | _TOKEN_LACKS


def lost(error: RefusedError, *, installed: bool = False) -> str | None:
    """Return what to do where nothing can reach the destination, None where that is not so."""
    if installed and error.code in TOKEN_REFUSALS:
        return _PUT_BACK.format(code=error.code)
    if error.code in _TOKENS:
        return _REINSTALL.format(code=error.code)
    if error.code == "missing_scope":
        scope = error.needed or "chat:write"
        return f"The app lacks the scope {scope}: add it and install the app again."
    return _LOST.get(error.code)
