"""The options behind a command's words: ``level: important``, ``when:"daily at 8"``. Pure.

Which names there are, in three languages; what their values mean is read in `bot.services.options`.
"""

import re
from collections.abc import Iterable, Mapping

from bot.commands.verbs import fold

_NAMES: Mapping[str, tuple[str, ...]] = {
    "level": ("level", "nivel", "niveau"),
    "group": ("group", "grupo", "groupe"),
    "when": ("when", "cuando", "quand"),
    "langs": ("langs", "languages", "idiomas", "langues"),
    "sources": ("sources", "fuentes"),
    "mention": ("mention", "mencion"),
    "quiet": ("quiet", "silencio", "silence"),
    "zone": ("zone", "timezone", "zona", "fuseau"),
    "locale": ("locale", "language", "idioma", "langue"),
    "flash": ("flash",),
    "storm": ("storm", "tormenta", "tempete"),
    "reminders": ("reminders", "recordatorios", "rappels"),
    "hour": ("hour", "hora", "heure"),
    "empty": ("empty", "vacio", "vide"),
    "repeats": ("repeats", "repeat", "repetir", "repetition", "repetitions"),
}
"""The grammar's own name, and the words for it as `fold` folds them."""

OF_WISH = ("level", "group", "when", "langs", "sources", "mention")
OF_PLACE = ("zone", "locale", "quiet", "flash", "storm", "reminders", "hour", "empty", "repeats")
OF_SUBSCRIBE = (*OF_WISH, "quiet", "zone", "locale")

_ACCENTS = str.maketrans({"a": "[aá]", "e": "[eéèê]", "i": "[ií]", "o": "[oó]"})
_VALUE = r"(?P<value>\"[^\"]*\"|“[^”]*”|<[^<>]*>|[^\s,\"]+(?:\s*,\s*[^\s,\"]+)*,?)"


def take(rest: str, names: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the words without the options at their end, and the options by the grammar's names.

    What stands last counts where an option is given twice. Quotes around a value are taken off.
    """
    spoken = {word: name for name in names for word in _NAMES[name]}
    words = "|".join(word.translate(_ACCENTS) for word in spoken)
    option = re.compile(rf"(?:^|\s)(?P<name>{words})\s*[:=]\s*{_VALUE}\s*$", re.IGNORECASE)
    said: dict[str, str] = {}
    while found := option.search(rest):
        said.setdefault(spoken[fold(found["name"])], found["value"].strip("\"“”'"))
        rest = rest[: found.start()].strip()
    return rest, said
