"""What the nouns refuse, and how they show themselves."""

import pickle
from datetime import UTC, date, datetime

import pytest

from bot.domain.actor import Actor
from bot.domain.destination import Address, PlatformName, Wish
from bot.domain.entry import Entry, Stated
from bot.domain.feed import Tier, display_url
from bot.domain.moments import require_aware
from bot.domain.reading import Stage


def test_a_naive_moment_is_refused() -> None:
    """The error names the field."""
    with pytest.raises(ValueError, match="published must carry a time zone"):
        require_aware(updated=None, published=datetime(2026, 1, 1))  # noqa: DTZ001 - the matter


@pytest.mark.parametrize("wish", [{}, {"topic": "autos", "query": "*"}])
def test_a_wish_names_one_thing(wish: dict[str, str]) -> None:
    """Neither nothing nor two things."""
    with pytest.raises(ValueError, match="one of the two"):
        Wish(**wish)


def test_addresses_as_people_write_them() -> None:
    """With the workspace where it is known; the terminal has no channel."""
    slack = PlatformName.SLACK
    assert str(Address(platform=slack, channel="C1")) == "slack:C1"
    assert str(Address(platform=slack, workspace="T1", channel="C1")) == "slack:T1/C1"
    assert str(Address(platform=PlatformName.CONSOLE, channel="")) == "console"


def test_an_actors_place_and_name() -> None:
    """What a person makes belongs to their workspace."""
    actor = Actor(platform=PlatformName.SLACK, workspace="T1", user="U1", channel="C1")
    assert (str(actor.address), actor.tenant, actor.name) == ("slack:T1/C1", "slack:T1", "slack:U1")


def test_a_shown_address_holds_no_secret() -> None:
    """User info, query and fragment stay out."""
    shown = display_url("https://user:word@feeds.example:8443/a/b?token=secret#part")
    assert shown == "https://feeds.example:8443/a/b"
    assert display_url("http://u@[2606:4700::1]:80/?a") == "http://[2606:4700::1]:80/"


def test_ranks_follow_the_order_of_events() -> None:
    """Official sources come first, a threat before what is in force."""
    assert [tier.rank for tier in Tier] == [0, 1, 2, 3]
    assert Stage.THREAT.rank < Stage.SIGNED.rank < Stage.IN_FORCE.rank < Stage.REVOKED.rank


def test_an_entry_goes_to_another_process_whole() -> None:
    """What pickle takes apart it puts together again, each value in its place."""
    entry = Entry(
        guid="g",
        url="https://example.com/",
        title="Title",
        summary="Summary",
        content="Content",
        published=datetime(2026, 11, 22, tzinfo=UTC),
        lang="es",
        source="Source",
        tier=Tier.OFFICIAL,
        stated=Stated(document_type="Rule", effective_on=date(2026, 12, 1)),
    )
    again = pickle.loads(pickle.dumps(entry))
    assert again == entry
    assert repr(again) == repr(entry)
