"""The Federal Register's JSON: documents whose dates stand in fields of their own.

Both lists are read: published documents, and the public inspection list, which shows a document
a day or more before it is published, under the same number.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.entry import Entry, Stated
from bot.domain.feed import FeedSpec
from bot.feeds import dates, values

_SOURCE = "Federal Register"
_ZONE = "America/New_York"


def looks_like(data: object) -> bool:
    """Whether JSON is an answer of this service: a count, and results where there are any."""
    return isinstance(data, dict) and "count" in data and isinstance(data.get("results", []), list)


def results(data: Mapping[str, Any]) -> list[Any]:
    """Return the documents of an answer."""
    found = data.get("results", [])
    return found if isinstance(found, list) else []


def to_entry(document: Mapping[str, Any], spec: FeedSpec, url: str) -> Entry | None:
    """Return one document as an entry; None where it has no number or no title."""
    number = values.one_line(values.text_of(document.get("document_number")), 100, literal=True)
    title = values.one_line(document.get("title")) or _listed_as(document)
    if not number or not title:
        return None
    day = dates.iso_day(document.get("publication_date"))
    filed = dates.iso_moment(document.get("filed_at"))
    return Entry(
        guid=f"fr:{number}",
        url=values.link(document.get("html_url"), url),
        title=title,
        summary=_summary(document),
        published=filed or (dates.midnight(day, ZoneInfo(_ZONE)) if day else None),
        lang=spec.lang,
        source=spec.name if spec.name.startswith(_SOURCE) else _SOURCE,
        tier=spec.tier,
        stated=_stated(document),
    )


def _listed_as(document: Mapping[str, Any]) -> str:
    """Return what the table of contents calls a document that has no title yet."""
    subject = values.one_line(document.get("toc_subject"))
    words = values.one_line(document.get("toc_doc"))
    return values.shortened(f"{subject}: {words}" if subject and words else subject or words, 500)


def _summary(document: Mapping[str, Any]) -> str:
    """Return the abstract, or what stands for one in the inspection list."""
    for name in ("abstract", "excerpts", "toc_doc", "subject_1"):
        text = values.plain(document.get(name), values.SUMMARY_LONGEST)
        if text:
            return text
    return ""


def _stated(document: Mapping[str, Any]) -> Stated:
    kind = values.text_of(document.get("subtype")) or values.text_of(document.get("type"))
    return Stated(
        document_type=values.one_line(kind, 80) or None,
        action=values.one_line(document.get("action"), 300) or None,
        dates=values.plain(document.get("dates"), values.SUMMARY_LONGEST) or None,
        comments_close_on=dates.iso_day(document.get("comments_close_on")),
        effective_on=dates.iso_day(document.get("effective_on")),
        agencies=_agencies(document.get("agencies")),
        dockets=_texts(document.get("docket_ids") or document.get("docket_numbers")),
    )


def _agencies(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        return ()
    names = (
        one.get("name") or one.get("raw_name") if isinstance(one, dict) else one for one in found
    )
    return tuple(name for one in names if (name := values.one_line(one, 150)))


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        return ()
    return tuple(text for one in found[:50] if (text := values.one_line(one, 150)))
