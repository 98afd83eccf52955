import pytest
from aiohttp import web

from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnclearDeliveryError
from bot.platforms.discord.outcomes import delivery_error
from bot.platforms.discord.rest import (
    DiscordRest,
    NoAnswerError,
    NotReachedError,
    RefusedError,
    TooSoonError,
)


@pytest.fixture
async def served():
    """A server whose next answers are laid out: (status, headers, text) each."""
    answers, seen = [], []
    app = web.Application()

    async def answer(request):
        seen.append(request)
        status, headers, text = answers.pop(0)
        return web.Response(status=status, headers=headers, text=text)

    app.router.add_route("*", "/api/v10/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    rest = DiscordRest(
        token=" secret ",
        api_url=f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10",
        patience=0.5,
        pauses=(0,),
    )
    yield rest, answers, seen
    await rest.close()
    await runner.cleanup()


async def test_the_token_goes_into_the_header_and_nowhere_else(served):
    """Authorised as a bot, with the agent Discord asks for, and never redirected elsewhere."""
    rest, answers, seen = served
    answers += [(200, {}, '{"id": "7"}'), (302, {"Location": "http://127.0.0.1:1/"}, "")]
    assert await rest.me() == "7"
    assert seen[0].headers["Authorization"] == "Bot secret"
    assert seen[0].headers["User-Agent"].startswith("DiscordBot (")
    with pytest.raises(RefusedError) as caught:
        await rest.call("GET", "/x")
    assert caught.value.status == 302


@pytest.mark.parametrize("text", ["", "not json", "[1"])
async def test_a_good_status_without_json_is_no_answer(served, text):
    """A proxy's page with status 200 is no word of Discord's."""
    rest, answers, _ = served
    answers.append((200, {}, text))
    with pytest.raises(NoAnswerError):
        await rest.call("POST", "/x", body={})


@pytest.mark.parametrize("text", ["[]", '{"name": "x"}'])
async def test_an_answer_that_names_nobody_is_none(served, text):
    """The bot's id is asked for when a send is settled; guessing would lose an alert."""
    rest, answers, _ = served
    answers.append((200, {}, text))
    with pytest.raises(NoAnswerError):
        await rest.me()


async def test_an_empty_answer_is_good_where_discord_says_so(served):
    """204 has no body."""
    rest, answers, _ = served
    answers.append((204, {}, ""))
    assert await rest.call("POST", "/x") is None


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            '{"code": 50035, "message": "Invalid", "errors": {"embeds": {"0": {"title": {"_errors": []}}}}}',
            50035,
            "at embeds.0.title",
        ),
        ('{"code": "x", "message": "Odd"}', 0, "Odd"),
        ("[]", 0, "400"),
        ("<html>", 0, "400"),
    ],
)
async def test_a_refusal_tells_its_code_reason_and_place(served, text, code, words):
    """Whatever the body looks like there is a sentence."""
    rest, answers, _ = served
    answers.append((400, {}, text))
    with pytest.raises(RefusedError, match=words) as caught:
        await rest.call("POST", "/x", body={})
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("headers", "text", "seconds"),
    [
        ({}, '{"retry_after": 12.5}', 12.5),
        ({"Retry-After": "9"}, "<html>", 9),
        ({"Retry-After": "soon"}, "{}", 5),
        ({"Retry-After": "-1"}, '{"retry_after": "nan"}', 5),
        ({"X-RateLimit-Scope": "global"}, '{"retry_after": 7, "global": false}', 7),
    ],
)
async def test_how_long_to_wait_is_read_from_body_or_header(served, headers, text, seconds):
    """Cloudflare answers without a body of Discord's; nonsense waits five seconds."""
    rest, answers, _ = served
    answers.append((429, headers, text))
    with pytest.raises(TooSoonError) as caught:
        await rest.call("POST", "/x", body={})
    assert caught.value.retry_after == pytest.approx(seconds, abs=0.5)


async def test_a_429_that_stays_ends_after_three_tries(served):
    """Each try waits what was asked; the outbox takes over."""
    rest, answers, seen = served
    answers += [(429, {}, '{"retry_after": 0.01}')] * 3
    with pytest.raises(TooSoonError):
        await rest.call("POST", "/x", body={})
    assert len(seen) == 3


@pytest.mark.parametrize(("method", "tries"), [("GET", 2), ("PATCH", 2), ("POST", 1)])
async def test_a_5xx_is_repeated_only_where_it_does_no_harm(served, method, tries):
    """A plain POST may have been taken."""
    rest, answers, seen = served
    answers += [(503, {}, "")] * tries
    with pytest.raises(NoAnswerError):
        await rest.call(method, "/x")
    assert len(seen) == tries


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TooSoonError(3), TemporaryDeliveryError),
        (NotReachedError("x"), TemporaryDeliveryError),
        (NoAnswerError("x"), UnclearDeliveryError),
        (RefusedError(408, 0, ""), UnclearDeliveryError),
        (RefusedError(503, 130000, "overloaded"), TemporaryDeliveryError),
        (RefusedError(410, 0, ""), PermanentDeliveryError),
    ],
)
def test_every_failure_has_its_meaning_for_a_delivery(error, kind):
    """Try again, look first, or give up."""
    assert isinstance(delivery_error(error), kind)
