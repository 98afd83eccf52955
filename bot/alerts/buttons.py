"""The buttons under an alert, the same on every platform: each runs a command of the one grammar.

What a platform makes of them (rows, an overflow menu) is its own business; their order is that of
their weight.
"""

from dataclasses import dataclass

from bot.alerts.truncate import clip
from bot.domain.message import Message

_TOPIC = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What stands on it, untrusted and unescaped, and the words after ``/usmca`` that it runs."""

    label: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labels:
    details: str
    why: str
    follow: str
    useful: str
    noise: str
    check: str
    mute: str


_LABELS = {
    "en": _Labels(
        details="Details",
        why="Why this?",
        follow="Follow story",
        useful="Useful",
        noise="Not useful",
        check="Deadline wrong?",
        mute="Mute {topic} here",
    ),
    "es": _Labels(
        details="Detalles",
        why="¿Por qué esto?",
        follow="Seguir la historia",
        useful="Útil",
        noise="No es útil",
        check="¿Plazo equivocado?",
        mute="Silenciar {topic} aquí",
    ),
    "fr": _Labels(
        details="Détails",
        why="Pourquoi ceci ?",
        follow="Suivre l'histoire",
        useful="Utile",
        noise="Pas utile",
        check="Échéance fausse ?",
        mute="Taire {topic} ici",
    ),
}


def buttons(message: Message) -> tuple[Button, ...]:
    """Return the buttons of an alert of a story; none for updates, entries and the bot's own words."""
    kind, _, number = message.subject.partition(":")
    if kind != "story" or not number.isdecimal() or message.notice or message.changes:
        return ()
    labels = _LABELS.get(message.locale[:2].lower(), _LABELS["en"])
    made = [
        Button(label=labels.details, command=f"story {number}"),
        Button(label=labels.why, command=f"why {number}"),
        Button(label=labels.follow, command=f"follow {number}"),
        Button(label=labels.useful, command=f"useful {number}"),
        Button(label=labels.noise, command=f"noise {number}"),
    ]
    if message.deadlines:
        made.append(Button(label=labels.check, command=f"check {number}"))
    if message.topics and message.topic_ids:
        label = labels.mute.format(topic=clip(message.topics[0], _TOPIC))
        made.append(Button(label=label, command=f"mute {message.topic_ids[0]}"))
    return tuple(made)
