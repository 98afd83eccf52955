"""The page of one issue of the Canada Gazette: its index, which leads to every act in it.

Part I groups links under a section (h2), an organisation (h3) and a statute (h4); a link leads to
an anchor of the section's page (``notice-avis-eng.html#ne1``), or to a page of its own for a
proposed regulation (``reg1-eng.html``). Part II lists one page for each instrument
(``sor-dors184-eng.html``), where the link may be no more than the number and its row says the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from bot.domain.entry import Entry, Stated
from bot.domain.feed import FeedSpec
from bot.feeds import values

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PAGE = re.compile(r"[a-z0-9-]*-(?:eng|fra)\.html", re.IGNORECASE)
_OWN_PAGE = re.compile(r"\d+-(?:eng|fra)\.html", re.IGNORECASE)
_INDEX = re.compile(r"index-(?:eng|fra)\.html", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:SOR|SI|DORS|TR)/\d{4}-\d{1,4}\b")
_TURNED = re.compile(r"(.+), (Dept\.|Min\.|Department|Ministère) (of(?: the)?|des?|du|de la)\s*")
_HEADINGS = ("h2", "h3", "h4")
_MOST = 500
_LONGEST = 200


@dataclass(slots=True)
class _Place:
    """The headings that the walk stands under."""

    under: dict[str, str] = field(default_factory=dict)

    def enter(self, level: str, text: str) -> None:
        """Take a heading; those below it end."""
        kept = _HEADINGS[: _HEADINGS.index(level)]
        self.under = {name: self.under[name] for name in kept if name in self.under} | {level: text}

    @property
    def organisation(self) -> str:
        """The department, its name the usual way round."""
        name = self.under.get("h3", "")
        turned = _TURNED.fullmatch(name)
        if turned is None or not turned[2].startswith("Dep"):
            return name
        return f"Department {turned[3]} {turned[1]}"


def acts(page: str, spec: FeedSpec, url: str) -> list[Entry]:
    """Return an entry for each act that an issue's page leads to, in its order, each once."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    root = tree.css_first("main") or tree.body
    found: dict[str, Entry] = {}
    place = _Place()
    for node in root.css("h2, h3, h4, a[href]") if root is not None else ():
        if node.tag != "a":
            place.enter(str(node.tag), values.one_line(node.text(), _LONGEST))
            continue
        entry = _act(node, place, spec, url)
        if entry is not None and len(found) < _MOST:
            found.setdefault(entry.guid, entry)
    return list(found.values())


def issued(entry: Entry, issue: Entry) -> Entry:
    """Return an act with what its issue says: its date, and which issue it stands in."""
    stated = entry.stated or Stated()
    named = issue.stated.dockets if issue.stated else ()
    return replace(
        entry,
        published=issue.published,
        summary=" ".join(part for part in (entry.summary, f"{issue.title}.") if part),
        stated=replace(stated, dockets=(*stated.dockets, *named)),
    )


def _act(node: "LexborNode", place: _Place, spec: FeedSpec, url: str) -> Entry | None:
    address = values.link(node.attributes.get("href"), url)
    if address is None or not _leads_to_act(address, url):
        return None
    words = _words(node)
    number = _NUMBER.search(words)
    organisation = place.organisation
    if urldefrag(address).fragment and organisation:
        words = f"{organisation}: {words}"
    headings = [place.under.get("h2", ""), organisation, place.under.get("h4", "")]
    parts = urlsplit(address)
    return Entry(
        guid=f"gazette:{parts.path}{f'#{parts.fragment}' if parts.fragment else ''}",
        url=address,
        title=values.shortened(words, values.TITLE_LONGEST),
        summary=" ".join(f"{one.rstrip('.')}." for one in headings if one),
        lang=spec.lang,
        source=spec.name,
        tier=spec.tier,
        stated=Stated(
            document_type=place.under.get("h2") or "Gazette act",
            agencies=(organisation,) if organisation else ("Canada Gazette",),
            dockets=(number[0],) if number else (),
        ),
    )


def _leads_to_act(address: str, url: str) -> bool:
    """Whether a link stays in the issue's folder and leads to one act of it."""
    there, here = urlsplit(address), urlsplit(url)
    folder, _, name = there.path.rpartition("/")
    same = there.netloc == here.netloc and folder == here.path.rpartition("/")[0]
    if not same or not _PAGE.fullmatch(name) or _INDEX.fullmatch(name):
        return False
    return bool(there.fragment) or _OWN_PAGE.search(name) is not None


def _words(node: "LexborNode") -> str:
    """Return what an act is called: the link's text, or its row's where that is only a number."""
    own = values.one_line(node.text())
    if not _NUMBER.fullmatch(own) and len(own.split()) > 1:
        return own
    return next(_rows(node), own)


def _rows(node: "LexborNode") -> Iterator[str]:
    """Yield the text of the list item or table row around a link, cells parted by spaces."""
    up = node.parent
    for _ in range(4):
        if up is None:
            return
        if up.tag in {"li", "tr", "dt"}:
            yield values.one_line(up.text(separator=" "))
            return
        up = up.parent
