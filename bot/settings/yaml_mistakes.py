"""What is wrong with a text that is no YAML, in a sentence that says what to do, and in which line.

The parsers say what they stumbled over in their own terms. What people do wrong by hand (a tab, a quote
or a bracket left open, a colon in a text, a line that stands one space off) is told in theirs.
"""

import re
from collections.abc import Callable

import yaml

_END_OF_LINE = re.compile(r"\r\n|\r|\n")
UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML forbids, and what its versions read differently: other ends of lines, and byte order marks."""
_TAG_LINE = re.compile(r"(?<![^\r\n])%TAG\b")

Place = tuple[int, str]
"""A line, counted from 1, and what is wrong there."""


class MistakeError(Exception):
    """The text is no YAML, or not what a file may hold."""

    def __init__(self, line: int, text: str) -> None:
        self.line = line
        self.text = text
        super().__init__(text)


def invalid(line: int, text: str) -> MistakeError:
    """Return the error for a text that is no YAML."""
    return MistakeError(line, f"is not valid YAML: {text}")


def refuse_at_sight(text: str) -> None:
    """Raise MistakeError for what needs no parser: characters that cannot be seen, and %TAG."""
    found = UNSEEN.search(text)
    if found is not None:
        code = ord(found.group())
        said = (
            f"U+{code:04X} stands here, which cannot be seen; remove it, or write \\u{code:04x} in"
        )
        raise invalid(_line_at(text, found.start()), f"{said} double quotes")
    found = _TAG_LINE.search(text)
    if found is not None:  # libyaml compares each with all before: 50,000 of them took it 18 s
        raise invalid(*_of_directive(_line_at(text, found.start()), 0, ""))


def explained(error: yaml.MarkedYAMLError, text: str, bracket: int | None) -> MistakeError:
    """Return what a parser stumbled over; `bracket` is the line of the innermost one that is open."""
    line = _line(error.problem_mark or error.context_mark)
    started = _line(error.context_mark) if error.context_mark is not None else line
    problem, context = str(error.problem or ""), str(error.context or "")
    if bracket is not None and _at_end(error.problem_mark, text):
        return invalid(bracket, "the bracket that opens here is not closed")
    for shape, told in _TOLD:
        if shape.search(f"{context}: {problem}"):
            return invalid(*told(line, started, _character(error.problem_mark, text)))
    return invalid(line, problem or context)


def _line_at(text: str, place: int) -> int:
    return len(_END_OF_LINE.findall(text, 0, place)) + 1


def _line(mark: yaml.Mark) -> int:
    return int(mark.line) + 1


def _character(mark: yaml.Mark, text: str) -> str:
    return text[mark.index : mark.index + 1]


def _at_end(mark: yaml.Mark, text: str) -> bool:
    return not text[mark.index :].strip()


def _of_start(line: int, _: int, character: str) -> Place:
    if character == "\t":
        return _of_tab(line, line, character)
    return line, f"text that begins with {character} needs quotes"


def _of_tab(line: int, _: int, __: str) -> Place:
    return line, "a tab stands where only spaces may; put spaces in its place"


def _of_quote(_: int, started: int, __: str) -> Place:
    return started, "the quote that opens here is not closed"


def _of_escape(line: int, _: int, __: str) -> Place:
    return line, "no escape begins so; write \\\\ for a backslash, or put the text in single quotes"


def _of_mark(line: int, _: int, __: str) -> Place:
    return line, "text that begins with *, & or ! needs quotes"


def _of_directive(line: int, _: int, __: str) -> Place:
    return line, "this line says something about YAML that is not understood here; remove it"


def _of_long_text(line: int, _: int, __: str) -> Place:
    return line, "text begins below its | or >, or needs quotes"


def _of_bracket(line: int, started: int, _: str) -> Place:
    return line, f"a comma is missing, or the bracket of line {started} is not closed"


def _of_nothing(line: int, _: int, __: str) -> Place:
    return line, "a value is missing before this; check commas and brackets"


def _of_colon(line: int, _: int, __: str) -> Place:
    said = "a colon stands where no key can be; put the text in quotes, or check the indentation"
    return line, said


def _of_word(_: int, started: int, __: str) -> Place:
    return started, "a colon after the key, or a space after the dash, is missing"


def _of_block(line: int, started: int, character: str) -> Place:
    if line == started:
        return _of_rest(line, started, character)
    said = (
        f"this does not go on with what began in line {started}; check the indentation and quotes"
    )
    return line, said


def _of_rest(line: int, _: int, __: str) -> Place:
    return line, "nothing can follow here; check the indentation, quotes and brackets"


_TOLD: list[tuple[re.Pattern[str], Callable[[int, int, str], Place]]] = [
    (re.compile(shape), told)
    for shape, told in (
        ("cannot start any token", _of_start),
        ("found a tab", _of_tab),
        ("quoted scalar: found unexpected", _of_quote),
        ("quoted.scalar: .*(escape|hexa?decimal)", _of_escape),
        ("while scanning an a(nchor|lias)|while (scanning|parsing) a tag|tag handle", _of_mark),
        ("while scanning a (%YAML |%TAG )?directive|incompatible YAML|duplicate %", _of_directive),
        ("while scanning a block scalar", _of_long_text),
        ("while parsing a flow (sequence|mapping)", _of_bracket),
        ("expected (the )?node content", _of_nothing),
        ("mapping values are not allowed", _of_colon),
        ("could not find expected ':'", _of_word),
        ("while parsing a block (mapping|collection)", _of_block),
        ("expected '?<document start>", _of_rest),
    )
]
"""What a parser says, of either kind, and how it is told; the first that fits."""
