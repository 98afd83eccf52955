"""The one translator from a raw interaction to our request; gateway and HTTP both use it. Pure.

A raw interaction is the JSON object Discord sends, by the gateway as INTERACTION_CREATE or by HTTP.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.commands.exchange import Request
from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.errors import InvalidInputError
from bot.platforms.discord.menu import COMMAND, Option, SubCommand, sub_command
from bot.platforms.discord.replies import RUN

Raw = Mapping[str, object]

_PING, _COMMAND, _COMPONENT, _AUTOCOMPLETE = 1, 2, 3, 4
_MANAGERS = (1 << 3) | (1 << 4) | (1 << 5)
"""Administrator, Manage Channels, Manage Server."""
_LONGEST = 2500


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A person types into an option that suggests topics."""

    slip: Slip
    text: str
    several: bool
    """Whether the option takes several topics, separated by commas."""
    locale: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """Something this version does not know: a button or command of another one."""

    slip: Slip


Call = Ping | Asked | Typing | Strange


def translate(raw: Raw) -> Call:
    """Return what the interaction asks. Raises InvalidInputError where it is no interaction."""
    kind = raw.get("type")
    if kind == _PING:
        return Ping()
    slip = _slip(raw)
    data = _object(raw.get("data"))
    if kind == _COMPONENT:
        custom_id = data.get("custom_id")
        if isinstance(custom_id, str) and custom_id.startswith(RUN):
            return _asked(raw, slip, custom_id.removeprefix(RUN))
    found = _sub_command(data) if kind in {_COMMAND, _AUTOCOMPLETE} else None
    if found is None:
        return Strange(slip=slip)
    sub, values = found
    if kind == _AUTOCOMPLETE:
        return _typing(raw, slip, sub, values)
    return _asked(raw, slip, " ".join([sub.name, *_words(sub, values)]))


def _slip(raw: Raw) -> Slip:
    names = [raw.get(name) for name in ("id", "application_id", "token")]
    if not all(isinstance(one, str) and one for one in names):
        raise InvalidInputError("This is no interaction of Discord's.")
    number, application, token = map(str, names)
    return Slip(id=number, application=application, token=token)


def _asked(raw: Raw, slip: Slip, text: str) -> Asked:
    return Asked(slip=slip, request=Request(text=text[:_LONGEST], actor=_actor(raw)))


def _sub_command(data: Raw) -> tuple[SubCommand, list[Raw]] | None:
    """Return the sub-command and the options that were filled in."""
    if data.get("name") != COMMAND:
        return None
    for one in _objects(data.get("options")):
        sub = sub_command(str(one.get("name")))
        if sub is not None:
            return sub, list(_objects(one.get("options")))
    return None


def _words(sub: SubCommand, values: list[Raw]) -> Iterator[str]:
    """The filled-in options as words of the grammar, in the order of the table."""
    filled = {str(one.get("name")): one.get("value") for one in values}
    for option in sub.options:
        value = filled.get(option.name)
        if value is None or isinstance(value, bool):
            continue
        text = " ".join(str(value).split())
        if text:
            yield option.words.format(text)


def _typing(raw: Raw, slip: Slip, sub: SubCommand, values: list[Raw]) -> Call:
    for one in values:
        option = _option(sub, str(one.get("name")))
        if one.get("focused") is True and option is not None and option.suggests:
            return Typing(
                slip=slip,
                text=str(one.get("value") or "")[:_LONGEST],
                several=option.name == "topics",
                locale=_locale(raw),
            )
    return Typing(slip=slip, text="", several=False, locale=_locale(raw))


def _option(sub: SubCommand, name: str) -> Option | None:
    return next((one for one in sub.options if one.name == name), None)


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
        channel=channel,
        direct=not guild,
        admin=_manages(member.get("permissions")),
        locale=_locale(raw),
    )


def _manages(permissions: object) -> bool:
    text = str(permissions or "")
    return text.isascii() and text.isdigit() and bool(int(text[:40]) & _MANAGERS)


def _locale(raw: Raw) -> str | None:
    spoken = str(raw.get("locale") or "")[:2].lower()
    return spoken if spoken in {"en", "es", "fr"} else None


def _object(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> Iterator[Raw]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))
