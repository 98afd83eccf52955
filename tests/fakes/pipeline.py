"""Hand-made outsides of the pipeline: a web of fixed answers, a platform that fails on demand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec
from bot.domain.message import Message
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.domain.reading import Field, Lang, Reading, Span, Stage, TopicMatch
from bot.errors import BotError, ParseError
from bot.ports.outside import Slot


@dataclass(slots=True)
class FixedFetcher:
    """Answers each feed with what a test put there; 304 where nothing is."""

    answers: dict[str, Fetched] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def shows(self, key: str, entries: Sequence[Entry]) -> None:
        """Let a feed show these entries."""
        body = json.dumps([entry.guid for entry in entries]).encode()
        self.answers[key] = Fetched(outcome=Outcome.ENTRIES, url="", status=200, body=body)

    async def fetch(self, feed: Feed, slot: Slot | None = None) -> Fetched:
        self.asked.append(feed.spec.key)
        unchanged = Fetched(outcome=Outcome.NOT_MODIFIED, url=feed.spec.url, status=304)
        return self.answers.get(feed.spec.key, unchanged)


@dataclass(slots=True)
class FixedParser:
    """Finds the entries of a body by their guids."""

    known: dict[str, Entry] = field(default_factory=dict)

    def knows(self, *entries: Entry) -> tuple[Entry, ...]:
        """Remember entries, so that a body can name them."""
        self.known |= {entry.guid: entry for entry in entries}
        return entries

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        try:
            guids = json.loads(body)
        except ValueError:
            raise ParseError("The answer is no feed.") from None
        entries = tuple(self.known[guid] for guid in guids if self._mark(guid) not in seen)
        marks = frozenset(self._mark(guid) for guid in guids)
        return ParsedFeed(entries=entries, total=len(guids), marks=marks)

    def _mark(self, guid: str) -> str:
        return f"{guid}:{hash(self.known[guid])}"


def simple_reading(entry: Entry, now: datetime) -> Reading:
    """Read the topic from hashtags in the title, and the stage from the words 'in force'."""
    words = entry.title.split()
    topics = tuple(
        TopicMatch(
            topic=word[1:],
            score=1.0,
            spans=(Span(field=Field.TITLE, start=0, end=1, text=word[1:], rule="hashtag"),),
        )
        for word in words
        if word.startswith("#")
    )
    stage = Stage.IN_FORCE if "in force" in entry.summary else None
    return Reading(lang=Lang.EN, topics=topics, stage=stage, summary=entry.summary)


@dataclass(slots=True)
class Sent:
    """One call that a platform took."""

    what: str
    to: str
    message: Message
    key: str
    ref: str


@dataclass(slots=True)
class ScriptedNotifier:
    """Takes everything, except what the script fails; `taken` is what really arrived."""

    pace: timedelta = timedelta(seconds=1)
    script: list[BotError | None] = field(default_factory=list)
    taken: list[Sent] = field(default_factory=list)
    takes_before_failing: bool = False
    unsettled: BotError | None = None
    settled: list[str] = field(default_factory=list)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        return self._take("post", to, message, key)

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        return self._take(f"edit {posted.message}", to, message, key)

    async def reply(
        self, to: Address, posted: Receipt, message: Message, *, key: str, broadcast: bool
    ) -> Receipt:
        what = "broadcast" if broadcast else "reply"
        return self._take(f"{what} {posted.message}", to, message, key)

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        self.settled.append(key)
        if self.unsettled is not None:
            raise self.unsettled
        found = next((sent for sent in self.taken if sent.key == key), None)
        return None if found is None else Receipt(channel=to.channel, message=found.ref)

    def _take(self, what: str, to: Address, message: Message, key: str) -> Receipt:
        failure = self.script.pop(0) if self.script else None
        if failure is not None and not self.takes_before_failing:
            raise failure
        sent = Sent(what=what, to=str(to), message=message, key=key, ref=f"m{len(self.taken) + 1}")
        self.taken.append(sent)
        if failure is not None:
            raise failure
        return Receipt(channel=to.channel, message=sent.ref)


@dataclass(slots=True)
class NamedLiveness:
    """A worker by name, and the names of those that died."""

    me: str = "w1"
    dead: set[str] = field(default_factory=set)

    def is_dead(self, worker: str) -> bool:
        return worker in self.dead
