import pytest

from bot.domain.zones import known_zone, zone_of


@pytest.mark.parametrize(
    "name", ["Mars/Base", "America", "", "../etc", "\0", "x" * 300, "america/nowhere"]
)
def test_a_zone_nobody_knows_is_utc(name: str) -> None:
    """A name the machine does not have, or that is a folder of names, stops nothing."""
    assert known_zone(name) is None
    assert zone_of(name).key == "UTC"


def test_a_zone_is_found_by_its_name() -> None:
    """As the machine's database has it."""
    assert zone_of("America/Toronto").key == "America/Toronto"
