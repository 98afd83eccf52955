"""The replies to ``why not`` and ``deliveries``."""

from bot.alerts.delivery_reasons import reason as send_reason
from bot.alerts.message import reason as why_text
from bot.alerts.people import FOLLOWED
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import HEADLINE, QUOTE, Row, behind_last, dotted
from bot.domain.alert import Delivery, DeliveryKind, DeliveryState
from bot.domain.trace import Stop, Stopped
from bot.record.precision import QUERY
from bot.services.why_not import Cause, DeliveryPage, Reason, WhyNot

_REASONS = 8
_OF_SENDS = frozenset({Cause.GIVEN_UP, Cause.WAITING, Cause.PAUSED, Cause.BROKEN})


def why_not(found: WhyNot, reader: Reader) -> Reply:
    """Say why a place was not told, from what was stored then."""
    words = reader.words.trace
    story = "" if found.story_id is None else reader.words.story.number.format(id=found.story_id)
    head = Line(text=clip(found.title, HEADLINE), url=found.url, note=story)
    lines = tuple(Line(text=_sentence(each, reader)) for each in found.reasons[:_REASONS])
    actions = (
        () if found.story_id is None else (Choice(label=story, command=f"story {found.story_id}"),)
    )
    return Reply(
        command="whynot",
        title=words.told_after_all if found.told else words.why_not,
        sections=(Section(lines=(head,)), Section(lines=lines)),
        rows=tuple(_row(each, found) for each in found.reasons),
        actions=actions,
    )


def deliveries(found: DeliveryPage, reader: Reader) -> Reply:
    """Show what a place was told lately; what was given up says why."""
    words = reader.words.trace
    lines = tuple(_delivery_line(each, reader) for each in found.deliveries)
    if not lines and found.page > 1:
        return behind_last("deliveries", words.deliveries, "deliveries", reader)
    older = Choice(label=words.older, command=f"deliveries page:{found.page + 1}")
    return Reply(
        command="deliveries",
        title=words.deliveries,
        sections=(Section(lines=lines or (Line(text=words.no_deliveries),)),),
        rows=tuple(_delivery_row(each) for each in found.deliveries),
        actions=(older,) if found.more else (),
    )


def _sentence(said: Reason, reader: Reader) -> str:
    words = reader.words.trace
    when = ""
    if said.at is not None:
        future = said.cause in (Cause.WAITING, Cause.GATHERED)
        when = reader.until(said.at) if future else reader.age(said.at)
    text = said.text
    if said.cause in (Cause.TOLD, Cause.LATER, Cause.QUERY):
        text = _wish(said.text, reader)
    elif said.cause in (Cause.GATHERED, Cause.GATHERED_TOLD):
        text = words.gatherings.get(said.text, words.gatherings[""].format(name=said.text))
    elif said.cause in _OF_SENDS:
        text = send_reason(said.text, reader.words.locale)
    elif said.cause is Cause.NEAR_MISS:
        text = _near_miss(said.text, reader)
    elif said.feed is not None:
        text = _feed(said, reader)
    return (
        words.causes[said.cause]
        .format(
            when=when,
            text=text,
            detail=clip(reader.evidence(said.detail), QUOTE),
            story=said.story_id,
            topics=reader.topics(said.topics),
            stop=_stop(said, reader),
            feed="" if said.feed is None else said.feed.name,
        )
        .strip()
    )


def _stop(said: Reason, reader: Reader) -> str:
    if said.stopped is None:
        return ""
    pattern = reader.words.trace.stops[said.stopped.stop]
    return pattern.format(
        wish=_wish(said.stopped.wish, reader), detail=_detail(said.stopped, reader)
    )


def _detail(stopped: Stopped, reader: Reader) -> str:
    """What is kept of a stop, topics and levels by what they are called; languages by name."""
    words, kept = reader.words, stopped.detail.split(", ")
    if stopped.stop is Stop.LEVEL:
        names: dict[str, str] = {
            str(level): name for level, name in words.subscription.levels.items()
        }
    elif stopped.stop is Stop.LANGUAGE:
        names = dict(words.feed.langs)
    elif stopped.stop is Stop.MUTED:
        names = {topic: reader.topic(topic) for topic in kept}
    else:
        names = {}
    return ", ".join(names.get(each, each) for each in kept)


def _wish(wish: str, reader: Reader) -> str:
    if wish.startswith(QUERY):
        return reader.words.subscription.query.format(query=wish.removeprefix(QUERY))
    return reader.topic(wish)


def _near_miss(reason: str, reader: Reader) -> str:
    """The rule's reason, such as ``mask: steel curtain``, in the reader's words."""
    rule, _, phrase = reason.partition(":")
    pattern = reader.words.trace.near_misses.get(rule.strip())
    return reason if pattern is None else pattern.format(phrase=phrase.strip())


def _feed(said: Reason, reader: Reader) -> str:
    if said.feed is None:
        return ""
    words = reader.words.feed
    last = said.feed.last_success_at
    success = words.never if last is None else words.last_success.format(age=reader.age(last))
    return dotted(words.conditions[said.feed.condition], success)


def _row(said: Reason, found: WhyNot) -> Row:
    stopped = said.stopped
    return {
        "kind": "why_not",
        "story": found.story_id if said.story_id is None else said.story_id,
        "cause": said.cause,
        "stop": None if stopped is None else stopped.stop,
        "wish": None if stopped is None else stopped.wish,
        "text": said.text if stopped is None else stopped.detail,
        "detail": said.detail,
        "topics": list(said.topics),
        "at": None if said.at is None else said.at.isoformat(),
        "feed": None if said.feed is None else said.feed.key,
    }


def _delivery_line(delivery: Delivery, reader: Reader) -> Line:
    words, draft = reader.words.trace, delivery.draft
    kind, _, number = draft.subject.partition(":")
    name = words.notice
    if draft.kind is not DeliveryKind.NOTICE:
        story = reader.words.story.number.format(id=number)
        name = story if kind == "story" else draft.subject.replace(":", " ")
    when = delivery.sent_at or delivery.created_at
    state = reader.words.story.states[delivery.state].format(when=reader.age(when)).strip()
    attempts = words.attempts.format(n=delivery.attempts) if delivery.attempts > 1 else ""
    error = delivery.error if delivery.state is not DeliveryState.SENT else None
    failed = send_reason(error or "", reader.words.locale)
    why = ""
    if draft.why.wish and draft.kind is DeliveryKind.POST:
        followed = draft.why.wish.startswith(FOLLOWED)
        why = (
            why_text(draft.why, reader.words.locale, reader.catalog.label)
            if followed
            else _wish(draft.why.wish, reader)
        )
    return Line(
        text=dotted(name, words.kinds[draft.kind]),
        note=dotted(state, attempts, clip(failed, QUOTE), clip(why, HEADLINE)),
    )


def _delivery_row(delivery: Delivery) -> Row:
    return {
        "kind": "delivery",
        "id": delivery.id,
        "subject": delivery.draft.subject,
        "sent_as": delivery.draft.kind,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at.isoformat(),
        "due_at": delivery.due_at.isoformat(),
        "sent_at": None if delivery.sent_at is None else delivery.sent_at.isoformat(),
        "error": delivery.error,
        "wish": delivery.draft.why.wish,
        "repeated": delivery.repeated,
    }
