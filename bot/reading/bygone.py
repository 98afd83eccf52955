"""Whether a day of a sentence lies behind: told of, done, said, or the day of a past verb.

`given` is the sentence as it was written: verbs of the past show in their accents. `published` is the
day it appeared.
"""

import re
from datetime import date

from bot.reading.alternation import Words
from bot.reading.bonds import PASSIVE, Site
from bot.reading.date_spans import DateSpan, Grain
from bot.reading.deadline_past import (
    AFTERWARDS,
    CAME_TO,
    DESDE,
    DID,
    DONE,
    IN_A_MONTH,
    LAUNCHED,
    PAST,
    REPORTED,
    SAID,
    SETTLED,
    SINCE,
)
from bot.reading.deadline_vetoes import VETO
from bot.reading.lines import MAX_SENTENCE
from bot.reading.worked import Clue

FAR = 300
"""Days ahead beyond which a day without a year, weakly bound, is taken for one that is over."""
NOT_NEAR = 120
"""The same for a day right after a participle: "peaked on June 12"."""

TOLD = re.compile(
    r"\b(?:(?!united\b|need\b|indeed\b|proceed\b|exceed\b)(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bits\s)(?<!\btheir\s)(?<!\bthan\sfirst\s)\w{3,}ed|told|said|met|held|made|took|came|went|was|were|had|gave|won|lost|fell|rose|saw|left|found|drew|sent|wrote|heard"
    r"|\w{2,}ó|\w{2,}aron|\w{2,}ieron|fue|dijo|hizo|tuvo|estuvo|vino|puso"
    r"|(?:a|ont|est|sont)\s\w{2,}(?:é|ée|és|ées|i|is|ie|u|us|ue|it)|était|étaient|avait)\b"
)
"""Verbs of the past in their own accents."""
_PLEDGED = re.compile(
    r"^\s(?:to\s[a-z]+|en\s\w+(?:ar|er|ir)(?:se)?\b|\w+(?:ar|er|ir)(?:se)?\b|d(?:e\s|')(?:se\s)?\w+(?:er|ir|re)\b)"
)
"""What somebody agreed, decided or promised to do is ahead: "agreed to take up the review on …"."""
_CANCELLED = Words(r"\b(?:cancell?ed|called\soff|cancelad[oa]s?|cancelo|annulee?s?)\b")
_PLANNED = Words(
    r"\b(?:(?:was|were|had\sbeen)\s(?:set|due|scheduled|supposed|expected|slated|meant|planned)\s(?:to\s(?:\w+\s){1,3}|for\s)(?:on\s|at\s)?|(?:iba|iban)\sa\s\w+\s(?:el\s)?|devai(?:t|ent)\s(?:\w+\s){1,4}(?:le\s)?)$"
)
"""A plan that was given up: "were set to end on August 31 but …"."""
_PLANNED_STEP = re.compile(
    r"\b(?:determinations?|decisions?|rulings?|findings?|reports?|resolucion|fallo|dictamen|informe|conclusions|rapport)\s(?:\w+\s){0,4}(?:be|ser|etre|sera|seran|seront)\s(?:issued|announced|released|published|made|publicad[oa]s?|emitid[oa]s?|publiee?s?|annoncee?s?|rendue?s?\spublique?s?)\s"
    r"|\b(?:be|ser|etre|sera|seran|seront)\s(?:\w+ly\s)?(?:initiated|instituted|decided|adopted|opened|ordered|launched|iniciad[oa]s?|adoptad[oa]s?|aprobad[oa]s?|ouverte?s?|adoptee?s?|decidee?s?|lancee?s?|entamee?s?)\s"
)
"""A step still to come, in words that else tell of the past: "is to be initiated on …"."""
_AHEAD = re.compile(
    r"\b(?:will|would|shall|must|to|until|by|for|before|next|starting|beginning|effective|from|as\sof|due|scheduled|is|are|be|has|have|convenes?|resumes?|opens?|begins?|starts?|ends?|expires?|closes?|gathers?|sits?|meets?|holds?|este|proximo|hasta|antes|para|partir|desde|sera|des|jusqu'au|avant|compter|prochain|\w+ra|\w+ran|\w+ront)\b"
)
"""What takes a date out of the past in which its clause began: “will”, “until”, “entrará”."""
_TO_COME = re.compile(
    r"\b(?!ahora\b|para\b|contra\b|compra\b|otra\b|frontera\b|madera\b)\w{3,}ra[n]?\b"
)
"""Without a verb of the future what holds "desde el martes" has held since."""
CUES = (_CANCELLED, _PLANNED)
"""What is asked of a sentence here, beside the cues of `deadline_past.py`."""


def is_ahead(site: Site, given: str, published: date) -> bool:
    """Whether nothing in the sentence tells of the past, and the day is near ahead."""
    if not is_near_ahead(site.span, published):
        return False
    if any(not _PLEDGED.match(site.text[m.end() :]) for m in site.finditer(PAST, site.text)):
        return False
    told = (match for match in TOLD.finditer(given[:MAX_SENTENCE].lower()))
    return all(
        PASSIVE.search(site.text[: m.start()]) or _PLEDGED.match(site.text[m.end() :]) for m in told
    )


def is_near_ahead(span: DateSpan, published: date) -> bool:
    """Whether a day is today or ahead, and not so far that it rather was a few weeks ago."""
    return span.date >= published and span.grain is Grain.DAY and not is_far(span, published)


def is_far(span: DateSpan, published: date, days: int = FAR) -> bool:
    """Whether a day without a year rather was a few weeks ago than is nearly a year ahead."""
    return span.before is not None and (span.date - published).days > days


def is_reported(site: Site, published: date) -> bool:
    """Whether the words right around a date report of it: said, signed, cancelled, begun since."""
    if site.span.past or site.search(_CANCELLED, site.after) or _is_sum_of_range(site):
        return True
    if (
        (AFTERWARDS.match(site.after) and not _LIMITED_BY.search(site.lead))
        or site.search(SINCE, site.lead)
        or site.search(_PLANNED, site.lead)
    ):
        return True
    if site.search(VETO, site.lead[-36:]) or _is_of_its_order(site, published):
        return True
    if site.search(DESDE, site.lead):
        coming = "proxim" in site.text[max(0, site.span.start - 20) : site.span.end]
        holds = (
            site.span.weekday and not coming and not _TO_COME.search(f"{site.before} {site.after}")
        )
        return holds or site.span.date < published or bool(site.search(PAST, site.after))
    told = site.search(REPORTED, site.lead)
    return told is not None and not _PLANNED_STEP.search(site.lead, 0, told.end())


_LIMITED_BY = re.compile(r"\b(?:until|till|through|by|before)\s(?:the\s)?$")
"""Up to an event that is still to come: "holds through the November 3 vote"."""
_ORDER = re.compile(
    r"\s(?:executive\s)?(?:order|rule|notice|decree|proclamation|announcement|decision|ruling)\s\w"
)


def _is_of_its_order(site: Site, published: date) -> bool:
    """Whether a day just over is that of an act named by it: "the August 7 order prolongs …"."""
    span = site.span
    over = span.before is not None and (published - span.before).days < _LATELY
    return over and site.lead.endswith("the ") and _ORDER.match(site.after) is not None


_LATELY = 60
"""Days within which an act is named by its day alone."""


def is_done(site: Site, given: str, published: date) -> bool:
    """Whether a participle right before a day that is over tells of it: "ouverte le 2 novembre"."""
    span = site.span
    told = given[max(0, span.start - 40) : span.start].lower()
    if span.grain is Grain.MONTH and site.text[span.start : span.end].isalpha():
        return IN_A_MONTH.search(told) is not None
    behind = span.date < published or is_far(span, published, NOT_NEAR)
    if span.grain is not Grain.DAY or not behind:
        return False
    return DONE.search(told[-26:]) is not None or SAID.search(told) is not None


def was_that_day(site: Site, given: str, published: date) -> bool:
    """Whether a bare weekday or "today" is the day of a past verb: "agreed today a pause …"."""
    span = site.span
    today = span.computed and span.date == published and span.clue is Clue.NONE
    if not (span.weekday or today):
        return False
    start = max(0, span.start - len(site.before))
    lead = given[start : span.start].lower()
    if LAUNCHED.search(lead):
        return True
    told = max((match.end() for match in TOLD.finditer(lead)), default=-1)
    if today:
        told = max([told, *(match.end() for match in SETTLED.finditer(site.before))])
        told = len(lead) if DID.match(site.after) else told
    ahead = max((match.end() for match in _AHEAD.finditer(site.before)), default=-1)
    return told > ahead


def is_told(site: Site, given: str) -> bool:
    """Whether somebody did something before the date in its clause: "brokers filed … on November 1"."""
    start = max(0, site.span.start - len(site.before))
    lead = given[start : site.span.start].lower()
    return any(not PASSIVE.search(lead[: match.start()]) for match in TOLD.finditer(lead))


def went_by(site: Site, given: str) -> bool:
    """Whether a count opens a sentence that tells what came of it: "in 90 days the mill has gone …"."""
    if site.before.strip() not in {"in", "en", "within", "dans"}:
        return False
    return _GONE.search(given[site.span.end : site.span.end + 60].lower()) is not None


_GONE = re.compile(
    r"\b(?:has|have)\s\w+|\b(?:went|fell|lost|dropped|closed|grew|rose|became)\b|\w{2,}ó\b|\w{2,}(?:aron|ieron)\b|\bha[n]?\s\w+(?:ado|ido)\b"
    r"|\b(?:a|ont|est|sont)\s\w{2,}(?:é|ée|és|ées|i|is|u|us|ue)\b"
)
"""A verb that tells what is over: “has grown”, “cayó”, “a augmenté”. Looked for with its accents."""


def _is_sum_of_range(site: Site) -> bool:
    """Whether a range tells when a sum came about: "collected from May 2 to July 23 came to $3 billion"."""
    return site.span.until is not None and CAME_TO.match(site.after) is not None
