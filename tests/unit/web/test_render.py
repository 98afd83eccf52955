import html
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.domain.feed import Tier
from bot.domain.story import Source
from bot.web.highlight import MOST, marked
from bot.web.render import FILES, Assets, count, environment, linked, web_address
from bot.web.story import EntryRow, entry_rows
from bot.web.today import StoryRow
from bot.web.visit import Visit
from tests.fakes.members import member
from tests.fakes.views import NOW, view
from tests.samples import story

HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)",
        "' onmouseover='alert(1)",
        "</title><svg/onload=alert(1)>",
        "{{ 7*7 }}{% raw %}",
        "\x00\u202e&lt;b&gt;",
    ]
)
TAGS = {"article", "h3", "a", "p", "span", "time", "div"}


class Tags(HTMLParser):
    """What a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def rendered(**fields: object) -> str:
    made = story(1, **fields)
    macros = environment().get_template("parts.html").module
    return str(macros.story(view(), StoryRow(story=made, tariffs=(), deadlines=())))


@given(headline=HOSTILE, summary=HOSTILE, source=HOSTILE, url=HOSTILE, topic=HOSTILE)
def test_what_a_feed_says_is_only_ever_text(
    headline: str, summary: str, source: str, url: str, topic: str
) -> None:
    """Whatever a feed writes: no tag, no attribute and no address of it gets into the page."""
    text = rendered(headline=headline, summary=summary, source=source, url=url, topics=(topic,))
    for tag, attributes in Tags(text).found:
        assert tag in TAGS
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert (attributes.get("href") or "/").startswith(("/", "http://", "https://"))


@given(st.text(max_size=200))
def test_a_link_leads_to_the_web_or_nowhere(url: str) -> None:
    """Only http and https with a host; everything else is shown as text without a link."""
    found = Tags(linked("words", url)).found
    assert [attributes["href"] for _, attributes in found] == ([url] if web_address(url) else [])
    assert all(url.startswith(("http://", "https://")) for _ in found)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//example.com",
        "http://",
        "https://example.com/a b",
        'https://example.com/"x',
        "http://[::1",
        "ftp://example.com",
        "",
        None,
        "https://example.com/" + "x" * 5_000,
    ],
)
def test_addresses_that_are_no_links(url: str | None) -> None:
    """Other schemes, no host, white space, quotes, no end."""
    assert web_address(url) == ""


def test_a_link_tells_nothing_about_where_it_came_from() -> None:
    """It opens no way back and sends no referrer."""
    link = linked("A & B", "https://example.com/?a=1&b=2")
    ((_, attributes),) = Tags(link).found
    assert attributes["href"] == "https://example.com/?a=1&b=2"
    assert "noopener" in (attributes["rel"] or "")
    assert "A &amp; B" in link


@given(text=st.text(max_size=300), sentences=st.lists(st.text(max_size=40), max_size=5))
def test_marking_changes_no_letter(text: str, sentences: list[str]) -> None:
    """Without its marks the text is the one that was given, and nothing of it is mark-up."""
    shown = marked(text, [*sentences, text[10:40]])
    plain = shown.text.replace(Markup("<mark>"), "").replace(Markup("</mark>"), "")
    assert html.unescape(str(plain)) == html.unescape(html.escape(text))
    assert shown.text.count("<mark>") == shown.text.count("</mark>") == shown.marks


def test_a_sentence_is_found_across_line_breaks() -> None:
    """White space may differ, overlapping sentences become one mark, a long text is cut."""
    shown = marked("A duty\nof 25 % applies. More.", ["A duty of 25 % applies.", "applies. More."])
    assert shown.text == "<mark>A duty\nof 25 % applies. More.</mark>"
    assert shown.marks == 1
    assert marked("x" * (MOST + 1), []).cut


def test_an_address_of_this_page_with_a_part_changed() -> None:
    """Other parts stay, what is None goes, and the choice of language and colours is not repeated."""
    here = view(path="/deadlines", query={"topic": "steel", "page": "2", "lang": "es"})
    assert here.here(page=None) == "/deadlines?topic=steel"
    assert here.here(country="CA") == "/deadlines?topic=steel&page=2&country=CA"
    assert view().here() == "/"


def test_a_calendars_address_has_a_key_where_reading_is_closed() -> None:
    """Only for operators: a visitor who may not read gets none, and an open machine needs none."""
    keyed = Visit(operator=True, keyed=True)
    away = view(visit=keyed, read_key=lambda path: f"key-of-{path}")
    assert away.subscribe("/x.ics", topic="steel") == "/x.ics?topic=steel&key=key-of-%2Fx.ics"
    assert view(visit=Visit(operator=True)).subscribe("/x.ics") == "/x.ics"


def test_files_get_an_address_that_changes_with_them() -> None:
    """The sheet, the scripts and the icon are there, each with a version."""
    assets = Assets(FILES)
    for name in ("site.css", "site.js", "icon.svg", "vendor/htmx.min.js"):
        assert assets.address(name).startswith(f"/static/{name}?v=")
    with pytest.raises(KeyError):
        assets.address("nothing.css")


def test_an_entry_shows_what_it_changed() -> None:
    """A change stands at the entry that brought it; the first entry opened the story."""
    from bot.domain.alert import Alert
    from bot.domain.ids import AlertId, StoryId
    from bot.domain.story import Change, ChangeKind, Telling

    change = Change(kind=ChangeKind.RATE, text="Rate: 10 % → 25 %")
    more = Change(kind=ChangeKind.MORE_SOURCES, text="2 sources")
    alert = Alert(
        id=AlertId(1),
        story_id=StoryId(1),
        entry_id=member(2).entry_id,
        revision=2,
        telling=Telling.UPDATE,
        changes=(change, more),
        created_at=NOW,
    )
    rows: list[EntryRow] = entry_rows([member(1), member(2)], [alert], view())
    assert [row.first for row in rows] == [True, False]
    assert [row.changes for row in rows] == [(), (change,)]
    assert rows[0].text is None
    parts = (("before", "10 %"), ("after", "25 %"))
    spoken = replace(alert, changes=(replace(change, parts=parts),))
    (changed,) = entry_rows([member(1), member(2)], [spoken], view(lang="fr"))[1].changes
    assert changed.text == "Taux : 10 % → 25 %"


def test_a_story_of_many_sources_says_how_many() -> None:
    """The card names the first and counts all."""
    sources = tuple(
        Source(name=f"Paper {n}", url=None, tier=Tier.GENERAL, published=None) for n in range(3)
    )
    assert "3 sources" in rendered(sources=sources)


def test_one_is_counted_as_one() -> None:
    """Also where the words have further fields."""
    assert count(1, ("1 alert", "{n} alerts")) == "1 alert"
    assert count(0, ("1 alert", "{n} alerts")) == "0 alerts"
    assert count(2, ("1 of {of}", "{n} of {of}"), of=5) == "2 of 5"
