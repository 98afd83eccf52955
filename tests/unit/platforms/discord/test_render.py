import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from bot.platforms.discord.limits import Part, embed, listed
from bot.platforms.discord.render import render_message, thread_name
from bot.platforms.discord.replies import asked_in, render_reply, render_sentence
from bot.platforms.discord.settle import marker_of
from tests.fakes.discord_checks import embed_size, is_empty, message_errors

HOSTILE = (
    "@everyone @here <@1> <@&1> <#1> [x](http://evil.example) # h ||s|| ```c``` <t:0:R> <:a:1> 😀 "
)
text = st.one_of(st.text(max_size=60), st.sampled_from(["", HOSTILE, HOSTILE * 60, "漢字" * 900]))
url = st.one_of(
    st.none(), st.sampled_from(["https://example.com/a", "javascript:1", "https://e(x"])
)
links = st.builds(Link, text=text, url=url)
facts = st.builds(FactLine, text=text, quote=text, note=text)
changes = st.builds(
    Change, kind=st.sampled_from(ChangeKind), text=text, quote=text, source=text, url=url
)
sections = st.builds(
    MessageSection,
    heading=text,
    lines=st.lists(
        st.builds(MessageLine, text=text, url=url, note=text, quote=text), max_size=9
    ).map(tuple),
)
messages = st.builds(
    Message,
    subject=st.sampled_from(["story:7", "entry:9", "notice:x", ""]),
    headline=links,
    source=text,
    published=st.one_of(st.none(), st.just(datetime(2026, 11, 20, tzinfo=UTC))),
    stage=st.one_of(st.none(), st.sampled_from(Stage)),
    summary=text,
    topics=st.lists(text, max_size=30).map(tuple),
    topic_ids=st.lists(text, max_size=3).map(tuple),
    sections=st.lists(sections, max_size=4).map(tuple),
    tariffs=st.lists(facts, max_size=12).map(tuple),
    deadlines=st.lists(facts, max_size=12).map(tuple),
    conflicts=st.lists(text, max_size=6).map(tuple),
    changes=st.lists(changes, max_size=6).map(tuple),
    source_count=st.integers(1, 500),
    more_sources=st.lists(links, max_size=9).map(tuple),
    why=text,
    locale=st.sampled_from(["en", "es", "fr", "de", ""]),
    notice=st.booleans(),
)
replies = st.builds(
    Reply,
    command=st.just("status"),
    ok=st.booleans(),
    title=text,
    sections=st.lists(
        st.builds(
            Section,
            heading=text,
            lines=st.lists(
                st.builds(Line, text=text, url=url, note=text, quote=text), max_size=12
            ).map(tuple),
        ),
        max_size=5,
    ).map(tuple),
    footer=text,
    actions=st.lists(st.builds(Choice, label=text, command=text), max_size=40).map(tuple),
)


def texts_of(body):
    """Every text a person sees."""
    for embed_made in body.get("embeds", []):
        yield embed_made.get("title", "")
        yield embed_made.get("description", "")
        for field in embed_made.get("fields", []):
            yield field["name"]
            yield field["value"]
    yield body.get("content", "")


def is_good(body):
    """Hold the limits and that nothing in the texts works; True where all of it holds."""
    assert message_errors(body) == {}
    assert not is_empty(body)
    assert body["allowed_mentions"] == {"parse": []}
    json.dumps(body).encode()
    footers = [made["footer"]["text"] for made in body.get("embeds", []) if "footer" in made]
    for shown in [*texts_of(body), *footers]:
        assert re.search(r"@everyone|@here|<@|<#|<:", shown) is None
        assert "](http://evil" not in shown
        assert "http://evil" not in shown
        assert "<t:0" not in shown
    for shown in texts_of(body):  # a footer knows no mark-up
        left = re.sub(r"\\[^0-9A-Za-z\s]", "·", shown)
        assert "||" not in left
        assert "`" not in left
    return True


@settings(max_examples=100)
@given(messages)
def test_every_message_is_within_the_limits_and_harmless(message):
    """Whatever a feed says, Discord takes the message, and nothing in it works."""
    body = render_message(message, marker="d12-3")
    assert is_good(body)
    assert marker_of(body) == "d12-3"
    assert 1 <= len(thread_name(message)) <= 100


@settings(max_examples=100)
@given(replies, st.one_of(text, text.map(lambda one: f"search {one} page:7")))
def test_every_reply_is_within_the_limits_and_harmless(reply, asked):
    """The same for answers and their buttons, whatever was asked."""
    assert is_good(render_reply(reply, asked))


@given(text)
def test_every_sentence_is_within_the_limits_and_harmless(sentence):
    """The same for the bot's own sentences, which may quote what a person wrote."""
    assert is_good(render_sentence(sentence))


def full_message(**more):
    return Message(
        subject="story:7",
        headline=Link(text="Ottawa sets a 25% surtax on steel", url="https://example.com/steel"),
        source="Border Ledger",
        published=datetime(2026, 11, 20, 12, tzinfo=UTC),
        stage=Stage.ANNOUNCED,
        summary="Canada will charge 25 percent on steel from the United States.",
        topics=("Steel and aluminum",),
        tariffs=(FactLine(text="CA → US: 25%", quote="A 25 percent surtax applies to steel."),),
        deadlines=(
            FactLine(
                text="Effective 1 December", quote="It applies on December 1.", note="computed"
            ),
        ),
        conflicts=("Rate: 25% (Border Ledger), 20% (Diario Aduanal)",),
        source_count=3,
        more_sources=(Link(text="Diario Aduanal", url="https://example.com/acero"),),
        why="topic Steel and aluminum: surtax, steel",
        **more,
    )


def test_an_alert_shows_what_happened_and_how_to_check_it():
    """Headline as link, source and time, summary, facts with their sentences, sources, why."""
    body = render_message(full_message(), marker="d1-2")
    (made,) = body["embeds"]
    assert made["title"] == "Ottawa sets a 25% surtax on steel"
    assert made["url"] == "https://example.com/steel"
    assert made["description"].startswith("**Border Ledger** · <t:1795176000:f>\n\nCanada will")
    fields = {field["name"]: field["value"] for field in made["fields"]}
    assert fields["Tariffs"] == "• **CA → US: 25%**\n> A 25 percent surtax applies to steel."
    assert "(computed)" in fields["Deadlines"]
    assert fields["Sources disagree"].startswith("• Rate: 25%")
    assert fields["Stage"] == "Announced"
    assert fields["Topics"] == "Steel and aluminum"
    assert fields["Sources (3)"] == "• [Diario Aduanal](https://example.com/acero)"
    assert fields["Why you got this"] == "topic Steel and aluminum: surtax, steel"
    assert made["footer"]["text"] == "story:7 · d1-2"


@pytest.mark.parametrize(("locale", "label"), [("es", "Aranceles"), ("fr-CA", "Droits de douane")])
def test_labels_are_in_the_channel_s_language(locale, label):
    """The bot's own words follow the destination; the feed's words stay as they are."""
    (made,) = render_message(full_message(locale=locale), marker="m")["embeds"]
    assert made["fields"][0]["name"] == label


def test_an_update_tells_what_changed():
    """In a thread the changes stand in front, each with its sentence and source."""
    change = Change(
        kind=ChangeKind.STAGE,
        text="Now in force",
        quote="The order takes effect today.",
        source="Official Journal",
        url="https://example.com/order",
    )
    (made,) = render_message(full_message(changes=(change,)), marker="m")["embeds"]
    assert made["title"].startswith("Update: Ottawa")
    assert (
        "• Now in force — [Official Journal](https://example.com/order)\n"
        "> The order takes effect today."
    ) in made["description"]


def test_colours_tell_the_stages_apart():
    """Each stage has a colour of its own; notices and unknown stages have theirs."""
    colours = {
        render_message(
            Message(subject="s", headline=Link(text="x"), stage=stage, notice=notice), marker="m"
        )["embeds"][0]["color"]
        for stage, notice in [*((stage, False) for stage in Stage), (None, False), (None, True)]
    }
    assert len(colours) == len(Stage) + 2


def test_what_has_no_room_is_left_out_from_the_end():
    """The first parts matter most; a later small one may still find room."""
    parts = [
        Part(name="a", value="x" * 1000),
        Part(name="b", value="y" * 3000),
        Part(name="c", value="z" * 3000),
        Part(name="d", value=""),
        Part(name="e", value="short"),
    ]
    made = embed(title="t", url=None, description="d", parts=parts, footer="f", colour=1)
    assert [field["name"] for field in made["fields"]] == ["a", "b", "e"]
    assert embed_size(made) <= 6000


def test_an_embed_has_at_most_25_parts():
    """The 26th is left out."""
    parts = [Part(name=str(number), value="x") for number in range(30)]
    made = embed(title="", url=None, description="", parts=parts, footer="", colour=1)
    assert len(made["fields"]) == 25


def test_a_list_says_how_much_is_missing():
    """Whole lines only, and the number of those left out."""
    assert listed(["one", "", "two", "three"], 11) == "one\n… +2"
    assert listed(["one", "two"], 7) == "one\ntwo"
    assert listed(["far too long"], 4) == "… +1"


def test_an_alert_has_its_buttons():
    """What a person can do with it: each button runs a command of the grammar."""
    body = render_message(full_message(topic_ids=("steel",)), marker="m")
    ids = [one["custom_id"] for row in body["components"] for one in row["components"]]
    commands = ("story 7", "why 7", "follow 7", "useful 7", "noise 7", "check 7", "mute steel")
    assert ids == [f"run:{one}" for one in commands]
    assert "components" not in render_message(
        Message(subject="notice:1", headline=Link(text="x"), notice=True), marker="m"
    )


def test_a_reminder_has_a_button_for_each_deadline():
    """Five in a row, as many rows as it takes."""
    names = tuple(str(number) for number in range(31, 39))
    reminder = Message(
        subject="reminder:2026-12-01:7", headline=Link(text="H"), notice=True, settles=names
    )
    rows = render_message(reminder, marker="m")["components"]
    ids = [one["custom_id"] for row in rows for one in row["components"]]
    assert ids == [f"run:deadline {name} handled" for name in names]
    assert [len(row["components"]) for row in rows] == [5, 3]


def test_only_who_a_subscription_asks_for_is_mentioned():
    """The role and the person, by their ids; nobody else, whatever the alert says."""
    asked = (
        Mention(kind=MentionKind.ROLE, id="77"),
        Mention(kind=MentionKind.USER, id="42"),
        Mention(kind=MentionKind.ROLE, id="77"),
        Mention(kind=MentionKind.ROLE, id="S0AB"),
        Mention(kind=MentionKind.HERE),
    )
    body = render_message(full_message(mention=asked), marker="m")
    assert body["content"] == "<@&77> <@42>"
    assert body["allowed_mentions"] == {"parse": [], "roles": ["77"], "users": ["42"]}
    here = render_message(full_message(mention=asked[-1:]), marker="m")
    assert here["allowed_mentions"] == {"parse": []}
    assert "content" not in here


def test_a_digest_shows_its_sections():
    """Headings in bold, stories as links with a quieter note."""
    line = MessageLine(text="Steel", url="https://example.com/s", note="Ledger", quote="It rises.")
    digest = Message(
        subject="digest:1",
        headline=Link(text="Your day"),
        sections=(
            MessageSection(heading="Metals", lines=(line,)),
            MessageSection(lines=(MessageLine(text="More"),)),
        ),
        notice=True,
    )
    (made,) = render_message(digest, marker="m")["embeds"]
    assert made["description"] == (
        "**Metals**\n• [Steel](https://example.com/s) · Ledger\n> It rises.\n• More"
    )


def test_pages_are_turned_both_ways():
    """An older page has a button back; both turn the page instead of adding a message."""
    older = Choice(label="Older", command="latest autos page:3")
    body = render_reply(Reply(command="latest", title="x", actions=(older,)), "latest autos page:2")
    (row,) = body["components"]
    ids = [one["custom_id"] for one in row["components"]]
    assert ids == ["turn:latest autos page:1", "turn:latest autos page:3"]


def test_a_long_query_can_be_paged_too():
    """An id has a hundred characters: the query stands in the footer then, and is read back."""
    query = (
        'search (steel OR aluminum) AND "rules of origin" AND @everyone NOT <@&5> ' + "tariff " * 9
    )
    query = query.strip()
    older = Choice(label="Older", command=f"{query} page:3")
    reply = Reply(command="search", title="x", footer="9 found", actions=(older,))
    body = render_reply(reply, f"{query} page:2")
    assert is_good(body)
    ids = [one["custom_id"] for one in body["components"][0]["components"]]
    assert ids == ["turn:+1", "turn:+3"]
    assert body["embeds"][0]["footer"]["text"].startswith("9 found\n/usmca search (steel")
    assert asked_in(body) == query
    assert asked_in({}) is None
    assert asked_in(render_reply(reply, "search " + "x" * 1900)) is None


def test_a_reply_has_headings_quotes_and_buttons():
    """Sections become bold headings, lines bullets, actions buttons that hold their command."""
    reply = Reply(
        command="deadlines",
        title="Deadlines",
        sections=(
            Section(
                heading="This week",
                lines=(Line(text="Comments close", note="3 days", quote="By 1 December."),),
            ),
            Section(heading="Later", lines=(Line(text="Review"),)),
        ),
        footer="as of today",
        actions=(
            Choice(label="Subscribe", command="subscribe autos"),
            Choice(label="Again", command="subscribe autos"),
            Choice(label="Too long", command="search " + "x" * 100),
            *(Choice(label=str(number), command=f"story {number}") for number in range(30)),
        ),
    )
    body = render_reply(reply)
    (made,) = body["embeds"]
    assert made["description"] == (
        "**This week**\n• Comments close · 3 days\n> By 1 December.\n\n**Later**\n• Review"
    )
    assert made["footer"] == {"text": "as of today"}
    buttons = [button for row in body["components"] for button in row["components"]]
    assert len(buttons) == 25
    assert buttons[0]["custom_id"] == "run:subscribe autos"
    assert buttons[1]["custom_id"] == "run:story 0"
