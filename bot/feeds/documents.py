"""A body of any kind to entries: what runs in the child process, and is plain functions anywhere.

bytes ──► text ──► JSON | XML ──► cut out what was seen ──► entries
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.domain.entry import Entry
from bot.domain.feed import FeedKind, FeedSpec, Tier
from bot.domain.polling import ParsedFeed
from bot.errors import ParseError, WebPageError
from bot.feeds import cutting, federal_register, gazette_issue, json_feed, values
from bot.feeds.cutting import Cut, NotWellFormedError, XmlLimits
from bot.feeds.decoding import to_text
from bot.feeds.discovery import feed_links
from bot.feeds.neighbours import sharing_guid
from bot.feeds.plain_form import read_whole
from bot.feeds.repair import mend, without_forbidden
from bot.feeds.sources import empty_warning
from bot.feeds.syndicated import read_entries, to_entries
from bot.polling.sameness import told_apart

_CHUNK = 500
"""Entries handed to feedparser at once: what it builds for them is freed before the next."""
_ROOT_NAMES = r"rss|feed|channel|[a-z][a-z0-9._-]{0,30}:(?:feed|rdf)"
_ELEMENT = re.compile(rf"<({_ROOT_NAMES})\b", re.IGNORECASE)
_ROOT = re.compile(rf"<(?:\?xml|!doctype|{_ROOT_NAMES})\b", re.IGNORECASE)
_VERSION = re.compile(r"[^>]{0,2000}?\bversion\s*=\s*[\"']([0-9.]{1,10})[\"']")
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOKED_AT = 5_000
_LOOSE_LONGEST = 2_000_000
"""Characters. The tolerant parser is slow, on hostile input without bounds."""
_NO_FEED = "The answer is no feed"
_BEYOND = f"{_NO_FEED}: its XML is broken beyond guessing."


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLimits:
    """What one document may hold."""

    entries: int = 25_000
    xml: XmlLimits = field(default_factory=XmlLimits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One body to read, and what is known of it."""

    body: bytes
    spec: FeedSpec
    content_type: str
    url: str
    seen: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was seen of a body beside its unseen entries."""

    marks: list[str]
    total: int
    title: str = ""
    form: str = ""
    complete: bool = True
    unreadable: int = 0
    """Entries that no reader can make sense of. They have no mark either."""
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def read_document(job: Job, limits: DocumentLimits) -> ParsedFeed:
    """Return the unseen entries of a body. Raises ParseError where it is no feed, or hostile."""
    text = without_forbidden(to_text(job.body, job.content_type)).strip()
    if not text:
        raise ParseError("The answer is empty.")
    if text[0] in "{[":
        return _read_json(text, job, limits)
    return _read_xml(text, job, limits)


def _read_json(text: str, job: Job, limits: DocumentLimits) -> ParsedFeed:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{_NO_FEED}: its JSON is broken or nested too deep.") from error
    reader: Callable[[Mapping[str, Any], FeedSpec, str], Entry | None]
    if federal_register.looks_like(data):
        found, reader, title = federal_register.results(data), federal_register.to_entry, ""
        form = "Federal Register JSON"
    elif json_feed.looks_like(data):
        found, reader = data["items"], json_feed.to_entry
        title = values.one_line(data.get("title"), 200, literal=True)
        form = "JSON Feed"
    else:
        raise ParseError(f"{_NO_FEED}: it is JSON of another kind.")
    marks: list[str] = []
    entries: list[Entry] = []
    for item in found[: limits.entries]:
        mark = cutting.mark_of(json.dumps(item, sort_keys=True).encode())
        marks.append(mark)
        if mark not in job.seen and isinstance(item, dict):
            entry = reader(item, job.spec, job.url)
            entries.extend([entry] if entry else [])
    guids = {entry.guid for entry in entries}
    seen = [
        item
        for item, mark in zip(found, marks, strict=False)  # of those over the limit there is none
        if mark in job.seen and isinstance(item, dict) and json_feed.may_be(item, guids)
    ]
    beside = [entry for item in seen if (entry := reader(item, job.spec, job.url))]
    return _parsed(
        job, entries, Found(marks=marks, total=len(found), title=title, form=form), beside
    )


def _read_xml(text: str, job: Job, limits: DocumentLimits) -> ParsedFeed:
    if _HTML.match(text):
        return _read_issue(text, job)
    start = _ROOT.search(text[:_LOOKED_AT])
    if start is None:
        raise ParseError(f"{_NO_FEED}: neither RSS, Atom nor JSON.")
    text = text[start.start() :]
    for form in (str, mend):
        try:
            return _read_well_formed(_from_root(form(text), job.url), job, limits)
        except NotWellFormedError:
            continue
    return _read_loose(text, job, limits)


def _read_issue(text: str, job: Job) -> ParsedFeed:
    """Read the page of a gazette's issue; any other page of HTML is no feed."""
    gazette = job.spec.kind is FeedKind.CANADA_GAZETTE
    found = gazette_issue.acts(text, job.spec, job.url) if gazette else []
    if not found:
        raise _web_page(text, job.url)
    marks = [cutting.mark_of(repr(entry).encode("utf-8", "replace")) for entry in found]
    unseen, seen = _parted(found, marks, job)
    return _parsed(
        job, unseen, Found(marks=marks, total=len(found), form="page of a gazette"), seen
    )


def _parted(
    found: Sequence[Entry], marks: Sequence[str], job: Job
) -> tuple[list[Entry], list[Entry]]:
    """Part entries into those that were not seen and those that were."""
    parts: tuple[list[Entry], list[Entry]] = ([], [])
    for entry, mark in zip(found, marks, strict=True):
        parts[mark in job.seen].append(entry)
    return parts


def _web_page(text: str, url: str) -> WebPageError:
    """Return the error for a page of HTML, with the feed it names where it names one."""
    links = feed_links(text, url)
    hint = f" Its feed may be at {links[0][0]}" if links else ""
    return WebPageError(f"{_NO_FEED}: it is a web page.{hint}", links)


def _from_root(text: str, url: str) -> bytes:
    data = text.encode("utf-8", "replace")
    offset, root = cutting.root_of(data)
    if root not in cutting.FEED_ROOTS:
        if root == "html":
            raise _web_page(text, url)
        raise ParseError(f"{_NO_FEED}: it is a document of the kind <{root[:40]}>.")
    return data[offset:]


def _read_well_formed(data: bytes, job: Job, limits: DocumentLimits) -> ParsedFeed:
    """Read all at once where nothing was seen, else what is cut out."""
    whole = None if job.seen else read_whole(data, limits.xml)
    if whole is not None and len(whole[0].ranges) <= min(_CHUNK, limits.entries):
        document, fields, atom = whole
        made = to_entries(fields, spec=job.spec, url=job.url, atom=atom)
        return _read_cut(document, list(_guarded(made)), job, limits)
    return _read_cut(cutting.cut(data, limits.xml), None, job, limits)


def _read_cut(
    document: Cut, entries: list[Entry] | None, job: Job, limits: DocumentLimits
) -> ParsedFeed:
    """Put together what a document holds; entries that were not read yet are read now."""
    total = len(document.ranges)
    if not document.complete and not total:
        raise ParseError("The answer breaks off before its first entry.")
    data = document.data
    marks = [cutting.mark_of(data[start:end]) for start, end in document.ranges[: limits.entries]]
    unreadable: set[int] = set()
    beside: list[Entry] = []
    if entries is None:
        unseen = [index for index, mark in enumerate(marks) if mark not in job.seen]
        entries = list(_in_chunks(document, unseen, job, unreadable))
        if unreadable and len(unreadable) == len(marks):
            raise ParseError(_BEYOND)
        seen = [index for index, mark in enumerate(marks) if mark in job.seen]
        sharing = sharing_guid(document, seen, entries)
        beside = list(_in_chunks(document, sharing, job, set()))
    ttl = document.hints.ttl
    if ttl is None and not (job.spec.tier is Tier.OFFICIAL and job.spec.interval):
        # WordPress writes "hourly" into every feed unasked: where people wait for an official source,
        # its owner's own interval outranks that.
        ttl = document.hints.period
    found = Found(
        marks=[mark for index, mark in enumerate(marks) if index not in unreadable],
        total=total,
        title=document.hints.title,
        form=_form(document.head.decode("utf-8", "replace")),
        complete=document.complete,
        ttl=ttl,
        skip_hours=frozenset(document.hints.hours),
        skip_days=frozenset(document.hints.days),
        unreadable=len(unreadable),
    )
    return _parsed(job, entries, found, beside)


def _in_chunks(
    document: Cut, indexes: Iterable[int], job: Job, unreadable: set[int]
) -> Iterator[Entry]:
    """Yield the chosen entries, each chunk of them as a small document of its own.

    A chunk that feedparser stumbles over is read entry by entry, so that only the one is missing
    that it stumbles over: its index goes to `unreadable`.
    """
    head = cutting.DECLARATION + document.head
    rest = iter(indexes)
    while chunk := list(islice(rest, _CHUNK)):
        pieces = b"\n".join(document.slice(index) for index in chunk)
        try:
            yield from list(_entries(head + pieces + document.closers, job))
        except ParseError:
            for index in chunk:
                try:
                    alone = head + document.slice(index) + document.closers
                    yield from list(_entries(alone, job))
                except ParseError:
                    unreadable.add(index)


def _entries(document: bytes, job: Job) -> Iterator[Entry]:
    return _guarded(read_entries(document, spec=job.spec, url=job.url))


def _guarded(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Yield the entries that are found; what their reader stumbles over is the feed's mistake."""
    try:
        yield from entries
    except (LookupError, AttributeError, TypeError, ValueError) as error:
        # an end without a beginning, a blank within the name of a namespace, and the like
        raise ParseError(_BEYOND) from error


def _read_loose(text: str, job: Job, limits: DocumentLimits) -> ParsedFeed:
    """Read XML that no repair made well-formed, whole, with feedparser's tolerant parser."""
    if re.search("<!entity", text, re.IGNORECASE):
        raise ParseError("The document declares its own entities, which no feed needs.")
    if len(text) > _LOOSE_LONGEST:
        raise ParseError(f"{_NO_FEED}: its XML is broken, and too long to be read by guessing.")
    root = _ELEMENT.search(text)
    if root is None:
        raise ParseError(f"{_NO_FEED}: its XML is broken from the start.")
    body = text[root.start() :]
    data = cutting.DECLARATION + body.encode("utf-8", "replace")
    found = list(islice(_entries(data, job), limits.entries))
    if not found:
        raise ParseError(f"{_NO_FEED}: its XML is broken and holds no entry that can be read.")
    marks = [cutting.mark_of(repr(entry).encode("utf-8", "replace")) for entry in found]
    unseen, seen = _parted(found, marks, job)
    complete = f"</{root[1]}".lower() in body[-_LOOKED_AT:].lower()
    notes = ("The feed's XML is broken; it was read as well as could be.",)
    return _parsed(
        job,
        unseen,
        Found(marks=marks, total=len(found), form=_form(body), complete=complete, notes=notes),
        seen,
    )


def _form(text: str) -> str:
    """Return what XML is written in, by its root element."""
    root = _ELEMENT.search(text[:_LOOKED_AT])
    if root is None:
        return ""
    name = root[1].lower()
    if name == "rss":
        version = _VERSION.match(text, root.end())
        return f"RSS {version[1]}" if version else "RSS"
    if name == "channel":
        return "RSS"
    return "RSS 1.0" if name.endswith(":rdf") else "Atom"


def _parsed(
    job: Job, entries: Iterable[Entry], found: Found, beside: Iterable[Entry] = ()
) -> ParsedFeed:
    """Put the result together, with a word about everything odd.

    `beside` are entries that were seen, as far as they may share a guid with one that was not.

    Entries above the limit, or that cannot be read, have no mark: they are read when they come again.
    """
    notes = list(found.notes)
    if not found.total:
        notes.append(empty_warning(job.spec.kind))
    within = len(found.marks) + found.unreadable
    if found.total > within:
        notes.append(f"Of {found.total:,} entries the first {within:,} were read.")
    if found.unreadable:
        notes.append(f"Of its entries {found.unreadable:,} could not be read.")
    if not found.complete:
        notes.append("The answer broke off; the entries it holds whole were read.")
    return ParsedFeed(
        title=found.title,
        format=found.form,
        entries=tuple(told_apart(entries, beside)),
        total=found.total,
        marks=frozenset(found.marks),
        complete=found.complete,
        ttl=found.ttl,
        skip_hours=found.skip_hours,
        skip_days=found.skip_days,
        warnings=tuple(notes),
    )
