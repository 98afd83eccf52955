"""One step of filling in a form: what was chosen or written so far, and what is shown next.

The form itself is asked for anew at every step, so that nothing has to be kept; asking for it only
reads. Sent, it becomes a command of the common grammar and is run as if it had been typed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.exchange import Form, Reply, Request
from bot.commands.form import command_of
from bot.platforms.discord.render import Payload
from bot.platforms.discord.replies import render_reply
from bot.platforms.discord.translate import Filling
from bot.platforms.discord.window import (
    Values,
    page_in,
    picked,
    render_form,
    start_values,
    values_in,
    writing_window,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a step leads to: the message to show, and a window where one is asked for."""

    message: Payload
    window: Payload | None = None


async def fill(call: Filling, answer: Callable[[Request], Awaitable[Reply]]) -> Filled:
    """Return what to show after this step."""
    step, actor = call.step, call.actor
    reply = await answer(Request(text=step.command, actor=actor))
    form = reply.form
    if form is None:  # the command is answered otherwise by now: the form was of another version
        return Filled(message=render_reply(reply, step.command))
    values = _values(call, form)
    if step.step in {"send", "fill"}:
        text = command_of(form, values)
        done = await answer(Request(text=text, actor=actor))
        if done.form is None:
            return Filled(message=render_reply(done, text))
        reply = done
    page = step.number if step.step == "page" else page_in(call.message)
    locale = actor.locale or "en"
    message = render_form(reply, form, values, command=step.command, page=page, locale=locale)
    window = writing_window(form, values, step.command) if step.step == "more" else None
    return Filled(message=message, window=window)


def _values(call: Filling, form: Form) -> Values:
    """What is filled in after this step."""
    known = {field.name for field in form.fields}
    written = {name: said for name, said in call.written.items() if name in known}
    if call.step.step == "fill":
        return written
    values = values_in(call.message, form) if call.message else start_values(form)
    if call.step.step == "pick":
        return picked(form, call.step, call.chosen, values)
    return {**values, **written} if call.step.step == "note" else values
