"""The replies to what changes and lists subscriptions, and to ``topics``."""

from collections.abc import Mapping, Sequence

from bot.alerts.delivery_reasons import reason as send_reason
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import Row, dotted
from bot.commands.replies.settings import options_of, told
from bot.commands.timing_words import timing_words
from bot.domain.destination import (
    Destination,
    DestinationState,
    Grouping,
    Level,
    Subscription,
    Wish,
)
from bot.domain.ids import SubscriptionId
from bot.reading.catalog import Unknown
from bot.services.subscriptions import Effect, Made, Place, Unsubscribed

_LISTED = 40
_KEPT = 10
"""What the configuration keeps is named up to here."""
_WISH = 120
_BUTTONS = 3
_LABEL = 60

_Same = tuple[str | None, str | None, Grouping]
"""As `Wish.same`."""


def subscribed(
    made: Sequence[Made],
    place: Place,
    unknown: Sequence[Unknown],
    reader: Reader,
    *,
    direct: bool,
) -> Reply:
    """Confirm what a place gets now, offer the way back, and say what was not understood."""
    words = reader.words.subscription
    new = any(each.effect is not Effect.KEPT for each in made)
    done = words.done_direct if direct else words.done
    numbers = {held.wish.same: held.id for held in place.subscriptions}
    levels = dict.fromkeys(each.wish.level for each in made)
    state = _state(place.destination, reader)
    return Reply(
        command="subscribe",
        title=done if new else words.nothing_new,
        sections=(
            Section(lines=(*(_made_line(each, reader) for each in made), *state)),
            *not_understood(unknown, reader),
        ),
        footer=" ".join(words.level_means[level] for level in levels),
        rows=tuple(_made_row(each, numbers) for each in made),
        actions=(
            *nearest_choices(unknown, reader, "subscribe {topic}" + options(made[0].wish)),
            *(_undo(each, numbers, reader) for each in made[:_BUTTONS]),
            Choice(label=words.sample, command="test"),
        ),
    )


def unsubscribed(ended: Unsubscribed, unknown: Sequence[Unknown], reader: Reader) -> Reply:
    """Confirm what ended, and name what the configuration keeps."""
    words = reader.words.subscription
    sections = []
    if ended.removed:
        sections.append(Section(lines=_named(ended.removed, _LISTED, reader)))
    if ended.configured:
        kept = ", ".join(line.text for line in _named(ended.configured, _KEPT, reader))
        sections.append(Section(lines=(Line(text=words.configured.format(wishes=kept)),)))
    return Reply(
        command="unsubscribe",
        ok=bool(ended.removed) or not (unknown or ended.configured),
        title=words.removed if ended.removed else words.nothing_removed,
        sections=(*sections, *not_understood(unknown, reader)),
        rows=tuple(subscription_row(held) for held in ended.removed),
        actions=(
            *nearest_choices(unknown, reader, "unsubscribe {topic}"),
            *(_again(held, reader) for held in ended.removed[:_BUTTONS]),
        ),
    )


def _named(held: Sequence[Subscription], most: int, reader: Reader) -> tuple[Line, ...]:
    """The wishes of subscriptions; of very many the first, and how many more there are."""
    lines = [Line(text=_wish(each.wish, reader)) for each in held[:most]]
    if len(held) > most:
        lines.append(Line(text=reader.words.subscription.more.format(n=len(held) - most)))
    return tuple(lines)


def listed(place: Place, reader: Reader, *, direct: bool, page: int = 1) -> Reply:
    """List what a place asked for, with the numbers that end a subscription."""
    words = reader.words.subscription
    held = place.subscriptions
    page = max(1, min(page, -(-len(held) // _LISTED)))
    if not held:
        return Reply(
            command="subscriptions",
            title=words.none,
            actions=(Choice(label=words.topics, command="topics"),),
        )
    lines = [_held_line(each, reader) for each in held[(page - 1) * _LISTED : page * _LISTED]]
    left = len(held) - page * _LISTED
    following: tuple[Choice, ...] = ()
    if left > 0:
        lines.append(Line(text=words.more.format(n=left)))
        label, command = reader.words.search.next_page, f"subscriptions page:{page + 1}"
        following = (Choice(label=label, command=command),)
    return Reply(
        command="subscriptions",
        title=words.listed_direct if direct else words.listed,
        sections=(Section(lines=(*_state(place.destination, reader), *lines)),),
        rows=tuple(subscription_row(each) for each in held),
        actions=(*following, *_list_actions(place, reader)),
    )


def paused(place: Place, reader: Reader, *, wanted: bool) -> Reply:
    """Confirm that a place holds back what comes, or lets it go."""
    words = reader.words.subscription
    command = "pause" if wanted else "resume"
    if place.destination is None:
        return Reply(command=command, ok=False, title=words.nothing_to_pause)
    until = place.destination.paused_until
    said = words.paused
    if until is not None:
        timing = timing_words(reader.words.locale)
        said = timing.paused_until.format(moment=reader.moment(until))
    return Reply(
        command=command,
        title=said if wanted else words.resumed,
        rows=({"kind": "destination", "to": str(place.destination.address), "paused": wanted},),
        actions=(Choice(label=words.resume, command="resume"),) if wanted else (),
    )


def topics(held: Sequence[Subscription], reader: Reader) -> Reply:
    """List the topics, those that are subscribed here first marked."""
    words = reader.words.subscription
    levels = {each.wish.topic: each.wish.level for each in held if each.wish.topic is not None}
    named = sorted(reader.catalog.ids, key=lambda topic: reader.topic(topic).casefold())
    lines = tuple(
        Line(
            text=reader.topic(topic),
            note=dotted(topic, f"✓ {words.levels[levels[topic]]}" if topic in levels else ""),
        )
        for topic in named
    )
    return Reply(
        command="topics",
        title=words.topics,
        sections=(Section(lines=lines),),
        footer=words.topics_hint,
        rows=tuple(
            {
                "kind": "topic",
                "id": topic,
                "label": reader.topic(topic),
                "level": levels.get(topic),
            }
            for topic in named
        ),
    )


def not_understood(unknown: Sequence[Unknown], reader: Reader) -> tuple[Section, ...]:
    """Say which words name no topic, and what they may have meant."""
    words = reader.words.problem
    lines = []
    for each in unknown:
        near = reader.topics(each.nearest)
        hint = f"{words.nearest} {near}" if near else words.see_topics
        lines.append(Line(text=words.no_topic.format(word=clip(each.words, _LABEL)), note=hint))
    return (Section(lines=tuple(lines)),) if lines else ()


def nearest_choices(unknown: Sequence[Unknown], reader: Reader, command: str) -> tuple[Choice, ...]:
    """One button for each topic that may have been meant; `command` holds ``{topic}``."""
    near = dict.fromkeys(topic for each in unknown for topic in each.nearest)
    return tuple(
        Choice(label=clip(reader.topic(topic), _LABEL), command=command.format(topic=topic))
        for topic in list(near)[:_BUTTONS]
    )


def options(wish: Wish) -> str:
    """The options of ``subscribe`` as they are written, those that are so anyway left out."""
    level = f" level:{wish.level}" if wish.level is not Level.EVERYTHING else ""
    group = f" group:{wish.group}" if wish.group is not Grouping.STORY else ""
    return level + group + options_of(wish)


def _made_line(made: Made, reader: Reader) -> Line:
    words = reader.words.subscription
    effect = {Effect.ADDED: words.added, Effect.KEPT: words.kept}.get(made.effect, "")
    if made.before is not None:
        effect = words.changed.format(before=_terms(made.before, reader))
    return Line(
        text=_wish(made.wish, reader),
        note=dotted(_terms(made.wish, reader), effect),
    )


def _held_line(held: Subscription, reader: Reader) -> Line:
    return Line(text=f"#{held.id} {_wish(held.wish, reader)}", note=_terms(held.wish, reader))


def _terms(wish: Wish, reader: Reader) -> str:
    level = reader.words.subscription.levels[wish.level]
    return dotted(level, _group(wish, reader), told(wish, reader))


def _wish(wish: Wish, reader: Reader) -> str:
    if wish.topic is not None:
        return reader.topic(wish.topic)
    return clip(reader.words.subscription.query.format(query=wish.query), _WISH)


def _group(wish: Wish, reader: Reader) -> str:
    return reader.words.subscription.each_entry if wish.group is Grouping.ENTRY else ""


def _state(place: Destination | None, reader: Reader) -> tuple[Line, ...]:
    """Why nothing comes though it is subscribed, where that is so."""
    words = reader.words.subscription
    if place is None or place.state is DestinationState.ACTIVE:
        return ()
    if place.state is DestinationState.PAUSED:
        return (Line(text=words.state_paused),)
    why = send_reason(place.reason or "?", reader.words.locale).rstrip(".")
    return (Line(text=words.state_broken.format(reason=why)),)


def _undo(made: Made, numbers: Mapping[_Same, SubscriptionId], reader: Reader) -> Choice:
    label = reader.words.subscription.undo.format(wish=_wish(made.wish, reader))
    what = made.wish.topic or numbers.get(made.wish.same, "")
    return Choice(label=clip(label, _LABEL), command=f"unsubscribe {what}")


def _again(held: Subscription, reader: Reader) -> Choice:
    words, wish = reader.words.subscription, held.wish
    query = (wish.query or "").replace('"', '\\"')
    what = wish.topic if wish.topic is not None else f'query: "{query}"'
    label = words.again.format(wish=_wish(wish, reader))
    return Choice(label=clip(label, _LABEL), command=f"subscribe {what}{options(wish)}")


def _list_actions(place: Place, reader: Reader) -> tuple[Choice, ...]:
    words = reader.words.subscription
    active = place.destination is None or place.destination.state is DestinationState.ACTIVE
    resume = () if active else (Choice(label=words.resume, command="resume"),)
    return (
        *resume,
        Choice(label=words.topics, command="topics"),
        Choice(label=words.stop_all, command="unsubscribe all"),
    )


def _made_row(made: Made, numbers: Mapping[_Same, SubscriptionId]) -> Row:
    wish = made.wish
    return {
        "kind": "subscription",
        "id": numbers.get(wish.same),
        "topic": wish.topic,
        "query": wish.query,
        "level": wish.level,
        "group": wish.group,
        **_timing_row(wish),
        "effect": made.effect,
    }


def subscription_row(held: Subscription) -> Row:
    """Return a subscription as data."""
    wish = held.wish
    return {
        "kind": "subscription",
        "id": held.id,
        "topic": wish.topic,
        "query": wish.query,
        "level": wish.level,
        "group": wish.group,
        **_timing_row(wish),
        "origin": held.origin,
        "created_by": held.created_by,
        "created_at": held.created_at.isoformat(),
    }


def _timing_row(wish: Wish) -> Row:
    return {
        "when": str(wish.when),
        "langs": list(wish.langs),
        "sources": wish.sources,
        "mention": None if wish.mention is None else str(wish.mention),
    }
