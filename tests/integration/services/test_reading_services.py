import datetime as dt
from datetime import timedelta

import pytest

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.feed import FeedState
from bot.domain.ids import Tenant
from bot.domain.reading import DeadlineKind
from bot.errors import InvalidInputError, NotAllowedError
from bot.services import search
from bot.services.deadlines import DeadlineService
from bot.services.feeds import Condition, FeedService
from bot.services.permissions import Policy, Who
from bot.services.search import SearchService
from bot.services.status import StatusService
from bot.services.stories import PAGE, NoStoryError, StoryService
from bot.services.tariffs import TariffService
from tests.fakes.archive import Archive, due, event, timeline

TENANT = Tenant("slack:T1")
TODAY = dt.date(2026, 11, 20)


def person(**fields):
    """A person in a Slack channel."""
    known = {"platform": PlatformName.SLACK, "workspace": "T1", "user": "U1", "channel": "C1"}
    return Actor(**(known | fields))


@pytest.fixture
def archive(store, clock):
    return Archive(store, clock)


async def test_latest_gives_pages_newest_first(store, archive):
    """Stories come newest first, a page at a time, and the answer knows whether there are more."""
    feed = await archive.feed()
    for age in range(PAGE + 1):
        await archive.story(feed, f"Story {age}", ago=timedelta(hours=age))
    stories = StoryService(store)
    first = await stories.latest(TENANT)
    assert [story.headline for story in first.stories] == [f"Story {n}" for n in range(PAGE)]
    assert first.more
    second = await stories.latest(TENANT, page=2)
    assert [story.headline for story in second.stories] == [f"Story {PAGE}"]
    assert not second.more


async def test_latest_is_narrowed_to_a_topic(store, archive):
    """With a topic, only its stories are shown."""
    feed = await archive.feed()
    await archive.story(feed, "Steel", topics=("steel_aluminum", "tariffs"))
    await archive.story(feed, "Autos", topics=("autos",))
    page = await StoryService(store).latest(TENANT, topic="autos")
    assert [story.headline for story in page.stories] == ["Autos"]


async def test_another_tenants_stories_do_not_exist(store, archive):
    """A story of another workspace's own feed is neither listed nor shown."""
    theirs = await archive.feed("theirs", owner="slack:T2")
    hidden = await archive.story(theirs, "Their secret")
    stories = StoryService(store)
    assert (await stories.latest(TENANT)).stories == ()
    with pytest.raises(NoStoryError, match=f"no story {hidden.id}"):
        await stories.whole(TENANT, hidden.id)
    assert (await SearchService(store).search(TENANT, "secret")).hits == ()
    seen = await stories.whole(Tenant("slack:T2"), hidden.id)
    assert seen.story.headline == "Their secret"


async def test_a_whole_story_has_its_entries(store, archive):
    """A story comes with its entries in the order they joined, and why each did."""
    feed = await archive.feed()
    story = await archive.story(feed, "First report", "Second report")
    whole = await StoryService(store).whole(TENANT, story.id)
    assert [member.entry.title for member in whole.members] == ["First report", "Second report"]
    assert whole.members[1].joined == "same link"


async def test_deadlines_join_stories_and_the_record(store, archive):
    """Deadlines of stories and of timeline.yaml come together, soonest first."""
    feed = await archive.feed()
    await archive.story(feed, "Comments asked", deadlines=(due("2026-12-01"),))
    known = timeline(
        event("2026-11-25", "Filing opens", DeadlineKind.COMPLIANCE, "customs"),
        event("2026-12-02", "Nothing binds here", None, "customs"),
    )
    service = DeadlineService(store, known)
    page = await service.upcoming(TENANT, today=TODAY, days=366)
    assert [str(row.fact.date) for row in page.deadlines] == [
        *("2026-11-25", "2026-12-01", "2027-07-01")
    ]
    assert page.deadlines[2].fact.kind is DeadlineKind.REVIEW
    near = await service.upcoming(TENANT, today=TODAY, days=11)
    assert len(near.deadlines) == 2
    on_topic = await service.upcoming(TENANT, today=TODAY, days=366, topic="customs")
    assert [row.headline.text for row in on_topic.deadlines] == ["Filing opens"]


async def test_deadlines_come_in_pages(store, archive):
    """A second page goes on where the first ended."""
    feed = await archive.feed()
    for number in range(10, 20):
        await archive.story(feed, f"Story {number}", deadlines=(due(f"2026-12-{number}"),))
    service = DeadlineService(store, timeline(review=None))
    first = await service.upcoming(TENANT, today=TODAY, days=60, limit=6)
    second = await service.upcoming(TENANT, today=TODAY, days=60, limit=6, page=2)
    assert first.more
    assert not second.more
    days = [row.fact.date.day for row in (*first.deadlines, *second.deadlines)]
    assert days == list(range(10, 20))


async def test_the_treatys_review_stands_once(store, archive):
    """A review that stories tell too is shown once, and follows from the rule without a row."""
    feed = await archive.feed()
    again = due("2027-07-01", DeadlineKind.REVIEW)
    await archive.story(feed, "Review in July", deadlines=(again,))
    for known in (timeline(), timeline(review=None)):
        page = await DeadlineService(store, known).upcoming(TENANT, today=TODAY, days=366)
        assert [row.fact.kind for row in page.deadlines] == [DeadlineKind.REVIEW]
    assert page.deadlines[0].fact.computed


async def test_a_treaty_that_ended_has_no_review(store):
    """After the term nothing of the treaty is due."""
    service = DeadlineService(store, timeline())
    page = await service.upcoming(TENANT, today=dt.date(2037, 1, 1), days=3000)
    assert page.deadlines == ()


async def test_status_gathers_the_week(store, clock, archive):
    """Status counts the week, names the most told stories, what is due and what is down."""
    feed = await archive.feed()
    await archive.feed("broken", failures=4, last_error="no answer within 20 s")
    await archive.story(feed, "Told by one")
    await archive.story(feed, "Told by two", "Told by two, too", deadlines=(due("2026-12-01"),))
    await archive.story(feed, "Last month", ago=timedelta(days=30))
    service = status_service(store, clock)
    found = await service.status(person(), today=TODAY)
    assert (found.week.entries, found.week.stories) == (3, 2)
    assert [story.headline for story in found.top] == ["Told by two", "Told by one"]
    assert len(found.deadlines) == 2
    assert [feed.key for feed in found.down] == ["broken"]
    assert found.standing.next_review == dt.date(2027, 7, 1)
    narrow = await service.status(person(), today=TODAY, topic="autos")
    assert (narrow.week.entries, narrow.top, narrow.deadlines) == (0, (), ())


async def test_status_hides_feeds_from_who_may_not_see_them(store, clock, archive):
    """Where the policy hides the feeds, status does not name those that are down."""
    await archive.feed("broken", failures=4)
    policy = Policy(who=Who.ADMINS)
    service = status_service(store, clock, policy)
    assert (await service.status(person(direct=True), today=TODAY)).down == ()
    assert len((await service.status(person(admin=True), today=TODAY)).down) == 1


def status_service(store, clock, policy=None):
    """The service over a sample treaty."""
    known = timeline()
    deadlines = DeadlineService(store, known)
    feeds = FeedService(store, clock, policy)
    tariffs = TariffService(store, clock, known, policy)
    return StatusService(store, clock, known, deadlines, feeds, tariffs=tariffs)


async def test_feeds_are_told_with_the_worst_first(store, clock, archive):
    """Each feed's condition is told in its order, without what its address keeps secret."""
    now = clock.now()
    well = {"last_success_at": now, "last_entry_at": now}
    await archive.feed("fine", **well)
    await archive.feed("new")
    await archive.feed("paused", state=FeedState.PAUSED)
    await archive.feed("gone", state=FeedState.GONE)
    await archive.feed("down", failures=3, last_error="https://u:p@x.example/f?k=1 refused")
    await archive.feed("failing", failures=1, last_error="https://[broken refused")
    old = {"last_entry_at": now - timedelta(days=9), "cadence": 3600.0}
    await archive.feed("silent", last_success_at=now, **old)
    await archive.feed("theirs", owner="slack:T2")
    feeds = await FeedService(store, clock).shown_to(person())
    assert [(feed.key, feed.condition) for feed in feeds] == [
        ("gone", Condition.GONE),
        ("down", Condition.DOWN),
        ("failing", Condition.FAILING),
        ("silent", Condition.SILENT),
        ("paused", Condition.PAUSED),
        ("new", Condition.NEW),
        ("fine", Condition.FINE),
    ]
    down = feeds[1]
    assert down.error == "https://x.example/f refused"
    assert down.url == "https://down.example/feed"
    assert feeds[0].next_poll_at is None
    assert "broken" not in feeds[2].error


async def test_feeds_can_be_hidden(store, clock):
    """Who is not among those the policy names gets no list of feeds, in private neither."""
    service = FeedService(store, clock, Policy(who=Who.LISTED, users=frozenset({"slack:U9"})))
    with pytest.raises(NotAllowedError, match="named in the bot's settings"):
        await service.shown_to(person(direct=True))
    assert await service.shown_to(person(user="U9")) == ()


async def test_search_shows_each_story_once_the_best_first(store, archive):
    """More of the words in the title is better; entries of one story are one hit."""
    feed = await archive.feed()
    await archive.story(feed, "Wheat", content="A note on steel and on Canada.")
    await archive.story(feed, "Canada answers on steel", "Steel: Canada answers")
    page = await SearchService(store).search(TENANT, "steel canada")
    assert [hit.entry.title for hit in page.hits][1:] == ["Wheat"]
    assert page.hits[0].others == 1
    assert page.hits[1].snippet == "A note on steel and on Canada."
    assert (page.entries, page.complete, page.more) == (3, True, False)


async def test_search_goes_on_with_the_next_page(store, archive):
    """A second page holds what the first left, nothing twice."""
    feed = await archive.feed()
    for number in range(search.PAGE + 2):
        await archive.story(feed, f"Steel {number}", ago=timedelta(hours=number))
    service = SearchService(store)
    first, second = [await service.search(TENANT, "steel", page=page) for page in (1, 2)]
    assert first.more
    assert not second.more
    titles = [hit.entry.title for hit in (*first.hits, *second.hits)]
    assert titles == [f"Steel {number}" for number in range(search.PAGE + 2)]


async def test_search_refuses_a_query_that_does_not_parse(store):
    """An open bracket is refused with the place and what would be right."""
    with pytest.raises(InvalidInputError, match="character"):
        await SearchService(store).search(TENANT, "steel AND (canada")
