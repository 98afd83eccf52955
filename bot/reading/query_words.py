"""Words and phrases of a query: whole words, without regard to case, accents and a plural s."""

import re
from collections.abc import Sequence

from bot.domain.reading import Field, Span
from bot.reading.query_document import MAX_SPANS, Compiled, Document, Spans, Test
from bot.reading.query_marks import in_title, may_be_mark
from bot.reading.query_shape import ALWAYS, TITLE, Shape, one_of
from bot.reading.query_syntax import Text
from bot.reading.text import fold_words


def worded(text: Text, fields: Sequence[Field], rule: str) -> Compiled:
    """Return the test for words in a row in any of the fields."""
    if not text.exact and text.words.strip("*") == "" and "*" in text.words:
        return Compiled(_always, shape=ALWAYS)
    prefix = text.words.endswith("*")
    words = fold_words(text.words).split()
    if not words:
        return Compiled(_always, shape=ALWAYS)
    pattern, needed = _pattern(words, prefix=prefix, exact=text.exact or len(words) > 1)
    label = f"{rule} {text.words}"

    def show(document: Document) -> Spans:
        spans: list[Span] = []
        for field in fields:
            spans.extend(_spans(document, field, pattern, label))
        return tuple(spans[:MAX_SPANS])

    title = tuple(fields) == (Field.TITLE,)
    if len(words) > 1 or prefix:
        test, shape = _in_line(words, prefix=prefix, title=title)
    else:
        test, shape = _single(needed[0], title=title)
    forms = needed[0] if len(words) == 1 else (f" {' '.join(words)}{'' if prefix else ' '}",)
    signs = tuple(map(in_title, forms)) if title else forms
    sure = len(words) == 1 and words[0].isascii() and not any(map(may_be_mark, forms))
    return Compiled(
        test,
        show,
        shape,
        words=frozenset({signs}),
        surely=frozenset(signs) if sure else frozenset(),
    )


def _always(_: Document) -> bool:
    return True


def _in_line(words: list[str], *, prefix: bool, title: bool) -> tuple[Test, Shape]:
    """Return what tells whether words stand in a row, or one word's beginning somewhere."""
    row = f" {' '.join(words)}{'' if prefix else ' '}"
    if title:
        return lambda document: row in document.title, one_of([TITLE + row])
    return lambda document: row in document.line, one_of([row])


def _single(forms: tuple[str, ...], *, title: bool) -> tuple[Test, Shape]:
    """Return what tells whether one of a word's forms stands somewhere."""
    around = [f" {form} " for form in forms]
    if title:
        shape = one_of([TITLE + form for form in around])
        return lambda document: any(form in document.title for form in around), shape
    return lambda document: any(form in document.line for form in around), one_of(around)


def _pattern(
    words: list[str], *, prefix: bool, exact: bool
) -> tuple[re.Pattern[str], list[tuple[str, ...]]]:
    """Return what finds the words in a row in spaced text, and the forms of each that it may find."""
    if prefix:
        forms: list[tuple[str, ...]] = [(word,) for word in words[:-1]]
        forms.append((f"{words[-1]}*",))
        return _in_a_row(words, r"\w*"), forms
    if exact:
        return _in_a_row(words, ""), [(word,) for word in words]
    base, endings = _number(words[0])
    any_ending = "(?:" + "|".join(endings) + ")" if len(endings) > 1 else ""
    return _in_a_row([base], any_ending), [tuple(base + ending for ending in endings)]


def _in_a_row(words: list[str], ending: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){' +'.join(map(re.escape, words))}{ending}(?!\w)")


def _number(word: str) -> tuple[str, tuple[str, ...]]:
    """Return a word's base and the endings of its singular and plural; a short word has one form."""
    if len(word) < 4 or not word.isalpha():
        return word, ("",)
    if word.endswith("es") and len(word) > 5:
        return word[:-2], ("es", "e", "")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1], ("es", "s", "")
    return word, ("es", "s", "")


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
