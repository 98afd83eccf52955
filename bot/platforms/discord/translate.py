"""The one translator from a raw interaction to our request; gateway and HTTP both use it. Pure.

A raw interaction is the JSON object Discord sends, by the gateway as INTERACTION_CREATE or by HTTP.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.commands.exchange import Request
from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.locales import known_locale
from bot.errors import InvalidInputError
from bot.platforms.discord.buttons import RUN, TURN
from bot.platforms.discord.channels import PERSON
from bot.platforms.discord.menu import COMMAND, opens_form, sub_command
from bot.platforms.discord.menu_options import SHARE, Option
from bot.platforms.discord.menu_table import SubCommand
from bot.platforms.discord.replies import SAME, asked_in
from bot.platforms.discord.window import Step, step_of, values_from_window

Raw = Mapping[str, object]

_PING, _COMMAND, _COMPONENT, _AUTOCOMPLETE, _WINDOW = 1, 2, 3, 4, 5
_MANAGERS = (1 << 3) | (1 << 4) | (1 << 5)
"""Administrator, Manage Channels, Manage Server."""
_EPHEMERAL = 1 << 6
_LONGEST = 2500
_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """Discord checks that somebody answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Where the answer to an interaction goes."""

    id: str
    application: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command, typed or behind a button."""

    slip: Slip
    request: Request
    shared: bool = False
    """Whether everybody in the channel may see the answer."""
    turns: bool = False
    """Whether the answer takes the place of the message the button stands on."""
    opens: bool = False
    """Whether the answer is a form, which may be shown as a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A press on a part of a form, or a window sent."""

    slip: Slip
    actor: Actor
    step: Step
    chosen: tuple[str, ...] = ()
    """What was chosen in a menu."""
    written: Mapping[str, list[str]]
    """What a window held, by the name of the field."""
    message: Raw
    """The message the form stands in; empty for a window without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A person types into an option that has suggestions."""

    slip: Slip
    actor: Actor
    option: Option | None
    """None where nothing is suggested."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """Something this version does not know: a button or command of another one."""

    slip: Slip


Call = Ping | Asked | Filling | Typing | Strange


def translate(raw: Raw) -> Call:
    """Return what the interaction asks. Raises InvalidInputError where it is no interaction."""
    kind = raw.get("type")
    if not isinstance(kind, int) or isinstance(kind, bool):
        raise InvalidInputError("This is no interaction of Discord's.")
    if kind == _PING:
        return Ping()
    slip = _slip(raw)
    data = _object(raw.get("data"))
    if kind in {_COMPONENT, _WINDOW}:
        return _pressed(raw, slip, data)
    found = _sub_command(data) if kind in {_COMMAND, _AUTOCOMPLETE} else None
    if found is None:
        return Strange(slip=slip)
    sub, values = found
    if kind == _AUTOCOMPLETE:
        return _typing(raw, slip, sub, values)
    words = list(_words(sub, values, data))
    text = " ".join([sub.name, *words])
    shared = sub.shares and any(
        one.get("name") == SHARE.name and one.get("value") is True for one in values
    )
    return Asked(
        slip=slip, request=_request(raw, text), shared=shared, opens=sub.opens and not words
    )


def _slip(raw: Raw) -> Slip:
    names = [raw.get(name) for name in ("id", "application_id", "token")]
    if not all(isinstance(one, str) and one for one in names):
        raise InvalidInputError("This is no interaction of Discord's.")
    number, application, token = map(str, names)
    return Slip(id=number, application=application, token=token)


def _pressed(raw: Raw, slip: Slip, data: Raw) -> Call:
    custom_id = data.get("custom_id")
    if not isinstance(custom_id, str):
        return Strange(slip=slip)
    step = step_of(custom_id)
    message = _object(raw.get("message"))
    if step is not None:
        values = data.get("values")
        return Filling(
            slip=slip,
            actor=_actor(raw),
            step=step,
            chosen=tuple(one for one in values if isinstance(one, str))
            if isinstance(values, list)
            else (),
            written=values_from_window(data),
            message=message,
        )
    for mark in (RUN, TURN):
        if custom_id.startswith(mark) and raw.get("type") == _COMPONENT:
            text = _command(custom_id.removeprefix(mark), message)
            if text is None:
                break
            turns = mark == TURN and _is_ephemeral(message)
            request = _request(raw, text)
            return Asked(slip=slip, request=request, turns=turns, opens=opens_form(text))
    return Strange(slip=slip)


def _command(text: str, message: Raw) -> str | None:
    """The command of a button: its own, or another page of the one that the message names."""
    if not text.startswith(SAME):
        return text
    asked, page = asked_in(message), text.removeprefix(SAME)
    return f"{asked} page:{page}" if asked and page.isascii() and page.isdigit() else None


def _is_ephemeral(message: Raw) -> bool:
    """Whether only the person who presses sees the message: nobody else's page is turned."""
    flags = message.get("flags")
    return isinstance(flags, int) and bool(flags & _EPHEMERAL)


def _request(raw: Raw, text: str) -> Request:
    return Request(text=text[:_LONGEST], actor=_actor(raw))


def _sub_command(data: Raw) -> tuple[SubCommand, list[Raw]] | None:
    """Return the sub-command, in the group of the rare ones or not, and its filled-in options."""
    if data.get("name") != COMMAND:
        return None
    for one in _objects(data.get("options")):
        for name, options in _named(one):
            sub = sub_command(name)
            if sub is not None:
                return sub, list(_objects(options))
    return None


def _named(one: Raw) -> Iterator[tuple[str, object]]:
    yield str(one.get("name")), one.get("options")
    for inside in _objects(one.get("options")):
        if "options" in inside or inside.get("type") == 1:
            yield str(inside.get("name")), inside.get("options")


def _words(sub: SubCommand, values: list[Raw], data: Raw) -> Iterator[str]:
    """The filled-in options as words of the grammar, in the order of the table."""
    filled = {str(one.get("name")): one.get("value") for one in values}
    for option in sub.options:
        text = _said(option, filled.get(option.name), data)
        if text:
            yield option.words.format(text)


def _said(option: Option, value: object, data: Raw) -> str:
    if isinstance(value, bool):
        return ("on" if value else "off") if option.switch else ""
    if value is None:
        return ""
    text = " ".join(str(value).split())
    if option.mention:
        return _mention(text, data)
    if ":" in option.words and " " in text and not option.number:
        return '"' + text.replace('"', "'") + '"'
    return text


def _mention(number: str, data: Raw) -> str:
    """A person or a role as Discord writes them in a message; the interaction says which it is."""
    if not (number.isascii() and number.isdigit()):
        return ""
    roles = _object(_object(data.get("resolved")).get("roles"))
    return f"<@&{number}>" if number in roles else f"<@{number}>"


def _typing(raw: Raw, slip: Slip, sub: SubCommand, values: list[Raw]) -> Call:
    for one in values:
        option = next((each for each in sub.options if each.name == one.get("name")), None)
        if one.get("focused") is True and option is not None and option.completed:
            text = str(one.get("value") if one.get("value") is not None else "")
            return Typing(slip=slip, actor=_actor(raw), option=option, text=text[:_LONGEST])
    return Typing(slip=slip, actor=_actor(raw), option=None, text="")


def _actor(raw: Raw) -> Actor:
    member = _object(raw.get("member"))
    user = _object(member.get("user")) or _object(raw.get("user"))
    guild = raw.get("guild_id")
    channel = raw.get("channel_id") or _object(raw.get("channel")).get("id")
    person = user.get("id")
    if not isinstance(person, str) or not isinstance(channel, str):
        raise InvalidInputError("Discord did not say who asks, or where.")
    return Actor(
        platform=PlatformName.DISCORD,
        workspace=guild if isinstance(guild, str) else "",
        user=person,
        channel=channel if guild else f"{PERSON}{person}",
        direct=not guild,
        admin=_manages(member.get("permissions")),
        locale=_locale(raw),
        called=_called(member, user),
    )


def _called(member: Raw, user: Raw) -> str:
    """What people see: the name in this server, the person's own, the account's."""
    names = (member.get("nick"), user.get("global_name"), user.get("username"))
    return next((name[:_NAME] for name in names if isinstance(name, str) and name), "")


def _manages(permissions: object) -> bool:
    text = str(permissions or "")
    return text.isascii() and text.isdigit() and bool(int(text[:40]) & _MANAGERS)


def _locale(raw: Raw) -> str | None:
    return known_locale(str(raw.get("locale") or ""))


def _object(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> Iterator[Raw]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))
