"""Following, judging, muting, and settling deadlines, asked as people ask."""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands import grammar
from bot.commands.dispatch_marks import MarkDesk, MarkServices
from bot.commands.exchange import Reply
from bot.commands.reader import Reader
from bot.commands.words import words
from bot.domain.actor import Actor
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import PlatformName
from bot.domain.feed import Origin
from bot.domain.ids import Tenant
from bot.domain.reading import DeadlineKind, Field, Span
from bot.domain.story import Story
from bot.errors import NotAllowedError
from bot.services.deadline_marks import NoDeadlineError
from bot.services.deadlines import DeadlineService
from bot.services.feeds import FeedService
from bot.services.permissions import Policy, Who
from bot.services.stories import NoStoryError
from tests.fakes.archive import Archive, due, event, timeline
from tests.fakes.topics import catalog


class Desk:
    """The commands about alerts over a real store, and one person who asks."""

    def __init__(self, store, clock, policy=None):
        self.store = store
        self.clock = clock
        self.archive = Archive(store, clock)
        known = timeline(event("2026-12-10", "Filing opens", DeadlineKind.COMPLIANCE, "customs"))
        self.deadlines = DeadlineService(store, known)
        feeds, record = FeedService(store, clock), self.deadlines.of_record
        self.desk = MarkDesk(
            MarkServices.over(store, clock, feeds, record=record, policy=policy), catalog()
        )

    def actor(self, **fields) -> Actor:
        known = {
            "platform": PlatformName.SLACK,
            "workspace": "T1",
            "user": "U1",
            "channel": "C1",
            "called": "ana",
        }
        return Actor(**(known | fields))

    async def ask(self, text, *, locale="en", **fields) -> Reply:
        reader = Reader(
            words=words(locale),
            zone=ZoneInfo("America/Toronto"),
            now=self.clock.now(),
            catalog=catalog(),
        )
        reply = await self.desk.answer(grammar.parse(text), self.actor(**fields), reader)
        json.dumps(reply.rows)
        return reply

    async def told(self, story: Story, *, wish: str = "tariffs") -> None:
        """The channel was told of a story because of a topic."""
        span = Span(field=Field.TITLE, start=0, end=5, text="steel", rule="steel")
        async with self.store.begin() as uow:
            place = await uow.destinations.ensure(
                self.actor().address, origin=Origin.CHAT, zone="UTC", locale="en"
            )
            draft = DeliveryDraft(
                destination_id=place.id,
                alert_id=None,
                subject=f"story:{story.id}",
                kind=DeliveryKind.POST,
                revision=1,
                why=Why(subscription_id=None, wish=wish, spans=(span,)),
            )
            await uow.deliveries.enqueue([draft], self.clock.now())


@pytest.fixture
def desk(store, clock):
    return Desk(store, clock)


def buttons(reply):
    return [choice.command for choice in reply.actions]


async def test_a_follow_goes_to_the_person(desk):
    """Pressed in a channel it names the person's own conversation, and the way back."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    reply = await desk.ask(f"follow {story.id}")
    assert reply.title == f"You follow story {story.id}"
    assert reply.rows[0]["to"] == "slack:T1/U1"
    assert buttons(reply) == [f"unfollow {story.id}"]
    assert (await desk.ask(f"follow {story.id}")).title == f"You follow story {story.id} already"
    assert (
        await desk.ask(f"unfollow {story.id}")
    ).title == f"You no longer follow story {story.id}"
    assert (await desk.ask(f"unfollow {story.id}")).title.startswith("You do not follow")


async def test_a_discord_person_is_named_by_their_number(desk):
    """Discord has no channel for a person: the platform opens one for ``@`` and the number."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    reply = await desk.ask(
        f"follow {story.id}", platform=PlatformName.DISCORD, workspace="77", user="42"
    )
    assert reply.rows[0]["to"] == "discord:@42"


async def test_another_tenants_story_cannot_be_followed(desk):
    """A story of somebody's own feed does not exist for others."""
    feed = await desk.archive.feed(owner="slack:T2")
    story = await desk.archive.story(feed, "A private matter")
    for text in ("follow", "unfollow", "useful", "noise", "check"):
        with pytest.raises(NoStoryError):
            await desk.ask(f"{text} {story.id}")


async def test_a_mark_is_kept_with_what_brought_it(desk):
    """The wish and its words are stored; another mark takes the first one's place."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    await desk.told(story)
    reply = await desk.ask(f"noise {story.id} it is about a football club")
    assert reply.title == f"Story {story.id}: noted as noise"
    assert reply.rows[0]["wish"] == "tariffs"
    assert reply.rows[0]["rules"] == ["steel"]
    assert "“it is about a football club”" in reply.text
    again = await desk.ask(f"useful {story.id}")
    assert again.rows[0]["before"] == "noise"
    assert "Before you said: noise." in again.text
    shown = await desk.ask("feedback")
    assert shown.sections[0].lines[0].note == "100 % on topic · 1 useful, 0 noise, 0 wrong"


async def test_what_brought_it_is_found_for_the_person_too(desk):
    """A follower's own conversation counts; words are taken from the story where the post has none."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    async with desk.store.begin() as uow:
        place = await uow.destinations.ensure(
            desk.actor().private, origin=Origin.CHAT, zone="UTC", locale="en"
        )
        draft = DeliveryDraft(
            destination_id=place.id,
            alert_id=None,
            subject=f"story:{story.id}",
            kind=DeliveryKind.POST,
            revision=1,
            why=Why(subscription_id=None, wish="tariffs"),
        )
        await uow.deliveries.enqueue([draft], desk.clock.now())
    (row,) = (await desk.ask(f"useful {story.id}", channel="C9")).rows
    assert (row["wish"], row["rules"]) == ("tariffs", ["steel"])


async def test_precision_by_topic_rule_and_month(desk):
    """Two people of three found it noise: the figures stand by topic, by rule and by month."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    await desk.told(story)
    for user, mark in (("U1", "noise"), ("U2", "noise no"), ("U3", "useful")):
        await desk.ask(f"{mark.split()[0]} {story.id} {mark[6:]}", user=user)
    reply = await desk.ask("feedback tariffs")
    rows = {(row["of"], row["name"]): row for row in reply.rows}
    assert rows["topic", "tariffs"]["precision"] == pytest.approx(1 / 3)
    assert rows["rule", "steel"]["noise"] == 2
    assert rows["month", "2026-11"]["useful"] == 1
    assert (await desk.ask("feedback dairy")).rows == ()


async def test_phrases_that_brought_noise_are_offered_as_masks(desk):
    """With the effect on the stored entries; a useful story with the phrase spares it."""
    feed = await desk.archive.feed()
    for title in ("steel curtain falls", "steel curtain wins", "steel curtain rises"):
        await desk.archive.story(feed, title)
    await desk.archive.story(feed, "steel duty rises")
    for number in (1, 2):
        await desk.ask(f"noise {number}")
    reply = await desk.ask("feedback tariffs")
    (mask,) = [row for row in reply.rows if row["kind"] == "mask"]
    assert (mask["phrase"], mask["drops"], mask["of"]) == ("steel curtain", 3, 4)
    assert "would drop 3 of 4 stored entries on Tariffs" in reply.text
    assert "steel curtain falls · steel curtain wins" in reply.text
    await desk.ask("useful 3")
    assert "mask" not in {row["kind"] for row in (await desk.ask("feedback")).rows}


async def test_feedback_of_other_teams_is_not_counted(desk):
    """What another workspace says stays there."""
    story = await desk.archive.story(await desk.archive.feed(), "Steel duty rises")
    await desk.ask(f"noise {story.id}", workspace="T2")
    assert "Nobody here has judged" in (await desk.ask("feedback")).text


async def test_muting_topics_for_a_time(desk):
    """A mute has an end that is shown, and is over then; unmuting names what was muted."""
    reply = await desk.ask("mute tariffs, dairy 7d")
    assert [row["topic"] for row in reply.rows] == ["dairy", "tariffs"]
    assert "until 27 Nov 2026, 07:00 EST · in 7 days" in reply.text
    assert buttons(reply) == ["unmute tariffs", "unmute dairy"]
    until = await desk.ask("mute dairy until 2026-12-01")
    assert "until 1 Dec 2026, 00:00 EST" in until.text
    desk.clock.advance(days=7)
    left = await desk.ask("mute dairy")
    assert [row["topic"] for row in left.rows] == ["dairy"]
    assert "until `unmute`" in left.text
    assert (await desk.ask("unmute dairy")).title == "Heard here again: Dairy"
    assert (await desk.ask("unmute dairy")).title == "None of that was muted here."


@pytest.mark.parametrize("text", ["mute dairy until 2026-11-01", "mute dairy until 9999-12-31"])
async def test_a_mute_that_is_over_or_endless_is_refused(desk, text):
    """The reply shows how it is written."""
    reply = await desk.ask(text)
    assert not reply.ok
    assert "mute <topic" in reply.text


async def test_a_topic_nobody_knows_is_answered_with_the_nearest(desk):
    """Muting, unmuting and feedback offer what may have been meant."""
    for verb in ("mute", "unmute", "feedback"):
        reply = await desk.ask(f"{verb} dairi")
        assert not reply.ok
        assert f"{verb} dairy" in buttons(reply)


async def test_deadlines_are_settled_for_the_team(desk):
    """Confirmed, handled, dismissed, reopened: each by name, and the other workspace sees nothing."""
    feed = await desk.archive.feed()
    story = await desk.archive.story(
        feed,
        "Comments on steel",
        deadlines=(due("2026-12-01"), due("2026-12-15", DeadlineKind.HEARING)),
    )
    reply = await desk.ask(f"check {story.id}")
    first, second = (row["id"] for row in reply.rows)
    assert buttons(reply)[:3] == [
        f"deadline {first} {act}" for act in ("confirm", "dismiss", "handled")
    ]
    assert "Comments are due by 2026-12-01." in reply.text
    confirmed = await desk.ask(f"deadline {first} confirm")
    assert "confirmed by @ana, just now" in confirmed.text
    assert buttons(confirmed) == [f"deadline {first} handled", f"deadline {first} reopen"]
    handled = await desk.ask(f"deadline {first} handled", user="U2", called="")
    assert "handled by @U2" in handled.text
    assert handled.rows[0]["confirmed"]["by"] == "slack:U1"
    dismissed = await desk.ask(f"deadline {first} dismiss")
    assert dismissed.rows[0]["confirmed"] is None
    assert "dismissed by @ana" in (await desk.ask(f"check {story.id}")).text
    assert "@ana" not in (await desk.ask(f"deadline {first}", workspace="T2")).text
    reopened = await desk.ask(f"deadline {first} reopen")
    assert "@" not in reopened.text
    assert (await desk.ask(f"deadline {second}")).rows[0]["what"] == "hearing"


async def test_the_last_word_on_a_deadline_counts(desk):
    """Nobody handles a date that is none: handled and dismissed replace each other, confirmed stays."""
    feed = await desk.archive.feed()
    story = await desk.archive.story(feed, "Comments on steel", deadlines=(due("2026-12-01"),))
    (row,) = (await desk.ask(f"check {story.id}")).rows
    today = desk.clock.now().date()
    page = await desk.deadlines.upcoming(Tenant("slack:T1"), today=today, days=366)
    record = next(found.name for found in page.deadlines if found.headline.text == "Filing opens")

    async def marks(name, act):
        (row,) = (await desk.ask(f"deadline {name} {act}")).rows
        return {word for word in ("confirmed", "dismissed", "handled") if row[word] is not None}

    for name in (row["id"], record):
        assert await marks(name, "handled") == {"handled"}
        assert await marks(name, "dismiss") == {"dismissed"}
        assert await marks(name, "handled") == {"handled"}
        assert await marks(name, "confirm") == {"confirmed", "handled"}
        assert await marks(name, "dismiss") == {"dismissed"}
        assert await marks(name, "reopen") == set()


async def test_a_dismissed_deadline_leaves_the_lists_of_its_team_only(desk, store):
    """The other workspace still has it."""
    feed = await desk.archive.feed()
    story = await desk.archive.story(feed, "Comments on steel", deadlines=(due("2026-12-01"),))
    (row,) = (await desk.ask(f"check {story.id}")).rows
    await desk.ask(f"deadline {row['id']} dismiss")
    today = desk.clock.now().date()
    span = {"since": today, "until": today + timedelta(days=90), "topic": None, "limit": 5}
    assert await store.queries.deadlines(owner="slack:T1", **span) == []
    (found,) = await store.queries.deadlines(owner="slack:T2", **span)
    assert found.number == row["id"]


async def test_what_the_record_knows_is_settled_by_its_code(desk):
    """Handled and dismissed count for the team alone; the review that the rule gives has a code too."""
    today = desk.clock.now().date()

    async def ahead(tenant="slack:T1"):
        page = await desk.deadlines.upcoming(Tenant(tenant), today=today, days=366)
        return {row.headline.text: row for row in page.deadlines}

    filing = (await ahead())["Filing opens"].name
    review = (await ahead())["The next joint review is due."].name
    reply = await desk.ask(f"deadline {filing}")
    assert [row["code"] for row in reply.rows] == [filing]
    assert [choice.command for choice in reply.actions] == [
        f"deadline {filing} {act}" for act in ("confirm", "dismiss", "handled")
    ]
    await desk.ask(f"deadline {filing} handled")
    assert (await ahead())["Filing opens"].marks.handled.called == "ana"
    assert (await ahead("slack:T2"))["Filing opens"].marks.handled is None
    await desk.ask(f"deadline {review} dismiss")
    assert list(await ahead()) == ["Filing opens"]
    assert len(await ahead("slack:T2")) == 2
    (row,) = (await desk.ask(f"deadline {review}")).rows
    assert row["dismissed"]["called"] == "ana"
    await desk.ask(f"deadline {review} reopen")
    assert len(await ahead()) == 2


async def test_the_record_s_deadline_can_be_settled_after_its_day(desk):
    """For a month; what is long over, or was never there, is refused with a sentence."""
    today = desk.clock.now().date()
    page = await desk.deadlines.upcoming(Tenant("slack:T1"), today=today, days=60)
    (filing,) = [row.name for row in page.deadlines]
    desk.clock.advance(days=40)
    (row,) = (await desk.ask(f"deadline {filing} handled")).rows
    assert row["handled"]["called"] == "ana"
    desk.clock.advance(days=40)
    for name in (filing, "r000000"):
        with pytest.raises(NoDeadlineError, match=f"no deadline {name}"):
            await desk.ask(f"deadline {name} handled")


async def test_marks_survive_that_the_story_is_composed_anew(desk, store):
    """The number and what was said of it stay; a date that is stated no more is shown as gone."""
    feed = await desk.archive.feed()
    story = await desk.archive.story(feed, "Comments on steel", deadlines=(due("2026-12-01"),))
    (row,) = (await desk.ask(f"check {story.id}")).rows
    await desk.ask(f"deadline {row['id']} handled")
    later = due("2026-12-20", replaces=due("2026-12-01").date)
    for deadlines in ((due("2026-12-01", text="Other words."),), (later,)):
        async with store.begin(assigning=True) as uow:
            await uow.stories.save([replace(story, deadlines=deadlines)], new=False)
    rows = (await desk.ask(f"check {story.id}")).rows
    assert [(r["date"], r["stated"]) for r in rows] == [("2026-12-20", True), ("2026-12-01", False)]
    assert rows[1]["id"] == row["id"]
    assert rows[1]["handled"]["called"] == "ana"


async def test_an_unknown_deadline_is_refused(desk):
    """So is one of a story that the person may not see."""
    with pytest.raises(NoDeadlineError):
        await desk.ask("deadline 31")
    feed = await desk.archive.feed(owner="slack:T2")
    await desk.archive.story(feed, "Private", deadlines=(due("2026-12-01"),))
    for text in ("deadline 1", "deadline 1 dismiss"):
        with pytest.raises(NoDeadlineError):
            await desk.ask(text)


async def test_who_may_not_change_the_channel_may_not_mute_or_settle(store, clock):
    """A direct message does not open what concerns the whole team."""
    desk = Desk(store, clock, Policy(who=Who.ADMINS))
    feed = await desk.archive.feed()
    await desk.archive.story(feed, "Comments", deadlines=(due("2026-12-01"),))
    for text in ("mute dairy", "unmute dairy", "deadline 1 dismiss"):
        with pytest.raises(NotAllowedError):
            await desk.ask(text)
    with pytest.raises(NotAllowedError):
        await desk.ask("deadline 1 dismiss", direct=True)
    assert (await desk.ask("mute dairy", direct=True)).ok
    assert (await desk.ask("deadline 1 dismiss", admin=True)).ok


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
async def test_every_reply_is_complete_in_three_languages(desk, locale):
    """No placeholder is left open in any of them."""
    feed = await desk.archive.feed()
    story = await desk.archive.story(feed, "Comments", deadlines=(due("2026-12-01"),))
    await desk.told(story)
    for text in (
        *("follow 1", "follow 1", "unfollow 1", "unfollow 1", "noise 1 why", "useful 1", "wrong 1"),
        *("feedback", "feedback tariffs", "mute dairy 3d", "unmute dairy", "unmute dairy"),
        *("why not 1", "why not https://example.com/1", "why not https://x.test/1", "deliveries"),
        *(
            "check 1",
            "deadline 1 confirm",
            "deadline 1 handled",
            "deadline 1 dismiss",
            "deadline 1",
        ),
    ):
        reply = await desk.ask(text, locale=locale)
        assert reply.ok, text
        assert "{" not in reply.text
        assert reply.text
