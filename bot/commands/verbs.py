"""The verbs of the grammar and the words for them in English, Spanish and French."""

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum


class Verb(StrEnum):
    """What can be asked, in the order the help tells it."""

    STATUS = "status"
    LATEST = "latest"
    SEARCH = "search"
    STORY = "story"
    WHY = "why"
    DEADLINES = "deadlines"
    TOPICS = "topics"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SUBSCRIPTIONS = "subscriptions"
    PAUSE = "pause"
    RESUME = "resume"
    FEEDS = "feeds"
    TEST = "test"
    HELP = "help"


ALIASES: Mapping[Verb, tuple[str, ...]] = {
    Verb.STATUS: ("state", "estado", "situacion", "statut", "etat"),
    Verb.LATEST: (
        *("news", "recent", "new"),
        *("ultimas", "ultimos", "recientes", "novedades", "noticias"),
        *("dernieres", "derniers", "recents", "nouvelles"),
    ),
    Verb.SEARCH: ("find", "buscar", "busca", "chercher", "cherche", "rechercher", "recherche"),
    Verb.STORY: ("historia", "histoire"),
    Verb.WHY: ("porque", "por que", "pourquoi"),
    Verb.DEADLINES: (
        *("deadline", "dates", "due"),
        *("plazos", "plazo", "fechas", "vencimientos"),
        *("echeances", "echeance", "delais"),
    ),
    Verb.TOPICS: ("topic", "temas", "tema", "sujets", "sujet", "themes", "theme"),
    Verb.SUBSCRIBE: (
        *("sub", "follow", "watch"),
        *("suscribir", "suscribirse", "suscribirme", "suscribeme", "seguir"),
        *("abonner", "s'abonner", "abonne-moi", "suivre"),
    ),
    Verb.UNSUBSCRIBE: (
        *("unsub", "unfollow", "unwatch"),
        *("desuscribir", "desuscribirse", "cancelar", "dejar"),
        *("desabonner", "se desabonner", "desabonne-moi"),
    ),
    Verb.SUBSCRIPTIONS: ("subs", "following", "suscripciones", "abonnements"),
    Verb.PAUSE: ("mute", "pausa", "pausar", "silenciar", "suspendre"),
    Verb.RESUME: ("unmute", "unpause", "reanudar", "reprendre"),
    Verb.FEEDS: ("feed", "sources", "fuentes", "flux"),
    Verb.TEST: ("sample", "prueba", "probar", "essai", "tester"),
    Verb.HELP: ("?", "commands", "ayuda", "comandos", "aide", "commandes"),
}
"""Folded as `fold` folds; a few have two words."""


def fold(text: str) -> str:
    """Lower-case without accents, so that ``Échéances`` is ``echeances``; curly ' made straight."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def take_verb(text: str) -> tuple[Verb | None, str, str]:
    """Return the verb the text starts with, the word it was recognised by, and the rest."""
    words = text.split(maxsplit=2)
    spoken = _spoken()
    pair = fold(" ".join(words[:2]))
    if len(words) >= 2 and pair in spoken:
        return spoken[pair], pair, "".join(words[2:])
    first = words[0] if words else ""
    rest = text.strip()[len(first) :].strip()
    return spoken.get(fold(first)), first, rest


def nearest(word: str, limit: int = 3) -> tuple[Verb, ...]:
    """Return the verbs that look most like the word, best first; none where nothing is near."""
    spoken = _spoken()
    near = get_close_matches(fold(word), spoken, n=limit * 3, cutoff=0.65)
    return tuple(dict.fromkeys(spoken[found] for found in near))[:limit]


def _spoken() -> dict[str, Verb]:
    names = {str(verb): verb for verb in Verb}
    return names | {alias: verb for verb, aliases in ALIASES.items() for alias in aliases}
