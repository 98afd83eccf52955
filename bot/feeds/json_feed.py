"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.feeds import dates, values
from bot.reading.markup import tidy


def looks_like(data: object) -> bool:
    """Whether JSON is a JSON Feed: its version says so, or it holds a list of items."""
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return False
    version = data.get("version")
    return (isinstance(version, str) and "jsonfeed.org" in version) or "title" in data


def to_entry(item: Mapping[str, Any], spec: FeedSpec, url: str) -> Entry | None:
    """Return one item as an entry; None where it holds no words and no link."""
    summary = values.plain(item.get("summary"), values.SUMMARY_LONGEST)
    entry = values.titled(
        Entry(
            guid="",
            url=values.link(item.get("url") or item.get("external_url"), url),
            title=values.one_line(item.get("title"), literal=True),
            summary=summary,
            content=_content(item),
            published=dates.iso_moment(item.get("date_published"))
            or dates.iso_moment(item.get("date_modified")),
            updated=dates.iso_moment(item.get("date_modified")),
            lang=spec.lang,
            source=spec.name,
            tier=spec.tier,
        )
    )
    return values.identified(values.text_of(item.get("id")), entry) if entry.title else None


def may_be(item: Mapping[str, Any], guids: AbstractSet[str]) -> bool:
    """Whether an item may be an entry of one of the guids."""
    return any(values.text_of(item.get(name)) in guids for name in ("id", "url", "external_url"))


def _content(item: Mapping[str, Any]) -> str:
    html = item.get("content_html")
    if isinstance(html, str):
        return values.plain(html, values.CONTENT_LONGEST)
    text = item.get("content_text")
    if not isinstance(text, str):
        return ""
    return values.shortened(tidy(text[: values.MARKUP_LONGEST]), values.CONTENT_LONGEST)
