"""Backups of both databases, restored into either."""

import asyncio
import gzip
import hashlib
import json
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import InvalidInputError, StorageError
from bot.jobs.heartbeat import SILENCE, Heartbeat
from bot.ports import NewEntry
from bot.storage import schema
from bot.storage.backup import RestartedTooOftenError, Restarts, Written, write
from bot.storage.backup_file import SECRETS, check
from bot.storage.engine import open_engines
from bot.storage.restore import restore
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.conftest import HandClock
from tests.fakes.filled import everything, fill
from tests.fakes.pipeline import NamedLiveness
from tests.fakes.writing import add_entries
from tests.samples import NOW, chat_spec, entry, reading, spec


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


async def rows_of(url: str) -> dict:
    engines = open_engines(url)
    async with engines.reader.connect() as connection:
        found = await connection.run_sync(everything)
    await engines.dispose()
    return found


async def filled(url: str, *numbers: int) -> None:
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        for number in numbers:
            await connection.run_sync(fill, number, **UNIQUE(number))
    await engines.dispose()


def UNIQUE(number: int) -> dict:  # noqa: N802 - read as data
    """Columns that may not repeat where the filler would repeat them."""
    return {
        "feeds": {"key": f"feed-{number}"},
        "destinations": {"channel": f"C{number}"},
        "forgotten_entries": {"digest": -(2**63) + number},
        "outside_services": {"kind": "webhook", "name": f"w{number}"},
        "stories": {"story": "{}"},
    }


async def backed_up(url: str, file: Path, **how) -> Written:
    engines = open_engines(url)
    try:
        return await write(engines, file, program="9.9.9", now=NOW, **how)
    finally:
        await engines.dispose()


async def brought_back(
    url: str, file: Path, *, force: bool = False, dead: Collection[str] = ()
) -> None:
    engines = open_engines(url)
    try:
        await restore(engines, file, now=NOW, is_dead=lambda name: name in dead, force=force)
    finally:
        await engines.dispose()


async def test_every_row_of_every_table_comes_back(
    database_url: str, new_url: str, tmp_path: Path
) -> None:
    """From either database into either; accents, tabs, negative and large numbers survive."""
    await filled(database_url, 1, 2)
    before = await rows_of(database_url)
    file = tmp_path / "bot.backup"
    written = await backed_up(database_url, file)
    await brought_back(new_url, file)
    assert set(written.counts.values()) == {2}
    assert len(written.counts) == len(before)
    assert await rows_of(new_url) == before
    assert file.stat().st_mode & 0o777 == 0o600
    assert left_over(tmp_path) == []


async def test_nothing_is_restored_under_a_running_bot(
    database_url: str, vault: FernetVault, clock: HandClock, tmp_path: Path
) -> None:
    """Also with --force; once it stopped, was killed or said nothing for long, its database is free."""
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    store = SqlStore(open_engines(database_url), vault)
    me = "desk.example/boot-1/4711/99"
    for ends in ("stopped", "killed", "silent"):
        beat = Heartbeat(NamedLiveness(me))
        clock.time = NOW
        await beat.start(store, clock)
        for force in (False, True):
            with pytest.raises(InvalidInputError, match=r"on desk\.example, process 4711.*stop it"):
                await brought_back(database_url, file, force=force)
        if ends == "silent":
            clock.time = NOW - 2 * SILENCE
            await beat.beat(store, clock)
        if ends == "stopped":
            await beat.stop(store)
        await brought_back(database_url, file, force=True, dead=[me] if ends == "killed" else ())
        await beat.stop(store)
    await store.close()


async def test_the_bot_goes_on_where_the_backup_ended(
    database_url: str, new_url: str, vault: FernetVault, tmp_path: Path
) -> None:
    """Known entries are known, words are found, new rows get numbers that nobody had."""
    first = SqlStore(open_engines(database_url), vault)
    async with first.begin(assigning=True) as uow:
        await uow.feeds.reconcile([spec()], NOW)
        await uow.feeds.add(chat_spec(), NOW)
        feed = next(f for f in await uow.feeds.listed(None) if f.spec.key == "ledger")
        ids = await add_entries(uow, feed, [new("e1"), new("e2")], NOW)
    await first.close()
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    await brought_back(new_url, file)
    second = SqlStore(open_engines(new_url), vault)
    async with second.begin(assigning=True) as uow:
        assert set(await uow.entries.known(feed.id, [entry("e1"), entry("e9")])) == {"e1"}
        (third,) = await add_entries(uow, feed, [new("e3")], NOW)
        opened = await uow.feeds.of_everybody()
    assert third > max(ids)
    assert chat_spec().url in {one.spec.url for one in opened}
    found = sa.text("SELECT count(*) FROM entries_fts WHERE entries_fts MATCH 'steel'")
    if new_url.startswith("sqlite"):
        engines = open_engines(new_url)
        async with engines.reader.connect() as connection:
            assert await connection.scalar(found) == 3
        await engines.dispose()
    await second.close()


def new(guid: str) -> NewEntry:
    return NewEntry(entry=entry(guid), reading=reading(), held=False)


async def test_numbers_of_deadlines_are_never_given_again(
    database_url: str, new_url: str, tmp_path: Path
) -> None:
    """Also those whose row was gone before the backup was made."""
    await filled(database_url, 1, 40)
    engines = open_engines(database_url)
    async with engines.writer.begin() as connection:
        if not engines.on_sqlite:
            await connection.execute(sa.text("SELECT setval('known_deadlines_id_seq', 40)"))
        await connection.execute(sa.text("DELETE FROM known_deadlines WHERE id = 40"))
    await engines.dispose()
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    assert check(file, quiet).sequences["known_deadlines"] == 40
    await brought_back(new_url, file)
    engines = open_engines(new_url)
    async with engines.writer.begin() as connection:
        given = await connection.scalar(
            sa.text(
                "INSERT INTO known_deadlines (story_id, kind, date, fact, first_seen) "
                "VALUES (1, 'other', '2027-01-01', '{}', '2026-11-20 00:00:00') RETURNING id"
            )
        )
    await engines.dispose()
    assert given == 41


async def test_a_backup_of_the_first_version_is_brought_up_to_date(
    new_url: str, tmp_path: Path
) -> None:
    """Its tables are made as they were, filled, and migrated."""
    engines = open_engines(f"sqlite:///{tmp_path / 'old.db'}")
    async with engines.writer.begin() as connection:
        await connection.run_sync(schema.upgrade, "0001")
        await connection.run_sync(fill, 3)
    await write(engines, tmp_path / "old.backup", program="0.0.1", now=NOW)
    await engines.dispose()
    await brought_back(new_url, tmp_path / "old.backup")
    found = await rows_of(new_url)
    assert [row[0] for row in found["known_deadlines"]] == [1]
    assert [row[0] for row in found["entries"]] == [3]
    engines = open_engines(new_url)
    async with engines.reader.connect() as connection:
        assert await schema.version(connection) == schema.HEAD
    await engines.dispose()


async def test_what_holds_something_is_replaced_only_where_that_is_said(
    database_url: str, tmp_path: Path
) -> None:
    """Neither a file nor a database is overwritten without `--force`."""
    await filled(database_url, 1)
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    whole = file.read_bytes()
    with pytest.raises(InvalidInputError, match="exists already"):
        await backed_up(database_url, file)
    await filled(database_url, 2)
    after = await rows_of(database_url)
    with pytest.raises(InvalidInputError, match=r"not empty \(2 rows in"):
        await brought_back(database_url, file)
    assert await rows_of(database_url) == after
    assert file.read_bytes() == whole
    await brought_back(database_url, file, force=True)
    assert {
        name: len(rows) for name, rows in (await rows_of(database_url)).items()
    } == dict.fromkeys(after, 1)
    await backed_up(database_url, file, force=True)


def rewritten(file: Path, change) -> None:
    """Change the lines of a backup, and leave its digest as it was."""
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(change(lines))))


def _header(lines: list[bytes], **changes: object) -> list[bytes]:
    return [json.dumps(json.loads(lines[0]) | changes).encode() + b"\n", *lines[1:]]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda file: file.write_text("id,name\n1,Ann\n"), "is no backup of usmca-bot"),
        (lambda file: file.write_bytes(b""), "is no backup of usmca-bot"),
        (lambda file: file.write_bytes(gzip.compress(b'{"name": "other"}\n')), "is no backup"),
        (lambda file: file.write_bytes(gzip.compress(b"text\n")), "is no backup"),
        (lambda file: file.write_bytes(file.read_bytes()[:-200]), "cut short"),
        (lambda file: file.write_bytes(_flipped(file.read_bytes())), "is damaged"),
        (lambda file: rewritten(file, lambda lines: lines[:-1]), "cut short"),
        (lambda file: rewritten(file, lambda lines: lines[:-3] + lines[-2:]), "digest"),
        (lambda file: rewritten(file, lambda lines: [*lines, b"[1]\n"]), "after its end"),
        (lambda file: rewritten(file, lambda lines: [lines[0], b"[1]\n", *lines[1:]]), "does not fit"),
        (lambda file: rewritten(file, lambda lines: [lines[0], b"{}\n", *lines[1:]]), "no backup has"),
        (lambda file: rewritten(file, lambda lines: [lines[0], b"{oops\n", *lines[1:]]), "cannot be read"),
        (
            lambda file: rewritten(
                file, lambda lines: [lines[0], b'{"table": "users", "columns": []}\n', *lines[1:]]
            ),
            "'users'",
        ),
        (lambda file: rewritten(file, lambda lines: _header(lines, version=2)), "newer than this one"),
        (lambda file: rewritten(file, lambda lines: _header(lines, schema="0999")), "newer than this one"),
        (lambda file: rewritten(file, lambda lines: _header(lines, made_at="soon")), "digest|first line"),
        (lambda file: file.unlink(), "No such file"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_trusted_changes_nothing(
    sqlite_url: str, tmp_path: Path, harm, says: str
) -> None:
    """Damaged, cut short, newer or foreign: one sentence, and the database is as it was."""
    await filled(sqlite_url, 1)
    file = tmp_path / "bot.backup"
    await backed_up(sqlite_url, file)
    before = await rows_of(sqlite_url)
    harm(file)
    with pytest.raises(InvalidInputError, match=says):
        await brought_back(sqlite_url, file, force=True)
    assert await rows_of(sqlite_url) == before


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


async def test_a_restore_that_fails_half_way_changes_nothing(
    database_url: str, tmp_path: Path
) -> None:
    """A file whose digest is right, but whose rows the database refuses."""
    await filled(database_url, 1)
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    before = await rows_of(database_url)

    def twice(lines: list[bytes]) -> list[bytes]:
        """Every row of the last table twice, with counts and digest to match."""
        *body, last, sequences, end = lines
        kept = b"".join([*body, last, last, sequences])
        said = json.loads(end)["end"]
        name = [json.loads(line)["table"] for line in body if b'"table"' in line][-1]
        said["counts"][name] += 1
        said["sha256"] = hashlib.sha256(kept).hexdigest()
        return [kept, json.dumps({"end": said}).encode()]

    rewritten(file, twice)
    with pytest.raises(StorageError, match="nothing changed"):
        await brought_back(database_url, file, force=True)
    assert await rows_of(database_url) == before


async def test_databases_without_anything_of_ours_are_left_alone(tmp_path: Path) -> None:
    """Neither backed up nor restored over."""
    with pytest.raises(StorageError, match="there is no database"):
        await backed_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "a.backup")
    (tmp_path / "none.db").touch()
    with pytest.raises(StorageError, match="is empty"):
        await backed_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "a.backup")
    engines = open_engines(f"sqlite:///{tmp_path / 'new.db'}")
    await schema.prepare(engines)
    await write(engines, tmp_path / "new.backup", program="1", now=NOW)
    async with engines.writer.begin() as connection:
        newer = "UPDATE alembic_version SET version_num = '9999', compatible_from = '9999'"
        await connection.execute(sa.text(newer))
    await engines.dispose()
    for work in (backed_up, brought_back):
        with pytest.raises(StorageError, match="9999"):
            await work(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new.backup", force=True)
    assert not (tmp_path / "a.backup").exists()


async def test_a_place_that_cannot_be_written_is_named(sqlite_url: str, tmp_path: Path) -> None:
    """The folder must be there."""
    with pytest.raises(StorageError, match="cannot be written"):
        await backed_up(sqlite_url, tmp_path / "nowhere" / "bot.backup")


async def test_secrets_stay_sealed_and_the_file_says_so(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    """The header names what is needed; no address of a person's feed is readable."""
    async with store.begin() as uow:
        await uow.feeds.add(chat_spec(url="https://x.example/f?token=canary-feed"), NOW)
    file = tmp_path / "bot.backup"
    await backed_up(database_url, file)
    text = gzip.decompress(file.read_bytes()).decode()
    assert SECRETS in text
    assert "canary-feed" not in text


async def test_a_writer_goes_on_while_a_backup_is_made(
    database_url: str, vault: FernetVault, tmp_path: Path
) -> None:
    """Its transactions end meanwhile, and the backup holds one moment of the database."""
    store = SqlStore(open_engines(database_url), vault)
    stop = asyncio.Event()
    longest = timedelta(0)

    async def writing() -> int:
        nonlocal longest
        loop = asyncio.get_running_loop()
        count = 0
        while not stop.is_set():
            begun = loop.time()
            async with store.begin() as uow:
                await uow.audit.add("terminal", f"line {count}", "first", NOW)
                await uow.audit.add("terminal", f"line {count}", "second", NOW)
            longest = max(longest, timedelta(seconds=loop.time() - begun))
            count += 1
        return count

    busy = asyncio.create_task(writing())
    file = tmp_path / "bot.backup"
    for _ in range(3):
        await backed_up(database_url, file, force=True)
    stop.set()
    wrote = await busy
    await store.close()
    kept = check(file, quiet).counts["audit"]
    assert 0 < kept <= wrote * 2
    assert kept % 2 == 0
    assert longest < timedelta(seconds=10)


async def test_a_copy_that_begins_again_too_often_is_made_in_one_piece(tmp_path: Path) -> None:
    """A writer that never pauses cannot keep a backup from being made."""
    watch = Restarts()
    for _ in range(5):
        watch(0, 10, 100)
        watch(0, 90, 100)
    watch(0, 10, 100)
    with pytest.raises(RestartedTooOftenError):
        watch(0, 90, 100)
