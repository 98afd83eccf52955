"""What each sub-command of `/usmca` asks, in three languages: one entry for each verb.

To add a verb: one `SubCommand` here, with the fields that have a type of their own
(`menu_options.py`). A verb without an entry is offered with one field for its words.
"""

from dataclasses import dataclass

from bot.platforms.discord.menu_options import (
    COUNTRY,
    DAYS,
    GROUP,
    HOUR,
    LANGS,
    LEVEL,
    LOCALE,
    MENTION,
    ON,
    QUIET,
    REASON,
    REMINDERS,
    SOURCES,
    STORM,
    STORY,
    SWITCHES,
    THE_TOPICS,
    TOPIC,
    TOPICS,
    WHEN,
    WORDS,
    ZONE,
    Option,
    Suggest,
    Texts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubCommand:
    """One verb of the grammar."""

    name: str
    says: Texts
    options: tuple[Option, ...] = ()
    shares: bool = False
    """Whether the answer may be shown to the whole channel."""
    opens: bool = False
    """Whether the verb alone is answered with nothing but a form, which may be a window at once."""
    rare: bool = False
    """Whether it stands in the group of those asked least."""


TABLE: tuple[SubCommand, ...] = (
    SubCommand(
        name="status",
        says=("Where the treaty stands", "Cómo va el tratado", "Où en est le traité"),
        options=(TOPIC,),
        shares=True,
    ),
    SubCommand(
        name="latest",
        says=("The newest stories", "Las historias más recientes", "Les dernières histoires"),
        options=(TOPIC,),
        shares=True,
    ),
    SubCommand(
        name="search",
        says=("Search the archive", "Buscar en el archivo", "Chercher dans les archives"),
        options=(WORDS,),
        shares=True,
    ),
    SubCommand(
        name="story",
        says=(
            "A story with its sources",
            "Una historia con fuentes",
            "Une histoire et ses sources",
        ),
        options=(STORY,),
        shares=True,
    ),
    SubCommand(
        name="why",
        says=(
            "Why a story came, or did not",
            "Por qué llegó o no",
            "Pourquoi elle est venue ou non",
        ),
        options=(STORY,),
        shares=True,
    ),
    SubCommand(
        name="whynot",
        says=(
            "Why an entry did not come",
            "Por qué no llegó",
            "Pourquoi une entrée n'est pas venue",
        ),
        options=(
            Option(
                name="about",
                says=("A story's number or an address", "Número o dirección", "Numéro ou adresse"),
                required=True,
            ),
        ),
        rare=True,
    ),
    SubCommand(
        name="follow",
        says=("A story's updates to yourself", "Novedades para usted", "Les suites pour vous"),
        options=(STORY,),
    ),
    SubCommand(
        name="unfollow",
        says=("End following a story", "Dejar de seguir una historia", "Ne plus suivre"),
        options=(STORY,),
    ),
    SubCommand(
        name="useful",
        says=("This alert was useful", "Esta alerta fue útil", "Cette alerte était utile"),
        options=(STORY, REASON),
    ),
    SubCommand(
        name="noise",
        says=("It should not have come", "No debió llegar", "Elle n'aurait pas dû venir"),
        options=(STORY, REASON),
    ),
    SubCommand(
        name="wrong",
        says=("Something in it is wrong", "Algo en ella está mal", "Elle contient une erreur"),
        options=(STORY, REASON),
        rare=True,
    ),
    SubCommand(
        name="deadlines",
        says=("The next deadlines", "Los próximos plazos", "Les prochaines échéances"),
        options=(TOPIC, COUNTRY, DAYS),
        shares=True,
    ),
    SubCommand(
        name="check",
        says=("Check a story's deadlines", "Revisar los plazos", "Vérifier les échéances"),
        options=(STORY,),
    ),
    SubCommand(
        name="deadline",
        says=("One deadline", "Un plazo", "Une échéance"),
        options=(
            Option(
                name="id",
                says=("Its number or code", "Su número o código", "Son numéro ou son code"),
                required=True,
            ),
            Option(
                name="action",
                says=("What you say of it", "Qué dice usted", "Ce que vous en dites"),
                choices=("confirm", "dismiss", "handled", "reopen"),
            ),
        ),
        rare=True,
    ),
    SubCommand(
        name="tariffs",
        says=("Tariffs in force", "Aranceles vigentes", "Droits de douane en vigueur"),
        options=(
            COUNTRY,
            TOPIC,
            ON,
            Option(
                name="number",
                says=(
                    "One of them, by its number",
                    "Uno, por su número",
                    "Un seul, par son numéro",
                ),
                number=True,
            ),
            Option(
                name="action",
                says=("What you say of it", "Qué dice usted", "Ce que vous en dites"),
                choices=("confirm", "dismiss", "reopen"),
            ),
        ),
        shares=True,
    ),
    SubCommand(
        name="topics",
        says=("All topics", "Todos los temas", "Tous les sujets"),
        shares=True,
    ),
    SubCommand(
        name="subscribe",
        says=("Subscribe this channel", "Suscribir este canal", "Abonner ce salon"),
        options=(
            *(TOPICS, LEVEL, GROUP, WHEN, LANGS, SOURCES),
            *(MENTION, QUIET, ZONE, LOCALE),
        ),
        opens=True,
    ),
    SubCommand(
        name="unsubscribe",
        says=("End subscriptions", "Terminar suscripciones", "Se désabonner"),
        options=(THE_TOPICS,),
    ),
    SubCommand(
        name="subscriptions",
        says=("What this place gets", "Lo que recibe este lugar", "Ce que reçoit cet endroit"),
    ),
    SubCommand(
        name="settings",
        says=("Zone, language, quiet hours", "Zona, idioma, silencio", "Fuseau, langue, silence"),
        options=(ZONE, LOCALE, QUIET, *SWITCHES, STORM, REMINDERS, HOUR),
    ),
    SubCommand(
        name="pause",
        says=("Send nothing here", "No enviar nada aquí", "Ne rien envoyer ici"),
        options=(DAYS,),
    ),
    SubCommand(name="resume", says=("Send again", "Volver a enviar", "Recommencer à envoyer")),
    SubCommand(
        name="mute",
        says=("Hear nothing of a topic", "No oír de un tema", "Ne rien recevoir d'un sujet"),
        options=(TOPICS, DAYS),
    ),
    SubCommand(
        name="unmute",
        says=("Hear of a topic again", "Volver a oír de un tema", "Recevoir un sujet de nouveau"),
        options=(TOPICS,),
    ),
    SubCommand(
        name="feedback",
        says=("What people think of alerts", "Qué opinan de las alertas", "Avis sur les alertes"),
        options=(TOPIC,),
        rare=True,
    ),
    SubCommand(
        name="deliveries",
        says=("What was told here", "Lo que se envió aquí", "Ce qui a été envoyé ici"),
        rare=True,
    ),
    SubCommand(
        name="backtest",
        says=("What a query would have told", "Qué habría avisado", "Ce qu'elle aurait annoncé"),
        options=(WORDS, DAYS),
        rare=True,
    ),
    SubCommand(
        name="feeds",
        says=("The feeds and how they do", "Las fuentes y su estado", "Les flux et leur état"),
        options=(
            Option(
                name="action",
                says=("What to do", "Qué hacer", "Que faire"),
                choices=("list", "show", "check", "add", "remove", "pause", "resume"),
            ),
            Option(
                name="feed",
                says=("A feed, or an address", "Una fuente o dirección", "Un flux ou une adresse"),
                suggests=Suggest.FEED,
            ),
        ),
        shares=True,
    ),
    SubCommand(
        name="test",
        says=("Post a sample alert", "Publicar una muestra", "Publier un essai"),
    ),
    SubCommand(
        name="help",
        says=("What you can ask", "Qué puede preguntar", "Ce que vous pouvez demander"),
        options=(
            Option(
                name="command",
                says=("A command", "Un comando", "Une commande"),
                suggests=Suggest.VERB,
            ),
        ),
    ),
)
