"""Where commands and presses are answered: taken once, worked on after the acknowledgement."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.commands.exchange import Reply, Request
from bot.domain.actor import Actor
from bot.errors import BotError
from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.invocation import Invocation
from bot.platforms.slack.people import People
from bot.platforms.slack.render import Payload
from bot.platforms.slack.replies import render_home, render_reply, render_sentence
from bot.ports import Clock

Answer = Callable[[Request], Awaitable[Reply]]
"""Carries out a command."""

HOME = ("subscriptions", "deadlines", "feeds")
"""The commands whose answers make up a person's App Home."""

log = structlog.get_logger(__name__)

_APOLOGIES = {
    "en": "Something went wrong on our side, and it is in the bot's log. Please try again.",
    "es": "Algo falló de nuestro lado y quedó en el registro del bot. Inténtelo de nuevo.",
    "fr": "Une erreur s'est produite de notre côté ; elle est dans le journal. Réessayez.",
}


class Seen:
    """Remembers requests for a while, so that Slack's repeats run once."""

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


class SlackDesk:
    """Runs commands in the background and posts each answer to its response URL.

    `patience` is the most seconds a command may take.
    """

    def __init__(
        self, *, api: SlackApi, answer: Answer, clock: Clock, patience: float = 60.0
    ) -> None:
        self._api = api
        self._answer = answer
        self._clock = clock
        self._patience = patience
        self._people = People(api, clock)
        self._seen = Seen()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, invocation: Invocation | None) -> None:
        """Start on a request, unless it is incomplete or was taken before. Returns at once."""
        if invocation is None:
            log.info("slack_request_ignored")
            return
        if self._seen.again(invocation.key, self._clock.now()):
            log.info("slack_request_repeated", workspace=invocation.workspace)
            return
        task = asyncio.create_task(self._serve(invocation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, patience: float = 5.0) -> None:
        """Let what was begun end within `patience` seconds; the rest is cancelled."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, invocation: Invocation) -> None:
        person = await self._people.person(invocation.workspace, invocation.user)
        actor = invocation.actor(admin=person.admin, zone=person.zone, locale=person.locale)
        if invocation.response_url:
            payload = await self._payload(Request(text=invocation.text, actor=actor))
            await self._respond(invocation.response_url, payload, actor)
        else:
            await self._show_home(invocation.text, actor)

    async def _show_home(self, text: str, actor: Actor) -> None:
        """Publish the person's Home afresh, with the answer to `text` on top."""
        asked = ([text] if text else []) + list(HOME)
        payloads = [await self._payload(Request(text=one, actor=actor)) for one in asked]
        view = render_home(payloads)
        try:
            await self._api.call(
                actor.workspace,
                lambda client: client.views_publish(user_id=actor.user, view=view),
            )
        except (RefusedError, UnansweredError) as error:
            log.warning("slack_home_failed", reason=str(error), user=actor.name)

    async def _respond(self, url: str, payload: Payload, actor: Actor) -> None:
        body = {
            **payload.as_json(),
            "response_type": "ephemeral",
            "replace_original": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            status = await self._api.send_json(url, body)
        except UnansweredError as error:
            log.warning("slack_answer_failed", reason=str(error), user=actor.name)
            return
        if status >= 300:
            log.warning("slack_answer_refused", status=status, user=actor.name)

    async def _payload(self, request: Request) -> Payload:
        try:
            async with asyncio.timeout(self._patience):
                reply = await self._answer(request)
            return render_reply(reply)
        except BotError as error:
            return render_sentence(str(error))
        except Exception:  # the one broad catch around a person's request: they get a sentence
            log.exception("slack_command_failed", user=request.actor.name)
            return render_sentence(_apology(request.actor))


def _apology(actor: Actor) -> str:
    return _APOLOGIES.get(actor.locale or "en", _APOLOGIES["en"])
