"""The two dates of a Federal Register document, read from its DATES paragraph.

The Federal Register's own fields `comments_close_on` and `effective_on` hold only days that the
paragraph writes out: "within 30 days of publication" fills neither, "applicable" is not "effective",
and a hearing, a meeting or an application has no field. So this reader is narrower than
`deadlines.py`; where the source gives the fields themselves, they are used instead.
"""

import re
from datetime import date

from bot.domain.reading import Lang
from bot.reading import dates, sentences
from bot.reading.alternation import Words, listed
from bot.reading.date_spans import DateSpan
from bot.reading.even import even

MAX_CHARACTERS = 6_000
"""Longest paragraph that is read."""

_COMMENTS = listed(
    r"""
    (?<!reply\s)comments?\b commenters?\b responses?\b submissions?\b letters\sof\snomination
    submit\s(?:\w+\s)?nominations
    written\s(?:data|views|statements|submissions|information|evidence|input) public\sinput
    feedback\b views\b (?:submit|send|provide)\s(?:\w+\s){0,3}(?:information|data|input|views)\b
    """
)
"""What one may send: comments, views, submissions."""
_CLOSE = Words(
    r"\b(?:comment\sdate|on\sor\sbefore|no\slater\sthan|not\slater\sthan|by\b|due\b|before\b|until\b|through\b|deadline\b|close[sd]?\b|ends?\b|submitted\b|received\b|extended\b|postmarked\b|accepted\b)"
)
_OTHER_PAPERS = listed(
    r"""
    request(?:s)?\sfor\s(?:a\s)?(?:public\s)?(?:hearing|meeting)s? hearing\srequests?
    applications?\b petitions?\b(?!\sdocket) notices?\sof\sintent protests?\b objections?\b
    requests?\sto\s(?:speak|testify|attend|present|participate) register\b registration\b
    oral\s(?:comments|presentations?) meeting\b hearing\b webinar\b nominations\b reply\scomments?
    rebuttal requests?\sfor\saccommodations? proposals?\b abstracts?\b
    information\scollection\srequirements paperwork
    """
)
"""Papers that are no comments: requests for a hearing, notices of intent, rebuttals."""
_EFFECTIVE = Words(
    r"\b(?:effective\b|takes?\seffect\b|taking\seffect\b|(?:is|be|are|remain)\sin\seffect\b|goes?\sinto\seffect|becomes?\seffective|in\sforce\b)"
)
_NOT_EFFECTIVE = Words(
    r"\b(?:effective\s(?:until|through)|not\seffective|delayed\sindefinitely|except\b|applicable\b|compliance\sdate|expir\w+|approved\b|incorporation\sby\sreference|published\b)"
)
_SIGN_UP = re.compile(r"\bto\sregister\b|\bregistration\b|\brequests\sto\s(?:make|speak)\b")


def read(paragraph: str, *, published: date) -> tuple[date | None, date | None]:
    """Return (comments close on, effective on) as the paragraph states them, None where it does not."""
    closes: date | None = None
    starts: date | None = None
    upon_publication = False
    for sentence in sentences.split(paragraph[:MAX_CHARACTERS]):
        text = even(sentence.text)
        spans = dates.written(text, published=published, lang=Lang.EN)
        if closes is None:
            closes = _closes(text, spans)
        if starts is None:
            alone = upon_publication and len(spans) == 1 and len(text) < 25
            starts = spans[0].date if alone else _starts(text, spans)
        upon_publication = bool(_EFFECTIVE.search(text)) and "upon publication" in text
    return closes, starts


def _closes(text: str, spans: tuple[DateSpan, ...]) -> date | None:
    for index, span in enumerate(spans):
        before = text[spans[index - 1].end if index else 0 : span.start]
        after = text[span.end : spans[index + 1].start if index + 1 < len(spans) else len(text)]
        if not (_COMMENTS.search(text[: span.start]) or _COMMENTS.search(after)):
            continue
        if _is_limit(before, span, more=index + 1 < len(spans)):
            return span.until or span.date
    return None


def _is_limit(before: str, span: DateSpan, *, more: bool) -> bool:
    """Whether the words before a day make it the end of the time for comments."""
    clause = before.rsplit(";", 1)[-1]
    if not _CLOSE.search(clause) or _ASIDE.search(clause):
        return False
    if _PUBLISHED.search(clause) and not (span.until and _EXTENDED.search(clause)):
        return False
    if _OTHER_PAPERS.search(clause) and not _COMMENTS.search(clause):
        return False
    if _SIGN_UP.search(clause):
        return False
    return not (more and _MOVED.search(clause))


_PUBLISHED = re.compile(
    r"\b(?:published|dated|issued|beginning|from|starting|between)\s(?:on\s|in\s)?(?:\w+,\s)?$"
)
_EXTENDED = re.compile(r"\b(?:extend(?:s|ed|ing)|reopen(?:s|ed|ing))\b")
_MOVED = re.compile(r"\bscheduled\sto\s(?:close|end)|\boriginally\b|\bpreviously\b|\bwas\sto\s")
_ASIDE = re.compile(r"\([^)]*$")


def _starts(text: str, spans: tuple[DateSpan, ...]) -> date | None:
    for index, span in enumerate(spans):
        before = text[spans[index - 1].end if index else 0 : span.start]
        place = max((match.start() for match in _EFFECTIVE.finditer(before)), default=-1)
        if place >= 0 and not _NOT_EFFECTIVE.search(before, place):
            return span.date
    return None
