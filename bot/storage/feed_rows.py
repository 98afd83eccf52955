"""A feed as a row of `feeds`, and back: addresses of people sealed, health and hints packed."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.domain.feed import (
    Feed,
    FeedKind,
    FeedSpec,
    FeedState,
    Hints,
    Origin,
    Tier,
    Validators,
)
from bot.domain.health import Backlog, Lease, Watch
from bot.domain.ids import DestinationId, FeedId, Tenant
from bot.errors import ConfigError
from bot.ports import Vault
from bot.storage.codec import dump, load
from bot.storage.rows import Row
from bot.storage.vault import sealed

DEFAULT_INTERVAL_S = 900
"""The first guess for a feed that asks for nothing; the schedule moves it."""


_GIVEN_BY = "@"
"""Stands between a body's hash and the mark of the address that gave it, in one column: to a worker
of the version before, it is the hash of another body."""


def visible(column: sa.Column[str], owner: Tenant | None) -> sa.ColumnElement[bool]:
    """Return the condition that a row is shared or the owner's."""
    shared = column.is_(None)
    return shared if owner is None else sa.or_(shared, column == owner)


def to_feed(row: Row, vault: Vault, *, lease: Lease | None = None) -> Feed:
    """Return the feed a row of `feeds` holds; `lease` is the one it is given now."""
    spec = FeedSpec(
        key=row.key,
        name=row.name,
        url=opened(row.url, vault) or "",
        lang=row.lang,
        tier=Tier(row.tier),
        kind=FeedKind(row.kind),
        interval=row.asked_interval,
        owner=row.owner,
        origin=Origin(row.origin),
        notify_destination_id=(
            None if row.notify_destination_id is None else DestinationId(row.notify_destination_id)
        ),
    )
    plain = {name: getattr(row, name) for name in _PLAIN}
    backlog = opened(row.backlog, vault)
    return Feed(
        id=FeedId(row.id),
        spec=spec,
        state=FeedState(row.state),
        validators=_validators(row),
        redirect_url=opened(row.redirect_url, vault),
        hints=load(Hints, row.hints),
        watch=load(Watch, row.watch) if row.watch else Watch(),
        warnings=tuple(row.warnings.split("\n")) if row.warnings else (),
        backlog=None if backlog is None else load(Backlog, backlog),
        lease=lease,
        **plain,
    )


def _validators(row: Row) -> Validators:
    body_hash, _, given_by = (row.body_hash or "").partition(_GIVEN_BY)
    return Validators(
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=body_hash or None,
        given_by=given_by or None,
    )


_PLAIN = (
    "next_poll_at",
    "not_before",
    "interval",
    "failures",
    "last_polled_at",
    "last_success_at",
    "last_entry_at",
    "last_status",
    "last_error",
    "redirect_seen",
    "cadence",
)
"""Columns that have the name and the type of the field of Feed."""


def spec_values(spec: FeedSpec, vault: Vault) -> dict[str, object]:
    """Return what an owner says of a feed, as columns."""
    return {
        "key": spec.key,
        "name": spec.name,
        "url": _seal(spec.url, spec.origin, vault),
        "url_digest": digest(spec.url),
        "lang": spec.lang,
        "tier": spec.tier,
        "kind": spec.kind,
        "asked_interval": spec.interval,
        "owner": spec.owner,
        "origin": spec.origin,
    }


def _hash_with_mark(validators: Validators) -> str | None:
    if validators.given_by is None:
        return validators.body_hash
    return f"{validators.body_hash or ''}{_GIVEN_BY}{validators.given_by}"


def changed_values(before: Feed, after: Feed, vault: Vault) -> dict[str, object]:
    """Return what a poll changed of a feed, as columns; it ends the lease."""
    values: dict[str, object] = {
        name: new for name in _PLAIN if (new := getattr(after, name)) != getattr(before, name)
    }
    for name, columns in _WRITTEN.items():
        if getattr(after, name) != getattr(before, name):
            values |= columns(after, vault)
    return values | _FREE


def _address_columns(feed: Feed, vault: Vault) -> dict[str, object]:
    return {"url": _seal(feed.spec.url, feed.spec.origin, vault)}


def _validators_columns(feed: Feed, _vault: Vault) -> dict[str, object]:
    found = feed.validators
    return {
        "etag": found.etag,
        "last_modified": found.last_modified,
        "body_hash": _hash_with_mark(found),
    }


def _redirect_columns(feed: Feed, vault: Vault) -> dict[str, object]:
    url = feed.redirect_url
    return {"redirect_url": None if url is None else _seal(url, feed.spec.origin, vault)}


def _warnings_columns(feed: Feed, _vault: Vault) -> dict[str, object]:
    return {"warnings": "\n".join(" ".join(one.split()) for one in feed.warnings) or None}


def _backlog_columns(feed: Feed, vault: Vault) -> dict[str, object]:
    left = feed.backlog
    stored = None if left is None else _seal(dump(Backlog, left), feed.spec.origin, vault)
    return {"backlog": stored}


_WRITTEN: Mapping[str, Callable[[Feed, Vault], dict[str, object]]] = {
    "spec": _address_columns,
    "validators": _validators_columns,
    "hints": lambda feed, _vault: {"hints": dump(Hints, feed.hints)},
    "redirect_url": _redirect_columns,
    "watch": lambda feed, _vault: {"watch": dump(Watch, feed.watch)},
    "warnings": _warnings_columns,
    "backlog": _backlog_columns,
}
"""Fields of Feed that are written otherwise than they are held, and how."""
_FREE: dict[str, object] = {"lease_owner": None, "lease_until": None}


def fresh_start(now: datetime) -> dict[str, object]:
    """Return what is known of an address never polled: another address has other validators."""
    return {
        "next_poll_at": now,
        "not_before": None,
        "etag": None,
        "last_modified": None,
        "body_hash": None,
        "redirect_url": None,
        "redirect_seen": 0,
        "hints": dump(Hints, Hints()),
        "marks": "",
        "warnings": None,
        "backlog": None,
    } | _FREE


def first_interval(spec: FeedSpec) -> dict[str, object]:
    """Return how a feed starts: polled, at the pace its owner asks for."""
    return {"state": FeedState.ACTIVE, "interval": spec.interval or DEFAULT_INTERVAL_S}


def fresh_health() -> dict[str, object]:
    """Return what is known of how another address behaves: nothing, so its first poll is a first."""
    return {
        "failures": 0,
        "last_success_at": None,
        "last_entry_at": None,
        "last_status": None,
        "last_error": None,
        "cadence": None,
    }


def digest(url: str) -> str:
    """Return what an address is found by, which tells nothing of it."""
    return hashlib.blake2b(url.encode(), digest_size=16).hexdigest()


def _seal(text: str, origin: str, vault: Vault) -> str:
    """Seal what people gave, and any address with user info or a query: tokens stand there."""
    return vault.seal(text) if origin == Origin.CHAT or "@" in text or "?" in text else text


def opened(stored: str | None, vault: Vault) -> str | None:
    """Return what is stored; None also where no key opens it: one feed must not stop the others."""
    if stored is None or not sealed(stored):
        return stored
    try:
        return vault.open(stored)
    except ConfigError:
        return None


def free_key(spec: FeedSpec, taken: Collection[str]) -> str:
    """Return the feed's key, lengthened where it is taken."""
    whole = digest(f"{spec.owner} {spec.url}")
    keys = [spec.key, *(f"{spec.key}-{whole[:length]}" for length in (4, 8, 16))]
    return next((key for key in keys if key not in taken), f"{spec.key}-{whole}")
