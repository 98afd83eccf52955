"""The fast reader of plain feeds gives what feedparser gives, or gives way to it."""

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.feed import FeedKind, FeedSpec
from bot.errors import ParseError
from bot.feeds.cutting import DECLARATION, XmlLimits
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.plain_form import read_plain, read_whole
from bot.feeds.syndicated import read_any, to_entries

DATA = Path(__file__).parents[2] / "data" / "feeds"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)

words = st.one_of(
    st.text(
        alphabet=st.characters(
            blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"
        ),
        max_size=40,
    ),
    st.sampled_from(
        [
            "Duty & quota", "<p>Steel <b>wire</b></p>", "&amp;nbsp;caf&eacute;", "5 < 6 > 4",
            "RÃ©sumÃ©", "it\x92s \x96 so", "", "  ", "\n line \n line ", "&#8217;", "1970",
        ]
    ),
)  # fmt: skip
links = st.sampled_from(
    [
        "https://example.com/1?a=1&b=2", "http://example.com/x y", "/relative", "", "  ",
        "https://example.com/?a=1&amp;b=2&copy;=3", "javascript:x", "https://me:pw@example.com/",
        "http:////example.com/", "tag:example.com,2026:1", "https://example.com/é",
    ]
)  # fmt: skip
dates = st.sampled_from(
    [
        "Fri, 20 Nov 2026 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 -0500", "2026-11-20",
        "2026-11-20T10:00:00Z", "Fri, 20 Nov 2026 10:00:00", "soon", "", "20/11/2026",
        "vie, 20 nov 2026 10:00:00 -0600",
    ]
)  # fmt: skip


def cdata_or_escaped(text: str, as_cdata: bool) -> str:
    if as_cdata and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    return escape(text)


@st.composite
def rss_items(draw: st.DrawFn) -> str:
    """One item: any of its elements in any order, some of them odd."""
    made = {
        "title": words, "link": links, "description": words, "pubDate": dates, "guid": links,
        "content:encoded": words, "dc:date": dates, "dc:creator": words, "category": words,
        "source": words, "comments": links, "slash:comments": st.just("4"), "author": words,
        "valueDate": dates, "media:title": words, "dc:subject": words, "Title": words,
    }  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(sorted(made)), max_size=7))
    parts = []
    for name in chosen:
        text = cdata_or_escaped(draw(made[name]), draw(st.booleans()))
        given_attributes = {
            "guid": ["", ' isPermaLink="false"', ' isPermaLink="true"', ' isPermaLink="no"'],
            "source": ["", ' url="https://example.com/"'],
            "category": ["", ' domain="d"'],
            "description": [
                "",
                "",
                ' type="text"',
                ' xml:lang="es"',
                ' xml:base="https://a.example/"',
            ],
        }.get(name, [""])
        parts.append(f"<{name}{draw(st.sampled_from(given_attributes))}>{text}</{name}>")
    return f"<item>{''.join(parts)}</item>"


@st.composite
def atom_entries(draw: st.DrawFn) -> str:
    """One entry: any of its elements in any order, some of them odd."""
    parts = []
    for name in draw(st.lists(st.sampled_from(
        ["title", "link", "id", "summary", "content", "published", "updated", "author", "category",
         "rights", "contributor"]), max_size=8)):  # fmt: skip
        if name == "link":
            rel = draw(st.sampled_from(["", "alternate", "self", "enclosure", "Alternate"]))
            rel = f' rel="{rel}"' if rel else ""
            kind = draw(st.sampled_from(["", "text/html", "application/pdf", "TEXT/HTML", "html"]))
            kind = f' type="{kind}"' if kind else ""
            parts.append(f"<link{rel}{kind} href={quoteattr(draw(links))}/>")
        elif name in {"author", "contributor"}:
            inside = f"<name>{escape(draw(words))}</name><email>a@example.com</email>"
            parts.append(f"<{name}>{inside}</{name}>")
        elif name == "category":
            parts.append(f"<category term={quoteattr(draw(words))}/>")
        elif name in {"title", "summary", "content"}:
            kind = draw(st.sampled_from(["", ' type="text"', ' type="html"', ' type="text/plain"']))
            parts.append(f"<{name}{kind}>{escape(draw(words))}</{name}>")
        else:
            text = draw(links if name == "id" else dates)
            parts.append(f"<{name}>{escape(text)}</{name}>")
    return f"<entry>{''.join(parts)}</entry>"


def by(found: tuple[list[dict[str, object]], bool], kind: FeedKind) -> list[Entry]:
    spec = FeedSpec(key="s", name="Sample", url="https://example.com/feed", kind=kind)
    fields, atom = found
    return list(to_entries(fields, spec=spec, url=spec.url, atom=atom))


def read_alike(document: bytes, kind: FeedKind = FeedKind.FEED) -> bool | None:
    """Whether the two readers agree; None where the fast one gave way."""
    plain = read_plain(document)
    if plain is None:
        return None
    return by(plain, kind) == by(read_any(document), kind)


@settings(max_examples=200)
@given(st.lists(rss_items(), max_size=3))
def test_rss_is_read_alike(items: list[str]) -> None:
    """Whatever elements an item has, the fast reader agrees with feedparser or leaves it."""
    body = (
        f'<rss version="2.0" {NAMESPACES}><channel><title>T</title>{"".join(items)}</channel></rss>'
    )
    assert read_alike(DECLARATION + body.encode()) is not False


@settings(max_examples=200)
@given(st.lists(atom_entries(), max_size=3))
def test_atom_is_read_alike(entries: list[str]) -> None:
    """The same for Atom."""
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{"".join(entries)}</feed>'
    assert read_alike(DECLARATION + body.encode()) is not False


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("csms.xml", FeedKind.CSMS),
        ("google_news.xml", FeedKind.GOOGLE_NEWS),
        ("canada_news.xml", FeedKind.CANADA_NEWS),
        ("canada_gazette.xml", FeedKind.CANADA_GAZETTE),
        ("white_house.xml", FeedKind.WHITE_HOUSE),
    ],
)
def test_the_special_sources_are_plain(name: str, kind: FeedKind) -> None:
    """The samples of the special sources take the fast way, with the same entries."""
    assert read_alike((DATA / name).read_bytes(), kind)


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><item><title>A</title><title>B</title></item></channel></rss>",
        "<rss><channel><item><title>A <b>bold</b></title></item></channel></rss>",
        "<rss><channel><item><unknown>A</unknown></item></channel></rss>",
        "<rss><channel xml:base='https://a.example/'><item><title>A</title></item></channel></rss>",
        "<rss><channel><item id='1'><title>A</title></item></channel></rss>",
        "<rss xmlns='http://backend.userland.com/rss2'><channel><item/></channel></rss>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "<feed xmlns='http://purl.org/atom/ns#'><entry><title>A</title></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='xhtml'>A</title></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link>A</link></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><source/></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><author><name>A</name></author><author/></entry></feed>",
        "<rss><channel><item>",
    ],
)
def test_with_any_doubt_it_gives_way(body: str) -> None:
    """Forms that need feedparser's experience are left to it."""
    assert read_plain(body.encode()) is None


AROUND = st.sampled_from(
    [
        *(
            "",
            "",
            "\n",
            "<!-- <item> -->",
            "<![CDATA[<item/>]]>",
            "<ttl>60</ttl>",
            "<title>T</title>",
        ),
        *("<entry><title>E</title></entry>", "<item/>", "<Item><title>I</title></Item>", "<x:y/>"),
        *("<skipHours><hour>3</hour></skipHours>", "<image><item><title>I</title></item></image>"),
        *("</channel><channel>", "<i xmlns='y'/>", "<item xml:lang='>' ><title>L</title></item >"),
        *(
            "<i " + " ".join(f"xmlns:n{number}='n'" for number in range(101)) + "/>",
            "&",
            "<a>" * 99,
        ),
    ]
)


def read_both_ways(body: str) -> list[str]:
    """What is read of a document of which nothing was seen, and where something else was."""
    found = []
    for seen in (frozenset[str](), frozenset({"another"})):
        spec = FeedSpec(key="s", name="Sample", url="https://example.com/feed")
        job = Job(body=body.encode(), spec=spec, content_type="", url=spec.url, seen=seen)
        try:
            parsed = read_document(job, DocumentLimits())
        except ParseError as error:
            found.append(str(error))
        else:
            found.append(repr(replace(parsed, marks=frozenset())) + repr(sorted(parsed.marks)))
    return found


@settings(max_examples=150)
@given(AROUND, st.lists(st.one_of(rss_items(), AROUND), max_size=4), AROUND)
def test_a_first_reading_finds_what_cutting_finds(head: str, items: list[str], tail: str) -> None:
    """Read in one pass or in two: the same entries, marks, hints and errors."""
    body = f"<rss {NAMESPACES}><channel>{head}{''.join(items)}{tail}</channel></rss>"
    first, cut_out = read_both_ways(body)
    assert first == cut_out


@settings(max_examples=100)
@given(st.lists(st.one_of(atom_entries(), AROUND), max_size=4))
def test_so_it_does_of_atom(entries: list[str]) -> None:
    """The same for Atom, whatever its elements are called."""
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(entries)}</feed>"
    for text in (body, body.replace("feed", "a:feed").replace("xmlns=", "xmlns:a=")):
        first, cut_out = read_both_ways(text)
        assert first == cut_out


def test_whole_documents_are_read_in_one_pass() -> None:
    """Where it cannot be sure of the limits, or more stands between the entries, it says so."""
    root = b"<rss><channel><title>T</title>%s</channel></rss>"
    item = b"<item><title>A</title></item>"
    found = read_whole(root % (item + b"\n" + item), XmlLimits())
    assert found is not None
    assert [found[0].slice(index) for index in (0, 1)] == [item, item]
    assert found[0].hints.title == "T"
    crowded = b"<item %s/>" % b" ".join(b"xmlns:n%d='n'" % number for number in range(60))
    for inside in (item + b"<ttl>5</ttl>", b"", crowded, b"<channel><item/></channel>" + item):
        assert read_whole(root % inside, XmlLimits()) is None
    for limits in (XmlLimits(depth=4), XmlLimits(elements=4), XmlLimits(attributes=50)):
        assert read_whole(root % item, limits) is None
