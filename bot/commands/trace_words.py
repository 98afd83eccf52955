"""What is said about why a place was told or not, and about what it was told, in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.mark_wording import HelpPart
from bot.commands.verbs import Verb
from bot.domain.alert import DeliveryKind
from bot.domain.digest import QUIET, STORM
from bot.domain.trace import Stop
from bot.services.why_not import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceWords:
    """The answers to ``why not`` and ``deliveries``."""

    why_not: str
    told_after_all: str
    causes: Mapping[Cause, str]
    stops: Mapping[Stop, str]
    gatherings: Mapping[str, str]
    """What a story waits for; the digest's is under an empty key."""
    near_misses: Mapping[str, str]
    """By how a reason begins: ``mask``, ``veto``, ``no context``, ``case``."""
    deliveries: str
    no_deliveries: str
    kinds: Mapping[DeliveryKind, str]
    attempts: str
    notice: str
    older: str


ENGLISH = TraceWords(
    why_not="Why this did not come here",
    told_after_all="It did come here",
    causes={
        Cause.TOLD: "It was told here {when}, because of: {text}",
        Cause.WAITING: "It is on its way, due {when}. {text}",
        Cause.GIVEN_UP: "It could not be delivered: {text}",
        Cause.GATHERED: "It waits to be told together with others ({text}), {when}",
        Cause.GATHERED_TOLD: "It was told together with others ({text})",
        Cause.STOPPED: "{stop}",
        Cause.NOT_YET: "It was found just now: who gets it is being worked out.",
        Cause.HELD: "It came with a feed's first poll or a flood of entries: those are stored, not told.",
        Cause.MORE_OF_STORY: "It is one more report of story {story}: {detail}. No message of its own.",
        Cause.NEAR_MISS: "“{detail}” was there for {topics} and did not count: {text}",
        Cause.NO_TOPIC: "It is on none of the topics.",
        Cause.OTHER_TOPICS: "It is on {topics}; nothing here asks for that.",
        Cause.QUERY: "It did not match {text}",
        Cause.LATER: "{text} was subscribed here only {when}, after it had come.",
        Cause.NOTHING_ASKED: "Nothing is subscribed here.",
        Cause.PAUSED: "This place is paused ({text}).",
        Cause.BROKEN: "The platform refuses what is sent here: {text}",
        Cause.UNKNOWN: "No feed has brought this address.",
        Cause.FEED: "Of this site there is the feed {feed}: {text}",
        Cause.NO_FEED: "No feed is of {text}.",
    },
    stops={
        Stop.HELD: "{wish}: held back by the first-poll or flood limit, or an edit of an old entry",
        Stop.NOTHING_NEW: "{wish}: it brought nothing that its story had not told already",
        Stop.MUTED: "{wish}: {detail} was muted here",
        Stop.LANGUAGE: "{wish}: asks only for {detail}",
        Stop.SOURCES: "{wish}: waits for {detail} sources",
        Stop.LEVEL: "{wish}: the level here was {detail}",
    },
    gatherings={"": "digest {name}", QUIET: "quiet hours", STORM: "a bulletin"},
    near_misses={
        "mask": "it stands in “{phrase}”",
        "veto": "the text also says “{phrase}”",
        "no context": "nothing around it says that it is about trade",
        "case": "it is written in another case",
    },
    deliveries="What was sent here",
    no_deliveries="Nothing was sent here yet.",
    kinds={
        DeliveryKind.POST: "message",
        DeliveryKind.EDIT: "brought up to date",
        DeliveryKind.REPLY: "update",
        DeliveryKind.NOTICE: "notice",
    },
    attempts="{n} tries",
    notice="The bot's own words",
    older="Older",
)

SPANISH = TraceWords(
    why_not="Por qué esto no llegó aquí",
    told_after_all="Sí llegó aquí",
    causes={
        Cause.TOLD: "Se avisó aquí {when}, por: {text}",
        Cause.WAITING: "Está en camino, para {when}. {text}",
        Cause.GIVEN_UP: "No se pudo entregar: {text}",
        Cause.GATHERED: "Espera para enviarse junto con otras ({text}), {when}",
        Cause.GATHERED_TOLD: "Se avisó junto con otras ({text})",
        Cause.STOPPED: "{stop}",
        Cause.NOT_YET: "Acaba de encontrarse: se está viendo a quién le llega.",
        Cause.HELD: "Vino con la primera lectura de una fuente o en una avalancha: se guarda, no se avisa.",
        Cause.MORE_OF_STORY: "Es un informe más de la historia {story}: {detail}. Sin mensaje propio.",
        Cause.NEAR_MISS: "«{detail}» aparecía para {topics} y no contó: {text}",
        Cause.NO_TOPIC: "No trata ninguno de los temas.",
        Cause.OTHER_TOPICS: "Trata {topics}; aquí nadie lo pide.",
        Cause.QUERY: "No coincidió con {text}",
        Cause.LATER: "{text} se suscribió aquí apenas {when}, cuando ya había llegado.",
        Cause.NOTHING_ASKED: "Aquí no hay ninguna suscripción.",
        Cause.PAUSED: "Este lugar está en pausa ({text}).",
        Cause.BROKEN: "La plataforma rechaza lo que se envía aquí: {text}",
        Cause.UNKNOWN: "Ninguna fuente ha traído esta dirección.",
        Cause.FEED: "De este sitio está la fuente {feed}: {text}",
        Cause.NO_FEED: "Ninguna de las fuentes es de {text}.",
    },
    stops={
        Stop.HELD: "{wish}: retenida por el límite de primera lectura o de avalancha, o edición de una entrada vieja",
        Stop.NOTHING_NEW: "{wish}: no trajo nada que su historia no hubiera dicho ya",
        Stop.MUTED: "{wish}: {detail} estaba silenciado aquí",
        Stop.LANGUAGE: "{wish}: solo pide {detail}",
        Stop.SOURCES: "{wish}: espera {detail} fuentes",
        Stop.LEVEL: "{wish}: el nivel aquí era {detail}",
    },
    gatherings={"": "resumen {name}", QUIET: "horas de silencio", STORM: "un boletín"},
    near_misses={
        "mask": "está dentro de «{phrase}»",
        "veto": "el texto también dice «{phrase}»",
        "no context": "nada alrededor dice que se trate de comercio",
        "case": "está escrito con otras mayúsculas",
    },
    deliveries="Lo que se envió aquí",
    no_deliveries="Todavía no se ha enviado nada aquí.",
    kinds={
        DeliveryKind.POST: "mensaje",
        DeliveryKind.EDIT: "puesto al día",
        DeliveryKind.REPLY: "novedad",
        DeliveryKind.NOTICE: "aviso",
    },
    attempts="{n} intentos",
    notice="Palabras del bot",
    older="Anteriores",
)

FRENCH = TraceWords(
    why_not="Pourquoi ceci n’est pas venu ici",
    told_after_all="C’est bien venu ici",
    causes={
        Cause.TOLD: "Cela a été dit ici {when}, à cause de : {text}",
        Cause.WAITING: "C’est en route, pour {when}. {text}",
        Cause.GIVEN_UP: "Cela n’a pas pu être remis : {text}",
        Cause.GATHERED: "Cela attend d’être dit avec d’autres ({text}), {when}",
        Cause.GATHERED_TOLD: "Cela a été dit avec d’autres ({text})",
        Cause.STOPPED: "{stop}",
        Cause.NOT_YET: "Cela vient d’être trouvé : on cherche qui le reçoit.",
        Cause.HELD: "C’est venu avec la première lecture d’un flux ou un afflux : gardé, pas annoncé.",
        Cause.MORE_OF_STORY: "C’est un récit de plus de l’histoire {story} : {detail}. Pas de message à part.",
        Cause.NEAR_MISS: "« {detail} » y était pour {topics} et n’a pas compté : {text}",
        Cause.NO_TOPIC: "Cela ne porte sur aucun des sujets.",
        Cause.OTHER_TOPICS: "Cela porte sur {topics} ; rien ici ne le demande.",
        Cause.QUERY: "Cela ne répondait pas à {text}",
        Cause.LATER: "{text} n’a été demandé ici que {when}, après coup.",
        Cause.NOTHING_ASKED: "Rien n’est demandé ici.",
        Cause.PAUSED: "Ce lieu est en pause ({text}).",
        Cause.BROKEN: "La plateforme refuse ce qui est envoyé ici : {text}",
        Cause.UNKNOWN: "Aucun flux n’a apporté cette adresse.",
        Cause.FEED: "De ce site, il y a le flux {feed} : {text}",
        Cause.NO_FEED: "Aucun des flux n’est de {text}.",
    },
    stops={
        Stop.HELD: "{wish} : retenue par la limite de première lecture ou d’afflux, ou retouche d’une ancienne entrée",
        Stop.NOTHING_NEW: "{wish} : rien que son histoire n’ait déjà dit",
        Stop.MUTED: "{wish} : {detail} était en sourdine ici",
        Stop.LANGUAGE: "{wish} : ne demande que {detail}",
        Stop.SOURCES: "{wish} : attend {detail} sources",
        Stop.LEVEL: "{wish} : le niveau ici était {detail}",
    },
    gatherings={"": "résumé {name}", QUIET: "heures calmes", STORM: "un bulletin"},
    near_misses={
        "mask": "c’est dans « {phrase} »",
        "veto": "le texte dit aussi « {phrase} »",
        "no context": "rien autour ne dit qu’il s’agit de commerce",
        "case": "c’est écrit dans une autre casse",
    },
    deliveries="Ce qui a été envoyé ici",
    no_deliveries="Rien n’a encore été envoyé ici.",
    kinds={
        DeliveryKind.POST: "message",
        DeliveryKind.EDIT: "mis à jour",
        DeliveryKind.REPLY: "nouveauté",
        DeliveryKind.NOTICE: "avis",
    },
    attempts="{n} essais",
    notice="Les mots du robot",
    older="Plus anciens",
)

HELP_ENGLISH = HelpPart(
    usage={
        Verb.WHY_NOT: "whynot <story number|address>",
        Verb.DELIVERIES: "deliveries",
    },
    gives={
        Verb.WHY_NOT: "why this place was not told of something",
        Verb.DELIVERIES: "what was sent here lately, and what became of it",
    },
    more={
        Verb.WHY_NOT: "From what was stored at the time; the address may be of any entry.",
        Verb.DELIVERIES: "What was given up says why.",
    },
    examples={Verb.WHY_NOT: "why not https://example.com/a-report"},
)
HELP_SPANISH = HelpPart(
    usage={
        Verb.WHY_NOT: "por qué no <número de historia|dirección>",
        Verb.DELIVERIES: "envíos",
    },
    gives={
        Verb.WHY_NOT: "por qué algo no llegó aquí",
        Verb.DELIVERIES: "lo que se envió aquí y qué fue de ello",
    },
    more={
        Verb.WHY_NOT: "Según lo guardado entonces; sirve la dirección de cualquier entrada.",
        Verb.DELIVERIES: "Lo que se abandonó dice por qué.",
    },
    examples={Verb.WHY_NOT: "por qué no 7"},
)
HELP_FRENCH = HelpPart(
    usage={
        Verb.WHY_NOT: "pourquoi pas <numéro d’histoire|adresse>",
        Verb.DELIVERIES: "envois",
    },
    gives={
        Verb.WHY_NOT: "pourquoi quelque chose n’est pas venu ici",
        Verb.DELIVERIES: "ce qui a été envoyé ici, et ce qu’il en est",
    },
    more={
        Verb.WHY_NOT: "D’après ce qui fut noté alors ; l’adresse de n’importe quelle entrée convient.",
        Verb.DELIVERIES: "Ce qui fut abandonné dit pourquoi.",
    },
    examples={Verb.WHY_NOT: "pourquoi pas 7"},
)
