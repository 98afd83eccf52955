"""The bot's own words around a message, in English, Spanish and French, shared by all platforms."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.locales import language_of
from bot.domain.reading import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Labels of a message's parts in one language."""

    stage: str
    topics: str
    tariffs: str
    deadlines: str
    conflicts: str
    changes: str
    sources: str
    why: str
    update: str
    """Stands before the headline of an update in a thread."""
    stages: Mapping[Stage, str]
    colon: str = ":"
    """What stands between a label and what it labels."""

    def said(self, label: str, what: str) -> str:
        """Return a label and what it labels: ``Stage: Signed``."""
        return f"{label}{self.colon} {what}"


_EN = Words(
    stage="Stage",
    topics="Topics",
    tariffs="Tariffs",
    deadlines="Deadlines",
    conflicts="Sources disagree",
    changes="What changed",
    sources="Sources",
    why="Why you got this",
    update="Update",
    stages={
        Stage.THREAT: "Threat",
        Stage.ANNOUNCED: "Announced",
        Stage.SIGNED: "Signed",
        Stage.PUBLISHED: "Published",
        Stage.GUIDANCE: "Guidance",
        Stage.IN_FORCE: "In force",
        Stage.SUSPENDED: "Suspended",
        Stage.STAYED: "Stayed by a court",
        Stage.REVOKED: "Revoked",
    },
)

_ES = Words(
    stage="Etapa",
    topics="Temas",
    tariffs="Aranceles",
    deadlines="Plazos",
    conflicts="Las fuentes no coinciden",
    changes="Qué cambió",
    sources="Fuentes",
    why="Por qué recibe esto",
    update="Actualización",
    stages={
        Stage.THREAT: "Amenaza",
        Stage.ANNOUNCED: "Anunciado",
        Stage.SIGNED: "Firmado",
        Stage.PUBLISHED: "Publicado",
        Stage.GUIDANCE: "Lineamientos",
        Stage.IN_FORCE: "En vigor",
        Stage.SUSPENDED: "Suspendido",
        Stage.STAYED: "Suspendido por un tribunal",
        Stage.REVOKED: "Revocado",
    },
)

_FR = Words(
    stage="Étape",
    topics="Sujets",
    tariffs="Droits de douane",
    deadlines="Échéances",
    conflicts="Les sources divergent",
    changes="Ce qui a changé",
    sources="Sources",
    why="Pourquoi vous recevez ceci",
    update="Mise à jour",
    stages={
        Stage.THREAT: "Menace",
        Stage.ANNOUNCED: "Annoncé",
        Stage.SIGNED: "Signé",
        Stage.PUBLISHED: "Publié",
        Stage.GUIDANCE: "Directives",
        Stage.IN_FORCE: "En vigueur",
        Stage.SUSPENDED: "Suspendu",
        Stage.STAYED: "Suspendu par un tribunal",
        Stage.REVOKED: "Révoqué",
    },
    colon="\N{NARROW NO-BREAK SPACE}:",
)

_LANGUAGES = {"en": _EN, "es": _ES, "fr": _FR}


def words(locale: str) -> Words:
    """Return the labels for a locale such as ``es`` or ``fr-CA``; English where there are none."""
    return _LANGUAGES[language_of(locale)]
