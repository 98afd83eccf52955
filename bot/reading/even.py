"""Folding that keeps every character in its place, for the rules that read facts.

The rules for dates, rates and deadlines work on positions: what stands before a date, what lies
between two rates. So the folded text must be exactly as long as the text it was made from.
"""

from functools import cache, lru_cache

from bot.reading.text import Signs, replaced

_ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_BARE = "aaaaaaceeeeiiiinooooouuuuyy"
_DASHES = "‐‑‒–—―−"
_QUOTES = "‘’‚‛`´"
_DOUBLE = "“”„«»"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"

_PLAIN = {
    **dict(zip(_ACCENTED + _ACCENTED[:-1].upper(), _BARE + _BARE[:-1], strict=True)),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_SPACES, " "),
}


@lru_cache(maxsize=16)
def even(text: str) -> str:
    """Fold accents, case, dashes, quotes and spaces; the result is as long as `text`."""
    if text.isascii():
        return _without_controls(text).lower()
    latin = _signs().latin(text)
    if latin is not None:
        return _without_controls(latin)
    plain = _without_controls(replaced(text, _PLAIN))
    folded = plain.lower()
    return folded if len(folded) == len(text) else "".join(map(_single, plain))


def _without_controls(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ").replace("`", "'")


@cache
def _signs() -> Signs:
    return Signs(_PLAIN)


def _single(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char
