"""A form as one of Slack's windows (a modal view), and what a person filled in. Pure.

Nothing is remembered between the two: the window carries the names of its fields in its block ids,
and where it was opened in its private metadata. Sources of shapes and limits: "Modals", "Input
block" and "Select menu" at docs.slack.dev.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.commands.exchange import Field, FieldKind, Form, Option
from bot.commands.form import command_of
from bot.domain.locales import language_of
from bot.platforms.slack import limits
from bot.platforms.slack.escape import plain, short
from bot.platforms.slack.limits import Block

FORM = "form:"
"""Callback ids of our windows begin with this; the verb follows."""
_ANSWER = "answer"
_CLOSE = {"en": "Cancel", "es": "Cancelar", "fr": "Annuler"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a window was opened: what it does is done there."""

    channel: str = ""
    direct: bool = False
    home: bool = False
    inside: bool = False

    def as_metadata(self) -> str:
        """Return it for the window's private metadata: ids, no secrets."""
        said = {"channel": self.channel, "direct": self.direct, "home": self.home}
        return json.dumps({**said, "inside": self.inside}, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A field as it was filled in; `block_id` is where Slack shows an error."""

    block_id: str
    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A window that was sent."""

    command: str
    place: Place
    fields: tuple[Filled, ...]


def window(form: Form, place: Place, *, locale: str) -> dict[str, object]:
    """Return the view for views.open; what is over Slack's limits is shortened or left out."""
    return {
        "type": "modal",
        "callback_id": f"{FORM}{form.verb}",
        "title": _text(form.title, limits.VIEW_TITLE),
        "submit": _text(form.submit, limits.VIEW_TITLE),
        "close": _text(_CLOSE[language_of(locale)], limits.VIEW_TITLE),
        "private_metadata": place.as_metadata(),
        "blocks": [
            block
            for number, field in enumerate(form.fields[: limits.VIEW_BLOCKS])
            if (block := _input(number, field)) is not None
        ],
    }


def read(view: Mapping[str, Any]) -> Submission | None:
    """Return what a window of ours held; None for another's, or one that makes no sense."""
    callback, place = view.get("callback_id"), _place(view.get("private_metadata"))
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(callback, str) or not callback.startswith(FORM) or place is None:
        return None
    if not isinstance(values, Mapping):
        return None
    filled = sorted(_filled(values), key=lambda one: int(one.block_id.partition("|")[0]))
    fields = tuple(one.field for one in filled)
    if not fields:
        return None
    form = Form(verb=callback.removeprefix(FORM), title="", submit="", fields=fields)
    command = command_of(form, {one.field.name: one.values for one in filled})
    return Submission(command=command, place=place, fields=tuple(filled))


def odd_field(fields: Sequence[Filled], said: str, *, named: str = "") -> str | None:
    """Return the block of the field that a refusal is about, None where it is about none.

    `named` is the field the refusal names; where it names none, it is the written field whose
    words the refusal repeats.
    """
    for one in fields:
        if named and one.field.name == named:
            return one.block_id
    for one in fields:
        written = " ".join(one.values).strip().casefold()
        if one.field.kind is FieldKind.TEXT and written and written in said.casefold():
            return one.block_id
    return None


def _input(number: int, field: Field) -> Block | None:
    element = _element(field)
    if element is None:
        return None
    made: dict[str, object] = {
        "type": "input",
        "block_id": f"{number}|{field.kind}|{field.name}",
        "label": _text(field.label, limits.INPUT_LABEL),
        "optional": not field.required,
        "element": element,
    }
    if plain(field.hint):
        made["hint"] = _text(field.hint, limits.INPUT_LABEL)
    return made


def _element(field: Field) -> dict[str, object] | None:
    if field.kind is FieldKind.TEXT:
        written = short(field.chosen[0], limits.INPUT_TEXT) if field.chosen else ""
        element: dict[str, object] = {
            "type": "plain_text_input",
            "action_id": _ANSWER,
            "max_length": limits.INPUT_TEXT,
        }
        return element | ({"initial_value": written} if written else {})
    options = _options(field.options)
    if not options:
        return None
    many = field.kind is FieldKind.MANY
    element = {
        "type": "multi_static_select" if many else "static_select",
        "action_id": _ANSWER,
        **_grouped(options),
    }
    chosen = [one for one in options if one["value"] in field.chosen]
    if many and chosen:
        element["initial_options"] = chosen[: limits.SELECT_OPTIONS]
    elif chosen:
        element["initial_option"] = chosen[0]
    return element


def _options(given: Sequence[Option]) -> list[dict[str, Any]]:
    """Each value once; one that Slack would not take whole could not be understood later."""
    found = {
        one.value: {"text": _text(one.label, limits.OPTION_TEXT), "value": one.value}
        for one in given
        if 0 < len(one.value) <= limits.OPTION_VALUE
    }
    return list(found.values())[: limits.SELECT_OPTIONS * limits.SELECT_GROUPS]


def _grouped(options: list[dict[str, Any]]) -> dict[str, object]:
    """A hundred options stand by themselves; more are split into groups named by their ends."""
    if len(options) <= limits.SELECT_OPTIONS:
        return {"options": options}
    groups = [
        {"label": _text(_span(group), limits.OPTION_TEXT), "options": list(group)}
        for group in _batches(options, limits.SELECT_OPTIONS)
    ]
    return {"option_groups": groups}


def _span(group: Sequence[Mapping[str, Any]]) -> str:
    first, last = (short(str(one["text"]["text"]), 30) for one in (group[0], group[-1]))
    return f"{first} – {last}"


def _batches(options: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(options), size):
        yield options[start : start + size]


def _filled(values: Mapping[str, Any]) -> Iterator[Filled]:
    for block_id, answers in values.items():
        number, _, rest = str(block_id).partition("|")
        kind, _, name = rest.partition("|")
        if not number.isdecimal() or kind not in set(FieldKind) or not name:
            continue
        answer = answers.get(_ANSWER) if isinstance(answers, Mapping) else None
        field = Field(name=name, label="", kind=FieldKind(kind))
        said = tuple(_said(answer)) if isinstance(answer, Mapping) else ()
        yield Filled(block_id=str(block_id), field=field, values=said)


def _said(answer: Mapping[str, Any]) -> Iterator[str]:
    several = answer.get("selected_options")
    chosen = several if isinstance(several, list) else [answer.get("selected_option")]
    for one in chosen:
        value = one.get("value") if isinstance(one, Mapping) else None
        if isinstance(value, str):
            yield value
    written = answer.get("value")
    if isinstance(written, str):
        yield written


def _place(metadata: object) -> Place | None:
    try:
        said = json.loads(metadata) if isinstance(metadata, str) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("channel"), str):
        return None
    flags = {name: said.get(name) is True for name in ("direct", "home", "inside")}
    return Place(channel=said["channel"], **flags)


def _text(text: str, limit: int) -> dict[str, object]:
    return {"type": "plain_text", "text": short(text, limit) or "…", "emoji": False}
