"""The reply to ``test``."""

from bot.alerts.delivery_reasons import reason
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.services.trial import Hindrance, Obstacle, Trial

_MENDABLE = frozenset({Hindrance.BROKEN, Hindrance.PAUSED})


def reply(trial: Trial, reader: Reader) -> Reply:
    """Say where the sample is, and what would stop a real alert."""
    words = reader.words.trial
    sent = words.waits if trial.waits else words.sent
    lines = tuple(Line(text=_obstacle(each, reader)) for each in trial.obstacles)
    heading = words.would_stop if lines else ""
    return Reply(
        command="test",
        title=sent if trial.fresh else words.again,
        sections=(Section(heading=heading, lines=lines or (Line(text=words.nothing_stops),)),),
        rows=tuple(
            {"kind": "obstacle", "what": each.hindrance, "detail": each.detail}
            for each in trial.obstacles
        ),
        actions=_actions(trial, reader),
    )


def _obstacle(found: Obstacle, reader: Reader) -> str:
    detail = reason(found.detail, reader.words.locale).rstrip(".") or "?"
    return reader.words.trial.hindrances[found.hindrance].format(detail=detail)


def _actions(trial: Trial, reader: Reader) -> tuple[Choice, ...]:
    words = reader.words.subscription
    found = {each.hindrance for each in trial.obstacles}
    actions = []
    if found & _MENDABLE:
        actions.append(Choice(label=words.resume, command="resume"))
    if Hindrance.NO_SUBSCRIPTION in found:
        actions.append(Choice(label=words.topics, command="topics"))
    return tuple(actions)
