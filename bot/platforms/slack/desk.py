"""Where commands and presses are answered: taken once, worked on after the acknowledgement."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.commands.exchange import Line, Reply, Request, Section
from bot.domain.actor import Actor
from bot.domain.destination import Destination
from bot.domain.locales import language_of
from bot.errors import BotError
from bot.platforms.slack import forms
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.departure import Departure
from bot.platforms.slack.history import History
from bot.platforms.slack.home import Home, render_home
from bot.platforms.slack.invocation import Invocation, Where
from bot.platforms.slack.manners import with_manners
from bot.platforms.slack.members import Members
from bot.platforms.slack.people import People
from bot.platforms.slack.render import Payload
from bot.platforms.slack.replies import render_reply, render_sentence
from bot.platforms.slack.seen import Seen
from bot.ports import Clock

Answer = Callable[[Request], Awaitable[Reply]]
"""Carries out a command."""

HOME = ("deadlines", "feeds")
"""The commands whose answers a person's App Home shows below what they get."""

log = structlog.get_logger(__name__)

_VERDICT_S = 0.7
"""How long the acknowledgement of a window waits for a mistake to show in it; Slack waits for 3 s."""
_ERROR = 1000
_APOLOGIES = {
    "en": "Something went wrong on our side, and it is in the bot's log. Please try again.",
    "es": "Algo falló de nuestro lado y quedó en el registro del bot. Inténtelo de nuevo.",
    "fr": "Une erreur s'est produite de notre côté ; elle est dans le journal. Réessayez.",
}
_OUTSIDE = {
    "en": "You are not in that channel any more, so it is no longer yours to change.",
    "es": "Usted ya no está en ese canal, así que ya no puede cambiarlo.",
    "fr": "Vous n'êtes plus dans ce canal : vous ne pouvez plus le modifier.",
}


class Workspaces(Protocol):
    """What the desk asks of the workspaces: `workplaces.Workplaces`."""

    async def take(self, key: str) -> bool:
        """Take a request; False where any process took it before."""
        ...

    async def leave(self, workspace: str, *, reason: str, told_at: datetime | None) -> None:
        """Delete a workspace's tokens."""
        ...

    async def places(self, workspace: str) -> Sequence[Destination]:
        """Return the workspace's places that subscribed something."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A command's answer; no reply where it failed."""

    payload: Payload
    reply: Reply | None = None

    @property
    def good(self) -> bool:
        return self.reply is not None and self.reply.ok


class SlackDesk:
    """Runs commands in the background and sends each answer to where it was asked.

    `patience` is the most seconds a command may take. Without `workspaces` requests are taken once
    in this process only. `ask_members` has Slack asked whether a person is in the channel.
    """

    def __init__(
        self,
        *,
        api: SlackApi,
        answer: Answer,
        clock: Clock,
        workspaces: Workspaces | None = None,
        ask_members: bool = False,
        patience: float = 60.0,
    ) -> None:
        self._answer = answer
        self._clock = clock
        self._workspaces = workspaces
        self._ask_members = ask_members
        self._patience = patience
        self._people = People(api, clock)
        self._members = Members(api, clock)
        self._history = History(api)
        self._answers = Answers(api)
        self._seen = Seen()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, asked: Invocation | None) -> None:
        """Start on a request, unless it is incomplete or was taken before. Returns at once."""
        if self._is_new(asked) and asked is not None:
            self._start(self._serve(asked))

    async def submit(self, asked: Invocation | None) -> dict[str, str]:
        """Start on a filled-in window; returns what was wrong by block, where that shows at once.

        Empty where all was well, and where it takes longer: then the answer follows in a message.
        """
        if not self._is_new(asked) or asked is None:
            return {}
        verdict: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
        self._start(self._serve(asked, verdict))
        try:
            return await asyncio.wait_for(verdict, _VERDICT_S)
        except TimeoutError:
            return {}

    def leave(self, departure: Departure | None) -> None:
        """Start on what follows when a workspace removes the app. Returns at once."""
        if departure is None or self._workspaces is None:
            return
        if not self._seen.again(departure.key, self._clock.now()):
            self._start(self._see_off(departure, self._workspaces))

    async def close(self, patience: float = 5.0) -> None:
        """Let what was begun end within `patience` seconds; the rest is cancelled."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _is_new(self, asked: Invocation | None) -> bool:
        if asked is None:
            log.info("slack_request_ignored")
            return False
        if self._seen.again(asked.key, self._clock.now()):
            log.info("slack_request_repeated", workspace=asked.workspace)
            return False
        return True

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _see_off(self, departure: Departure, workspaces: Workspaces) -> None:
        try:
            await workspaces.leave(
                departure.workspace, reason=departure.reason, told_at=departure.told_at
            )
        except BotError as error:
            log.error("slack_departure_failed", reason=str(error), workspace=departure.workspace)

    async def _serve(
        self, asked: Invocation, verdict: asyncio.Future[dict[str, str]] | None = None
    ) -> None:
        # side by side: a window must be opened within three seconds
        first, actor = await asyncio.gather(self._first(asked), self._who(asked))
        if not first:
            log.info("slack_request_repeated", workspace=asked.workspace)
            _decide(verdict, {})
            return
        if asked.where is Where.HOME and not asked.text:
            await self._show_home(asked, actor, None)
            return
        if asked.where is Where.HOME and not actor.member:
            said = _Said(payload=render_sentence(_in(_OUTSIDE, actor)))
        else:
            said = await self._say(Request(text=asked.text, actor=actor))
        if not _decide(verdict, _mistakes(asked, said)):
            await self._give(asked, actor, said)

    async def _first(self, asked: Invocation) -> bool:
        """Whether no process took the request before; without a database it is answered anyway."""
        if self._workspaces is None:
            return True
        try:
            return await self._workspaces.take(f"{asked.workspace}:{asked.key}")
        except BotError as error:
            log.warning("slack_request_not_noted", reason=str(error))
            return True

    async def _who(self, asked: Invocation) -> Actor:
        person = await self._people.person(asked.workspace, asked.user)
        return asked.actor(
            admin=person.admin,
            zone=person.zone,
            locale=person.locale,
            called=person.called,
            member=await self._is_member(asked),
        )

    async def _is_member(self, asked: Invocation) -> bool:
        at_home = asked.where is Where.HOME
        if asked.direct or asked.inside or not (at_home or self._ask_members):
            return True
        return asked.channel in await self._members.channels(asked.workspace, asked.user)

    async def _give(self, asked: Invocation, actor: Actor, said: _Said) -> None:
        form = said.reply.form if said.reply is not None else None
        locale = actor.locale or "en"
        # with more words it was done as typed, and the answer says what became of it
        wanted = bool(asked.trigger) and len(asked.text.split()) == 1
        if form is not None and wanted and await self._answers.open(asked, form, locale=locale):
            return
        if asked.where is Where.HOME:
            await self._show_home(asked, actor, said.payload)
        else:
            share = asked.share and said.good
            await self._answers.give(asked, await self._warned(asked, said, locale), share=share)

    async def _warned(self, asked: Invocation, said: _Said, locale: str) -> Payload:
        """The answer; to whoever subscribes a channel with a word where the app cannot read it."""
        reply = said.reply
        if (
            reply is None
            or not reply.ok
            or reply.command != "subscribe"
            or reply.form
            or asked.direct
        ):
            return said.payload
        warning = await self._history.warning(asked.workspace, asked.channel, locale)
        if not warning:
            return said.payload
        section = Section(lines=(Line(text=warning),))
        return render_reply(replace(reply, sections=(*reply.sections, section)))

    async def _show_home(self, asked: Invocation, actor: Actor, top: Payload | None) -> None:
        """Publish the person's Home afresh, with the answer to what they pressed on top."""
        own = replace(actor, channel=actor.user, direct=True, member=True)
        channels = await self._channels(asked, own)
        home = Home(
            own=await self._reply(Request(text="subscriptions", actor=own)),
            channels=[
                (one.channel, await self._reply(Request(text="subscriptions", actor=one)))
                for one in channels
            ],
            rest=[await self._reply(Request(text=one, actor=own)) for one in HOME],
            top=top,
            locale=actor.locale or "en",
        )
        await self._answers.show_home(asked, render_home(home))

    async def _channels(self, asked: Invocation, own: Actor) -> list[Actor]:
        """The person in each of their channels that subscribed something."""
        if self._workspaces is None:
            return []
        try:
            places = await self._workspaces.places(asked.workspace)
        except BotError as error:
            log.warning("slack_places_unknown", reason=str(error))
            return []
        names = [one.address.channel for one in places if one.address.channel != own.user]
        mine = await self._members.channels(asked.workspace, asked.user) if names else frozenset()
        return [replace(own, channel=name, direct=False) for name in names if name in mine]

    async def _reply(self, request: Request) -> Reply:
        """A command's reply for the Home; what fails is a line in its place."""
        said = await self._say(request)
        if said.reply is not None:
            return said.reply
        line = Line(text=_in(_APOLOGIES, request.actor))
        return Reply(command=request.text, ok=False, sections=(Section(lines=(line,)),))

    async def _say(self, request: Request) -> _Said:
        try:
            async with asyncio.timeout(self._patience):
                reply = await self._answer(request)
            reply = with_manners(reply, request.text, request.actor.locale)
            return _Said(payload=render_reply(reply), reply=reply)
        except BotError as error:
            return _Said(payload=render_sentence(str(error)))
        except Exception:  # the one broad catch around a person's request: they get a sentence
            log.exception("slack_command_failed", user=request.actor.name)
            return _Said(payload=render_sentence(_in(_APOLOGIES, request.actor)))


def _decide(verdict: asyncio.Future[dict[str, str]] | None, errors: dict[str, str]) -> bool:
    """Tell the window that waits; True where its errors were shown there and nothing is to follow."""
    if verdict is None or verdict.done():  # it waits no longer: the answer follows in a message
        return False
    verdict.set_result(errors)
    return bool(errors)


def _mistakes(asked: Invocation, said: _Said) -> dict[str, str]:
    """What was wrong in a window, by the block of the field; empty where it is about no field."""
    if said.good or not asked.fields:
        return {}
    text = said.reply.text if said.reply is not None else said.payload.text
    named = said.reply.field if said.reply is not None else ""
    block = forms.odd_field(asked.fields, text, named=named)
    return {block: " ".join(text.split())[:_ERROR]} if block is not None else {}


def _in(sentences: dict[str, str], actor: Actor) -> str:
    return sentences[language_of(actor.locale)]
