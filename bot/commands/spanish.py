"""The bot's own words in Spanish."""

from bot.commands import backtest_words, feed_words, tariff_words, trace_words
from bot.commands import marks_spanish as marks
from bot.commands import timing_help as timing
from bot.commands.asked import Problem
from bot.commands.verbs import Verb
from bot.commands.wording import (
    DeadlineWords,
    HelpWords,
    ProblemWords,
    SearchWords,
    StatusWords,
    StoryWords,
    SubscriptionWords,
    TimeWords,
    TrialWords,
    Wording,
)
from bot.domain.alert import DeliveryState
from bot.domain.destination import Level
from bot.record.treaty import Phase
from bot.services.permissions import Who
from bot.services.trial import Hindrance

_TIME = TimeWords(
    today="hoy",
    tomorrow="mañana",
    yesterday="ayer",
    in_days="en {n} días",
    days_ago="hace {n} días",
    just_now="ahora mismo",
    minutes_ago="hace {n} min",
    hours_ago="hace {n} h",
    in_minutes="en {n} min",
    in_hours="en {n} h",
    at_once="ahora",
)

_STATUS = StatusWords(
    title="Cómo está el T-MEC",
    title_on="Cómo está: {topic}",
    phases={
        Phase.NOT_IN_FORCE: "No entra en vigor antes del {start}",
        Phase.BEFORE_FIRST_REVIEW: "En vigor desde el {start}, antes de su primera revisión conjunta",
        Phase.ANNUAL_REVIEWS: "En vigor; revisiones anuales desde el {since}, sin prórroga",
        Phase.EXTENDED: "En vigor; la revisión conjunta del {since} lo prorrogó hasta el {ends}",
        Phase.OUTCOME_UNKNOWN: (
            "En vigor; no consta cómo terminó la revisión conjunta del {since}"
        ),
        Phase.ENDED: "El plazo terminó el {ends}",
    },
    next_review="Próxima revisión conjunta: {date}",
    term_ends="El plazo llega hasta el {date}",
    facts_as_of="Datos del tratado al {date}; las historias se cuentan cuando llegan.",
    week="Últimos 7 días: {entries} en {stories}",
    quiet="Últimos 7 días: ninguna historia",
    deadlines="Próximos plazos",
    no_deadlines="No se conoce ninguno en los próximos doce meses",
    feeds="Fuentes",
    feeds_down=(
        "1 de {all} fuentes no responde: {names}",
        "{n} de {all} fuentes no responden: {names}",
    ),
    no_feeds="No hay fuentes: feeds.yaml no nombra ninguna",
    all_deadlines="Todos los plazos",
    latest="Últimas historias",
)

_STORY = StoryWords(
    latest="Últimas historias",
    latest_on="Lo último sobre {topic}",
    none="Aún no hay historias: aparecen aquí en cuanto una fuente trae una.",
    none_on="Aún no hay historias sobre {topic}.",
    number="historia {id}",
    entries=("1 entrada", "{n} entradas"),
    stories=("1 historia", "{n} historias"),
    timeline="Cómo se contó",
    tariffs="Aranceles",
    deadlines="Plazos",
    sources="Fuentes",
    conflicts="Las fuentes no coinciden",
    changed="cambió aquí el {when}",
    topics="Temas: {topics}",
    first="abrió la historia",
    joined="se unió por: {why}",
    evidence=("el mismo enlace", "el mismo texto", "casi el mismo texto", "en común: {what}"),
    more="… y {n} más",
    older="Anteriores",
    why="¿Por qué llegó esto?",
    why_title="Por qué la historia {id} se contó aquí",
    why_not_title="La historia {id} no se contó aquí",
    not_asked="Ninguna suscripción coincidía cuando llegó, o su nivel la retuvo.",
    asked_for="Aquí se pide: {wishes}",
    asked_nothing="Aquí no hay suscripciones: `suscribir <tema>` crea una.",
    story_topics="La historia trata de: {topics}",
    states={
        DeliveryState.PENDING: "por enviar",
        DeliveryState.SENDING: "enviándose",
        DeliveryState.SENT: "enviada {when}",
        DeliveryState.RETRY: "se intentará de nuevo",
        DeliveryState.UNKNOWN: "enviada, aún sin respuesta de la plataforma",
        DeliveryState.DEAD: "abandonada",
    },
)

_SEARCH = SearchWords(
    title="Búsqueda: {query}",
    found=("Coincide 1 entrada", "Coinciden {n} entradas"),
    none="Nada en el archivo coincide.",
    searched="Se buscó: {query}",
    judged="Entradas del archivo que contienen sus palabras: {n}",
    enough="Coinciden más: las anteriores están en las páginas siguientes.",
    unseen="Las entradas anteriores no se examinaron: una consulta más precisa llega más atrás.",
    also=("1 más de esta historia", "{n} más de esta historia"),
    next_page="Más",
    no_more="Esa era la última página.",
)

_DEADLINE = DeadlineWords(
    title="Plazos hasta el {date}",
    title_on="Plazos sobre {topic} hasta el {date}",
    none="No se conoce ninguno hasta el {date}.",
    computed="calculado",
    no_source="sin fuente pública: no confirmado",
    unconfirmed="no confirmado",
    more="Posteriores",
)

_SUBSCRIPTION = SubscriptionWords(
    done="Este canal recibe ahora:",
    done_direct="Ahora recibe usted, aquí:",
    nothing_new="Ya era así:",
    added="nueva",
    changed="antes: {before}",
    kept="como antes",
    removed="Terminado aquí:",
    nothing_removed="Nada de eso estaba suscrito aquí.",
    configured="Se queda, porque bot.yaml lo pide: {wishes}",
    listed="Este canal recibe:",
    listed_direct="Usted recibe, aquí:",
    none="Aquí no hay suscripciones. `suscribir autos` crea una; `temas` dice qué hay.",
    more="… y {n} más",
    levels={
        Level.EVERYTHING: "todo",
        Level.IMPORTANT: "importante",
        Level.FLASH: "urgente",
    },
    level_means={
        Level.EVERYTHING: "Todo: cada historia.",
        Level.IMPORTANT: "Importante: historias con un arancel, un plazo o una nueva etapa.",
        Level.FLASH: (
            "Urgente: pasos oficiales o firmados con un arancel o plazo, para EE. UU., México o "
            "Canadá."
        ),
    },
    each_entry="cada entrada por separado",
    query="consulta: {query}",
    undo="Quitar {wish}",
    again="Volver: {wish}",
    sample="Enviar una muestra",
    stop_all="Quitar todo",
    paused="En pausa: lo que llegue espera aquí hasta que escriba `reanudar`.",
    resumed="Las alertas vuelven a salir aquí.",
    nothing_to_pause="Aquí no hay suscripciones, así que no hay nada que retener.",
    resume="Reanudar",
    state_paused="En pausa: las alertas esperan hasta que alguien escriba `reanudar`.",
    state_broken=(
        "La plataforma rechaza lo que se envía aquí: {reason}. Corríjalo y luego `reanudar`."
    ),
    topics="Temas",
    topics_hint="`suscribir <tema>` lo envía aquí; valen nombres en español, inglés y francés.",
)

_TRIAL = TrialWords(
    sent="Una alerta de muestra va en camino.",
    waits="La alerta de muestra está escrita y espera por lo que se dice abajo.",
    again="Ya va en camino una muestra de este minuto.",
    nothing_stops="Nada detendría una real.",
    would_stop="Qué detendría una real",
    hindrances={
        Hindrance.PLATFORM_OFF: "Esta plataforma no está conectada: {detail}",
        Hindrance.BROKEN: (
            "La plataforma rechaza lo que se envía aquí: {detail}. Corríjalo y luego `reanudar`"
        ),
        Hindrance.PAUSED: "Las alertas están en pausa aquí ({detail}); `reanudar` las suelta",
        Hindrance.NO_SUBSCRIPTION: "Aquí no hay suscripciones: `suscribir <tema>` crea una",
        Hindrance.UNKNOWN_TOPIC: "Estos temas ya no están en topics.yaml: {detail}",
        Hindrance.LAST_SEND_FAILED: "El último envío aquí falló: {detail}",
        Hindrance.NO_FEEDS: "No hay fuentes: feeds.yaml no nombra ninguna",
        Hindrance.FEEDS_DOWN: "Hay fuentes que no responden: {detail}",
    },
)

_PROBLEM = ProblemWords(
    unknown="No conozco «{word}».",
    nearest="Quizá quiso decir:",
    no_topic="No hay ningún tema «{word}».",
    see_topics="`temas` los muestra todos.",
    is_topic="«{topic}» es un tema. Pida:",
    usage="Escríbalo así: {usage}",
    no_story="No hay ninguna historia {id}. `últimas` muestra las más recientes con su número.",
    query=(
        "No puedo seguir la consulta en el carácter {position}. Pruebe: {better}",
        "No puedo seguir la consulta. Pruebe: {better}",
    ),
    locked={
        Who.EVERYONE: "Usted no puede cambiar lo que recibe este canal.",
        Who.MEMBERS: (
            "Solo quienes están en este canal pueden cambiar lo que recibe. Únase primero, o "
            "escríbame por mensaje directo: ahí se suscribe usted."
        ),
        Who.ADMINS: (
            "Solo quienes administran este canal pueden cambiar lo que recibe. Pídaselo a uno de "
            "ellos, o escríbame por mensaje directo: ahí se suscribe usted."
        ),
        Who.LISTED: (
            "Solo las personas nombradas en los ajustes del bot pueden cambiar lo que recibe este "
            "canal. Pídaselo a una de ellas, o escríbame por mensaje directo: ahí se suscribe usted."
        ),
    },
    feeds_hidden="Cómo están las fuentes se muestra solo a las personas que nombran los ajustes del bot.",
    too_many=(
        "Este lugar tiene {n} suscripciones, las más que pueden crearse desde un chat. Quite "
        "algunas antes, o junte varias consultas con OR."
    ),
    problems={
        Problem.TOO_LONG: "Eso es demasiado largo para mí.",
        Problem.NEEDS_WORDS: "Dígame qué buscar.",
        Problem.NEEDS_TOPIC: "Nombre al menos un tema.",
        Problem.NEEDS_NUMBER: "«{word}» no es el número de una historia.",
        Problem.NO_NUMBER: "Diga el número de una historia.",
        Problem.NEEDS_QUERY: "La consulta está vacía.",
        Problem.NO_LEVEL: "«{word}» no es un nivel: todo, importante o urgente.",
        Problem.NO_GROUP: "«{word}» no es una agrupación: story o entry.",
        **timing.SPANISH.problems,
        Problem.NO_PAGE: "«{word}» no es una página: escriba page:2.",
        Problem.NO_WINDOW: "No puedo mirar «{word}» adelante: de 1d a 10y, por ejemplo 90d.",
        Problem.NO_PAST: "No puedo probar una consulta con «{word}» de archivo: de 1d a 10y, por ejemplo 180d.",
        Problem.NO_TARIFF_ACT: tariff_words.SPANISH.no_act,
        Problem.NO_DAY: tariff_words.SPANISH.no_day,
        Problem.NO_ADDRESS: "Dé la dirección de la fuente, o la de una página que la nombra.",
        Problem.NO_FEED: "Nombre la fuente; `fuentes` muestra cómo se llaman.",
        Problem.NO_FEED_ACT: "«{word}» no es nada que se haga con una fuente: agregar, comprobar, quitar, pausar o reanudar.",
        Problem.NO_UNTIL: "«{word}» no es un tiempo para silenciar: 7d, 12h, hasta 2026-12-01 o hasta el 1 dic 2026.",
        Problem.NO_SETTLING: "«{word}» no se puede hacer con un plazo: confirmar, descartar, atendido o reabrir.",
    },
)

_HELP = HelpWords(
    title="Qué puede pedir",
    intro="Los verbos valen en español, inglés y francés.",
    also="También: {aliases}",
    example="Por ejemplo: {example}",
    usage={
        **marks.HELP.usage,
        **trace_words.HELP_SPANISH.usage,
        Verb.TARIFFS: tariff_words.SPANISH.usage,
        Verb.BACKTEST: backtest_words.SPANISH.usage,
        **timing.SPANISH.usage,
        Verb.STATUS: "estado [tema]",
        Verb.LATEST: "últimas [tema]",
        Verb.SEARCH: "buscar <palabras o consulta>",
        Verb.STORY: "historia <número>",
        Verb.WHY: "por qué <número de historia>",
        Verb.DEADLINES: "plazos [tema] [país] [90d]",
        Verb.TOPICS: "temas",
        Verb.UNSUBSCRIBE: "cancelar <tema …|todo>",
        Verb.SUBSCRIPTIONS: "suscripciones",
        Verb.RESUME: "reanudar",
        Verb.FEEDS: "fuentes [agregar <dirección> | comprobar <dirección> | quitar|pausar|reanudar <fuente>]",
        Verb.TEST: "prueba",
        Verb.HELP: "ayuda [comando]",
    },
    gives={
        **marks.HELP.gives,
        **trace_words.HELP_SPANISH.gives,
        Verb.TARIFFS: tariff_words.SPANISH.gives,
        Verb.BACKTEST: backtest_words.SPANISH.gives,
        **timing.SPANISH.gives,
        Verb.STATUS: "cómo está el tratado, los últimos 7 días, qué vence",
        Verb.LATEST: "las historias más recientes",
        Verb.SEARCH: "entradas del archivo",
        Verb.STORY: "una historia entera: datos, plazos, fuentes",
        Verb.WHY: "por qué se contó aquí una historia",
        Verb.DEADLINES: "fechas que obligan a alguien, la más próxima primero",
        Verb.TOPICS: "a qué puede suscribirse",
        Verb.SUBSCRIBE: "envía un tema aquí; en mensaje directo, a usted",
        Verb.UNSUBSCRIBE: "lo termina",
        Verb.SUBSCRIPTIONS: "qué recibe este lugar",
        Verb.RESUME: "termina la pausa: llega lo que esperaba",
        Verb.FEEDS: "cómo están las fuentes; las agrega, comprueba, pausa",
        Verb.TEST: "envía una muestra aquí y dice qué detendría una alerta real",
        Verb.HELP: "esto, o más sobre un comando",
    },
    more={
        **marks.HELP.more,
        **trace_words.HELP_SPANISH.more,
        Verb.TARIFFS: tariff_words.SPANISH.more,
        Verb.BACKTEST: backtest_words.SPANISH.more,
        **timing.SPANISH.more,
        Verb.STATUS: "Con un tema, todo salvo las fechas del tratado se limita a él.",
        Verb.SEARCH: (
            "Deben aparecer todas las palabras. «…» es una frase; valen AND, OR, NOT, -palabra, "
            "(…) y auto*, y campos como title:, source:, topic:, country:, lang:, "
            "since:2026-07-01, rate:[25 TO *]."
        ),
        Verb.DEADLINES: "El tiempo se escribe 30d, 12w, 6m o 1y; sin él, doce meses.",
        Verb.UNSUBSCRIBE: "Una consulta se termina por su número en `suscripciones`.",
        Verb.FEEDS: (
            "La fuente que usted agrega es de este espacio y solo se muestra aquí. La dirección puede ser la de "
            "una página que nombra su fuente. `fuentes <nombre>` muestra una."
        ),
        Verb.TEST: "La muestra va por el camino de toda alerta, y dice que no pasó nada.",
    },
    examples={
        **marks.HELP.examples,
        **trace_words.HELP_SPANISH.examples,
        Verb.TARIFFS: "aranceles canada acero",
        Verb.BACKTEST: "simular steel (canada OR mexico) 90d",
        **timing.SPANISH.examples,
        Verb.STATUS: "estado autos",
        Verb.LATEST: "ultimas minerales críticos",
        Verb.SEARCH: "buscar acero (canada OR mexico)",
        Verb.STORY: "historia 7",
        Verb.WHY: "por qué 7",
        Verb.DEADLINES: "plazos autos 90d",
        Verb.UNSUBSCRIBE: "desuscribir autos",
        Verb.FEEDS: "fuentes agregar https://example.com/rss",
        Verb.HELP: "ayuda buscar",
    },
)

SPANISH = Wording(
    locale="es",
    time=_TIME,
    status=_STATUS,
    story=_STORY,
    search=_SEARCH,
    deadline=_DEADLINE,
    subscription=_SUBSCRIPTION,
    feed=feed_words.SPANISH,
    trial=_TRIAL,
    problem=_PROBLEM,
    mark=marks.WORDS,
    trace=trace_words.SPANISH,
    tariff=tariff_words.SPANISH,
    backtest=backtest_words.SPANISH,
    help=_HELP,
)
