"""The `/usmca` command as Discord shows it: real sub-commands that mirror the common grammar.

One table (`menu_table.py`) gives both the payload that is registered and, in `translate.py`, the words
that a filled-in command stands for. A verb that the table does not know yet is offered all the same,
with one field for its words. Every answer comes from the grammar in `bot.commands`; nothing is
decided here.

Discord shows at most 25 sub-commands: those asked least stand in the group `more`.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from bot.commands.verbs import Verb
from bot.commands.words import words
from bot.platforms.discord.limits import CHOICES
from bot.platforms.discord.menu_options import SHARE, Option, Texts
from bot.platforms.discord.menu_table import TABLE, SubCommand

COMMAND = "usmca"
GROUP = "more"
_SUB_COMMAND, _SUB_COMMAND_GROUP = 1, 2
_STRING, _INTEGER, _BOOLEAN, _MENTIONABLE = 3, 4, 5, 9
_SPANISH = ("es-ES", "es-419")
_SAYS: Texts = (
    "Trade news, tariffs and deadlines around USMCA",
    "Noticias, aranceles y plazos del T-MEC",
    "Nouvelles, droits de douane et échéances de l'ACEUM",
)
_GROUP_SAYS: Texts = ("More commands", "Más comandos", "Plus de commandes")
_GROUP_NAMES = ("más", "plus")
_WORDS_SAYS: Texts = ("The rest of the command", "El resto del comando", "Le reste de la commande")


@cache
def sub_commands() -> tuple[SubCommand, ...]:
    """Return every verb of the grammar as a sub-command, in the order of the help."""
    known = {one.name: one for one in TABLE}
    return tuple(known.get(str(verb)) or unknown(verb) for verb in Verb)


def sub_command(name: str) -> SubCommand | None:
    """Return a sub-command by its name."""
    return next((one for one in sub_commands() if one.name == name), None)


def opens_form(words: str) -> bool:
    """Whether the words after `/usmca` are a bare verb that is answered with a form."""
    found = sub_command(words.strip())
    return found is not None and found.opens


def command_payload() -> dict[str, object]:
    """Return the command as it is registered with Discord."""
    front, rare = split(sub_commands())
    options = [_sub_command(one) for one in front]
    if rare:
        inside = [_sub_command(one) for one in rare]
        names = {"name": GROUP, "name_localizations": _localised(*_GROUP_NAMES)}
        group = {**names, "type": _SUB_COMMAND_GROUP, **_described(_GROUP_SAYS)}
        options.append({**group, "options": inside})
    return {"name": COMMAND, "type": 1, **_described(_SAYS), "options": options}


def split(all_of_them: Iterable[SubCommand]) -> tuple[list[SubCommand], list[SubCommand]]:
    """Return what stands in front, and what stands in the group: the rare ones, and the rest."""
    front: list[SubCommand] = []
    rare: list[SubCommand] = []
    for one in all_of_them:
        (rare if one.rare or len(front) == CHOICES - 1 else front).append(one)
    return front, rare


def unknown(verb: Verb) -> SubCommand:
    """Return the sub-command of a verb that the table does not know: one field for its words."""
    said = f"/{COMMAND} {verb}"
    field = Option(name="words", says=_WORDS_SAYS)
    return SubCommand(name=str(verb), says=(said, said, said), options=(field,), rare=True)


def _sub_command(one: SubCommand) -> dict[str, object]:
    names = {"name": one.name, "name_localizations": _names(one.name)}
    made: dict[str, object] = {**names, "type": _SUB_COMMAND, **_described(one.says)}
    options = [_option(option) for option in one.options]
    if one.shares:
        options.append(_option(SHARE))
    if options:
        made["options"] = options
    return made


def _option(option: Option) -> dict[str, object]:
    made: dict[str, object] = {
        "name": option.name,
        "type": _kind(option),
        **_described(option.says),
    }
    if option.required:
        made["required"] = True
    if option.completed:
        made["autocomplete"] = True
    if option.number:
        made["min_value"] = 1
    if option.most is not None:
        made["max_value"] = option.most
    if option.choices:
        made["choices"] = [{"name": choice, "value": choice} for choice in option.choices]
    return made


def _kind(option: Option) -> int:
    if option.mention:
        return _MENTIONABLE
    if option.switch:
        return _BOOLEAN
    return _INTEGER if option.number else _STRING


def _described(says: Texts) -> Mapping[str, object]:
    english, spanish, french = says
    return {"description": english, "description_localizations": _localised(spanish, french)}


def _localised(spanish: str, french: str) -> dict[str, str]:
    return {**dict.fromkeys(_SPANISH, spanish), "fr": french}


def _names(verb: str) -> dict[str, str]:
    """Return what the help calls a verb in each language; what Discord sends back is the English name."""
    spanish, french = (
        words(locale).help.name(Verb(verb)).replace(" ", "-") for locale in ("es", "fr")
    )
    return _localised(spanish, french)
