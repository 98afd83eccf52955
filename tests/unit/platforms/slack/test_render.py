import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from bot.platforms.slack.home import render_home
from bot.platforms.slack.render import render_message
from bot.platforms.slack.replies import render_reply, render_sentence
from tests.fakes.slack_blocks import buttons, complaint, links, options, shown, view_complaint
from tests.unit.platforms.slack.hostile import homes, messages, replies

MESSAGE = Message(
    subject="story:7",
    headline=Link(text="Canada sets 25% on steel & pipes", url="https://example.com/steel"),
    source="Border Ledger",
    published=datetime(2026, 11, 20, 20, 5, tzinfo=UTC),
    stage=Stage.SIGNED,
    summary="Ottawa signed an order. It covers steel pipes.",
    topics=("Steel", "Canada"),
    topic_ids=("steel", "canada"),
    tariffs=(
        FactLine(
            text="25 % by Canada on steel",
            quote="The order sets 25% on steel pipes.",
            note="raised",
        ),
    ),
    deadlines=(FactLine(text="Comments close 2026-12-15", quote="Comments close on 15 December."),),
    conflicts=("Diario Aduanal says 20 %",),
    source_count=4,
    more_sources=(
        Link(text="Diario Aduanal", url="https://example.com/diario"),
        Link(text="Wire Sample", url=None),
    ),
    why="You follow steel; matched: steel pipes",
    zone="America/Mexico_City",
    locale="es",
)

_ACTIVE = re.compile("<(?!\u2060)(?:[@#!]|[^\\s<>]*[|:])")


def _inert(payload) -> bool:
    """No string of the payload begins a mention or a link, wherever Slack might parse it."""
    assert complaint(json.loads(json.dumps(payload.as_json()["blocks"]))) is None
    assert "<" not in payload.text
    assert 0 < len(payload.text) <= 4000
    assert not _ACTIVE.search(shown(payload.as_json()["blocks"]))
    for block in payload.blocks:
        assert "mrkdwn" not in json.dumps(block)
    for _, url in links(payload.as_json()["blocks"]):
        assert url.startswith(("http://", "https://"))
    return True


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_every_message_is_valid_and_inert(message):
    """Hostile and huge messages stay within Slack's limits and nothing in them works."""
    assert _inert(render_message(message))
    assert _inert(render_message(message, in_thread=True))


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(replies)
def test_every_reply_is_valid_and_inert(reply):
    """So do replies."""
    assert _inert(render_reply(reply))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(homes)
def test_every_home_is_valid(home):
    """Whatever the answers, Slack takes the view made of them."""
    view = render_home(home)
    assert view_complaint(json.loads(json.dumps(view))) is None


def test_a_message_shows_everything_asked_for():
    """Headline, source, time in the zone, stage, summary, facts with sentences, sources and why."""
    payload = render_message(MESSAGE)
    text = shown(payload.blocks)
    for part in (
        "Canada sets 25% on steel & pipes",
        "Border Ledger · 20 nov 2026, 14:05 CST · Etapa: Firmado · Fuentes: 4",
        "Ottawa signed an order. It covers steel pipes.",
        "25 % by Canada on steel",
        " (raised)",
        "The order sets 25% on steel pipes.",
        "Comments close 2026-12-15",
        "Comments close on 15 December.",
        "Las fuentes no coinciden",
        "Diario Aduanal says 20 %",
        "Wire Sample",
        "Temas: Steel, Canada",
        "Por qué recibe esto: You follow steel; matched: steel pipes",
    ):
        assert part in text
    assert links(payload.blocks) == [
        ("Canada sets 25% on steel & pipes", "https://example.com/steel"),
        ("Diario Aduanal", "https://example.com/diario"),
    ]
    assert [one["value"] for one in buttons(payload.blocks)] == [
        *("follow 7", "why 7", "check 7", "useful 7", "noise 7", "mute steel"),
    ]
    assert [one["value"] for one in options(payload.blocks)] == ["story 7", "mute canada"]


def test_the_fallback_text_reads_alone():
    """A notification tells headline, source and summary, escaped."""
    assert render_message(MESSAGE).text == (
        "Canada sets 25% on steel &amp; pipes — Border Ledger — "
        "Ottawa signed an order. It covers steel pipes."
    )


def test_without_a_deadline_nothing_asks_whether_it_is_wrong():
    """The button stands only on alerts that state one."""
    plain = replace(MESSAGE, deadlines=(), topics=(), topic_ids=())
    values = [one["value"] for one in buttons(render_message(plain).blocks)]
    assert values == ["follow 7", "why 7", "useful 7", "noise 7"]


def test_a_mention_is_only_the_subscriptions_own():
    """Who a subscription calls is called by an element of its own; an odd id calls nobody."""
    called = (
        Mention(kind=MentionKind.USER, id="U123"),
        Mention(kind=MentionKind.ROLE, id="S7"),
        Mention(kind=MentionKind.HERE),
        Mention(kind=MentionKind.USER, id="<!channel>"),
    )
    first = render_message(replace(MESSAGE, mention=called)).blocks[0]
    leaves = [one for one in first["elements"][0]["elements"] if one["type"] != "text"]
    assert leaves == [
        {"type": "user", "user_id": "U123"},
        {"type": "usergroup", "usergroup_id": "S7"},
        {"type": "broadcast", "range": "here"},
    ]


def test_a_digest_shows_its_sections():
    """Stories stand under their headings, each with its link, note and sentence."""
    lines = (MessageLine(text="Steel", url="https://example.com/s", note="2 sources", quote="So."),)
    digest = Message(
        subject="notice:digest",
        headline=Link(text="Your day"),
        sections=(MessageSection(heading="Tariffs", lines=lines), MessageSection(lines=lines)),
        notice=True,
    )
    payload = render_message(digest)
    assert shown(payload.blocks).splitlines() == [
        *("Your day", "Tariffs", "• ", "Steel", " — 2 sources", "So."),
        *("• ", "Steel", " — 2 sources", "So."),
    ]


def test_a_reply_in_a_thread_tells_what_changed():
    """Only the headline, its source and the changes with their sentences are told."""
    change = Change(
        kind=ChangeKind.STAGE,
        text="Now in force",
        quote="The order took effect today.",
        source="Wire Sample",
        url="https://example.com/wire",
    )
    update = Message(
        subject="story:7",
        headline=Link(text="Canada sets 25%", url="https://example.com/steel"),
        summary="The summary.",
        changes=(change,),
        locale="fr",
    )
    payload = render_message(update, in_thread=True)
    assert shown(payload.blocks).splitlines() == [
        "Canada sets 25%",
        "Ce qui a changé",
        "• Now in force",
        " — ",
        "Wire Sample",
        "The order took effect today.",
    ]
    assert payload.text == "Mise à jour : Canada sets 25% — Now in force"


def test_many_facts_are_counted():
    """Facts beyond the room of their part are counted."""
    many = tuple(FactLine(text=f"Fact {n}", quote="A sentence. " * 30) for n in range(12))
    message = Message(subject="x", headline=Link(text="H"), tariffs=many)
    text = shown(render_message(message).blocks)
    assert "Fact 4" in text
    assert "and 7 more" in text


def test_a_notice_has_no_buttons():
    """The bot's own words carry neither buttons nor a byline."""
    notice = Message(subject="notice:flood", headline=Link(text="12 entries held"), notice=True)
    payload = render_message(notice)
    assert [block["type"] for block in payload.blocks] == ["rich_text"]


def test_a_reminder_has_a_button_for_each_deadline():
    """All of them stand in one row."""
    names = tuple(str(number) for number in range(31, 39))
    reminder = Message(
        subject="reminder:2026-12-01:7", headline=Link(text="H"), notice=True, settles=names
    )
    (row,) = [b for b in render_message(reminder).blocks if b["type"] == "actions"]
    assert [b["value"] for b in row["elements"]] == [f"deadline {n} handled" for n in names]


@pytest.mark.parametrize("text", ["", " ", "\x00"])
def test_nothing_to_say_is_still_a_message(text):
    """Slack takes no empty text: an ellipsis stands for it."""
    message = Message(subject="x", headline=Link(text=text))
    assert render_message(message).text == "…"
    assert render_reply(Reply(command="help", title=text)).text == "…"
    assert render_sentence(text).text == "…"


def test_a_reply_shows_lines_links_notes_and_quotes():
    """A reply's parts come in their order, its choices as buttons that carry commands."""
    reply = Reply(
        command="deadlines",
        title="Next deadlines",
        sections=(
            Section(
                heading="Comments",
                lines=(
                    Line(
                        text="Steel comments",
                        url="https://example.com/d",
                        note="in 3 days",
                        quote="Comments close on 15 December.",
                    ),
                ),
            ),
        ),
        footer="As of 20 Nov",
        actions=(Choice(label="More", command="deadlines page:2"),),
    )
    payload = render_reply(reply)
    assert shown(payload.blocks).splitlines() == [
        "Next deadlines",
        "Comments",
        "Steel comments",
        " — in 3 days",
        "Comments close on 15 December.",
        "As of 20 Nov",
        "More",
    ]
    assert buttons(payload.blocks)[0]["value"] == "deadlines page:2"
    assert buttons(payload.blocks)[0]["action_id"] == "run:0"


def test_a_long_reply_ends_with_an_ellipsis_before_its_footer():
    """Lines without room are left out, visibly, and the footer stays."""
    lines = tuple(Line(text=f"Story {n}", note="a note " * 20) for n in range(200))
    payload = render_reply(Reply(command="latest", sections=(Section(lines=lines),), footer="End"))
    assert shown(payload.blocks).splitlines()[-2:] == ["…", "End"]
