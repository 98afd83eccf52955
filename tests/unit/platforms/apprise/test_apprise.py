import logging
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName
from bot.domain.message import FactLine, Link, Message
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnsettledError
from bot.platforms.apprise.clean import clean
from bot.platforms.apprise.render import Format, render_body, render_title
from bot.platforms.apprise.send import AppriseNotifier

SECRET = "s3cr3t-path"


def to(name):
    return Address(platform=PlatformName.APPRISE, channel=name)


def alert(**more):
    return Message(
        subject="story:7",
        headline=Link(text="Ottawa sets a 25% surtax", url="https://example.com/steel"),
        source="Border Ledger",
        published=datetime(2026, 11, 20, 18, tzinfo=UTC),
        stage=Stage.ANNOUNCED,
        summary="Canada will charge 25 percent & more.",
        topics=("Steel",),
        tariffs=(FactLine(text="CA → US: 25%", quote="A 25 percent surtax."),),
        conflicts=("Rate: 25%, 20%",),
        source_count=2,
        more_sources=(Link(text="Diario Aduanal", url="https://example.com/acero"),),
        why="topic Steel",
        **more,
    )


@pytest.fixture
async def hook():
    """A service that takes what is posted, or answers 500 while `broken` is set."""
    app = web.Application()
    taken = []
    state = {"broken": False}

    async def take(request):
        if state["broken"]:
            return web.Response(status=500)
        taken.append(await request.json())
        return web.Response()

    app.router.add_post(f"/{SECRET}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"json://127.0.0.1:{runner.addresses[0][1]}/{SECRET}", taken, state
    await runner.cleanup()


@pytest.fixture
def notifier(hook):
    addresses = {
        "desk": hook[0],
        "bad": f"nonsense://{SECRET}",
        "away": f"json://127.0.0.1:1/{SECRET}",
    }

    async def url_for(name):
        return addresses.get(name)

    return AppriseNotifier(url_for)


async def test_a_message_reaches_the_service(hook, notifier):
    """Title and body as plain text; there is no message to refer to later."""
    receipt = await notifier.post(to("desk"), alert(), key="d1-1")
    (taken,) = hook[1]
    assert receipt == Receipt(channel="desk", message="")
    assert taken["title"] == "Ottawa sets a 25% surtax"
    assert "https://example.com/steel\nCanada will charge 25 percent & more." in taken["message"]


async def test_an_update_is_a_message_and_an_edit_none(hook, notifier):
    """What was mailed cannot be edited; what changed is told by itself."""
    posted = await notifier.post(to("desk"), alert(), key="d1-1")
    assert await notifier.edit(to("desk"), posted, alert(), key="d2-1") == posted
    change = Change(kind=ChangeKind.STAGE, text="In force", url="https://example.com/order")
    await notifier.reply(to("desk"), posted, alert(changes=(change,)), key="d3-1", broadcast=True)
    assert [one["title"] for one in hook[1]] == [
        "Ottawa sets a 25% surtax",
        "Update: Ottawa sets a 25% surtax",
    ]


async def test_a_failing_service_is_tried_again(hook, notifier):
    """Apprise does not say why; the outbox tries until it works."""
    hook[2]["broken"] = True
    with pytest.raises(TemporaryDeliveryError):
        await notifier.post(to("desk"), alert(), key="d1-1")
    hook[2]["broken"] = False
    await notifier.post(to("desk"), alert(), key="d1-1")
    assert len(hook[1]) == 1


@pytest.mark.parametrize("name", ["bad", "unknown"])
async def test_a_name_without_a_good_address_says_what_to_mend(notifier, name):
    """The sentence names bot.yaml and the service, never its address."""
    with pytest.raises(PermanentDeliveryError, match=r"bot\.yaml") as caught:
        await notifier.post(to(name), alert(), key="d1-1")
    assert SECRET not in str(caught.value)


async def test_addresses_never_reach_logs_or_errors(notifier, hook, caplog):
    """Apprise and urllib3 write whole addresses; both are silenced."""
    caplog.set_level(logging.DEBUG)
    hook[2]["broken"] = True
    for name in ("desk", "away", "bad"):
        with pytest.raises((TemporaryDeliveryError, PermanentDeliveryError)) as caught:
            await notifier.post(to(name), alert(), key="d1-1")
        assert SECRET not in repr(caught.value)
    assert SECRET not in caplog.text


async def test_nothing_can_be_asked(notifier):
    """No service behind Apprise tells whether it took a message."""
    with pytest.raises(UnsettledError):
        await notifier.settle(to("desk"), None, key="d1-1", since=datetime(2026, 1, 1, tzinfo=UTC))
    assert notifier.pace == timedelta(seconds=1)


def test_the_text_holds_every_part():
    """In the destination's language, with the sentences the facts rest on."""
    text = render_body(alert(locale="es", zone="America/Monterrey"))
    for part in (
        "Border Ledger · 20 nov 2026, 12:00 CST",
        "Aranceles:\n- CA → US: 25%\n  “A 25 percent surtax.”",
        "Las fuentes no coinciden: Rate: 25%, 20%",
        "Etapa: Anunciado",
        "Temas: Steel",
        "Fuentes: 2\n- Diario Aduanal\n  https://example.com/acero",
        "Por qué recibe esto: topic Steel",
    ):
        assert part in text


@pytest.mark.parametrize("zone", ["Nowhere", "America"])
def test_odd_addresses_and_zones_are_left_out(zone):
    """Only plain web addresses stand in the text; an unknown zone is UTC."""
    message = Message(
        subject="s",
        headline=Link(text="x", url="https://e.example/<b>"),
        published=datetime(2026, 1, 1, tzinfo=UTC),
        zone=zone,
    )
    assert render_body(message) == "1 Jan 2026, 00:00 UTC"


HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            [
                "<b>",
                "<@1>",
                "@everyone",
                "@channel",
                "[x](http://e)",
                "http://e",
                "\x1b",
                "&lt;",
                "**",
            ]
        ),
    )
).map("".join)


class _Tags(HTMLParser):
    """Collects the tags, the addresses and the text of a body."""

    def __init__(self, body):
        super().__init__()
        self.tags, self.links, self.text = set(), set(), []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links |= {value for name, value in attrs if name in {"href", "src"}}

    def handle_data(self, data):
        self.text.append(data)


def test_html_holds_every_part_and_our_tags_only():
    """What a mail program shows: headings, points, quotes, and links that are the sources' own."""
    page = _Tags(render_body(alert(), Format.HTML))
    text = " ".join(" ".join(page.text).split())
    for part in ("Border Ledger · 20 Nov 2026, 18:00 UTC", "Tariffs", "“A 25 percent surtax.”"):
        assert part in text
    assert page.links == {"https://example.com/steel", "https://example.com/acero"}


@given(HOSTILE)
def test_no_text_of_a_feed_makes_html(text):
    """Whatever a feed writes is text: the tags and links are those of the template."""
    message = Message(
        subject="s",
        headline=Link(text=text, url="https://example.com/a"),
        source=text,
        summary=text,
        topics=(text,),
        tariffs=(FactLine(text=text, quote=text, note=text),),
        conflicts=(text,),
        why=text,
    )
    page = _Tags(render_body(message, Format.HTML))
    assert page.tags <= {"div", "p", "a", "b", "h3", "ul", "li", "br", "i"}
    assert page.links == {"https://example.com/a"}
    title = _Tags(render_title(message, Format.HTML, inline=True))
    assert title.tags == set()


@given(HOSTILE)
def test_no_text_of_a_feed_makes_markdown(text):
    """Every sign that Markdown acts on has a backslash before it, but for ours."""
    message = Message(subject="s", headline=Link(text=text), summary=text)
    body = render_body(message, Format.MARKDOWN)
    assert re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]~|#>]", body) is None
    title = render_title(message, Format.MARKDOWN, inline=True)
    assert re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]~|#>]", title) is None


@given(HOSTILE)
def test_nothing_of_a_feed_works_in_any_service(text):
    """Tags, mentions, masked and bare links are torn, whatever the service makes of text."""
    shown = clean(text, 200)
    assert re.search(r"<[\w@/]|@everyone|@channel|\]\(|https?://", shown, re.IGNORECASE) is None
    assert render_title(Message(subject="s", headline=Link(text=text))) == clean(text, 200)
