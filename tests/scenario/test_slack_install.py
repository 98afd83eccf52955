"""Many workspaces: installs over real HTTP, sealed tokens, removals, and what they do to places."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import sqlalchemy as sa
from aiohttp.test_utils import unused_port

from bot.commands.exchange import Reply, Request
from bot.domain.destination import (
    Address,
    Destination,
    DestinationState,
    PlatformName,
    Wish,
)
from bot.domain.feed import Origin
from bot.domain.message import Link, Message
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.listen import SlackListener
from bot.platforms.slack.oauth import SlackInstall
from bot.platforms.slack.send import SlackNotifier
from bot.platforms.slack.workplaces import Credentials, Workplaces
from bot.services.workspaces import WorkspaceService
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.web.server import WebServer
from tests.conftest import HandClock
from tests.fakes.slack import FakeSlack

MESSAGE = Message(subject="story:7", headline=Link(text="Canada sets 25% on steel"))


@dataclass
class House:
    """The bot's Slack side on a real store, with its web server, and a browser."""

    slack: FakeSlack
    store: SqlStore
    clock: HandClock
    workplaces: Workplaces
    notifier: SlackNotifier
    base: str
    browser: aiohttp.ClientSession

    @classmethod
    async def open(
        cls,
        stack: AsyncExitStack,
        slack: FakeSlack,
        store: SqlStore,
        clock: HandClock,
        *,
        bot_token: str | None = None,
        secret: str | None = None,
    ) -> Self:
        """Start everything."""
        credentials = Credentials(
            client_id=slack.oauth.client_id, client_secret=secret or slack.oauth.client_secret
        )
        made: list[SlackApi] = []
        workplaces = Workplaces(
            service=WorkspaceService(store, clock, PlatformName.SLACK),
            clock=clock,
            api=lambda: made[0],
            credentials=credentials,
            bot_token=bot_token,
        )
        api = SlackApi(
            token_for=workplaces.token,
            fresh_token_for=workplaces.fresh_token,
            api_url=slack.api_url,
            patience=2.0,
        )
        made.append(api)
        stack.push_async_callback(api.close)
        desk = SlackDesk(api=api, answer=_answer, clock=clock, workspaces=workplaces)
        stack.push_async_callback(desk.close)
        listener = SlackListener(
            api=api, desk=desk, app_token=slack.app_token, check_token=bot_token is not None
        )
        await listener.start()
        stack.push_async_callback(listener.stop)
        install = SlackInstall(api=api, workplaces=workplaces, credentials=credentials, clock=clock)
        server = WebServer(
            queries=store.queries,
            host="127.0.0.1",
            port=unused_port(),
            handlers={},
            pages={
                "/slack/install": install.install,
                "/slack/oauth_redirect": install.redirect,
            },
        )
        await server.start()
        stack.push_async_callback(server.stop)
        browser = await stack.enter_async_context(aiohttp.ClientSession())
        base = f"http://127.0.0.1:{server.port}"
        return cls(
            slack=slack,
            store=store,
            clock=clock,
            workplaces=workplaces,
            notifier=SlackNotifier(api),
            base=base,
            browser=browser,
        )

    async def begin(self) -> tuple[str, dict[str, str]]:
        """Open /slack/install; returns where Slack sends the browser back to, and its cookie."""
        async with self.browser.get(f"{self.base}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
            location = answer.headers["Location"]
        async with self.browser.get(location, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"], {"Cookie": cookie}

    async def end(self, back: str, headers: dict[str, str]) -> tuple[int, str]:
        """Follow Slack's way back to us; returns the status and the page."""
        url = f"{self.base}/slack/oauth_redirect{back}"
        async with self.browser.get(url, headers=headers) as answer:
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            return answer.status, await answer.text()

    async def install(self, team: str) -> tuple[int, str]:
        """Put the app into a workspace as a person does."""
        self.slack.oauth.team = team
        return await self.end(*await self.begin())

    async def subscribe(self, team: str, channel: str) -> Destination:
        """Have a channel subscribe to autos."""
        async with self.store.begin() as uow:
            address = _to(channel, team)
            place = await uow.destinations.ensure(
                address, origin=Origin.CHAT, zone="UTC", locale="en"
            )
            await uow.subscriptions.add(
                place.id, Wish(topic="autos"), origin=Origin.CHAT, by="slack:U1", now=_now(self)
            )
        return place

    async def state(self, place: Destination) -> tuple[DestinationState, str | None]:
        """Return how a place is."""
        async with self.store.begin() as uow:
            found = await uow.destinations.get(place.id)
        assert found is not None
        return found.state, found.reason

    async def until_broken(self, place: Destination) -> str:
        """Wait until a place is broken, and return why."""
        while True:
            state, reason = await self.state(place)
            if state is DestinationState.BROKEN:
                return reason or ""


def _now(house: House) -> Any:
    """The house's time."""
    return house.clock.now()


def _to(channel: str, workspace: str) -> Address:
    return Address(platform=PlatformName.SLACK, workspace=workspace, channel=channel)


async def _answer(request: Request) -> Reply:
    return Reply(command="status", title=f"You said {request.text}")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack without any install: no token is known to the bot."""
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def house(slack: FakeSlack, store: SqlStore, clock: HandClock) -> AsyncIterator[House]:
    """The bot, offered to many workspaces."""
    async with AsyncExitStack() as stack:
        yield await House.open(stack, slack, store, clock)


async def test_two_workspaces_install_and_get_alerts(house: House) -> None:
    """Each gets its own message by its own token, and its commands are answered."""
    for team in ("T1", "T2"):
        status, page = await house.install(team)
        assert (status, "Installed" in page, f"Sample {team}" in page) == (200, True, True)
    await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1")
    await house.notifier.post(_to("C3", "T2"), MESSAGE, key="d1-2")
    assert {(one.team, one.channel) for one in house.slack.messages()} == {
        ("T1", "C1"),
        ("T2", "C3"),
    }
    for team, channel in (("T1", "C1"), ("T2", "C3")):
        sent = await house.slack.command("status", team=team, channel=channel)
        assert "You said status" in str(await house.slack.answer(sent))


async def test_tokens_are_sealed(house: House, database_url: str) -> None:
    """The database holds no token in the clear, and no state."""
    await house.install("T1")
    back, _ = await house.begin()
    state = parse_qs(urlsplit(back).query)["state"][0]
    engines = open_engines(database_url)
    async with engines.reader.connect() as connection:
        row = (await connection.execute(sa.select(tables.installations))).one()
        states = (await connection.execute(sa.select(tables.install_states.c.digest))).scalars()
        assert state not in set(states)
    await engines.dispose()
    assert house.slack.token() not in str(row)
    assert (row.workspace, row.name, row.installed_by) == ("T1", "Sample T1", "U1")


async def test_a_workspace_may_be_suggested(house: House) -> None:
    """A link may name a workspace; nothing else gets into Slack's address."""
    for given, kept in (("T1", True), ("T1&scope=admin", False)):
        async with house.browser.get(
            f"{house.base}/slack/install", params={"team": given}, allow_redirects=False
        ) as answer:
            query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert ("team" in query) is kept
        assert "admin" not in query["scope"][0]


async def test_a_denied_install_is_a_readable_page(house: House) -> None:
    """Nothing was installed, and the page says so."""
    house.slack.oauth.deny = True
    status, page = await house.end(*await house.begin())
    assert (status, "did not allow" in page) == (200, True)


async def test_an_install_is_finished_once_and_in_time(house: House) -> None:
    """A used, an expired, a foreign state and another browser end in a page that says what to do."""
    back, cookie = await house.begin()
    await house.end(back, cookie)
    for attempt in (await house.end(back, cookie), await house.end("?state=x&code=1", {})):
        assert attempt[0] == 400
        assert "/slack/install" in attempt[1]
    back, cookie = await house.begin()
    assert (await house.end(back, {}))[0] == 400
    house.clock.advance(minutes=11)
    status, page = await house.end(back, cookie)
    assert (status, "ten minutes" in page) == (400, True)


async def test_slacks_refusals_are_pages_too(house: House) -> None:
    """A used code, none at all, an organisation, and no answer: never an empty error."""
    back, cookie = await house.begin()
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert "code" in (await house.end(f"?state={state}", cookie))[1]
    back, cookie = await house.begin()
    house.slack.fail("oauth.v2.access", "error", code="invalid_code")
    assert "did not confirm" in (await house.end(back, cookie))[1]
    back, cookie = await house.begin()
    house.slack.fail("oauth.v2.access", "drop")
    status, page = await house.end(back, cookie)
    assert (status, "could not be reached" in page) == (503, True)
    house.slack.oauth.organisation = True
    assert "one workspace" in (await house.install("T1"))[1]
    house.slack.oauth.organisation = False
    back, cookie = await house.begin()
    house.slack.fail("oauth.v2.access", "garbage", body='{"ok": true}')
    assert (await house.end(back, cookie))[0] == 400


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_leaves_gets_nothing_until_it_is_back(
    house: House, kind: str
) -> None:
    """Its token is deleted and its places break with a reason; the other workspace goes on."""
    await house.install("T1")
    await house.install("T2")
    mine, other = await house.subscribe("T1", "C1"), await house.subscribe("T2", "C3")
    sent = await house.slack.leave(team="T1", kind=kind)
    assert (await house.slack.ack(sent)).payload is None
    assert "install it again" in await house.until_broken(mine)
    assert (await house.state(other))[0] is DestinationState.ACTIVE
    before = len(house.slack.calls_of("chat.postMessage"))
    with pytest.raises(PermanentDeliveryError, match="no token"):
        await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1")
    assert len(house.slack.calls_of("chat.postMessage")) == before
    await house.notifier.post(_to("C3", "T2"), MESSAGE, key="d1-2")
    house.clock.advance(hours=1)
    assert "from before: 1" in (await house.install("T1"))[1]
    assert await house.state(mine) == (DestinationState.ACTIVE, None)
    await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-3")
    assert len(house.slack.messages("C1")) == 1


async def test_news_from_before_an_install_changes_nothing(house: House) -> None:
    """A removal that Slack tells late does not delete the token of the install after it."""
    await house.install("T1")
    told_at = house.clock.now() - timedelta(minutes=1)
    await house.workplaces.leave("T1", reason="late", told_at=told_at)
    assert await house.workplaces.token("T1") == house.slack.token("T1")
    await house.workplaces.leave("T1", reason="now", told_at=None)
    assert await house.workplaces.token("T1") is None


async def test_a_persons_own_token_is_none_of_ours(house: House) -> None:
    """tokens_revoked without a bot's token, and odd events, change nothing."""
    await house.install("T1")
    for event in (
        {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}},
        {"type": "tokens_revoked"},
        "odd",
        {},
    ):
        body = {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": event}
        await house.slack.ack(await house.slack.send("events_api", body))
    assert await house.workplaces.token("T1") == house.slack.token("T1")


async def test_a_token_that_expires_is_renewed(house: House) -> None:
    """Two hours before its end, once, and the renewed one is stored; a failure keeps the old one."""
    house.slack.oauth.lifetime = 43_200
    await house.install("T1")
    first = house.slack.token("T1")
    assert await house.workplaces.token("T1") == first
    house.clock.advance(hours=11)
    house.slack.fail("oauth.v2.access", "drop")
    assert await house.workplaces.token("T1") == first
    house.clock.advance(minutes=2)
    second = await house.workplaces.token("T1")
    assert second == house.slack.token("T1") != first
    house.clock.advance(minutes=2)
    assert await house.workplaces.token("T1") == second
    assert len(house.slack.calls_of("oauth.v2.access")) == 3
    house.clock.advance(hours=13)
    house.slack.fail("oauth.v2.access", "error", code="invalid_refresh_token")
    assert await house.workplaces.token("T1") is None


async def test_the_variables_token_stands_for_its_own_workspace(
    slack: FakeSlack, store: SqlStore, clock: HandClock
) -> None:
    """SLACK_BOT_TOKEN serves T1 and no other; an install comes before it."""
    token = slack.token("T1")
    async with AsyncExitStack() as stack:
        house = await House.open(stack, slack, store, clock, bot_token=token)
        assert await house.workplaces.token("") == token
        assert await house.workplaces.token("T1") == token
        assert await house.workplaces.token("T2") is None
        await house.install("T2")
        assert await house.workplaces.token("T2") == slack.token("T2")


async def test_the_only_workspace_needs_no_name(house: House) -> None:
    """A channel of the configuration names no workspace: where there is one, it is that."""
    await house.install("T2")
    assert await house.workplaces.token("") == house.slack.token("T2")
    await house.install("T1")
    assert await house.workplaces.token("") is None


async def test_a_wrong_secret_is_told(slack: FakeSlack, store: SqlStore, clock: HandClock) -> None:
    """The page names the variables that may be wrong."""
    async with AsyncExitStack() as stack:
        house = await House.open(stack, slack, store, clock, secret="wrong")
        assert "SLACK_CLIENT_SECRET" in (await house.install("T1"))[1]


async def test_a_revoked_token_ends_the_send(house: House) -> None:
    """Slack's word on a send says it before the event does, and 429 only waits."""
    await house.install("T1")
    house.slack.fail("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(TemporaryDeliveryError) as caught:
        await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1")
    assert caught.value.retry_after == 7
    house.slack.workspaces["T1"].revoked = True
    with pytest.raises(PermanentDeliveryError, match="install the app again"):
        await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1")


async def test_an_install_through_another_process_counts_at_once(
    house: House, slack: FakeSlack, store: SqlStore, clock: HandClock
) -> None:
    """A token remembered here and replaced there is looked up anew before anything breaks."""
    await house.install("T1")
    await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1")
    async with AsyncExitStack() as stack:
        other = await House.open(stack, slack, store, clock)
        await other.install("T1")
    await house.notifier.post(_to("C1", "T1"), MESSAGE, key="d1-2")
    assert len(slack.messages("C1")) == 2
