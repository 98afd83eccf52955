"""The bot's own words in digests, bulletins and reminders, in English, Spanish and French."""

from dataclasses import dataclass

from bot.domain.locales import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """One language's words; what stands in braces is filled in."""

    hourly: str
    daily: str
    weekly: str
    quiet: str
    several: str
    """Several digests that are due at once."""
    bulletin: str
    bulletin_why: str
    stories: tuple[str, str]
    """One, and many with ``{n}``."""
    late: str
    part: str
    deadlines: str
    other: str
    """Over stories on no topic."""
    more: str
    nothing: str
    number: str
    sources: str
    today: str
    tomorrow: str
    in_days: str
    reminder: str
    many_due: str
    """In place of the headline where a reminder tells several deadlines."""
    disputed: str
    reminder_why: str
    no_source: str


_ENGLISH = DigestWords(
    hourly="The last hour",
    daily="Digest of {date}",
    weekly="Digest of the week to {date}",
    quiet="While it was quiet here",
    several="Digest of {date}",
    bulletin="Many alerts at once: they are gathered here",
    bulletin_why="More than {n} alerts in ten minutes. Official documents still come by themselves.",
    stories=("1 story", "{n} stories"),
    late="late: it was due on {when}",
    part="{n} of {all}",
    deadlines="Deadlines ahead",
    other="Other",
    more="… and {n} more: `latest` shows them",
    nothing="Nothing new since the last digest.",
    number="story {id}",
    sources="{n} sources",
    today="today",
    tomorrow="tomorrow",
    in_days="in {n} days",
    reminder="Reminder, {when}: {what}",
    many_due="{n} deadlines",
    disputed="{who} says {day}",
    reminder_why="A deadline on {topics}, which this place subscribed to",
    no_source="no public source",
)

_SPANISH = DigestWords(
    hourly="La última hora",
    daily="Resumen del {date}",
    weekly="Resumen de la semana hasta el {date}",
    quiet="Mientras aquí había silencio",
    several="Resumen del {date}",
    bulletin="Muchos avisos a la vez: se juntan aquí",
    bulletin_why="Más de {n} avisos en diez minutos. Los documentos oficiales llegan por separado.",
    stories=("1 historia", "{n} historias"),
    late="tarde: tocaba el {when}",
    part="{n} de {all}",
    deadlines="Próximos plazos",
    other="Otros",
    more="… y {n} más: `últimas` las muestra",
    nothing="Nada nuevo desde el último resumen.",
    number="historia {id}",
    sources="{n} fuentes",
    today="hoy",
    tomorrow="mañana",
    in_days="en {n} días",
    reminder="Recordatorio, {when}: {what}",
    many_due="{n} plazos",
    disputed="{who} dice el {day}",
    reminder_why="Un plazo sobre {topics}, tema suscrito aquí",
    no_source="sin fuente pública",
)

_FRENCH = DigestWords(
    hourly="La dernière heure",
    daily="Résumé du {date}",
    weekly="Résumé de la semaine au {date}",
    quiet="Pendant les heures calmes",
    several="Résumé du {date}",
    bulletin="Beaucoup d’alertes à la fois : elles sont réunies ici",
    bulletin_why="Plus de {n} alertes en dix minutes. Les documents officiels arrivent seuls.",
    stories=("1 histoire", "{n} histoires"),
    late="en retard : prévu le {when}",
    part="{n} sur {all}",
    deadlines="Prochaines échéances",
    other="Autres",
    more="… et {n} de plus : `dernières` les montre",
    nothing="Rien de nouveau depuis le dernier résumé.",
    number="histoire {id}",
    sources="{n} sources",
    today="aujourd’hui",
    tomorrow="demain",
    in_days="dans {n} jours",
    reminder="Rappel, {when} : {what}",
    many_due="{n} échéances",
    disputed="{who} dit le {day}",
    reminder_why="Une échéance sur {topics}, sujet suivi ici",
    no_source="sans source publique",
)


def digest_words(locale: str) -> DigestWords:
    """Return the words for a locale such as ``es`` or ``fr-CA``; English where there are none."""
    return {"en": _ENGLISH, "es": _SPANISH, "fr": _FRENCH}[language_of(locale)]


def days_left(days: int, words: DigestWords) -> str:
    """Say how far a day is: ``today``, ``tomorrow``, ``in 7 days``."""
    near = {0: words.today, 1: words.tomorrow}
    return near.get(days, words.in_days.format(n=days))
