"""RSS and Atom to entries, by feedparser: always bytes, never its costly options.

feedparser fetches a string that is an address and opens one that is a path, so it only ever gets
a `BytesIO`. Its sanitiser and its resolving of addresses inside texts are off: they are slow on
hostile input, and the texts are turned into plain text afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import Any, cast

from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.feeds import dates, values
from bot.feeds.plain_form import Fields, read_plain
from bot.feeds.sources import adapt, base_of


def read_entries(document: bytes, *, spec: FeedSpec, url: str) -> Iterator[Entry]:
    """Yield the entries of an RSS or Atom document in UTF-8, in its order."""
    found, atom = read_plain(document) or read_any(document)
    yield from to_entries(found, spec=spec, url=url, atom=atom)


def to_entries(found: Iterable[Fields], *, spec: FeedSpec, url: str, atom: bool) -> Iterator[Entry]:
    """Yield entries from their fields under feedparser's names; those without any words are left out."""
    base = base_of(spec.kind, url)
    for raw in found:
        entry = values.titled(adapt(spec, _entry(raw, spec, base, atom=atom), raw))
        if entry.title:
            yield values.identified(entry.guid, entry)


def read_any(document: bytes) -> tuple[list[Fields], bool]:
    """Return the entries' fields by feedparser, which copes with every form, and whether it is Atom."""
    parsed = _feedparser().parse(
        BytesIO(document),
        # No content-location: feedparser would resolve guids against it, and an entry would
        # become another one when its feed moves. Links are resolved below.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    atom = str(parsed.get("version") or "").startswith("atom")
    # Plain dicts: feedparser's own gives one field for another, and warns.
    return [dict(entry) for entry in parsed.entries], atom


@cache
def _feedparser() -> ModuleType:
    """Load feedparser, and have it forget an `xml:base` where its element ends.

    Of itself it forgets one only within another, so that an entry's address, and its guid with it,
    came from whichever entries were read before it.
    """
    import feedparser
    from feedparser.mixin import _FeedParserMixin as Mixin

    leave = Mixin.unknown_endtag

    def unknown_endtag(self: Any, tag: str) -> None:  # noqa: ANN401 - it ships no types
        leave(self, tag)
        if not any(self.basestack[-1:]):
            self.baseuri = ""

    Mixin.unknown_endtag = unknown_endtag
    return cast("ModuleType", feedparser)


def _entry(raw: Mapping[str, Any], spec: FeedSpec, base: str, *, atom: bool) -> Entry:
    """Return what the feed wrote about one entry. `guid` stays empty where it gave none."""
    literal = atom and _kind_of(raw, "title_detail") == "text/plain"
    summary = values.plain(raw.get("summary"), values.SUMMARY_LONGEST)
    content = values.plain(_longest_content(raw), values.CONTENT_LONGEST)
    published = _date(raw, "published")
    updated = _date(raw, "updated")
    return Entry(
        guid=str(raw.get("id") or ""),
        url=_link(raw, base),
        title=values.one_line(raw.get("title"), literal=literal),
        summary=summary,
        content="" if content == summary else content,
        published=published or updated,
        updated=updated,
        lang=spec.lang,
        source=_republished_from(raw) or spec.name,
        tier=spec.tier,
    )


def _date(raw: Mapping[str, Any], name: str) -> datetime | None:
    parsed, text = raw.get(f"{name}_parsed"), raw.get(name)
    if isinstance(parsed, datetime):  # the usual form
        return dates.moment(parsed)
    return dates.worded_moment(text) or dates.moment(parsed) or dates.written_moment(text)


def _kind_of(raw: Mapping[str, Any], detail: str) -> str:
    found = raw.get(detail)
    return str(found.get("type") or "") if isinstance(found, dict) else ""


def _longest_content(raw: Mapping[str, Any]) -> str:
    parts = raw.get("content")
    texts = [part.get("value") for part in parts] if isinstance(parts, list) else []
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


def _link(raw: Mapping[str, Any], base: str) -> str | None:
    """Return where the entry is read: its own page before the tracker of a feed service."""
    link = raw.get("link")
    if "feedburner_origlink" not in raw and (found := values.link(link, base)):
        return found
    first = next(
        (one.get("href") for one in raw.get("links") or () if one.get("rel") == "alternate"), None
    )
    candidates = (raw.get("feedburner_origlink"), link, first)
    return next((found for one in candidates if (found := values.link(one, base))), None)


def _republished_from(raw: Mapping[str, Any]) -> str:
    """Return the publisher an aggregator names in the entry's `source`."""
    source = raw.get("source")
    return values.one_line(source.get("title"), 100) if isinstance(source, dict) else ""
