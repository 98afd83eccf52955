"""A strict reader of calendar files: what RFC 5545 asks of lines, then icalendar's own parser."""

import re

from icalendar import Calendar

_LINE = re.compile(
    rb"[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:\"[^\"\x00-\x08]*\"|[^\";:,\x00-\x1f]*))*:.*"
)
_ONCE = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY")


def unfolded(text: bytes) -> list[bytes]:
    """The content lines, after what section 3.1 asks of them was checked."""
    assert text.endswith(b"\r\n")
    lines = text[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= 75, line
        assert b"\n" not in line
        assert b"\r" not in line
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line), line
        line.decode()  # no character is cut by folding
    whole: list[bytes] = []
    for line in lines:
        if line.startswith((b" ", b"\t")):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    for line in whole:
        assert _LINE.fullmatch(line), line
    return whole


def checked(text: bytes) -> dict[str, object]:
    """The events by uid, read back by the library, after every required property was found."""
    whole = unfolded(text)
    assert whole[0] == b"BEGIN:VCALENDAR"
    assert whole[-1] == b"END:VCALENDAR"
    assert whole.count(b"VERSION:2.0") == 1
    assert sum(line.startswith(b"PRODID:") for line in whole) == 1
    starts = [place for place, line in enumerate(whole) if line == b"BEGIN:VEVENT"]
    for start in starts:
        event = whole[start : whole.index(b"END:VEVENT", start)]
        names = [re.match(rb"[A-Z-]+", line)[0].decode() for line in event]
        assert [names.count(name) for name in _ONCE] == [1] * len(_ONCE), event
    zones = {line.partition(b":")[2] for line in whole if line.startswith(b"TZID:")}
    used = set(re.findall(rb"TZID=([^:;]+)", b"\n".join(whole)))
    assert used <= zones
    read = Calendar.from_ical(text)
    found = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert len(found) == len(starts)
    return found
