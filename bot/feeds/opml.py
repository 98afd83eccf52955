"""Lists of feeds in OPML (http://opml.org/spec2.opml): what other readers export and import.

What OPML has no attribute for stands in `category`, which other readers keep or ignore:
``/usmca-bot/tier/official,/usmca-bot/kind/csms,/usmca-bot/lang/es,/usmca-bot/interval/120``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET
from xml.parsers import expat

from bot.domain.feed import FeedKind, FeedSpec, Tier
from bot.errors import InvalidInputError
from bot.feeds import values
from bot.feeds.decoding import to_text
from bot.feeds.repair import mend, without_forbidden

MAX_BYTES = 5_000_000
MAX_FEEDS = 1_000
_MAX_ELEMENTS = 50_000
_OURS = "usmca-bot"
_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlRow:
    """One feed of a list. What the list does not say is None."""

    number: int
    """Its place among the feeds of the list, from 1."""
    url: str
    """As it is written: nobody has judged it yet."""
    name: str = ""
    lang: str | None = None
    tier: Tier | None = None
    kind: FeedKind | None = None
    interval: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlList:
    """A list of feeds, each address once."""

    rows: tuple[OpmlRow, ...]
    repeated: int
    """Rows left out because their address stands further up."""


def read(data: bytes) -> OpmlList:
    """Return the feeds of a list. Raises InvalidInputError that says what is wrong with the file."""
    if len(data) > MAX_BYTES:
        raise InvalidInputError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    text = without_forbidden(to_text(data, "")).strip()
    if not text:
        raise InvalidInputError("the file is empty")
    sound, repeated = _sound(text)
    import listparser

    try:
        found = listparser.parse(sound)  # bytes: given text, it would fetch what looks like a URL
    except (LookupError, ValueError, AssertionError, RecursionError) as error:
        raise InvalidInputError(
            f"the file cannot be read as OPML ({type(error).__name__})"
        ) from None
    feeds = found["feeds"]
    if not feeds:
        raise InvalidInputError("the file names no feed: none of its outlines has an xmlUrl")
    if len(feeds) > MAX_FEEDS:
        raise InvalidInputError(
            f"the file names {len(feeds):,} feeds; {MAX_FEEDS:,} at once are the most: split it"
        )
    rows = tuple(_row(number, feed) for number, feed in enumerate(feeds, start=1))
    return OpmlList(rows=rows, repeated=repeated)


def write(specs: Iterable[FeedSpec], *, title: str, now: datetime) -> str:
    """Return a list of feeds, which `read` takes back whole."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "dateCreated").text = format_datetime(now)
    body = ET.SubElement(root, "body")
    for spec in specs:
        name = values.one_line(spec.name, _NAME, literal=True)
        ET.SubElement(
            body,
            "outline",
            type="rss",
            text=name,
            title=name,
            xmlUrl=spec.url,
            category=",".join(_categories(spec)),
        )
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _categories(spec: FeedSpec) -> list[str]:
    said = {"lang": spec.lang, "tier": spec.tier, "kind": spec.kind, "interval": spec.interval}
    return [f"/{_OURS}/{name}/{value}" for name, value in said.items() if value is not None]


def _row(number: int, feed: dict[str, object]) -> OpmlRow:
    categories = feed.get("categories")
    said: dict[str, str] = {}
    for parts in categories if isinstance(categories, list) else []:
        if isinstance(parts, Sequence) and len(parts) == 3 and parts[0] == _OURS:
            said[str(parts[1])] = str(parts[2])
    interval = said.get("interval", "")
    lang, tier, kind = said.get("lang"), said.get("tier"), said.get("kind")
    return OpmlRow(
        number=number,
        url=str(feed.get("url") or ""),
        name=values.one_line(str(feed.get("title") or ""), _NAME, literal=True),
        lang=lang if lang in {"en", "es", "fr"} else None,
        tier=Tier(tier) if tier in set(Tier) else None,
        kind=FeedKind(kind) if kind in set(FeedKind) else None,
        interval=int(interval) if interval.isdecimal() and 0 < len(interval) < 8 else None,
    )


class _Walk:
    """One strict pass that refuses what no list of feeds needs, and counts addresses said again."""

    def __init__(self) -> None:
        self.root = ""
        self.repeated = 0
        self._seen: set[str] = set()
        self._elements = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start

    def _entity(self, *_: object) -> None:
        raise InvalidInputError("the file declares entities of its own, which no list needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name.rpartition(":")[2].lower()
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise InvalidInputError(f"the file holds more than {_MAX_ELEMENTS:,} elements")
        if name.lower() != "outline":
            return
        said = {key.lower(): value.strip() for key, value in attributes.items()}
        url = said.get("xmlurl")
        if url and said.get("type", "").lower() != "source":
            self.repeated += url in self._seen
            self._seen.add(url)


def _sound(text: str) -> tuple[bytes, int]:
    """Return the list as well-formed XML, and how many addresses are said again.

    Raises InvalidInputError.
    """
    at = text.find("<", text.find("?>") + 1) if text.startswith("<?xml") else 0
    body = text[max(at, 0) :]
    problem = ""
    for form in (body, mend(body)):
        data = form.encode("utf-8", "replace")
        walk = _Walk()
        try:
            walk.parser.Parse(data, True)  # noqa: FBT003 - expat's signature
        except expat.ExpatError as error:
            problem = problem or f"line {error.lineno}: {expat.ErrorString(error.code)}"
            continue
        if walk.root != "opml":
            raise InvalidInputError(f"the file is no OPML: its root is <{walk.root[:40]}>")
        return data, walk.repeated
    raise InvalidInputError(f"the file is no well-formed XML ({problem})")
