"""A reading in the terminal: the text with the words that were understood, and the facts below."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.alerts.facts import deadline_line, tariff_line
from bot.domain.entry import Entry
from bot.domain.reading import Field, Reading
from bot.platforms.console.render import clean

_FACT = "black on yellow"
_TERM = "bold underline"


def render(entry: Entry, reading: Reading) -> RenderableType:
    """Return the entry with its spans marked, then what was read, each with its sentence."""
    return Group(*_parts(entry, reading))


def _parts(entry: Entry, reading: Reading) -> Iterator[RenderableType]:
    for name in Field:
        text = getattr(entry, name)
        if text:
            yield _marked(text, name, reading)
            yield Text()
    yield _line("language", str(reading.lang))
    yield _line("stage", str(reading.stage or "none"))
    yield _line("countries", ", ".join(reading.countries) or "none")
    for match in reading.topics:
        words = ", ".join(dict.fromkeys(span.text for span in match.spans)) or "a date to come"
        yield _line("topic", f"{match.topic} {match.score:.2f} ({words})")
    for miss in reading.near_misses:
        yield _line("not", f"{miss.topic}: “{miss.span.text}” ({miss.reason})")
    for fact in reading.deadlines:
        yield _line("deadline", deadline_line(fact, "en").text)
        yield _quote(fact.text)
    for action in reading.tariffs:
        yield _line("tariff", tariff_line(action, "en").text)
        yield _quote(action.text)
    yield _line("summary", reading.summary)


def _marked(text: str, name: Field, reading: Reading) -> Text:
    marked = Text(clean(text), style="bold" if name is Field.TITLE else "")
    for match in reading.topics:
        for span in match.spans:
            if span.field is name:
                marked.stylize(_TERM, span.start, span.end)
    quoted = [fact.text for fact in reading.deadlines] + [fact.text for fact in reading.tariffs]
    for sentence in dict.fromkeys(quoted):
        start = marked.plain.find(sentence)
        if start >= 0:
            marked.stylize(_FACT, start, start + len(sentence))
    return marked


def _line(name: str, value: str) -> Text:
    return Text.assemble((f"{name:>10}  ", "dim"), clean(value))


def _quote(sentence: str) -> Padding:
    return Padding(Text(f"“{clean(sentence)}”", style="italic"), (0, 0, 0, 12))
