"""Mark-up to plain text, as a reader would see it: what is made of an entry once, when it comes in.

Most mark-up is simple: its tags are taken out where they stand. What is not sure goes to the HTML
parser. Everything here takes time linear in the length of the text.
"""

import html
import re
from html.entities import html5

MAX_TAGS = 2_000
"""Above this the HTML parser is not asked: its worst cases grow with the square of the nesting
(180,000 open `<div>` took 74 s), a plain scan over the tags does not."""

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""Control, bidi, zero-width and tag characters, lone surrogates, non-characters."""
_SEEN = bytes([*b"\n", *range(32, 127)])
_UNWANTED_AND_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Those of them that `str.isprintable` takes for something to see."""
_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]+\n?")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})(?:[^<>]*)>|<[!?][^<>]*>")
_LOOKS_LIKE_MARKUP = re.compile(r"<(?:[a-zA-Z/!?])")
_ESCAPED_MARKUP = re.compile(r"</?(?:p|a|b|i|br|div|span|em|strong|ul|ol|li|img|h[1-6])\b[^<>]*>")
_MARKED_UP = re.compile(r"<[A-Za-z!/?]|&(?:#\d|#x|[A-Za-z]{2,8};)")
_BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|tr|table|thead|tbody|caption|section|article|"
    r"header|footer|aside|nav|figure|figcaption|blockquote|pre|form|address|main|details|summary|"
    r"option|legend|fieldset)\b)",
    re.IGNORECASE,
)
"""The start of a tag that breaks the line, opening or closing."""
_REST_OF_TAG = r"(?: [a-zA-Z][a-zA-Z0-9:-]*+(?:=(?:\"[^\"<>\n]*+\"|'[^'<>\n]*+'|[^ \"'`=<>/\n]++))?+)*+(?: ?/)?+>"
"""Attributes that cannot be misread. None goes over the end of a line: that is where a tag stood."""
_SIMPLE_BLOCKS = r"(?:p|div|h[1-6]|ul|ol|li|blockquote|figure|figcaption)"
_SIMPLE_BLOCK = re.compile(rf"<(?:/{_SIMPLE_BLOCKS}>|(?:{_SIMPLE_BLOCKS}|br|hr){_REST_OF_TAG})")
_SIMPLE_WORDS = r"(?:a|b|i|u|em|strong|small|sub|sup|span)"
_SIMPLE_INLINE = re.compile(rf"<(?:/{_SIMPLE_WORDS}>|(?:{_SIMPLE_WORDS}|img){_REST_OF_TAG})")
"""Tags that hold nothing but text and each other."""
_REFERENCE = re.compile(r"&([^;&<]{0,32};?)")
_NUMBER = re.compile(
    r"#(?:0?(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6])|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}|[1-4][0-9]{4}"
    r"|[xX](?:0{0,2}(?:[2-6][0-9a-fA-F]|7[0-9a-eA-E]|[a-fA-F][0-9a-fA-F])|0?[1-9a-fA-F][0-9a-fA-F]{2}"
    r"|[1-9a-cA-C][0-9a-fA-F]{3}));"
)
"""References to characters that stand for themselves: no controls, nothing beyond U+D7FF."""
_CELL = re.compile(r"<(?=t[dh]\b)", re.IGNORECASE)
_BREAK = "\ue000"
"""A private-use character that stands for a new line while the parser is at work."""
_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "head"})


def to_plain(markup: str) -> str:
    """Return the text a reader would see: one line for each block, blanks collapsed.

    Entities are resolved, scripts and styles dropped, block elements end a line. Control, bidi,
    zero-width and tag characters, NUL and lone surrogates are removed. Any input is answered.
    """
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    text = markup
    for _ in range(2):  # feeds that escape their mark-up twice are common
        if _LOOKS_LIKE_MARKUP.search(text):
            text, is_tidy = _without_markup(text)
            if is_tidy:
                return _in_lines(text)
        elif "&" in text:
            text = html.unescape(text)
        if _ESCAPED_MARKUP.search(text) is None:
            break
    return tidy(text)


def as_plain(text: str) -> str:
    """Return a text that may be mark-up as plain text; one without any mark-up as it is."""
    return to_plain(text) if _MARKED_UP.search(text) else text


def tidy(text: str) -> str:
    """Return plain text without characters nobody should see, its blanks collapsed."""
    if _is_tidy(text):
        return _in_lines(text)
    lines = [" ".join(line.split()) for line in _without_unwanted(text).split("\n")]
    return "\n".join([line for line in lines if line])


def _in_lines(text: str) -> str:
    """Collapse blanks where all are simple ones."""
    while "  " in text:
        text = text.replace("  ", " ")
    if "\n" not in text:
        return text.strip()
    return "\n".join([line for part in text.split("\n") if (line := part.strip())])


def _is_tidy(text: str) -> bool:
    """Whether the text holds nothing but what is seen, simple blanks and line ends."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _SEEN)
    if not beyond:
        return True
    strange = beyond.decode("utf-8", "surrogatepass")
    return strange.isprintable() and _UNWANTED_AND_PRINTABLE.search(strange) is None


def _without_unwanted(text: str) -> str:
    held = "".join(set(text))  # few: what is not among them need not be looked for
    if not held.isascii() and _LINE_ENDS.search(held):
        text = _LINE_ENDS.sub("\n", text)
    elif "\r" in held:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x0b" in held or "\x0c" in held:
        text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    return _UNWANTED.sub("", text) if _UNWANTED.search(held) else text


def _without_markup(markup: str) -> tuple[str, bool]:
    """Return the text of mark-up, and whether nothing is left to do but to collapse blanks."""
    flat = markup.replace("\n", " ")
    is_tidy = _is_tidy(flat)
    if not is_tidy:
        flat = " ".join(flat.replace(_BREAK, " ").split())
    if flat.count("<") > MAX_TAGS:
        return _scan_tags(" ".join(flat.split())), False
    text = _SIMPLE_INLINE.sub("", _SIMPLE_BLOCK.sub("\n", flat))
    if "<" in text or "\0" in text:
        return _parse(flat), False
    if "&" not in text:
        return text, is_tidy
    if _unsure(text, is_tidy=is_tidy):
        return _parse(flat), False
    return html.unescape(text), False


def _unsure(text: str, *, is_tidy: bool) -> bool:
    """Whether a reference may mean something else to the parser."""
    if not is_tidy and _UNWANTED.search(text):
        return True  # it could stand inside a reference
    return any(
        reference not in html5 and _NUMBER.fullmatch(reference) is None
        for reference in _REFERENCE.findall(text)
    )


def _parse(markup: str) -> str:
    flat = " ".join(markup.split())
    flat = _CELL.sub(" <", _BLOCK.sub(f"{_BREAK}<", flat))
    # Lexbor wants valid UTF-8, which text without lone surrogates always is.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_UNWANTED.sub("", flat))
    tree.strip_tags(sorted(_DROPPED - {"head"}))
    body = tree.body
    return body.text().replace(_BREAK, "\n") if body is not None else ""


def _scan_tags(flat: str) -> str:
    """Take the tags out one by one: cruder than the parser, and linear whatever comes."""
    pieces: list[str] = []
    inside: str | None = None
    position = 0
    for tag in _TAG.finditer(flat):
        if inside is None:
            pieces.append(flat[position : tag.start()])
        position = tag.end()
        name = (tag[2] or "").lower()
        if inside is not None:
            inside = None if tag[1] and name == inside else inside
        elif name in _DROPPED and not tag[1]:
            inside = name
        elif _BLOCK.match(tag[0]):
            pieces.append("\n")
        elif _CELL.match(tag[0]):
            pieces.append(" ")
    if inside is None:
        pieces.append(flat[position:])
    return html.unescape("".join(pieces))
