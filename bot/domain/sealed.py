"""Who was told what, as it was sealed when it was told."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import DeliveryId, DestinationId
from bot.domain.moments import require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message that arrived. `seal` vouches for all of it and for the row before it."""

    place: DestinationId
    number: int
    """Counted from 1 in each place: a missing one was removed."""
    to: str
    """The place as the terminal writes it, ``slack:T1/C1``."""
    delivery_id: DeliveryId
    subject: str
    kind: str
    revision: int
    at: datetime
    title: str | None
    """The headline it brought; None where what it was about is gone."""
    url: str | None
    """Where that stands at its source; None for the bot's own words."""
    source: str | None
    channel: str | None
    """The receipt: the channel as the platform names it, and the message in it."""
    message: str | None
    repeated: bool
    seal: str

    def __post_init__(self) -> None:
        require_aware(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Where a chain does not hold, and why, in words."""

    to: str
    place: DestinationId
    number: int | None
    """None for a delivery that has no seal."""
    delivery_id: DeliveryId | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a look over all chains found."""

    rows: int
    places: int
    broken: tuple[Broken, ...]
    unsealed: int
    """Messages that arrived before sealing began: nothing vouches for them."""
