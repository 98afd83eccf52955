"""Whether what a feed shows twice under one guid is one entry, and what tells two apart.

A guid should identify. But some feeds give every entry the address of their home page, some count
from 1 anew with every edition, and a page of notices has one address for all of them: taken at
their word, each new entry would pass for a correction of an old one and never be told.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.entry import Entry

_NOT_WORDS = re.compile(r"[\W_]+")
_ALIKE = 0.5
"""The share of words that a headline keeps when it is reworded."""
_BETWEEN = "\x1f"
"""Stands in no text that was tidied, so it parts guid and title."""


def title_key(title: str) -> str:
    """Return a title as it is compared: case, spaces and punctuation make no difference."""
    return _NOT_WORDS.sub(" ", title.casefold()).strip()


def reused(title: str, link: str, *, before: str, link_before: str) -> bool:
    """Whether a feed gave a guid again to another entry: nothing is as it was before.

    `link` and `link_before` are canonical. A correction keeps its link, or the better part of its
    headline. Without links another entry cannot be told from a correction, which it then is.
    """
    return link != link_before and "" not in {link, link_before} and not _alike(title, before)


def apart_beside(one: Entry, other: Entry) -> bool:
    """Whether what a feed shows at the same time under one guid are two entries, not one twice.

    Other links make them two, and so do other titles, where the guid is nothing but their link. Of
    a guid's own, an entry may be shown in two versions: their titles are alike, to the very number.
    """
    if one.url != other.url and not {None, one.guid} & {one.url, other.url}:
        return True
    if title_key(one.title) == title_key(other.title):
        return False
    return one.guid == one.url or not _alike(one.title, other.title, numbers=True)


def by_itself(entry: Entry, *, link: bool = True) -> Entry:
    """Return the entry with a guid that is no other's: its link, or a hash of guid and title."""
    if link and entry.url is not None and entry.url != entry.guid:
        return replace(entry, guid=entry.url)
    words = _BETWEEN.join((entry.guid, title_key(entry.title)))
    made = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
    return replace(entry, guid=f"sha256:{made}")


def told_apart(entries: Iterable[Entry], beside: Iterable[Entry] = ()) -> list[Entry]:
    """Return the entries with guids that tell them apart; an entry said twice stays once.

    `beside` are entries that the feed shows as well, and that were seen before. Where a guid stands
    for several entries it identifies none of them, the first one neither: which one that is
    changes with each new entry.
    """
    wanted = list(entries)
    groups: dict[str, list[Entry]] = {}
    for entry in (*wanted, *beside):
        groups.setdefault(entry.guid, []).append(entry)
    linked: dict[str, dict[str | None, set[str]]] = {}
    for guid, (first, *others) in groups.items():
        if any(apart_beside(first, other) for other in others):
            titles = linked[guid] = {}
            for entry in groups[guid]:
                titles.setdefault(entry.url, set()).add(title_key(entry.title))
    kept: dict[str, Entry] = {}
    for entry in wanted:
        shared = linked.get(entry.guid)
        own = entry if shared is None else by_itself(entry, link=len(shared[entry.url]) == 1)
        kept.setdefault(own.guid, own)
    return list(kept.values())


def _alike(one: str, other: str, *, numbers: bool = False) -> bool:
    """Whether two titles share half of their words; with `numbers`, all that hold a digit as well."""
    words, others = set(title_key(one).split()), set(title_key(other).split())
    differing = words ^ others
    if numbers and any(char.isdigit() for word in differing for char in word):
        return False
    longest = max(len(words), len(others))
    return longest == 0 or len(words & others) >= _ALIKE * longest
