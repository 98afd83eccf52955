"""Full text: which entries hold words, asked of an index on either database.

SQLite has FTS5 over `entries.search_text`, kept by triggers; PostgreSQL a GIN index over its
`tsvector`. Both hold the folded text and marks of what was read, so that accents, case and dashes do
not matter, and both only preselect: whether an entry matches is decided by the one evaluator of queries.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.entry import Entry
from bot.domain.ids import EntryId
from bot.domain.needs import Needs
from bot.domain.reading import Reading
from bot.reading.query_marks import mark, marks, title_marks
from bot.reading.text import fold_words
from bot.storage import tables

FTS = "entries_fts"
"""The table of the index on SQLite, made by migration 0002."""
INDEXED = 250_000
"""Characters of an entry that PostgreSQL indexes, as in migration 0002: its tsvector is limited."""
_ODD = mark("odd")
"""Marks text beyond ASCII, of which a database may take half a word for a word."""


def search_text(entry: Entry, reading: Reading) -> str:
    """Return what is indexed of an entry: its words, the words of its title, marks of what was read."""
    title, summary = fold_words(entry.title), fold_words(entry.summary)
    content = summary if entry.content == entry.summary else fold_words(entry.content)
    words = " ".join(filter(None, (title, summary, content)))
    text = f"{words} {title_marks(title)} {marks(entry, reading)}"
    return text if text.isascii() else f"{text} {_ODD}"


def archive_query(
    needs: Needs, *, on_sqlite: bool, below: EntryId | None = None
) -> sa.Select[tuple[object, ...]]:
    """Return entries with their reading and story that hold what is needed, newest first.

    `below` leaves out the entry of that number and newer ones.
    """
    archive, placed, readings = tables.entries, tables.story_entries, tables.readings
    source: sa.FromClause = archive.join(readings, readings.c.entry_id == archive.c.id)
    number: sa.ColumnElement[int] = archive.c.id
    asked: list[sa.ColumnElement[bool]] = []
    if needs.words and on_sqlite:
        # joined and ordered by the index's own number, so that it stops after a page of the newest
        index = sa.table(FTS, sa.column("rowid", sa.Integer))
        number = index.c.rowid
        source = source.join(index, number == archive.c.id)
        match = sa.text(f"{FTS} MATCH :asked").bindparams(asked=_sqlite_asked(needs))
        asked.append(sa.type_coerce(match, sa.Boolean))
    elif needs.words:
        asked = _postgres_holds(needs)
    if below is not None:
        asked.append(number < below)
    source = source.join(placed, placed.c.entry_id == archive.c.id, isouter=True)
    columns = [column for column in archive.c if column is not archive.c.search_text]
    query = sa.select(*columns, readings.c.reading, placed.c.story_id).select_from(source)
    return query.where(*asked).order_by(number.desc())


def _sqlite_asked(needs: Needs) -> str:
    groups = [" OR ".join(map(_phrase, group)) for group in needs.words]
    wanted = " AND ".join(f"({group})" for group in groups)
    if not needs.without:
        return wanted
    return f'({wanted}) NOT (({" OR ".join(map(_phrase, needs.without))}) NOT "{_ODD}")'


def _phrase(sign: str) -> str:
    """Words in a row quoted, a beginning with its star outside the quotes."""
    return f'"{_bare(sign)}"{"*" if _begins(sign) else ""}'


def _postgres_holds(needs: Needs) -> list[sa.ColumnElement[bool]]:
    vector = sa.func.to_tsvector(
        sa.literal_column("'simple'"),
        sa.func.left(tables.entries.c.search_text, sa.literal_column(str(INDEXED))),
    )
    asked = " & ".join(f"({' | '.join(map(_lexemes, group))})" for group in needs.words)
    if needs.without:
        asked += f" & !(({' | '.join(map(_lexemes, needs.without))}) & !'{_ODD}')"
    holds = vector.op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), asked))
    return [holds, *(_in_a_row(group) for group in needs.words if any(map(_is_row, group)))]


def _lexemes(sign: str) -> str:
    """Every word quoted, a beginning marked; a tsvector knows places of the first words only."""
    words = [f"'{word}'" for word in _bare(sign).split()] or ["''"]
    if _begins(sign):
        words[-1] += ":*"
    return f"({' & '.join(words)})"


def _in_a_row(group: Sequence[str]) -> sa.ColumnElement[bool]:
    """One of the signs stands in the text as it is; that spares sending what does not."""
    places = (sa.func.strpos(tables.entries.c.search_text, _bare(sign)) > 0 for sign in group)
    return sa.or_(*places)


def _is_row(sign: str) -> bool:
    return sign.startswith(" ")


def _begins(sign: str) -> bool:
    return sign.endswith("*") or (_is_row(sign) and not sign.endswith(" "))


def _bare(sign: str) -> str:
    return sign.removesuffix("*").replace('"', " ").replace("'", " ").replace("\\", " ").strip()
