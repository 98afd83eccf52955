"""Why a send failed, waits or was given up, and why nothing reaches a place, in Spanish and French.

Platforms and what delivers say it in English sentences, which are stored. They are told in another
language when they are shown, so that what was stored earlier is too. A sentence that nobody translated
stays as it is; a test looks through the modules that write them. What a platform says itself is not
translated.
"""

from bot.alerts.sentences import Sentences

_OURS: tuple[tuple[str, str, str], ...] = (
    ("it waited for more than 7 days", "esperó más de 7 días", "il a attendu plus de 7 jours"),
    ("gave up after {} attempts: {}", "se abandonó tras {} intentos: {}", "abandonné après {} essais : {}"),
    ("it never arrived", "nunca llegó", "il n’est jamais arrivé"),
    ("it had not arrived", "no había llegado", "il n’était pas arrivé"),
    ("it may or may not have arrived: {}", "puede que haya llegado, o no: {}", "il est peut-être arrivé, peut-être pas : {}"),
    ("sent once more, because nobody could look whether it had arrived: {}", "se envió otra vez, porque nadie podía mirar si había llegado: {}", "envoyé encore une fois, car personne ne pouvait voir s’il était arrivé : {}"),
    ("its first message was never sent", "su primer mensaje nunca se envió", "son premier message n’a jamais été envoyé"),
    ("its message cannot be composed", "su mensaje no se puede componer", "son message ne peut pas être composé"),
    ("what it was about is gone", "ya no existe aquello de lo que trataba", "ce dont il parlait n’existe plus"),
    ("sending it failed oddly: see the log", "el envío falló de forma extraña: véase el registro", "l’envoi a échoué étrangement : voir le journal"),
    ("settling it failed: see the log", "no se pudo aclarar si llegó: véase el registro", "impossible d’éclaircir s’il est arrivé : voir le journal"),
    ("the worker ended while sending", "el proceso terminó durante el envío", "le processus s’est arrêté pendant l’envoi"),
    ("a stored secret cannot be opened: BOT_SECRET_KEYS lacks the key it was sealed with", "un secreto guardado no se puede abrir: a BOT_SECRET_KEYS le falta la clave con que se selló", "un secret gardé ne s’ouvre pas : il manque à BOT_SECRET_KEYS la clé qui l’a scellé"),
    ("paused by {}", "en pausa por {}", "mis en pause par {}"),
    ("The terminal cannot be written to.", "No se puede escribir en la terminal.", "On ne peut pas écrire dans le terminal."),
)  # fmt: skip

_OUTCOMES: tuple[tuple[str, str, str], ...] = (
    ("no reason was kept", "no se guardó el motivo", "aucune raison gardée"),
    ("it is dropped", "queda descartada", "il est écarté"),
    ("nothing can be sent to {}: {}. Mend that, say /usmca resume there (or restart the bot), and replay it then", "no se puede enviar nada a {}: {}. Remédielo, escriba allí /usmca resume (o reinicie el bot) y reenvíela entonces", "rien ne peut être envoyé à {} : {}. Remédiez-y, écrivez-y /usmca resume (ou relancez le bot), puis renvoyez-le"),
    ("it cannot be reached", "no se puede llegar", "il est injoignable"),
    ("delivery {} tells that place the same: it would be told twice", "la entrega {} le dice lo mismo a ese lugar: se contaría dos veces", "l’envoi {} dit la même chose à ce lieu : ce serait dit deux fois"),
    ("the platform is asked now whether it has it; only what it lacks is sent again", "se pregunta ahora a la plataforma si la tiene; solo se reenvía lo que le falte", "on demande maintenant à la plateforme si elle l’a ; seul ce qui lui manque est renvoyé"),
    ("it waits, with its old key: {} is paused", "espera, con su clave de antes: {} está en pausa", "il attend, avec sa clé d’avant : {} est en pause"),
    ("it waits for its turn, with its old key", "espera su turno, con su clave de antes", "il attend son tour, avec sa clé d’avant"),
    ("it is not among those that were given up or are unclear", "no está entre las abandonadas o inciertas", "il n’est pas parmi ceux qui sont abandonnés ou incertains"),
)  # fmt: skip
"""What became of a delivery that an operator sends again or drops."""

_OUTSIDE: tuple[tuple[str, str, str], ...] = (
    ("There is no webhook called {}: usmca-bot services add webhook:{} stores it, or name it in bot.yaml; else remove its subscriptions.", "No hay ningún webhook llamado {}: usmca-bot services add webhook:{} lo guarda, o nómbrelo en bot.yaml; si no, quite sus suscripciones.", "Il n’y a pas de webhook appelé {} : usmca-bot services add webhook:{} le garde, ou nommez-le dans bot.yaml ; sinon, retirez ses abonnements."),
    ("The address of the webhook {} is none: correct it in bot.yaml, or with `usmca-bot services add webhook:{}`.", "La dirección del webhook {} no es una dirección: corríjala en bot.yaml, o con `usmca-bot services add webhook:{}`.", "L’adresse du webhook {} n’en est pas une : corrigez-la dans bot.yaml, ou avec `usmca-bot services add webhook:{}`."),
    ("The webhook {} could not be reached: {}.", "No se pudo llegar al webhook {}: {}.", "Le webhook {} n’a pas pu être joint : {}."),
    ("its address starts with neither https:// nor http://", "su dirección no empieza por https:// ni por http://", "son adresse ne commence ni par https:// ni par http://"),
    ("no answer came in time", "no llegó respuesta a tiempo", "aucune réponse n’est venue à temps"),
    ("the name of its server is not known (DNS)", "no se conoce el nombre de su servidor (DNS)", "le nom de son serveur est inconnu (DNS)"),
    ("the certificate of its server is not trusted", "el certificado de su servidor no es de confianza", "le certificat de son serveur n’est pas fiable"),
    ("its server takes no connection", "su servidor no acepta conexiones", "son serveur n’accepte pas de connexion"),
    ("the connection broke ({})", "la conexión se cortó ({})", "la connexion s’est rompue ({})"),
    ("The webhook {} answered 410: it is not there any more.", "El webhook {} respondió 410: ya no existe.", "Le webhook {} a répondu 410 : il n’existe plus."),
    ("The webhook {} did not take the message (status {}).", "El webhook {} no aceptó el mensaje (estado {}).", "Le webhook {} n’a pas pris le message (statut {})."),
    ("There is no service called {}: usmca-bot services add apprise:{} stores it, or name it in bot.yaml; else remove its subscriptions.", "No hay ningún servicio llamado {}: usmca-bot services add apprise:{} lo guarda, o nómbrelo en bot.yaml; si no, quite sus suscripciones.", "Il n’y a pas de service appelé {} : usmca-bot services add apprise:{} le garde, ou nommez-le dans bot.yaml ; sinon, retirez ses abonnements."),
    ("The service {} did not take the message.", "El servicio {} no aceptó el mensaje.", "Le service {} n’a pas pris le message."),
    ("The address of the service {} is none that Apprise knows: correct it in bot.yaml, or with `usmca-bot services add`.", "Apprise no conoce la dirección del servicio {}: corríjala en bot.yaml, o con `usmca-bot services add`.", "Apprise ne connaît pas l’adresse du service {} : corrigez-la dans bot.yaml, ou avec `usmca-bot services add`."),
    ("{} cannot be asked whether it took a message.", "A {} no se le puede preguntar si aceptó un mensaje.", "On ne peut pas demander à {} s’il a pris un message."),
)  # fmt: skip

_SLACK: tuple[tuple[str, str, str], ...] = (
    ("No answer came from Slack ({}).", "Slack no respondió ({}).", "Slack n’a pas répondu ({})."),
    ("Slack could not be reached ({}).", "No se pudo llegar a Slack ({}).", "Slack n’a pas pu être joint ({})."),
    ("Slack could not be asked ({}).", "No se pudo preguntar a Slack ({}).", "Slack n’a pas pu être interrogé ({})."),
    ("status {}", "estado {}", "statut {}"),
    ("status {} without an answer", "estado {} sin respuesta", "statut {} sans réponse"),
    ("the answer is no JSON object", "la respuesta no es un objeto JSON", "la réponse n’est pas un objet JSON"),
    ("Slack asks for fewer messages.", "Slack pide menos mensajes.", "Slack demande moins de messages."),
    ("Slack broke off in the middle ({}).", "Slack se cortó a la mitad ({}).", "Slack s’est interrompu en cours de route ({})."),
    ("Slack does not take this message ({}): please report it as a bug.", "Slack no acepta este mensaje ({}): infórmelo como un error, por favor.", "Slack ne prend pas ce message ({}) : signalez-le comme un défaut, s’il vous plaît."),
    ("Slack is busy ({}).", "Slack está ocupado ({}).", "Slack est occupé ({})."),
    ("Slack refused for an unknown reason ({}).", "Slack lo rechazó por un motivo desconocido ({}).", "Slack a refusé pour une raison inconnue ({})."),
    ("Slack's answer does not say where the message is.", "La respuesta de Slack no dice dónde está el mensaje.", "La réponse de Slack ne dit pas où est le message."),
    ("So much was said in the channel that the message was not found.", "Se dijo tanto en el canal que no se encontró el mensaje.", "On a tant écrit dans le canal que le message n’a pas été retrouvé."),
    ("The app may not read the channel: it lacks the scope {}.", "La app no puede leer el canal: le falta el permiso {}.", "L’app ne peut pas lire le canal : il lui manque l’autorisation {}."),
    ("The app may not read the channel ({}).", "La app no puede leer el canal ({}).", "L’app ne peut pas lire le canal ({})."),
    ("The app lacks the scope {}: add it and install the app again.", "A la app le falta el permiso {}: agréguelo e instale la app de nuevo.", "Il manque à l’app l’autorisation {} : ajoutez-la et réinstallez l’app."),
    ("Slack refuses the bot token of this workspace ({}): install the app again and put the new token into SLACK_BOT_TOKEN.", "Slack rechaza el token del bot en este espacio de trabajo ({}): instale la app de nuevo y ponga el token nuevo en SLACK_BOT_TOKEN.", "Slack refuse le jeton du bot dans cet espace de travail ({}) : réinstallez l’app et mettez le nouveau jeton dans SLACK_BOT_TOKEN."),
    ("The app was removed from this workspace, or its token ended ({}): an admin installs the app there again.", "La app se quitó de este espacio de trabajo, o su token terminó ({}): un administrador la instala allí de nuevo.", "L’app a été retirée de cet espace de travail, ou son jeton a expiré ({}) : un admin l’y réinstalle."),
    ("The app was removed from this workspace: install it again to go on.", "La app se quitó de este espacio de trabajo: instálela de nuevo para continuar.", "L’app a été retirée de cet espace de travail : réinstallez-la pour continuer."),
    ("The app's token was revoked in this workspace: install it again to go on.", "El token de la app se revocó en este espacio de trabajo: instálela de nuevo para continuar.", "Le jeton de l’app a été révoqué dans cet espace de travail : réinstallez-la pour continuer."),
    ("Slack does not find the channel, or it is private and the app is not in it: invite the app with /invite, or subscribe again in another channel.", "Slack no encuentra el canal, o es privado y la app no está en él: invítela con /invite, o suscríbase en otro canal.", "Slack ne trouve pas le canal, ou il est privé et l’app n’y est pas : invitez-la avec /invite, ou abonnez-vous dans un autre canal."),
    ("The channel is archived: unarchive it, or subscribe again in another channel.", "El canal está archivado: desarchívelo, o suscríbase en otro canal.", "Le canal est archivé : désarchivez-le, ou abonnez-vous dans un autre canal."),
    ("The app is not in the channel: invite it with /invite.", "La app no está en el canal: invítela con /invite.", "L’app n’est pas dans le canal : invitez-la avec /invite."),
    ("A workspace setting keeps the app from posting here: ask an admin.", "Un ajuste del espacio de trabajo impide que la app escriba aquí: pregunte a un administrador.", "Un réglage de l’espace de travail empêche l’app d’écrire ici : demandez à un admin."),
    ("The channel is read-only for the app: ask an admin.", "El canal es de solo lectura para la app: pregunte a un administrador.", "Le canal est en lecture seule pour l’app : demandez à un admin."),
    ("The channel takes no threads: use another one.", "El canal no admite hilos: use otro.", "Le canal n’accepte pas de fils : prenez-en un autre."),
    ("The channel takes only threads: use another one.", "El canal solo admite hilos: use otro.", "Le canal n’accepte que des fils : prenez-en un autre."),
    ("Admins have suspended posting here: ask an admin.", "Los administradores suspendieron los mensajes aquí: pregunte a uno.", "Les admins ont suspendu les messages ici : demandez à l’un d’eux."),
    ("The app's Messages tab is off: turn it on under App Home.", "La pestaña Mensajes de la app está desactivada: actívela en App Home.", "L’onglet Messages de l’app est désactivé : activez-le sous App Home."),
    ("The person is no longer in the workspace.", "La persona ya no está en el espacio de trabajo.", "La personne n’est plus dans l’espace de travail."),
    ("The person's account is deactivated.", "La cuenta de la persona está desactivada.", "Le compte de la personne est désactivé."),
    ("The app may not see this person.", "La app no puede ver a esta persona.", "L’app ne peut pas voir cette personne."),
    ("Slack lets no app write to this account.", "Slack no deja que ninguna app escriba a esta cuenta.", "Slack ne laisse aucune app écrire à ce compte."),
    ("There is no token for this workspace: install the app there, or set SLACK_BOT_TOKEN.", "No hay token para este espacio de trabajo: instale allí la app, o defina SLACK_BOT_TOKEN.", "Il n’y a pas de jeton pour cet espace de travail : installez-y l’app, ou définissez SLACK_BOT_TOKEN."),
    ("The channel is frozen or inactive: subscribe again in another channel.", "El canal está congelado o inactivo: suscríbase en otro canal.", "Le canal est gelé ou inactif : abonnez-vous dans un autre canal."),
    ("The message was deleted on Slack.", "El mensaje se borró en Slack.", "Le message a été supprimé sur Slack."),
    ("The message whose thread was to be answered was deleted on Slack.", "El mensaje en cuyo hilo se iba a responder se borró en Slack.", "Le message dans le fil duquel répondre a été supprimé sur Slack."),
    ("The message is not one that this app may edit.", "El mensaje no es de los que esta app puede editar.", "Le message n’est pas de ceux que cette app peut modifier."),
    ("The workspace no longer allows this message to be edited.", "El espacio de trabajo ya no deja editar este mensaje.", "L’espace de travail ne laisse plus modifier ce message."),
    ("Slack lets nobody answer this message.", "Slack no deja que nadie responda a este mensaje.", "Slack ne laisse personne répondre à ce message."),
    ("The message whose thread was to be answered is unknown to Slack.", "Slack no conoce el mensaje en cuyo hilo se iba a responder.", "Slack ne connaît pas le message dans le fil duquel répondre."),
)  # fmt: skip

_DISCORD: tuple[tuple[str, str, str], ...] = (
    ("Discord answered {}", "Discord respondió {}", "Discord a répondu {}"),
    ("Discord asks to wait {} seconds", "Discord pide esperar {} segundos", "Discord demande d’attendre {} secondes"),
    ("Discord's answer names nobody", "La respuesta de Discord no nombra a nadie", "La réponse de Discord ne nomme personne"),
    ("Discord's answer names no message", "La respuesta de Discord no nombra ningún mensaje", "La réponse de Discord ne nomme aucun message"),
    ("Discord's answer names no post", "La respuesta de Discord no nombra ninguna publicación", "La réponse de Discord ne nomme aucune publication"),
    ("Discord's answer names no conversation", "La respuesta de Discord no nombra ninguna conversación", "La réponse de Discord ne nomme aucune conversation"),
    ("Discord's answer is no list of messages", "La respuesta de Discord no es una lista de mensajes", "La réponse de Discord n’est pas une liste de messages"),
    ("Discord's answer is no channel", "La respuesta de Discord no es un canal", "La réponse de Discord n’est pas un salon"),
    ("Discord's answer is no list of threads", "La respuesta de Discord no es una lista de hilos", "La réponse de Discord n’est pas une liste de fils"),
    ("Discord gave no answer within {} seconds", "Discord no respondió en {} segundos", "Discord n’a pas répondu en {} secondes"),
    ("no answer in time", "ninguna respuesta a tiempo", "aucune réponse à temps"),
    ("Discord's answer is not JSON", "La respuesta de Discord no es JSON", "La réponse de Discord n’est pas du JSON"),
    ("{} cannot be reached ({})", "no se puede llegar a {} ({})", "{} est injoignable ({})"),
    ("{} gave no answer ({})", "{} no respondió ({})", "{} n’a pas répondu ({})"),
    ("{}: check that the channel exists and that the bot may write in it.", "{}: mire que el canal exista y que el bot pueda escribir en él.", "{} : voyez si le canal existe et si le bot peut y écrire."),
    ("The thread was deleted or locked ({})", "El hilo se borró o se cerró ({})", "Le fil a été supprimé ou verrouillé ({})"),
    ("The thread is closed: unlock it, or give the bot's role Manage Threads, or subscribe again in another channel.", "El hilo está cerrado: desbloquéelo, dé al rol del bot Manage Threads, o suscríbase en otro canal.", "Le fil est fermé : déverrouillez-le, donnez au rôle du bot Manage Threads, ou abonnez-vous dans un autre canal."),
    ("The message was deleted.", "El mensaje se borró.", "Le message a été supprimé."),
    ("too many messages since the send to look through", "demasiados mensajes desde el envío para revisarlos", "trop de messages depuis l’envoi pour les parcourir"),
    ("The bot sees no messages here: give its role Read Message History.", "El bot no ve mensajes aquí: dé a su rol Read Message History.", "Le bot ne voit pas de messages ici : donnez à son rôle Read Message History."),
    ("The bot may not read here: {}", "El bot no puede leer aquí: {}", "Le bot ne peut pas lire ici : {}"),
    ("The bot was removed from this Discord server: invite it again to go on.", "El bot se quitó de este servidor de Discord: invítelo de nuevo para continuar.", "Le bot a été retiré de ce serveur Discord : invitez-le de nouveau pour continuer."),
    ("Discord refuses the bot token. Check DISCORD_TOKEN and start the bot again.", "Discord rechaza el token del bot. Revise DISCORD_TOKEN y arranque el bot de nuevo.", "Discord refuse le jeton du bot. Vérifiez DISCORD_TOKEN et relancez le bot."),
    ("The forum asks for a tag that the bot may not set: add a tag anyone may use, or give the bot's role Manage Threads, or stop requiring tags.", "El foro pide una etiqueta que el bot no puede poner: agregue una que cualquiera pueda usar, dé al rol del bot Manage Threads, o deje de exigir etiquetas.", "Le forum demande un tag que le bot ne peut pas mettre : ajoutez-en un que tous peuvent utiliser, donnez au rôle du bot Manage Threads, ou n’exigez plus de tags."),
    ("The channel is gone: subscribe again in another one.", "El canal ya no existe: suscríbase en otro.", "Le canal n’existe plus : abonnez-vous dans un autre."),
    ("The server is gone, or the bot was removed from it: invite the bot again.", "El servidor ya no existe, o se quitó de él al bot: invítelo de nuevo.", "Le serveur n’existe plus, ou le bot en a été retiré : invitez-le de nouveau."),
    ("The bot's requests are refused: check DISCORD_API_URL and any proxy in between.", "Las peticiones del bot se rechazan: revise DISCORD_API_URL y los proxies intermedios.", "Les requêtes du bot sont refusées : vérifiez DISCORD_API_URL et tout proxy intermédiaire."),
    ("There is no such person any more.", "Esa persona ya no existe.", "Cette personne n’existe plus."),
    ("The bot cannot see this channel: give its role the permission View Channel.", "El bot no puede ver este canal: dé a su rol el permiso View Channel.", "Le bot ne peut pas voir ce canal : donnez à son rôle l’autorisation View Channel."),
    ("This person takes no direct messages from the bot: ask them to allow messages from the server.", "Esta persona no admite mensajes directos del bot: pídale que permita los mensajes del servidor.", "Cette personne n’accepte pas de messages directs du bot : demandez-lui d’autoriser ceux du serveur."),
    ("This kind of channel takes no plain messages: subscribe in a text channel or a thread.", "Esta clase de canal no admite mensajes simples: suscríbase en un canal de texto o un hilo.", "Cette sorte de canal n’accepte pas de simples messages : abonnez-vous dans un canal de texte ou un fil."),
    ("The bot may not write here: give its role Send Messages and Embed Links (in threads, Send Messages in Threads).", "El bot no puede escribir aquí: dé a su rol Send Messages y Embed Links (en hilos, Send Messages in Threads).", "Le bot ne peut pas écrire ici : donnez à son rôle Send Messages et Embed Links (dans les fils, Send Messages in Threads)."),
    ("The bot shares no server with this person any more: invite it again.", "El bot ya no comparte ningún servidor con esta persona: invítelo de nuevo.", "Le bot ne partage plus aucun serveur avec cette personne : invitez-le de nouveau."),
)  # fmt: skip

_WITH_ANSWER = tuple(
    (f"{english} ({{}})", f"{spanish} ({{}})", f"{french} ({{}})")
    for english, spanish, french in _DISCORD
    if english.endswith(".")
)
"""What Discord's refusals mean is stored with its answer behind."""

_SAID = Sentences((*_OURS, *_OUTCOMES, *_OUTSIDE, *_SLACK, *_DISCORD, *_WITH_ANSWER))


def reason(text: str, locale: str) -> str:
    """Return a stored sentence as people of a language read it, as it is where it has no translation."""
    return known_reason(text, locale) or text


def known_reason(text: str, locale: str) -> str | None:
    """Return the sentence in a language; None where there is none in it. English is as it is."""
    return _SAID.told(text, locale)
