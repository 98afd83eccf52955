"""What the API answers about rules tried on the archive."""

import asyncio

from bot.commands.replies.backtest import rows_of
from bot.errors import InvalidInputError
from bot.record.backtest import Backtest
from bot.web import api_rows as rows
from bot.web.openapi import Asked, Endpoint
from bot.web.parts import Parts
from bot.web.trying import DAYS, Trying

_LONGEST_QUERY = 1_000


class TrialAnswers:
    """Answers `rules/backtest`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._trying = Trying(parts.backtest)

    def endpoints(self) -> list[Endpoint]:
        """Return the route."""
        return [
            Endpoint(
                path="/rules/backtest",
                summary="What a query or a topics file would have told of the archive",
                answer=self._try,
                gives=rows.Tried,
                takes=rows.Rule,
                method="POST",
                token=True,
                errors=(413, 503),
            )
        ]

    async def _try(self, asked: Asked, body: rows.Rule) -> object:
        tenant = asked.visit.actor.tenant
        rule, days = body, body.get("days", DAYS)
        if ("query" in rule) == ("topics_yaml" in rule):
            raise InvalidInputError("Name a `query` or a `topics_yaml`, one of the two.")
        if "query" in rule:
            text = rule["query"][: _LONGEST_QUERY + 1]
            against = rule.get("against")
            found = await self._trying.query(tenant, text, days=days, against=against)
        else:
            # reading a whole file takes a second: in a thread, others are answered meanwhile
            rules = await asyncio.to_thread(self._parts.topics.whole, rule["topics_yaml"])
            topics = tuple(rule.get("topics", ()))
            found = await self._trying.topics(tenant, rules, topics, days=days)
        return await self._tried(asked, found)

    async def _tried(self, asked: Asked, found: Backtest) -> object:
        names = await self._parts.backtest.feed_names(asked.visit.actor.tenant)
        figures, *examples = rows_of(found, names)
        return {"data": figures, "examples": examples}
