"""Why a poll failed and what is odd about a feed, in Spanish and French.

What polls and parses says it in English sentences, which are stored. They are told in another language
when they are shown, so that what was stored earlier is too. A sentence that nobody translated stays
as it is; a test looks through the rooms that write them.
"""

from bot.alerts.sentences import Sentences

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    # answers
    ("The server answers with nothing at all (204).", "El servidor responde sin nada (204).", "Le serveur répond sans rien (204)."),
    ("The server does not understand the address (400).", "El servidor no entiende la dirección (400).", "Le serveur ne comprend pas l’adresse (400)."),
    ("The server wants a password (401).", "El servidor pide una contraseña (401).", "Le serveur demande un mot de passe (401)."),
    ("The server wants to be paid (402).", "El servidor pide un pago (402).", "Le serveur demande un paiement (402)."),
    ("The server refuses this bot (403).", "El servidor rechaza a este bot (403).", "Le serveur refuse ce bot (403)."),
    ("There is no feed at this address any more (404).", "En esta dirección ya no hay ninguna fuente (404).", "Il n’y a plus de flux à cette adresse (404)."),
    ("The server has no form of the feed that was asked for (406).", "El servidor no tiene la fuente en ninguna forma pedida (406).", "Le serveur n’a le flux dans aucune forme demandée (406)."),
    ("The server lost patience (408).", "El servidor perdió la paciencia (408).", "Le serveur a perdu patience (408)."),
    ("The publisher says this feed is gone for good (410).", "El editor dice que esta fuente ya no existe (410).", "L’éditeur dit que ce flux a disparu pour de bon (410)."),
    ("The server asks to be polled less often (429).", "El servidor pide menos consultas (429).", "Le serveur demande moins d’interrogations (429)."),
    ("The feed is withheld for legal reasons (451).", "La fuente está retenida por motivos legales (451).", "Le flux est retenu pour des raisons juridiques (451)."),
    ("The server has a fault (500).", "El servidor tiene una avería (500).", "Le serveur est en panne (500)."),
    ("The server behind the server does not answer (502).", "El servidor detrás del servidor no responde (502).", "Le serveur derrière le serveur ne répond pas (502)."),
    ("The server is out of service (503).", "El servidor está fuera de servicio (503).", "Le serveur est hors service (503)."),
    ("The server behind the server is too slow (504).", "El servidor detrás del servidor es demasiado lento (504).", "Le serveur derrière le serveur est trop lent (504)."),
    ("The server answers with status {}.", "El servidor responde con el estado {}.", "Le serveur répond avec le statut {}."),
    ("The server says nothing changed, but was not asked that (304).", "El servidor dice que nada cambió, pero no se le preguntó eso (304).", "Le serveur dit que rien n’a changé, mais on ne le lui demandait pas (304)."),
    # connections
    ("The server did not finish its answer in time ({} s at most).", "El servidor no terminó su respuesta a tiempo ({} s como máximo).", "Le serveur n’a pas fini sa réponse à temps ({} s au plus)."),
    ("The name of the server is not known (DNS).", "No se conoce el nombre del servidor (DNS).", "Le nom du serveur est inconnu (DNS)."),
    ("The server's certificate or encryption is not in order (TLS).", "El certificado o el cifrado del servidor no está en orden (TLS).", "Le certificat ou le chiffrement du serveur n’est pas en ordre (TLS)."),
    ("The server cannot be reached.", "No se puede llegar al servidor.", "Le serveur est injoignable."),
    ("The server hung up without an answer.", "El servidor colgó sin responder.", "Le serveur a raccroché sans répondre."),
    ("The answer broke off.", "La respuesta se cortó.", "La réponse s’est interrompue."),
    ("The answer is no valid HTTP.", "La respuesta no es HTTP válido.", "La réponse n’est pas du HTTP valable."),
    ("The address, or where it redirects to, is no valid address.", "La dirección, o aquella a la que redirige, no es válida.", "L’adresse, ou celle où elle redirige, n’est pas valable."),
    ("The connection failed.", "La conexión falló.", "La connexion a échoué."),
    ("The server redirects, but not to an address.", "El servidor redirige, pero a ninguna dirección.", "Le serveur redirige, mais vers aucune adresse."),
    ("The server redirects more than {} times.", "El servidor redirige más de {} veces.", "Le serveur redirige plus de {} fois."),
    ("The server redirects to something that is no web address.", "El servidor redirige a algo que no es una dirección web.", "Le serveur redirige vers ce qui n’est pas une adresse web."),
    # addresses that are refused
    ("Only http and https addresses are polled.", "Solo se consultan direcciones http y https.", "Seules les adresses http et https sont interrogées."),
    ("{} is a name of a private network.", "{} es un nombre de una red privada.", "{} est le nom d’un réseau privé."),
    ("{} is an odd spelling of an address.", "{} es una forma rara de escribir una dirección.", "{} est une façon étrange d’écrire une adresse."),
    ("{} is refused: {}.", "{} está vetada: {}.", "{} est refusée : {}."),
    ("{} leads to an address that is refused: {}.", "{} lleva a una dirección vetada: {}.", "{} mène à une adresse refusée : {}."),
    ("The feed's address cannot be opened: BOT_SECRET_KEYS lacks the key it was sealed with. Put the key back, or remove the feed and add it again.", "La dirección de la fuente no se puede abrir: a BOT_SECRET_KEYS le falta la clave con que se selló. Devuelva la clave, o quite la fuente y añádala de nuevo.", "L’adresse du flux ne s’ouvre pas : il manque à BOT_SECRET_KEYS la clé qui l’a scellée. Remettez la clé, ou retirez le flux et ajoutez-le de nouveau."),
    # bodies
    ("The answer is empty.", "La respuesta está vacía.", "La réponse est vide."),
    ("The answer is larger than {} MB.", "La respuesta pasa de {} MB.", "La réponse dépasse {} Mo."),
    ("The answer is packed more often than any honest one.", "La respuesta viene comprimida más veces que ninguna honrada.", "La réponse est compressée plus de fois qu’aucune réponse honnête."),
    ("The answer says it is gzip, but it is not.", "La respuesta dice ser gzip, y no lo es.", "La réponse se dit gzip, et ne l’est pas."),
    ("The answer says it is zstd, but it is not.", "La respuesta dice ser zstd, y no lo es.", "La réponse se dit zstd, et ne l’est pas."),
    ("The answer is packed with zstd, which was not asked for.", "La respuesta viene en zstd, que no se pidió.", "La réponse est en zstd, qui n’était pas demandé."),
    ("The answer is packed in a way this bot does not know ({}).", "La respuesta viene comprimida de un modo que este bot no conoce ({}).", "La réponse est compressée d’une façon que ce bot ne connaît pas ({})."),
    ("The answer is packed in more pieces than any honest one.", "La respuesta viene comprimida en más partes que ninguna honrada.", "La réponse est compressée en plus de morceaux qu’aucune réponse honnête."),
    ("The packed answer is damaged.", "La respuesta comprimida está dañada.", "La réponse compressée est abîmée."),
    ("The packed answer breaks off.", "La respuesta comprimida se corta.", "La réponse compressée s’interrompt."),
    # documents
    ("The answer is no feed: it is a web page.", "La respuesta no es una fuente: es una página web.", "La réponse n’est pas un flux : c’est une page web."),
    ("The answer is no feed: it is a web page. Its feed may be at {}", "La respuesta no es una fuente: es una página web. Su fuente puede estar en {}", "La réponse n’est pas un flux : c’est une page web. Son flux est peut-être à {}"),
    ("The answer is no feed: its JSON is broken or nested too deep.", "La respuesta no es una fuente: su JSON está roto o demasiado anidado.", "La réponse n’est pas un flux : son JSON est cassé ou trop imbriqué."),
    ("The answer is no feed: it is JSON of another kind.", "La respuesta no es una fuente: es JSON de otra clase.", "La réponse n’est pas un flux : c’est un JSON d’une autre sorte."),
    ("The answer is no feed: neither RSS, Atom nor JSON.", "La respuesta no es una fuente: ni RSS, ni Atom, ni JSON.", "La réponse n’est pas un flux : ni RSS, ni Atom, ni JSON."),
    ("The answer is no feed: it is a document of the kind <{}>.", "La respuesta no es una fuente: es un documento de la clase <{}>.", "La réponse n’est pas un flux : c’est un document de la sorte <{}>."),
    ("The answer is no feed: its XML is broken beyond guessing.", "La respuesta no es una fuente: su XML está roto sin remedio.", "La réponse n’est pas un flux : son XML est cassé sans remède."),
    ("The answer is no feed: its XML is broken, and too long to be read by guessing.", "La respuesta no es una fuente: su XML está roto, y es demasiado largo para leerlo a tientas.", "La réponse n’est pas un flux : son XML est cassé, et trop long pour être deviné."),
    ("The answer is no feed: its XML is broken from the start.", "La respuesta no es una fuente: su XML está roto desde el principio.", "La réponse n’est pas un flux : son XML est cassé dès le début."),
    ("The answer is no feed: its XML is broken and holds no entry that can be read.", "La respuesta no es una fuente: su XML está roto y no tiene entradas legibles.", "La réponse n’est pas un flux : son XML est cassé et ne contient aucune entrée lisible."),
    ("The answer breaks off before its first entry.", "La respuesta se corta antes de su primera entrada.", "La réponse s’interrompt avant sa première entrée."),
    ("The document declares its own entities, which no feed needs.", "El documento declara entidades propias, que ninguna fuente necesita.", "Le document déclare ses propres entités, dont aucun flux n’a besoin."),
    ("The document holds more than {} elements.", "El documento contiene más de {} elementos.", "Le document contient plus de {} éléments."),
    ("An element has more than {} attributes.", "Un elemento tiene más de {} atributos.", "Un élément a plus de {} attributs."),
    ("The document is nested more than {} deep.", "El documento tiene más de {} niveles.", "Le document a plus de {} niveaux."),
    ("The answer takes too long to read.", "La respuesta tarda demasiado en leerse.", "La réponse est trop longue à lire."),
    ("The answer takes too much memory to read.", "La respuesta exige demasiada memoria.", "La réponse demande trop de mémoire."),
    ("The answer cannot be read ({}).", "La respuesta no se puede leer ({}).", "La réponse est illisible ({})."),
    ("The answer could not be read as a feed.", "La respuesta no se pudo leer como fuente.", "La réponse n’a pas pu être lue comme un flux."),
    ("The process that reads feeds broke down; it starts anew.", "El proceso que lee las fuentes se averió; empieza de nuevo.", "Le processus qui lit les flux est tombé ; il redémarre."),
    ("The bot failed over what this feed brought: its log says where.", "El bot falló con lo que trajo esta fuente: su registro dice dónde.", "Le bot a échoué sur ce que ce flux a apporté : son journal dit où."),
    ("The poll took so long that the feed was claimed or changed meanwhile.", "La consulta tardó tanto que entretanto otra tomó la fuente o la cambió.", "L’interrogation a tant duré que le flux a été pris ou changé entre-temps."),
    ("More than {} pages were published since {}.", "Se publicaron más de {} páginas desde {}.", "Plus de {} pages ont été publiées depuis {}."),
    ("it is empty.", "está vacía.", "elle est vide."),
    # what is odd
    ("The feed holds no entries.", "La fuente no contiene ninguna entrada.", "Le flux ne contient aucune entrée."),
    ("No documents: a wrong agency name gives an empty answer, no error.", "Ningún documento: un nombre de agencia equivocado da una respuesta vacía, no un error.", "Aucun document : un nom d’agence erroné donne une réponse vide, pas une erreur."),
    ("No entries: a wrong department name gives an empty feed, no error.", "Ninguna entrada: un nombre de departamento equivocado da una fuente vacía, no un error.", "Aucune entrée : un nom de ministère erroné donne un flux vide, pas une erreur."),
    ("No bulletins: this list always holds the last hundred.", "Ningún boletín: esta lista siempre contiene los últimos cien.", "Aucun bulletin : cette liste contient toujours les cent derniers."),
    ("No acts: the edition of the day is never empty for long.", "Ningún acto: la edición del día nunca está vacía mucho tiempo.", "Aucun acte : l’édition du jour n’est jamais vide longtemps."),
    ("Of {} entries the first {} were read.", "De {} entradas se leyeron las primeras {}.", "Sur {} entrées, les {} premières ont été lues."),
    ("Of its entries {} could not be read.", "De sus entradas, {} no se pudieron leer.", "Parmi ses entrées, {} n’ont pas pu être lues."),
    ("The answer broke off; the entries it holds whole were read.", "La respuesta se cortó; se leyeron las entradas que trae enteras.", "La réponse s’est interrompue ; les entrées entières ont été lues."),
    ("The feed's XML is broken; it was read as well as could be.", "El XML de la fuente está roto; se leyó lo mejor posible.", "Le XML du flux est cassé ; il a été lu au mieux."),
    ("The page of an issue could not be read; it is tried again.", "No se pudo leer la página de un número; se intenta de nuevo.", "La page d’un numéro n’a pas pu être lue ; un nouvel essai suit."),
    ("The page of an issue could not be read; the issue stands for its acts.", "No se pudo leer la página de un número; el número vale por sus actos.", "La page d’un numéro n’a pas pu être lue ; le numéro tient lieu de ses actes."),
    ("More documents are waiting than one poll reads: the next poll goes on with the older ones.", "Esperan más documentos de los que lee una consulta: la siguiente sigue con los más antiguos.", "Il attend plus de documents qu’une interrogation n’en lit : la suivante continue par les plus anciens."),
    ("The list ends before it reaches back to the last poll: the daily comparison looks for the rest.", "La lista termina antes de llegar a la última consulta: la comparación diaria busca lo demás.", "La liste s’arrête avant la dernière interrogation : la comparaison du jour cherche le reste."),
)  # fmt: skip
"""(English, Spanish, French); ``{}`` stands for a value, in the same order in each."""

_VALUES: tuple[tuple[str, str, str], ...] = (
    ("a private network", "una red privada", "un réseau privé"),
    ("a carrier's network", "la red de un operador", "le réseau d’un opérateur"),
    ("this machine", "esta máquina", "cette machine"),
    ("this network", "esta red", "ce réseau"),
    ("a cloud's metadata", "los metadatos de una nube", "les métadonnées d’un nuage"),
    ("link-local, or a cloud's metadata", "de enlace local, o los metadatos de una nube", "lien local, ou métadonnées d’un nuage"),
    ("reserved for protocols", "reservada para protocolos", "réservée à des protocoles"),
    ("reserved for documentation", "reservada para documentación", "réservée à la documentation"),
    ("reserved for measurements", "reservada para mediciones", "réservée à des mesures"),
    ("reserved", "reservada", "réservée"),
    ("a former 6to4 relay", "un antiguo relé 6to4", "un ancien relais 6to4"),
    ("multicast", "multidifusión", "multidiffusion"),
    ("not a public IPv6 address", "no es una dirección IPv6 pública", "pas une adresse IPv6 publique"),
    ("an IPv4 address in disguise (6to4)", "una dirección IPv4 disfrazada (6to4)", "une adresse IPv4 déguisée (6to4)"),
    ("an IPv4 address in disguise (ISATAP)", "una dirección IPv4 disfrazada (ISATAP)", "une adresse IPv4 déguisée (ISATAP)"),
)  # fmt: skip
"""What stands for a ``{}`` and has words of its own: why an address is refused."""

_SAID = Sentences(_SENTENCES, values=_VALUES)


def reason(text: str, locale: str) -> str:
    """Return a stored sentence as people of a language read it, as it is where it has no translation."""
    return known_reason(text, locale) or text


def known_reason(text: str, locale: str) -> str | None:
    """Return the sentence in a language; None where there is none in it. English is as it is."""
    return _SAID.told(text, locale)
