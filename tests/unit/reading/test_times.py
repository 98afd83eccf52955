from datetime import time

import pytest

from bot.reading import times
from bot.reading.even import even


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("by 11:59 p.m. ET on Friday", time(23, 59), "America/New_York"),
        ("at 12:01 a.m. eastern", time(0, 1), "America/New_York"),
        ("5 p.m. Pacific", time(17), "America/Los_Angeles"),
        ("at noon", time(12), None),
        ("a las 18:00 horas", time(18), None),
        ("a las 10:00 horas, hora de la Ciudad de México", time(10), "America/Mexico_City"),
        ("à 23 h 59", time(23, 59), None),
        ("à 17 h, heure de l'Est", time(17), "America/Toronto"),
        ("at 0:30 UTC", time(0, 30), "UTC"),
        ("12 p.m.", time(12), None),
    ],
)
def test_times(text: str, clock: time, zone: str | None) -> None:
    """Times of day are read with the zone written beside them."""
    (span,) = times.find(even(text))
    assert (span.time, span.zone) == (clock, zone)


@pytest.mark.parametrize("text", ["25:00", "13 p.m.", "section 301:12x", "$5.30", "ratio 3:99"])
def test_no_times(text: str) -> None:
    """Hours that do not exist and other figures give nothing."""
    assert times.find(even(text)) == []
