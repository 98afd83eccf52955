"""Whether the app may read a channel back: it says so to whoever subscribes where it may not.

Reading is how an unclear send is settled. Where it cannot be, such a message may come twice.
"""

import asyncio

from bot.domain.locales import language_of
from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError

_PATIENCE = 3.0

_SAYINGS = {
    "en": {
        "unread": "I cannot read this channel back ({why}). When Slack does not say whether it "
        "took an alert, I send it once more, so one may come twice. {remedy}",
        "absent": "I am not in this channel",
        "invite": "To mend it, invite me: /invite @USMCA Bot",
        "scope": "I lack the permission {scope}",
        "install": "To mend it, an admin installs me again with it.",
        "closed": "I am not in this private channel: invite me (/invite @USMCA Bot), or nothing "
        "can arrive here.",
    },
    "es": {
        "unread": "No puedo releer este canal ({why}). Cuando Slack no dice si recibió una alerta, "
        "la envío una vez más, así que alguna puede llegar dos veces. {remedy}",
        "absent": "no estoy en este canal",
        "invite": "Para evitarlo, invíteme: /invite @USMCA Bot",
        "scope": "me falta el permiso {scope}",
        "install": "Para evitarlo, un administrador me instala de nuevo con ese permiso.",
        "closed": "No estoy en este canal privado: invíteme (/invite @USMCA Bot) o aquí no podrá "
        "llegar nada.",
    },
    "fr": {
        "unread": "Je ne peux pas relire ce canal ({why}). Quand Slack ne dit pas s’il a pris une "
        "alerte, je l’envoie une fois de plus : il peut en arriver deux. {remedy}",
        "absent": "je n’y suis pas",
        "invite": "Pour l’éviter, invitez-moi : /invite @USMCA Bot",
        "scope": "il me manque l’autorisation {scope}",
        "install": "Pour l’éviter, un administrateur me réinstalle avec elle.",
        "closed": "Je ne suis pas dans ce canal privé : invitez-moi (/invite @USMCA Bot), sinon "
        "rien ne peut y arriver.",
    },
}


class History:
    """Asks conversations.history for one message."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def warning(self, workspace: str, channel: str, locale: str | None) -> str:
        """Return a sentence for whoever subscribes this channel; empty where all is well."""
        says = _SAYINGS[language_of(locale)]
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._api.call(
                    workspace,
                    lambda client: client.conversations_history(channel=channel, limit=1),
                )
        except RefusedError as error:
            return _warning(error, says)
        except (UnansweredError, TimeoutError):
            return ""
        return ""


def _warning(error: RefusedError, says: dict[str, str]) -> str:
    if error.code == "missing_scope":
        why = says["scope"].format(scope=error.needed or "channels:history")
        return says["unread"].format(why=why, remedy=says["install"])
    if error.code == "not_in_channel":
        return says["unread"].format(why=says["absent"], remedy=says["invite"])
    return says["closed"] if error.code == "channel_not_found" else ""
