"""The Bolt app both modes share: it acknowledges, and hands what people ask to the desk."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.departure import from_event
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.forms import FORM
from bot.platforms.slack.invocation import (
    from_action,
    from_command,
    from_home,
    from_submission,
)
from bot.platforms.slack.sdk_log import sdk_logger

_ANY = re.compile("")


class _Anyone(AsyncAuthorize):
    """Lets every request through without a call to Slack.

    Where a request came from was proven by its signature or by the socket; a token is only
    looked up when something is sent.
    """

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002  # Bolt's interface
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


def build_app(api: SlackApi, desk: SlackDesk) -> AsyncApp:
    """Return the app, its listeners registered; signatures are verified before it."""
    app = AsyncApp(
        name="usmca-bot",
        client=api.client(),
        authorize=_Anyone(),  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        request_verification_enabled=False,
        logger=sdk_logger("bolt"),
    )

    async def command(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await ack()
        desk.take(from_command(body))

    async def action(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await ack()
        desk.take(from_action(body))

    async def home(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await ack()
        desk.take(from_home(body))

    async def view(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        errors = await desk.submit(from_submission(body))
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack()

    async def leave(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        await ack()
        desk.leave(from_event(body))

    async def nothing(ack: AsyncAck) -> None:
        # what is not acknowledged is sent again, up to three times
        await ack()

    app.command(re.compile("^/"))(command)
    app.action(_ANY)(action)
    app.event("app_home_opened")(home)
    app.view_submission(re.compile(f"^{FORM}"))(view)
    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(leave)
    for register in (app.event, app.shortcut, app.view, app.options):
        register(_ANY)(nothing)
    return app
