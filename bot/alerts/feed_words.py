"""The words of notices about feeds, in English, Spanish and French."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.health import Alarm
from bot.domain.locales import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWords:
    """Texts with the names of `feed_notices.of_alarm` and `of_held` in braces.

    Counts stand behind a colon, where one and many are written alike.
    """

    began_title: Mapping[Alarm, str]
    began: Mapping[Alarm, str]
    over_title: str
    over: Mapping[Alarm, str]
    held_title: str
    first_title: str
    held: str
    many_title: str
    many: str
    line: str
    more: str
    unreachable: str = ""
    """Why a poll failed that got no answer; English has the fetcher's own words."""
    unreadable: str = ""
    status: str = ""
    statuses: Mapping[int, str]


_EN = FeedWords(
    began_title={
        Alarm.GONE: "The publisher has ended the feed “{name}”",
        Alarm.BROKEN: "The feed “{name}” has stopped working",
        Alarm.EMPTY: "The feed “{name}” answers, but holds nothing at all",
        Alarm.SILENT: "The feed “{name}” has fallen silent",
    },
    began={
        Alarm.GONE: """Its server says that it is gone for good (410), so it is not polled any more.
            What to do: look for its new address on the publisher's site, and add that; then remove
            this one. Address: {url}""",
        Alarm.BROKEN: """Every poll since {since} failed. {reason} It is tried again, at growing
            intervals and at least once a day; you are told when it is back. What to do: open {url}
            in a browser. If it has moved, remove the feed and add the new address.""",
        Alarm.EMPTY: """It has held no entries since {since}. This source never holds nothing: a wrong
            name of an agency, a department or a list in the address gives an empty answer instead of
            an error. What to do: check the names in the feed's address ({url}).""",
        Alarm.SILENT: """It answers, but its last new entry came on {since}, which is longer ago than
            it ever was. What to do: look at the publisher's site. If there is news there, the feed
            has moved or is not kept up any more. Address: {url}""",
    },
    over_title="The feed “{name}” is back",
    over={
        Alarm.GONE: "It had been gone since {since} and answers again. What it shows now was read.",
        Alarm.BROKEN: """It had failed since {since} and answered again on {until}. What it published
            meanwhile and still shows was read. You need not do anything.""",
        Alarm.EMPTY: "It had been empty since {since} and holds entries again since {until}.",
        Alarm.SILENT: "It had said nothing new since {since} and speaks again since {until}.",
    },
    held_title="The feed “{name}” brought {new} new entries at once",
    first_title="The feed “{name}” was read for the first time; entries: {new}",
    held="Told: {told}. Stored, and found with {search}: {held}.",
    many_title="{feeds} feeds brought more than is told at once",
    many="New entries told: {told}. Stored, and found with /usmca search: {held}.",
    line="{name}: {told} of {new}",
    more="… and {n} more",
    statuses={},
)

_ES = FeedWords(
    began_title={
        Alarm.GONE: "El editor ha cerrado la fuente «{name}»",
        Alarm.BROKEN: "La fuente «{name}» ha dejado de funcionar",
        Alarm.EMPTY: "La fuente «{name}» responde, pero no contiene nada",
        Alarm.SILENT: "La fuente «{name}» se ha quedado callada",
    },
    began={
        Alarm.GONE: """Su servidor dice que ya no existe (410), así que no se consulta más. Qué hacer:
            busque su nueva dirección en el sitio del editor y añádala; después quite esta.
            Dirección: {url}""",
        Alarm.BROKEN: """Todas las consultas han fallado desde el {since}. {reason} Se vuelve a intentar,
            cada vez más espaciado y al menos una vez al día; se le avisará cuando vuelva. Qué hacer:
            abra {url} en un navegador. Si se ha mudado, quite la fuente y añada la nueva
            dirección.""",
        Alarm.EMPTY: """No contiene ninguna entrada desde el {since}. Esta fuente nunca está vacía: un
            nombre equivocado de agencia, departamento o lista en la dirección da una respuesta vacía
            en lugar de un error. Qué hacer: revise los nombres en la dirección de la fuente
            ({url}).""",
        Alarm.SILENT: """Responde, pero su última entrada nueva llegó el {since}, hace más tiempo que
            nunca. Qué hacer: mire el sitio del editor. Si allí hay novedades, la fuente se ha mudado
            o ya no se mantiene. Dirección: {url}""",
    },
    over_title="La fuente «{name}» ha vuelto",
    over={
        Alarm.GONE: "Había desaparecido desde el {since} y responde otra vez. Se leyó lo que muestra.",
        Alarm.BROKEN: """Fallaba desde el {since} y respondió de nuevo el {until}. Se leyó lo que publicó
            entretanto y aún muestra. No tiene que hacer nada.""",
        Alarm.EMPTY: "Estaba vacía desde el {since} y vuelve a contener entradas desde el {until}.",
        Alarm.SILENT: "No decía nada nuevo desde el {since} y vuelve a hablar desde el {until}.",
    },
    held_title="La fuente «{name}» trajo {new} entradas nuevas de una vez",
    first_title="La fuente «{name}» se leyó por primera vez; entradas: {new}",
    held="Avisadas: {told}. Guardadas, y se encuentran con {search}: {held}.",
    many_title="{feeds} fuentes trajeron más de lo que se avisa de una vez",
    many="Entradas nuevas avisadas: {told}. Guardadas, y se encuentran con /usmca search: {held}.",
    line="{name}: {told} de {new}",
    more="… y {n} más",
    unreachable="No se puede llegar al servidor, o no responde a tiempo.",
    unreadable="La respuesta no se puede leer como fuente.",
    status="El servidor responde con el error {status}.",
    statuses={
        401: "El servidor pide una contraseña (401).",
        403: "El servidor rechaza a este bot (403).",
        404: "En esta dirección ya no hay ninguna fuente (404).",
        429: "El servidor pide menos consultas (429).",
        503: "El servidor está fuera de servicio (503).",
    },
)

_FR = FeedWords(
    began_title={
        Alarm.GONE: "L’éditeur a mis fin au flux « {name} »",
        Alarm.BROKEN: "Le flux « {name} » ne fonctionne plus",
        Alarm.EMPTY: "Le flux « {name} » répond, mais ne contient rien",
        Alarm.SILENT: "Le flux « {name} » est devenu muet",
    },
    began={
        Alarm.GONE: """Son serveur dit qu’il a disparu pour de bon (410) : il n’est plus interrogé.
            Que faire : cherchez sa nouvelle adresse sur le site de l’éditeur et ajoutez-la, puis
            retirez celle-ci. Adresse : {url}""",
        Alarm.BROKEN: """Toutes les interrogations échouent depuis le {since}. {reason} De nouveaux
            essais suivent, de plus en plus espacés, au moins une fois par jour ; vous serez averti
            de son retour. Que faire : ouvrez {url} dans un navigateur. S’il a déménagé, retirez le
            flux et ajoutez la nouvelle adresse.""",
        Alarm.EMPTY: """Il ne contient aucune entrée depuis le {since}. Cette source n’est jamais vide :
            un nom erroné d’agence, de ministère ou de liste dans l’adresse donne une réponse vide au
            lieu d’une erreur. Que faire : vérifiez les noms dans l’adresse du flux ({url}).""",
        Alarm.SILENT: """Il répond, mais sa dernière entrée nouvelle date du {since}, plus longtemps que
            d’habitude. Que faire : regardez le site de l’éditeur. S’il y a du nouveau, le flux a
            déménagé ou n’est plus tenu à jour. Adresse : {url}""",
    },
    over_title="Le flux « {name} » est de retour",
    over={
        Alarm.GONE: "Il avait disparu depuis le {since} et répond de nouveau. Son contenu a été lu.",
        Alarm.BROKEN: """Il échouait depuis le {since} et a de nouveau répondu le {until}. Ce qu’il a
            publié entre-temps et montre encore a été lu. Vous n’avez rien à faire.""",
        Alarm.EMPTY: "Il était vide depuis le {since} et contient de nouveau des entrées.",
        Alarm.SILENT: "Il ne disait rien de neuf depuis le {since} et parle de nouveau.",
    },
    held_title="Le flux « {name} » a apporté {new} nouvelles entrées d’un coup",
    first_title="Le flux « {name} » a été lu pour la première fois ; entrées : {new}",
    held="Annoncées : {told}. Gardées, et trouvées avec {search} : {held}.",
    many_title="{feeds} flux ont apporté plus que ce qui s’annonce d’un coup",
    many="Nouvelles entrées annoncées : {told}. Gardées, et trouvées avec /usmca search : {held}.",
    line="{name} : {told} sur {new}",
    more="… et {n} de plus",
    unreachable="Le serveur est injoignable ou ne répond pas à temps.",
    unreadable="La réponse ne se lit pas comme un flux.",
    status="Le serveur répond par l’erreur {status}.",
    statuses={
        401: "Le serveur demande un mot de passe (401).",
        403: "Le serveur refuse ce bot (403).",
        404: "Il n’y a plus de flux à cette adresse (404).",
        429: "Le serveur demande moins d’interrogations (429).",
        503: "Le serveur est hors service (503).",
    },
)

_LANGUAGES = {"en": _EN, "es": _ES, "fr": _FR}


def words(locale: str) -> FeedWords:
    """Return the texts for a locale such as ``es`` or ``fr-CA``; English where there are none."""
    return _LANGUAGES[language_of(locale)]
