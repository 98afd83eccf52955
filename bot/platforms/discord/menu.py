"""The `/usmca` command as Discord shows it: real sub-commands that mirror the common grammar.

One table gives both the payload that is registered and, in `translate.py`, the words that a filled-in
command stands for. Every answer comes from the grammar in `bot.commands`; nothing is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

COMMAND = "usmca"
_SUB_COMMAND, _STRING, _INTEGER = 1, 3, 4
_SPANISH = ("es-ES", "es-419")
Texts = tuple[str, str, str]
"""A text in English, Spanish and French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One field of a sub-command; `words` is how its value is written in the grammar."""

    name: str
    says: Texts
    required: bool = False
    number: bool = False
    suggests: bool = False
    """Whether topics are suggested while a person types."""
    choices: tuple[str, ...] = ()
    words: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCommand:
    """One verb of the grammar."""

    name: str
    says: Texts
    options: tuple[Option, ...] = ()


_TOPIC = Option(name="topic", says=("A topic", "Un tema", "Un sujet"), suggests=True)
_TOPICS = Option(
    name="topics",
    says=(
        "One or several topics, or query: and your words",
        "Uno o varios temas, o query: y sus palabras",
        "Un ou plusieurs sujets, ou query: et vos mots",
    ),
    required=True,
    suggests=True,
)
_STORY = Option(
    name="id",
    says=("Number of the story", "Número de la historia", "Numéro de l'histoire"),
    required=True,
    number=True,
)
_LEVEL = Option(
    name="level",
    says=("How much you want", "Cuánto quiere recibir", "Ce que vous voulez recevoir"),
    choices=("everything", "important", "flash"),
    words="level: {}",
)
_GROUP = Option(
    name="group",
    says=(
        "One message for each story, or for each entry",
        "Un mensaje por historia o por entrada",
        "Un message par histoire ou par entrée",
    ),
    choices=("story", "entry"),
    words="group: {}",
)
_WORDS = Option(
    name="words",
    says=("What to look for", "Qué buscar", "Ce que vous cherchez"),
    required=True,
)
_ABOUT = Option(name="command", says=("A command", "Un comando", "Une commande"))

SUB_COMMANDS: tuple[SubCommand, ...] = (
    SubCommand(
        name="status",
        says=(
            "Where the treaty and its dates stand",
            "Cómo van el tratado y sus fechas",
            "Où en sont le traité et ses dates",
        ),
        options=(_TOPIC,),
    ),
    SubCommand(
        name="latest",
        says=("The newest stories", "Las historias más recientes", "Les dernières histoires"),
        options=(_TOPIC,),
    ),
    SubCommand(
        name="search",
        says=("Search the archive", "Buscar en el archivo", "Chercher dans les archives"),
        options=(_WORDS,),
    ),
    SubCommand(
        name="story",
        says=(
            "One story with its sources",
            "Una historia con sus fuentes",
            "Une histoire et ses sources",
        ),
        options=(_STORY,),
    ),
    SubCommand(
        name="why",
        says=(
            "Why this channel got a story, or did not",
            "Por qué este canal recibió o no una historia",
            "Pourquoi ce salon a reçu ou non une histoire",
        ),
        options=(_STORY,),
    ),
    SubCommand(
        name="deadlines",
        says=("The next deadlines", "Los próximos plazos", "Les prochaines échéances"),
        options=(_TOPIC,),
    ),
    SubCommand(
        name="topics",
        says=("All topics", "Todos los temas", "Tous les sujets"),
    ),
    SubCommand(
        name="subscribe",
        says=(
            "Subscribe this channel, or yourself in a direct message",
            "Suscribir este canal, o a usted en un mensaje directo",
            "Abonner ce salon, ou vous-même en message privé",
        ),
        options=(_TOPICS, _LEVEL, _GROUP),
    ),
    SubCommand(
        name="unsubscribe",
        says=("End subscriptions here", "Terminar suscripciones aquí", "Se désabonner ici"),
        options=(_TOPICS,),
    ),
    SubCommand(
        name="subscriptions",
        says=("What this place gets", "Lo que recibe este lugar", "Ce que reçoit cet endroit"),
    ),
    SubCommand(
        name="pause",
        says=("Send nothing here for now", "No enviar nada aquí por ahora", "Ne rien envoyer ici"),
    ),
    SubCommand(
        name="resume",
        says=("Send again", "Volver a enviar", "Recommencer à envoyer"),
    ),
    SubCommand(
        name="feeds",
        says=("The feeds and how they do", "Las fuentes y su estado", "Les flux et leur état"),
    ),
    SubCommand(
        name="test",
        says=(
            "Post a sample alert here",
            "Publicar aquí una alerta de muestra",
            "Publier ici une alerte d'essai",
        ),
    ),
    SubCommand(
        name="help",
        says=("What you can ask", "Qué puede preguntar", "Ce que vous pouvez demander"),
        options=(_ABOUT,),
    ),
)


def command_payload() -> dict[str, object]:
    """Return the command as it is registered with Discord."""
    says: Texts = (
        "Trade news, tariffs and deadlines around USMCA",
        "Noticias, aranceles y plazos del T-MEC",
        "Nouvelles, droits de douane et échéances de l'ACEUM",
    )
    options = [_sub_command(one) for one in SUB_COMMANDS]
    return {"name": COMMAND, "type": 1, **_described(says), "options": options}


def sub_command(name: str) -> SubCommand | None:
    """Return a sub-command of the table."""
    return next((one for one in SUB_COMMANDS if one.name == name), None)


def _sub_command(one: SubCommand) -> dict[str, object]:
    made: dict[str, object] = {"name": one.name, "type": _SUB_COMMAND, **_described(one.says)}
    if one.options:
        made["options"] = [_option(option) for option in one.options]
    return made


def _option(option: Option) -> dict[str, object]:
    kind = _INTEGER if option.number else _STRING
    made: dict[str, object] = {"name": option.name, "type": kind, **_described(option.says)}
    if option.required:
        made["required"] = True
    if option.suggests:
        made["autocomplete"] = True
    if option.number:
        made["min_value"] = 1
    if option.choices:
        made["choices"] = [{"name": choice, "value": choice} for choice in option.choices]
    return made


def _described(says: Texts) -> Mapping[str, object]:
    english, spanish, french = says
    localised = {**dict.fromkeys(_SPANISH, spanish), "fr": french}
    return {"description": english, "description_localizations": localised}
