"""The evaluator of queries: one for live matching, search and backtests."""

from collections.abc import Sequence

from bot.domain.reading import Field, Span
from bot.reading.query_document import Compiled, Document, Found, Test
from bot.reading.query_fields import faceted
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
            refused = compiled(inner).test
            return Compiled(lambda document: () if refused(document) is None else None)
        case All(nodes=nodes):
            parts = [compiled(inner) for inner in nodes]
            words = frozenset().union(*(part.words for part in parts))
            return Compiled(_all([part.test for part in parts]), words)
        case AnyOf(nodes=nodes):
            parts = [compiled(inner) for inner in nodes]
            common = parts[0].words.intersection(*(part.words for part in parts[1:]))
            return Compiled(_any([part.test for part in parts]), common)


def _all(tests: Sequence[Test]) -> Test:
    def test(document: Document) -> Found:
        spans: list[Span] = []
        for part in tests:
            found = part(document)
            if found is None:
                return None
            spans.extend(found)
        return tuple(spans)

    return test


def _any(tests: Sequence[Test]) -> Test:
    def test(document: Document) -> Found:
        found = [spans for part in tests if (spans := part(document)) is not None]
        return tuple(span for spans in found for span in spans) if found else None

    return test
