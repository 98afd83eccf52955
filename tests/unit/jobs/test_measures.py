"""What a process counts of its polls and sends."""

from datetime import timedelta

import pytest
from prometheus_client import generate_latest

from bot.domain.destination import Address, PlatformName
from bot.domain.message import Link, Message
from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
)
from bot.jobs.measures import Measures, measured
from tests.conftest import HandClock
from tests.fakes.pipeline import ScriptedNotifier

TO = Address(platform=PlatformName.SLACK, channel="C1")
NOTICE = Message(subject="story:1", headline=Link(text="Steel"))


def page(measures: Measures) -> list[str]:
    return generate_latest(measures.registry).decode().splitlines()


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        (TemporaryDeliveryError("slow down", retry_after=3), "limited"),
        (TemporaryDeliveryError("no route"), "failed"),
        (UnclearDeliveryError("no answer"), "unclear"),
        (PermanentDeliveryError("no such channel"), "refused"),
    ],
)
async def test_each_failure_is_counted_by_its_kind(error: DeliveryError, ended: str) -> None:
    """And it goes on to whoever decides what becomes of the delivery."""
    measures = Measures()
    inner = ScriptedNotifier(script=[error])
    slack = measured({PlatformName.SLACK: inner}, measures, HandClock())[PlatformName.SLACK]
    with pytest.raises(type(error)):
        await slack.post(TO, NOTICE, key="k")
    line = f'usmca_bot_sends_total{{ended="{ended}",kind="post",platform="slack"}} 1.0'
    assert line in page(measures)


async def test_the_way_from_publication_to_receipt() -> None:
    """A first message counts from its entry's publication; edits, replies and look-ups do not."""
    clock, measures = HandClock(), Measures()
    inner = ScriptedNotifier()
    slack = measured({PlatformName.SLACK: inner}, measures, clock)[PlatformName.SLACK]
    assert slack.pace == inner.pace
    published = clock.now() - timedelta(seconds=45)
    message = Message(subject="story:1", headline=Link(text="Steel"), published=published)
    receipt = await slack.post(TO, message, key="k1")
    await slack.edit(TO, receipt, message, key="k2")
    await slack.reply(TO, receipt, message, key="k3", broadcast=False)
    assert await slack.settle(TO, None, key="k1", since=published) == receipt
    lines = page(measures)
    name = "usmca_bot_publication_to_receipt_seconds"
    assert f'{name}_count{{platform="slack"}} 1.0' in lines
    assert f'{name}_bucket{{le="30.0",platform="slack"}} 0.0' in lines
    assert f'{name}_bucket{{le="60.0",platform="slack"}} 1.0' in lines


def test_polls_and_their_lag() -> None:
    """A feed that is polled before its time, by hand, is not late."""
    measures = Measures()
    measures.polled("entries", late=timedelta(seconds=3), new=2)
    measures.polled("not_modified", late=timedelta(seconds=-5), new=0)
    lines = page(measures)
    assert 'usmca_bot_polls_total{outcome="entries"} 1.0' in lines
    assert "usmca_bot_new_entries_total 2.0" in lines
    assert 'usmca_bot_poll_lag_seconds_bucket{le="2.0"} 1.0' in lines
