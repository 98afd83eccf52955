"""How many entries a second one core reads, part by part, with all topics of the configuration.

    python benchmarks/reading.py [--json FILE] [--seconds 3]

Entries of 600 bytes stand for what feeds send, articles of 3 kB for what sources with full text
send; both in English, Spanish and French, about trade and about other things, made from the
labelled entries of `tests/data/eval/`. The third column is what most feeds send most of the time:
entries of 600 bytes on no topic. The targets are those of docs/quality: 1,000 entries and 250
articles a second for the whole reading. The table goes to standard output.

A fixed piece of work is timed in the same run, so that figures of a machine that is busy, or of
another one, can be compared: `per work` is how many whole readings the time of that work is worth.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.entry import Entry
from bot.domain.reading import Lang
from bot.reading import countries, deadlines, language, sentences, summary, tariffs
from bot.reading.language import Classifier
from bot.reading.passage import passages
from bot.reading.read import Reader
from bot.reading.rules import Rules
from bot.reading.topics import TopicReader
from bot.settings import files, validation
from bot.settings.topics import TopicsFile

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"entry of 600 bytes": (600, 1_000), "article of 3 kB": (3_000, 250)}
"""Name → bytes, and how many a second the whole reading must reach."""
ELSEWHERE = "on no topic, 600 bytes"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def rules() -> Rules:
    """Return the topics of the repository's configuration."""
    report: list[files.Problem] = []
    document = files.read(ROOT / "config" / "topics.yaml", report)
    file = validation.check(document, TopicsFile, report) if document is not None else None
    if file is None:
        raise SystemExit("\n".join(str(problem) for problem in report))
    return file.rules()


def entries(size: int, count: int = 300) -> list[Entry]:
    """Return entries of about `size` bytes, two of three about trade."""
    texts = _articles()
    made = []
    for number in range(count):
        lang = ("en", "es", "fr")[number % 3]
        title, body = texts[lang][number // 3 % len(texts[lang])]
        follow = number
        while len((title + body).encode()) < size:
            follow += 5
            body += "\n" + texts[lang][follow % len(texts[lang])][1]
        body = body.encode()[: size - len(title.encode())].decode(errors="ignore")
        made.append(Entry(guid=str(number), title=title, content=body, published=NOW, lang=lang))
    return made


def elsewhere(reader: Reader, size: int = 600, count: int = 150) -> list[Entry]:
    """Return entries of about `size` bytes in which nothing of trade is read."""
    texts: dict[str, list[str]] = {"en": [], "es": [], "fr": []}
    for row in _rows("topics.jsonl"):
        entry = Entry(guid=row["id"], title=row["title"], summary=row["summary"], published=NOW)
        read = reader.read(entry, now=NOW)
        if not (row["topics"] or read.topics or read.near_misses or read.tariffs):
            texts[row["lang"]].append(f"{row['title']}. {row['summary']}")
    made = []
    for number in range(count):
        lang = ("en", "es", "fr")[number % 3]
        several = [texts[lang][(number + step) % len(texts[lang])] for step in range(12)]
        title, _, body = " ".join(several).partition(". ")
        body = body.encode()[: size - len(title.encode())].decode(errors="ignore")
        made.append(Entry(guid=str(number), title=title, content=body, published=NOW, lang=lang))
    return made


def work(rounds: int = 200) -> float:
    """Return the processor seconds of a fixed piece of work of the same nature, at its best."""
    text = "The quick brown fox of Ottawa jumps over 25 lazy dogs by December 5. " * 9
    pattern = re.compile(r"\b(?:fox|dogs?|cat)\b\s\w+")
    best = float("inf")
    for _ in range(7):
        started = time.process_time()
        for _ in range(rounds):
            pattern.findall(text)
            Counter(text.lower().split())
        best = min(best, time.process_time() - started)
    return best


def _articles() -> dict[str, list[tuple[str, str]]]:
    """Return (title, text) by language: labelled articles, and texts about other things."""
    texts: dict[str, list[tuple[str, str]]] = {"en": [], "es": [], "fr": []}
    others: dict[str, list[str]] = {"en": [], "es": [], "fr": []}
    for row in _rows("topics.jsonl"):
        if not row["topics"]:
            others[row["lang"]].append(f"{row['title']}. {row['summary']}")
    for number, row in enumerate(_rows("summaries.jsonl")):
        texts[row["lang"]].append((row["title"], row["content"]))
        if number % 2:
            several = others[row["lang"]][number * 2 : number * 2 + 12]
            texts[row["lang"]].append((several[0], " ".join(several)))
    return texts


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (ROOT / "tests" / "data" / "eval" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in lines.splitlines()]


def rate(does: Callable[[Entry], object], sample: Sequence[Entry], seconds: float) -> float:
    """Return entries a second of processor time, the best of three runs: neighbours disturb least."""
    best = 0.0
    for _ in range(3):
        done, started = 0, time.process_time()
        while time.process_time() - started < seconds / 3:
            for entry in sample:
                does(entry)
            done += len(sample)
        best = max(best, done / (time.process_time() - started))
    return best


def parts(reader: Reader) -> dict[str, Callable[[Entry], object]]:
    """Return the parts of a reading, each as a function of an entry."""
    return {
        "folding": passages,
        "sentences": lambda entry: sentences.split(entry.content),
        "language": lambda entry: language.detect(
            entry.title, entry.content, entry.lang, reader.classify
        ),
        "topics": lambda entry: reader.topics.match(entry, deadlines=False),
        "deadlines": lambda entry: deadlines.read(entry.content, published=NOW.date()),
        "tariffs": lambda entry: tariffs.read(entry.content, published=NOW.date()),
        "countries": lambda entry: countries.mentions(entry.content),
        "summary": lambda entry: summary.summarise(entry, Lang(entry.lang or "en"), ()),
        "whole reading": lambda entry: reader.read(entry, now=NOW),
    }


def main() -> None:
    """Measure and print; write JSON where asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", type=Path)
    options.add_argument("--seconds", type=float, default=3.0)
    given = options.parse_args()
    started = time.perf_counter()
    reader = Reader(topics=TopicReader(rules()), classify=Classifier())
    print(f"rules compiled in {time.perf_counter() - started:.2f} s")
    samples = {name: (entries(size), target) for name, (size, target) in SIZES.items()}
    samples[ELSEWHERE] = (elsewhere(reader), 0)
    report: dict[str, dict[str, float]] = {}
    for name, (sample, target) in samples.items():
        before = work()
        report[name] = {
            part: round(rate(does, sample, given.seconds)) for part, does in parts(reader).items()
        }
        whole = report[name]["whole reading"]
        report[name]["must reach"] = target
        report[name]["per work"] = round(whole * min(before, work()), 1)
        report[name]["µs each"] = round(1e6 / whole)
    width = max(len(name) for name in SIZES)
    print(f"{'per second, one core':<22}" + "".join(f"{name:>{width + 2}}" for name in report))
    for part in next(iter(report.values())):
        print(f"{part:<22}" + "".join(f"{row[part]:>{width + 2},g}" for row in report.values()))
    if given.json is not None:
        given.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
