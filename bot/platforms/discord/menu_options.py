"""The fields that sub-commands of `/usmca` have, with their types, suggestions and words."""

from dataclasses import dataclass
from enum import StrEnum

Texts = tuple[str, str, str]
"""A text in English, Spanish and French, at most 100 characters each."""


class Suggest(StrEnum):
    """What is suggested while a person types."""

    NOTHING = "nothing"
    TOPIC = "topic"
    TOPICS = "topics"
    """Several, separated by commas: the last one is completed."""
    STORY = "story"
    FEED = "feed"
    VERB = "verb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One field of a sub-command."""

    name: str
    says: Texts
    required: bool = False
    number: bool = False
    switch: bool = False
    """On or off."""
    mention: bool = False
    """A person or a role, picked from Discord's own list."""
    suggests: Suggest = Suggest.NOTHING
    hints: tuple[str, ...] = ()
    """Examples that are suggested; anything else can be written too."""
    choices: tuple[str, ...] = ()
    """The only values there are."""
    most: int | None = None
    words: str = "{}"
    """How the value is written in the grammar; quoted where it holds blanks after ``name:``."""

    @property
    def completed(self) -> bool:
        """Whether the bot is asked for suggestions."""
        return self.suggests is not Suggest.NOTHING or bool(self.hints)


SHARE = Option(
    name="share",
    says=("Show the answer to everyone here", "Mostrar a todos aquí", "Montrer à tous ici"),
    switch=True,
)

TOPIC = Option(name="topic", says=("A topic", "Un tema", "Un sujet"), suggests=Suggest.TOPIC)
TOPICS = Option(
    name="topics",
    says=("Topics, or query: and words", "Temas, o query: y palabras", "Sujets, ou query: et mots"),
    suggests=Suggest.TOPICS,
)
THE_TOPICS = Option(name="topics", says=TOPICS.says, suggests=Suggest.TOPICS, required=True)
STORY = Option(
    name="id",
    says=("Its number, or words of it", "Su número, o palabras", "Son numéro, ou des mots"),
    required=True,
    number=True,
    suggests=Suggest.STORY,
)
DAYS = Option(
    name="days",
    says=("For so many days", "Por tantos días", "Pour tant de jours"),
    number=True,
    most=3660,
    words="{}d",
)
REASON = Option(name="reason", says=("Why", "Por qué", "Pourquoi"))
LEVEL = Option(
    name="level",
    says=("How much you want", "Cuánto quiere recibir", "Combien vous voulez recevoir"),
    choices=("everything", "important", "flash"),
    words="level: {}",
)
GROUP = Option(
    name="group",
    says=(
        "One message a story, or an entry",
        "Por historia o por entrada",
        "Par histoire ou entrée",
    ),
    choices=("story", "entry"),
    words="group: {}",
)
WHEN = Option(
    name="when",
    says=("At once, or in a digest", "Al momento o en un resumen", "Aussitôt ou en résumé"),
    hints=("instant", "hourly", "daily@08:00", "weekly:mon@08:00"),
    words="when: {}",
)
LANGS = Option(
    name="langs",
    says=("Languages of the entries", "Idiomas de las entradas", "Langues des entrées"),
    hints=("en", "es", "fr", "en,es", "en,fr", "any"),
    words="langs: {}",
)
SOURCES = Option(
    name="sources",
    says=("Sources a story must have", "Fuentes que debe tener", "Sources qu'il faut"),
    number=True,
    most=20,
    words="sources: {}",
)
MENTION = Option(
    name="mention",
    says=("Who is mentioned on an alert", "A quién mencionar", "Qui mentionner"),
    mention=True,
    words="mention: {}",
)
QUIET = Option(
    name="quiet",
    says=("Quiet hours", "Horas de silencio", "Heures de silence"),
    hints=("22:00-07:00", "off"),
    words="quiet: {}",
)
ZONE = Option(
    name="zone",
    says=("Time zone", "Zona horaria", "Fuseau horaire"),
    hints=("America/Mexico_City", "America/New_York", "America/Toronto", "America/Chicago", "UTC"),
    words="zone: {}",
)
LOCALE = Option(
    name="locale",
    says=("Language of my own words", "Idioma de mis palabras", "Langue de mes mots"),
    choices=("en", "es", "fr"),
    words="locale: {}",
)
SWITCHES = (
    Option(
        name="flash",
        says=("Flash in quiet hours too", "Flash también en silencio", "Flash même en silence"),
        switch=True,
        words="flash: {}",
    ),
    Option(
        name="empty",
        says=("Say when there is nothing", "Avisar si no hay nada", "Dire s'il n'y a rien"),
        switch=True,
        words="empty: {}",
    ),
)
STORM = Option(
    name="storm",
    says=("Alerts in 10 min before they fold", "Alertas en 10 min", "Alertes en 10 min"),
    hints=("8", "20", "off"),
    words="storm: {}",
)
REMINDERS = Option(
    name="reminders",
    says=("Days before a deadline", "Días antes de un plazo", "Jours avant une échéance"),
    hints=("14,7,1,0", "7,1", "off"),
    words="reminders: {}",
)
HOUR = Option(
    name="hour",
    says=("When reminders come", "Hora de los avisos", "Heure des rappels"),
    hints=("09:00", "07:30"),
    words="hour: {}",
)
COUNTRY = Option(
    name="country",
    says=("A country", "Un país", "Un pays"),
    hints=("Canada", "Mexico", "US", "China"),
)
ON = Option(
    name="day",
    says=("On a day: 2026-07-01", "En un día: 2026-07-01", "Un jour : 2026-07-01"),
    words="on:{}",
)
WORDS = Option(
    name="words",
    says=("What to look for", "Qué buscar", "Ce que vous cherchez"),
    required=True,
)
