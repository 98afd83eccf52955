"""Full text: which entries hold words, asked of an index on either database.

SQLite has FTS5 over `entries.search_text`, kept by triggers; PostgreSQL a GIN index over its
`tsvector`. Both hold the folded text, so that accents, case and dashes do not matter, and both only
preselect: whether an entry matches is decided by the one evaluator of queries.
"""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.needs import Needs
from bot.storage import tables

FTS = "entries_fts"
"""The table of the index on SQLite, made by migration 0002."""
INDEXED = 250_000
"""Characters of an entry that PostgreSQL indexes, as in migration 0002: its tsvector is limited."""


def archive_query(needs: Needs, *, on_sqlite: bool) -> sa.Select[tuple[object, ...]]:
    """Return entries with their reading and story that hold what is needed, newest first."""
    archive, placed, readings = tables.entries, tables.story_entries, tables.readings
    source = archive.join(readings, readings.c.entry_id == archive.c.id)
    columns = (archive, readings.c.reading, placed.c.story_id)
    days = _days(needs)
    if not needs.words:
        query = sa.select(*columns).select_from(_placed(source)).where(*days)
        return query.order_by(archive.c.id.desc())
    if not on_sqlite:
        query = sa.select(*columns).select_from(_placed(source))
        return query.where(_postgres_holds(needs.words), *days).order_by(archive.c.id.desc())
    # joined and ordered by the index's own number, so that it stops after a page of the newest
    index = sa.table(FTS, sa.column("rowid", sa.Integer))
    source = source.join(index, index.c.rowid == archive.c.id)
    query = sa.select(*columns).select_from(_placed(source))
    asked = sa.text(f"{FTS} MATCH :asked").bindparams(asked=_sqlite_asked(needs.words))
    return query.where(asked, *days).order_by(index.c.rowid.desc())


def _days(needs: Needs) -> list[sa.ColumnElement[bool]]:
    """An entry is of the day it was published or, where it says none, updated."""
    moment = sa.func.coalesce(
        tables.entries.c.published, tables.entries.c.updated, type_=tables.Moment()
    )
    found = []
    if needs.since is not None:
        found.append(moment >= dt.datetime.combine(needs.since, dt.time(), dt.UTC))
    if needs.before is not None:
        found.append(moment < dt.datetime.combine(needs.before, dt.time(), dt.UTC))
    return found


def _placed(source: sa.FromClause) -> sa.FromClause:
    placed = tables.story_entries
    return source.join(placed, placed.c.entry_id == tables.entries.c.id, isouter=True)


def _sqlite_asked(words: Sequence[Sequence[str]]) -> str:
    """Each word quoted, a beginning with its star outside the quotes."""
    return " AND ".join(
        "(" + " OR ".join(_quoted(form, '"', "*") for form in forms) + ")" for forms in words
    )


def _postgres_holds(words: Sequence[Sequence[str]]) -> sa.ColumnElement[bool]:
    vector = sa.func.to_tsvector(
        sa.literal_column("'simple'"),
        sa.func.left(tables.entries.c.search_text, sa.literal_column(str(INDEXED))),
    )
    asked = " & ".join(
        "(" + " | ".join(_quoted(form, "'", ":*") for form in forms) + ")" for forms in words
    )
    return vector.op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), asked))


def _quoted(form: str, quote: str, beginning: str) -> str:
    bare = form.removesuffix("*").replace(quote, " ")
    return f"{quote}{bare}{quote}{beginning if form.endswith('*') else ''}"
