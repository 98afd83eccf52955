"""The buttons under an alert, the same on every platform: each runs a command of the one grammar.

What a platform makes of them (rows, an overflow menu) is its own business; their order is that of
their weight.
"""

from dataclasses import dataclass

from bot.alerts.truncate import clip
from bot.domain.locales import language_of
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
    handled: str
    handled_one: str


_LABELS = {
    "en": _Labels(
        details="Details",
        why="Why this?",
        follow="Follow story",
        useful="Useful",
        noise="Not useful",
        check="Deadline wrong?",
        mute="Mute {topic} here",
        handled="Handled by me",
        handled_one="{name}: handled by me",
    ),
    "es": _Labels(
        details="Detalles",
        why="¿Por qué esto?",
        follow="Seguir la historia",
        useful="Útil",
        noise="No es útil",
        check="¿Plazo equivocado?",
        mute="Silenciar {topic} aquí",
        handled="Lo atiendo yo",
        handled_one="{name}: lo atiendo yo",
    ),
    "fr": _Labels(
        details="Détails",
        why="Pourquoi ceci ?",
        follow="Suivre l'histoire",
        useful="Utile",
        noise="Pas utile",
        check="Échéance fausse ?",
        mute="Taire {topic} ici",
        handled="Je m'en charge",
        handled_one="{name} : je m'en charge",
    ),
}


def buttons(message: Message) -> tuple[Button, ...]:
    """Return the buttons of an alert of a story, and of a reminder.

    Updates, entries and the bot's other words have none.
    """
    kind, _, number = message.subject.partition(":")
    if kind == "reminder":
        return _settling(message)
    if kind != "story" or not number.isdecimal() or message.notice or message.changes:
        return ()
    labels = _LABELS[language_of(message.locale)]
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


def _settling(message: Message) -> tuple[Button, ...]:
    """One button for each deadline: it reminds nobody in the team again once somebody handles it."""
    labels = _LABELS[language_of(message.locale)]
    names = message.settles
    label = labels.handled if len(names) == 1 else labels.handled_one
    return tuple(
        Button(label=label.format(name=name), command=f"deadline {name} handled") for name in names
    )
