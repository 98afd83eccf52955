"""The evaluator of queries: one for live matching, search and backtests."""

from collections.abc import Sequence

from bot.domain.reading import Field
from bot.reading.query_document import Compiled, Document, Show, Spans, Test
from bot.reading.query_fields import faceted
from bot.reading.query_shape import all_of, any_of, none_of
from bot.reading.query_syntax import All, AnyOf, Facet, Node, Not, Text
from bot.reading.query_words import worded


def compiled(node: Node) -> Compiled:
    """Return the test a tree asks for. Raises InvalidInputError where a field's value is no such thing."""
    match node:
        case Text():
            return worded(node, tuple(Field), "word")
        case Facet():
            return faceted(node)
        case Not(node=inner):
            refused = compiled(inner)
            return Compiled(
                lambda document: not refused.test(document),
                shape=none_of(refused.shape),
                without=refused.surely,
            )
        case All(nodes=nodes):
            return _joined([compiled(inner) for inner in nodes])
        case AnyOf(nodes=nodes):
            return _either([compiled(inner) for inner in nodes])


def _joined(parts: Sequence[Compiled]) -> Compiled:
    """What all of them need is needed, and what one of them refuses is refused."""
    return Compiled(
        _all([part.test for part in parts]),
        _shown(parts),
        all_of([part.shape for part in parts]),
        words=frozenset().union(*(part.words for part in parts)),
        without=frozenset().union(*(part.without for part in parts)),
    )


def _either(parts: Sequence[Compiled]) -> Compiled:
    """What each of them needs is needed; and where each needs some word, one word of any of them."""
    words = parts[0].words.intersection(*(part.words for part in parts[1:]))
    if not words and all(part.words for part in parts):
        # the longest words are the rarest: an index has least to look through
        rarest = [max(part.words, key=lambda forms: min(map(len, forms))) for part in parts]
        words = frozenset({tuple(dict.fromkeys(form for forms in rarest for form in forms))})
    return Compiled(
        _any([part.test for part in parts]),
        _shown(parts),
        any_of([part.shape for part in parts]),
        words=words,
        without=parts[0].without.intersection(*(part.without for part in parts[1:])),
        surely=frozenset().union(*(part.surely for part in parts)),
    )


def _all(tests: Sequence[Test]) -> Test:
    def test(document: Document) -> bool:
        for part in tests:  # noqa: SIM110 - a generator for all() takes twice as long
            if not part(document):
                return False
        return True

    return test


def _any(tests: Sequence[Test]) -> Test:
    def test(document: Document) -> bool:
        for part in tests:  # noqa: SIM110 - a generator for any() takes twice as long
            if part(document):
                return True
        return False

    return test


def _shown(parts: Sequence[Compiled]) -> Show:
    def show(document: Document) -> Spans:
        return tuple(span for part in parts if part.test(document) for span in part.show(document))

    return show
