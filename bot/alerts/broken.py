"""What people are told when a place they subscribed cannot be reached any more. Pure."""

from hashlib import blake2b

from bot.alerts.delivery_reasons import reason as told
from bot.domain.destination import Destination
from bot.domain.locales import language_of
from bot.domain.message import Link, Message

_WORDS = {
    "en": (
        "Alerts to {place} have stopped",
        "{reason} What was due waits: once it is mended, write /usmca resume there.",
    ),
    "es": (
        "Las alertas a {place} se detuvieron",
        "{reason} Lo pendiente espera: cuando esté resuelto, escriba allí /usmca resume.",
    ),
    "fr": (
        "Les alertes vers {place} se sont arrêtées",
        "{reason} Ce qui était dû attend : une fois réparé, écrivez-y /usmca resume.",
    ),
}


def of_broken(place: Destination, reason: str, *, day: str, locale: str, zone: str) -> Message:
    """Return the notice that nothing reaches a place; its subject is the same all day long."""
    title, text = _WORDS[language_of(locale)]
    mark = blake2b(reason.encode(), digest_size=4).hexdigest()
    return Message(
        subject=f"notice:broken:{place.id}:{day}:{mark}",
        headline=Link(text=title.format(place=place.address)),
        summary=text.format(reason=told(reason, locale)),
        zone=zone,
        locale=locale,
        notice=True,
    )
