"""What a place is told of a send nobody could look up, where such sends are not repeated. Pure."""

from bot.alerts.truncate import clip
from bot.domain.destination import Destination
from bot.domain.ids import DeliveryId
from bot.domain.locales import language_of
from bot.domain.message import Link, Message

_HEADLINE = 200
_WORDS = {
    "en": (
        "An alert may not have arrived here",
        "Nobody could look whether it did, and here such alerts are not sent again: {headline}",
    ),
    "es": (
        "Puede que una alerta no haya llegado aquí",
        "Nadie pudo comprobarlo, y aquí esas alertas no se repiten: {headline}",
    ),
    "fr": (
        "Une alerte n’est peut-être pas arrivée ici",
        "Personne n’a pu le vérifier, et ici ces alertes ne sont pas répétées : {headline}",
    ),
}


def of_unsettled(delivery_id: DeliveryId, headline: Link, place: Destination) -> Message:
    """Return the notice; there is one for each send."""
    title, text = _WORDS[language_of(place.locale)]
    return Message(
        subject=f"notice:unsettled:{delivery_id}",
        headline=Link(text=title),
        summary=text.format(headline=clip(headline.text, _HEADLINE)),
        more_sources=(headline,) if headline.url else (),
        zone=place.zone,
        locale=place.locale,
        notice=True,
    )
