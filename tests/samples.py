"""Small nouns for storage tests."""

from datetime import UTC, date, datetime

from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Address, PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec, Origin, Tier
from bot.domain.ids import StoryId, Tenant
from bot.domain.reading import (
    Action,
    DeadlineFact,
    DeadlineKind,
    Field,
    Lang,
    Reading,
    Span,
    Stage,
    TariffFact,
    TopicMatch,
)
from bot.domain.story import Change, ChangeKind, Source, Story, Telling, Verdict

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def spec(key: str = "ledger", **changes: object) -> FeedSpec:
    values: dict = {
        "key": key,
        "name": f"Sample {key}",
        "url": f"https://{key}.example/feed",
    }
    return FeedSpec(**(values | changes))


def chat_spec(
    owner: str = "slack:T1", url: str = "https://user:word@x.example/f?token=s"
) -> FeedSpec:
    return spec("chat-1", url=url, owner=Tenant(owner), origin=Origin.CHAT)


def entry(guid: str = "e1", **changes: object) -> Entry:
    values: dict = {
        "guid": guid,
        "url": f"https://ledger.example/{guid}",
        "title": f"Tariff on steel set at 25 percent ({guid})",
        "summary": "The duty applies from December 1.",
        "published": NOW,
        "source": "Border Ledger (sample)",
    }
    return Entry(**(values | changes))


def deadline(day: date = date(2026, 12, 1)) -> DeadlineFact:
    return DeadlineFact(
        kind=DeadlineKind.EFFECTIVE,
        date=day,
        text="The duty applies from December 1.",
        confidence=0.9,
    )


def tariff(rate: float = 25.0) -> TariffFact:
    return TariffFact(
        action=Action.IMPOSED,
        rate_pct=rate,
        imposer="US",
        targets=("CA",),
        products=("steel",),
        text="A 25 percent duty on Canadian steel.",
    )


def reading(*topics: str) -> Reading:
    span = Span(field=Field.TITLE, start=0, end=6, text="Tariff", rule="tariffs: tariff")
    return Reading(
        lang=Lang.EN,
        topics=tuple(TopicMatch(topic=t, score=0.9, spans=(span,)) for t in topics or ("tariffs",)),
        deadlines=(deadline(),),
        tariffs=(tariff(),),
        stage=Stage.ANNOUNCED,
        summary="The duty applies from December 1.",
        countries=("US", "CA"),
    )


def story(story_id: int = 1, **changes: object) -> Story:
    values: dict = {
        "id": StoryId(story_id),
        "headline": "Tariff on steel set at 25 percent",
        "url": "https://ledger.example/e1",
        "lang": "en",
        "source": "Border Ledger (sample)",
        "tier": Tier.GENERAL,
        "summary": "The duty applies from December 1.",
        "stage": Stage.ANNOUNCED,
        "topics": ("tariffs",),
        "deadlines": (deadline(),),
        "tariffs": (tariff(),),
        "sources": (
            Source(name="Border Ledger (sample)", url=None, tier=Tier.GENERAL, published=NOW),
        ),
        "first_seen": NOW,
        "updated_at": NOW,
    }
    return Story(**(values | changes))


NEW = Verdict(
    telling=Telling.UPDATE, changes=(Change(kind=ChangeKind.NEW_STORY, text="A new story"),)
)


def slack(channel: str = "C1", workspace: str = "") -> Address:
    return Address(platform=PlatformName.SLACK, workspace=workspace, channel=channel)


def draft(destination_id: int, alert_id: int | None, **changes: object) -> DeliveryDraft:
    values: dict = {
        "destination_id": destination_id,
        "alert_id": alert_id,
        "subject": "story:1",
        "kind": DeliveryKind.POST,
        "revision": 1,
        "why": Why(subscription_id=None, wish="tariffs"),
    }
    return DeliveryDraft(**(values | changes))
