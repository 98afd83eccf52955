"""The bot's own words in French."""

from bot.commands import backtest_words, feed_words, tariff_words, trace_words
from bot.commands import marks_french as marks
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
    today="aujourd’hui",
    tomorrow="demain",
    yesterday="hier",
    in_days="dans {n} jours",
    days_ago="il y a {n} jours",
    just_now="à l’instant",
    minutes_ago="il y a {n} min",
    hours_ago="il y a {n} h",
    in_minutes="dans {n} min",
    in_hours="dans {n} h",
    at_once="maintenant",
)

_STATUS = StatusWords(
    title="Où en est l’ACEUM",
    title_on="Où en est : {topic}",
    phases={
        Phase.NOT_IN_FORCE: "Pas en vigueur avant le {start}",
        Phase.BEFORE_FIRST_REVIEW: "En vigueur depuis le {start}, avant son premier examen conjoint",
        Phase.ANNUAL_REVIEWS: "En vigueur ; examens annuels depuis le {since}, sans prorogation",
        Phase.EXTENDED: "En vigueur ; l’examen conjoint du {since} l’a prorogé au {ends}",
        Phase.OUTCOME_UNKNOWN: "En vigueur ; l’issue de l’examen conjoint du {since} n’est pas connue",
        Phase.ENDED: "La durée a pris fin le {ends}",
    },
    next_review="Prochain examen conjoint : {date}",
    term_ends="La durée court jusqu’au {date}",
    facts_as_of="Faits du traité au {date} ; les histoires sont racontées à leur arrivée.",
    week="7 derniers jours : {entries} dans {stories}",
    quiet="7 derniers jours : aucune histoire",
    deadlines="Prochaines échéances",
    no_deadlines="Aucune connue dans les douze prochains mois",
    feeds="Flux",
    feeds_down=(
        "1 flux sur {all} ne répond pas : {names}",
        "{n} flux sur {all} ne répondent pas : {names}",
    ),
    no_feeds="Aucun flux : feeds.yaml n’en nomme pas",
    all_deadlines="Toutes les échéances",
    latest="Dernières histoires",
)

_STORY = StoryWords(
    latest="Dernières histoires",
    latest_on="Du nouveau sur {topic}",
    none="Pas encore d’histoire : elles apparaissent dès qu’un flux en apporte une.",
    none_on="Pas encore d’histoire sur {topic}.",
    number="histoire {id}",
    entries=("1 entrée", "{n} entrées"),
    stories=("1 histoire", "{n} histoires"),
    timeline="Comment elle a été racontée",
    tariffs="Droits de douane",
    deadlines="Échéances",
    sources="Sources",
    conflicts="Les sources divergent",
    changed="modifiée ici le {when}",
    topics="Sujets : {topics}",
    first="a ouvert l’histoire",
    joined="rattachée par : {why}",
    evidence=("même lien", "même texte", "presque le même texte", "en commun : {what}"),
    more="… et {n} de plus",
    older="Plus anciennes",
    why="Pourquoi avons-nous reçu ceci ?",
    why_title="Pourquoi l’histoire {id} a été racontée ici",
    why_not_title="L’histoire {id} n’a pas été racontée ici",
    not_asked="Aucun abonnement ne correspondait à son arrivée, ou le niveau l’a retenue.",
    asked_for="On demande ici : {wishes}",
    asked_nothing="Aucun abonnement ici : `abonner <sujet>` en crée un.",
    story_topics="L’histoire porte sur : {topics}",
    states={
        DeliveryState.PENDING: "sur le point d’être envoyée",
        DeliveryState.SENDING: "en cours d’envoi",
        DeliveryState.SENT: "envoyée {when}",
        DeliveryState.RETRY: "sera réessayée",
        DeliveryState.UNKNOWN: "envoyée, encore sans réponse de la plateforme",
        DeliveryState.DEAD: "abandonnée",
    },
)

_SEARCH = SearchWords(
    title="Recherche : {query}",
    found=("1 entrée correspond", "{n} entrées correspondent"),
    none="Rien dans les archives ne correspond.",
    searched="Recherché : {query}",
    judged="Entrées des archives qui contiennent ses mots : {n}",
    enough="D’autres correspondent : les plus anciennes sont aux pages suivantes.",
    unseen="Les entrées plus anciennes n’ont pas été examinées : une requête plus étroite remonte plus loin.",
    also=("1 autre de cette histoire", "{n} autres de cette histoire"),
    next_page="Suite",
    no_more="C’était la dernière page.",
)

_DEADLINE = DeadlineWords(
    title="Échéances jusqu’au {date}",
    title_on="Échéances sur {topic} jusqu’au {date}",
    none="Aucune connue jusqu’au {date}.",
    computed="calculée",
    no_source="sans source publique : non confirmé",
    unconfirmed="non confirmé",
    more="Plus tard",
)

_SUBSCRIPTION = SubscriptionWords(
    done="Ce canal reçoit maintenant :",
    done_direct="Vous recevez maintenant, ici :",
    nothing_new="C’était déjà le cas :",
    added="nouveau",
    changed="avant : {before}",
    kept="comme avant",
    removed="Terminé ici :",
    nothing_removed="Rien de cela n’était abonné ici.",
    configured="Reste, car bot.yaml le demande : {wishes}",
    listed="Ce canal reçoit :",
    listed_direct="Vous recevez, ici :",
    none="Aucun abonnement ici. `abonner autos` en crée un ; `sujets` dit ce qu’il y a.",
    more="… et {n} de plus",
    levels={
        Level.EVERYTHING: "tout",
        Level.IMPORTANT: "important",
        Level.FLASH: "urgent",
    },
    level_means={
        Level.EVERYTHING: "Tout : chaque histoire.",
        Level.IMPORTANT: "Important : un droit, une échéance ou une nouvelle étape.",
        Level.FLASH: (
            "Urgent : actes officiels ou signés avec un droit ou une échéance, pour les É.-U., le "
            "Mexique ou le Canada."
        ),
    },
    each_entry="chaque entrée à part",
    query="requête : {query}",
    undo="Arrêter {wish}",
    again="Rétablir {wish}",
    sample="Envoyer un essai",
    stop_all="Tout arrêter",
    paused="En pause : ce qui arrive attend ici jusqu’à ce que vous écriviez `reprendre`.",
    resumed="Les alertes repartent ici.",
    nothing_to_pause="Aucun abonnement ici : il n’y a rien à retenir.",
    resume="Reprendre",
    state_paused="En pause : les alertes attendent que quelqu’un écrive `reprendre`.",
    state_broken=(
        "La plateforme refuse ce qui est envoyé ici : {reason}. Corrigez, puis `reprendre`."
    ),
    topics="Sujets",
    topics_hint="`abonner <sujet>` l’envoie ici ; noms français, anglais et espagnols acceptés.",
)

_TRIAL = TrialWords(
    sent="Une alerte d’essai est en route.",
    waits="L’alerte d’essai est écrite et attend, pour la raison dite plus bas.",
    again="Un essai de cette minute est déjà en route.",
    nothing_stops="Rien n’arrêterait une vraie alerte.",
    would_stop="Ce qui arrêterait une vraie alerte",
    hindrances={
        Hindrance.PLATFORM_OFF: "Cette plateforme n’est pas connectée : {detail}",
        Hindrance.BROKEN: (
            "La plateforme refuse ce qui est envoyé ici : {detail}. Corrigez, puis `reprendre`"
        ),
        Hindrance.PAUSED: "Les alertes sont en pause ici ({detail}) ; `reprendre` les libère",
        Hindrance.NO_SUBSCRIPTION: "Aucun abonnement ici : `abonner <sujet>` en crée un",
        Hindrance.UNKNOWN_TOPIC: "Ces sujets ne sont plus dans topics.yaml : {detail}",
        Hindrance.LAST_SEND_FAILED: "Le dernier envoi ici a échoué : {detail}",
        Hindrance.NO_FEEDS: "Aucun flux : feeds.yaml n’en nomme pas",
        Hindrance.FEEDS_DOWN: "Des flux ne répondent pas : {detail}",
    },
)

_PROBLEM = ProblemWords(
    unknown="Je ne connais pas « {word} ».",
    nearest="Vous vouliez peut-être dire :",
    no_topic="Il n’y a pas de sujet « {word} ».",
    see_topics="`sujets` les montre tous.",
    is_topic="« {topic} » est un sujet. Demandez :",
    usage="Écrivez : {usage}",
    no_story="Il n’y a pas d’histoire {id}. `dernières` montre les dernières avec leur numéro.",
    query=(
        "Je ne peux pas suivre la requête au caractère {position}. Essayez : {better}",
        "Je ne peux pas suivre la requête. Essayez : {better}",
    ),
    locked={
        Who.EVERYONE: "Vous ne pouvez pas changer ce que reçoit ce canal.",
        Who.MEMBERS: (
            "Seules les personnes qui sont dans ce canal peuvent changer ce qu’il reçoit. "
            "Rejoignez-le d’abord, ou écrivez-moi en message direct : là, vous vous abonnez "
            "vous-même."
        ),
        Who.ADMINS: (
            "Seules les personnes qui gèrent ce canal peuvent changer ce qu’il reçoit. Demandez à "
            "l’une d’elles, ou écrivez-moi en message direct : là, vous vous abonnez vous-même."
        ),
        Who.LISTED: (
            "Seules les personnes nommées dans les réglages du bot peuvent changer ce que reçoit ce "
            "canal. Demandez à l’une d’elles, ou écrivez-moi en message direct : là, vous vous "
            "abonnez vous-même."
        ),
    },
    feeds_hidden="L’état des flux n’est montré qu’aux personnes que nomment les réglages du bot.",
    too_many=(
        "Ce lieu a {n} abonnements, le plus qu’on puisse créer depuis un chat. Terminez-en "
        "d’abord, ou réunissez plusieurs requêtes par OR."
    ),
    problems={
        Problem.TOO_LONG: "C’est trop long pour moi.",
        Problem.NEEDS_WORDS: "Dites-moi quoi chercher.",
        Problem.NEEDS_TOPIC: "Nommez au moins un sujet.",
        Problem.NEEDS_NUMBER: "« {word} » n’est pas le numéro d’une histoire.",
        Problem.NO_NUMBER: "Donnez le numéro d’une histoire.",
        Problem.NEEDS_QUERY: "La requête est vide.",
        Problem.NO_LEVEL: "« {word} » n’est pas un niveau : tout, important ou urgent.",
        Problem.NO_GROUP: "« {word} » n’est pas un groupement : story ou entry.",
        **timing.FRENCH.problems,
        Problem.NO_PAGE: "« {word} » n’est pas une page : écrivez page:2.",
        Problem.NO_WINDOW: "Je ne peux pas regarder « {word} » en avant : de 1d à 10y, ainsi 90d.",
        Problem.NO_PAST: "Une requête ne peut être essayée sur « {word} » d’archives : de 1d à 10y, ainsi 180d.",
        Problem.NO_TARIFF_ACT: tariff_words.FRENCH.no_act,
        Problem.NO_DAY: tariff_words.FRENCH.no_day,
        Problem.NO_ADDRESS: "Donnez l’adresse du flux, ou celle d’une page qui le nomme.",
        Problem.NO_FEED: "Nommez le flux ; `flux` montre leurs noms.",
        Problem.NO_FEED_ACT: "« {word} » ne se fait pas avec un flux : ajouter, verifier, retirer, suspendre, reprendre.",
        Problem.NO_UNTIL: "« {word} » n’est pas une durée de sourdine : 7d, 12h, jusqu’au 2026-12-01 ou au 1er déc. 2026.",
        Problem.NO_SETTLING: "« {word} » ne se fait pas avec une échéance : confirmer, écarter, traité ou rouvrir.",
    },
)

_HELP = HelpWords(
    title="Ce que vous pouvez demander",
    intro="Les verbes sont acceptés en français, en anglais et en espagnol.",
    also="Aussi : {aliases}",
    example="Par exemple : {example}",
    usage={
        **marks.HELP.usage,
        **trace_words.HELP_FRENCH.usage,
        Verb.TARIFFS: tariff_words.FRENCH.usage,
        Verb.BACKTEST: backtest_words.FRENCH.usage,
        **timing.FRENCH.usage,
        Verb.STATUS: "état [sujet]",
        Verb.LATEST: "dernières [sujet]",
        Verb.SEARCH: "chercher <mots ou requête>",
        Verb.STORY: "histoire <numéro>",
        Verb.WHY: "pourquoi <numéro d’histoire>",
        Verb.DEADLINES: "échéances [sujet] [pays] [90d]",
        Verb.TOPICS: "sujets",
        Verb.UNSUBSCRIBE: "désabonner <sujet …|tout>",
        Verb.SUBSCRIPTIONS: "abonnements",
        Verb.RESUME: "reprendre",
        Verb.FEEDS: "flux [ajouter <adresse> | verifier <adresse> | retirer|suspendre|reprendre <flux>]",
        Verb.TEST: "essai",
        Verb.HELP: "aide [commande]",
    },
    gives={
        **marks.HELP.gives,
        **trace_words.HELP_FRENCH.gives,
        Verb.TARIFFS: tariff_words.FRENCH.gives,
        Verb.BACKTEST: backtest_words.FRENCH.gives,
        **timing.FRENCH.gives,
        Verb.STATUS: "où en est l’accord, les 7 derniers jours, les échéances",
        Verb.LATEST: "les dernières histoires",
        Verb.SEARCH: "les entrées des archives",
        Verb.STORY: "une histoire entière : faits, échéances, sources",
        Verb.WHY: "pourquoi une histoire a été racontée ici",
        Verb.DEADLINES: "les dates qui obligent quelqu’un, la plus proche d’abord",
        Verb.TOPICS: "à quoi s’abonner",
        Verb.SUBSCRIBE: "envoie un sujet ici ; en message direct, à vous",
        Verb.UNSUBSCRIBE: "y met fin",
        Verb.SUBSCRIPTIONS: "ce que reçoit ce lieu",
        Verb.RESUME: "met fin à la pause : ce qui attendait arrive",
        Verb.FEEDS: "comment vont les flux ; les ajoute, vérifie, suspend",
        Verb.TEST: "envoie un essai ici et dit ce qui arrêterait une vraie alerte",
        Verb.HELP: "ceci, ou plus sur une commande",
    },
    more={
        **marks.HELP.more,
        **trace_words.HELP_FRENCH.more,
        Verb.TARIFFS: tariff_words.FRENCH.more,
        Verb.BACKTEST: backtest_words.FRENCH.more,
        **timing.FRENCH.more,
        Verb.STATUS: "Avec un sujet, tout sauf les dates du traité s’y limite.",
        Verb.SEARCH: (
            "Tous les mots doivent y être. “…” est une expression ; AND, OR, NOT, -mot, (…) et "
            "auto* sont acceptés, comme les champs title:, source:, topic:, country:, lang:, "
            "since:2026-07-01, rate:[25 TO *]."
        ),
        Verb.DEADLINES: "La durée s’écrit 30d, 12w, 6m ou 1y ; sans elle, douze mois.",
        Verb.UNSUBSCRIBE: "Une requête se termine par son numéro dans `abonnements`.",
        Verb.FEEDS: (
            "Un flux que vous ajoutez est à cet espace et n’est montré qu’ici. L’adresse peut être celle d’une "
            "page qui nomme son flux. `flux <nom>` en montre un."
        ),
        Verb.TEST: "L’essai suit le chemin de toute alerte, et dit qu’il ne s’est rien passé.",
    },
    examples={
        **marks.HELP.examples,
        **trace_words.HELP_FRENCH.examples,
        Verb.TARIFFS: "tarifs canada acier",
        Verb.BACKTEST: "simuler steel (canada OR mexico) 90d",
        **timing.FRENCH.examples,
        Verb.STATUS: "statut autos",
        Verb.LATEST: "nouvelles minéraux critiques",
        Verb.SEARCH: "chercher acier (canada OR mexique)",
        Verb.STORY: "histoire 7",
        Verb.WHY: "pourquoi 7",
        Verb.DEADLINES: "échéances autos 90d",
        Verb.UNSUBSCRIBE: "désabonner autos",
        Verb.FEEDS: "flux ajouter https://example.com/rss",
        Verb.HELP: "aide chercher",
    },
)

FRENCH = Wording(
    locale="fr",
    time=_TIME,
    status=_STATUS,
    story=_STORY,
    search=_SEARCH,
    deadline=_DEADLINE,
    subscription=_SUBSCRIPTION,
    feed=feed_words.FRENCH,
    trial=_TRIAL,
    problem=_PROBLEM,
    mark=marks.WORDS,
    trace=trace_words.FRENCH,
    tariff=tariff_words.FRENCH,
    backtest=backtest_words.FRENCH,
    help=_HELP,
)
