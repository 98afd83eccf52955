"""The words for when and how a place is told, in English, Spanish and French."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.locales import language_of
from bot.domain.manners import Rhythm
from bot.domain.reading import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingWords:
    """What subscriptions and settings say of time; what stands in braces is filled in."""

    rhythms: Mapping[Rhythm, str]
    """Daily has ``{at}``, weekly ``{day}`` and ``{at}``."""
    days: tuple[str, ...]
    """From Monday on."""
    langs: Mapping[Lang, str]
    any_lang: str
    only_langs: str
    sources: str
    mentions: str
    settings: str
    """The title of the answer to ``settings``."""
    settled: str
    """Its title after a change."""
    zone: str
    locale: str
    quiet: str
    no_quiet: str
    quiet_held: str
    flash_held: str
    flash_through: str
    storm: str
    no_storm: str
    reminders: str
    no_reminders: str
    days_before: str
    day_of: str
    empty_said: str
    empty_skipped: str
    repeats_on: str
    repeats_off: str
    how: str
    paused_until: str
    form_title: str
    form_intro: str
    form_submit: str
    settings_submit: str
    topics: str
    level: str
    when: str
    langs_label: str
    mention: str
    mention_hint: str
    quiet_label: str
    quiet_hint: str
    zone_hint: str
    storm_label: str
    reminders_label: str
    said_how: str


_ENGLISH = TimingWords(
    rhythms={
        Rhythm.INSTANT: "at once",
        Rhythm.HOURLY: "digest every hour",
        Rhythm.DAILY: "digest every day at {at}",
        Rhythm.WEEKLY: "digest every {day} at {at}",
    },
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    langs={Lang.EN: "English", Lang.ES: "Spanish", Lang.FR: "French", Lang.OTHER: "other"},
    any_lang="Any language",
    only_langs="entries in {langs}",
    sources="from {n} sources on",
    mentions="mentions {who}",
    settings="How this place is told",
    settled="This place is now told so",
    zone="Time zone: {zone} (it is {time} there)",
    locale="Language of my own words: {locale}",
    quiet="Quiet hours: {quiet}",
    no_quiet="Quiet hours: none",
    quiet_held="what comes is held until they end",
    flash_held="official flash alerts are held too",
    flash_through="official flash alerts come all the same",
    storm="More than {n} alerts in ten minutes become one bulletin",
    no_storm="Alerts never become a bulletin, however many come",
    reminders="Deadlines are told again {days}, at {at}",
    no_reminders="Deadlines are not told again",
    days_before="{days} days before",
    day_of="on the day",
    empty_said="A digest with nothing in it says so",
    empty_skipped="A digest with nothing in it is not sent",
    repeats_on="An alert nobody can look up after a failed send is sent once more (repeats:on)",
    repeats_off="An alert nobody can look up after a failed send is only named (repeats:off)",
    how="Change it: settings zone:America/Mexico_City locale:es quiet:22:00-07:00 storm:10",
    paused_until="Paused until {moment}: what comes waits here, or `resume` before.",
    form_title="Subscribe here",
    form_intro="Choose what this place gets, or write it in one line:",
    form_submit="Subscribe",
    settings_submit="Save",
    topics="Topics",
    level="How much",
    when="When",
    langs_label="Languages of entries",
    mention="Mention",
    mention_hint="@person, @role, here or off",
    quiet_label="Quiet hours",
    quiet_hint="22:00-07:00, or off",
    zone_hint="America/Mexico_City",
    storm_label="Alerts in ten minutes before a bulletin",
    reminders_label="Reminders: days before a deadline",
    said_how="subscribe autos, steel level:important when:daily@08:00 langs:en,es quiet:22:00-07:00",
)

_SPANISH = TimingWords(
    rhythms={
        Rhythm.INSTANT: "al instante",
        Rhythm.HOURLY: "resumen cada hora",
        Rhythm.DAILY: "resumen cada día a las {at}",
        Rhythm.WEEKLY: "resumen cada {day} a las {at}",
    },
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    langs={Lang.EN: "inglés", Lang.ES: "español", Lang.FR: "francés", Lang.OTHER: "otro"},
    any_lang="Cualquier idioma",
    only_langs="entradas en {langs}",
    sources="a partir de {n} fuentes",
    mentions="menciona a {who}",
    settings="Cómo se avisa aquí",
    settled="Desde ahora se avisa aquí así",
    zone="Zona horaria: {zone} (allí son las {time})",
    locale="Idioma de mis propias palabras: {locale}",
    quiet="Horas de silencio: {quiet}",
    no_quiet="Horas de silencio: ninguna",
    quiet_held="lo que llega espera hasta que terminen",
    flash_held="los avisos oficiales urgentes también esperan",
    flash_through="los avisos oficiales urgentes llegan igual",
    storm="Más de {n} avisos en diez minutos se juntan en un boletín",
    no_storm="Los avisos nunca se juntan en un boletín",
    reminders="Los plazos se recuerdan {days}, a las {at}",
    no_reminders="Los plazos no se recuerdan",
    days_before="{days} días antes",
    day_of="el mismo día",
    empty_said="Un resumen vacío lo dice",
    empty_skipped="Un resumen vacío no se envía",
    repeats_on="Una alerta que nadie puede comprobar tras un envío fallido se repite (repeats:on)",
    repeats_off="Una alerta que nadie puede comprobar tras un envío fallido solo se nombra (repeats:off)",
    how="Cámbielo: ajustes zona:America/Mexico_City idioma:es silencio:22:00-07:00 tormenta:10",
    paused_until="En pausa hasta el {moment}: lo que llega espera aquí; `reanudar` lo suelta antes.",
    form_title="Suscribirse aquí",
    form_intro="Elija lo que recibe este lugar, o escríbalo en una línea:",
    form_submit="Suscribir",
    settings_submit="Guardar",
    topics="Temas",
    level="Cuánto",
    when="Cuándo",
    langs_label="Idiomas de las entradas",
    mention="Mención",
    mention_hint="@persona, @rol, here u off",
    quiet_label="Horas de silencio",
    quiet_hint="22:00-07:00, u off",
    zone_hint="America/Mexico_City",
    storm_label="Avisos en diez minutos antes de un boletín",
    reminders_label="Recordatorios: días antes de un plazo",
    said_how="suscribir autos, acero nivel:importante cuando:diario@08:00 idiomas:es,en "
    "silencio:22:00-07:00",
)

_FRENCH = TimingWords(
    rhythms={
        Rhythm.INSTANT: "aussitôt",
        Rhythm.HOURLY: "résumé chaque heure",
        Rhythm.DAILY: "résumé chaque jour à {at}",
        Rhythm.WEEKLY: "résumé chaque {day} à {at}",
    },
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    langs={Lang.EN: "anglais", Lang.ES: "espagnol", Lang.FR: "français", Lang.OTHER: "autre"},
    any_lang="Toute langue",
    only_langs="entrées en {langs}",
    sources="à partir de {n} sources",
    mentions="mentionne {who}",
    settings="Comment ce lieu est averti",
    settled="Ce lieu est désormais averti ainsi",
    zone="Fuseau horaire : {zone} (il y est {time})",
    locale="Langue de mes propres mots : {locale}",
    quiet="Heures calmes : {quiet}",
    no_quiet="Heures calmes : aucune",
    quiet_held="ce qui arrive attend leur fin",
    flash_held="les alertes flash officielles attendent aussi",
    flash_through="les alertes flash officielles arrivent quand même",
    storm="Plus de {n} alertes en dix minutes deviennent un bulletin",
    no_storm="Les alertes ne deviennent jamais un bulletin",
    reminders="Les échéances sont rappelées {days}, à {at}",
    no_reminders="Les échéances ne sont pas rappelées",
    days_before="{days} jours avant",
    day_of="le jour même",
    empty_said="Un résumé vide le dit",
    empty_skipped="Un résumé vide n’est pas envoyé",
    repeats_on="Une alerte invérifiable après un envoi manqué est renvoyée une fois (repeats:on)",
    repeats_off="Une alerte invérifiable après un envoi manqué est seulement nommée (repeats:off)",
    how="Pour changer : réglages fuseau:America/Toronto langue:fr silence:22:00-07:00 tempête:10",
    paused_until="En pause jusqu’au {moment} : ce qui arrive attend ici ; `reprendre` le libère avant.",
    form_title="S’abonner ici",
    form_intro="Choisissez ce que ce lieu reçoit, ou écrivez-le en une ligne :",
    form_submit="S’abonner",
    settings_submit="Enregistrer",
    topics="Sujets",
    level="Combien",
    when="Quand",
    langs_label="Langues des entrées",
    mention="Mention",
    mention_hint="@personne, @rôle, here ou off",
    quiet_label="Heures calmes",
    quiet_hint="22:00-07:00, ou off",
    zone_hint="America/Toronto",
    storm_label="Alertes en dix minutes avant un bulletin",
    reminders_label="Rappels : jours avant une échéance",
    said_how="abonner autos, acier niveau:important quand:quotidien@08:00 langues:fr,en "
    "silence:22:00-07:00",
)


def timing_words(locale: str) -> TimingWords:
    """Return the words for a locale such as ``es``; English where there are none."""
    return {"en": _ENGLISH, "es": _SPANISH, "fr": _FRENCH}[language_of(locale)]
