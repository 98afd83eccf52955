"""The outbox: every send as a row, claimed, tried, and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryDraft, DeliveryKind, DeliveryState, Why
from bot.domain.destination import DestinationState
from bot.domain.ids import AlertId, DeliveryId, DestinationId
from bot.domain.message import Message
from bot.domain.views import Claimed
from bot.ports import Ended, Vault
from bot.storage import tables
from bot.storage.attempts import record_all
from bot.storage.codec import dump, load
from bot.storage.counting import count_outbox
from bot.storage.delivery_order import WAITING, claimable_ids
from bot.storage.delivery_rows import draft_values, posted_of, to_claimed
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.deliveries
_places = tables.destinations
_alerts = tables.alerts

EDIT_GAP = timedelta(minutes=2)
"""A posted message is brought up to date at most this often."""
_MANY = 500
"""Rows written at once that are part of a large fan-out."""


class SqlDeliveries:
    """Implements `bot.ports.Deliveries`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def enqueue(self, drafts: Sequence[DeliveryDraft], now: datetime) -> int:
        """Write deliveries, leaving out those that exist; returns how many are new.

        A message that is still waiting is made of the story as it is when it goes out: edits and
        replies that would only repeat it are left out, and so is a second waiting edit.
        """
        if not drafts:
            return 0
        states = await self._states(drafts)
        drafts = [draft for draft in drafts if not await self._folded(draft, states, now)]
        rows = [
            draft_values(draft, now, due_at=self._due(draft, states, now))
            for draft in drafts
            if not _needless(draft, states)
        ]
        if not rows:
            return 0
        platform = sa.select(_places.c.id, _places.c.platform).where(
            _places.c.id.in_({draft.destination_id for draft in drafts})
        )
        platforms = {row.id: row.platform for row in await self._connection.execute(platform)}
        for row in rows:
            row["platform"] = platforms[row["destination_id"]]
        new = await insert_new(self._connection, _t, rows)
        if new >= _MANY:
            await count_outbox(self._connection)
        return new

    async def _states(self, drafts: Sequence[DeliveryDraft]) -> dict[tuple[int, str, str], Row]:
        """Return the newest post, edit and reply of each subject at each destination.

        They stay locked: a post that is claimed meanwhile was composed without what is new, and is
        waited for, so that it is seen as sent.
        """
        places = {draft.destination_id for draft in drafts}
        query = (
            sa.select(
                *(_t.c.id, _t.c.destination_id, _t.c.subject, _t.c.kind, _t.c.state),
                *(_t.c.sent_at, _t.c.due_at, _t.c.folds),
            )
            .where(
                _t.c.subject.in_({draft.subject for draft in drafts}),
                # the run says no more than the list, but in terms of an index: PostgreSQL would
                # read all that was written of the story so far, for every batch
                _t.c.destination_id.between(min(places), max(places)),
                _t.c.destination_id.in_(places),
                _t.c.kind.in_((DeliveryKind.POST, DeliveryKind.EDIT, DeliveryKind.REPLY)),
            )
            .order_by(_t.c.id)
            .with_for_update()
        )
        rows = await self._connection.execute(query)
        return {(row.destination_id, row.subject, row.kind): row for row in rows}

    async def _folded(
        self, draft: DeliveryDraft, states: Mapping[tuple[int, str, str], Row], now: datetime
    ) -> bool:
        """Whether a reply that is held until later tells this one too, so that both are one."""
        if draft.kind is not DeliveryKind.REPLY or draft.alert_id is None:
            return False
        waiting = states.get((draft.destination_id, draft.subject, DeliveryKind.REPLY))
        if waiting is None or waiting.state != DeliveryState.PENDING or waiting.due_at <= now:
            return False
        folds = load(tuple[int, ...], waiting.folds or "[]")
        both = dump(tuple[int, ...], (*folds, draft.alert_id))
        await self._connection.execute(
            sa.update(_t).where(_t.c.id == waiting.id).values(folds=both)
        )
        return True

    @staticmethod
    def _due(
        draft: DeliveryDraft, states: Mapping[tuple[int, str, str], Row], now: datetime
    ) -> datetime:
        due = max(now, draft.due_at or now)
        last = states.get((draft.destination_id, draft.subject, DeliveryKind.EDIT))
        if draft.kind is not DeliveryKind.EDIT or last is None or last.sent_at is None:
            return due
        after_gap: datetime = last.sent_at + EDIT_GAP
        return max(due, after_gap)

    async def enqueue_notice(
        self, destination_id: DestinationId, subject: str, message: Message, now: datetime
    ) -> int:
        """Write a notice with its own text."""
        draft = DeliveryDraft(
            destination_id=destination_id,
            alert_id=None,
            subject=subject,
            kind=DeliveryKind.NOTICE,
            revision=0,
            why=Why(subscription_id=None, wish=""),
        )
        platform = await self._connection.scalar(
            sa.select(_places.c.platform).where(_places.c.id == destination_id)
        )
        values = draft_values(draft, now, due_at=now)
        values |= {"platform": platform, "notice": dump(Message, message)}
        return await insert_new(self._connection, _t, [values])

    async def enqueue_told(
        self, drafts: Sequence[tuple[DeliveryDraft, Message]], now: datetime
    ) -> int:
        """Write deliveries that bring their own text, all to one place; returns how many are new."""
        if not drafts:
            return 0
        platform = await self._connection.scalar(
            sa.select(_places.c.platform).where(_places.c.id == drafts[0][0].destination_id)
        )
        rows = [
            draft_values(draft, now, due_at=max(now, draft.due_at or now))
            | {"platform": platform, "notice": dump(Message, message)}
            for draft, message in drafts
        ]
        return await insert_new(self._connection, _t, rows)

    async def folds(self, delivery_id: DeliveryId) -> tuple[AlertId, ...]:
        """Return the further alerts that one reply tells."""
        text = await self._connection.scalar(sa.select(_t.c.folds).where(_t.c.id == delivery_id))
        return tuple(AlertId(number) for number in load(tuple[int, ...], text or "[]"))

    async def put_back(self, delivery_id: DeliveryId, *, worker: str, until: datetime) -> None:
        """Undo a claim that came at a bad time: the delivery waits as if it had not been tried."""
        first = _t.c.attempts <= 1
        await self._connection.execute(
            sa.update(_t)
            .where(_t.c.id == delivery_id, _t.c.lease_owner == worker)
            .values(
                state=sa.case((first, str(DeliveryState.PENDING)), else_=str(DeliveryState.RETRY)),
                attempts=_t.c.attempts - 1,
                first_attempt_at=sa.case((first, None), else_=_t.c.first_attempt_at),
                due_at=until,
                lease_owner=None,
                lease_until=None,
            )
        )

    async def notice(self, delivery_id: DeliveryId) -> Message | None:
        """Return a notice's text."""
        text = await self._connection.scalar(sa.select(_t.c.notice).where(_t.c.id == delivery_id))
        return None if text is None else load(Message, text)

    async def claim(
        self,
        now: datetime,
        *,
        worker: str,
        lease: timedelta,
        pace: Mapping[str, timedelta],
        limit: int,
    ) -> list[Claimed]:
        """Take due deliveries, at most one for each destination and in its order; record the try."""
        ids = await claimable_ids(self._connection, now, list(pace), limit)
        if not ids:
            return []
        await self._connection.execute(
            sa.update(_t)
            .where(_t.c.id.in_(ids))
            .values(
                state=DeliveryState.SENDING,
                attempts=_t.c.attempts + 1,
                first_attempt_at=sa.func.coalesce(
                    _t.c.first_attempt_at, sa.literal(now, tables.Moment)
                ),
                lease_owner=worker,
                lease_until=now + lease,
            )
        )
        claimed = await self._claimed(ids)
        for platform, gap in pace.items():
            places = [c.destination.id for c in claimed if c.delivery.platform == platform]
            if places:
                await self._connection.execute(
                    sa.update(_places)
                    .where(_places.c.id.in_(places))
                    .values(next_send_at=now + gap)
                )
        return claimed

    async def give_up(self, before: datetime, reason: str) -> int:
        """Drop what has been waiting since before a moment, paused places apart; returns how many."""
        result = await self._connection.execute(
            sa.update(_t)
            .where(
                _t.c.state.in_((*WAITING, DeliveryState.UNKNOWN)),
                _t.c.created_at < before,
                _t.c.destination_id.not_in(
                    sa.select(_places.c.id).where(_places.c.state == DestinationState.PAUSED)
                ),
            )
            .values(state=DeliveryState.DEAD, error=reason)
        )
        return result.rowcount

    async def expire(self, now: datetime, dead: Sequence[str]) -> int:
        """Turn sends whose lease ended, or whose worker died, into `unknown`; returns how many."""
        lost = sa.or_(_t.c.lease_until < now, _t.c.lease_owner.in_(list(dead)))
        result = await self._connection.execute(
            sa.update(_t)
            .where(_t.c.state == DeliveryState.SENDING, lost)
            .values(
                state=DeliveryState.UNKNOWN,
                due_at=now,
                lease_owner=None,
                lease_until=None,
                error="the worker ended while sending",
            )
        )
        freed = (
            sa.update(_t)
            .where(_t.c.state == DeliveryState.UNKNOWN, lost)
            .values(lease_owner=None, lease_until=None)
        )
        await self._connection.execute(freed)
        return result.rowcount

    async def unsettled(
        self, now: datetime, *, worker: str, lease: timedelta, platforms: Sequence[str], limit: int
    ) -> list[Claimed]:
        """Lease `unknown` deliveries, so that one worker settles them."""
        query = (
            sa.select(_t.c.id)
            .join(_places, _places.c.id == _t.c.destination_id)
            .where(
                _t.c.state == DeliveryState.UNKNOWN,
                _places.c.state == DestinationState.ACTIVE,
                _t.c.platform.in_(list(platforms)),
                _t.c.due_at <= now,
                sa.or_(_t.c.lease_until.is_(None), _t.c.lease_until < now),
            )
            .order_by(_t.c.id)
            .limit(limit)
            .with_for_update(of=_t, skip_locked=True)
        )
        ids = list((await self._connection.execute(query)).scalars())
        if not ids:
            return []
        values = {"lease_owner": worker, "lease_until": now + lease}
        await self._connection.execute(sa.update(_t).where(_t.c.id.in_(ids)).values(values))
        return await self._claimed(ids)

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on deliveries."""
        query = (
            sa.select(_t.c.lease_owner)
            .where(
                _t.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN)),
                _t.c.lease_owner.is_not(None),
            )
            .distinct()
        )
        return list((await self._connection.execute(query)).scalars())

    async def record_all(
        self, ended: Sequence[Ended], *, worker: str, now: datetime
    ) -> set[DeliveryId]:
        """Store how attempts ended and end their leases; returns those whose lease was not lost."""
        return await record_all(self._connection, self._vault, ended, worker=worker, now=now)

    async def hold_destination(self, destination_id: DestinationId, until: datetime) -> None:
        """Send nothing to this destination before `until`."""
        await self._connection.execute(
            sa.update(_places).where(_places.c.id == destination_id).values(next_send_at=until)
        )

    async def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """Return when the next waiting delivery may go out, or be settled."""
        query = (
            sa.select(_t.c.due_at, _places.c.next_send_at)
            .join(_places, _places.c.id == _t.c.destination_id)
            .where(
                _t.c.state.in_((*WAITING, DeliveryState.UNKNOWN)),
                _t.c.platform.in_(list(platforms)),
                _places.c.state == DestinationState.ACTIVE,
            )
            .order_by(_t.c.due_at)
            .limit(500)
        )
        times = [
            max(row.due_at, row.next_send_at or row.due_at)
            for row in await self._connection.execute(query)
        ]
        return min(times, default=None)

    async def _claimed(self, ids: Sequence[int]) -> list[Claimed]:
        query = (
            sa.select(
                _t,
                *(c.label(f"place_{c.name}") for c in _places.c),
                _alerts.c.entry_id.label("alert_entry"),
            )
            .join(_places, _places.c.id == _t.c.destination_id)
            .outerjoin(_alerts, _alerts.c.id == _t.c.alert_id)
            .where(_t.c.id.in_(ids))
            # places are locked in the order of their numbers, as receipts do: nobody waits in a circle
            .order_by(_t.c.destination_id)
            .with_for_update(of=_places, key_share=True)
        )
        rows = sorted((await self._connection.execute(query)).all(), key=lambda row: row.id)
        posted = await posted_of(self._connection, rows)
        return [
            replace(
                to_claimed(row, posted.get((row.destination_id, row.subject))),
                entry_id=row.alert_entry,
            )
            for row in rows
        ]


def _needless(draft: DeliveryDraft, states: Mapping[tuple[int, str, str], Row]) -> bool:
    post = states.get((draft.destination_id, draft.subject, DeliveryKind.POST))
    if draft.kind is DeliveryKind.POST:
        return post is not None and post.state != DeliveryState.DEAD
    if post is not None and post.state == DeliveryState.PENDING:
        return True
    edit = states.get((draft.destination_id, draft.subject, DeliveryKind.EDIT))
    return (
        draft.kind is DeliveryKind.EDIT
        and edit is not None
        and edit.state in (DeliveryState.PENDING, DeliveryState.RETRY)
    )
