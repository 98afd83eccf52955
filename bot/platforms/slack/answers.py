"""How an answer reaches the person on Slack: by the response URL, in a window, or in the channel."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.exchange import Form
from bot.platforms.slack import forms
from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.invocation import Invocation, Where
from bot.platforms.slack.render import Payload

log = structlog.get_logger(__name__)

_NO_UNFURL: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Answers:
    """Sends each answer once; what Slack refuses is logged, because nobody waits for it."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def give(self, asked: Invocation, payload: Payload, *, share: bool) -> None:
        """Answer the person alone, or with `share` the whole channel."""
        if asked.where is Where.CHANNEL:
            await self._whisper(asked, payload)
            return
        body = {**payload.as_json(), **_NO_UNFURL, "replace_original": asked.replace}
        if not asked.replace:
            body["response_type"] = "in_channel" if share else "ephemeral"
        try:
            status = await self._api.send_json(asked.response_url, body)
        except UnansweredError as error:
            log.warning("slack_answer_failed", reason=str(error), user=asked.user)
            return
        if status >= 300:
            log.warning("slack_answer_refused", status=status, user=asked.user)

    async def open(self, asked: Invocation, form: Form, *, locale: str) -> bool:
        """Open the form as a window; False where Slack does not (its trigger lasts three seconds)."""
        place = forms.Place(
            channel=asked.channel,
            direct=asked.direct,
            home=asked.where is Where.HOME,
            inside=asked.inside,
        )
        view = forms.window(form, place, locale=locale)
        return await self._done(
            asked, lambda client: client.views_open(trigger_id=asked.trigger, view=view)
        )

    async def show_home(self, asked: Invocation, view: dict[str, object]) -> None:
        """Publish the person's App Home."""
        await self._done(asked, lambda client: client.views_publish(user_id=asked.user, view=view))

    async def _whisper(self, asked: Invocation, payload: Payload) -> None:
        """Say it in the channel to the person alone; by direct message where that cannot be."""
        said: dict[str, Any] = payload.as_json()
        if not asked.direct and await self._done(
            asked,
            lambda client: client.chat_postEphemeral(
                channel=asked.channel, user=asked.user, **said
            ),
        ):
            return
        await self._done(
            asked,
            lambda client: client.chat_postMessage(channel=asked.user, **said, **_NO_UNFURL),
        )

    async def _done(
        self, asked: Invocation, work: Callable[[AsyncWebClient], Awaitable[Any]]
    ) -> bool:
        try:
            await self._api.call(asked.workspace, work)
        except (RefusedError, UnansweredError) as error:
            log.warning("slack_answer_failed", reason=str(error), user=asked.user)
            return False
        return True
