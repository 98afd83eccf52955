"""What Slack adds to a reply: the way back in a list that goes on, and how to share an answer. Pure."""

import re
from dataclasses import replace

from bot.commands.exchange import Choice, Reply
from bot.domain.locales import language_of

PAGE = re.compile(r"(?:^|\s)(?P<name>p[aá]g(?:e|ina)):(?P<number>\d{1,4})\s*$", re.IGNORECASE)
"""What a command ends with that asks for a page."""

_LABELS = {"en": "Previous", "es": "Anterior", "fr": "Précédent"}


_SHARE = {
    "en": "Answers are for you alone; add --share to show one to the channel.",
    "es": "Las respuestas son solo para usted; añada --compartir para mostrarlas al canal.",
    "fr": "Les réponses sont pour vous seul ; ajoutez --partager pour les montrer au canal.",
}


def with_manners(reply: Reply, asked: str, locale: str | None) -> Reply:
    """Return the reply with what is Slack's own: a way back, and in the help how to share."""
    if reply.command == "help" and reply.ok:
        said = _SHARE[language_of(locale)]
        return replace(reply, footer=" ".join(filter(None, (reply.footer, said))))
    return with_way_back(reply, asked, locale)


def with_way_back(reply: Reply, asked: str, locale: str | None) -> Reply:
    """Return the reply with a button to the page before, where it is not the first."""
    found = PAGE.search(asked)
    if found is None or int(found["number"]) < 2 or not reply.ok:
        return reply
    before = f"{asked[: found.start()].rstrip()} {found['name']}:{int(found['number']) - 1}"
    label = _LABELS[language_of(locale)]
    choice = Choice(label=f"‹ {label}", command=before.strip())
    return replace(reply, actions=(choice, *reply.actions))
