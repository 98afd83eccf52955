"""Stories as Atom (RFC 4287) and JSON Feed 1.1: for feed readers, and for other bots.

All text goes out as text, never as mark-up: what a source wrote cannot become a tag in a reader.
"""

import json
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from bot.alerts.facts import deadline_line, tariff_line
from bot.domain.message import FactLine
from bot.domain.story import Story
from bot.web.render import web_address

ATOM_TYPE = "application/atom+xml"
JSON_TYPE = "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_VERSION = "https://jsonfeed.org/version/1.1"
_NAMES = uuid.UUID("6f1cd2b3-54b5-4a0e-8b1c-1b0f5f0c7a52")
"""Under which the names of feeds and stories are made; any UUID that stays."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = datetime(2020, 7, 1, tzinfo=UTC)
"""When an empty feed last changed: the day the agreement entered into force."""
_FACTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFeed:
    """A feed before it is written."""

    title: str
    about: str
    """What it is of: ``topic autos``, ``query steel``; names it for good."""
    locale: str
    self_url: str
    page_url: str
    story_url: Callable[[int], str]
    label: Callable[[str, str], str]
    """A topic's name: (topic, locale)."""
    stories: Sequence[Story]

    @property
    def updated(self) -> datetime:
        """When the newest story changed."""
        return max((story.updated_at for story in self.stories), default=_BEGINNING)


def to_atom(feed: StoryFeed) -> bytes:
    """Return the feed as an Atom document in UTF-8."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANG: feed.locale})
    _text(root, "id", _name(f"feed {feed.about}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _link(root, feed.self_url, rel="self", type=ATOM_TYPE)
    _link(root, feed.page_url, rel="alternate", type="text/html")
    _text(root, "generator", "usmca-bot")
    for story in feed.stories:
        _entry(root, feed, story)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def to_json(feed: StoryFeed) -> bytes:
    """Return the feed as JSON Feed 1.1."""
    body = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "language": feed.locale,
        "items": [_item(feed, story) for story in feed.stories],
    }
    return json.dumps(body, ensure_ascii=False).encode()


def _entry(root: ET.Element, feed: StoryFeed, story: Story) -> None:
    entry = ET.SubElement(root, f"{{{_ATOM}}}entry", {_LANG: _lang(story, feed)})
    _text(entry, "id", story_name(story))
    _text(entry, "title", story.headline)
    _text(entry, "published", _moment(story.first_seen))
    _text(entry, "updated", _moment(story.updated_at))
    author = ET.SubElement(entry, f"{{{_ATOM}}}author")
    _text(author, "name", story.source or "usmca-bot")
    _link(entry, feed.story_url(story.id), rel="alternate", type="text/html")
    if web_address(story.url):
        _link(entry, str(story.url), rel="via")
    for topic in story.topics:
        label = feed.label(topic, feed.locale)
        ET.SubElement(entry, f"{{{_ATOM}}}category", {"term": topic, "label": _clean(label)})
    if story.summary:
        _text(entry, "summary", story.summary)
    _text(entry, "content", _content(story, feed.locale))


def _item(feed: StoryFeed, story: Story) -> dict[str, object]:
    item: dict[str, object] = {
        "id": story_name(story),
        "url": feed.story_url(story.id),
        "title": _clean(story.headline),
        "content_text": _clean(_content(story, feed.locale)),
        "date_published": _moment(story.first_seen),
        "date_modified": _moment(story.updated_at),
        "authors": [{"name": _clean(story.source or "usmca-bot")}],
        "language": _lang(story, feed),
        "tags": list(story.topics),
    }
    if story.summary:
        item["summary"] = _clean(story.summary)
    if web_address(story.url):
        item["external_url"] = story.url
    return item


def _content(story: Story, locale: str) -> str:
    facts = [tariff_line(fact, locale) for fact in story.tariffs[:_FACTS]]
    facts += [deadline_line(fact, locale) for fact in story.deadlines[:_FACTS]]
    names = ", ".join(source.name for source in story.sources) or story.source
    lines = [story.summary, *(_fact(each) for each in facts), names, web_address(story.url)]
    return "\n\n".join(line for line in lines if line)


def _fact(line: FactLine) -> str:
    note = f" ({line.note})" if line.note else ""
    quote = f" “{line.quote}”" if line.quote else ""
    return f"{line.text}{note}{quote}"


def story_name(story: Story) -> str:
    """Return what names a story for good, in this installation and in no other."""
    return _name(f"story {story.id} {story.first_seen.isoformat()}")


def _name(said: str) -> str:
    return uuid.uuid5(_NAMES, said).urn


def _lang(story: Story, feed: StoryFeed) -> str:
    return story.lang if story.lang in ("en", "es", "fr") else feed.locale


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = _clean(text)


def _link(parent: ET.Element, href: str, **more: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"href": _clean(href), **more})


def _clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return _NOT_XML.sub("", text)
