"""Gives a made archive what people look at: stories with facts, deadlines, tariffs, deliveries.

One entry in twenty is about trade. Of their stories, one in ten states a deadline (of five kinds,
from 60 days ago to 240 ahead, a third of them naming a docket), one in five says something of a
tariff (a twentieth of it official). Every story on a topic was told to three of 300 places.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from made_archive import NOW

from bot.domain.alert import DeliveryState, Why
from bot.domain.feed import Tier
from bot.domain.ids import StoryId, SubscriptionId
from bot.domain.reading import DeadlineFact, DeadlineKind, Reading, TariffFact
from bot.domain.story import Source, Story
from bot.storage.codec import dump, load

PLACES = 300
_AT_ONCE = 20_000
_KINDS = tuple(DeadlineKind)[:5]
_STATED_OF = 10
_TARIFF_OF = 5
_OFFICIAL_OF = 20
_TOLD = 3
_FAILED_OF = 500

_FIRSTS = """
SELECT p.story_id, e.id, e.title, e.summary, e.lang, e.first_seen, r.reading
FROM story_entries p JOIN entries e ON e.id = p.entry_id JOIN readings r ON r.entry_id = e.id
WHERE e.id IN (SELECT min(entry_id) FROM story_entries WHERE story_id > ? AND story_id <= ?
               GROUP BY story_id)
"""


def tell(file: Path) -> int:
    """Give an archive's stories their own words and facts; returns a story's number."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA foreign_keys=OFF")
    _places(connection)
    newest = connection.execute("SELECT max(id) FROM stories").fetchone()[0]
    told = 0
    for below in range(0, newest + 1, _AT_ONCE):
        found = connection.execute(_FIRSTS, (below, below + _AT_ONCE)).fetchall()
        stories = [_Told(row) for row in found]
        connection.executemany(
            "UPDATE stories SET story=?, updated_at=first_seen, source_count=1 WHERE id=?",
            [(dump(Story, each.story), each.story.id) for each in stories],
        )
        on_topic = [each for each in stories if each.story.topics]
        for table, rows in _rows(on_topic):
            _insert(connection, table, rows)
        connection.commit()
        told = max([told, *(each.story.id for each in on_topic)])
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return told


class _Told:
    """A story with what it says and what was made of it."""

    def __init__(self, row: Sequence[Any]) -> None:
        number, self.entry, title, summary, lang, self.seen, text = row
        seen = datetime.fromisoformat(f"{self.seen}+00:00")
        read = load(Reading, text)
        official = number % _OFFICIAL_OF == 0
        tier = Tier.OFFICIAL if official else Tier.GENERAL
        source = Source(name="Sample", url=None, tier=tier, published=seen)
        self.due = _due(number, title) if number % _STATED_OF == 0 else None
        self.tariffs = [_tariff(fact, number) for fact in read.tariffs]
        self.story = Story(
            id=StoryId(number),
            headline=title,
            url=f"https://example.com/{number}",
            lang=lang or "en",
            source="Sample",
            tier=tier,
            summary=summary[:300],
            topics=tuple(sorted(read.topic_names)),
            countries=read.countries,
            deadlines=() if self.due is None else (self.due,),
            tariffs=tuple(self.tariffs),
            sources=(source,),
            first_seen=seen,
            updated_at=seen,
        )


def _due(number: int, title: str) -> DeadlineFact:
    turn = number // _STATED_OF
    day = (NOW + timedelta(days=turn * 7 % 300 - 60)).date()
    docket = f" See docket USTR-2026-{turn % 10_000:04}." if turn % 3 == 0 else ""
    return DeadlineFact(
        kind=_KINDS[turn % len(_KINDS)],
        date=day,
        text=f"{title}: by {day:%B %d, %Y}.{docket}",
        confidence=0.9,
    )


def _tariff(fact: TariffFact, number: int) -> TariffFact:
    day = NOW.date() + timedelta(days=number % 120 - 90)
    return replace(fact, imposer=fact.imposer or "US", effective_date=day)


def _rows(stories: Sequence[_Told]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield (
        "story_topics",
        [
            {"story_id": each.story.id, "topic": topic}
            for each in stories
            for topic in each.story.topics
        ],
    )
    yield "known_deadlines", [_known(each, each.due) for each in stories if each.due is not None]
    yield (
        "tariff_ledger",
        [
            _ledger(each, number, fact)
            for each in stories
            if each.story.id % _TARIFF_OF == 0
            for number, fact in enumerate(each.tariffs)
        ],
    )
    yield "alerts", [_alert(each) for each in stories]
    yield "deliveries", [_delivery(each, turn) for each in stories for turn in range(_TOLD)]


def _known(each: _Told, due: DeadlineFact) -> dict[str, Any]:
    stated = {"story_id": each.story.id, "kind": due.kind, "date": str(due.date)}
    when = {"first_seen": each.seen, "changed_at": each.seen}
    return stated | when | {"fact": dump(DeadlineFact, due)}


def _ledger(each: _Told, number: int, fact: TariffFact) -> dict[str, Any]:
    said = date.fromisoformat(each.seen[:10])
    return {
        "entry_id": each.entry,
        "digest": str(number),
        "fact": dump(TariffFact, fact),
        "topics": "[" + ", ".join(f'"{topic}"' for topic in each.story.topics) + "]",
        "source": "Sample",
        "url": each.story.url,
        "tier": str(each.story.tier),
        "said_on": str(said),
        "first_seen": each.seen,
    }


def _alert(each: _Told) -> dict[str, Any]:
    told = {"id": each.story.id, "story_id": each.story.id, "entry_id": each.entry, "revision": 1}
    said = {"telling": "update", "changes": "[]", "broadcast": 0, "opens": 1}
    return told | said | {"created_at": each.seen, "done": 1}


def _delivery(each: _Told, turn: int) -> dict[str, Any]:
    number = each.story.id * _TOLD + turn
    state = DeliveryState.DEAD if number % _FAILED_OF == 0 else DeliveryState.SENT
    why = Why(subscription_id=SubscriptionId(number % PLACES + 1), wish="steel")
    return {
        "destination_id": number % PLACES + 1,
        "alert_id": each.story.id,
        "key": f"made-{number}",
        "platform": "slack",
        "subject": f"story:{each.story.id}",
        "kind": "post",
        "revision": 1,
        "why": dump(Why, why),
        "state": str(state),
        "attempts": 1,
        "due_at": each.seen,
        "created_at": each.seen,
        "sent_at": each.seen if state is DeliveryState.SENT else None,
        "error": "the channel is archived" if state is DeliveryState.DEAD else None,
        "repeated": 0,
    }


def _places(connection: sqlite3.Connection) -> None:
    now = f"{NOW:%Y-%m-%d %H:%M:%S.%f}"
    places, wishes = [], []
    for number in range(1, PLACES + 1):
        place = {"id": number, "platform": "slack", "workspace": "T1", "channel": f"C{number}"}
        manner = {"state": "active", "zone": "UTC", "locale": "en", "origin": "chat"}
        places.append(place | manner | {"at_most_once": 0})
        wish = {"id": number, "destination_id": number, "topic": "steel_aluminum"}
        how = {"level": "everything", "grouping": "story", "wish_key": "t:steel", "origin": "chat"}
        wishes.append(wish | how | {"created_by": "slack:U1", "created_at": now})
    _insert(connection, "destinations", places)
    _insert(connection, "subscriptions", wishes)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    if not rows:
        return
    names = list(rows[0])
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} ({','.join(names)}) "
        f"VALUES ({','.join(f':{name}' for name in names)})",
        rows,
    )
