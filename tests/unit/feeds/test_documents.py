"""Bodies of every kind to entries."""

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.polling import ParsedFeed
from bot.errors import ParseError, WebPageError
from bot.feeds.cutting import DECLARATION, XmlLimits, mark_of
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.syndicated import read_entries

SPEC = FeedSpec(key="s", name="Border Ledger", url="https://example.com/feed")

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Border &amp; Ledger</title><ttl>30</ttl>
<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>x</hour></skipHours>
<skipDays><day>Sunday</day><day>Someday</day></skipDays>
<item><title>First &lt;i&gt;duty&lt;/i&gt; notice</title><link>/1</link>
<guid isPermaLink="false">one</guid><pubDate>Fri, 20 Nov 2026 10:00:00 -0500</pubDate>
<description><![CDATA[<p>Words &amp; more</p><script>x()</script>]]></description>
<content:encoded><![CDATA[<p>All the words.</p><p>Two lines.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://example.com/2?a=1&amp;b=2</link>
<dc:date>2026-11-19T08:00:00+01:00</dc:date></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/news/">
<title type="html">Diario &amp;amp; Aduanal</title>
<entry xml:base="nov/"><title type="text">Duties &lt; 5 % &amp; quotas</title><id>tag:example.com,2026:1</id>
<link rel="self" href="https://example.com/self"/><link href="first"/>
<updated>2026-11-20T10:00:00Z</updated><summary type="html">&lt;b&gt;Words&lt;/b&gt;</summary></entry>
<entry><title type="html">&lt;b&gt;Bold&lt;/b&gt; duties</title><id>urn:2</id>
<published>2026-11-18T10:00:00Z</published><updated>2026-11-19T10:00:00Z</updated>
<link href="second"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>In XHTML</p></div></content></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.com/"><title>Old form</title>
<items><rdf:Seq><rdf:li resource="https://example.com/1"/></rdf:Seq></items></channel>
<item rdf:about="https://example.com/1"><title>Notice</title><link>https://example.com/1</link>
<dc:date>2026-11-20</dc:date></item></rdf:RDF>"""


def read(
    body: str | bytes, seen: frozenset[str] = frozenset(), limits: DocumentLimits | None = None
) -> ParsedFeed:
    data = body if isinstance(body, bytes) else body.encode()
    job = Job(body=data, spec=SPEC, content_type="", url=SPEC.url, seen=seen)
    return read_document(job, limits or DocumentLimits())


def one(inside: str) -> Entry:
    (entry,) = read(f"<rss version='2.0'><channel><item>{inside}</item></channel></rss>").entries
    return entry


def test_rss_is_read_with_its_hints() -> None:
    """Plain text, absolute links, times in UTC; ttl in seconds; hours and days to skip."""
    parsed = read(RSS)
    first, second = parsed.entries
    assert (parsed.title, parsed.ttl, parsed.total) == ("Border & Ledger", 1_800, 2)
    assert parsed.skip_hours == {0, 7}
    assert parsed.skip_days == {6}
    assert first.title == "First duty notice"
    assert (first.guid, first.url) == ("one", "https://example.com/1")
    assert first.summary == "Words & more"
    assert first.content == "All the words.\nTwo lines."
    assert first.published == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert (first.lang, first.source) == ("en", "Border Ledger")
    assert second.url == second.guid == "https://example.com/2?a=1&b=2"
    assert second.published == datetime(2026, 11, 19, 7, 0, tzinfo=UTC)


def test_atom_is_read_with_its_bases() -> None:
    """xml:base holds for links; a text title may hold signs of HTML; XHTML becomes text."""
    parsed = read(ATOM)
    first, second = parsed.entries
    assert parsed.title == "Diario & Aduanal"
    assert first.title == "Duties < 5 % & quotas"
    assert first.url == "https://example.com/news/nov/first"
    assert first.published == first.updated == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert second.title == "Bold duties"
    assert second.url == "https://example.com/news/second"
    assert second.published == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    assert (second.summary, second.content) == ("In XHTML", "")


def test_rdf_is_read() -> None:
    """The old form, whose entries stand beside the channel."""
    parsed = read(RDF)
    (entry,) = parsed.entries
    assert (parsed.title, entry.url) == ("Old form", "https://example.com/1")


@pytest.mark.parametrize("body", [RSS, ATOM, RDF])
def test_cutting_changes_nothing(body: str) -> None:
    """Entries cut out one by one are those that feedparser finds in the whole document."""
    root = body[body.index("?>") + 2 :] if body.startswith("<?xml") else body
    whole = list(read_entries(DECLARATION + root.strip().encode(), spec=SPEC, url=SPEC.url))
    marks = sorted(read(body).marks)
    apart = [entry for mark in marks for entry in read(body, frozenset(marks) - {mark}).entries]
    assert sorted(apart, key=lambda entry: entry.guid) == sorted(whole, key=lambda e: e.guid)


def test_only_unseen_entries_come_out() -> None:
    """Marks of the last body keep its entries from being read again; an edit is read."""
    first = read(RSS)
    again = read(RSS, first.marks)
    assert again.entries == ()
    assert (again.total, again.marks, again.ttl) == (2, first.marks, 1_800)
    edited = read(RSS.replace("Second", "Second, corrected"), first.marks)
    assert [entry.title for entry in edited.entries] == ["Second, corrected"]
    assert len(edited.marks & first.marks) == 1


@pytest.mark.parametrize(
    "behind",
    ["", "<!-- <item> -->", "<item><title>B</title></item>", "<lastBuildDate>x</lastBuildDate>"],
)
def test_an_empty_entry_ends_where_its_tag_does(behind: str) -> None:
    """What stands behind it is no part of it, in the first reading as in later ones."""
    told = "<item><title>A</title><guid>a</guid></item>"
    body = f"<rss version='2.0'><channel>{told}<item/>{behind}</channel></rss>"
    parsed = read(body)
    pieces = [told, "<item/>", *([behind] if behind.startswith("<item>") else [])]
    assert parsed.marks == {mark_of(piece.encode()) for piece in pieces}
    later = read(body, parsed.marks - {mark_of(told.encode())})
    assert (later.marks, [entry.title for entry in later.entries]) == (parsed.marks, ["A"])


def test_order_makes_no_difference_to_marks() -> None:
    """A feed that sorts its entries another way brings nothing new."""
    items = [f"<item><title>N {number}</title></item>" for number in range(5)]
    frame = "<rss><channel>{}</channel></rss>"
    first = read(frame.format("".join(items)))
    assert read(frame.format("\n".join(reversed(items))), first.marks).entries == ()


def test_a_feed_may_move_without_its_entries_becoming_others() -> None:
    """A guid is kept as it is written, whatever the address of the feed."""
    body = b"<rss><channel><item><title>N</title><guid>n1</guid></item></channel></rss>"
    for url in ("https://example.com/feed", "https://other.example.com/x/"):
        job = Job(body=body, spec=SPEC, content_type="", url=url, seen=frozenset())
        assert read_document(job, DocumentLimits()).entries[0].guid == "n1"


def test_a_body_cut_short_gives_what_it_holds_whole() -> None:
    """The entry it breaks off in is left for the next poll, and the feed is not complete."""
    parsed = read(RSS[: RSS.index("<title>Second") + 9])
    assert [entry.title for entry in parsed.entries] == ["First duty notice"]
    assert not parsed.complete
    assert "broke off" in parsed.warnings[0]
    assert len(parsed.marks) == 1


def test_entries_above_the_limit_have_no_mark() -> None:
    """What is left out is not taken for seen, and the warning counts it."""
    body = "<rss><channel>" + "".join(
        f"<item><title>N {number}</title></item>" for number in range(7)
    )
    parsed = read(f"{body}</channel></rss>", limits=DocumentLimits(entries=5))
    assert (len(parsed.entries), len(parsed.marks), parsed.total) == (5, 5, 7)
    assert "first 5" in parsed.warnings[0]


def test_many_entries_are_read_in_pieces() -> None:
    """More entries than one piece holds come out whole and in order."""
    body = "".join(f"<item><title>N {number}</title></item>" for number in range(1_203))
    entries = read(f"<rss><channel>{body}</channel></rss>").entries
    assert [entry.title for entry in entries] == [f"N {number}" for number in range(1_203)]


def test_missing_parts_are_made_up_from_what_is_there() -> None:
    """A title from the text, a guid from the link or the words, no date where none is."""
    bare = one("<description>Duty notice &lt;b&gt;now&lt;/b&gt;</description>")
    assert bare.title == "Duty notice now"
    assert bare.guid.startswith("sha256:")
    assert (bare.url, bare.published) == (None, None)
    assert one("<link>https://example.com/9</link>").guid == "https://example.com/9"
    assert one(f"<title>N</title><guid>{'g' * 2_000}</guid>").guid.startswith("sha256:")
    assert one(f"<description>{'word ' * 100}</description>").title.endswith("…")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("javascript:alert(1)", None),
        ("ftp://example.com/1", None),
        ("https://me:secret@example.com/1", "https://example.com/1"),
        ("https://example.com/" + "a" * 2_000, None),
        ("//example.com/1", "https://example.com/1"),
        ("  https://example.com/\n1 ", "https://example.com/1"),
        ("https://example.com/Notice 12.pdf?a b", "https://example.com/Notice%2012.pdf?a%20b"),
        ("https://exam ple.com/1", None),
        ("https://[::1", None),
        ("https://example.com:99999/", None),
        ("https://[2606:4700::1]:8443/1", "https://[2606:4700::1]:8443/1"),
        ("mailto:a@example.com", None),
    ],
)
def test_links_are_sound_or_left_out(link: str, expected: str | None) -> None:
    """http(s) only, no user info, at most 2,000 characters."""
    assert one(f"<title>N</title><link><![CDATA[{link}]]></link>").url == expected


def test_texts_hold_nothing_unseen() -> None:
    """Bidi, zero-width, tag and control characters are gone, and titles are one line."""
    entry = one(
        "<title>Du\u202ety\u200b\n no\u2066ti\U000e0041ce&#x85;</title><guid>g\u200b1</guid>"
        "<description>a\u061cb&#x9f;c</description>"
    )
    assert (entry.title, entry.guid) == ("Duty notice", "g1")
    assert entry.summary.startswith("ab")


def test_long_texts_are_cut() -> None:
    """Titles at 500 characters, behind a word, with an ellipsis."""
    entry = one(f"<title>{'duty ' * 300}</title>")
    assert len(entry.title) <= 500
    assert entry.title.endswith("duty…")
    assert len(one(f"<title>{'x' * 900}</title>").title) == 500


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 20 Nov 2026 10:00:00 GMT", datetime(2026, 11, 20, 10, 0, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00", datetime(2026, 11, 20, 10, 0, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T10:00:00", datetime(2026, 11, 20, 10, 0, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 EST", datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-12-31T23:59:59Z", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Friday, November 20, 2026 - 22:05", datetime(2026, 11, 20, 22, 5, tzinfo=UTC)),
        ("Nov. 20, 2026 10:05 p.m. EST", datetime(2026, 11, 21, 3, 5, tzinfo=UTC)),
        ("November 20, 2026 12:05 am -0430", datetime(2026, 11, 20, 4, 35, tzinfo=UTC)),
        ("Nov 20, 2026", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026/11/20 10:00", datetime(2026, 11, 20, 10, 0, tzinfo=UTC)),
        ("February 30, 2026", None),
        ("vie, 20 nov 2026 10:00:00 -0600", datetime(2026, 11, 20, 16, 0, tzinfo=UTC)),
        ("lun., 01 déc. 2025 10:00:00 +0000", datetime(2025, 12, 1, 10, 0, tzinfo=UTC)),
        ("sáb, 01 ago 2026 10:00 GMT", datetime(2026, 8, 1, 10, 0, tzinfo=UTC)),
        ("mar, 31 feb 2026 10:00:00 GMT", None),
        ("mar, 03 foo 2026 10:00:00 GMT", None),
        ("yesterday", None),
        ("Mon, 99 Foo 99999 25:61:00 +9999", None),
    ],
)
def test_dates_are_read_or_left_out(date: str, expected: datetime | None) -> None:
    """Without a zone it is UTC; the beginning of computing, and the end of time, are default values."""
    assert one(f"<title>N</title><pubDate>{date}</pubDate>").published == expected


def test_a_guid_that_tells_nothing_apart_is_not_used() -> None:
    """Some feeds give every entry the same guid: then the link identifies, of the first as well."""
    item = "<item><title>N</title><guid>https://example.com/</guid><link>https://example.com/{}</link></item>"
    body = "".join(item.format(number) for number in (1, 2, 2, 3))
    guids = [entry.guid for entry in read(f"<rss><channel>{body}</channel></rss>").entries]
    assert guids == [f"https://example.com/{number}" for number in (1, 2, 3)]


def test_an_aggregator_names_its_source() -> None:
    """The publisher an entry came from is shown as its source; a tracker's link is passed over."""
    entry = one(
        "<title>N</title><source url='https://example.com/'>Diario Aduanal</source>"
        "<link>https://feeds.example.com/~r/1</link>"
    )
    assert entry.source == "Diario Aduanal"
    body = RSS.replace(
        'version="2.0"',
        'version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"',
    ).replace(
        "<title>Second",
        "<feedburner:origLink>https://example.com/own</feedburner:origLink><title>Second",
    )
    assert read(body).entries[1].url == "https://example.com/own"


def test_broken_xml_is_read_as_well_as_can_be() -> None:
    """A tag left open spoils nothing but itself; what was seen stays seen."""
    body = (
        "<rss><channel><item><title>One <b>duty</title><link>https://example.com/1</link></item>"
        "<item><title>Two</title></item></channel></rss>"
    )
    parsed = read(body)
    assert [entry.title for entry in parsed.entries] == ["One duty", "Two"]
    assert parsed.complete
    assert "broken" in parsed.warnings[0]
    assert read(body, parsed.marks).entries == ()
    assert not read(body.replace("</channel></rss>", "")).complete


@pytest.mark.parametrize(
    "body",
    [
        "", " \n", "words", "<html><body/></html>", "<!DOCTYPE html><p>x", "<rss", "<rss><channel",
        "<rss><b></channel>", "<?xml version='1.0'?>", "<?xml version='1.0'?><opml><body/></opml>",
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'b'>]><html/>", "{", "[1]", '{"a": 1}',
        "<?xml version='1.0'?><b <", '{"items": 7, "version": "https://jsonfeed.org/version/1"}',
    ],
)  # fmt: skip
def test_what_is_no_feed_is_an_error(body: str) -> None:
    """Every other thing ends in a sentence."""
    with pytest.raises(ParseError):
        read(body)


def test_limits_of_xml_are_kept() -> None:
    """Depth, elements and attributes beyond the limits end in a sentence."""
    limits = DocumentLimits(xml=XmlLimits(depth=5, elements=8, attributes=2))
    frame = "<rss><channel><item><title>{}</title></item></channel></rss>"
    for inside in ("<a><b/></a>", "<a/>" * 5, "<a b='' c='' d=''/>"):
        with pytest.raises(ParseError):
            read(frame.format(inside), limits=limits)
    assert read(frame.format("<a b='' c=''/>N"), limits=limits).total == 1


def test_an_old_dtd_is_passed_over() -> None:
    """A DTD that is only named, or names others, declares no entity and is never loaded."""
    dtd = '<!DOCTYPE rss [<!ENTITY % lat SYSTEM "https://example.com/lat.ent"> %lat;]>'
    body = "<rss><channel><item><title>A&eacute;</title></item></channel></rss>"
    assert read(dtd + body).entries[0].title == "Aé"
    assert read("<?xml version='1.0'?><!-- x -->" + body).entries[0].title == "Aé"


def test_a_web_page_says_where_its_feed_is() -> None:
    """Whoever gives the address of a page learns the address of its feed."""
    head = '<head><link rel="alternate" type="application/rss+xml" href="/rss"/></head>'
    for start in ("<!DOCTYPE html>", "<?xml version='1.0'?>"):
        with pytest.raises(ParseError, match=r"https://example\.com/rss"):
            read(f"{start}<html>{head}<body/></html>")


def test_a_page_hands_out_the_feeds_it_names() -> None:
    """With their titles, also through the door of another process."""
    head = (
        '<head><link rel="alternate" type="application/rss+xml" title="Main" href="/rss"/></head>'
    )
    with pytest.raises(WebPageError) as caught:
        read(f"<!DOCTYPE html><html>{head}<body/></html>")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.links == (("https://example.com/rss", "Main"),)
    assert str(again) == str(caught.value)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<rss version='2.0'><channel/></rss>", "RSS 2.0"),
        ("<rss><channel/></rss>", "RSS"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "Atom"),
        ('<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', "Atom"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "RSS 1.0"),
        ('{"title": "T", "items": []}', "JSON Feed"),
        ('{"count": 0, "results": []}', "Federal Register JSON"),
        ("<rss version='2.0'><channel><item><title>A</title></item><b></channel>", "RSS 2.0"),
    ],
)
def test_the_format_is_named(text: str, form: str) -> None:
    """As a person would call it."""
    assert read(text).format == form


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Border Ledger", "items": [
 {"id": 7, "url": "/7", "title": "Duty <5%>", "content_html": "<p>Words</p>",
  "summary": "Short", "date_published": "2026-11-20T10:00:00-05:00"},
 {"id": "8", "external_url": "https://example.com/8", "content_text": "Plain < words",
  "date_modified": "2026-11-19"},
 {"id": "9"}, 4, {"content_html": 5, "content_text": [], "title": null}]}"""


def test_json_feed_is_read() -> None:
    """Numbers as ids, HTML and plain contents, items that are none."""
    parsed = read(JSON_FEED)
    first, second = parsed.entries
    assert (parsed.title, parsed.total, len(parsed.marks)) == ("Border Ledger", 5, 5)
    assert (first.guid, first.url, first.title) == ("7", "https://example.com/7", "Duty <5%>")
    assert (first.summary, first.content) == ("Short", "Words")
    assert first.published == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert second.title == second.content == "Plain < words"
    assert second.published == second.updated == datetime(2026, 11, 19, tzinfo=UTC)
    assert read(JSON_FEED, parsed.marks).entries == ()


@settings(max_examples=150)
@given(st.data())
def test_a_spoilt_feed_never_breaks_the_reader(data: st.DataObject) -> None:
    """With any bytes put anywhere in a feed, there is a result or a sentence."""
    body = data.draw(st.sampled_from([RSS, ATOM, RDF, JSON_FEED])).encode()
    at = data.draw(st.integers(0, len(body)))
    upto = data.draw(st.integers(at, min(len(body), at + 40)))
    piece = data.draw(
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from(
                [b"<", b"]]>", b"<!--", b"&", b"<item>", b"</item>", b"\x00", b"<![CDATA["]
            ),
        )
    )
    try:
        parsed = read(body[:at] + piece + body[upto:])
    except ParseError:
        return
    for entry in parsed.entries:
        assert 0 < len(entry.title) <= 500
        assert entry.guid


def test_what_feedparser_stumbles_over_is_a_sentence() -> None:
    """The feed is at fault, and that is said: an end stands alone."""
    with pytest.raises(ParseError, match="broken beyond guessing"):
        read(RSS.replace("Second</title><link>", "Second</title><link</item>"))


def test_a_namespace_spoils_only_the_entries_it_is_used_in() -> None:
    """A blank stands within its name, which feedparser stumbles over."""
    parsed = read(RSS.replace("http://purl.org/rss", "h\xa0ttp://purl.org/rss"))
    assert [entry.title for entry in parsed.entries] == ["Second"]
