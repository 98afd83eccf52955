"""Secrets are put everywhere a secret may stand, and every failure is driven: none shows anywhere."""

import gzip
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.preloaded import Preloaded
from tests.scenario.program import Done, Program
from tests.scenario.sample_web import SampleWeb

TITLE = "United States to impose a 25 percent tariff on Canadian steel"
TEXT = "The duty on steel from Canada takes effect on December 1, 2026."

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-canary-slack-bot",
    "SLACK_APP_TOKEN": "xapp-canary-slack-app",
    "SLACK_SIGNING_SECRET": "canarysigning",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "canaryclient",
    "DISCORD_TOKEN": "canary-discord-token",
    "BOT_SECRET_KEYS": "canarycanarycanarycanarycanarycanarycanaryA=",
    "DESK_URL": "http://canary-user:canary-word@127.0.0.1:9/hooks/canary-path?sig=canary-sig",
    "DESK_SECRET": "canary-desk-secret",
    "MAIL_URL": "mailto://canary-mail:canary-word@127.0.0.1:9/?to=desk@example.com&mode=insecure",
    "ROOM_URL": "workflows://127.0.0.1:9/canaryflow/canarysignature?verify=no",
    "LOG_LEVEL": "DEBUG",
}
PLACES = ("console", "slack:C1", "discord:111", "webhook:desk", "apprise:mail", "apprise:room")


def feeds(web: SampleWeb) -> str:
    """Feeds that work, are missing, refuse, are no feeds, or cannot be reached; all with secrets."""
    host = web.host
    urls = {
        "works": f"http://{host}/ledger.rss?token=canary-works",
        "signed": f"http://canary-name:canary-pass@{host}/signed.rss",
        "missing": f"http://{host}/none?token=canary-missing",
        "refuses": "http://127.0.0.1:9/feed.rss?token=canary-refuses",
        "nowhere": "http://canary-name:canary-pass@nowhere.invalid/feed?key=canary-nowhere",
        "private": "http://10.0.0.1/feed.rss?token=canary-private",
    }
    rows = "\n".join(
        f"  - {{id: {name}, name: {name} sample, url: '{url}', lang: en}}"
        for name, url in urls.items()
    )
    return f"feeds:\n{rows}\n"


@pytest.fixture(scope="module")
def preloaded() -> Iterator[Preloaded]:
    made = Preloaded()
    yield made
    made.close()


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str, preloaded: Preloaded) -> AsyncIterator[Program]:
    """A bot whose tokens are wrong and whose services are not there."""
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(SampleWeb())
        slack = await stack.enter_async_context(FakeSlack())
        discord = await stack.enter_async_context(FakeDiscord())
        web.show("ledger", ("s1", TITLE, TEXT))
        web.show("signed", ("s2", f"{TITLE} again", TEXT))
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=SECRETS, preloaded=preloaded)
        bot.configure()
        (tmp_path / "config" / "feeds.yaml").write_text(feeds(web))
        subscribed = "".join(f"  - {{to: '{to}', query: '*', group: entry}}\n" for to in PLACES)
        (tmp_path / "config" / "bot.yaml").write_text(
            "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s}\n"
            "webhooks: {desk: {url: '${DESK_URL}', secret: '${DESK_SECRET}'}}\n"
            "apprise: {mail: {url: '${MAIL_URL}'}, room: {url: '${ROOM_URL}'}}\n"
            f"subscriptions:\n{subscribed}"
        )
        yield bot


def clean(done: Done) -> Done:
    """Hold that neither the results nor the logs of a command show a secret."""
    for text in (done.out, done.err):
        at = text.lower().find("canary")
        assert at < 0, text[max(0, at - 300) : at + 100]
    return done


async def test_no_secret_shows_in_any_failure(program: Program, tmp_path: Path) -> None:
    """Logs at DEBUG, errors, replies, lists, exports, the backup and the database itself."""
    polled = clean(await program.run("poll", "--once", "--all", "--drain", "1"))
    assert "signed: entries, 1 new" in polled.out
    assert "private: blocked" in polled.out
    stored = "https://canary-stored:canary-word@127.0.0.1:9/in/canary?sig=canary"
    clean(await program.run("services", "add", "webhook:kept", said=f"{stored}\n"))
    url = f"http://{program.web.host}/chat.rss?token=canary-chat"
    program.web.show("chat", ("c1", "A third steel act", TEXT))
    clean(await program.run("feeds", "add", url))
    for service in ("webhook:kept", "apprise:room"):
        assert clean(await program.run("services", "test", service)).code == 1
    clean(await program.run("ask", "/usmca feeds"))
    clean(await program.run("ask", "/usmca deliveries", "--as", "slack:T1/U1/C1", "--json"))
    clean(await program.run("poll", "--once", "--all", "--json", "--drain", "1"))
    listed = clean(await program.run("deliveries", "list"))
    for command in (["feeds", "list"], ["services", "list"]):
        clean(await program.run(*command))
    for shape in ("csv", "json"):
        told = clean(await program.run("deliveries", "export", "--format", shape))
        assert TITLE in told.out
    assert "All rows hold" in clean(await program.run("deliveries", "verify")).out
    clean(await program.run("backup", "bot.backup"))
    kept = gzip.decompress((tmp_path / "bot.backup").read_bytes())
    assert b"Canadian steel" in kept
    assert b"canary" not in kept.lower()
    assert b"canary" not in (tmp_path / "bot.db").read_bytes().lower()
    assert listed.code == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"BOT_DATABASE_URL": "postgresql://me:canary-db@127.0.0.1:9/bot?application_name=canary"},
        {"BOT_DATABASE_URL": "mysql://me:canary-db@127.0.0.1/bot"},
        {"BOT_DATABASE_URL": "canary-no-url"},
        {"BOT_SECRET_KEYS": "canary-no-key"},
        {"SLACK_BOT_TOKEN": "xoxb canary with spaces"},
        {"DISCORD_TOKEN": "'canary quoted'"},
        {"DESK_URL": "canary://desk"},
        {"ROOM_URL": "canary"},
    ],
    ids="-".join,
)
async def test_no_secret_shows_where_the_configuration_is_wrong(
    program: Program, wrong: dict[str, str]
) -> None:
    """The sentence names the variable or its service, never what stands in it."""
    program.more = {**SECRETS, **wrong}
    done = clean(await program.run("poll", "--once", "--drain", "1"))
    (variable,) = wrong
    named = {"DESK_URL": "The webhook desk", "ROOM_URL": "service room"}.get(variable, variable)
    assert named in done.out + done.err


async def test_no_secret_shows_where_the_database_is_of_another_key(
    program: Program, tmp_path: Path
) -> None:
    """What is sealed stays so, and what it stops names the variable; configured feeds are polled."""
    clean(await program.run("poll", "--once", "--all", "--drain", "1"))
    program.more = {**SECRETS, "BOT_SECRET_KEYS": "CANARYCANARYCANARYCANARYCANARYCANARYCANARYA="}
    for command in (["db", "check"], ["deliveries", "verify"]):
        done = clean(await program.run(*command))
        assert done.code != 0
        assert "BOT_SECRET_KEYS" in done.out + done.err
    polled = clean(await program.run("poll", "--once", "--all"))
    assert (polled.code, "works: not modified" in polled.out) == (0, True)
    (tmp_path / "bot.db").write_bytes(b"canary, and no database" * 100)
    clean(await program.run("poll", "--once"))
    clean(await program.run("backup", "other.backup"))
