"""The replies to ``check`` and ``deadline``: each date with its sentence and what to say of it."""

from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import (
    QUOTE,
    Row,
    clock,
    deadline_line,
    deadline_row,
    dotted,
    marked,
    marks_row,
    story_line,
)
from bot.domain.ids import DeadlineId, RecordId
from bot.domain.marks import DeadlineMarks, KnownDeadline
from bot.domain.views import FoundDeadline
from bot.reading.fact_rows import deadline_row as fact_row
from bot.services.deadline_marks import Act, StoryDeadlines

PAGE = 5
"""Deadlines on one page: each brings three buttons, and 25 is the most that Discord shows."""


def check(found: StoryDeadlines, page: int, reader: Reader) -> Reply:
    """Show a story's deadlines, those it still states first, each with what can be said of it.

    A page behind the last is the last.
    """
    words, story = reader.words.mark, found.story
    ranked = sorted(found.deadlines, key=lambda d: (d.gone_at is not None, d.fact.date))
    page = min(page, max(1, -(-len(ranked) // PAGE)))
    shown = ranked[(page - 1) * PAGE : page * PAGE]
    lines = tuple(known_line(deadline, reader) for deadline in shown)
    actions = [choice for d in shown for choice in _choices(d.id, d.marks, reader)]
    if len(ranked) > page * PAGE:
        actions.append(Choice(label=words.later, command=f"check {story.id} page:{page + 1}"))
    return Reply(
        command="check",
        title=words.check.format(id=story.id),
        sections=(
            Section(lines=(story_line(story, reader),)),
            Section(lines=lines or (Line(text=words.no_deadlines),)),
        ),
        footer=words.settle_means if lines else "",
        rows=tuple(known_row(deadline) for deadline in shown),
        actions=tuple(actions),
    )


def one(found: StoryDeadlines, reader: Reader) -> Reply:
    """Show one deadline with what its team says of it."""
    words = reader.words.mark
    (deadline,) = found.deadlines
    return Reply(
        command="deadline",
        sections=(
            Section(lines=(known_line(deadline, reader),)),
            Section(lines=(story_line(found.story, reader),)),
        ),
        footer=words.settle_means,
        rows=(known_row(deadline),),
        actions=_choices(deadline.id, deadline.marks, reader),
    )


def one_of_record(code: RecordId, found: FoundDeadline, reader: Reader) -> Reply:
    """Show one deadline of the record with what the team says of it."""
    return Reply(
        command="deadline",
        sections=(Section(lines=(deadline_line(found, reader, whole=True),)),),
        footer=reader.words.mark.settle_means,
        rows=(deadline_row(found, reader.today),),
        actions=_choices(code, found.marks, reader),
    )


def known_line(deadline: KnownDeadline, reader: Reader) -> Line:
    """A numbered deadline: when, what, what the team says, and the sentence."""
    words, fact = reader.words, deadline.fact
    text = dotted(f"#{deadline.id} {reader.day(fact.date)}", reader.deadline_kind(fact.kind))
    note = dotted(
        reader.ahead(fact.date),
        clock(fact),
        words.deadline.computed if fact.computed else "",
        words.mark.gone if deadline.gone_at is not None else "",
        marked(deadline.marks, reader),
    )
    struck = "" if fact.replaces is None else reader.day(fact.replaces)
    return Line(text=text, struck=struck, note=note, quote=clip(fact.text, QUOTE))


def known_row(deadline: KnownDeadline) -> Row:
    """A numbered deadline as data."""
    row = dict(fact_row(deadline.fact))
    what = row.pop("kind")
    return {
        "kind": "deadline",
        "id": deadline.id,
        "story": deadline.story_id,
        "what": what,
        **row,
        "stated": deadline.gone_at is None,
        **marks_row(deadline.marks),
    }


def _choices(
    name: DeadlineId | RecordId, marks: DeadlineMarks, reader: Reader
) -> tuple[Choice, ...]:
    """What can still be said of it; once it was settled, only reopening beside being handled."""
    acts = []
    if marks.confirmed is None and marks.dismissed is None:
        acts += [Act.CONFIRM, Act.DISMISS]
    if marks.handled is None and marks.dismissed is None:
        acts.append(Act.HANDLED)
    if marks.confirmed or marks.dismissed or marks.handled:
        acts.append(Act.REOPEN)
    labels = reader.words.mark.act
    return tuple(
        Choice(label=labels[act].format(id=name), command=f"deadline {name} {act}") for act in acts
    )
