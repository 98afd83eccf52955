"""Installations, installs that have begun, requests taken once, and a workspace's places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.destination import Address, DestinationState, PlatformName, Wish
from bot.domain.feed import Origin
from bot.domain.installation import Installation
from bot.errors import ConfigError
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MADE = Installation(
    workspace="T1",
    name="Sample Brokers",
    token="xoxb-sample-one",
    refresh_token="xoxe-sample-two",
    expires_at=NOW + timedelta(hours=12),
    bot_user="UBOT",
    scopes="commands,chat:write",
    installed_by="U1",
    installed_at=NOW,
)


async def test_an_installation_comes_back_as_it_was(store: SqlStore) -> None:
    """Every field is kept; another workspace has none."""
    async with store.begin() as uow:
        await uow.installations.save(MADE)
        assert await uow.installations.get("T1") == MADE
        assert await uow.installations.get("T2") is None
        assert await uow.installations.since("T1") == NOW
        assert await uow.installations.since("T2") is None


async def test_tokens_are_sealed_in_the_table(database_url: str) -> None:
    """A copy of the database shows no token, and another key opens none."""
    engines = open_engines(database_url)
    async with SqlStore(engines, FernetVault([new_key()])).begin() as uow:
        await uow.installations.save(MADE)
    async with engines.reader.connect() as connection:
        row = (await connection.execute(sa.select(tables.installations))).one()
    assert "sample" not in row.token + row.refresh_token
    async with SqlStore(engines, FernetVault([new_key()])).begin() as uow:
        with pytest.raises(ConfigError, match="BOT_SECRET_KEYS"):
            await uow.installations.get("T1")
    await engines.dispose()


async def test_installing_again_replaces_the_tokens(store: SqlStore) -> None:
    """A workspace has one installation; removing it is told apart from having none."""
    later = Installation(workspace="T1", token="xoxb-sample-new", installed_at=NOW)
    async with store.begin() as uow:
        await uow.installations.save(MADE)
        await uow.installations.save(later)
        assert await uow.installations.get("T1") == later
        assert await uow.installations.workspaces() == ["T1"]
        assert await uow.installations.remove("T1")
        assert not await uow.installations.remove("T1")
        assert await uow.installations.workspaces() == []


async def test_a_state_ends_one_install_in_time(store: SqlStore) -> None:
    """Single use, not after its time, and never one that was not begun here."""
    async with store.begin() as uow:
        await uow.installations.begin("abc", NOW + timedelta(minutes=10), NOW)
        await uow.installations.begin("old", NOW - timedelta(seconds=1), NOW)
        assert not await uow.installations.finish("other", NOW)
        assert not await uow.installations.finish("old", NOW)
        assert await uow.installations.finish("abc", NOW)
        assert not await uow.installations.finish("abc", NOW)


async def test_a_request_is_taken_once(store: SqlStore) -> None:
    """By whichever process comes first; what is old is forgotten, with unfinished installs."""
    async with store.begin() as uow:
        assert await uow.requests.take("slack:a", NOW)
        await uow.installations.begin("old", NOW, NOW)
    async with store.begin() as uow:
        assert not await uow.requests.take("slack:a", NOW)
        assert await uow.requests.forget(NOW) == 0
        assert await uow.requests.forget(NOW + timedelta(seconds=1)) == 1
        assert await uow.requests.take("slack:a", NOW)
        assert not await uow.installations.finish("old", NOW - timedelta(minutes=1))


async def test_a_workspace_breaks_and_is_mended_as_a_whole(store: SqlStore) -> None:
    """What a person paused stays paused, and other workspaces are left alone."""
    places = {}
    async with store.begin() as uow:
        for workspace, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C3"), ("T1", "C9")):
            address = Address(platform=PlatformName.SLACK, workspace=workspace, channel=channel)
            place = await uow.destinations.ensure(
                address, origin=Origin.CHAT, zone="UTC", locale="en"
            )
            places[channel] = place.id
            if channel != "C9":
                await uow.subscriptions.add(
                    place.id, Wish(topic="autos"), origin=Origin.CHAT, by="slack:U1", now=NOW
                )
        await uow.destinations.set_state(places["C2"], DestinationState.PAUSED, "paused")
        assert await uow.destinations.break_workspace(PlatformName.SLACK, "T1", "gone") == 2
        subscribed = await uow.destinations.subscribed(PlatformName.SLACK, "T1")
        assert {one.address.channel: one.state for one in subscribed} == {
            "C1": DestinationState.BROKEN,
            "C2": DestinationState.PAUSED,
        }
        assert subscribed[0].reason == "gone"
        assert await uow.destinations.mend_workspace(PlatformName.SLACK, "T1") == 2
        mended = await uow.destinations.get(places["C1"])
        untouched = await uow.destinations.get(places["C3"])
    assert mended is not None
    assert (mended.state, mended.reason) == (DestinationState.ACTIVE, None)
    assert untouched is not None
    assert untouched.state is DestinationState.ACTIVE


async def test_a_place_may_ask_for_no_repeats(store: SqlStore) -> None:
    """`at_most_once` is set and taken back."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
    async with store.begin() as uow:
        place = await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="en")
        for only in (True, False):
            await uow.destinations.set_manners(replace(place, at_most_once=only), by="slack:U1")
            found = await uow.destinations.get(place.id)
            assert found is not None
            assert found.at_most_once is only
