"""What we ask of Procrastinate: an app on a database, its schema, and the jobs of dead workers."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    import procrastinate

HEARTBEAT_S = 5.0
SILENT_S = 20.0
"""A worker whose heart did not beat for so long is dead, and its jobs are taken back."""
TABLE = "procrastinate_jobs"
_CONNECTIONS = 6

MISSING = (
    "BOT_ENGINE=procrastinate needs its library: `pip install '.[procrastinate]'` "
    "in the project's folder, or leave BOT_ENGINE unset"
)


def open_queue(database: str) -> "procrastinate.App":
    """Return an app on a database, given as a libpq address; nothing is connected yet.

    Raises ConfigError where the library is not installed.
    """
    try:
        import procrastinate
    except ImportError:
        raise ConfigError(MISSING) from None
    connector = procrastinate.PsycopgConnector(
        conninfo=database, min_size=1, max_size=_CONNECTIONS, timeout=10
    )
    return procrastinate.App(connector=connector)


def schema() -> tuple[str, list[tuple[str, str]]]:
    """Return the library's whole schema, and its steps by name, oldest first.

    Raises ConfigError where the library is not installed.
    """
    try:
        from procrastinate.schema import SchemaManager
    except ImportError:
        raise ConfigError(MISSING) from None
    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    steps = [(file.name, file.read_text(encoding="utf-8")) for file in files]
    return SchemaManager.get_schema(), steps


async def rescue(app: "procrastinate.App") -> int:
    """Give the jobs of dead workers back to the queue; returns how many.

    Procrastinate does not do this by itself. Where a job of the same kind waits already, which is
    usual, the dead worker's one is dropped: it would be refused as a second one in waiting.
    """
    from procrastinate.exceptions import UniqueViolation
    from procrastinate.jobs import Status

    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_S))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    return len(stalled)
