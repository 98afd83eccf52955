"""When many alerts at once become one growing bulletin. Pure."""

from datetime import timedelta

from bot.domain.digest import Weather
from bot.domain.ids import AlertId

WINDOW = timedelta(minutes=10)
CAPACITY = 12
"""Stories in one bulletin: what every platform shows in one message. Then a new one begins."""


def bulletin(weather: Weather, limit: int, alert: AlertId) -> str | None:
    """Return the subject of the bulletin that the next alert goes into, None where it stands alone.

    A storm begins when the place had `limit` alerts in the last ten minutes, and goes on until
    there were no more than half as many: it must not flicker. A `limit` of 0 never folds. A bulletin
    is named by the alert that opened it.
    """
    storming = weather.bulletin is not None
    calm = weather.recent <= limit // 2 if storming else weather.recent < limit
    if limit == 0 or calm:
        return None
    if weather.bulletin is not None and weather.held < CAPACITY:
        return weather.bulletin
    return f"bulletin:{alert}"
