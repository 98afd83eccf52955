"""The grammar of ``feeds``: the list, one feed, and what is done with it. Pure."""

import re
from collections.abc import Mapping

from bot.commands import verbs
from bot.commands.asked import Feeds, Problem, Unclear
from bot.commands.asked_feeds import FeedAct, OnFeed
from bot.commands.verbs import Verb

ACTS: Mapping[FeedAct, tuple[str, ...]] = {
    FeedAct.SHOW: ("show", "mostrar", "ver", "montrer", "voir"),
    FeedAct.CHECK: (
        *("check", "try", "comprobar", "revisar", "verificar"),
        *("verifier", "controler", "essayer"),
    ),
    FeedAct.ADD: ("add", "agregar", "anadir", "ajouter"),
    FeedAct.REMOVE: (
        *("remove", "delete", "quitar", "eliminar", "borrar"),
        *("supprimer", "retirer", "enlever"),
    ),
    FeedAct.PAUSE: ("pause", "mute", "pausar", "pausa", "silenciar", "suspendre"),
    FeedAct.RESUME: ("resume", "unmute", "unpause", "reanudar", "reprendre"),
}
"""The words for each act in three languages, folded."""

_LIST = frozenset({"list", "all", "lista", "listar", "todas", "todos", "liste", "lister", "tous"})
_ADDRESS = re.compile(r"<?(?:https?|feed):", re.IGNORECASE)
_OF_ADDRESS = frozenset({FeedAct.CHECK, FeedAct.ADD})


def parse(rest: str, page: int) -> Feeds | OnFeed | Unclear:
    """Return what the words after ``feeds`` ask; `page` was taken off them."""
    first, _, word = rest.partition(" ")
    word = word.strip()
    if not first or (verbs.fold(first) in _LIST and not word):
        return Feeds(page=page)
    act = FeedAct.SHOW if verbs.fold(first) in _LIST else _acts().get(verbs.fold(first))
    if act is not None and word:
        return OnFeed(act=act, word=word)
    if act is not None:
        problem = Problem.NO_ADDRESS if act in _OF_ADDRESS else Problem.NO_FEED
        return Unclear(verb=Verb.FEEDS, problem=problem)
    if _ADDRESS.match(first):
        return OnFeed(act=FeedAct.CHECK, word=rest)
    if _ADDRESS.search(word):
        return Unclear(verb=Verb.FEEDS, problem=Problem.NO_FEED_ACT, word=first[:80])
    return OnFeed(act=FeedAct.SHOW, word=rest)


def _acts() -> dict[str, FeedAct]:
    return {word: act for act, words in ACTS.items() for word in words}
