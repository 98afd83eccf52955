"""What mutes and follows change about who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.message import reason
from bot.alerts.routing import Occasion, route
from bot.alerts.trace import stopped
from bot.domain.alert import Alert, Why
from bot.domain.destination import (
    Address,
    Destination,
    Grouping,
    Level,
    PlatformName,
    Subscription,
    Wish,
)
from bot.domain.ids import AlertId, DestinationId, EntryId, StoryId, SubscriptionId
from bot.domain.marks import Mute, team_of
from bot.domain.reading import Lang, Span
from bot.domain.story import Change, ChangeKind, Member, Telling
from bot.domain.trace import Stop
from bot.ports import Listener
from tests.samples import NOW, entry, reading, story

MEMBER = Member(
    entry_id=EntryId(9), entry=entry(), reading=reading("tariffs"), seen_at=NOW, joined="first"
)
STEEL_AND_TARIFFS = replace(story(), topics=("steel", "tariffs"))


def occasion(telling: Telling = Telling.UPDATE, *, told=None, **changes: object) -> Occasion:
    values = {
        "id": AlertId(3),
        "story_id": StoryId(1),
        "entry_id": EntryId(9),
        "revision": 4,
        "telling": telling,
        "changes": (Change(kind=ChangeKind.STAGE, text="Stage: in force"),),
        "created_at": NOW,
    }
    return Occasion(alert=Alert(**(values | changes)), story=told or story(), newcomer=MEMBER)


def listener(*wishes: Wish, muted: tuple[str, ...] = (), **changes: object) -> Listener:
    place = Destination(
        id=DestinationId(1), address=Address(platform=PlatformName.SLACK, channel="C1")
    )
    held = tuple(
        Subscription(id=SubscriptionId(n), destination_id=place.id, wish=wish, created_at=NOW)
        for n, wish in enumerate(wishes, 1)
    )
    mutes = tuple(
        Mute(destination_id=place.id, topic=topic, by="slack:U1", at=NOW) for topic in muted
    )
    known = {"destination": place, "subscriptions": held, "has_post": False, "mutes": mutes}
    return Listener(**(known | changes))


def yes(_query: str, _member: Member) -> tuple[Span, ...] | None:
    return ()


def kinds(there: Listener, what: Occasion) -> list[str]:
    return [str(draft.kind) for draft in route(there, what, query_test=yes)]


@pytest.mark.parametrize(
    ("has_post", "telling", "expected"),
    [
        (False, Telling.UPDATE, ["post", "reply"]),
        (False, Telling.EDIT, []),
        (True, Telling.UPDATE, ["reply", "edit"]),
        (True, Telling.EDIT, ["edit"]),
        (True, Telling.NOTHING, []),
    ],
)
def test_a_follower_gets_what_is_new(has_post, telling, expected) -> None:
    """Whoever lacks the message gets it first; what asks for no message brings none."""
    assert kinds(listener(follows=True, has_post=has_post), occasion(telling)) == expected


def test_a_follower_is_told_what_was_held_from_channels() -> None:
    """The person asked for this story: an edited entry that changes it counts."""
    assert kinds(listener(follows=True), occasion(opens=False)) == ["post", "reply"]


def test_a_subscription_and_a_follow_make_one_message() -> None:
    """The subscription's post stands; below its level the follow brings the update."""
    both = listener(Wish(topic="tariffs"), follows=True)
    assert kinds(both, occasion()) == ["post"]
    strict = listener(Wish(topic="tariffs", level=Level.FLASH), follows=True, has_post=True)
    quiet = occasion(changes=(Change(kind=ChangeKind.MORE_SOURCES, text="Two sources"),))
    assert sorted(kinds(strict, quiet)) == ["edit", "reply"]


def test_the_reason_of_a_follow_is_said_in_three_languages() -> None:
    """It names no subscription."""
    why = Why(subscription_id=None, wish="story 7")
    said = {reason(why, locale, lambda topic, _: topic) for locale in ("en", "es", "fr")}
    assert said == {"You follow this story", "Sigue esta historia", "Vous suivez cette histoire"}


@pytest.mark.parametrize(
    ("wishes", "muted", "told"),
    [
        ([Wish(topic="tariffs")], ("tariffs",), False),
        ([Wish(topic="tariffs")], ("dairy",), True),
        ([Wish(topic="tariffs"), Wish(topic="steel")], ("tariffs",), True),
        ([Wish(topic="tariffs"), Wish(topic="dairy")], ("tariffs",), False),
        ([Wish(query="duty")], ("tariffs",), True),
        ([Wish(query="duty")], ("tariffs", "steel"), False),
    ],
)
def test_a_story_is_left_out_where_all_that_matched_is_muted(wishes, muted, told) -> None:
    """One topic that is not muted is enough."""
    what = occasion(told=STEEL_AND_TARIFFS)
    assert bool(kinds(listener(*wishes, muted=muted), what)) is told


def test_a_muted_story_gets_no_updates_either() -> None:
    """A subscription that has nothing to do with the story does not bring them."""
    there = listener(Wish(topic="tariffs"), Wish(topic="dairy"), muted=("tariffs",), has_post=True)
    assert kinds(there, occasion()) == []


def test_a_mute_is_over_at_its_time() -> None:
    """What happened before that stays untold; a follow is above every mute."""
    there = listener(Wish(topic="tariffs"))
    mute = Mute(
        destination_id=DestinationId(1),
        topic="tariffs",
        until=NOW + timedelta(hours=1),
        by="slack:U1",
        at=NOW,
    )
    there = replace(there, mutes=(mute,))
    assert kinds(there, occasion()) == []
    assert kinds(there, occasion(created_at=NOW + timedelta(hours=1))) == ["post"]
    assert kinds(replace(there, follows=True), occasion()) == ["post", "reply"]


@pytest.mark.parametrize(
    ("wish", "changes", "stop", "detail"),
    [
        (Wish(topic="tariffs", level=Level.FLASH), {}, Stop.LEVEL, "flash"),
        (Wish(topic="tariffs", sources=3), {}, Stop.SOURCES, "3"),
        (Wish(topic="tariffs", langs=(Lang.FR,)), {}, Stop.LANGUAGE, "fr"),
        (Wish(query="duty", level=Level.FLASH), {}, Stop.LEVEL, "flash"),
        (Wish(topic="tariffs"), {"opens": False}, Stop.HELD, ""),
        (Wish(topic="tariffs"), {"telling": Telling.NOTHING}, Stop.NOTHING_NEW, ""),
    ],
)
def test_what_stopped_a_subscription_is_said(wish, changes, stop, detail) -> None:
    """Only of one that matched."""
    what = occasion(**changes)
    (said,) = stopped(listener(wish), what, query_test=yes)
    assert (said.stop, said.detail, said.wish) == (stop, detail, str(wish))
    assert stopped(listener(wish, has_post=True), what, query_test=yes) == ()


def test_what_did_not_match_leaves_no_trace() -> None:
    """A query is not tried where nothing would have stopped it."""
    tried = []

    def no(query: str, _member: Member) -> None:
        tried.append(query)

    there = listener(
        Wish(topic="dairy", level=Level.FLASH),
        Wish(query="milk"),
        Wish(query="cheese", level=Level.FLASH),
        Wish(topic="dairy", group=Grouping.ENTRY, level=Level.FLASH),
    )
    assert stopped(there, occasion(), query_test=no) == ()
    assert tried == ["cheese"]


def test_muted_topics_are_named_and_three_are_enough() -> None:
    """More than three subscriptions of one place are not traced."""
    wishes = [Wish(topic="tariffs", level=level) for level in Level]
    there = listener(*wishes, Wish(query="duty"), muted=("tariffs",))
    found = stopped(there, occasion(), query_test=yes)
    assert [(s.stop, s.detail) for s in found] == [(Stop.MUTED, "tariffs")] * 3


def test_each_person_who_writes_on_discord_is_a_team() -> None:
    """Those conversations share a tenant, which is nobody's team."""
    discord = PlatformName.DISCORD
    assert team_of(Address(platform=discord, channel="@42")) == "discord:@42"
    assert team_of(Address(platform=discord, workspace="7", channel="1")) == "discord:7"
    slack = Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")
    assert team_of(slack) == "slack:T1"
