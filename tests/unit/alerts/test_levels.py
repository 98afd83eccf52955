"""How much each level lets through."""

import pytest

from bot.alerts.levels import allows_story, allows_update
from bot.domain.destination import Level
from bot.domain.feed import Tier
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from tests.samples import story

BARE: dict = {"tariffs": (), "deadlines": (), "stage": None, "countries": ()}


@pytest.mark.parametrize(
    ("about", "important", "flash"),
    [
        ({}, False, False),
        ({"stage": Stage.THREAT}, True, False),
        ({"deadlines": story().deadlines}, True, False),
        ({"tariffs": story().tariffs, "countries": ("CN",), "tier": Tier.OFFICIAL}, True, False),
        ({"tariffs": story().tariffs, "countries": ("CA",), "tier": Tier.OFFICIAL}, True, True),
        ({"tariffs": story().tariffs, "countries": ("MX",), "stage": Stage.SIGNED}, True, True),
        ({"tariffs": story().tariffs, "countries": ("US",), "stage": Stage.ANNOUNCED}, True, False),
        ({"countries": ("US",), "stage": Stage.IN_FORCE}, True, False),
    ],
)
def test_what_a_level_lets_through(about: dict, important: bool, flash: bool) -> None:
    """Everything takes all; important asks for substance; flash for weight and a party."""
    told = story(**(BARE | about))
    assert allows_story(Level.EVERYTHING, told)
    assert allows_story(Level.IMPORTANT, told) is important
    assert allows_story(Level.FLASH, told) is flash


def test_an_update_must_bring_something() -> None:
    """One more source is told to those who want everything, and to nobody else."""
    more = [Change(kind=ChangeKind.MORE_SOURCES, text="3 sources")]
    stage = [Change(kind=ChangeKind.STAGE, text="Stage: in force")]
    assert allows_update(Level.EVERYTHING, story(), more)
    assert not allows_update(Level.IMPORTANT, story(), more)
    assert allows_update(Level.IMPORTANT, story(), stage)
    assert not allows_update(Level.FLASH, story(countries=("CN",)), stage)
