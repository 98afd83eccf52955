"""The reply to ``feedback``: how often alerts were right, and which phrases brought noise."""

import datetime as dt
from collections.abc import Sequence

from bot.alerts import days
from bot.alerts.facts import percent
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import QUOTE, Row
from bot.record.masks import Suggestion
from bot.record.precision import QUERY, Overview, Tally

_SHOWN = 8
_RULE = 100


def reply(
    found: Overview, suggestions: Sequence[Suggestion], topic: str | None, reader: Reader
) -> Reply:
    """Show the figures of a team, or of one topic, and the phrases that brought only noise."""
    words = reader.words.mark
    title = words.feedback
    if topic is not None:
        title = words.feedback_on.format(topic=reader.topic(topic))
    if not found.all.total:
        return Reply(
            command="feedback",
            title=title,
            sections=(Section(lines=(Line(text=words.no_feedback),)),),
        )
    sections = (*_figures(found, reader), _suggested(suggestions, reader))
    first = next((name for name, tally in found.by_topic if tally.noise), None)
    narrower = (
        ()
        if topic is not None or first is None
        else (Choice(label=reader.topic(first), command=f"feedback {first}"),)
    )
    return Reply(
        command="feedback",
        title=title,
        sections=tuple(section for section in sections if section.lines),
        footer=words.mask_how if suggestions else "",
        rows=(*_rows(found), *(_suggestion_row(each) for each in suggestions)),
        actions=narrower,
    )


def _figures(found: Overview, reader: Reader) -> tuple[Section, ...]:
    """All together, then by topic, rule and month, and why alerts were called noise."""
    words = reader.words.mark
    return (
        Section(lines=(_line(words.all, found.all, reader),)),
        Section(
            heading=words.by_topic,
            lines=tuple(_line(reader.topic(t), n, reader) for t, n in found.by_topic[:_SHOWN]),
        ),
        Section(
            heading=words.by_rule,
            lines=tuple(_line(_rule(r, reader), n, reader) for r, n in found.by_rule[:_SHOWN]),
        ),
        Section(
            heading=words.by_month,
            lines=tuple(
                _line(_month(month, reader), n, reader) for month, n in found.by_month[:_SHOWN]
            ),
        ),
        Section(
            heading=words.reasons,
            lines=tuple(
                Line(text=clip(said, QUOTE), note=reader.age(at))
                for said, at in found.reasons[:_SHOWN]
            ),
        ),
    )


def _suggested(suggestions: Sequence[Suggestion], reader: Reader) -> Section:
    lines = tuple(_suggestion(each, reader) for each in suggestions)
    return Section(heading=reader.words.mark.masks, lines=lines)


def _line(name: str, tally: Tally, reader: Reader) -> Line:
    precision = "–" if tally.precision is None else percent(round(tally.precision * 100))
    note = reader.words.mark.tally.format(
        precision=precision, useful=tally.useful, noise=tally.noise, wrong=tally.wrong
    )
    return Line(text=clip(name, _RULE), note=note)


def _month(of: str, reader: Reader) -> str:
    return days.month(dt.date.fromisoformat(f"{of}-01"), reader.words.locale)


def _suggestion(found: Suggestion, reader: Reader) -> Line:
    """A phrase, what masking it would drop, and where it stood."""
    said = found.candidate
    effect = reader.words.mark.mask_effect.format(
        n=found.drops, all=found.of, topic=reader.topic(said.topic)
    )
    return Line(text=f"“{said.phrase}”", note=effect, quote=clip(" · ".join(said.examples), QUOTE))


def _suggestion_row(found: Suggestion) -> Row:
    said = found.candidate
    return {
        "kind": "mask",
        "topic": said.topic,
        "term": said.term,
        "phrase": said.phrase,
        "noisy_stories": list(said.stories),
        "examples": list(said.examples),
        "drops": found.drops,
        "keeps": found.kept,
        "of": found.of,
    }


def _rule(rule: str, reader: Reader) -> str:
    if rule.startswith(QUERY):
        return reader.words.subscription.query.format(query=rule.removeprefix(QUERY))
    return rule.removeprefix("(").removesuffix(")").replace("|", ", ") if "|" in rule else rule


def _rows(found: Overview) -> tuple[Row, ...]:
    groups = (("topic", found.by_topic), ("rule", found.by_rule), ("month", found.by_month))
    return (
        _row("all", "", found.all),
        *(_row(what, name, tally) for what, rows in groups for name, tally in rows),
    )


def _row(what: str, name: str, tally: Tally) -> Row:
    return {
        "kind": "precision",
        "of": what,
        "name": name,
        "useful": tally.useful,
        "noise": tally.noise,
        "wrong": tally.wrong,
        "precision": tally.precision,
    }
