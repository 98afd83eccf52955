"""The words of the sample alert, in the languages a destination can have."""

from dataclasses import dataclass

from bot.domain.locales import language_of
from bot.domain.message import Link, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample's text: it says of itself that nothing happened."""

    headline: str
    summary: str
    why: str


def sample_message(subject: str, *, zone: str, locale: str) -> Message:
    """Return the sample as a message for a place of that zone and language."""
    words = sample(locale)
    return Message(
        subject=subject,
        headline=Link(text=words.headline),
        summary=words.summary,
        why=words.why,
        zone=zone,
        locale=locale,
        notice=True,
    )


def sample(locale: str) -> Sample:
    """Return the sample in a locale such as ``es`` or ``fr-CA``; English where there is none."""
    return _SAMPLES[language_of(locale)]


_SAMPLES = {
    "en": Sample(
        headline="Sample alert: the way to this place works",
        summary=(
            "Nothing happened: somebody asked for a sample. A real alert stands here with its "
            "headline as a link, one to three sentences of the source, the tariff facts and "
            "deadlines found with the words they were read from, and how many sources tell it."
        ),
        why="Somebody here asked for `test`.",
    ),
    "es": Sample(
        headline="Alerta de muestra: el camino hasta aquí funciona",
        summary=(
            "No ha pasado nada: alguien pidió una muestra. Una alerta real trae aquí su titular "
            "como enlace, de una a tres frases de la fuente, los aranceles y plazos encontrados "
            "con las palabras de las que se leyeron, y cuántas fuentes lo cuentan."
        ),
        why="Alguien aquí pidió `test`.",
    ),
    "fr": Sample(
        headline="Alerte d'essai : le chemin jusqu'ici fonctionne",
        summary=(
            "Il ne s'est rien passé : quelqu'un a demandé un essai. Une vraie alerte donne ici "
            "son titre en lien, une à trois phrases de la source, les droits et les échéances "
            "trouvés avec les mots dont ils sont tirés, et le nombre de sources."
        ),
        why="Quelqu'un ici a demandé `test`.",
    ),
}
