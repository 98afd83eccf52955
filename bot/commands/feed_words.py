"""The bot's words about feeds: what a reply needs, in English, Spanish and French."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.feed import Tier
from bot.services.feed_refusals import SENTENCES, Refusal
from bot.services.feeds import Condition
from bot.services.permissions import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWords:
    """The answers to ``feeds`` and to what is done with a feed."""

    title: str
    paged: str
    conditions: Mapping[Condition, str]
    unpolled: tuple[str, str]
    """One feed that nobody polled yet; several."""
    failures: tuple[str, str]
    since: str
    last_success: str
    never: str
    last_entry: str
    missed: str
    """Stands over the documents that a daily comparison found and no poll saw."""
    speaks: str
    minutes: tuple[str, str]
    hours: tuple[str, str]
    days: tuple[str, str]
    next_poll: str
    tiers: Mapping[Tier, str]
    langs: Mapping[str, str]
    owned: str
    none: str
    next_page: str
    untitled: str
    entries: tuple[str, str]
    newest: str
    written: str
    named_by: str
    odd: str
    oddities: Mapping[str, str]
    several: str
    here: str
    add: str
    added: str
    added_means: str
    removed: str
    paused: str
    resumed: str
    acts: Mapping[str, str]
    refusals: Mapping[Refusal, str]
    locked: Mapping[Who, str]
    locked_shared: str


ENGLISH = FeedWords(
    title="Feeds: {well} of {all} are well",
    paged="page {page} of {pages}",
    conditions={
        Condition.GONE: "gone: the publisher says it will not come back",
        Condition.DOWN: "down",
        Condition.FAILING: "failing, tried again",
        Condition.EMPTY: "empty: it answers, but holds nothing",
        Condition.SILENT: "silent: it answers, with nothing new",
        Condition.PAUSED: "paused",
        Condition.NEW: "not polled yet",
        Condition.FINE: "well",
    },
    unpolled=("1 not polled yet", "{n} not polled yet"),
    failures=("1 failure", "{n} failures in a row"),
    since="since {age}",
    last_success="last success {age}",
    never="never answered yet",
    last_entry="last entry {age}",
    missed="Missed by the polls, found in the daily comparison ({n} in 7 days)",
    speaks="speaks about every {span}",
    minutes=("minute", "{n} min"),
    hours=("hour", "{n} h"),
    days=("day", "{n} days"),
    next_poll="next poll {when}",
    tiers={
        Tier.OFFICIAL: "official",
        Tier.WIRE: "wire",
        Tier.TRADE_PRESS: "trade press",
        Tier.GENERAL: "general",
    },
    langs={"en": "English", "es": "Spanish", "fr": "French", "other": "another language"},
    owned="of this workspace",
    none="No feeds are set up: feeds.yaml names none, and nobody added one.",
    next_page="More feeds",
    untitled="A feed without a title",
    entries=("1 entry", "{n} entries"),
    newest="newest {age}",
    written="in {lang}",
    named_by="Found on the page {page}, which names this one feed.",
    odd="What is odd",
    oddities={
        "undated": "No entry has a date: when something is new is told by its first sight.",
        "old": "The newest entry is from {age}: the feed may have been given up.",
        "moved": "It has moved to {text}; the bot follows.",
        "language": "It is not in English, Spanish or French: hardly any topic will be found in it.",
    },
    several="That is a web page. It names these feeds; which one do you mean?",
    here="It is here already, as “{name}” ({key}).",
    add="Add it",
    added="Added: {name}",
    added_means=(
        "It is polled from now on, and called {key}. Of what it holds already only little is told; "
        "after that, what matches a subscription comes as from any other feed."
    ),
    removed="Removed: {name}. What it brought can still be searched.",
    paused="Paused: {name}. It is not polled until `feeds resume {key}`.",
    resumed="{name} is polled again, and at once.",
    acts={"pause": "Pause", "resume": "Resume", "remove": "Remove", "check": "Check"},
    refusals=SENTENCES,
    locked={
        Who.EVERYONE: "You may not change which feeds there are.",
        Who.MEMBERS: "Which feeds there are may be changed only by people who are in the channel.",
        Who.ADMINS: "Which feeds there are may be changed only by people who manage this place.",
        Who.LISTED: "Which feeds there are may be changed only by people the bot's settings name.",
    },
    locked_shared=(
        "Everybody shares this feed, so it is paused only by people who manage this place. "
        "Ending a subscription keeps a topic away from this channel alone."
    ),
)

SPANISH = FeedWords(
    title="Fuentes: {well} de {all} están bien",
    paged="página {page} de {pages}",
    conditions={
        Condition.GONE: "cerrada: el editor dice que no volverá",
        Condition.DOWN: "no responde",
        Condition.FAILING: "falla, se intenta de nuevo",
        Condition.EMPTY: "vacía: responde, pero no trae nada",
        Condition.SILENT: "callada: responde, sin nada nuevo",
        Condition.PAUSED: "en pausa",
        Condition.NEW: "aún no consultada",
        Condition.FINE: "bien",
    },
    unpolled=("1 aún no consultada", "{n} aún no consultadas"),
    failures=("1 fallo", "{n} fallos seguidos"),
    since="desde {age}",
    last_success="último éxito {age}",
    never="nunca ha respondido",
    last_entry="última entrada {age}",
    missed="No vistas por las consultas, halladas en la comparación diaria ({n} en 7 días)",
    speaks="publica cada {span}, más o menos",
    minutes=("minuto", "{n} min"),
    hours=("hora", "{n} h"),
    days=("día", "{n} días"),
    next_poll="próxima consulta {when}",
    tiers={
        Tier.OFFICIAL: "oficial",
        Tier.WIRE: "agencia",
        Tier.TRADE_PRESS: "prensa especializada",
        Tier.GENERAL: "general",
    },
    langs={"en": "inglés", "es": "español", "fr": "francés", "other": "otro idioma"},
    owned="de este espacio de trabajo",
    none="No hay fuentes: feeds.yaml no nombra ninguna y nadie ha agregado una.",
    next_page="Más fuentes",
    untitled="Una fuente sin título",
    entries=("1 entrada", "{n} entradas"),
    newest="la más reciente {age}",
    written="en {lang}",
    named_by="Hallada en la página {page}, que nombra solo esta fuente.",
    odd="Lo que llama la atención",
    oddities={
        "undated": "Ninguna entrada tiene fecha: cuenta como nueva cuando se ve por primera vez.",
        "old": "La entrada más reciente es de {age}: quizá la fuente está abandonada.",
        "moved": "Se ha mudado a {text}; el bot la sigue.",
        "language": "No está en español, inglés ni francés: casi no se hallarán temas en ella.",
    },
    several="Eso es una página web. Nombra estas fuentes; ¿cuál quiere?",
    here="Ya está aquí, como «{name}» ({key}).",
    add="Agregarla",
    added="Agregada: {name}",
    added_means=(
        "Desde ahora se consulta, y se llama {key}. De lo que ya contiene se avisa poco; después, lo "
        "que coincide con una suscripción llega como de cualquier fuente."
    ),
    removed="Quitada: {name}. Lo que trajo se puede seguir buscando.",
    paused="En pausa: {name}. No se consulta hasta `fuentes reanudar {key}`.",
    resumed="{name} se consulta de nuevo, ahora mismo.",
    acts={
        "pause": "Pausar",
        "resume": "Reanudar",
        "remove": "Quitar",
        "check": "Comprobar",
    },
    refusals={
        Refusal.BAD_ADDRESS: "Eso no es una dirección web: escríbala como {example}.",
        Refusal.BLOCKED: "{reason} El bot solo consulta lo que está en la internet pública.",
        Refusal.FAILED: "Ahí no hay ninguna fuente: {reason}",
        Refusal.NO_LINK: (
            "Eso es una página web y no nombra ninguna fuente. Busque la dirección de la fuente misma."
        ),
        Refusal.ALREADY: "Esta fuente ya está aquí, como «{name}» ({key}).",
        Refusal.ALREADY_PAUSED: (
            "Esta fuente ya está aquí, como «{name}» ({key}), sin consultarse: reanúdela."
        ),
        Refusal.TOO_MANY: (
            "Este espacio tiene {n} fuentes, el máximo que puede agregar. Quite una primero."
        ),
        Refusal.NO_WORKSPACE: (
            "Una fuente pertenece a un servidor o espacio de trabajo, y aquí no se sabe a cuál: "
            "agréguela desde uno de sus canales."
        ),
        Refusal.CONFIGURED: "«{name}» está en feeds.yaml: aquí se puede pausar, y solo allí se quita.",
        Refusal.SHARED: (
            "«{name}» se agregó para todos, en la terminal: solo desde allí se quita."
        ),
        Refusal.UNKNOWN: "Aquí no hay ninguna fuente «{word}»; `fuentes` muestra cómo se llaman.",
        Refusal.NEAR: "Aquí no hay ninguna fuente «{word}». ¿Quiso decir {near}?",
        Refusal.SEVERAL: "«{word}» puede ser varias fuentes: {near}. Nombre una de ellas.",
        Refusal.NOT_POLLED: "«{name}» no se consulta ({state}): reanúdela primero.",
        Refusal.WAITING: "«{name}» no se consulta ahora: {reason}",
        Refusal.LEFT_ALONE: (
            "Esta fuente ya está aquí, como «{name}» ({key}). Su servidor pidió que no se le consulte "
            "hasta el {until} UTC: el bot la consulta entonces por sí mismo."
        ),
    },
    locked={
        Who.EVERYONE: "Usted no puede cambiar qué fuentes hay.",
        Who.MEMBERS: "Qué fuentes hay solo lo cambian quienes están en el canal.",
        Who.ADMINS: "Qué fuentes hay solo lo cambian quienes administran este lugar.",
        Who.LISTED: "Qué fuentes hay solo lo cambian las personas que nombra la configuración del bot.",
    },
    locked_shared=(
        "Todos comparten esta fuente: solo la pausan quienes administran este lugar. "
        "Terminar una suscripción aparta un tema solo de este canal."
    ),
)

FRENCH = FeedWords(
    title="Flux : {well} sur {all} vont bien",
    paged="page {page} sur {pages}",
    conditions={
        Condition.GONE: "fermé : l’éditeur dit qu’il ne reviendra pas",
        Condition.DOWN: "ne répond pas",
        Condition.FAILING: "en échec, réessayé",
        Condition.EMPTY: "vide : il répond, mais ne contient rien",
        Condition.SILENT: "muet : il répond, sans rien de neuf",
        Condition.PAUSED: "en pause",
        Condition.NEW: "pas encore consulté",
        Condition.FINE: "va bien",
    },
    unpolled=("1 pas encore consulté", "{n} pas encore consultés"),
    failures=("1 échec", "{n} échecs de suite"),
    since="depuis {age}",
    last_success="dernier succès {age}",
    never="n’a jamais répondu",
    last_entry="dernière entrée {age}",
    missed="Manquées par les interrogations, trouvées par la comparaison du jour ({n} en 7 jours)",
    speaks="publie environ toutes les {span}",
    minutes=("minutes", "{n} min"),
    hours=("heures", "{n} h"),
    days=("24 h", "{n} jours"),
    next_poll="prochaine consultation {when}",
    tiers={
        Tier.OFFICIAL: "officiel",
        Tier.WIRE: "agence",
        Tier.TRADE_PRESS: "presse spécialisée",
        Tier.GENERAL: "généraliste",
    },
    langs={"en": "anglais", "es": "espagnol", "fr": "français", "other": "une autre langue"},
    owned="de cet espace de travail",
    none="Aucun flux : feeds.yaml n’en nomme pas, et personne n’en a ajouté.",
    next_page="Plus de flux",
    untitled="Un flux sans titre",
    entries=("1 entrée", "{n} entrées"),
    newest="la plus récente {age}",
    written="en {lang}",
    named_by="Trouvé sur la page {page}, qui ne nomme que ce flux.",
    odd="Ce qui étonne",
    oddities={
        "undated": "Aucune entrée n’est datée : elle compte comme neuve quand on la voit d’abord.",
        "old": "L’entrée la plus récente date de {age} : le flux est peut-être abandonné.",
        "moved": "Il a déménagé vers {text} ; le bot le suit.",
        "language": (
            "Il n’est ni en français, ni en anglais, ni en espagnol : presque aucun sujet n’y sera trouvé."
        ),
    },
    several="C’est une page web. Elle nomme ces flux ; lequel voulez-vous ?",
    here="Il est déjà ici, sous le nom « {name} » ({key}).",
    add="L’ajouter",
    added="Ajouté : {name}",
    added_means=(
        "Il est consulté dès maintenant, et s’appelle {key}. De ce qu’il contient déjà, peu est "
        "annoncé ; ensuite, ce qui répond à un abonnement arrive comme de tout autre flux."
    ),
    removed="Retiré : {name}. Ce qu’il a apporté peut encore être cherché.",
    paused="En pause : {name}. Il n’est pas consulté jusqu’à `flux reprendre {key}`.",
    resumed="{name} est de nouveau consulté, et tout de suite.",
    acts={
        "pause": "Suspendre",
        "resume": "Reprendre",
        "remove": "Retirer",
        "check": "Vérifier",
    },
    refusals={
        Refusal.BAD_ADDRESS: "Ce n’est pas une adresse web : écrivez-la comme {example}.",
        Refusal.BLOCKED: "{reason} Le bot ne consulte que ce qui est sur l’internet public.",
        Refusal.FAILED: "Il n’y a pas de flux là : {reason}",
        Refusal.NO_LINK: (
            "C’est une page web, et elle ne nomme aucun flux. Cherchez l’adresse du flux lui-même."
        ),
        Refusal.ALREADY: "Ce flux est déjà ici, sous le nom « {name} » ({key}).",
        Refusal.ALREADY_PAUSED: (
            "Ce flux est déjà ici, sous le nom « {name} » ({key}), sans être consulté : reprenez-le."
        ),
        Refusal.TOO_MANY: (
            "Cet espace a {n} flux, le plus qu’il peut en ajouter. Retirez-en un d’abord."
        ),
        Refusal.NO_WORKSPACE: (
            "Un flux appartient à un serveur ou à un espace de travail, et on ne sait pas lequel ici : "
            "ajoutez-le depuis un de ses salons."
        ),
        Refusal.CONFIGURED: (
            "« {name} » est dans feeds.yaml : on peut le suspendre ici, et le retirer seulement là."
        ),
        Refusal.SHARED: (
            "« {name} » a été ajouté pour tous, au terminal : on le retire seulement de là."
        ),
        Refusal.UNKNOWN: "Il n’y a pas de flux « {word} » ici ; `flux` montre leurs noms.",
        Refusal.NEAR: "Il n’y a pas de flux « {word} » ici. Vouliez-vous dire {near} ?",
        Refusal.SEVERAL: "« {word} » peut être plusieurs flux : {near}. Nommez-en un.",
        Refusal.NOT_POLLED: "« {name} » n’est pas consulté ({state}) : reprenez-le d’abord.",
        Refusal.WAITING: "« {name} » n’est pas consulté maintenant : {reason}",
        Refusal.LEFT_ALONE: (
            "Ce flux est déjà ici, sous le nom « {name} » ({key}). Son serveur a demandé à ne pas être "
            "interrogé avant le {until} UTC : le bot l’interroge alors de lui-même."
        ),
    },
    locked={
        Who.EVERYONE: "Vous ne pouvez pas changer les flux.",
        Who.MEMBERS: "Les flux ne sont changés que par les personnes qui sont dans le canal.",
        Who.ADMINS: "Les flux ne sont changés que par les personnes qui gèrent cet endroit.",
        Who.LISTED: "Les flux ne sont changés que par les personnes que nomment les réglages du bot.",
    },
    locked_shared=(
        "Tout le monde partage ce flux : seules les personnes qui gèrent cet endroit le suspendent. "
        "Se désabonner écarte un sujet de ce salon seulement."
    ),
)
