"""Which of many rules an entry satisfies: ours beside a loop of `re` and a bare automaton, in one run.

    .venv/bin/python benchmarks/rules.py [--documents 1000]

For 100, 1,000 and 10,000 rules it shows milliseconds for a document of 3 kB, each contender's median
of rounds that take turns: our `QueryIndex`, which fan-out uses (with folding the text; and, by itself,
with the words that every match shows); the queries one after the other; a loop that compiles each rule
to patterns of `re`; and the passes of two Aho-Corasick automata over text that is folded already, which
find words and decide nothing: ahocorasick_rs as it is by default, and pyahocorasick, which is installed
into `.venv-peers` and left out where it cannot be. All contenders must find the same rules.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from statistics import median
from types import ModuleType

from ahocorasick_rs import AhoCorasick, MatchKind
from bench import PEERS, Row, machine, peers, table, write
from reading import rules as topics
from rule_words import Desk, Rule

from bot.domain.entry import Entry
from bot.domain.reading import Reading
from bot.reading.language import Classifier
from bot.reading.query import Query, parse
from bot.reading.query_document import Document
from bot.reading.query_index import QueryIndex
from bot.reading.read import Reader
from bot.reading.text import fold, spaced
from bot.reading.topics import TopicReader

SIZES = (100, 1_000, 10_000)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOOPED = 20_000
"""Rules times documents that a loop is given in a round: it would take minutes otherwise."""
ROUNDS = 5

Read = tuple[Entry, Reading]
Find = Callable[[Read], list[Query]]
Pass = Callable[[int], object]


def documents(count: int) -> list[Read]:
    """Return made-up entries with their readings."""
    desk, reader = Desk(seed=1), Reader(topics=TopicReader(topics()), classify=Classifier())
    made = []
    for number in range(count):
        title, content = desk.document()
        entry = Entry(guid=str(number), title=title, content=content, published=NOW)
        made.append((entry, reader.read(entry, now=NOW)))
    return made


def indexed(queries: Sequence[Query]) -> Find:
    """Return our way."""
    index = QueryIndex(queries)
    return lambda read: index.matching(Document(*read))


def shown(queries: Sequence[Query]) -> Find:
    """Return our way, with the words of every match looked for as well."""
    index = QueryIndex(queries)

    def find(read: Read) -> list[Query]:
        document = Document(*read)
        return [query for query in index.matching(document) if query.spans(document) or True]

    return find


def each(queries: Sequence[Query]) -> Find:
    """Return the way without an index: every query tried."""

    def find(read: Read) -> list[Query]:
        document = Document(*read)
        return [query for query in queries if query.holds(document)]

    return find


def looped(rules: Sequence[Rule], queries: Sequence[Query]) -> Find:
    """Return the way of a loop: every rule's patterns searched for, one after the other."""
    compiled = [
        (query, rule, _patterns(rule), _patterns_of(rule.without))
        for query, rule in zip(queries, rules, strict=True)
    ]

    def find(read: Read) -> list[Query]:
        entry, reading = read
        title = fold(entry.title).text
        text = f"{title}\n{fold(entry.content).text}"
        return [
            query
            for query, rule, groups, without in compiled
            if (rule.topic is None or rule.topic in reading.topic_names)
            and all(
                group.search(title if rule.title and number == 0 else text)
                for number, group in enumerate(groups)
            )
            and not any(pattern.search(text) for pattern in without)
        ]

    return find


def _patterns(rule: Rule) -> list[re.Pattern[str]]:
    return [re.compile("|".join(map(_pattern, group))) for group in rule.groups]


def _patterns_of(words: Sequence[str]) -> list[re.Pattern[str]]:
    return [re.compile(_pattern(word)) for word in words]


def _pattern(word: str) -> str:
    if word.endswith("*"):
        return rf"\b{word[:-1]}"
    plural = "" if " " in word or word.endswith("s") or len(word) < 4 else "(?:es|s)?"
    words = r"\W+".join(word.split())
    return rf"\b{words}{plural}\b"


def bare_passes(rules: Sequence[Rule], read: Sequence[Read]) -> dict[str, Pass]:
    """Return the automata's passes over the document of a number, folded beforehand."""
    words = {word for rule in rules for group in (*rule.groups, rule.without) for word in group}
    terms = [f" {word[:-1]}" if word.endswith("*") else f" {word} " for word in sorted(words)]
    texts = [f" {spaced(fold(f'{e.title} {e.content}').text)} " for e, _ in read]
    automaton = AhoCorasick(terms, MatchKind.Standard)
    passes: dict[str, Pass] = {
        "ahocorasick_rs": lambda number: automaton.find_matches_as_indexes(
            texts[number], overlapping=True
        )
    }
    peer = pyahocorasick()
    if peer is not None:
        other = peer.Automaton()
        for number, term in enumerate(terms):
            other.add_word(term, number)
        other.make_automaton()
        passes["pyahocorasick"] = lambda number: list(other.iter(texts[number]))
    return passes


@cache
def pyahocorasick() -> ModuleType | None:
    """Return the peer's module, installed where it is missing; None where that fails."""
    try:
        peers("pyahocorasick==2.3.1")
    except subprocess.CalledProcessError:
        return None
    for file in PEERS.glob("lib/python*/site-packages/ahocorasick*"):
        spec = importlib.util.spec_from_file_location("ahocorasick", file)
        if spec is not None and spec.loader is not None:
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    return None


def milliseconds(does: Callable[[int], object], count: int) -> float:
    """Return the processor's milliseconds for one of `count` documents."""
    started = time.process_time()
    for number in range(count):
        does(number)
    return (time.process_time() - started) * 1_000 / count


def measure(count: int, read: Sequence[Read]) -> Row:
    """Return what each contender took at so many rules."""
    rules = Desk(seed=2).rules(count)
    queries = [parse(rule.query()) for rule in rules]
    finds = {"ours": indexed(queries), "with words": shown(queries), "one by one": each(queries)}
    finds["re loop"] = looped(rules, queries)
    few = max(2, min(len(read), LOOPED // count))
    for one in read[:few]:
        if len({frozenset(finds[name](one)) for name in ("ours", "re loop", "one by one")}) > 1:
            raise SystemExit(f"the contenders disagree on the document {one[0].title!r}")
    passes = bare_passes(rules, read)
    contenders = {name: partial(_of, find, read) for name, find in finds.items()} | passes
    looping = {"re loop", "one by one"}
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, does in contenders.items():
            rounds[name].append(milliseconds(does, few if name in looping else len(read)))
    took = {name: median(times) for name, times in rounds.items()}
    row: Row = {"rules": count, "matches": sum(len(finds["ours"](one)) for one in read) / len(read)}
    row |= {name: round(each_took, 4) for name, each_took in took.items()}
    return row | {f"ours/{name}": round(took["ours"] / took[name], 2) for name in passes}


def _of(find: Find, read: Sequence[Read], number: int) -> list[Query]:
    return find(read[number])


def main() -> None:
    """Measure, print and write JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=1_000)
    given = options.parse_args()
    read = documents(given.documents)
    rows = []
    for count in SIZES:
        print(f"{count:,} rules …", file=sys.stderr)
        rows.append(measure(count, read))
    print(f"milliseconds for a document of 3 kB, medians of {ROUNDS}; {machine()}\n")
    table(rows)
    growth = rows[-1]["ours"] / rows[0]["ours"]
    print(
        f"\nfrom {SIZES[0]} to {SIZES[-1]:,} rules: {growth:.2f} times the cost (goal: at most 6)"
    )
    for name in [name for name in rows[1] if name.startswith("ours/")]:
        bare = name.removeprefix("ours/")
        print(f"at 1,000 rules: {rows[1][name]} times a bare pass of {bare} (goal: at most 2)")
    write("rules", {"documents": given.documents, "rows": rows, "growth": growth})


if __name__ == "__main__":
    main()
