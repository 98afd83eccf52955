"""Notes of a fan-out: small, and every place finds its own."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import DestinationId
from bot.domain.trace import Stop, Stopped
from bot.storage.traces import read, written

STOPPED = st.builds(
    Stopped,
    stop=st.sampled_from(list(Stop)),
    wish=st.sampled_from(["tariffs", 'query "a, b"']),
    detail=st.sampled_from(["", "flash"]),
)


@given(
    st.dictionaries(
        st.integers(1, 10_000).map(DestinationId),
        st.lists(STOPPED, min_size=1, max_size=3, unique=True).map(tuple),
        min_size=1,
        max_size=60,
    )
)
def test_what_is_written_is_read_for_each_place(stops):
    """Nobody else's reasons, and none is lost."""
    notes = written(stops)
    for place, found in stops.items():
        assert set(read(notes, place)) == set(found)
    missing = next(n for n in range(1, 20_000) if n not in stops)
    assert read(notes, DestinationId(missing)) == ()


def test_a_thousand_places_are_two_kilobytes() -> None:
    """Places that stand side by side cost two bytes each."""
    flash = Stopped(stop=Stop.LEVEL, wish="tariffs", detail="flash")
    notes = written({DestinationId(n): (flash,) for n in range(90_000, 91_000)})
    assert len(notes) < 2_100
