"""Which module knows a source's odd ways. Adding one: a module, and a line here."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.entry import Entry
from bot.domain.feed import FeedKind, FeedSpec
from bot.feeds import canada_gazette, canada_news, csms, dof, google_news, white_house

Adapt = Callable[[Entry, Mapping[str, Any]], Entry]
"""Takes an entry as any feed would give it and feedparser's fields; returns it set right."""

_ADAPT: Mapping[FeedKind, Adapt] = {
    FeedKind.CSMS: csms.adapt,
    FeedKind.GOOGLE_NEWS: google_news.adapt,
    FeedKind.DOF: dof.adapt,
    FeedKind.CANADA_NEWS: canada_news.adapt,
    FeedKind.CANADA_GAZETTE: canada_gazette.adapt,
    FeedKind.WHITE_HOUSE: white_house.adapt,
}

_EMPTY_IS_WRONG: Mapping[FeedKind, str] = {
    FeedKind.FEDERAL_REGISTER: "No documents: a wrong agency name gives an empty answer, no error.",
    FeedKind.CANADA_NEWS: "No entries: a wrong department name gives an empty feed, no error.",
    FeedKind.CSMS: "No bulletins: this list always holds the last hundred.",
    FeedKind.DOF: "No acts: the edition of the day is never empty for long.",
}


def adapt(spec: FeedSpec, entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the entry as its source means it."""
    known = _ADAPT.get(spec.kind)
    return entry if known is None else known(entry, raw)


def base_of(kind: FeedKind, url: str) -> str:
    """Return the address that relative links of a source start from."""
    return canada_news.BASE if kind is FeedKind.CANADA_NEWS else url


def empty_warning(kind: FeedKind) -> str:
    """Return what it may mean that a source holds nothing at all."""
    return _EMPTY_IS_WRONG.get(kind, "The feed holds no entries.")
