"""How many entries a second one core reads, part by part, with all topics of the configuration.

    python benchmarks/reading.py [--json FILE] [--seconds 3]

Entries of 600 bytes stand for what feeds send, articles of 3 kB for what sources with full text
send; both in English, Spanish and French, about trade and about other things, made from the
labelled entries of `tests/data/eval/`. The targets are those of docs/quality: 1,000 entries and
250 articles a second for the whole reading. The table goes to standard output.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.entry import Entry
from bot.domain.reading import Lang
from bot.reading import countries, language, sentences, summary, text
from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.rules import Rules
from bot.reading.topics import TopicReader
from bot.settings import files, validation
from bot.settings.topics import TopicsFile

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"entry of 600 bytes": (600, 1_000), "article of 3 kB": (3_000, 250)}
"""Name → bytes, and how many a second the whole reading must reach."""
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


def rate(work: Callable[[Entry], object], sample: Sequence[Entry], seconds: float) -> float:
    """Return entries a second of processor time, the best of three runs: neighbours disturb least."""
    best = 0.0
    for _ in range(3):
        done, started = 0, time.process_time()
        while time.process_time() - started < seconds / 3:
            for entry in sample:
                work(entry)
            done += len(sample)
        best = max(best, done / (time.process_time() - started))
    return best


def parts(reader: Reader) -> dict[str, Callable[[Entry], object]]:
    """Return the parts of a reading, each as a function of an entry."""
    return {
        "folding": lambda entry: text.fold(entry.content),
        "sentences": lambda entry: sentences.split(entry.content),
        "language": lambda entry: language.detect(
            entry.title, entry.content, entry.lang, reader.classify
        ),
        "topics": lambda entry: reader.topics.match(entry, deadlines=False),
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
    report: dict[str, dict[str, float]] = {}
    for name, (size, target) in SIZES.items():
        sample = entries(size)
        report[name] = {
            part: round(rate(work, sample, given.seconds)) for part, work in parts(reader).items()
        }
        report[name]["must reach"] = target
    width = max(len(name) for name in SIZES)
    print(f"{'per second, one core':<22}" + "".join(f"{name:>{width + 2}}" for name in report))
    for part in next(iter(report.values())):
        print(f"{part:<22}" + "".join(f"{row[part]:>{width + 2},.0f}" for row in report.values()))
    if given.json is not None:
        given.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
