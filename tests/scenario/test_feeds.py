"""Feeds as people handle them: at the terminal, on Slack and on Discord, over real HTTP."""

import asyncio
import json
import os
import pty
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.feed_server import FeedServer, redirect, respond, rss
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Done, Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_running import ended, logged
from tests.scenario.test_whole_bot import STEEL


def page(*paths: str) -> bytes:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Feed {path}" href="{path}">'
        for path in paths
    )
    return f"<!doctype html><html><head>{links}</head><body>Trade</body></html>".encode()


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Addresses as people find them: feeds, pages, and what is broken."""
    async with FeedServer() as found:
        found.add("/rss", respond(rss(30)))
        found.add("/other", respond(rss(3, words="Steel notice")))
        found.add("/page", respond(page("other")))
        found.add("/pages", respond(page("/rss", "/other")))
        found.add("/bare", respond(page()))
        found.add("/moved", redirect("/rss", 301))
        found.add("/inside", redirect("http://127.0.0.1:9/rss"))
        found.add("/private?token=s3cr3t", respond(rss(1)))
        yield found


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str, server: FeedServer) -> AsyncIterator[Program]:
    """The bot with one configured feed; it may also reach the server of addresses."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        hosts = f"{web.host},127.0.0.1:{server.port}"
        more = {"BOT_ALLOW_HOSTS": hosts, "SLACK_APP_TOKEN": slack.app_token}
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=more)
        bot.configure("ledger")
        yield bot


async def told(program: Program, *arguments: str, code: int = 0) -> Done:
    """Run a command that must end with a code; nothing it says holds the secret."""
    done = await program.run(*arguments)
    assert done.code == code, f"{arguments}\n{done.out}\n{done.err}"
    assert "s3cr3t" not in done.out + done.err
    assert "Traceback" not in done.err
    return done


async def test_an_address_is_looked_at_before_it_is_added(
    program: Program, server: FeedServer
) -> None:
    """What is there in plain words; a bad address is usage, an address without a feed is not."""
    feed = await told(program, "feeds", "check", server.url("/rss"))
    assert "Border Ledger" in feed.out
    assert "RSS 2.0" in feed.out
    assert "30 entries" in feed.out
    (row,) = (await told(program, "feeds", "check", server.url("/page"), "--json")).rows
    assert (row["url"], row["page"], row["format"]) == (
        server.url("/other"),
        server.url("/page"),
        "RSS 2.0",
    )
    pages = await told(program, "feeds", "check", server.url("/pages"))
    assert "Feed /other" in pages.out
    assert (
        "names no feed" in (await told(program, "feeds", "check", server.url("/bare"), code=1)).err
    )
    assert "(404)" in (await told(program, "feeds", "check", server.url("/feed"), code=1)).err
    inside = await told(program, "feeds", "check", server.url("/inside"), code=2)
    assert "this machine" in inside.err
    odd = await told(program, "feeds", "check", "ledger.example/rss", code=2)
    assert "https://ledger.example/rss" in odd.err
    assert {request.path for request in server.requests} == {
        *("/rss", "/page", "/other", "/pages", "/bare", "/feed", "/inside"),
    }


async def test_the_life_of_a_feed_at_the_terminal(program: Program, server: FeedServer) -> None:
    """Added, polled, paused, resumed, removed; a feed of the configuration stays."""
    add = ("feeds", "add")
    made = await told(program, *add, server.url("/rss"), "--name", "Our Ledger", "--interval", "5m")
    assert "our-ledger" in made.out
    again = await told(program, *add, server.url("/moved").replace("/moved", "/rss/"), code=2)
    assert "“Our Ledger” (our-ledger)" in again.err
    several = await told(program, *add, server.url("/pages"), code=2)
    assert server.url("/other") in several.out
    (polled,) = (await told(program, "feeds", "poll", "our-ledger", "--json")).rows
    assert (polled["feed"], polled["outcome"]) == ("our-ledger", "entries")
    assert len(polled["new"]) + polled["skipped"] == 30
    await told(program, "feeds", "pause", "our")
    assert "paused" in (await told(program, "feeds", "poll", "our-ledger", code=2)).err
    await told(program, "feeds", "resume", "our-ledger")
    rows = {row["key"]: row for row in (await told(program, "feeds", "list", "--json")).rows}
    assert set(rows) == {"ledger", "our-ledger"}
    assert (rows["our-ledger"]["owner"], rows["our-ledger"]["origin"]) == (None, "chat")
    assert "feeds.yaml" in (await told(program, "feeds", "remove", "ledger", code=2)).err
    await told(program, "feeds", "remove", "our-ledger")
    assert "no feed" in (await told(program, "feeds", "pause", "our-ledger", code=2)).err


async def test_a_list_comes_in_and_goes_out(
    program: Program, server: FeedServer, tmp_path: Path
) -> None:
    """Refused rows are named, secrets stay unless asked for, and what goes out comes in again."""
    listed = tmp_path / "list.opml"
    urls = [server.url("/rss"), server.url("/rss"), server.url("/private?token=s3cr3t")]
    urls += ["http://10.0.0.1/rss", "ftp://b.example/"]
    outlines = "".join(f'<outline text="F{n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
    listed.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    done = await told(program, "feeds", "import-opml", str(listed))
    assert done.out == "2 added, 1 said twice in the file, 2 refused\n"
    assert "(F3): http://10.0.0.1/rss is refused" in done.err
    assert "(F4): That is no web address" in done.err
    out = await told(program, "feeds", "export-opml")
    assert server.url("/rss") in out.out
    assert "left out" in out.err
    whole = await program.run("feeds", "export-opml", "--with-secrets")
    assert "s3cr3t" in whole.out
    listed.write_text(whole.out)
    again = await told(program, "feeds", "import-opml", str(listed), "--json")
    assert again.rows == [{"added": 0, "already": 3, "repeated": 0, "refused": 0}]
    for text, says in (("no list", "no well-formed XML"), ("<opml/>", "names no feed")):
        listed.write_text(text)
        assert says in (await told(program, "feeds", "import-opml", str(listed), code=2)).err


async def test_a_feed_added_on_slack_is_polled_without_a_restart(program: Program) -> None:
    """Its entries reach that workspace, and Discord neither sees the feed nor hears of it."""
    program.web.show("herald", STEEL)
    process = await program.start("run")
    try:
        await program.slack.connected()
        await logged(process, "running")
        for text in ("subscribe query: *", f"feeds add <{program.web.url('herald')}>"):
            answer = await program.slack.answer(await program.slack.command(text, channel="C1"))
        assert "Added" in json.dumps(answer)
        subscribed = await program.discord.command("subscribe", topics="query: *")
        await subscribed.answered()
        await program.slack.until(lambda: program.slack.messages("C1"), seconds=30)
        assert STEEL[1] in str(program.slack.messages("C1"))
        listing = await program.discord.command("feeds")
        assert "herald (sample)" not in json.dumps(await listing.answered())
        sent = await program.slack.command("feeds herald-sample", channel="C1")
        shown = json.dumps(await program.slack.answer(sent), ensure_ascii=False)
        assert "well" in shown
        assert "of this workspace" in shown
        removed = await program.slack.command("feeds remove herald-sample", channel="C1")
        assert "Removed" in json.dumps(await program.slack.answer(removed))
    finally:
        code, _ = await ended(process)
    assert code == 0
    assert program.discord.messages == []


async def test_feeds_are_added_on_discord_by_its_own_fields(
    program: Program, server: FeedServer
) -> None:
    """The action and the address are options there; what is wrong is answered politely."""
    process = await program.start("run")
    try:
        await logged(process, "running")
        for address, says in (
            (server.url("/page"), "Added"),
            (server.url("/pages"), "which one"),
            ("nonsense", "no web address"),
            (server.url("/nowhere"), "404"),
        ):
            interaction = await program.discord.command("feeds", action="add", feed=address)
            assert says in json.dumps(await interaction.answered())
    finally:
        code, _ = await ended(process)
    assert code == 0


async def test_a_page_is_read_and_a_feed_is_not_taken_for_one(
    program: Program, server: FeedServer
) -> None:
    """`read` takes a page in whatever encoding it says; addresses are refused as for feeds."""
    html = "<html><head><title>Aranceles</title></head><body><p>Año de revisión</p></body></html>"
    latin = {"Content-Type": "text/html; charset=iso-8859-1"}
    server.add("/article", respond(html.encode("latin-1"), headers=latin))
    assert "Año de revisión" in (await told(program, "read", server.url("/article"))).out
    assert "feeds check" in (await told(program, "read", server.url("/rss"), code=2)).err
    assert "this machine" in (await told(program, "read", "http://127.0.0.1:9/x", code=2)).err
    assert "404" in (await told(program, "read", server.url("/nothing"), code=1)).err


async def test_a_failing_feed_is_said_once(program: Program) -> None:
    """`poll` tells it on standard output; the log does not say it again."""
    program.web.feeds.clear()
    program.configure("ledger")
    config = program.folder / "config" / "feeds.yaml"
    config.write_text(config.read_text().replace("ledger.rss", "nothing-here"))
    done = await told(program, "poll", "--once")
    assert done.out.count("404") == 1
    assert "404" not in done.err


async def test_long_work_shows_a_bar_on_a_terminal_only(
    program: Program, server: FeedServer
) -> None:
    """On standard error, which is a terminal here; standard output stays data."""
    rows = "".join(
        f"  - {{id: f{n}, name: F{n}, url: '{server.url(f'/f{n}')}'}}\n" for n in range(12)
    )
    (program.folder / "config" / "feeds.yaml").write_text(f"feeds:\n{rows}")
    for number in range(12):
        server.add(f"/f{number}", respond(rss(1, words=f"Notice {number}")))
    quiet = await told(program, "poll", "--once", "--json")
    assert len(quiet.rows) == 12
    assert "Polling" not in quiet.err
    shown, output = await on_a_terminal(program, "poll", "--once", "--all", "--json")
    assert "Polling feeds" in shown
    assert [json.loads(line)["feed"] for line in output.splitlines()]


async def test_a_round_in_which_nothing_is_due_says_so_on_a_terminal_only(
    program: Program, server: FeedServer
) -> None:
    """A person is told which feed is next, or that none is on; a cron job has nothing to mail."""
    server.add("/calm", respond(rss(1, words="Notice 1")))
    config = program.folder / "config"
    config.mkdir(exist_ok=True)
    row = f"{{id: calm, name: Calm, url: '{server.url('/calm')}', interval: 1h}}"
    (config / "feeds.yaml").write_text(f"feeds: [{row}]\n")
    await told(program, "poll", "--once")
    quiet = await told(program, "poll", "--once")
    assert (quiet.out, quiet.err) == ("", "")
    shown, _ = await on_a_terminal(program, "poll", "--once")
    assert "no feed is due; calm is next, in" in shown
    (config / "feeds.yaml").write_text("feeds: []\n")
    shown, _ = await on_a_terminal(program, "poll", "--once", "--all")
    assert "no feed is on: `usmca-bot feeds add URL`" in shown


async def on_a_terminal(program: Program, *arguments: str) -> tuple[str, str]:
    """Run a command whose standard error is a terminal; returns what stood there, and its output."""
    ours, theirs = pty.openpty()
    process = await program.start(*arguments, stderr=theirs)
    os.close(theirs)
    shown, (out, _) = await asyncio.gather(
        asyncio.to_thread(_to_its_end, ours), asyncio.wait_for(process.communicate(), 120)
    )
    return shown.decode("utf-8", "replace"), out.decode()


def _to_its_end(terminal: int) -> bytes:
    shown = b""
    try:
        while piece := os.read(terminal, 65_536):
            shown += piece
    except OSError:  # Linux's word for the end of a terminal
        os.close(terminal)
    return shown
