"""eval: how well labelled files are read and clustered, and where it fails."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import Config, settings_of
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.reading.read import Reader
    from bot.reading.scoring import Counts

_TOP = 20

Rows = list[str]
Report = Iterator[str]


def add_commands(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("eval")(evaluate)


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="Labelled JSON lines, or folders of them")],
    config: Config = None,
    *,
    failures: Annotated[
        int,
        typer.Option(
            "--failures", metavar="NUMBER", min=0, help="How many failures to show of each file"
        ),
    ] = _TOP,
) -> None:
    """Score labelled files. Topics, deadlines, tariffs, Federal Register dates, summaries, stories.

    What a file holds is seen from its keys. Prints precision, recall and F1 by topic, kind, field and
    language, and the failures.
    """
    from bot.app.parts import reader_of
    from bot.jobs.clock import SystemClock

    reader, now = reader_of(settings_of(config).topics), SystemClock().now()
    for file in _all(files):
        lines = _lines(file)
        kind = _kind(file, lines)
        if kind is None:
            raise InvalidInputError(_untold(file, lines))
        typer.echo(f"\n{file.name}: {kind}")
        shown = 0
        for line in _REPORTS[kind](lines, reader, now):
            failed = line.startswith("  ✗")
            shown += failed
            if not failed or shown <= failures:
                typer.echo(line)
        if shown > failures:
            typer.echo(f"  (+{shown - failures} more failures: --failures {shown})")


def _untold(file: Path, lines: Rows) -> str:
    """Why nobody can tell what a file's labels are about."""
    if any(json.loads(line).get("expect") == [] for line in lines):
        return (
            f"in {file} every expect is empty, so that deadlines and tariffs look alike: add a row "
            "with a label of the kind that is meant"
        )
    return (
        f"{file} holds no labels that are known: it needs the keys topics, expect, key, "
        "cluster, or document_number with dates"
    )


def _all(files: Sequence[Path]) -> Iterator[Path]:
    for file in files:
        if file.is_dir():
            found = sorted(file.glob("*.jsonl"))
            if not found:
                raise InvalidInputError(f"{file} holds no file whose name ends in .jsonl")
            yield from found
        elif file.is_file():
            yield file
        else:
            raise InvalidInputError(f"{file} is neither a file nor a folder")


def _lines(file: Path) -> Rows:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise InvalidInputError(f"{file} is no UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise InvalidInputError(f"{file} cannot be read: {error.strerror}") from None


def _kind(file: Path, lines: Rows) -> str | None:
    """Return what the labels are about, by the first row that tells."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InvalidInputError(f"{file}:{number} is no JSON: {error}") from None
        if not isinstance(row, dict):
            raise InvalidInputError(f"{file}:{number} is no JSON object: labels stand in keys")
        for key, kind in (
            ("cluster", "stories"),
            ("document_number", "federal register"),
            ("key", "summaries"),
            ("topics", "topics"),
        ):
            if key in row:
                return kind
        facts = row.get("expect")
        for fact in facts if isinstance(facts, list) else ():
            return "tariffs" if isinstance(fact, dict) and "action" in fact else "deadlines"
    return None


def _topics(lines: Rows, reader: "Reader", now: datetime) -> Report:
    from bot.reading.scoring import score_topics, topic_labels

    score = score_topics(topic_labels(lines), lambda e: reader.read(e, now=now).topic_names)
    yield from _table({"all": score.total} | dict(score.by_lang) | dict(score.by_topic))
    yield _alarms(score.false_alarms, score.negatives)
    for failed in score.failures:
        more, less = ", ".join(sorted(failed.extra)), ", ".join(sorted(failed.missed))
        yield f"  ✗ {failed.label.id} too many: {more or '-'}; missed: {less or '-'}"


def _summaries(lines: Rows, reader: "Reader", now: datetime) -> Report:
    from bot.reading.scoring import score_summaries, summary_labels

    score = score_summaries(
        summary_labels(lines), lambda label: reader.read(label.entry, now=now).summary
    )
    yield f"  key facts kept {score.kept:.3f} ({score.facts_kept} of {score.facts})"
    yield f"  with boilerplate {score.with_boilerplate}, too long {score.too_long}"
    for failed in score.failures:
        yield f"  ✗ {failed.label.id} lost: {failed.lost}; boilerplate: {failed.kept}"


def _deadlines(lines: Rows, _reader: "Reader", _now: datetime) -> Report:
    from bot.reading import deadlines
    from bot.reading.scoring_facts import deadline_labels, score_deadlines

    score = score_deadlines(
        deadline_labels(lines),
        lambda label: deadlines.read(label.text, published=label.published, lang=label.lang),
    )
    yield from _table({"kind and date": score.total} | dict(score.by_part) | _langs(score.by_lang))
    yield _alarms(score.fired, score.negatives)
    for failed in score.failures:
        extra, missed = sorted(failed.extra), sorted(failed.missed)
        yield f"  ✗ {failed.label.id} read {extra}, missed {missed}: {failed.label.text}"


def _tariffs(lines: Rows, _reader: "Reader", _now: datetime) -> Report:
    from bot.reading import tariffs
    from bot.reading.scoring_facts import score_tariffs, tariff_labels

    score = score_tariffs(
        tariff_labels(lines),
        lambda label: tariffs.read(label.text, published=label.published, lang=label.lang),
    )
    yield from _table({"fields": score.total} | dict(score.by_part) | _langs(score.by_lang))
    yield _alarms(score.fired, score.negatives)
    for failed in score.failures:
        extra, missed = sorted(failed.extra), sorted(failed.missed)
        yield f"  ✗ {failed.label.id} read {extra}, missed {missed}: {failed.label.text}"


def _register(lines: Rows, _reader: "Reader", _now: datetime) -> Report:
    from bot.reading import federal_register
    from bot.reading.scoring_facts import register_labels, score_register

    score = score_register(
        register_labels(lines),
        lambda label: federal_register.read(label.dates, published=label.published),
    )
    yield from _table(
        {"comments_close_on": score.comments_close_on, "effective_on": score.effective_on}
    )
    for failed in score.failures:
        yield f"  ✗ {failed.label.id} {failed.field}: {failed.found}: {failed.label.dates[:160]}"


def _stories(lines: Rows, reader: "Reader", _now: datetime) -> Report:
    from bot.stories.scoring import b_cubed
    from bot.stories.stream import cluster_stream

    rows = list(_clustered(lines))
    placed = cluster_stream(rows, lambda entry, at: reader.read(entry, now=at))
    score = b_cubed([str(row["cluster"]) for row in rows], [story for _, story in placed])
    yield f"  B³ precision {score.precision:.3f} recall {score.recall:.3f} F {score.f:.3f}"


def _clustered(lines: Rows) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InvalidInputError(f"line {number} is no JSON: {error}") from None
        if not isinstance(row, dict) or "cluster" not in row:
            raise InvalidInputError(f"line {number}: needs cluster (the story it belongs to)")
        yield row


_REPORTS = {
    "topics": _topics,
    "summaries": _summaries,
    "deadlines": _deadlines,
    "tariffs": _tariffs,
    "federal register": _register,
    "stories": _stories,
}


def _table(parts: "Mapping[str, Counts]") -> Report:
    yield f"  {'':<20} {'precision':>9} {'recall':>7} {'F1':>6} {'labels':>7}"
    for name, counts in parts.items():
        labels = counts.right + counts.missed
        figures = f"{counts.precision:9.3f} {counts.recall:7.3f} {counts.f1:6.3f} {labels:7}"
        yield f"  {name:<20} {figures}"


def _langs(by_lang: "Mapping[str, Counts]") -> "dict[str, Counts]":
    return {str(lang): counts for lang, counts in by_lang.items()}


def _alarms(fired: int, negatives: int) -> str:
    share = fired / negatives if negatives else 0.0
    return f"  fired on {fired} of {negatives} negatives ({share:.1%})"
