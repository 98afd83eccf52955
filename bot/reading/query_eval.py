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
            return _joined([compiled(inner) for inner in nodes])
        case AnyOf(nodes=nodes):
            return _either([compiled(inner) for inner in nodes])


def _joined(parts: Sequence[Compiled]) -> Compiled:
    """What all of them need is needed: the words of each, the narrowest of their days."""
    return Compiled(
        _all([part.test for part in parts]),
        words=frozenset().union(*(part.words for part in parts)),
        since=max((part.since for part in parts if part.since is not None), default=None),
        before=min((part.before for part in parts if part.before is not None), default=None),
    )


def _either(parts: Sequence[Compiled]) -> Compiled:
    """What each of them needs is needed; and where each needs some word, one word of any of them."""
    words = parts[0].words.intersection(*(part.words for part in parts[1:]))
    if not words and all(part.words for part in parts):
        # the longest words are the rarest: an index has least to look through
        rarest = [max(part.words, key=lambda forms: min(map(len, forms))) for part in parts]
        words = frozenset({tuple(dict.fromkeys(form for forms in rarest for form in forms))})
    sinces = [part.since for part in parts if part.since is not None]
    befores = [part.before for part in parts if part.before is not None]
    return Compiled(
        _any([part.test for part in parts]),
        words=words,
        since=min(sinces) if len(sinces) == len(parts) else None,
        before=max(befores) if len(befores) == len(parts) else None,
    )


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
