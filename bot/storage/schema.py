"""Which version the database is of, and how it gets to ours.

Beside the number of the last migration stands the oldest version of the program that can work with
what it made. A migration that only adds leaves that as it is: workers of the version before go on
beside new ones, also where they are started again. One that takes something away moves it up.
"""

from pathlib import Path

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DatabaseError, StorageError
from bot.storage.engine import Engines

HEAD = "0003"
"""The newest migration; a test holds it equal to what `migrations/versions` ends with."""

KNOWN = ("0001", "0002", "0003")
"""Every version this program can bring up to date, the newest last."""

MIGRATING_LOCK = 7_368_212
"""Number of the PostgreSQL advisory lock on migration."""

_SHOWN = 3
"""Tables of another program that are named."""

log = structlog.get_logger()


async def prepare(engines: Engines) -> None:
    """Bring an empty or older database up to date; leave a current one alone, or a newer that fits.

    Raises StorageError where the database cannot be opened, or is of a newer version with which
    this one cannot work.
    """
    try:
        async with engines.reader.connect() as connection:
            found = await version(connection)
            fits = await works_with(connection)
            await refuse_strangers(connection)
    except (DatabaseError, sa.exc.DBAPIError, OSError) as error:
        raise StorageError(_cannot_open(engines, error)) from None
    if found == HEAD:
        return
    if found is not None and found not in KNOWN:
        if fits:
            log.warning("database_is_newer", version=found, ours=HEAD)
            return
        raise StorageError(
            f"the database is of version {found}, newer than this program's {HEAD}, which cannot work "
            "with it, or it is not of usmca-bot: install the newer usmca-bot, or set BOT_DATABASE_URL "
            "to another database"
        )
    try:
        await migrate(engines)
    except (DatabaseError, sa.exc.DBAPIError, OSError) as error:
        raise StorageError(_cannot_open(engines, error)) from None


async def refuse_strangers(connection: AsyncConnection) -> None:
    """Leave a SQLite file of another program alone; a PostgreSQL database may be shared on purpose.

    Raises StorageError where the file holds tables and none of them is ours.
    """
    if connection.dialect.name != "sqlite" or await version(connection) is not None:
        return
    names = await connection.run_sync(lambda c: sorted(sa.inspect(c).get_table_names()))
    if names:
        raise StorageError(
            f"the database {connection.engine.url.database} is of another program (its tables: "
            f"{', '.join(names[:_SHOWN])}): set BOT_DATABASE_URL to a file of its own"
        )


async def version(connection: AsyncConnection) -> str | None:
    """Return the version of the last migration, None for an empty database."""
    if not await connection.run_sync(lambda c: sa.inspect(c).has_table("alembic_version")):
        return None
    found: str | None = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


async def works_with(connection: AsyncConnection) -> bool:
    """Whether this version can work with the tables as they are, a newer version's included."""
    found = await version(connection)
    if found is None or found in KNOWN:
        return found == HEAD
    oldest = await connection.run_sync(_oldest_program)
    return oldest in KNOWN


def _oldest_program(connection: sa.Connection) -> str | None:
    columns = {column["name"] for column in sa.inspect(connection).get_columns("alembic_version")}
    if "compatible_from" not in columns:
        return None
    found: str | None = connection.scalar(sa.text("SELECT compatible_from FROM alembic_version"))
    return found


async def migrate(engines: Engines) -> None:
    """Run the migrations the database lacks; several workers at once take turns."""
    async with engines.writer.begin() as connection:
        if not engines.on_sqlite:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING_LOCK)))
        await connection.run_sync(upgrade, "head")


def upgrade(connection: sa.Connection, to: str) -> None:
    """Run the migrations up to a version, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _cannot_open(engines: Engines, error: Exception) -> str:
    """Name the place without its password, and what the database itself said."""
    url = engines.writer.url
    shown = url.set(drivername=url.get_backend_name(), query={})
    place = shown.render_as_string(hide_password=True)
    cause = getattr(error, "orig", None) or error.__cause__ or error
    reason = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    for secret in (url.password, *map(str, url.query.values())):
        if secret:
            reason = reason.replace(str(secret), "***")
    return f"the database {place} cannot be opened: {reason}; check BOT_DATABASE_URL"
