"""The reply to ``test``."""

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.services.trial import Hindrance, Trial

_MENDABLE = frozenset({Hindrance.BROKEN, Hindrance.PAUSED})


def reply(trial: Trial, reader: Reader) -> Reply:
    """Say where the sample is, and what would stop a real alert."""
    words = reader.words.trial
    sent = words.waits if trial.waits else words.sent
    lines = tuple(
        Line(text=words.hindrances[each.hindrance].format(detail=each.detail.rstrip(".") or "?"))
        for each in trial.obstacles
    )
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


def _actions(trial: Trial, reader: Reader) -> tuple[Choice, ...]:
    words = reader.words.subscription
    found = {each.hindrance for each in trial.obstacles}
    actions = []
    if found & _MENDABLE:
        actions.append(Choice(label=words.resume, command="resume"))
    if Hindrance.NO_SUBSCRIPTION in found:
        actions.append(Choice(label=words.topics, command="topics"))
    return tuple(actions)
