import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.destination import Address, PlatformName
from bot.domain.message import FactLine, Link, Message
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, TariffFact
from bot.domain.story import Change, ChangeKind
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError
from bot.platforms.webhook.send import Target, WebhookNotifier
from bot.platforms.webhook.signature import headers
from tests.conftest import HandClock
from tests.fakes.outside import OutsideWeb

CANARY = "canary-path"
DESK = Address(platform=PlatformName.WEBHOOK, channel="desk")

MESSAGE = Message(
    subject="story:7",
    headline=Link(text="Ottawa sets a 25 % surtax", url="https://example.com/steel"),
    source="Border Ledger",
    published=datetime(2026, 11, 20, 18, tzinfo=UTC),
    summary="Canada will charge 25 percent.",
    topics=("Steel",),
    topic_ids=("steel",),
    tariffs=(
        FactLine(
            text="CA → US: 25 %",
            quote="A 25 percent surtax.",
            fact=TariffFact(
                action=Action.IMPOSED, rate_pct=25.0, imposer="CA", text="A 25 percent surtax."
            ),
        ),
    ),
    deadlines=(
        FactLine(
            text="2026-12-01: comments due",
            quote="Comments close December 1.",
            fact=DeadlineFact(
                kind=DeadlineKind.COMMENT,
                date=date(2026, 12, 1),
                text="Comments close December 1.",
                confidence=0.9,
            ),
        ),
    ),
    why="topic Steel",
)


@pytest.fixture
async def hook(tmp_path: Path) -> AsyncIterator[OutsideWeb]:
    async with OutsideWeb(tmp_path) as server:
        yield server


@pytest.fixture
async def notifier(hook: OutsideWeb, clock: HandClock) -> AsyncIterator[WebhookNotifier]:
    targets = {
        "desk": Target(url=f"http://{hook.host}/{CANARY}", secret="sample"),
        "away": Target(url=f"http://127.0.0.1:1/{CANARY}", secret="sample"),
        "odd": Target(url=f"http://[{CANARY}", secret="sample"),
        "ftp": Target(url=f"ftp://example.com/{CANARY}", secret="sample"),
    }

    async def target_for(name: str) -> Target | None:
        return targets.get(name)

    made = WebhookNotifier(target_for, clock)
    yield made
    await made.close()


async def test_an_alert_comes_signed_with_its_facts(
    hook: OutsideWeb, notifier: WebhookNotifier, clock: HandClock
) -> None:
    """The body holds what people read and the facts as data; the signature fits the bytes sent."""
    receipt = await notifier.post(DESK, MESSAGE, key="d7-1")
    assert (receipt.channel, receipt.message) == ("desk", "d7-1")
    (tried,) = hook.tried
    _, sent, raw = tried
    body = json.loads(raw)
    assert body["event"] == "alert.posted"
    assert (body["id"], body["alert_id"]) == ("d7-1", "d7-1")
    assert body["tariffs"][0]["rate_pct"] == 25.0
    assert body["tariffs"][0]["quote"] == "A 25 percent surtax."
    assert body["deadlines"][0]["date"] == "2026-12-01"
    assert body["topics"] == [{"id": "steel", "label": "Steel"}]
    expected = headers("sample", key="d7-1", moment=clock.now(), body=raw)
    assert {name: sent[name] for name in expected} == expected


async def test_what_follows_names_the_first_alert(
    hook: OutsideWeb, notifier: WebhookNotifier
) -> None:
    """Edits and updates carry the id that the alert was posted with."""
    posted = await notifier.post(DESK, MESSAGE, key="d7-1")
    assert await notifier.edit(DESK, posted, MESSAGE, key="d8-1") == posted
    change = Change(kind=ChangeKind.STAGE, text="In force", url="https://example.com/order")
    update = Message(subject="story:7", headline=MESSAGE.headline, changes=(change,))
    await notifier.reply(DESK, posted, update, key="d9-1", broadcast=True)
    rows = [(body["event"], body["id"], body["alert_id"]) for _, body in hook.taken]
    assert rows == [
        ("alert.posted", "d7-1", "d7-1"),
        ("alert.edited", "d8-1", "d7-1"),
        ("alert.updated", "d9-1", "d7-1"),
    ]
    assert hook.taken[2][1]["changes"][0]["text"] == "In force"


async def test_a_refusal_says_when_to_come_again(
    hook: OutsideWeb, notifier: WebhookNotifier
) -> None:
    """Retry-After is obeyed; a repeat has the same id."""
    hook.statuses, hook.headers = [503], {"Retry-After": "7"}
    with pytest.raises(TemporaryDeliveryError) as caught:
        await notifier.post(DESK, MESSAGE, key="d7-1")
    assert caught.value.retry_after == 7
    await notifier.post(DESK, MESSAGE, key="d7-1")
    assert [sent["webhook-id"] for _, sent, _ in hook.tried] == ["d7-1", "d7-1"]


@pytest.mark.parametrize("status", [301, 400, 404, 500])
async def test_other_answers_are_tried_again(
    hook: OutsideWeb, notifier: WebhookNotifier, status: int
) -> None:
    """A redirect is not followed: the signed body goes only where the operator said."""
    hook.statuses, hook.headers = [status], {"Location": f"http://{hook.host}/elsewhere"}
    with pytest.raises(TemporaryDeliveryError, match=str(status)):
        await notifier.post(DESK, MESSAGE, key="d7-1")
    assert len(hook.tried) == 1


async def test_gone_ends_the_destination(hook: OutsideWeb, notifier: WebhookNotifier) -> None:
    """410 is how a receiver says that nobody listens any more."""
    hook.statuses = [410]
    with pytest.raises(PermanentDeliveryError) as caught:
        await notifier.post(DESK, MESSAGE, key="d7-1")
    assert caught.value.destination_lost


@pytest.mark.parametrize("name", ["away", "odd", "ftp", "unknown"])
async def test_an_address_is_never_told(notifier: WebhookNotifier, name: str) -> None:
    """Whatever goes wrong, the sentence names the webhook, not where it leads."""
    to = Address(platform=PlatformName.WEBHOOK, channel=name)
    with pytest.raises((TemporaryDeliveryError, PermanentDeliveryError), match=name) as caught:
        await notifier.post(to, MESSAGE, key="d7-1")
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("odd", "usmca-bot services add webhook:odd"),
        ("unknown", "usmca-bot services add webhook:unknown"),
        ("ftp", "neither https:// nor http://"),
        ("away", "takes no connection"),
    ],
)
async def test_a_send_that_failed_says_why_in_plain_words(
    notifier: WebhookNotifier, name: str, said: str
) -> None:
    """What to do where the address is wrong; no name of an error of ours."""
    to = Address(platform=PlatformName.WEBHOOK, channel=name)
    with pytest.raises((TemporaryDeliveryError, PermanentDeliveryError), match=said):
        await notifier.post(to, MESSAGE, key="d7-1")


async def test_an_unclear_send_is_simply_repeated(notifier: WebhookNotifier) -> None:
    """The receiver knows the id, so that a repeat cannot show twice."""
    since = datetime(2026, 11, 20, tzinfo=UTC)
    assert await notifier.settle(DESK, None, key="d7-1", since=since) is None
    assert notifier.pace == timedelta(milliseconds=100)
