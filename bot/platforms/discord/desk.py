"""Answers interactions, whichever way they came: at once, so that Discord is content, then in full.

    raw -> translate -> the first answer (within 3 seconds) -> the command -> the answer as an edit

The first answer is "thinking …", seen only by the person who asked; its text follows within the 15
minutes Discord allows. Suggestions and the answer to a ping go out at once.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.commands.exchange import Reply, Request
from bot.errors import BotError
from bot.platforms.discord import limits
from bot.platforms.discord.escape import plain
from bot.platforms.discord.render import Payload
from bot.platforms.discord.replies import render_reply, render_sentence
from bot.platforms.discord.rest import DiscordError, DiscordRest
from bot.platforms.discord.translate import Asked, Ping, Raw, Strange, Typing, translate

AnswerTo = Callable[[Request], Awaitable[Reply]]
"""Answers a command."""
Complete = Callable[[str, str | None], Sequence[tuple[str, str]]]
"""Topics for the letters typed so far and a locale, best first: pairs of id and label."""

_PONG, _MESSAGE, _DEFERRED, _SUGGESTIONS = 1, 4, 5, 8
_EPHEMERAL = 64
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
    asked: Asked | None = None


class Desk:
    """One for the process; holds no state between interactions."""

    def __init__(self, *, rest: DiscordRest, answer: AnswerTo, complete: Complete) -> None:
        self._rest = rest
        self._answer = answer
        self._complete = complete

    def first(self, raw: Raw) -> First:
        """Return the first answer. Raises InvalidInputError where `raw` is no interaction."""
        call = translate(raw)
        match call:
            case Ping():
                return First(body={"type": _PONG})
            case Typing():
                choices = self._choices(call)
                return First(body={"type": _SUGGESTIONS, "data": {"choices": choices}})
            case Strange():
                data = {**render_sentence(_STRANGE), "flags": _EPHEMERAL}
                return First(body={"type": _MESSAGE, "data": data})
            case Asked():
                body: Payload = {"type": _DEFERRED, "data": {"flags": _EPHEMERAL}}
                return First(body=body, asked=call)

    async def send_first(self, raw: Raw, body: Payload) -> bool:
        """Send the first answer by REST; False where Discord did not take it (in time)."""
        path = f"/interactions/{raw['id']}/{raw['token']}/callback"
        try:
            await self._rest.call("POST", path, body=body)
        except DiscordError as error:
            structlog.get_logger().warning("discord_first_answer_lost", error=str(error))
            return False
        return True

    async def follow(self, asked: Asked) -> None:
        """Work the command out and put the answer where "thinking …" stands."""
        body = await self._worked_out(asked.request)
        path = f"/webhooks/{asked.slip.application}/{asked.slip.token}/messages/@original"
        try:
            await self._rest.call("PATCH", path, body=body)
        except DiscordError as error:
            structlog.get_logger().warning("discord_answer_lost", error=str(error))

    async def _worked_out(self, request: Request) -> Payload:
        try:
            return render_reply(await self._answer(request))
        except BotError as error:
            return render_sentence(str(error))
        except Exception:  # noqa: BLE001  # the person gets a sentence, the log the traceback
            structlog.get_logger().exception("discord_command_failed")
            return render_sentence(_SORRY[request.actor.locale or "en"])

    def _choices(self, typing: Typing) -> list[dict[str, str]]:
        """Suggestions for the last of the topics typed; those before it are kept as they stand."""
        before, comma, last = (
            typing.text.rpartition(",") if typing.several else ("", "", typing.text)
        )
        kept = " ".join(f"{before}{comma}".split())
        made = []
        for topic, label in self._complete(last.strip(), typing.locale):
            value = f"{kept} {topic}".strip()
            name = plain(f"{kept} {label}".strip(), limits.CHOICE_TEXT)
            if name and len(value) <= limits.CHOICE_TEXT:
                made.append({"name": name, "value": value})
        return made[: limits.CHOICES]
