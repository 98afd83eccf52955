"""The grammar of queries for lark, and the tree of plain nodes that its parser makes.

Apart from `query_syntax`, so that commands which parse no query do not wait for lark. The parser is
built by the first query and kept; it holds no state between calls, so that threads may share it.
"""

from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from bot.reading.query_syntax import (
    All,
    AnyOf,
    Facet,
    Node,
    Not,
    Range,
    Text,
    UnreadableError,
)

_GRAMMAR = r"""
    ?start: any_of
    ?any_of: all_of (_OR all_of)*
    ?all_of: unary (_AND? unary)*
    ?unary: _NOT unary -> negated
          | MINUS unary -> negated_sign
          | "(" any_of ")"
          | FIELD (text | range) -> facet
          | text
    ?text: PHRASE -> phrase
         | WORD -> word
    range: RANGE
    _OR.3: /OR(?![^\s()"])|\|\|/
    _AND.3: /AND(?![^\s()"])|&&/
    _NOT.3: /NOT(?![^\s()"])|!(?=[^\s])/
    MINUS.3: /-(?=[^\s-])/
    FIELD.2: /[A-Za-z_]+:/
    PHRASE: /"[^"]*"/
    RANGE: /\[[^\[\]"]*\]/
    WORD: /(?!(?:AND|OR|NOT)(?![^\s()"\[\]:]))(?=[^\s()"\[\]:]*[\w*])(?![-!])[^\s()"\[\]:]+/
    %ignore /\s+/
    %ignore /[^\w\s()"\[\]:*]+(?=[\s()"]|$)/
"""


class _Tree(Transformer[Token, Node]):
    """Turns lark's tree into nodes."""

    def any_of(self, nodes: list[Node]) -> Node:
        return AnyOf(tuple(nodes))

    def all_of(self, nodes: list[Node]) -> Node:
        return All(tuple(nodes))

    def negated(self, nodes: list[Node]) -> Node:
        return Not(nodes[0])

    def negated_sign(self, nodes: list[Any]) -> Node:
        return Not(nodes[1])

    def facet(self, nodes: list[Any]) -> Node:
        field, value = nodes
        return Facet(str(field)[:-1].lower(), value, (field.start_pos or 0) + 1)

    def phrase(self, nodes: list[Token]) -> Text:
        return Text(str(nodes[0])[1:-1], exact=True)

    def word(self, nodes: list[Token]) -> Text:
        return Text(str(nodes[0]), exact=False)

    def range(self, nodes: list[Token]) -> Range:
        return Range(str(nodes[0])[1:-1])


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", transformer=_Tree())


def parsed(text: str) -> Node:
    """Return the tree of a query. Raises UnreadableError."""
    try:
        node: Any = _parser().parse(text)
    except UnexpectedInput as error:
        ends = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        place: int | None = error.pos_in_stream
        place = len(text) if ends or place is None else place
        raise UnreadableError(place, sign=isinstance(error, UnexpectedCharacters)) from error
    return node  # type: ignore[no-any-return]  # lark types what a transformer returns as a tree
