"""Sign in with Slack over real HTTP: who gets in, who does not, and what they may do then."""

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.domain.destination import PlatformName
from bot.domain.installation import Installation
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.sign_in import SlackSignIn
from bot.platforms.slack.workplaces import Credentials, Workplaces
from bot.services.permissions import Policy, Who
from bot.services.subscriptions import SubscriptionService
from bot.services.workspaces import WorkspaceService
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from tests.fakes.archive import Archive
from tests.fakes.pages import open_site, parts
from tests.fakes.slack import FakeSlack
from tests.scenario.test_web_pages import cookies, field

ELSEWHERE = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
async def store(sqlite_url, vault):
    opened = SqlStore(open_engines(sqlite_url), vault)
    yield opened
    await opened.close()


@pytest.fixture
async def slack(clock):
    """A Slack whose clock is ours; the app is installed in T1, not in T2."""
    async with FakeSlack() as fake:
        fake.oauth.now = lambda: clock.now().timestamp()
        fake.channel("C1").people.add("U1")
        yield fake


class Office:
    """The pages as somebody from elsewhere sees them, with a browser's cookies."""

    def __init__(self, site, slack, workplaces):
        self.site, self.slack, self.workplaces = site, slack, workplaces
        self.kept: dict[str, str] = {}

    async def get(self, path):
        """Open a page from elsewhere, with the cookies the browser has."""
        status, headers, body = await self.site.ask(
            "GET", path, headers=ELSEWHERE, cookies=self.kept
        )
        self.kept |= cookies(headers)
        return status, headers, body.decode()

    async def begin(self, onward="/feeds"):
        """Press the button, and allow it at Slack's page; returns the way back."""
        status, headers, _ = await self.get(f"/sign-in/slack?next={onward}")
        assert status == 303
        async with (
            aiohttp.ClientSession() as browser,
            browser.get(headers["Location"], allow_redirects=False) as answer,
        ):
            assert answer.status == 302, await answer.text()
            back = answer.headers["Location"]
        assert back.startswith(f"{self.site.home}/sign-in/slack/return?")
        return back.removeprefix(self.site.home)

    async def sign_in(self, onward="/feeds"):
        """The whole journey; returns the last answer."""
        return await self.get(await self.begin(onward))

    async def send(self, page, path, **form):
        """Send a form of a page."""
        _, _, body = await self.get(page)
        status, _, answer = await self.site.ask(
            "POST",
            path,
            headers=ELSEWHERE,
            cookies=self.kept,
            data=form | {"csrf": field(body.encode())},
        )
        return status, answer.decode()


@asynccontextmanager
async def opened(store, clock, slack, folder, *, token=None, policy=None):
    credentials = Credentials(
        client_id=slack.oauth.client_id, client_secret=slack.oauth.client_secret
    )
    made: list[SlackApi] = []
    workplaces = Workplaces(
        service=WorkspaceService(store, clock, PlatformName.SLACK),
        clock=clock,
        api=lambda: made[0],
        credentials=credentials,
        bot_token=None,
    )
    async with AsyncExitStack() as stack:
        api = SlackApi(token_for=workplaces.token, api_url=slack.api_url, patience=2.0)
        made.append(api)
        stack.push_async_callback(api.close)
        people = SlackSignIn(api=api, credentials=credentials, clock=clock)
        base = parts(store, clock, folder, token=token)
        offered = replace(
            base,
            slack_people=people,
            slack_secret=credentials.client_secret,
            subscriptions=SubscriptionService(store, clock, base.catalog, policy),
        )
        site = await stack.enter_async_context(open_site(offered))
        installed = Installation(
            workspace="T1", token=slack.token("T1"), installed_at=clock.now(), installed_by="U1"
        )
        await workplaces.install(installed)
        yield Office(site, slack, workplaces)


@pytest.fixture
async def office(store, clock, slack, tmp_path):
    """The pages, offered to people of Slack only."""
    async with opened(store, clock, slack, tmp_path) as made:
        yield made


async def test_a_member_signs_in_and_sees_what_their_workspace_sees(office, store, clock) -> None:
    """The page goes on by itself to where they wanted; their feeds are there, others' are not."""
    archive = Archive(store, clock)
    await archive.story(await archive.feed("ours", owner="slack:T1"), "Ours alone")
    await archive.story(await archive.feed("theirs", owner="slack:T2"), "Theirs alone")
    status, _, body = await office.get("/feeds")
    assert (status, "Sign in with Slack" in body, 'name="token"' in body) == (401, True, False)
    status, headers, body = await office.sign_in()
    assert (status, 'content="0; url=/feeds"' in body) == (200, True)
    session = next(text for text in headers.getall("Set-Cookie") if "usmca_session" in text)
    assert "HttpOnly" in session
    assert "SameSite=Strict" in session
    status, _, body = await office.get("/feeds")
    assert (status, "Feed ours" in body, "Feed theirs" in body) == (200, True, False)
    assert "Ours alone" in (await office.get("/"))[2]
    assert "Theirs alone" not in (await office.get("/"))[2]


async def test_the_journey_belongs_to_one_browser_and_one_time(office, clock) -> None:
    """Another browser, another state, a used code, a journey that took too long: no session."""
    back = await office.begin()
    mine = dict(office.kept)
    office.kept = {}
    assert (await office.get(back))[0] == 400
    office.kept = dict(mine)
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert (await office.get(back.replace(state, "x" * 43)))[0] == 400
    office.kept = dict(mine)
    assert (await office.get(back))[0] == 200
    office.kept = dict(mine)
    assert (await office.get(back))[0] == 403  # the code was used
    late = await office.begin()
    clock.advance(minutes=11)
    status, _, body = await office.get(late)
    assert (status, "begin again" in body) == (400, True)
    assert "usmca_session" not in office.kept


async def test_nobody_is_led_away(office) -> None:
    """Where to go on is a path of these pages, whatever the address says."""
    for onward in ("//evil.example/", "https://evil.example/", "/%5Cevil.example"):
        _, _, body = await office.sign_in(onward)
        assert "evil" not in body
        assert 'content="0; url=/"' in body
        office.kept = {}


@pytest.mark.parametrize(
    "odd",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-app"},
        {"nonce": "another"},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"https://slack.com/team_id": "../T1"},
        {"https://slack.com/user_id": ""},
    ],
)
async def test_an_identity_that_is_not_for_us_is_refused(office, odd) -> None:
    """Issuer, audience, times, nonce and ids are looked at."""
    office.slack.oauth.odd = odd
    status, _, body = await office.sign_in()
    assert (status, "did not vouch" in body) == (403, True)
    assert "usmca_session" not in office.kept


async def test_strangers_guests_and_those_who_left_stay_outside(office) -> None:
    """A workspace without the app, a guest, an account that was closed, somebody unknown."""
    oauth = office.slack.oauth
    oauth.team = "T2"
    assert (await office.sign_in())[0] == 403
    oauth.team = "T1"
    office.slack.add_user("U8", guest=True)
    office.slack.add_user("U9", deleted=True)
    for oauth.user in ("U8", "U9", "U404"):
        assert (await office.sign_in())[0] == 403
    assert "usmca_session" not in office.kept


async def test_a_journey_that_ends_in_nothing_can_be_made_again(office) -> None:
    """The person says no, or Slack does not answer; after a few tries the page waits."""
    oauth = office.slack.oauth
    oauth.deny = True
    status, _, body = await office.sign_in()
    assert (status, "not allowed to say" in body) == (403, True)
    oauth.deny = False
    office.slack.fail("openid.connect.token", "drop")
    assert (await office.sign_in())[0] == 403
    assert "usmca_session" not in office.kept
    assert [(await office.sign_in())[0] for _ in range(4)] == [200, 200, 200, 429]


async def test_who_leaves_is_out_within_minutes(office, clock) -> None:
    """A closed account, and an app that was removed from the workspace, end the session."""
    await office.sign_in()
    assert (await office.get("/feeds"))[0] == 200
    office.slack.workspaces["T1"].users["U1"].deleted = True
    clock.advance(minutes=6)
    assert (await office.get("/feeds"))[0] == 401
    office.slack.workspaces["T1"].users["U1"].deleted = False
    clock.advance(minutes=6)
    assert (await office.get("/feeds"))[0] == 200
    await office.workplaces.leave("T1", reason="removed", told_at=None)
    clock.advance(minutes=6)
    assert (await office.get("/feeds"))[0] == 401


async def test_a_member_subscribes_their_own_channels_only(office, store) -> None:
    """One they are in, or themselves; no other workspace's, no channel they are not in."""
    await office.sign_in()
    form = {"q": "steel", "level": "everything"}
    for to, status in (
        ("slack:C1", 200),
        ("slack:T1/U1", 200),
        ("slack:C2", 403),
        ("slack:T2/C3", 400),
        ("apprise:phone", 400),
        ("console", 400),
    ):
        answer = await office.send("/search?q=steel", "/search/subscribe", to=to, **form)
        assert answer[0] == status, (to, answer[1])
    held = await store.queries.every_subscription()
    assert sorted(str(place.address) for place, _ in held) == ["slack:T1/C1", "slack:T1/U1"]
    assert {each.created_by for _, each in held} == {"slack:U1"}


async def test_the_bots_own_rules_hold_on_pages_too(store, clock, slack, tmp_path) -> None:
    """Where only admins may change channels, a member may not; shared feeds stop for admins only."""
    slack.channel("C1").people.add("U2")
    await Archive(store, clock).feed("ledger")
    async with opened(store, clock, slack, tmp_path, policy=Policy(who=Who.ADMINS)) as office:
        form = {"q": "steel", "level": "everything", "to": "slack:C1"}
        for slack.oauth.user, status in (("U1", 403), ("U2", 200)):
            await office.sign_in()
            answer = await office.send("/search?q=steel", "/search/subscribe", **form)
            assert answer[0] == status, answer[1]
            pause = {"feed": "ledger", "act": "pause"}
            assert (await office.send("/feeds", "/feeds/act", **pause))[0] == status
            office.kept = {}


async def test_what_is_the_operators_stays_the_operators(office) -> None:
    """Deliveries of all workspaces, their buttons, and the API's token routes."""
    await office.sign_in()
    status, body = (await office.get("/deliveries"))[:2]
    assert (status, "form is too old" in str(body)) == (403, False)
    status, _ = await office.send("/feeds", "/deliveries/act", id="1", act="drop")
    assert status == 403
    assert (await office.get("/api/v1/deliveries"))[0] in (401, 403)
    status, _, _ = await office.site.ask(
        "POST", "/feeds/act", headers=ELSEWHERE, cookies=office.kept, data={"feed": "x"}
    )
    assert status == 403  # without the form's hidden field


async def test_the_token_and_slack_side_by_side(store, clock, slack, tmp_path) -> None:
    """Both are offered; signing out ends the session; a made-up session is none."""
    token = "a-sample-token-of-forty-characters-length"
    async with opened(store, clock, slack, tmp_path, token=token) as office:
        _, _, body = await office.get("/sign-in")
        assert ("Sign in with Slack" in body, 'name="token"' in body) == (True, True)
        await office.sign_in()
        session = office.kept["usmca_session"]
        status, _ = await office.send("/feeds", "/sign-out")
        assert status == 303
        for cookie in (session.replace("U1", "U2"), session[:-1] + "_", "1.T1.U1.x.y"):
            office.kept["usmca_session"] = cookie
            assert (await office.get("/feeds"))[0] == 401


async def test_without_slack_there_is_no_such_page(store, clock, tmp_path) -> None:
    """The address is unknown where the bot is not offered to workspaces."""
    async with open_site(parts(store, clock, tmp_path)) as site:
        assert (await site.get("/sign-in/slack"))[0] == 404
        assert b"Slack" not in (await site.get("/sign-in"))[2]
