"""One topic of topics.yaml taken out as text, and put back changed, to try it before it is stored."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

from bot.errors import InvalidInputError
from bot.reading.rules import Rules
from bot.settings import files
from bot.settings.files import Document, Problem
from bot.settings.load import rules_of

_FILE = "topics.yaml"
_MOST_SHOWN = 5
LONGEST = 60_000
"""Characters of one topic."""


class TopicEditor:
    """Knows the file as it is now: somebody may be editing it. Its methods may run in threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: tuple[int, str, Document] | None = None

    def text_of(self, topic: str) -> str:
        """Return a topic's own lines; empty where the file has none of that id."""
        text, document = self._now()
        place = _places(document).get(topic)
        if place is None:
            return ""
        start, end = _block(text.splitlines(), document, place)
        lines = text.splitlines()[start:end]
        first = lines[0].replace("-", " ", 1)
        return textwrap.dedent("\n".join((first, *lines[1:]))).strip("\n") + "\n"

    def with_topic(self, changed: str) -> tuple[str, Rules]:
        """Return the id of a topic written by hand, and all rules with it in place of the former.

        Raises InvalidInputError with the lines, counted in the text that was given.
        """
        if len(changed) > LONGEST:
            raise InvalidInputError(f"A topic has at most {LONGEST} characters here.")
        own = _parsed(changed, _FILE)
        topic = _id_of(own)
        _, document = self._now()
        place = _places(document).get(topic, len(_topics(document)))
        report: list[Problem] = []
        rules = rules_of(_merged(document, own, place), report)
        if rules is None or report:
            raise _refused(report)
        return topic, rules

    def _now(self) -> tuple[str, Document]:
        """The file's text and values; parsed anew only after it changed."""
        changed = self._file.stat().st_mtime_ns
        if self._read is None or self._read[0] != changed:
            text = self._file.read_text(encoding="utf-8")
            self._read = (changed, text, _parsed(text, self._file.name))
        return self._read[1], self._read[2]

    def whole(self, text: str) -> Rules:
        """Return the rules of a whole file. Raises InvalidInputError with the lines."""
        report: list[Problem] = []
        rules = rules_of(_parsed(text, _FILE), report)
        if rules is None or report:
            raise _refused(report)
        return rules


def _parsed(text: str, name: str) -> Document:
    report: list[Problem] = []
    document = files.parse(text.encode("utf-8", "surrogatepass"), name, report)
    if document is None:
        raise _refused(report)
    return document


def _merged(document: Document, own: Document, place: int) -> Document:
    """The file's values with one topic in place of another; the topic's lines are its own."""
    topics = [*_topics(document)]
    topics[place : place + 1] = [own.value]
    value = {**document.value, "topics": topics} if isinstance(document.value, Mapping) else {}
    lines = {loc: line for loc, line in document.lines.items() if loc[:2] != ("topics", place)}
    lines |= {("topics", place, *loc): line for loc, line in own.lines.items()}
    return Document(file=_FILE, value=value, lines=lines)


def _topics(document: Document) -> list[object]:
    value = document.value
    topics = value.get("topics") if isinstance(value, Mapping) else None
    return topics if isinstance(topics, list) else []


def _places(document: Document) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, topic in enumerate(_topics(document)):
        if isinstance(topic, Mapping):
            found[str(topic.get("id"))] = place
    return found


def _block(lines: list[str], document: Document, place: int) -> tuple[int, int]:
    """The lines of one topic: from its dash to before what stands further left, or the next dash."""
    start = document.line(("topics", place)) - 1
    indent = len(_indent(lines, document))
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _depth(lines[end]) > indent):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return start, end


def _indent(lines: list[str], document: Document) -> str:
    first = lines[document.line(("topics", 0)) - 1]
    return first[: _depth(first)]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _id_of(own: Document) -> str:
    topic = own.value.get("id") if isinstance(own.value, Mapping) else None
    if not isinstance(topic, str) or not topic:
        raise InvalidInputError("Write one topic, beginning with its id: `id: autos`.")
    return topic


def _refused(report: list[Problem]) -> InvalidInputError:
    """What is wrong, with the lines."""
    said = [
        problem.text if problem.line is None else f"line {problem.line}: {problem.text}"
        for problem in report[:_MOST_SHOWN]
    ]
    return InvalidInputError("\n".join(said) or "The topics cannot be read.")
