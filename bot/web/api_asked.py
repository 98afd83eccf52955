"""What the API answers about stories, dates, tariffs, the archive, feeds and places."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.replies import feeds as feed_replies
from bot.commands.replies import search as search_replies
from bot.commands.replies import stories as story_replies
from bot.commands.replies import subscriptions as subscription_replies
from bot.commands.replies import tariffs as tariff_replies
from bot.commands.replies.deliveries import delivery_row
from bot.commands.replies.lines import deadline_row, story_row
from bot.domain.alert import DeliveryState
from bot.domain.ids import StoryId
from bot.domain.ledger import LedgerRow
from bot.domain.marks import team_of
from bot.domain.reading import DeadlineKind
from bot.errors import InvalidInputError
from bot.record.ledger import ledger
from bot.record.timeline import Event, EventKind, Fact
from bot.services.tariffs import REPORTED_FOR, reported_since
from bot.web import api_rows as rows
from bot.web.ledger_rows import LedgerRows
from bot.web.openapi import Asked, Endpoint, Parameter
from bot.web.parts import Parts

LIMIT = 100
"""Rows on one page, at most."""
DEEPEST = 10_000
"""Rows one can page through; who needs more narrows the question."""

_PAGE = Parameter(
    name="page",
    about="Counts from 1.",
    schema={"type": "integer", "minimum": 1, "maximum": 500},
    default=1,
)
_LIMIT = Parameter(
    name="limit",
    about="Rows on a page.",
    schema={"type": "integer", "minimum": 1, "maximum": LIMIT},
    default=20,
)
_COUNTRY = Parameter(
    name="country",
    about="An ISO 3166 alpha-2 code such as CA, or EU.",
    schema={"type": "string", "pattern": "^[A-Z]{2}$"},
)


class ApiAnswers:
    """Answers what may be read, over the services that chat asks too."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._ledger = LedgerRows(parts)
        self._topic = Parameter(
            name="topic",
            about="A topic's id.",
            schema={"type": "string", "enum": list(parts.catalog.ids)},
        )

    def endpoints(self) -> list[Endpoint]:
        """Return the routes."""
        paged = (self._topic, _PAGE, _LIMIT)
        days = Parameter(
            name="days",
            about="How many days ahead.",
            schema={"type": "integer", "minimum": 1, "maximum": 3_660},
            default=90,
        )
        return [
            Endpoint(
                path="/stories",
                summary="Stories, the newest first",
                answer=self._stories,
                gives=rows.Rows[rows.Story],
                parameters=paged,
            ),
            Endpoint(
                path="/stories/{id}",
                summary="One story with its facts, conflicts and entries",
                answer=self._story,
                gives=rows.One[rows.WholeStory],
                parameters=(_number("id", "A story's number."),),
            ),
            Endpoint(
                path="/deadlines",
                summary="Dates that bind somebody, the soonest first",
                answer=self._deadlines,
                gives=rows.Rows[rows.Deadline],
                parameters=(self._topic, _COUNTRY, _deadline_kind(), days, _PAGE, _LIMIT),
            ),
            self._tariffs_endpoint(),
            Endpoint(
                path="/timeline",
                summary="What is known of the agreement, by date",
                answer=self._timeline,
                gives=rows.Rows[rows.TimelineEvent],
                parameters=(_of_kind(), self._topic, _PAGE, _LIMIT),
            ),
            self._search_endpoint(),
            *self._operator_endpoints(),
        ]

    def _tariffs_endpoint(self) -> Endpoint:
        day = Parameter(
            name="on",
            about="The day the ledger is asked for; today where it is not said.",
            schema={"type": "string", "format": "date"},
        )
        state = Parameter(
            name="state",
            about="Only rows that are in force, coming, or only reported.",
            schema={"type": "string", "enum": ["in_force", "coming", "reported"]},
        )
        return Endpoint(
            path="/tariffs",
            summary="The tariff ledger on a day",
            answer=self._tariffs,
            gives=rows.Rows[rows.Tariff],
            parameters=(day, _COUNTRY, self._topic, state, _PAGE, _LIMIT),
        )

    def _search_endpoint(self) -> Endpoint:
        query = Parameter(
            name="q",
            about="A query: steel AND (canada OR mexico) -scrap.",
            schema={"type": "string", "minLength": 1, "maxLength": 1_000},
            required=True,
        )
        return Endpoint(
            path="/search",
            summary="The archive, the best match first, ten stories on a page",
            answer=self._search,
            gives=rows.Found,
            parameters=(query, _PAGE),
        )

    def _operator_endpoints(self) -> list[Endpoint]:
        state = Parameter(
            name="state",
            about="Only deliveries in this state.",
            schema={"type": "string", "enum": [str(each) for each in DeliveryState]},
        )
        return [
            Endpoint(
                path="/deliveries",
                summary="What was sent, waits, or was given up, the latest first",
                answer=self._deliveries,
                gives=rows.Rows[rows.Delivery],
                parameters=(state, _PAGE, _LIMIT),
                token=True,
            ),
            Endpoint(
                path="/feeds",
                summary="How the feeds are, the worst first",
                answer=self._feeds,
                gives=rows.Rows[rows.Feed],
                parameters=(_PAGE, _LIMIT),
                errors=(403,),
            ),
            Endpoint(
                path="/subscriptions",
                summary="What every place asks for",
                answer=self._subscriptions,
                gives=rows.Rows[rows.Subscription],
                parameters=(_PAGE, _LIMIT),
                token=True,
            ),
        ]

    async def _stories(self, asked: Asked, _body: object) -> object:
        page, limit = asked.values["page"], asked.values["limit"]
        found = await self._parts.queries.stories(
            owner=asked.visit.actor.tenant,
            topic=asked.values["topic"],
            limit=limit + 1,
            offset=_offset(page, limit),
        )
        shown = [story_row(story) for story in found[:limit]]
        return {"data": shown, "page": page, "more": len(found) > limit}

    async def _story(self, asked: Asked, _body: object) -> object:
        actor = asked.visit.actor
        found = await self._parts.stories.whole(
            actor.tenant, StoryId(asked.values["id"]), team=team_of(actor.address)
        )
        return {"data": story_replies.whole_row(found)}

    async def _deadlines(self, asked: Asked, _body: object) -> object:
        actor, said = asked.visit.actor, asked.values
        today = self._today()
        found = await self._parts.deadlines.upcoming(
            actor.tenant,
            today=today,
            days=said["days"],
            topic=said["topic"],
            country=said["country"],
            kind=None if said["kind"] is None else DeadlineKind(said["kind"]),
            limit=said["limit"],
            page=said["page"],
            team=team_of(actor.address),
        )
        shown = [deadline_row(row, today) for row in found.deadlines]
        return {"data": shown, "page": found.page, "more": found.more}

    async def _tariffs(self, asked: Asked, _body: object) -> object:
        said = asked.values
        on = said["on"] or self._today()
        rows = await self._ledger.since(asked.visit.actor, reported_since(on))
        # in a thread: thousands of rows take their time, and deliveries share this one
        return await asyncio.to_thread(_tariffs_on, rows, on, said)

    async def _timeline(self, asked: Asked, _body: object) -> object:
        said = asked.values
        found = [
            each
            for each in timeline_rows(self._parts)
            if said["kind"] in (None, each["what"])
            and (said["topic"] is None or said["topic"] in each["topics"])
        ]
        return _paged(found, said)

    async def _search(self, asked: Asked, _body: object) -> object:
        found = await self._parts.search.search(
            asked.visit.actor.tenant, asked.values["q"], page=asked.values["page"]
        )
        return {
            "data": [search_replies.row(hit) for hit in found.hits],
            "page": found.page,
            "more": found.more,
            "query": found.query,
            "entries": found.entries,
            "looked_at": found.looked_at,
            "complete": found.complete,
        }

    async def _feeds(self, asked: Asked, _body: object) -> object:
        feeds = await self._parts.feeds.shown_to(asked.visit.actor)
        return _paged([feed_replies.row(feed) for feed in feeds], asked.values)

    async def _deliveries(self, asked: Asked, _body: object) -> object:
        page, limit, state = (asked.values[name] for name in ("page", "limit", "state"))
        found = await self._parts.queries.pages.deliveries(
            state=None if state is None else DeliveryState(state),
            limit=limit + 1,
            offset=_offset(page, limit),
        )
        shown = [delivery_row(each.delivery, each.destination) for each in found[:limit]]
        return {"data": shown, "page": page, "more": len(found) > limit}

    async def _subscriptions(self, asked: Asked, _body: object) -> object:
        held = await self._parts.queries.every_subscription()
        found = [
            {"to": str(place.address), **subscription_replies.subscription_row(each)}
            for place, each in held
        ]
        return _paged(found, asked.values)

    def _today(self) -> dt.date:
        return today_of(self._parts)


def _tariffs_on(rows: Sequence[LedgerRow], on: dt.date, said: Mapping[str, Any]) -> object:
    known = ledger(
        rows, on=on, country=said["country"], topic=said["topic"], reported_for=REPORTED_FOR
    )
    found = tariff_replies.rows_of(known)
    return _paged([row for row in found if said["state"] in (None, row["state"])], said)


def today_of(parts: Parts) -> dt.date:
    """Return the day it is in the zone of the pages."""
    return parts.clock.now().astimezone(ZoneInfo(parts.zone)).date()


def timeline_rows(parts: Parts) -> list[dict[str, Any]]:
    """Return the record of the agreement by date, the newest last."""
    treaty = parts.timeline.treaty
    own = [("treaty", treaty.in_force), ("treaty", treaty.term_ends)]
    own += [("review", review.fact) for review in treaty.reviews]
    found = [_fact_row(kind, fact) for kind, fact in own]
    found += [_event_row(event) for event in parts.timeline.events]
    return sorted(found, key=lambda row: str(row["date"]))


def _fact_row(kind: str, fact: Fact) -> dict[str, Any]:
    return {
        "kind": "event",
        "what": kind,
        "date": fact.date.isoformat(),
        "text": fact.text,
        "source": str(fact.source),
        "url": fact.source.url,
        "confidence": str(fact.confidence),
        "note": fact.note or None,
        "parties": [],
        "topics": ["usmca"],
        "deadline": None,
    }


def _event_row(event: Event) -> dict[str, Any]:
    return _fact_row(str(event.kind), event.fact) | {
        "date": event.when,
        "parties": list(event.parties),
        "topics": list(event.topics),
        "deadline": None if event.deadline is None else str(event.deadline),
    }


def _of_kind() -> Parameter:
    kinds = [str(kind) for kind in EventKind]
    schema = {"type": "string", "enum": kinds}
    return Parameter(name="kind", about="What sort of event.", schema=schema)


def _deadline_kind() -> Parameter:
    schema = {"type": "string", "enum": [str(kind) for kind in DeadlineKind]}
    return Parameter(name="kind", about="What sort of date.", schema=schema)


def _number(name: str, about: str) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
    return Parameter(name=name, about=about, schema=schema, in_path=True)


def _offset(page: int, limit: int) -> int:
    if page * limit > DEEPEST:
        raise InvalidInputError(
            f"Only the first {DEEPEST} rows can be paged through: narrow the question."
        )
    return (page - 1) * limit


def _paged(found: Sequence[Any], said: Mapping[str, Any]) -> dict[str, object]:
    page, limit = said["page"], said["limit"]
    start = (page - 1) * limit
    return {
        "data": list(found[start : start + limit]),
        "page": page,
        "more": len(found) > start + limit,
    }
