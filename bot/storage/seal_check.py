"""Whether the chains of seals hold, decided over their rows."""

import json
from collections.abc import Iterable
from datetime import datetime

from bot.domain.destination import Address, PlatformName
from bot.domain.ids import DeliveryId, DestinationId
from bot.domain.sealed import Broken, Checked
from bot.errors import ConfigError
from bot.ports import Vault
from bot.storage.rows import Row


def sealed_bytes(before: str, record: str) -> bytes:
    """Return what a seal is made of: the seal before, and the record; no record holds a line end."""
    return f"{before}\n{record}".encode()


def cut_bytes(place: int, number: int, seal: str) -> bytes:
    """Return what vouches that retention, and nobody else, deleted a chain's beginning."""
    return f"cut\n{place}\n{number}\n{seal}".encode()


class Chains:
    """Looks at rows in the order of their chains, and remembers where one does not hold."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._place: int | None = None
        self._number, self._seal = 0, ""
        self._rows, self._places = 0, 0
        self._broken: list[Broken] = []
        self._to = ""

    def look(self, row: Row) -> None:
        """Take the next row; its columns are those of `seals` and of its delivery."""
        if row.destination_id != self._place:
            self._place, self._number, self._seal = row.destination_id, 0, ""
            self._places += 1
        self._to = _place_of(row)
        if row.cut is None:
            self._rows += 1
            self._look_at(row)
        else:
            self._look_at_cut(row)
        self._number, self._seal = row.number, row.seal

    def result(self, loose: Iterable[Row]) -> Checked:
        """Return what was found; `loose` are sent deliveries without a seal."""
        unsealed = 0
        for row in loose:
            if _before_its_chain(row):
                unsealed += 1
                continue
            address = Address(
                platform=PlatformName(row.platform), workspace=row.workspace, channel=row.channel
            )
            self._broken.append(
                Broken(
                    to=str(address),
                    place=DestinationId(row.destination_id),
                    number=None,
                    delivery_id=DeliveryId(row.id),
                    why="it says it was sent, but has no seal: it was inserted, or its seal removed",
                )
            )
        return Checked(
            rows=self._rows, places=self._places, broken=tuple(self._broken), unsealed=unsealed
        )

    def _look_at(self, row: Row) -> None:
        expected = self._number + 1
        if row.number != expected:
            gone = str(expected) if row.number == expected + 1 else f"{expected}-{row.number - 1}"
            self._break(row, f"what was before it is gone: number {gone} was removed")
        elif not self._holds(row, sealed_bytes(self._seal, row.record), row.seal):
            self._break(row, "its seal is not of this row: it was changed or inserted")
        elif row.found is None:
            self._break(row, "its delivery was removed")
        elif not _agrees(row):
            self._break(row, "its delivery was changed")

    def _look_at_cut(self, row: Row) -> None:
        data = cut_bytes(row.destination_id, row.number, row.seal)
        if self._number or not self._holds(row, data, row.cut):
            self._break(row, "the chain does not begin where retention cut it")

    def _holds(self, row: Row, data: bytes, mac: str) -> bool:
        try:
            return self._vault.is_mac(data, mac)
        except ConfigError as error:
            self._break(row, f"it cannot be checked: {error}")
            return True

    def _break(self, row: Row, why: str) -> None:
        self._broken.append(
            Broken(
                to=self._to,
                place=DestinationId(row.destination_id),
                number=row.number,
                delivery_id=DeliveryId(row.delivery_id),
                why=why,
            )
        )


def _place_of(row: Row) -> str:
    try:
        return str(json.loads(row.record)["to"])
    except (ValueError, KeyError, TypeError):
        return f"place {row.destination_id}"


def _agrees(row: Row) -> bool:
    """Whether the delivery says what its sealed record says."""
    said = json.loads(row.record)
    receipt = json.loads(row.receipt) if row.receipt else {}
    return bool(
        said["place"] == row.sent_to == row.destination_id
        and said["delivery"] == row.delivery_id == row.found
        and (said["subject"], said["kind"], said["revision"])
        == (row.subject, row.kind, row.revision)
        and (said["channel"], said["message"]) == (receipt.get("channel"), receipt.get("message"))
        and row.sent_at is not None
        and datetime.fromisoformat(said["at"]) == row.sent_at
        and row.state == "sent"
    )


def _before_its_chain(row: Row) -> bool:
    """Whether a delivery is older than sealing, or than where retention cut its place's chain."""
    if row.cut_at is not None and row.sent_at <= row.cut_at:
        return True
    return bool(row.begins is None or row.sent_at < row.begins)
