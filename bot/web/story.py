"""The page of one story: how it grew, what it says and where that stands, and who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.alerts.changes import conflict_in, said
from bot.alerts.facts import tariff_line
from bot.alerts.message import reason
from bot.commands.wording import count
from bot.domain.alert import Alert
from bot.domain.ids import StoryId
from bot.domain.marks import KnownDeadline
from bot.domain.reading import Reading, Stage, TopicMatch
from bot.domain.story import Change, ChangeKind, Member, Story
from bot.ports.pages import Told
from bot.services.stories import NoStoryError, WholeStory
from bot.web.highlight import Marked, marked
from bot.web.parts import Parts
from bot.web.render import Renderer, View

ENTRIES = 60
"""Entries shown one by one, the oldest first."""
_TEXTS = 25
"""Entries whose whole text is shown too."""
_TOLD = 100
_WORDS = 6
_LARGEST = 2**53
_QUIET = frozenset({ChangeKind.NEW_STORY, ChangeKind.MORE_SOURCES})
"""What the list of entries shows by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry of the story: when it came, why it joined, and what it changed."""

    member: Member
    when: datetime
    first: bool
    changes: tuple[Change, ...]
    stage: Stage | None
    text: Marked | None
    """Its text with the sentences of its facts marked; None where it has no more than a title."""
    matched: tuple[tuple[str, str], ...]
    """(topic, the words that matched)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFactRow:
    """A deadline the story states, or stated."""

    known: KnownDeadline
    kind: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """One telling, in words."""

    where: str
    kind: str
    state: str
    why: str
    when: datetime


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is."""
    return [web.get(r"/story/{id:\d{1,15}}", StoryPage(parts, renderer).page)]


class StoryPage:
    """Answers ``/story/12``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer

    async def page(self, request: web.Request) -> web.Response:
        """Show a story. Raises HTTPNotFound where there is none that the visitor may see."""
        view = self._renderer.view(request)
        whole = await self._whole(int(request.match_info["id"]), view)
        story = whole.story
        changes = await self._parts.queries.pages.changes(story.id, owner=view.visit.owner)
        values = {
            "story": story,
            "sentence": _sentence(story, view),
            "conflicts": [conflict_in(each, view.lang) for each in story.conflicts],
            "tariffs": [tariff_line(fact, view.lang) for fact in story.tariffs],
            "deadlines": [_deadline(known, view) for known in whole.deadlines],
            "entries": entry_rows(whole.members[:ENTRIES], changes, view),
            "more": max(0, len(whole.members) - ENTRIES),
            "told": await self._told(story.id, view),
        }
        return await self._renderer.page(request, "story.html", values, view=view)

    async def _whole(self, number: int, view: View) -> WholeStory:
        if number > _LARGEST:
            raise web.HTTPNotFound
        try:
            return await self._parts.stories.whole(view.visit.actor.tenant, StoryId(number))
        except NoStoryError:
            raise web.HTTPNotFound from None

    async def _told(self, story_id: StoryId, view: View) -> list[ToldRow] | None:
        """Who was told, for operators only: it names the channels of everybody."""
        if not view.visit.operator:
            return None
        found = await self._parts.queries.pages.told(story_id, limit=_TOLD)
        return [_told(one, view) for one in found]


def entry_rows(members: Sequence[Member], changes: Sequence[Alert], view: View) -> list[EntryRow]:
    """Return the story's entries in order, each with what it changed."""
    brought: dict[int, list[Change]] = {}
    for alert in changes:
        told = [change for change in alert.changes if change.kind not in _QUIET]
        brought.setdefault(alert.entry_id, []).extend(told)
    return [
        EntryRow(
            member=member,
            when=member.entry.published or member.seen_at,
            first=place == 0,
            changes=tuple(said(each, view.lang) for each in brought.get(member.entry_id, ())),
            stage=member.reading.stage,
            text=_text(member) if place < _TEXTS else None,
            matched=tuple(_matched(match, view) for match in member.reading.topics),
        )
        for place, member in enumerate(members)
    ]


def _text(member: Member) -> Marked | None:
    entry = member.entry
    text = entry.content or entry.summary
    if not text.strip():
        return None
    if entry.summary.strip() and entry.summary.strip() not in text:
        text = f"{entry.summary.strip()}\n\n{text}"
    return marked(text, _sentences(member.reading))


def _sentences(reading: Reading) -> list[str]:
    return [*(fact.text for fact in reading.tariffs), *(fact.text for fact in reading.deadlines)]


def _matched(match: TopicMatch, view: View) -> tuple[str, str]:
    words = list(dict.fromkeys(span.text for span in match.spans))[:_WORDS]
    return view.reader.topic(match.topic), ", ".join(words)


def _deadline(known: KnownDeadline, view: View) -> DeadlineFactRow:
    kind = view.reader.deadline_kind(known.fact.kind)
    return DeadlineFactRow(known=known, kind=kind, gone=known.gone_at is not None)


def _sentence(story: Story, view: View) -> str:
    entries = count(story.entry_count, view.reader.words.story.entries)
    seen = view.reader.moment(story.first_seen)
    return view.words.story.first_seen_sentence.format(when=seen, entries=entries)


def _told(one: Told, view: View) -> ToldRow:
    delivery = one.delivery
    when = delivery.sent_at or delivery.created_at
    state = view.reader.words.story.states[delivery.state]
    return ToldRow(
        where=str(one.destination.address),
        kind=view.words.story.kinds[delivery.draft.kind],
        state=state.format(when=view.reader.age(when)).strip(),
        why=reason(delivery.draft.why, view.lang, view.reader.catalog.label),
        when=when,
    )
