"""Which deliveries a change of a story means for a destination."""

from dataclasses import replace

from bot.alerts.routing import Occasion, route
from bot.domain.alert import Alert, DeliveryKind
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
from bot.domain.reading import Span
from bot.domain.story import Change, ChangeKind, Member, Telling
from bot.ports import Listener
from tests.samples import NOW, entry, reading, story

MEMBER = Member(
    entry_id=EntryId(9), entry=entry(), reading=reading("tariffs"), seen_at=NOW, joined="first"
)
STAGE = (Change(kind=ChangeKind.STAGE, text="Stage: in force"),)


def occasion(telling: Telling = Telling.UPDATE, **changes: object) -> Occasion:
    values: dict = {
        "id": AlertId(3),
        "story_id": StoryId(1),
        "entry_id": EntryId(9),
        "revision": 4,
        "telling": telling,
        "changes": STAGE,
        "created_at": NOW,
    }
    return Occasion(alert=Alert(**(values | changes)), story=story(), newcomer=MEMBER)


def listener(*wishes: Wish, has_post: bool = False) -> Listener:
    place = Destination(
        id=DestinationId(1), address=Address(platform=PlatformName.SLACK, channel="C1")
    )
    held = tuple(
        Subscription(id=SubscriptionId(n), destination_id=place.id, wish=wish, created_at=NOW)
        for n, wish in enumerate(wishes, 1)
    )
    return Listener(destination=place, subscriptions=held, has_post=has_post)


def no_query(query: str, newcomer: Member) -> tuple[Span, ...] | None:
    return () if query == "*" else None


def kinds(there: Listener, what: Occasion) -> list[tuple[str, str]]:
    return [(str(d.kind), d.subject) for d in route(there, what, query_test=no_query)]


def test_a_matching_topic_posts_with_its_reason() -> None:
    """The delivery keeps the subscription and the words that matched."""
    (draft,) = route(listener(Wish(topic="tariffs")), occasion(), query_test=no_query)
    assert (draft.kind, draft.subject, draft.revision) == (DeliveryKind.POST, "story:1", 4)
    assert (draft.why.subscription_id, draft.why.wish) == (1, "tariffs")
    assert draft.why.spans[0].text == "Tariff"


def test_several_matching_wishes_make_one_message() -> None:
    """The first one is the reason."""
    there = listener(Wish(topic="dairy"), Wish(query="*"), Wish(topic="tariffs"))
    (draft,) = route(there, occasion(), query_test=no_query)
    assert draft.why.wish == "query *"


def test_nothing_that_is_not_wanted() -> None:
    """Another topic, a query that does not match, a level that is too high, or no wish at all."""
    assert kinds(listener(), occasion()) == []
    assert kinds(listener(Wish(topic="dairy"), Wish(query="beef")), occasion()) == []
    assert kinds(listener(Wish(topic="tariffs", level=Level.FLASH)), occasion()) == []


def test_a_topic_of_an_earlier_entry_counts_for_the_story_only() -> None:
    """The story is on autos because of another entry; the newcomer by itself is not."""
    autos = Occasion(
        alert=occasion().alert, story=story(topics=("autos", "tariffs")), newcomer=MEMBER
    )
    assert kinds(listener(Wish(topic="autos")), autos) == [("post", "story:1")]
    assert kinds(listener(Wish(topic="autos", group=Grouping.ENTRY)), autos) == []


def test_the_words_of_a_storys_topic_are_those_of_the_entry_that_is_on_it() -> None:
    """Where the newcomer holds none, the reason shows by what the story is on the topic."""
    other = replace(MEMBER, entry_id=EntryId(7), reading=reading("autos"))
    autos = replace(occasion(), story=story(topics=("autos", "tariffs")), members=(MEMBER, other))
    (draft,) = route(listener(Wish(topic="autos")), autos, query_test=no_query)
    assert draft.why.spans == other.reading.topics[0].spans != ()


def test_who_has_the_message_gets_updates_and_edits() -> None:
    """An update replies and edits; one more source edits; nothing does nothing."""
    there = listener(Wish(topic="dairy"), has_post=True)
    assert kinds(there, occasion()) == [("reply", "story:1"), ("edit", "story:1")]
    assert kinds(there, occasion(Telling.EDIT)) == [("edit", "story:1")]
    assert kinds(there, occasion(Telling.NOTHING)) == []
    assert kinds(listener(has_post=True), occasion()) == []


def test_an_update_below_the_level_is_a_quiet_edit() -> None:
    """Who asked for flash only is not called for an ordinary change."""
    there = listener(Wish(topic="tariffs", level=Level.FLASH), has_post=True)
    assert kinds(there, occasion()) == [("edit", "story:1")]


def test_each_entry_by_itself_beside_the_story() -> None:
    """Both groupings live on one destination."""
    there = listener(Wish(topic="tariffs"), Wish(topic="tariffs", group=Grouping.ENTRY))
    assert kinds(there, occasion()) == [("post", "story:1"), ("post", "entry:9")]
    entries = listener(Wish(query="*", group=Grouping.ENTRY))
    assert kinds(entries, occasion(Telling.NOTHING)) == [("post", "entry:9")]


def test_an_edited_or_held_entry_opens_nothing() -> None:
    """It only reaches those who have the message."""
    both = (Wish(topic="tariffs"), Wish(topic="tariffs", group=Grouping.ENTRY))
    assert kinds(listener(*both), occasion(opens=False)) == []
    there = listener(*both, has_post=True)
    assert kinds(there, occasion(opens=False)) == [("reply", "story:1"), ("edit", "story:1")]
