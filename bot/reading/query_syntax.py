"""The syntax of queries: from what a person typed to a tree of plain nodes.

It is the Lucene-like syntax people know: words, "phrases", AND OR NOT, -word, (…), prefix*,
field:value and rate:[25 TO *]. What cannot be followed is told with its place and a remedy.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from bot.errors import InvalidInputError

MAX_CHARS = 1_000
MAX_DEPTH = 20

FIELDS = (
    "title", "source", "lang", "topic", "country", "kind", "stage", "rate", "hts", "authority",
    "agency", "tier", "imposer", "since", "before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a row, as typed; the last may be a prefix."""

    words: str
    exact: bool
    """True for a "phrase": no plural is added."""


@dataclass(frozen=True, slots=True)
class Range:
    """What stands between brackets, as typed: ``25 TO *``."""

    bounds: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A field and what it must hold; `position` is where it stands in the query, from 1."""

    name: str
    value: Text | Range
    position: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    nodes: tuple["Node", ...]


Node = Text | Facet | Not | All | AnyOf


_QUOTES = str.maketrans(
    {**dict.fromkeys("“”„‟″«»＂", '"'), "‘": "'", "’": "'", "：": ":", "−": "-"}
)
_SLACK_LINK = re.compile(r"<([^<>|\s]+)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))


def normalised(text: str) -> str:
    """Return the query with plain quotes and blanks, without Slack's entities and link marks."""
    for entity, sign in (("&nbsp;", " "), *_ENTITIES):
        text = text.replace(entity, sign)
    text = _SLACK_LINK.sub(lambda link: _linked(link[1], link[2]), text)
    text = "".join(
        " " if sign.isspace() else sign for sign in text if sign.isprintable() or sign.isspace()
    )
    return text.translate(_QUOTES).strip()


def _linked(target: str, label: str | None) -> str:
    """Slack sends a typed address as ``<http://address|address>``, people mean what they typed."""
    if label:
        return label
    return re.sub(r"^(?:https?://|mailto:)", "", target)


def tree(text: str) -> Node:
    """Return the tree of a normalised query. Raises InvalidInputError with place and remedy."""
    if not text:
        raise InvalidInputError(
            "The query is empty. Try: steel AND (canada OR mexico), or * for all."
        )
    if len(text) > MAX_CHARS:
        raise InvalidInputError(
            f"The query has {len(text):,} characters; at most {MAX_CHARS:,} are read. "
            f"It is too long from character {MAX_CHARS + 1} on. Try: {text[:20].split(maxsplit=1)[0]} AND canada"
        )
    if (deep := _too_deep(text)) is not None:
        raise InvalidInputError(
            f"The query nests more than {MAX_DEPTH} deep at character {deep}. "
            "Try: steel AND (canada OR mexico)"
        )
    try:
        parsed = _parsed(text)
    except UnreadableError as error:
        raise InvalidInputError(_explained(text, error)) from error
    check_fields(parsed, text)
    return parsed


class UnreadableError(Exception):
    """The parser cannot follow a query at a place, counted from 0; `sign` where no word begins so."""

    def __init__(self, place: int, *, sign: bool) -> None:
        super().__init__(place)
        self.place = place
        self.sign = sign


def _parsed(text: str) -> Node:
    from bot.reading.query_grammar import parsed

    return parsed(text)


def check_fields(node: Node, text: str) -> None:
    """Raise InvalidInputError where a field has no such name."""
    match node:
        case Facet(name=name, position=position):
            if name not in FIELDS:
                raise InvalidInputError(_unknown_field(name, position, text))
        case Not(node=inner):
            check_fields(inner, text)
        case All(nodes=nodes) | AnyOf(nodes=nodes):
            for inner in nodes:
                check_fields(inner, text)
        case Text():
            pass


def _unknown_field(name: str, position: int, text: str) -> str:
    near = get_close_matches(name, FIELDS, n=1)
    rest = text[position + len(name) :].lstrip()
    value = rest.split()[0].rstrip(")") if rest.split() else "…"
    better = f"{near[0]}:{value}" if near else f'"{name} {value}"'
    return (
        f"There is no field {name}: (character {position}). Try: {better}. "
        f"The fields are {', '.join(FIELDS)}."
    )


def _too_deep(text: str) -> int | None:
    """Return the place, from 1, where brackets and negations nest deeper than allowed."""
    depth = run = 0
    outside = re.sub(r'"[^"]*"', lambda quoted: "_" * len(quoted[0]), text)
    for sign in re.finditer(r"[()]|(?<![^\s(!-])(?:NOT(?=[\s(])|[-!](?=\S))|[^\s()]", outside):
        if sign[0] == "(":
            depth += 1
        elif sign[0] == ")":
            depth, run = max(0, depth - 1), 0
        elif sign[0] in {"NOT", "-", "!"}:
            run += 1
        else:
            run = 0
        if depth + run > MAX_DEPTH:
            return sign.start() + 1
    return None


def _explained(text: str, error: UnreadableError) -> str:
    place = max(0, min(error.place, len(text)))
    seen = f"near {text[place : place + 12]!r}" if place < len(text) else "at its end"
    if error.sign and text[place : place + 1] == '"':
        seen = "where a quotation mark is left open"
    return (
        f"The query cannot be followed at character {place + 1}, {seen}. "
        f"Try: {_mended(text, place)}"
    )


def _mended(text: str, place: int) -> str:
    """Return the nearest query that can be followed, or a sample where none is near."""
    for attempt in _attempts(text, place):
        try:
            check_fields(_parsed(attempt), attempt)
        except (UnreadableError, InvalidInputError):
            continue
        return attempt
    return "steel AND (canada OR mexico) -opinion"


_DANGLING = re.compile(r"^(?:\s|\b(?:AND|OR)\b)+|(?:\b(?:AND|OR|NOT)\b|[-!:\[(\s])+$")
"""Operators and signs at either end that have nothing to join."""


def _attempts(text: str, place: int) -> list[str]:
    opened = text.count("(") - text.count(")")
    closed = ")" * max(0, opened)
    without = text[:place] + re.sub(r"^(?:AND|OR|NOT)\b|^.", "", text[place:], flags=re.DOTALL)
    bare = _DANGLING.sub("", text).strip()
    attempts = [
        text + closed,
        without,
        text + '"',
        bare,
        bare + ")" * (bare.count("(") - bare.count(")")),
        text.replace('"', "") + closed,
        re.sub(r":\s+", ":", text),
        " ".join(re.findall(r"[^\W_]+\*?", text)[:8]),
    ]
    return [" ".join(attempt.split()) for attempt in attempts if attempt.strip()]
