"""Hostile, broken and merely odd feeds: what each answers, and how a poll of it must end.

Every text in here is made up for these cases.
"""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import brotli

from bot.domain.polling import Outcome
from tests.fakes.feed_server import (
    Answer,
    FeedServer,
    conditional,
    drip,
    head,
    raw,
    redirect,
    respond,
    rss,
    silence,
)

ENTRIES, ERROR, BLOCKED, GONE = Outcome.ENTRIES, Outcome.ERROR, Outcome.BLOCKED, Outcome.GONE
MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One feed. `answer` gets the server, because redirects need its addresses."""

    name: str
    answer: Callable[[FeedServer], Answer]
    outcome: Outcome
    entries: int | None = None
    """How many entries come out, where that matters."""
    says: str = ""
    """Words the reason holds."""
    complete: bool = True
    seconds: float = 5.0
    """How long the poll may take."""


def body(
    name: str, data: bytes, outcome: Outcome = ENTRIES, entries: int | None = None, says: str = "",
    *, complete: bool = True, seconds: float = 5.0, **headers: str | bytes,
) -> Case:  # fmt: skip
    """A case that is all in its body (and a header or two)."""
    answer = respond(data, headers={key.replace("_", "-"): value for key, value in headers.items()})
    return Case(
        name=name, answer=lambda _: answer, outcome=outcome, entries=entries, says=says,
        complete=complete, seconds=seconds,
    )  # fmt: skip


def wire(name: str, answer: Answer, outcome: Outcome, says: str = "", seconds: float = 5.0) -> Case:
    """A case that lies in how the answer is sent."""
    return Case(name=name, answer=lambda _: answer, outcome=outcome, says=says, seconds=seconds)


def leads(
    name: str, to: str, outcome: Outcome = BLOCKED, says: str = "", status: int = 302
) -> Case:
    """A case that redirects; ``{port}`` and ``{host}`` stand for the server's own."""
    return Case(
        name=name,
        answer=lambda server: redirect(to.format(port=server.port, host=server.host), status),
        outcome=outcome,
        says=says,
    )


def one(inside: str, *, root: str = "<rss version='2.0'>", end: str = "</rss>") -> bytes:
    """An RSS document with one entry."""
    return f"{root}<channel><title>T</title><item>{inside}</item></channel>{end}".encode()


def atom(inside: str, attributes: str = "") -> bytes:
    """An Atom document with one entry."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>T</title>'
        f"<entry>{inside}</entry></feed>"
    ).encode()


def bodies_bombs() -> list[Case]:
    """Bodies that grow, or that a parser grinds on."""
    zeros = b"\0" * (60 * MEGA)
    laughs = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    many = " ".join(f"a{n}='1'" for n in range(50_000))
    fewer = " ".join(f"a{n}='1'" for n in range(15_000))
    nested = gzip.compress(gzip.compress(b" " * (40 * MEGA)))
    return [
        body("gzip bomb", gzip.compress(zeros), ERROR, says="larger", Content_Encoding="gzip"),
        body("deflate bomb", zlib.compress(zeros), ERROR, says="larger", Content_Encoding="deflate"),
        body("brotli bomb nobody asked for", brotli.compress(zeros, quality=1), ERROR,
             says="larger", Content_Encoding="br"),
        body("gzip in gzip bomb", nested, ERROR, says="larger", Content_Encoding="gzip, gzip"),
        body("gzip file bomb without a header", gzip.compress(zeros), ERROR, says="larger"),
        body("packed three times", gzip.compress(rss(1)), ERROR, says="packed more often",
             Content_Encoding="gzip, gzip, gzip"),
        body("six megabytes", rss(1) + b" " * (6 * MEGA), ERROR, says="larger"),
        wire("endless body", drip(head(200, {}) + rss(3), b" " * 400_000, 0.0), ERROR, "larger"),
        wire("huge length announced", raw(head(200, {"Content-Length": "99999999999"})), ERROR,
             "larger"),
        body("billion laughs", f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode()
             + one("<title>&a9;</title>"), ERROR, says="entities"),
        body("billion laughs on the declaration's line", (
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>').encode()
             + one("<title>&a9;</title>"), ERROR, says="entities"),
        body("laughs in a broken document", f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode()
             + b"<rss a=b><channel><item><title>&a9;", ERROR, says="entities"),
        body("quadratic entity", f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'.encode()
             + one(f"<title>{'&a;' * 5_000}</title>"), ERROR, says="entities"),
        body("file of the machine as an entity",
             b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + one("<title>&f;</title>"),
             ERROR, says="entities"),
        body("nested 100,000 deep", b"<rss><channel><item><title>" + b"<a>" * 100_000, ERROR,
             says="nested"),
        body("a million elements", b"<rss><channel>" + b"<a/>" * MEGA + b"</channel></rss>", ERROR,
             says="elements"),
        body("50,000 attributes", one(f"<title {many}>x</title>"), ERROR, says="attributes"),
        body("15,000 attributes, two alike", one(
            f"<title {fewer} a1='2'>x</title><link>https://example.com/1</link>")),
        body("half a megabyte of open comments",
             one(f"<title>Quota notice</title><description>{'&lt;!--' * 80_000}</description>"),
             entries=1),
        body("a description of a million open tags",
             one(f"<title>Quota notice</title><description>{'&lt;b&gt;' * 400_000}</description>"),
             entries=1),
        body("one attribute that never ends", b"<rss><channel><item a=\"" + b"x<y " * 1_000_000, ERROR,
             says="too long"),
        body("JSON nested a million deep", b"[" * MEGA, ERROR, says="JSON"),
        body("JSON of a million empty items",
             b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"{}," * MEGA + b"{}]}",
             entries=0),
        body("a number of a million digits",
             b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":' + b"9" * MEGA + b"}]}",
             ERROR, says="JSON"),
    ]  # fmt: skip


def floods() -> list[Case]:
    """Megabytes of one thing, which well-made readers walk through."""
    long = "g" * (4 * MEGA)
    turned, accents = "\u202e" * 100_000, "a\u0301" * MEGA
    dtd = b"<!DOCTYPE rss [" + b"<!ELEMENT a ANY>" * 250_000 + b"]>"
    defaults = f"<!DOCTYPE rss [<!ATTLIST item a CDATA '{'x' * 100_000}'>]>".encode()
    return [
        body("a title of four megabytes", one(f"<title>{'duty ' * 800_000}</title>"), entries=1),
        body("a guid of four megabytes", one(f"<title>N</title><guid>{long}</guid>"), entries=1),
        body("a link of four megabytes", one(f"<title>N</title><link>https://example.com/{long}</link>"),
             entries=1),
        body("a title of marks that change direction", one(f"<title>{turned}N</title>"),
             entries=1),
        body("letters under a million accents", one(f"<title>{accents}</title>"), entries=1),
        body("a million ampersands", one(f"<title>N</title><description>{'&' * MEGA}</description>"),
             entries=1),
        body("half a million comments", b"<rss><channel>" + b"<!--x-->" * 500_000
             + b"<item><title>N</title></item></channel></rss>", entries=1),
        body("CDATA in small pieces", one(
            f"<title>N &</title><description>{'<![CDATA[x]]>' * 300_000}</description>"), entries=1),
        body("CDATA that never ends", one(f"<title>N &</title>{'<![CDATA[x' * 400_000}"), ERROR),
        body("a DTD of four megabytes", dtd + one("<title>N</title>"), entries=1),
        body("attributes by default", defaults + b"<rss><channel>"
             + b"<item><title>N</title></item>" * 2_000 + b"</channel></rss>", entries=1),
        body("hours to skip, a hundred thousand times", b"<rss><channel><skipHours>"
             + b"<hour>5</hour>" * 100_000 + b"</skipHours><item><title>N</title></item></channel></rss>",
             entries=1),
        body("bytes of no encoding", one("<title>N ~</title>").replace(b"~", b"\xff\xfe\xfd" * 300_000),
             entries=1),
        body("UTF-32", one(f"<title>{'é' * 300_000}</title>").decode().encode("utf-32"), entries=1),
        body("a page of ninety thousand feeds", b"<html><head>"
             + b"<link rel=alternate type=application/rss+xml href=/a>" * 90_000, ERROR,
             says="Its feed may be at"),
    ]  # fmt: skip


def grinders() -> list[Case]:
    """Broken XML of megabytes, on which a tolerant parser grinds until it is stopped."""
    start = b"<rss><channel><item><title>N</title>"
    attributes = b" ".join(b"a%d=1" % number for number in range(170_000))
    return [
        body(
            "attributes without quotes", b"<rss><channel><item><title " + attributes + b">N", ERROR
        ),
        body("tags that cross", start + b"<b><i></b></i>" * 120_000, ERROR),
        body("nothing but brackets", start + b"<<<<<" * 390_000, ERROR),
        body("quotes and brackets", b"<rss><channel><item a='" + b"\"'=<>" * 390_000, ERROR),
        body("declarations", start + b"<!" * 200_000, complete=False),
        body("half references", b"<rss><channel><item><b></title>" + b"&a" * 990_000, ERROR),
        body("too long to guess", start + b"<b></i>" * 300_000, ERROR, says="guessing"),
    ]


def transport() -> list[Case]:
    """Servers that speak HTTP badly, slowly or not at all."""
    feed = rss(2)
    return [
        wire("nothing but silence", silence(), ERROR, "in time"),
        wire("slow drip of the body", drip(head(200, {}), b" ", 0.05), ERROR, "in time"),
        wire("slow drip of headers", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.02), ERROR),
        wire("endless headers", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 900 + b"\r\n", 0.0),
             ERROR),
        wire("a header of a megabyte", raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * MEGA + b"\r\n\r\n"),
             ERROR, "HTTP"),
        wire("early hints without end",
             drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0.01), ERROR),
        wire("no HTTP at all", raw(b"220 mail.example.com ESMTP\r\n"), ERROR),
        wire("hangs up at once", raw(b""), ERROR, "hung up"),
        wire("breaks off in the headers", raw(b"HTTP/1.1 200 OK\r\nContent-Le"), ERROR),
        wire("body shorter than announced",
             raw(head(200, {"Content-Length": str(len(feed) + 500)}) + feed), ERROR, "broke off"),
        wire("negative length", raw(head(200, {"Content-Length": "-5"}) + feed), ERROR),
        wire("two lengths", raw(
            head(200, [("Content-Length", "10"), ("Content-Length", "20")]) + feed), ERROR),
        wire("broken chunks", raw(head(200, {"Transfer-Encoding": "chunked"}) + b"zz\r\n" + feed),
             ERROR),
        wire("chunks that stop", raw(
            head(200, {"Transfer-Encoding": "chunked"}) + b"ff\r\n" + feed[:100]), ERROR),
        wire("a chunk of terabytes", raw(
            head(200, {"Transfer-Encoding": "chunked"}) + b"fffffffffff\r\n" + feed), ERROR),
        wire("gzip that breaks off", respond(
            gzip.compress(feed)[:-20], headers={"Content-Encoding": "gzip"}), ERROR, "breaks off"),
        wire("damaged gzip", respond(
            b"\x1f\x8b\x08" + b"\xff" * 300, headers={"Content-Encoding": "gzip"}), ERROR, "damaged"),
        wire("damaged brotli", respond(b"\xff" * 300, headers={"Content-Encoding": "br"}), ERROR),
        wire("unknown coding", respond(b"\x01\x02", headers={"Content-Encoding": "x-own"}), ERROR,
             "does not know"),
        wire("empty answer", respond(b""), ERROR, "empty"),
        wire("blanks only", respond(b" \r\n\t "), ERROR, "empty"),
        wire("204", respond(status=204), ERROR, "204"),
        wire("206", respond(feed[:80], status=206), ERROR, "206"),
        wire("403", respond(status=403), ERROR, "refuses"),
        wire("404", respond(status=404), ERROR, "404"),
        wire("500", respond(feed, status=500), ERROR, "500"),
        wire("status 999", respond(feed, status=999), ERROR, "999"),
        wire("410", respond(status=410), GONE, "410"),
        wire("304 nobody asked for", respond(status=304), ERROR, "304"),
        wire("hangs up after the redirect's head", raw(head(302, {})), ERROR, "redirects"),
    ]  # fmt: skip


def redirects() -> list[Case]:
    """Redirects, most of them into places no feed is in."""
    return [
        leads("loop", "http://{host}:{port}/case", ERROR, "redirects more than"),
        leads("to a file", "file:///etc/hostname"),
        leads("to a script", "javascript:alert(1)"),
        leads("to ftp", "ftp://example.com/feed"),
        leads("to no host", "http:///feed", ERROR, "404"),
        leads("to an empty address", "", ERROR, "redirects"),
        leads("to an address that is none", "http://[::1/feed", ERROR, "address"),
        leads("to a port that is none", "http://example.com:99999/feed", ERROR),
        leads("to another port of this machine", "http://127.0.0.1:1/feed"),
        leads("permanently into this machine", "http://127.0.0.1:1/feed", status=301),
        leads("to localhost", "http://localhost:{port}/feed"),
        leads("to a decimal number", "http://2130706433:{port}/feed"),
        leads("to a hexadecimal number", "http://0x7f000001:{port}/feed"),
        leads("to an octal number", "http://0177.0.0.1:{port}/feed"),
        leads("to a short form", "http://127.1:{port}/feed"),
        leads("to circled digits", "http://①②⑦.⓪.⓪.①/feed"),
        leads("to nought", "http://0/feed"),
        leads("to a cloud's metadata", "http://169.254.169.254/latest/meta-data/"),
        leads("to Azure's wire server", "http://168.63.129.16/feed"),
        leads("to a metadata name", "http://metadata.google.internal/feed"),
        leads("to a private network", "http://10.0.0.1/feed"),
        leads("to a carrier's network", "http://100.64.0.1/feed"),
        leads("to IPv6 of this machine", "http://[::1]:{port}/feed"),
        leads("to a mapped address", "http://[::ffff:127.0.0.1]:{port}/feed"),
        leads("to a mapped address in hex", "http://[::ffff:7f00:1]:{port}/feed"),
        leads("to NAT64", "http://[64:ff9b::7f00:1]/feed"),
        leads("to 6to4", "http://[2002:7f00:1::]/feed"),
        leads("to Teredo", "http://[2001:0:7f00:1::1]/feed"),
        leads("to an old IPv4 form", "http://[::127.0.0.1]/feed"),
        leads("to link-local with a zone", "http://[fe80::1%25lo]/feed"),
        leads("to multicast", "http://224.0.0.1/feed"),
        leads("behind a user name", "http://example.com@127.0.0.1:1/feed"),
        leads("to another loopback", "http://127.0.0.2:{port}/feed"),
    ]


def odd_but_readable() -> list[Case]:
    """Feeds that are wrong, and that a reader must cope with."""
    latin = "<?xml version='1.0' encoding='{}'?>" + one("<title>Résumé des tarifs</title>").decode()
    wide = "<?xml version='1.0' encoding='utf-16'?>" + one("<title>Arancel</title>").decode()
    return [
        body("plain RSS", rss(3), entries=3),
        body("claims gzip, is plain", rss(3), entries=3, Content_Encoding="gzip"),
        body("claims brotli, is plain", rss(3), entries=3, Content_Encoding="br"),
        body("gzip of two members and rubbish",
             gzip.compress(rss(3)[:90]) + gzip.compress(rss(3)[90:]) + b"rubbish", entries=3,
             Content_Encoding="gzip"),
        body("raw deflate", zlib.compress(rss(3))[2:-4], entries=3, Content_Encoding="deflate"),
        body("brotli", brotli.compress(rss(3)), entries=3, Content_Encoding="br"),
        body("gzip file without a header", gzip.compress(rss(3)), entries=3),
        body("called an image", rss(3), entries=3, Content_Type="image/png"),
        body("called HTML", rss(3), entries=3, Content_Type="text/html; charset=ascii"),
        body("Latin-1 that says UTF-8", latin.format("utf-8").encode("latin-1"), entries=1),
        body("UTF-8 that says Latin-1", latin.format("iso-8859-1").encode(), entries=1),
        body("an encoding nobody knows", latin.format("x-klingon").encode(), entries=1),
        body("an encoding that is no text", latin.format("zlib").encode(), entries=1),
        body("UTF-16 with a mark", wide.encode("utf-16"), entries=1),
        body("UTF-16 without a mark", wide.encode("utf-16-le"), entries=1),
        body("blank lines before the declaration", b"\n\n  " + rss(3), entries=3),
        body("a warning of PHP before the declaration", b"<br />\n<b>Warning</b>: x\n" + rss(3),
             entries=3),
        body("a byte order mark twice", b"\xef\xbb\xbf\xef\xbb\xbf" + rss(3), entries=3),
        body("NUL and control characters", one("<title>Qu\0ota \x08notice</title>"), entries=1),
        body("references to what XML forbids",
             one("<title>Quota &#xD800;&#0;notice&#x1F;</title>"), entries=1),
        body("HTML's names without a DTD", one("<title>Trade &nbsp;&eacute; &foo; & co</title>"),
             entries=1),
        body("an old DTD", b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1/x">'
             + rss(3), entries=3),
        body("a tag left open", one("<title>Quota <b>notice</title>"), entries=1),
        body("breaks off in an entry", rss(5)[:-120], entries=4, complete=False),
        body("breaks off before any entry", b"<rss><channel><title>Border Led", ERROR,
             says="breaks off"),
        body("no entries", rss(0), entries=0),
        body("entries with nothing in them", one(""), entries=0),
        body("an entry with a link only", one("<link>https://example.com/1</link>"), entries=1),
        body("an entry with words only", one("<description>Duty notice</description>"), entries=1),
        body("dates that are none", one("<title>Quota</title><pubDate>yesterday</pubDate>"),
             entries=1),
        body("a date beyond all calendars",
             one("<title>Quota</title><pubDate>Mon, 99 Foo 99999 25:61:00 +9999</pubDate>"),
             entries=1),
        body("a web page", b"<!doctype html><html><title>News</title></html>", ERROR,
             says="web page"),
        body("a web page as XML", b'<?xml version="1.0"?><html><head/></html>', ERROR,
             says="web page"),
        body("a site map", b"<?xml version='1.0'?><urlset><url/></urlset>", ERROR, says="no feed"),
        body("JSON of another kind", b'{"ok": true}', ERROR, says="another kind"),
        body("JSON that breaks off", b'{"version":"https://jsonfeed.org/version/1","items":[', ERROR,
             says="JSON"),
        body("plain words", b"Service unavailable", ERROR, says="no feed"),
        body("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, ERROR, says="no feed"),
        body("a repeated guid", one("<title>A</title><guid>x</guid>").replace(
            b"</item>", b"</item><item><title>A</title><guid>x</guid></item>"), entries=1),
        body("relative links", atom("<title>A</title><link href='/a'/><id>1</id>",
                                    "xml:base='https://example.com/b/'"), entries=1),
        wire("a validator that cannot be sent back",
             conditional(rss(3), {"ETag": b'"\xff\xfe"'}), ENTRIES),
    ]  # fmt: skip
