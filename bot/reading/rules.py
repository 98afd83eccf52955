"""The rules of topics as values: what `config/topics.yaml` says, already checked.

A *term* is a word or phrase as a person writes it. It matches whole words, whatever the accents,
dashes and capitals. Three signs add to that:

* ``tariff*`` also takes endings, ``*letter`` also takes beginnings;
* ``mineral(es) critico(s)`` takes the letters in brackets or leaves them out,
  ``(car|auto) duty`` takes one of several;
* a capital letter in a term must be a capital in the text: ``CVD`` never matches "cvd",
  ``Ford`` never matches "ford".
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

MAX_FORMS = 2_000
"""Forms one term may stand for; more is a slip of the pen."""

MAX_BRACKETS = 100

ANOTHER_TOPIC = "another topic"
"""The context that is there when any other topic matched."""

_PLAIN = re.compile(r"[^()|]+")
_LETTER = re.compile(r"\w")
_BRACKETS = re.compile(r"[()|]")


class RuleError(ValueError):
    """A rule that cannot be compiled; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakTerms:
    """Terms that count only beside something: `near` names contexts, one of them is enough.

    A context counts within `within` characters; an empty `near` asks for none. Where `and_near` names contexts, one of those is
    needed too. `unless` names contexts that speak for another sense of the word; they win where no
    anchor of trade is near. Those in `never` always win.
    """

    terms: tuple[str, ...]
    near: tuple[str, ...]
    and_near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: int = 300

    @property
    def contexts(self) -> tuple[str, ...]:
        """Every context the terms ask for."""
        return (*self.near, *self.and_near, *self.unless, *self.never)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule:
    """One topic: its names in three languages and its terms."""

    id: str
    label: Mapping[str, str]
    """Locale → the name people see."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Locale → other words people use for it in commands."""
    strong: tuple[str, ...] = ()
    """Terms that fire alone."""
    weak: tuple[WeakTerms, ...] = ()
    needs: tuple[str, ...] = ()
    """Contexts of which one must stand anywhere in the entry for `strong` to count; empty: none."""
    from_deadlines: bool = False
    """True: fires where a deadline was read in an entry that has another topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """Words that show that the whole entry is about something else.

    One of `any` is enough, of `several` two different ones are needed. A context in `unless`
    outweighs them.
    """

    name: str
    any: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything the topic reader needs."""

    topics: tuple[TopicRule, ...]
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()
    """Names of contexts that prove that a text is about trade; they outweigh `unless`."""
    masks: tuple[str, ...] = ()
    """Phrases that hide the terms inside them."""
    vetoes: tuple[Veto, ...] = ()


def version_of(rules: Rules) -> str:
    """Return a digest of rules, sixteen hexadecimal digits: the same rules have the same one."""
    said = json.dumps(asdict(rules), sort_keys=True, default=sorted)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def forms(term: str) -> list[str]:
    """Return every form a term stands for. Raises RuleError where it is no term."""
    if _BRACKETS.search(term) is None:
        return [_checked(term, term)]
    if term.count("(") > MAX_BRACKETS:
        raise RuleError(f"“{term[:40]}…” nests brackets too deeply or has too many")
    made, end = _sequence(term, 0)
    if end != len(term):
        raise RuleError(f"“{term}” has a bracket too many")
    return list(dict.fromkeys(_checked(form, term) for form in made))


def _sequence(term: str, position: int) -> tuple[list[str], int]:
    """Expand what stands up to the end, a ``|`` or a closing bracket."""
    made = [""]
    while position < len(term) and term[position] not in "|)":
        if term[position] == "(":
            choices, position = _group(term, position + 1)
        else:
            plain = _PLAIN.match(term, position)
            piece = plain[0] if plain else term[position]
            choices, position = [piece], position + len(piece)
        made = [before + after for before in made for after in choices]
        if len(made) > MAX_FORMS:
            raise RuleError(f"“{term}” stands for more than {MAX_FORMS} forms")
    return made, position


def _group(term: str, position: int) -> tuple[list[str], int]:
    """Expand what stands between two brackets; one choice alone may be left out."""
    choices: list[list[str]] = []
    while True:
        made, position = _sequence(term, position)
        choices.append(made)
        if position >= len(term):
            raise RuleError(f"“{term}” has a bracket that is not closed")
        position += 1
        if term[position - 1] == ")":
            break
    optional = ["", *choices[0]] if len(choices) == 1 else []
    return optional or [form for made in choices for form in made], position


def _checked(form: str, term: str) -> str:
    tidy = " ".join(form.split())
    bare = tidy.removeprefix("*").removesuffix("*")
    if "*" in bare:
        raise RuleError(f"“{term}” has a * inside; it may stand at either end only")
    short = not bare[:2].isalpha() or len(bare) < 2
    if short and len(_LETTER.findall(bare)) < 2 and bare != "%":
        raise RuleError(f"“{term}” is too short to be a rule")
    return tidy
