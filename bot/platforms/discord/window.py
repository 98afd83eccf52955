"""A form as a message with menus, or as a window, and what a person filled in so far. Pure.

Nothing is remembered in the process: what is chosen stands in the message itself, which comes back
with every press, so that a form goes on after a restart. Ids of its parts:

    form:pick:FIELD:START:COMMAND   a menu of FIELD with its options from START on
    form:page:back|on:PAGE:COMMAND  shows other menus
    form:send:now:PAGE:COMMAND      runs what was filled in
    form:more:now:PAGE:COMMAND      opens a window with the fields to write into
    form:note:now:0:COMMAND         that window, filled in
    form:fill:now:0:COMMAND         a window that holds the whole form

COMMAND is what the form answers, and what is asked again to get it back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.alerts.truncate import units
from bot.commands.exchange import Choice, Field, FieldKind, Form, Option, Reply
from bot.domain.locales import language_of
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import PRIMARY, ROW, RUN, button
from bot.platforms.discord.escape import fit, plain
from bot.platforms.discord.render import Payload, no_mentions
from bot.platforms.discord.replies import reply_embed

FORM = "form:"
_ID = re.compile(
    r"form:(?P<step>pick|page|more|note|send|fill):(?P<name>[\w-]{1,32}):(?P<number>\d{1,4})"
    r":(?P<command>.+)",
    re.ASCII | re.DOTALL,
)
_MENUS = limits.ROWS - 1
"""Menus on one page; the last row holds the buttons."""
_SELECT, _INPUT, _LABEL = 3, 4, 18
_SHORT_INPUT = 1
_WRITTEN = 200
_COMMAND = 48
"""Characters of a command that fit into an id beside the rest; a longer one is its bare verb."""
_VALUES = re.compile(r"`([^`]*)`")
_MORE = {"en": "Write more …", "es": "Escribir más …", "fr": "Écrire plus …"}

Values = Mapping[str, Sequence[str]]
"""What is chosen or written, by the name of the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a press on a part of a form asks, as its id says."""

    step: str
    name: str
    number: int
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Menu:
    """A part of a field's options that fits into one menu."""

    field: Field
    start: int
    options: tuple[Option, ...]
    whole: bool


def step_of(custom_id: str) -> Step | None:
    """Return what the id of a part says; None where it is none of a form's."""
    found = _ID.fullmatch(custom_id)
    if found is None:
        return None
    number = int(found["number"])
    return Step(step=found["step"], name=found["name"], number=number, command=found["command"])


def start_values(form: Form) -> dict[str, list[str]]:
    """Return what is filled in beforehand."""
    return {field.name: list(field.chosen) for field in form.fields if field.chosen}


def values_in(message: Mapping[str, object], form: Form) -> dict[str, list[str]]:
    """Return what a form's message says was filled in so far."""
    embeds = message.get("embeds")
    shown = embeds[0] if isinstance(embeds, list) and embeds else None
    fields = shown.get("fields") if isinstance(shown, dict) else None
    by_label = {_name(field): field.name for field in form.fields}
    found: dict[str, list[str]] = {}
    for one in fields if isinstance(fields, list) else ():
        if isinstance(one, dict) and str(one.get("name")) in by_label:
            said = _VALUES.findall(str(one.get("value")))
            found[by_label[str(one.get("name"))]] = [value for value in said if value]
    return found


def page_in(message: Mapping[str, object]) -> int:
    """Return which page of menus a form's message shows, as the id of its first button says."""
    rows = message.get("components")
    for row in reversed(rows) if isinstance(rows, list) else ():
        for part in _parts([row]):
            step = step_of(str(part.get("custom_id")))
            if step is not None and step.step == "send":
                return step.number
    return 0


def picked(form: Form, step: Step, chosen: Sequence[str], before: Values) -> dict[str, list[str]]:
    """Return the values after a choice in one menu; a field of one option keeps only the new one."""
    after = {name: list(values) for name, values in before.items()}
    menu = next((one for one in _menus(form) if _is(one, step)), None)
    if menu is None:
        return after
    here = [option.value for option in menu.options]
    kept = [value for value in after.get(step.name, ()) if value not in here]
    new = [value for value in here if value in chosen]
    if menu.field.kind is FieldKind.ONE:
        kept, new = ([], new[:1]) if new else (kept, [])
    after[step.name] = [*kept, *new]
    return after


def render_form(
    reply: Reply, form: Form, values: Values, *, command: str, page: int, locale: str
) -> Payload:
    """Return the message: the answer's words, what is chosen so far, menus and buttons."""
    command = _fitting(form, command)
    shown = reply_embed(reply)
    shown["fields"] = _filled(form, values, limits.EMBED_TOTAL - _size(shown))
    menus = _menus(form)
    pages = max(1, -(-len(menus) // _MENUS))
    page = min(max(page, 0), pages - 1)
    rows = [
        {"type": ROW, "components": [_select(menu, values, command)]}
        for menu in menus[page * _MENUS : (page + 1) * _MENUS]
    ]
    buttons = list(_buttons(form, command, (page, pages), locale, reply.actions))
    return no_mentions({"embeds": [shown], "components": [*rows, *buttons]})


def fits_window(form: Form) -> bool:
    """Whether the whole form fits into one window."""
    return 0 < len(form.fields) <= limits.MODAL_PARTS and all(
        field.kind is FieldKind.TEXT or 0 < len(_usable(field)) <= limits.SELECT_OPTIONS
        for field in form.fields
    )


def whole_window(form: Form, command: str) -> Payload:
    """Return the window that holds all fields of a form that fits."""
    command = _fitting(form, command)
    values = start_values(form)
    return _window(form, form.fields, values, _id("fill", command))


def writing_window(form: Form, values: Values, command: str) -> Payload:
    """Return the window with the fields a person writes into: the first five."""
    command = _fitting(form, command)
    return _window(form, _written(form), values, _id("note", command))


def values_from_window(data: Mapping[str, object]) -> dict[str, list[str]]:
    """Return what a filled-in window holds, by the name of the field; empty fields too."""
    found: dict[str, list[str]] = {}
    for part in _parts(data.get("components")):
        name, values, value = part.get("custom_id"), part.get("values"), part.get("value")
        if not isinstance(name, str):
            continue
        if isinstance(values, list):
            found[name] = [one for one in values if isinstance(one, str)]
        else:
            found[name] = [value] if isinstance(value, str) and value.strip() else []
    return found


def _parts(components: object) -> Iterator[Mapping[str, object]]:
    """The fields of a window: each in a label of its own, in older clients in a row."""
    for one in components if isinstance(components, list) else ():
        if not isinstance(one, dict):
            continue
        inside = one.get("component")
        held = [inside] if isinstance(inside, dict) else one.get("components")
        yield from (
            (part for part in held or () if isinstance(part, dict))
            if isinstance(held, list)
            else ()
        )


def _name(field: Field) -> str:
    return fit(field.label, limits.FIELD_NAME) or field.name


def _filled(form: Form, values: Values, room: int) -> list[dict[str, object]]:
    """The fields of the embed that hold what was chosen: `values_in` reads them back."""
    made: list[dict[str, object]] = []
    for field in form.fields:
        said = [_quoted(value) for value in values.get(field.name, ()) if value.strip()]
        text = _joined([one for one in said if one != "``"])
        if not text or units(_name(field)) + units(text) > room or len(made) == limits.FIELDS:
            continue
        room -= units(_name(field)) + units(text)
        made.append({"name": _name(field), "value": text, "inline": False})
    return made


def _quoted(value: str) -> str:
    bare = " ".join(value.replace("`", "'").split())
    return f"`{bare[:_WRITTEN]}`"


def _joined(said: Sequence[str]) -> str:
    kept = ""
    for one in said:
        longer = f"{kept}, {one}" if kept else one
        if units(longer) > limits.FIELD_VALUE:
            break
        kept = longer
    return kept


def _size(shown: Mapping[str, object]) -> int:
    footer = shown.get("footer")
    note = footer.get("text") if isinstance(footer, dict) else ""
    return sum(
        units(str(text or "")) for text in (shown.get("title"), shown.get("description"), note)
    )


def _menus(form: Form) -> list[_Menu]:
    made = []
    for field in form.fields:
        usable = () if field.kind is FieldKind.TEXT else _usable(field)
        for start in range(0, len(usable), limits.SELECT_OPTIONS):
            options = usable[start : start + limits.SELECT_OPTIONS]
            whole = len(usable) <= limits.SELECT_OPTIONS
            made.append(_Menu(field=field, start=start, options=options, whole=whole))
    return made


def _fitting(form: Form, command: str) -> str:
    return command if units(command) <= _COMMAND else form.verb


def _usable(field: Field) -> tuple[Option, ...]:
    """The field's options that Discord takes, each value once."""
    fitting = {
        option.value: option
        for option in field.options
        if 1 <= units(option.value) <= limits.CHOICE_TEXT
        and "`" not in option.value
        and option.value == " ".join(option.value.split())
    }
    return tuple(fitting.values())


def _id(step: str, command: str, page: int = 0) -> str:
    return f"{FORM}{step}:now:{page}:{command}"


def _is(menu: _Menu, step: Step) -> bool:
    return menu.field.name == step.name and menu.start == step.number


def _select(menu: _Menu, values: Values, command: str) -> dict[str, object]:
    """A menu in a message. Nothing need be chosen: a choice can be taken back."""
    custom_id = f"{FORM}pick:{menu.field.name}:{menu.start}:{command}"
    part = "" if menu.whole else f" ({menu.start + 1}–{menu.start + len(menu.options)})"
    hint = plain(menu.field.label, limits.PLACEHOLDER - len(part)) + part
    made = _choosing(menu.field, menu.options, values.get(menu.field.name, ()))
    return {**made, "custom_id": custom_id, "placeholder": hint, "min_values": 0}


def _choosing(field: Field, options: Sequence[Option], chosen: Sequence[str]) -> dict[str, object]:
    made = [
        {
            "label": plain(option.label, limits.CHOICE_TEXT) or option.value,
            "value": option.value,
            "default": option.value in chosen,
        }
        for option in options
    ]
    most = len(made) if field.kind is FieldKind.MANY else 1
    return {"type": _SELECT, "options": made, "max_values": most}


def _buttons(
    form: Form, command: str, place: tuple[int, int], locale: str, actions: Sequence[Choice]
) -> Iterator[dict[str, object]]:
    """The last row: what the form needs, then the answer's own choices while there is room."""
    page, pages = place
    wanted = [button(_id("send", command, page), form.submit or "OK", style=PRIMARY)]
    if _written(form):
        wanted.append(button(_id("more", command, page), _MORE[language_of(locale)]))
    if page > 0:
        wanted.append(button(f"{FORM}page:back:{page - 1}:{command}", "◀"))
    if page < pages - 1:
        wanted.append(button(f"{FORM}page:on:{page + 1}:{command}", "▶"))
    wanted += [button(RUN + action.command, action.label) for action in actions]
    made = {one["custom_id"]: one for one in wanted if one is not None}
    if made:
        yield {"type": ROW, "components": list(made.values())[: limits.BUTTONS_IN_ROW]}


def _written(form: Form) -> tuple[Field, ...]:
    written = [field for field in form.fields if field.kind is FieldKind.TEXT]
    return tuple(written[: limits.MODAL_PARTS])


def _window(form: Form, fields: Sequence[Field], values: Values, custom_id: str) -> Payload:
    return {
        "custom_id": custom_id,
        "title": plain(form.title, limits.MODAL_TITLE) or form.verb,
        "components": [_label(field, values.get(field.name, ())) for field in fields],
    }


def _label(field: Field, chosen: Sequence[str]) -> dict[str, object]:
    part = _input(chosen) if field.kind is FieldKind.TEXT else _window_select(field, chosen)
    made: dict[str, object] = {
        "type": _LABEL,
        "label": plain(field.label, limits.LABEL) or field.name,
        "component": {**part, "custom_id": field.name, "required": field.required},
    }
    note = plain(field.hint, limits.LABEL_NOTE)
    if note:
        made["description"] = note
    return made


def _window_select(field: Field, chosen: Sequence[str]) -> dict[str, object]:
    made = _choosing(field, _usable(field), chosen)
    return {**made, "min_values": 1 if field.required else 0}


def _input(chosen: Sequence[str]) -> dict[str, object]:
    made: dict[str, object] = {"type": _INPUT, "style": _SHORT_INPUT, "max_length": _WRITTEN}
    if chosen and chosen[0].strip():
        made["value"] = chosen[0][:_WRITTEN]
    return made
