import asyncio

import pytest

from bot.platforms.discord.pacing import Pacing, route_of


@pytest.mark.parametrize(
    ("path", "template", "major"),
    [
        ("/channels/1/messages", "POST channels messages", "channels/1"),
        ("/channels/1/messages/22/threads", "POST channels messages {id} threads", "channels/1"),
        (
            "/webhooks/7/secret/messages/@original",
            "POST webhooks {token} messages @original",
            "webhooks/7/secret",
        ),
        ("/interactions/7/secret/callback", "POST interactions {token} callback", "interactions/7"),
        ("/users/@me", "POST users", "users/@me"),
    ],
)
def test_a_route_is_its_shape_and_whom_it_is_counted_for(path, template, major):
    """Ids and tokens are no part of the shape."""
    route = route_of("POST", path)
    assert (route.template, route.major) == (template, major)


async def test_an_empty_bucket_makes_the_next_one_wait():
    """Until the bucket is full again, and no longer than our patience."""
    pacing, route = Pacing(patience=1), route_of("POST", "/channels/1/messages")
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.05"}
    pacing.learn(route, headers)
    before = asyncio.get_running_loop().time()
    assert await pacing.ready(route) == 0
    assert asyncio.get_running_loop().time() - before >= 0.04
    pacing.learn(route, {**headers, "X-RateLimit-Reset-After": "9"})
    assert 8 < await pacing.ready(route) <= 9


async def test_routes_share_the_bucket_discord_names():
    """Two shapes with one bucket are counted together, in one channel."""
    pacing = Pacing(patience=0)
    post, patch = (
        route_of("POST", "/channels/1/messages"),
        route_of("PATCH", "/channels/1/messages/2"),
    )
    headers = {
        "X-RateLimit-Bucket": "b",
        "X-RateLimit-Remaining": "5",
        "X-RateLimit-Reset-After": "9",
    }
    pacing.learn(patch, headers)
    pacing.learn(post, {**headers, "X-RateLimit-Remaining": "0"})
    assert pacing.wait(patch) > 8
    assert pacing.wait(route_of("PATCH", "/channels/2/messages/2")) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-RateLimit-Remaining": "x", "X-RateLimit-Reset-After": "1"},
        {"X-RateLimit-Remaining": "0"},
    ],
)
async def test_odd_headers_say_nothing(headers):
    """A proxy in between may mangle them."""
    pacing, route = Pacing(patience=0), route_of("POST", "/channels/1/messages")
    pacing.learn(route, headers)
    assert pacing.wait(route) == 0


async def test_a_refusal_everywhere_stops_every_route():
    """The global limit counts for all channels."""
    pacing = Pacing(patience=0)
    pacing.refused(route_of("POST", "/channels/1/messages"), 7, everywhere=True)
    assert 6 < await pacing.ready(route_of("POST", "/channels/2/messages")) <= 7


async def test_no_more_than_45_requests_a_second():
    """Discord takes 50 from one bot; other processes may use the token too."""
    pacing = Pacing(patience=0)
    waits = [await pacing.ready(route_of("POST", f"/channels/{one}/messages")) for one in range(46)]
    assert waits[:45] == [0] * 45
    assert 0 < waits[45] <= 1


async def test_answers_to_interactions_are_not_held_up():
    """They do not count towards the limit of all requests, and have three seconds only."""
    pacing = Pacing(patience=0)
    pacing.refused(route_of("POST", "/channels/1/messages"), 7, everywhere=True)
    assert await pacing.ready(route_of("POST", "/interactions/1/secret/callback")) == 0
    assert await pacing.ready(route_of("PATCH", "/webhooks/1/secret/messages/@original")) == 0


async def test_old_buckets_are_forgotten():
    """Thousands of channels do not fill the memory."""
    pacing = Pacing(patience=0)
    for number in range(2_100):
        route = route_of("POST", f"/channels/{number}/messages")
        pacing.learn(route, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0"})
    fresh = route_of("POST", "/channels/1/messages")
    pacing.learn(fresh, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "5"})
    assert pacing.wait(fresh) > 4
