"""What goes in and out of a command, before any platform's mark-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked: the words after ``/usmca``, and who asked."""

    text: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a reply. All of it is untrusted plain text; the platform escapes it."""

    text: str
    struck: str = ""
    """Words before the text that hold no more: shown crossed out."""
    url: str | None = None
    """Makes `text` a link."""
    note: str = ""
    """Said after the text, more quietly: a source, a date, how many days."""
    quote: str = ""
    """The sentence the line rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under a heading; an empty heading is none."""

    heading: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: pressing it runs a command of the same grammar."""

    label: str
    command: str
    """The words after ``/usmca``, for example ``subscribe autos``."""


class FieldKind(StrEnum):
    """How a field is filled in."""

    ONE = "one"
    """One of its options."""
    MANY = "many"
    """Any number of its options."""
    TEXT = "text"
    """A line the person writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose: `value` is a word of the grammar, `label` is what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing a form asks for."""

    name: str
    """The option's name in the grammar, such as ``level``; unique in its form."""
    label: str
    kind: FieldKind
    options: tuple[Option, ...] = ()
    """Empty for TEXT. May be longer than a platform's menu: the platform pages or splits it."""
    chosen: tuple[str, ...] = ()
    """Values filled in beforehand; for TEXT at most one."""
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a platform may ask in a window of its own instead of in words.

    Filled in, it becomes a command of the same grammar: `commands.form.command_of(form, values)`.
    """

    verb: str
    """The command it becomes, such as ``subscribe``."""
    title: str
    submit: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a command."""

    command: str
    """The verb that was understood, ``help`` where none was."""
    ok: bool = True
    title: str = ""
    sections: tuple[Section, ...] = ()
    footer: str = ""
    rows: tuple[Mapping[str, object], ...] = ()
    """The same answer as data, JSON-ready."""
    actions: tuple[Choice, ...] = ()
    form: Form | None = None
    """A window that asks for what the command lacked; the sections say the same in words."""
    field: str = ""
    """Where `ok` is false: the form's field that was filled in wrong; empty where it is none."""

    @property
    def text(self) -> str:
        """The reply as plain text, one line each."""
        lines = [self.title] if self.title else []
        for section in self.sections:
            if section.heading:
                lines.append(section.heading)
            lines.extend(_plain(line) for line in section.lines)
        if self.footer:
            lines.append(self.footer)
        return "\n".join(lines)


def _plain(line: Line) -> str:
    note = f" ({line.note})" if line.note else ""
    url = f" {line.url}" if line.url else ""
    quote = f' "{line.quote}"' if line.quote else ""
    struck = f"~{line.struck}~ " if line.struck else ""
    return f"{struck}{line.text}{note}{url}{quote}"
