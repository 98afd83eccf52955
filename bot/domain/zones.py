"""Time zones by their IANA names, as people, platforms and rows give them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def known_zone(name: str) -> ZoneInfo | None:
    """Return a zone; None where the machine knows none of that name.

    Names that are folders (``America``) or too long for a file are none either.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(name: str) -> ZoneInfo:
    """Return a zone; UTC where the machine knows none of that name."""
    return known_zone(name) or ZoneInfo("UTC")
