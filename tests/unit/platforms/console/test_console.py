import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName
from bot.domain.message import FactLine, Link, Message
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from bot.errors import TemporaryDeliveryError
from bot.platforms.console.render import clean, render_message, render_reply
from bot.platforms.console.send import ConsoleNotifier

HERE = Address(platform=PlatformName.CONSOLE, channel="")


def shown(renderable, **more):
    console = Console(file=io.StringIO(), width=100, color_system=None, **more)
    console.print(renderable)
    return console.file.getvalue()


def alert(**more):
    return Message(
        subject="story:7",
        headline=Link(text="Ottawa sets a 25% surtax", url="https://example.com/steel"),
        source="Border Ledger",
        published=datetime(2026, 11, 20, 18, tzinfo=UTC),
        stage=Stage.ANNOUNCED,
        summary="Canada will charge 25 percent.",
        topics=("Steel",),
        tariffs=(FactLine(text="CA → US: 25%", quote="A 25 percent surtax.", note="computed"),),
        conflicts=("Rate: 25%, 20%",),
        source_count=2,
        more_sources=(Link(text="Diario Aduanal", url="https://example.com/acero"),),
        why="topic Steel",
        zone="America/Mexico_City",
        **more,
    )


def test_a_panel_shows_every_part():
    """Headline, source and time in the reader's zone, facts with their sentence, why."""
    text = shown(render_message(alert()))
    for part in (
        "Ottawa sets a 25% surtax",
        "Border Ledger · 20 Nov 2026, 12:00 CST",
        "Canada will charge 25 percent.",
        "• CA → US: 25% (computed)",
        "“A 25 percent surtax.”",
        "Sources disagree: Rate: 25%, 20%",
        "Topics: Steel",
        "Sources: 2",
        "Diario Aduanal",
        "Why you got this: topic Steel",
        "Announced",
    ):
        assert part in text


def test_links_are_real_links_and_only_to_the_web():
    """A terminal that knows links gets them; other schemes are words only."""
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    console.print(render_message(alert()))
    console.print(render_message(Message(subject="s", headline=Link(text="x", url="file:///x"))))
    written = console.file.getvalue()
    assert "https://example.com/steel" in written
    assert "file:///x" not in written


@pytest.mark.parametrize("zone", ["Nowhere/City", "../etc/passwd", "America", ""])
def test_a_zone_the_machine_does_not_know_is_utc(zone):
    """Better a right time in UTC than none."""
    message = Message(
        subject="s", headline=Link(text="x"), published=datetime(2026, 1, 1, tzinfo=UTC), zone=zone
    )
    assert "1 Jan 2026, 00:00 UTC" in shown(render_message(message))


@given(st.text(max_size=80))
def test_no_feed_can_steer_the_terminal(text):
    """No escape, control or direction character and no rich mark-up of a feed gets through."""
    cleaned = clean(text + "\x1b]8;;http://evil.example\x07x\u202e")
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in cleaned)
    assert "\u202e" not in cleaned


def test_mark_up_of_rich_stays_text():
    """Square brackets mean nothing to the reader of a panel."""
    message = Message(subject="s", headline=Link(text="[red]25%[/red] [link=http://x]y[/link]"))
    assert "[red]25%[/red] [link=http://x]y[/link]" in shown(render_message(message))


def test_an_update_says_what_changed():
    """The changes stand with their source and sentence."""
    change = Change(kind=ChangeKind.STAGE, text="In force", quote="Today.", source="Journal")
    text = shown(render_message(alert(changes=(change,), locale="fr")))
    assert "Mise à jour\N{NARROW NO-BREAK SPACE}: Ottawa" in text
    assert "• In force — Journal" in text
    assert "“Today.”" in text


def test_a_reply_has_title_sections_and_what_can_be_asked_next():
    """Buttons of other platforms become commands to type."""
    reply = Reply(
        command="status",
        title="Status",
        sections=(
            Section(heading="Deadlines", lines=(Line(text="Review", note="8 days", quote="By."),)),
        ),
        footer="as of today",
        actions=(Choice(label="Newest", command="latest"),),
    )
    text = shown(render_reply(reply))
    for part in ("Status", "Deadlines", "Review  8 days", "“By.”", "as of today"):
        assert part in text
    assert "→ Newest: /usmca latest" in text


async def test_posts_and_replies_are_panels_and_edits_one_line():
    """What is printed stays printed: an edit only says that the story grew."""
    console = Console(file=io.StringIO(), width=100)
    notifier = ConsoleNotifier(console)
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    await notifier.reply(HERE, receipt, alert(), key="d2-1", broadcast=True)
    await notifier.edit(HERE, receipt, alert(), key="d3-1")
    written = console.file.getvalue()
    assert receipt == Receipt(channel="", message="")
    assert written.count("Why you got this") == 2
    assert "↻ Ottawa sets a 25% surtax (2)" in written
    assert notifier.pace == timedelta(0)


async def test_a_terminal_is_never_asked():
    """Printing again is harmless, so nothing has to be settled."""
    notifier = ConsoleNotifier(Console(file=io.StringIO()))
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert await notifier.settle(HERE, None, key="d1-1", since=since) is None


async def test_an_output_that_cannot_be_written_is_tried_again():
    """A full disk behind the output loses no alert."""

    class Full(io.StringIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    notifier = ConsoleNotifier(Console(file=Full()))
    with pytest.raises(TemporaryDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")
