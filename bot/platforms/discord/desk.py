"""Answers interactions, whichever way they came: at once, so that Discord is content, then in full.

    raw -> translate -> the first answer (within 3 seconds) -> the command -> the answer as an edit

The first answer is "thinking …", seen only by the person who asked unless they want to share it; its
text follows within the 15 minutes Discord allows. Suggestions, windows and the answer to a ping go
out at once. Forms are worked on in `filling.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from bot.commands.exchange import Reply, Request
from bot.domain.locales import language_of
from bot.errors import BotError
from bot.platforms.discord import suggest
from bot.platforms.discord.filling import Filled, fill
from bot.platforms.discord.render import Payload
from bot.platforms.discord.replies import render_reply, render_sentence
from bot.platforms.discord.rest import (
    DiscordError,
    DiscordRest,
    NoAnswerError,
    NotReachedError,
    TooSoonError,
)
from bot.platforms.discord.suggest import Suggestions
from bot.platforms.discord.translate import (
    Asked,
    Filling,
    Ping,
    Raw,
    Slip,
    Strange,
    Typing,
    translate,
)
from bot.platforms.discord.window import fits_window, render_form, start_values, whole_window

AnswerTo = Callable[[Request], Awaitable[Reply]]
"""Answers a command."""

_PONG, _MESSAGE, _DEFERRED, _DEFERRED_UPDATE, _SUGGESTIONS, _WINDOW = 1, 4, 5, 6, 8, 9
_EPHEMERAL = 64
_AT_ONCE = 1.8
"""Seconds a form may take to be shown as a window; Discord waits for three."""
_VALID = 840.0
"""Seconds in which an interaction is surely still answerable: its token is good for 15 minutes."""
_PAUSES = (0.5, 2.0, 5.0, 15.0, 30.0, 60.0)
_SORRY = {
    "en": "Something went wrong on my side. It is in my log; please try again.",
    "es": "Algo falló de mi lado. Está en mi registro; inténtelo de nuevo.",
    "fr": "Une erreur est survenue de mon côté. Elle est dans mon journal ; veuillez réessayer.",
}
_STRANGE = "I do not know this button or command any more: try /usmca help."


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The first answer, and what is left to do after it."""

    body: Payload
    rest: Asked | Filling | None = None


class Desk:
    """One for the process; holds no state between interactions."""

    def __init__(
        self,
        *,
        rest: DiscordRest,
        answer: AnswerTo,
        suggestions: Suggestions,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        """`pauses`, in seconds, lie between the tries of an answer that did not get through.

        They are for lost connections: a rate limit says by itself when to come back.
        """
        self._pauses = tuple(pauses)
        self._rest = rest
        self._answer = answer
        self._suggestions = suggestions

    async def first(self, raw: Raw) -> First:
        """Return the first answer. Raises InvalidInputError where `raw` is no interaction."""
        call = translate(raw)
        match call:
            case Ping():
                return First(body={"type": _PONG})
            case Typing():
                choices = await self._choices(call)
                return First(body={"type": _SUGGESTIONS, "data": {"choices": choices}})
            case Strange():
                data = {**render_sentence(_STRANGE), "flags": _EPHEMERAL}
                return First(body={"type": _MESSAGE, "data": data})
            case Filling():
                return await self._first_of_form(call)
            case Asked():
                return await self._first_of_command(call)

    async def send_first(self, raw: Raw, body: Payload) -> bool:
        """Send the first answer by REST; False where Discord did not take it (in time)."""
        path = f"/interactions/{raw['id']}/{raw['token']}/callback"
        try:
            await self._rest.call("POST", path, body=body)
        except DiscordError as error:
            structlog.get_logger().warning("discord_first_answer_lost", error=str(error))
            return False
        return True

    async def follow(self, call: Asked | Filling) -> None:
        """Work the command out and put the answer where "thinking …" (or the form) stands."""
        body = await (self._worked_out(call) if isinstance(call, Asked) else self._filled_in(call))
        await self._edit(call.slip, body)

    async def _edit(self, slip: Slip, body: Payload) -> None:
        path = f"/webhooks/{slip.application}/{slip.token}/messages/@original"
        whole: Payload = {"content": "", "embeds": [], "components": [], **body}
        clock = asyncio.get_running_loop()
        end, pauses = clock.time() + _VALID, iter(self._pauses)
        while True:
            try:
                await self._rest.call("PATCH", path, body=whole)
            except DiscordError as error:
                wait = _wait(error, pauses)
                if wait is None or clock.time() + wait > end:
                    structlog.get_logger().warning("discord_answer_lost", error=str(error))
                    return
                await asyncio.sleep(wait)
            else:
                return

    async def _first_of_command(self, call: Asked) -> First:
        if call.opens:
            body = await self._in_time(self._window(call))
            if body is not None:
                return First(body={"type": _WINDOW, "data": body})
        if call.turns:
            return First(body={"type": _DEFERRED_UPDATE}, rest=call)
        if call.shared:
            return First(body={"type": _DEFERRED}, rest=call)
        return First(body={"type": _DEFERRED, "data": {"flags": _EPHEMERAL}}, rest=call)

    async def _first_of_form(self, call: Filling) -> First:
        """A window must be the first answer; all else changes the form's message a little later."""
        if call.step.step == "more":
            filled = await self._in_time(self._fill(call))
            if isinstance(filled, Filled) and filled.window is not None:
                return First(body={"type": _WINDOW, "data": filled.window})
        if call.step.step == "fill":  # its message, if it has one, is not the form's own
            return First(body={"type": _DEFERRED, "data": {"flags": _EPHEMERAL}}, rest=call)
        return First(body={"type": _DEFERRED_UPDATE}, rest=call)

    async def _in_time(self, work: Awaitable[object]) -> object:
        """The result where it comes in time for a first answer, else None; asking again is harmless."""
        try:
            async with asyncio.timeout(_AT_ONCE):
                return await work
        except TimeoutError:
            return None
        except Exception:  # noqa: BLE001  # asked again after the first answer, and told there
            structlog.get_logger().exception("discord_form_failed")
            return None

    async def _window(self, call: Asked) -> Payload | None:
        reply = await self._answer(call.request)
        form = reply.form
        if form is None or not fits_window(form):
            return None
        return whole_window(form, call.request.text)

    async def _fill(self, call: Filling) -> Filled:
        return await fill(call, self._answer)

    async def _worked_out(self, call: Asked) -> Payload:
        request = call.request
        return await self._told(request.actor.locale, self._shown(request))

    async def _shown(self, request: Request) -> Payload:
        reply = await self._answer(request)
        if reply.form is None:
            return render_reply(reply, request.text)
        return render_form(
            reply,
            reply.form,
            start_values(reply.form),
            command=request.text,
            page=0,
            locale=request.actor.locale or "en",
        )

    async def _filled_in(self, call: Filling) -> Payload:
        return await self._told(call.actor.locale, self._form_message(call))

    async def _form_message(self, call: Filling) -> Payload:
        return (await self._fill(call)).message

    async def _told(self, locale: str | None, work: Awaitable[Payload]) -> Payload:
        """The answer, or a sentence that says why there is none."""
        try:
            return await work
        except BotError as error:
            return render_sentence(str(error))
        except Exception:  # noqa: BLE001  # the person gets a sentence, the log the traceback
            structlog.get_logger().exception("discord_command_failed")
            return render_sentence(_SORRY[language_of(locale)])

    async def _choices(self, typing: Typing) -> list[dict[str, object]]:
        try:
            return await suggest.choices(self._suggestions, typing)
        except Exception:  # noqa: BLE001  # suggestions are a help: the person can go on typing
            structlog.get_logger().exception("discord_suggestions_failed")
            return []


def _wait(error: DiscordError, pauses: Iterator[float]) -> float | None:
    """Seconds before an edit is tried again, which does no harm; None where it is refused."""
    if isinstance(error, TooSoonError):
        return error.retry_after
    if isinstance(error, NoAnswerError | NotReachedError):
        return next(pauses, None)
    return None
