"""Words and phrases of a query: whole words, without regard to case, accents and a plural s."""

import re
from collections.abc import Sequence

from bot.domain.reading import Field, Span
from bot.reading.query_document import MAX_SPANS, Compiled, Document, Found
from bot.reading.query_syntax import Text
from bot.reading.text import fold_words


def worded(text: Text, fields: Sequence[Field], rule: str) -> Compiled:
    """Return the test for words in a row in any of the fields."""
    if not text.exact and text.words.strip("*") == "" and "*" in text.words:
        return Compiled(lambda _: ())
    prefix = text.words.endswith("*")
    words = fold_words(text.words).split()
    if not words:
        return Compiled(lambda _: ())
    pattern, stems = _pattern(words, prefix=prefix, exact=text.exact or len(words) > 1)
    label = f"{rule} {text.words}"

    def test(document: Document) -> Found:
        spans: list[Span] = []
        for field in fields:
            spans.extend(_spans(document, field, pattern, label))
        return tuple(spans[:MAX_SPANS]) or None

    return Compiled(test, frozenset(stems))


def _pattern(words: list[str], *, prefix: bool, exact: bool) -> tuple[re.Pattern[str], list[str]]:
    """Return what finds the words in a row in spaced text, and the stems that must occur."""
    if prefix:
        ending, stems = r"\w*", words
    elif exact:
        ending, stems = "", words
    else:
        base, ending = _number(words[0])
        stems = [base]
    body = " +".join(map(re.escape, stems))
    return re.compile(rf"(?<!\w){body}{ending}(?!\w)"), stems


def _number(word: str) -> tuple[str, str]:
    """Return a word's base and the endings of its singular and plural; a short word has one form."""
    if len(word) < 4 or not word.isalpha():
        return word, ""
    if word.endswith("es") and len(word) > 5:
        return word[:-2], "(?:es?)?"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1], "(?:e?s)?"
    return word, "(?:e?s)?"


def _spans(document: Document, field: Field, pattern: re.Pattern[str], rule: str) -> list[Span]:
    folded, plain = document.folded(field)
    text = document.text(field)
    spans = []
    for found in pattern.finditer(plain):
        start, end = folded.origin(found.start()), folded.origin(found.end() - 1) + 1
        spans.append(Span(field=field, start=start, end=end, text=text[start:end], rule=rule))
        if len(spans) == MAX_SPANS:
            break
    return spans
