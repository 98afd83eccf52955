"""The reply to ``help``, made from the grammar's own verbs."""

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.verbs import Verb

_FIRST = (Verb.STATUS, Verb.LATEST, Verb.TOPICS)
"""The commands a newcomer can press."""


def overview(reader: Reader) -> Reply:
    """Show every verb with what it gives."""
    words = reader.words.help
    lines = tuple(Line(text=words.usage[verb], note=words.gives[verb]) for verb in Verb)
    return Reply(
        command="help",
        title=words.title,
        sections=(Section(lines=lines),),
        footer=words.intro,
        rows=tuple(_row(verb, reader) for verb in Verb),
        actions=tuple(Choice(label=words.name(verb), command=words.name(verb)) for verb in _FIRST),
    )


def about(verb: Verb, reader: Reader) -> Reply:
    """Show one verb: how it is written, what it gives, an example, its other words."""
    words = reader.words.help
    lines = [Line(text=words.gives[verb])]
    if verb in words.more:
        lines.append(Line(text=words.more[verb]))
    if verb in words.examples:
        lines.append(Line(text=words.example.format(example=words.examples[verb])))
    lines.append(Line(text=words.also.format(aliases=", ".join(words.others(verb)))))
    return Reply(
        command="help",
        title=words.usage[verb],
        sections=(Section(lines=tuple(lines)),),
        rows=(_row(verb, reader),),
    )


def _row(verb: Verb, reader: Reader) -> dict[str, object]:
    words = reader.words.help
    return {
        "kind": "command",
        "command": verb,
        "usage": words.usage[verb],
        "gives": words.gives[verb],
        "aliases": list(words.others(verb)),
    }
