"""Values of `bot.yaml` that name environment variables, ``${NAME}``, because they hold secrets."""

import re
from collections.abc import Iterator, Mapping

from pydantic import SecretStr

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def named(value: SecretStr) -> list[str]:
    """Return the variables that a value names."""
    return _VARIABLE.findall(value.get_secret_value())


def unset(value: SecretStr, environ: Mapping[str, str]) -> list[str]:
    """Return those of the named variables that are not set."""
    return [variable for variable in named(value) if not environ.get(variable)]


def expanded(value: SecretStr, environ: Mapping[str, str]) -> str | None:
    """Return the value with the variables' contents in place; None where one is not set."""
    if unset(value, environ):
        return None
    return _VARIABLE.sub(lambda found: environ[found[1]], value.get_secret_value())


def unsafe(key: str, value: SecretStr, variable: str, what: str = "secrets") -> Iterator[str]:
    """Yield a warning where the value stands in the file with what should be in a variable."""
    if not named(value):
        yield (
            f"{key} stands in bot.yaml with its {what}; "
            f"write ${{{variable}}} and set that variable instead"
        )


def place_of(value: SecretStr) -> str:
    """Return where to look for what is wrong with a value, as the end of a sentence."""
    return f" (look at {' and '.join(named(value))})" if named(value) else ""
