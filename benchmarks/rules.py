"""Which of many rules an entry satisfies: ours beside a loop of `re` and a bare automaton, in one run.

    .venv/bin/python benchmarks/rules.py [--documents 1000]

For 100, 1,000 and 10,000 rules it shows milliseconds for a document of 3 kB, each contender's median
of rounds that take turns: our `QueryIndex`, which fan-out uses (with folding the text; and, by itself,
with the words that every match shows); the queries one after the other; a loop that compiles each rule
to patterns of `re`; and the pass of an Aho-Corasick automaton over text that is folded already, which
finds words and decides nothing. All contenders must find the same rules.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median

from ahocorasick_rs import AhoCorasick, MatchKind
from bench import Row, machine, table, write
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
Find = Callable[[Read], set[str]]


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
    return lambda read: {query.text for query in index.matching(Document(*read))}


def shown(queries: Sequence[Query]) -> Find:
    """Return our way, with the words of every match looked for as well."""
    index = QueryIndex(queries)

    def find(read: Read) -> set[str]:
        document = Document(*read)
        return {query.text for query in index.matching(document) if query.spans(document) or True}

    return find


def each(queries: Sequence[Query]) -> Find:
    """Return the way without an index: every query tried."""

    def find(read: Read) -> set[str]:
        document = Document(*read)
        return {query.text for query in queries if query.holds(document)}

    return find


def looped(rules: Sequence[Rule]) -> Find:
    """Return the way of a loop: every rule's patterns searched for, one after the other."""
    compiled = [(rule.query(), rule, _patterns(rule), _patterns_of(rule.without)) for rule in rules]

    def find(read: Read) -> set[str]:
        entry, reading = read
        title = fold(entry.title).text
        text = f"{title}\n{fold(entry.content).text}"
        return {
            query
            for query, rule, groups, without in compiled
            if (rule.topic is None or rule.topic in reading.topic_names)
            and all(
                group.search(title if rule.title and number == 0 else text)
                for number, group in enumerate(groups)
            )
            and not any(pattern.search(text) for pattern in without)
        }

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


def bare_pass(rules: Sequence[Rule], read: Sequence[Read]) -> Callable[[int], object]:
    """Return the automaton's pass over the document of a number, folded beforehand."""
    words = {word for rule in rules for group in (*rule.groups, rule.without) for word in group}
    terms = [f" {word[:-1]}" if word.endswith("*") else f" {word} " for word in sorted(words)]
    automaton = AhoCorasick(terms, MatchKind.Standard)
    texts = [f" {spaced(fold(f'{e.title} {e.content}').text)} " for e, _ in read]
    return lambda number: automaton.find_matches_as_indexes(texts[number], overlapping=True)


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
    by_text = {query.text: rule.query() for query, rule in zip(queries, rules, strict=True)}
    finds = {"ours": indexed(queries), "with words": shown(queries), "one by one": each(queries)}
    finds["re loop"] = looped(rules)
    few = max(2, min(len(read), LOOPED // count))
    for one in read[:few]:
        found = {by_text[text] for text in finds["ours"](one)}
        if found != finds["re loop"](one) or found != {
            by_text[t] for t in finds["one by one"](one)
        }:
            raise SystemExit(f"the contenders disagree on the document {one[0].title!r}")
    contenders = {
        name: (lambda number, find=find: find(read[number])) for name, find in finds.items()
    }
    contenders["automaton"] = bare_pass(rules, read)
    looping = {"re loop", "one by one"}
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, does in contenders.items():
            rounds[name].append(milliseconds(does, few if name in looping else len(read)))
    row: Row = {"rules": count, "matches": sum(len(finds["ours"](one)) for one in read) / len(read)}
    row |= {name: round(median(times), 4) for name, times in rounds.items()}
    return row | {"ours/automaton": round(median(rounds["ours"]) / median(rounds["automaton"]), 2)}


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
    print(f"at 1,000 rules: {rows[1]['ours/automaton']} times the bare automaton (goal: at most 2)")
    write("rules", {"documents": given.documents, "rows": rows, "growth": growth})


if __name__ == "__main__":
    main()
