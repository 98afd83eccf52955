import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Origin
from bot.domain.outside import OutsideKind, OutsideService
from bot.errors import InvalidInputError
from bot.platforms.webhook.signature import headers
from bot.services.outside import OutsideServices
from bot.storage.tables import audit, outside_services

CANARY = "https://example.com/canary-token"


@pytest.fixture
def services(store, clock):
    configured = OutsideService(
        kind=OutsideKind.APPRISE, name="TEAMS", url="json://example.com/a", origin=Origin.CONFIG
    )
    return OutsideServices(store, clock, [configured])


async def test_a_stored_address_is_sealed_and_found_again(services, store):
    """Nobody who reads the tables learns the address; the sender gets it back."""
    made = await services.add(OutsideKind.WEBHOOK, "desk", CANARY, by="terminal")
    assert made.secret.startswith("whsec_")
    found = await services.find(OutsideKind.WEBHOOK, "desk")
    assert (found.url, found.secret) == (CANARY, made.secret)
    async with store._engines.writer.begin() as connection:  # noqa: SLF001
        rows = str((await connection.execute(sa.select(outside_services))).all())
        rows += str((await connection.execute(sa.select(audit))).all())
    assert "canary" not in rows
    assert made.secret not in rows
    assert "canary" not in repr(found)


async def test_a_new_secret_is_one_that_every_receiver_can_read(services):
    """Standard Base64 after whsec_: the signature is checked with its bytes, as the specification says."""
    for number in range(20):
        made = await services.add(OutsideKind.WEBHOOK, f"desk{number}", CANARY, by="terminal")
        key = base64.b64decode(made.secret.removeprefix("whsec_"), validate=True)
        assert len(key) == 32
        signed = headers(
            made.secret, key="d1", moment=datetime(2026, 11, 23, tzinfo=UTC), body=b"{}"
        )
        stamp = signed["webhook-timestamp"].encode()
        digest = hmac.new(key, b"d1." + stamp + b".{}", hashlib.sha256).digest()
        assert signed["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


async def test_the_configuration_goes_first(services):
    """What bot.yaml names is found and listed; the terminal neither replaces nor removes it."""
    await services.add(OutsideKind.APPRISE, "mail", "mailto://a:b@example.com", by="terminal")
    assert [(one.name, one.origin) for one in await services.listed()] == [
        ("TEAMS", Origin.CONFIG),
        ("mail", Origin.CHAT),
    ]
    assert (await services.find(OutsideKind.APPRISE, "TEAMS")).url == "json://example.com/a"
    for change in (
        services.add(OutsideKind.APPRISE, "TEAMS", "json://example.com/b", by="terminal"),
        services.remove(OutsideKind.APPRISE, "TEAMS", by="terminal"),
    ):
        with pytest.raises(InvalidInputError, match=r"bot\.yaml"):
            await change


async def test_adding_again_replaces_and_removing_forgets(services):
    """One service for each name."""
    await services.add(OutsideKind.APPRISE, "mail", "mailto://a:b@example.com", by="terminal")
    await services.add(OutsideKind.APPRISE, "mail", "mailto://c:d@example.com", by="terminal")
    assert (await services.find(OutsideKind.APPRISE, "mail")).url == "mailto://c:d@example.com"
    await services.remove(OutsideKind.APPRISE, "mail", by="terminal")
    assert await services.find(OutsideKind.APPRISE, "mail") is None
    with pytest.raises(InvalidInputError, match="services list"):
        await services.remove(OutsideKind.APPRISE, "mail", by="terminal")


@pytest.mark.parametrize(
    ("kind", "name", "url"),
    [
        (OutsideKind.WEBHOOK, "desk", "ftp://canary"),
        (OutsideKind.WEBHOOK, "desk", "https://[canary"),
        (OutsideKind.APPRISE, "desk", "canary"),
        (OutsideKind.APPRISE, "two words", "json://canary"),
    ],
)
async def test_what_cannot_be_an_address_is_refused_unseen(services, kind, name, url):
    """The sentence says what would be right and repeats nothing of what may be a secret."""
    with pytest.raises(InvalidInputError) as caught:
        await services.add(kind, name, url, by="terminal")
    assert "canary" not in str(caught.value)
    assert len(await services.listed()) == 1


async def test_an_address_that_apprise_cannot_use_is_refused_unseen(store, clock):
    """It would be stored, and every send to it refused."""
    services = OutsideServices(store, clock, [], understands=lambda url: url.startswith("json:"))
    await services.add(OutsideKind.APPRISE, "good", "json://example.com", by="terminal")
    with pytest.raises(InvalidInputError, match="Apprise can use") as caught:
        await services.add(OutsideKind.APPRISE, "bad", "canary://example.com", by="terminal")
    assert "canary" not in str(caught.value)


async def test_a_service_that_nobody_named_is_no_place(store, clock, services):
    """One whose variable is not set here is one all the same; other platforms' places are taken."""
    off = Address(platform=PlatformName.WEBHOOK, channel="off")
    known = OutsideServices(store, clock, [], named={off})
    await known.add(OutsideKind.APPRISE, "mail", "mailto://a:b@example.com", by="terminal")
    await known.require(off)
    await known.require(Address(platform=PlatformName.APPRISE, channel="mail"))
    await known.require(Address(platform=PlatformName.SLACK, channel="C1"))
    await services.require(Address(platform=PlatformName.APPRISE, channel="TEAMS"))
    with pytest.raises(InvalidInputError, match="services add webhook:mail"):
        await known.require(Address(platform=PlatformName.WEBHOOK, channel="mail"))
