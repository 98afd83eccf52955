"""Help and refusals about when and how a place is told, in English, Spanish and French."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.asked import Problem
from bot.commands.verbs import Verb
from bot.services.options import MAX_DAYS, MAX_SOURCES, MAX_STORM


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingHelp:
    """One language's part of the help."""

    usage: Mapping[Verb, str]
    gives: Mapping[Verb, str]
    more: Mapping[Verb, str]
    examples: Mapping[Verb, str]
    problems: Mapping[Problem, str]


ENGLISH = TimingHelp(
    usage={
        Verb.SUBSCRIBE: (
            "subscribe <topic, topic …> [level:…] [when:…] [langs:…] [sources:…] [mention:…]"
        ),
        Verb.SETTINGS: "settings [zone:…] [locale:…] [quiet:…] [storm:…] [reminders:…] [hour:…]",
        Verb.PAUSE: "pause [3d]",
    },
    gives={
        Verb.SETTINGS: "how this place is told: zone, language, quiet hours, reminders",
        Verb.PAUSE: "holds back what comes, until resume or for a time",
    },
    more={
        Verb.SUBSCRIBE: (
            'Several topics at once work; so does a query: subscribe query: "steel AND canada". '
            "level: everything, important (a tariff fact, a deadline or a new stage) or flash "
            "(official steps only). when: instant, hourly, daily@08:00 or weekly:mon@08:00, in this "
            "place's time. langs:en,es takes entries in these languages; sources:2 waits for a "
            "second source; mention: calls somebody by name; group:entry tells each entry by "
            "itself. Asking again changes only what you say."
        ),
        Verb.SETTINGS: (
            "quiet:22:00-07:00 holds what comes until 07:00 (flash:through lets official flash "
            "alerts pass). storm:8 makes one bulletin of more than 8 alerts in ten minutes. "
            "reminders:14,7,1,0 tells a deadline again that many days before, at hour:09:00. "
            "empty:say announces a digest with nothing in it. off ends each of them."
        ),
        Verb.PAUSE: "A time is written 12h, 3d or 2w; without one it lasts until `resume`.",
    },
    examples={
        Verb.SUBSCRIBE: "subscribe autos, critical minerals level:important when:daily@08:00",
        Verb.SETTINGS: "settings zone:America/Mexico_City locale:es quiet:22:00-07:00",
        Verb.PAUSE: "pause 3d",
    },
    problems={
        Problem.NO_WHEN: (
            "“{word}” is no time to be told: instant, hourly, daily@08:00 or weekly:mon@08:00."
        ),
        Problem.NO_TIME: "“{word}” is no time of day: write it as 08:00.",
        Problem.NO_LANGS: "“{word}” is no language of entries: en, es, fr or any.",
        Problem.NO_SOURCES: f"“{{word}}” is no number of sources: 1 to {MAX_SOURCES}.",
        Problem.NO_MENTION: ("“{word}” names nobody I can mention: a person, a role, here or off."),
        Problem.NO_QUIET: "“{word}” are no quiet hours: write them as 22:00-07:00, or off.",
        Problem.QUIET_ENDLESS: (
            "Quiet hours “{word}” start and end at the same time: they would never end."
        ),
        Problem.NO_SETTING: "“{word}” is no setting; these are:",
        Problem.NO_ZONE: "There is no time zone “{word}”; write it as America/Toronto.",
        Problem.NO_LOCALE: "“{word}” is no language I speak: en, es or fr.",
        Problem.NO_STORM: f"“{{word}}” is no number of alerts: 1 to {MAX_STORM}, or off.",
        Problem.NO_REMINDERS: (
            f"“{{word}}” are no days before a deadline: write 14,7,1,0 (at most {MAX_DAYS}), or off."
        ),
        Problem.NO_SWITCH: (
            "“{word}” is neither on nor off (flash: through or hold; empty: say or skip)."
        ),
        Problem.NO_SPAN: "“{word}” is no time a pause can last: 12h, 3d or 2w, at most a year.",
    },
)

SPANISH = TimingHelp(
    usage={
        Verb.SUBSCRIBE: (
            "suscribir <tema, tema …> [nivel:…] [cuando:…] [idiomas:…] [fuentes:…] [mención:…]"
        ),
        Verb.SETTINGS: (
            "ajustes [zona:…] [idioma:…] [silencio:…] [tormenta:…] [recordatorios:…] [hora:…]"
        ),
        Verb.PAUSE: "pausa [3d]",
    },
    gives={
        Verb.SETTINGS: "cómo se avisa aquí: zona, idioma, horas de silencio, recordatorios",
        Verb.PAUSE: "pone en pausa: lo que llega espera por un tiempo, o hasta que escriba reanudar",
    },
    more={
        Verb.SUBSCRIBE: (
            'Se aceptan varios temas, y también una consulta: suscribir consulta: "acero AND '
            'canadá". nivel: todo, importante (un dato arancelario, un plazo o una etapa nueva) o '
            "urgente (solo pasos oficiales). cuando: instantáneo, horario, diario@08:00 o "
            "semanal:lun@08:00, en la hora de este lugar. idiomas:en,es toma entradas en esos "
            "idiomas; fuentes:2 espera una segunda fuente; mención: llama a alguien por su nombre; "
            "grupo:entrada avisa de cada entrada. Al pedirlo de nuevo cambia solo lo que diga."
        ),
        Verb.SETTINGS: (
            "silencio:22:00-07:00 retiene lo que llega hasta las 07:00 (con flash:pasa, los avisos "
            "oficiales urgentes llegan igual). tormenta:8 hace un boletín de más de 8 avisos en diez "
            "minutos. recordatorios:14,7,1,0 recuerda un plazo esos días antes, a la hora:09:00. "
            "vacío:decir anuncia un resumen vacío. off termina cada uno."
        ),
        Verb.PAUSE: "El tiempo se escribe 12h, 3d o 2w; sin él, la pausa dura hasta que escriba `reanudar`.",
    },
    examples={
        Verb.SUBSCRIBE: "suscribir autos, acero nivel:importante cuando:diario@08:00",
        Verb.SETTINGS: "ajustes zona:America/Mexico_City idioma:es silencio:22:00-07:00",
        Verb.PAUSE: "pausa 3d",
    },
    problems={
        Problem.NO_WHEN: (
            "«{word}» no dice cuándo avisar: instantáneo, horario, diario@08:00 o semanal:lun@08:00."
        ),
        Problem.NO_TIME: "«{word}» no es una hora del día: escríbala como 08:00.",
        Problem.NO_LANGS: "«{word}» no es un idioma de entradas: en, es, fr o cualquiera.",
        Problem.NO_SOURCES: f"«{{word}}» no es un número de fuentes: de 1 a {MAX_SOURCES}.",
        Problem.NO_MENTION: (
            "«{word}» no nombra a nadie que pueda mencionar: una persona, un rol, here u off."
        ),
        Problem.NO_QUIET: (
            "«{word}» no son horas de silencio: escríbalas como 22:00-07:00, u off."
        ),
        Problem.QUIET_ENDLESS: (
            "Las horas de silencio «{word}» empiezan y terminan a la misma hora: no acabarían nunca."
        ),
        Problem.NO_SETTING: "«{word}» no es un ajuste; estos lo son:",
        Problem.NO_ZONE: "No hay zona horaria «{word}»; escríbala como America/Mexico_City.",
        Problem.NO_LOCALE: "No hablo «{word}»: en, es o fr.",
        Problem.NO_STORM: f"«{{word}}» no es un número de avisos: de 1 a {MAX_STORM}, u off.",
        Problem.NO_REMINDERS: (
            f"«{{word}}» no son días antes de un plazo: escriba 14,7,1,0 (hasta {MAX_DAYS}), u off."
        ),
        Problem.NO_SWITCH: (
            "«{word}» no es ni on ni off (flash: pasa o espera; vacío: decir u omitir)."
        ),
        Problem.NO_SPAN: "«{word}» no es un tiempo de pausa: 12h, 3d o 2w, como máximo un año.",
    },
)

FRENCH = TimingHelp(
    usage={
        Verb.SUBSCRIBE: (
            "abonner <sujet, sujet …> [niveau:…] [quand:…] [langues:…] [sources:…] [mention:…]"
        ),
        Verb.SETTINGS: (
            "réglages [fuseau:…] [langue:…] [silence:…] [tempête:…] [rappels:…] [heure:…]"
        ),
        Verb.PAUSE: "pause [3d]",
    },
    gives={
        Verb.SETTINGS: "comment ce lieu est averti : fuseau, langue, heures calmes, rappels",
        Verb.PAUSE: "met en pause : ce qui arrive attend, pour un temps ou jusqu’à ce que vous écriviez reprendre",
    },
    more={
        Verb.SUBSCRIBE: (
            "Plusieurs sujets à la fois sont acceptés ; une requête aussi : abonner requête: "
            '"acier AND canada". niveau : tout, important (un fait tarifaire, une échéance ou une '
            "nouvelle étape) ou urgent (étapes officielles seulement). quand : direct, horaire, "
            "quotidien@08:00 ou hebdo:lun@08:00, à l’heure de ce lieu. langues:en,fr prend les "
            "entrées dans ces langues ; sources:2 attend une deuxième source ; mention: appelle "
            "quelqu’un par son nom ; groupe:entrée annonce chaque entrée. Redemander ne change que "
            "ce que vous dites."
        ),
        Verb.SETTINGS: (
            "silence:22:00-07:00 retient ce qui arrive jusqu’à 07:00 (avec flash:passe, les alertes "
            "flash officielles arrivent quand même). tempête:8 fait un bulletin de plus de 8 alertes "
            "en dix minutes. rappels:14,7,1,0 rappelle une échéance autant de jours avant, à "
            "heure:09:00. vide:dire annonce un résumé vide. off met fin à chacun."
        ),
        Verb.PAUSE: "La durée s’écrit 12h, 3d ou 2w ; sans elle, la pause tient jusqu’à ce que vous écriviez `reprendre`.",
    },
    examples={
        Verb.SUBSCRIBE: "abonner autos, acier niveau:important quand:quotidien@08:00",
        Verb.SETTINGS: "réglages fuseau:America/Toronto langue:fr silence:22:00-07:00",
        Verb.PAUSE: "pause 3d",
    },
    problems={
        Problem.NO_WHEN: (
            "« {word} » ne dit pas quand avertir : direct, horaire, quotidien@08:00 ou "
            "hebdo:lun@08:00."
        ),
        Problem.NO_TIME: "« {word} » n’est pas une heure : écrivez-la 08:00.",
        Problem.NO_LANGS: "« {word} » n’est pas une langue d’entrées : en, es, fr ou toutes.",
        Problem.NO_SOURCES: f"« {{word}} » n’est pas un nombre de sources : 1 à {MAX_SOURCES}.",
        Problem.NO_MENTION: (
            "« {word} » ne nomme personne que je puisse mentionner : une personne, un rôle, here "
            "ou off."
        ),
        Problem.NO_QUIET: (
            "« {word} » ne sont pas des heures calmes : écrivez-les 22:00-07:00, ou off."
        ),
        Problem.QUIET_ENDLESS: (
            "Les heures calmes « {word} » ne finiraient jamais : début et fin sont égaux."
        ),
        Problem.NO_SETTING: "« {word} » n’est pas un réglage ; voici lesquels :",
        Problem.NO_ZONE: "Il n’y a pas de fuseau « {word} » ; écrivez-le America/Toronto.",
        Problem.NO_LOCALE: "Je ne parle pas « {word} » : en, es ou fr.",
        Problem.NO_STORM: f"« {{word}} » n’est pas un nombre d’alertes : 1 à {MAX_STORM}, ou off.",
        Problem.NO_REMINDERS: (
            f"« {{word}} » ne sont pas des jours avant une échéance : écrivez 14,7,1,0 (au plus "
            f"{MAX_DAYS}), ou off."
        ),
        Problem.NO_SWITCH: (
            "« {word} » n’est ni on ni off (flash : passe ou attend ; vide : dire ou omettre)."
        ),
        Problem.NO_SPAN: "« {word} » n’est pas une durée de pause : 12h, 3d ou 2w, au plus un an.",
    },
)
