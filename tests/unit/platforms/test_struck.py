"""A date that was replaced is crossed out on every platform, before the one that holds."""

from rich.console import Console

from bot.commands.exchange import Line, Reply, Section
from bot.platforms.console.render import render_reply as on_console
from bot.platforms.discord.replies import render_reply as on_discord
from bot.platforms.slack.replies import render_reply as on_slack

REPLY = Reply(
    command="deadlines",
    sections=(Section(lines=(Line(text="15 Dec 2026", struck="1 Dec 2026"),)),),
)


def test_slack_strikes_it() -> None:
    """As a style of rich text, so that nothing in the words can break it."""
    struck = {"type": "text", "text": "1 Dec 2026", "style": {"strike": True}}
    assert str(struck)[1:-1] in str(on_slack(REPLY))


def test_discord_strikes_it() -> None:
    """With its own mark-up around the escaped words."""
    assert "~~1 Dec 2026~~ 15 Dec 2026" in str(on_discord(REPLY))


def test_the_terminal_strikes_it() -> None:
    """As a style that the terminal knows."""
    console = Console(force_terminal=True, color_system="standard", width=80)
    with console.capture() as taken:
        console.print(on_console(REPLY))
    assert "\x1b[2;9m1 Dec 2026" in taken.get()


def test_plain_text_strikes_it() -> None:
    """Where there is no mark-up at all."""
    assert REPLY.text == "~1 Dec 2026~ 15 Dec 2026"
