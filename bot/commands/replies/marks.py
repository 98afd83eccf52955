"""The replies to what people do with an alert: follow it, judge it, mute its topic."""

from collections.abc import Sequence
from dataclasses import replace

from bot.alerts.message import reason
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import HEADLINE, dotted, story_line, story_row
from bot.domain.alert import Why
from bot.domain.marks import Mark, Mute
from bot.domain.story import Story
from bot.services.feedback import Judged
from bot.services.follows import Followed
from bot.services.mutes import Muted

_LABEL = 60
_BUTTONS = 3
_LISTED = 20


def followed(found: Followed, reader: Reader) -> Reply:
    """Confirm that a person gets a story's updates, and where the way back is."""
    words, story = reader.words.mark, found.story
    title = words.follows if found.changed else words.followed_already
    return Reply(
        command="follow",
        title=title.format(id=story.id),
        sections=(Section(lines=(story_line(story, reader), Line(text=words.follow_means))),),
        rows=(_follow_row(found, follows=True),),
        actions=(Choice(label=words.unfollow, command=f"unfollow {story.id}"),),
    )


def unfollowed(found: Followed, reader: Reader) -> Reply:
    """Confirm that it ended."""
    words, story = reader.words.mark, found.story
    title = words.unfollowed if found.changed else words.not_followed
    return Reply(
        command="unfollow",
        title=title.format(id=story.id),
        sections=(Section(lines=(story_line(story, reader),)),),
        rows=(_follow_row(found, follows=False),),
        actions=(Choice(label=words.follow, command=f"follow {story.id}"),),
    )


def judged(found: Judged, reader: Reader) -> Reply:
    """Confirm a mark on a story, and say what had brought it."""
    words, story, feedback = reader.words.mark, found.story, found.feedback
    lines = [Line(text=clip(story.headline, HEADLINE), url=story.url)]
    if feedback.reason:
        lines.append(Line(text=f"“{feedback.reason}”"))
    if feedback.wish:
        why = Why(subscription_id=None, wish=feedback.wish, spans=feedback.spans)
        said = reason(why, reader.words.locale, reader.catalog.label)
        lines.append(Line(text=words.brought_by.format(wish=said)))
    if found.before is not None and found.before is not feedback.mark:
        lines.append(Line(text=words.before.format(mark=words.judged_as[found.before])))
    return Reply(
        command=str(feedback.mark),
        title=words.judged[feedback.mark].format(id=story.id),
        sections=(Section(lines=tuple(lines)),),
        rows=(
            {
                "kind": "feedback",
                "story": story.id,
                "mark": feedback.mark,
                "before": found.before,
                "reason": feedback.reason,
                "topics": list(feedback.topics),
                "wish": feedback.wish,
                "rules": list(dict.fromkeys(span.rule for span in feedback.spans)),
            },
        ),
        actions=_after_judging(story, feedback.mark, reader),
    )


def muted(found: Muted, reader: Reader) -> Reply:
    """Show what a place hears nothing of."""
    words = reader.words.mark
    return Reply(
        command="mute",
        title=words.muted,
        sections=(Section(lines=tuple(mute_line(mute, reader) for mute in found.mutes)),),
        footer=words.mute_means,
        rows=tuple(mute_row(mute) for mute in found.mutes),
        actions=tuple(_unmute(topic, reader) for topic in found.wanted[:_BUTTONS]),
    )


def unmuted(topics: Sequence[str], reader: Reader) -> Reply:
    """Say what is heard again."""
    words = reader.words.mark
    if not topics:
        return Reply(command="unmute", title=words.not_muted)
    return Reply(
        command="unmute",
        title=words.unmuted.format(topics=reader.topics(topics)),
        rows=tuple({"kind": "mute", "topic": topic, "ended": True} for topic in topics),
        actions=tuple(
            Choice(
                label=clip(words.mute_again.format(topic=reader.topic(topic)), _LABEL),
                command=f"mute {topic}",
            )
            for topic in topics[:_BUTTONS]
        ),
    )


def with_marks(
    reply: Reply, mutes: Sequence[Mute], stories: Sequence[Story], reader: Reader
) -> Reply:
    """Add to the list of subscriptions what is muted here, and what the person follows."""
    words = reader.words.mark
    extra = []
    if mutes:
        lines = tuple(mute_line(mute, reader) for mute in mutes[:_LISTED])
        extra.append(Section(heading=words.muted_here, lines=lines))
    if stories:
        lines = tuple(story_line(story, reader) for story in stories[:_LISTED])
        extra.append(Section(heading=words.followed_stories, lines=lines))
    if not extra:
        return reply
    rows = [mute_row(mute) for mute in mutes]
    followed_rows = [{**story_row(story), "kind": "follow"} for story in stories]
    buttons = tuple(_unmute(mute.topic, reader) for mute in mutes[:_BUTTONS])
    return replace(
        reply,
        sections=(*reply.sections, *extra),
        rows=(*reply.rows, *rows, *followed_rows),
        actions=(*reply.actions, *buttons),
    )


def mute_line(mute: Mute, reader: Reader) -> Line:
    """A muted topic, and how long it is."""
    words = reader.words.mark
    if mute.until is None:
        return Line(text=reader.topic(mute.topic), note=words.muted_forever)
    until = words.muted_until.format(when=reader.moment(mute.until))
    return Line(text=reader.topic(mute.topic), note=dotted(until, reader.until(mute.until)))


def mute_row(mute: Mute) -> dict[str, object]:
    """A mute as data."""
    return {
        "kind": "mute",
        "topic": mute.topic,
        "until": None if mute.until is None else mute.until.isoformat(),
        "by": mute.by,
        "at": mute.at.isoformat(),
    }


def _unmute(topic: str, reader: Reader) -> Choice:
    label = reader.words.mark.unmute.format(topic=reader.topic(topic))
    return Choice(label=clip(label, _LABEL), command=f"unmute {topic}")


def _follow_row(found: Followed, *, follows: bool) -> dict[str, object]:
    to = None if found.destination is None else str(found.destination.address)
    return {"kind": "follow", "story": found.story.id, "to": to, "follows": follows}


def _after_judging(story: Story, mark: Mark, reader: Reader) -> tuple[Choice, ...]:
    words = reader.words.mark
    other = Mark.NOISE if mark is Mark.USEFUL else Mark.USEFUL
    actions = [Choice(label=words.change[other], command=f"{other} {story.id}")]
    if mark is Mark.NOISE:
        actions.append(Choice(label=reader.words.story.why, command=f"why {story.id}"))
    return tuple(actions)
