"""A filled-in form becomes the words of a command: one grammar for windows and for typing."""

from collections.abc import Mapping, Sequence

from bot.commands.exchange import Field, FieldKind, Form


def command_of(form: Form, values: Mapping[str, Sequence[str]]) -> str:
    """Return the words after ``/usmca`` that a filled-in form stands for.

    `values` holds what was chosen or written, by the name of the field; fields without a value are
    left out. The first field's values follow the verb bare (``subscribe autos steel``), the others
    as options (``level:important``). Blanks at the ends and line breaks are taken out.
    """
    first, *others = form.fields
    words = [form.verb, *(_tidy(value) for value in values.get(first.name, ()))]
    words += [_option(field, values.get(field.name, ())) for field in others]
    return " ".join(word for word in words if word)


def _option(field: Field, values: Sequence[str]) -> str:
    said = [tidy for tidy in (_tidy(value) for value in values) if tidy]
    if not said:
        return ""
    if field.kind is FieldKind.TEXT and " " in said[0]:
        return f'{field.name}:"{said[0]}"'
    return f"{field.name}:{','.join(said)}"


def _tidy(value: str) -> str:
    return " ".join(value.replace('"', "'").split())
