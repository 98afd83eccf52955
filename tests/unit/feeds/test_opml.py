"""Lists of feeds in OPML."""

from datetime import UTC, datetime

import pytest

from bot.domain.feed import FeedKind, FeedSpec, Tier
from bot.errors import InvalidInputError
from bot.feeds import opml

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SPECS = [
    FeedSpec(
        key="a",
        name='Border "Ledger" & <Sons>',
        url="https://ledger.example/rss?x=1&y=2",
        lang="es",
        tier=Tier.OFFICIAL,
        kind=FeedKind.CSMS,
        interval=120,
    ),
    FeedSpec(key="b", name="Diario\u202e Aduanal\x00", url="http://diario.example/"),
]


def listed(*outlines: str, head: str = "") -> bytes:
    return f'{head}<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def outline(url: str, name: str = "Name", more: str = "") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="{url}" {more}/>'


def test_what_is_written_is_read_back_whole() -> None:
    """Name, address, language, tier, reader and pace survive; control characters do not."""
    found = opml.read(opml.write(SPECS, title="Feeds", now=NOW).encode())
    first, second = found.rows
    assert (first.name, first.url) == (SPECS[0].name, SPECS[0].url)
    assert (first.lang, first.tier, first.kind, first.interval) == (
        "es", Tier.OFFICIAL, FeedKind.CSMS, 120,
    )  # fmt: skip
    assert (second.name, second.tier, second.interval) == ("Diario Aduanal", Tier.GENERAL, None)
    assert [row.number for row in found.rows] == [1, 2]


def test_folders_and_foreign_categories_are_passed_over() -> None:
    """What other readers write is no reason to refuse a list."""
    found = opml.read(
        listed(
            '<outline text="Trade">',
            outline("https://a.example/", more='category="/x/y,/usmca-bot/tier/royal"'),
            outline("https://a.example/"),
            "</outline>",
            '<outline type="link" url="https://page.example/"/>',
            head='<?xml version="1.0" encoding="utf-8"?>\n',
        )
    )
    assert [(row.url, row.tier, row.lang) for row in found.rows] == [
        ("https://a.example/", None, None)
    ]
    assert found.repeated == 1


def test_bare_ampersands_and_other_encodings_are_understood() -> None:
    """Lists written by hand or long ago still name their feeds."""
    bare = listed(outline("https://a.example/?x=1&y=2", "Salt & Steel"))
    assert opml.read(bare).rows[0].url == "https://a.example/?x=1&y=2"
    latin = listed(
        outline("https://a.example/", "Año"), head="<?xml version='1.0' encoding='iso-8859-1'?>"
    )
    assert opml.read(latin.decode().encode("latin-1")).rows[0].name == "Año"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"https://example.com/list.opml", "no well-formed XML"),
        (b"<opml><body>", "no well-formed XML"),
        (b"<rss><channel/></rss>", "its root is <rss>"),
        (b"<opml><body/></opml>", "names no feed"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>', "entities"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (listed(*(outline(f"https://a.example/{n}") for n in range(1_001))), "1,001 feeds"),
        (listed("<a/>" * 50_001), "more than 50,000 elements"),
    ],
)
def test_what_is_no_list_says_so(data: bytes, says: str) -> None:
    """A list is never fetched, however much its text looks like an address."""
    with pytest.raises(InvalidInputError, match=says):
        opml.read(data)
