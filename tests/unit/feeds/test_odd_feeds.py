"""Feeds in forms that are rare and real: nothing they hold is lost because of its neighbours."""

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.polling import ParsedFeed
from bot.errors import ParseError
from bot.feeds.cutting import mark_of
from bot.feeds.documents import DocumentLimits, Job, read_document

SPEC = FeedSpec(key="s", name="Border Ledger", url="https://example.com/news/feed")
OLD = "<item><title>Seen before</title></item>"


def read(body: str, seen: frozenset[str] = frozenset()) -> ParsedFeed:
    job = Job(body=body.encode(), spec=SPEC, content_type="", url=SPEC.url, seen=seen)
    return read_document(job, DocumentLimits())


def titles(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.title for entry in entries]


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="0.91"><channel><title>C</title></channel>{}</rss>',
        '<rss version="2.0"><channel xmlns="http://backend.userland.com/rss2">{}</channel></rss>',
        '<rss version="2.0" xmlns="https://example.com/rss"><channel>{}</channel></rss>',
        "<?xml version='1.0'?><channel><title>C</title>{}</channel>",
        "<!-- made by hand --><channel><title>C</title>{}</channel>",
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/'><channel/>{}</r:RDF>",
    ],
)
@pytest.mark.parametrize("seen", [frozenset[str](), frozenset({mark_of(OLD.encode())})])
def test_an_entry_is_read_wherever_it_stands(feed: str, seen: frozenset[str]) -> None:
    """Behind the channel, in a namespace nobody knows, at the first poll and at a later one."""
    parsed = read(feed.format(OLD + "<item><title>Duty notice</title></item>"), seen)
    assert titles(parsed.entries) == (["Duty notice"] if seen else ["Seen before", "Duty notice"])
    assert parsed.format.startswith("RSS")


def test_any_prefix_will_do() -> None:
    """Python's own writer of XML calls the namespace of Atom `ns0`, and writes no declaration."""
    parsed = read(
        '<ns0:feed xmlns:ns0="http://www.w3.org/2005/Atom"><ns0:entry>'
        "<ns0:title>Duty notice</ns0:title><ns0:id>urn:1</ns0:id></ns0:entry></ns0:feed>"
    )
    assert (titles(parsed.entries), parsed.format) == (["Duty notice"], "Atom")


def test_one_odd_entry_does_not_silence_its_feed() -> None:
    """feedparser stumbles over an input field that no channel has."""
    odd = "<item><title>Odd</title><textInput><link>/search</link></textInput></item>"
    parsed = read(f"<rss><channel>{OLD}{odd}</channel></rss>")
    assert titles(parsed.entries) == ["Seen before"]
    assert parsed.marks == {mark_of(OLD.encode())}
    assert parsed.warnings == ("Of its entries 1 could not be read.",)
    again = read(f"<rss><channel>{OLD}{odd}</channel></rss>", parsed.marks)
    assert (again.entries, again.warnings) == ((), parsed.warnings)
    with pytest.raises(ParseError):
        read(f"<rss><channel>{odd}</channel></rss>")


def test_a_base_ends_with_its_element() -> None:
    """What an entry before it links from is nothing to the next one."""
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><id>1</id>"
        "<content xml:base='https://example.org/elsewhere/'>Words</content><link href='one'/></entry>"
        "<entry><title>Two</title><id>2</id><link href='two'/></entry></feed>"
    )
    assert [(entry.guid, entry.url) for entry in read(body).entries] == [
        ("1", "https://example.com/news/one"),
        ("2", "https://example.com/news/two"),
    ]


FORMS = {
    "guid": "<item><title>{0}</title><guid isPermaLink='false'>{1}</guid></item>",
    "cdata": "<item><title>{0}</title><link><![CDATA[{1}]]></link></item>",
    "lines": "<item><title>{0}</title><link>\n{1}\n</link></item>",
    "links": "<item><title>{0}</title><guid>{1}</guid><link>https://example.com/{0}</link></item>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("shared", ["https://example.com/notices?a=1&amp;b=2", "1"])
def test_a_new_entry_is_not_taken_for_one_that_was_cut_out(form: str, shared: str) -> None:
    """Its guid is the same as that of entries seen before, which stand beside it."""
    if not shared.startswith("https") and "<link>" in form and "guid" not in form:
        shared = f"https://example.com/{shared}"
    old = "".join(form.format(title, shared) for title in ("Quota", "Panel"))
    first = read(f"<rss><channel>{old}</channel></rss>")
    assert len({entry.guid for entry in first.entries}) == 2
    body = f"<rss><channel>{form.format('Ruling', shared)}{old}</channel></rss>"
    later = read(body, first.marks)
    assert titles(later.entries) == ["Ruling"]
    assert [entry.guid for entry in later.entries] == [read(body).entries[0].guid]


def test_so_it_is_in_json() -> None:
    """An item's neighbours that were seen are looked at too."""
    form = '{{"version": "https://jsonfeed.org/version/1.1", "items": [{}]}}'
    old, new = '{"id": "1", "title": "Quota"}', '{"id": "1", "title": "Ruling"}'
    first = read(form.format(old))
    later = read(form.format(f"{new}, {old}"), first.marks)
    assert titles(later.entries) == ["Ruling"]
    assert later.entries[0].guid != first.entries[0].guid


def test_a_number_of_the_federal_register_is_a_number() -> None:
    """What nobody should see is gone from it, and it is short."""
    number = "2026-\\u202e" + "1" * 3_000
    parsed = read(f'{{"count": 1, "results": [{{"document_number": "{number}", "title": "A"}}]}}')
    (entry,) = parsed.entries
    assert entry.guid.startswith("fr:2026-111")
    assert len(entry.guid) <= 103


def test_an_entry_keeps_its_guid_whatever_stands_beside_it() -> None:
    """A neighbour that only feedparser can read has the entry read by it too."""
    entry = "<entry><author><id>urn:ann</id></author><title>One</title><id>urn:1</id></entry>"
    odd = "<entry><rights>None</rights><title>Odd</title><id>urn:2</id></entry>"
    form = "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>"
    alone, beside = read(form.format(entry)), read(form.format(entry + odd))
    assert alone.entries[0] == beside.entries[0]
