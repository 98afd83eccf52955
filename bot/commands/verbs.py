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
    WHY_NOT = "whynot"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    USEFUL = "useful"
    NOISE = "noise"
    WRONG = "wrong"
    DEADLINES = "deadlines"
    CHECK = "check"
    DEADLINE = "deadline"
    TARIFFS = "tariffs"
    TOPICS = "topics"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SUBSCRIPTIONS = "subscriptions"
    BACKTEST = "backtest"
    SETTINGS = "settings"
    PAUSE = "pause"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    FEEDBACK = "feedback"
    DELIVERIES = "deliveries"
    FEEDS = "feeds"
    TEST = "test"
    HELP = "help"


MARK_VERBS = frozenset(
    {
        Verb.FOLLOW,
        Verb.UNFOLLOW,
        Verb.USEFUL,
        Verb.NOISE,
        Verb.WRONG,
        Verb.CHECK,
        Verb.DEADLINE,
        Verb.WHY_NOT,
    }
)
"""What is done with one alert or deadline: each needs its number."""

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
    Verb.WHY_NOT: ("why not", "porque no", "por que no", "pourquoi pas"),
    Verb.FOLLOW: ("seguir", "suivre"),
    Verb.UNFOLLOW: ("no seguir", "ne plus", "ne plus suivre"),
    Verb.USEFUL: ("good", "util", "utile"),
    Verb.NOISE: ("noisy", "useless", "not useful", "ruido", "inutil", "bruit", "inutile"),
    Verb.WRONG: ("incorrect", "mistake", "incorrecto", "erroneo", "faux", "errone"),
    Verb.DEADLINES: (
        *("dates", "due"),
        *("plazos", "fechas", "vencimientos"),
        *("echeances", "delais"),
    ),
    Verb.CHECK: ("revisar", "comprobar", "verificar", "verifier", "controler"),
    Verb.DEADLINE: ("plazo", "vencimiento", "echeance", "delai"),
    Verb.TARIFFS: (
        *("tariff", "duties"),
        *("aranceles", "arancel"),
        *("tarifs", "tarif", "droits"),
    ),
    Verb.TOPICS: ("topic", "temas", "tema", "sujets", "sujet", "themes", "theme"),
    Verb.SUBSCRIBE: (
        *("sub", "watch"),
        *("suscribir", "suscribirse", "suscribirme", "suscribeme"),
        *("abonner", "s'abonner", "abonne-moi"),
    ),
    Verb.UNSUBSCRIBE: (
        *("unsub", "unwatch"),
        *("desuscribir", "desuscribirse", "cancelar", "dejar"),
        *("desabonner", "se desabonner", "desabonne-moi"),
    ),
    Verb.BACKTEST: (
        *("try", "simular", "simulacro", "simulacion", "ensayar"),
        *("simuler", "simulation", "essayer"),
    ),
    Verb.SUBSCRIPTIONS: ("subs", "following", "suscripciones", "abonnements"),
    Verb.SETTINGS: (
        *("setting", "preferences", "options"),
        *("ajustes", "configuracion", "preferencias"),
        *("reglages", "parametres"),
    ),
    Verb.PAUSE: ("pausa", "pausar", "suspendre"),
    Verb.RESUME: ("unpause", "reanudar", "reprendre"),
    Verb.MUTE: ("silenciar", "silencia", "sourdine", "taire"),
    Verb.UNMUTE: ("desilenciar", "retablir"),
    Verb.DELIVERIES: ("sent", "entregas", "envios", "livraisons", "envois"),
    Verb.FEEDBACK: ("precision", "opiniones", "valoraciones", "avis", "retours"),
    Verb.FEEDS: ("feed", "sources", "fuentes", "flux"),
    Verb.TEST: ("sample", "prueba", "probar", "essai", "tester"),
    Verb.HELP: ("?", "commands", "ayuda", "comandos", "aide", "commandes"),
}
"""Folded as `fold` folds; a few have two or three words."""


_MOST_WORDS = 3
"""Words of the longest verb."""


def fold(text: str) -> str:
    """Lower-case without accents, so that ``Échéances`` is ``echeances``; curly ' made straight."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def take_verb(text: str) -> tuple[Verb | None, str, str]:
    """Return the verb the text starts with, the word it was recognised by, and the rest."""
    spoken = _spoken()
    for count in range(_MOST_WORDS, 1, -1):
        *words, rest = [*text.split(maxsplit=count), ""][: count + 1]
        said = fold(" ".join(words))
        if said in spoken and len(words) == count:
            return spoken[said], said, rest
    words = text.split(maxsplit=1)
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
