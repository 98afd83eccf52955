"""What a query asks of an entry as plain sets of words: how an index tells many queries at once.

A *sign* is what must stand in an entry's line of words, its blanks included: a word or words in a row
(`` rules of origin ``), a beginning (`` auto``), the same of the title (``title: steel ``), a topic
(`` :autos ``, which no word and no beginning of one is), or a mark of what was read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.reading.query_marks import looks_marked

Signs = frozenset[str]

TITLE = "title:"
TOPIC = ":"


@dataclass(frozen=True, slots=True)
class Shape:
    """What an entry must show, and must not, for a query to hold; `whole` where that is all of it."""

    wanted: frozenset[Signs] = frozenset()
    """Of each of these groups the entry shows at least one sign."""
    barred: Signs = frozenset()
    """The entry shows none of these."""
    whole: bool = False
    """True where an entry that shows what is wanted and nothing barred satisfies the query."""

    @property
    def group(self) -> Signs | None:
        """The signs of a shape that asks for one of them and no more; None for other shapes."""
        if self.whole and len(self.wanted) == 1 and not self.barred:
            return next(iter(self.wanted))
        return None


ALWAYS = Shape(whole=True)
UNKNOWN = Shape()
"""Says nothing: the query's test decides."""


def of_needs(groups: Iterable[Sequence[str]], *, whole: bool) -> Shape:
    """Return the shape of words that are needed, as in `Needs`; `whole` where they are enough."""
    return Shape(wanted=frozenset(frozenset(map(_sign, forms)) for forms in groups), whole=whole)


def _sign(form: str) -> str:
    if form.startswith(" "):
        return form
    return f" {form[:-1]}" if form.endswith("*") else f" {form} "


def one_of(signs: Sequence[str]) -> Shape:
    """Return the shape that wants one of the signs. A typed word that looks like a mark is not sure."""
    sure = not any(looks_marked(sign) for sign in signs)
    return Shape(wanted=frozenset({frozenset(signs)}), whole=sure)


def all_of(shapes: Sequence[Shape]) -> Shape:
    """Return the shape of what all of these ask."""
    return Shape(
        wanted=frozenset().union(*(shape.wanted for shape in shapes)),
        barred=frozenset().union(*(shape.barred for shape in shapes)),
        whole=all(shape.whole for shape in shapes),
    )


def any_of(shapes: Sequence[Shape]) -> Shape:
    """Return the shape of what one of these asks; where it is no set of words, what each needs."""
    groups = [shape.group for shape in shapes]
    if all(group is not None for group in groups):
        return Shape(wanted=frozenset({_joined(groups)}), whole=True)
    if not all(shape.wanted for shape in shapes):
        return UNKNOWN
    fewest = [min(shape.wanted, key=lambda group: (len(group), sorted(group))) for shape in shapes]
    return Shape(wanted=frozenset({_joined(fewest)}))


def none_of(shape: Shape) -> Shape:
    """Return the shape of what must not hold."""
    group = shape.group
    return UNKNOWN if group is None else Shape(barred=group, whole=True)


def _joined(groups: Sequence[Signs | None]) -> Signs:
    return frozenset(sign for group in groups if group is not None for sign in group)
