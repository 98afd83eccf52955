"""How long one entry takes to find its story, and what the index weighs, as the window fills.

    .venv/bin/python benchmarks/stories.py [1000 10000 50000]

Entries are made up from a fixed seed: two thirds tell one of many events in other words, one third
stand alone; all are about trade, so that they share the words of the field. Placing an entry
includes its fingerprint only where the table says so; the index's weight is what the process grew.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import mean, quantiles

import psutil
from bench import Row, machine, table, write

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Lang, Reading
from bot.stories import fingerprint
from bot.stories.cluster import assign
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import StoryIndex

START = datetime(2026, 9, 1, tzinfo=UTC)
PROBES = 300
COUNTRIES = ("Canada", "Mexico", "China", "Brazil", "India", "Japan", "Vietnam", "Germany")
GOODS = (
    "steel", "aluminum", "copper", "lumber", "dairy", "tomatoes", "beef", "corn", "sugar",
    "semiconductors", "apparel", "footwear", "trucks", "furniture", "fertilizer", "seafood",
)  # fmt: skip
VERBS = ("raises", "lowers", "suspends", "extends", "reviews", "announces", "delays", "defends")
SYLLABLES = ("ba", "cor", "den", "fa", "gri", "hol", "ka", "lin", "mo", "nar", "pel", "ros", "ti")


def main() -> None:
    """Print a row for each size, and write JSON."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 50_000]
    rows = [measure(size) for size in sizes]
    print(f"{machine()}\n")
    table(rows)
    write("stories", {"rows": rows})


def measure(size: int) -> Row:
    """Fill an index with `size` entries of known events, then time what comes next."""
    made = entries(random.Random(7))
    process = psutil.Process()
    before = process.memory_info().rss
    index, stories = StoryIndex(), set()
    for number in range(1, size + 1):
        event, entry = next(made)
        mark = Fingerprint.from_json(fingerprint_of(entry, number, size).to_json())
        index.add(EntryId(number), StoryId(event), None, mark, mark.at)
        stories.add(event)
    weight = process.memory_info().rss - before
    probes = [entry for _, entry in (next(made) for _ in range(PROBES))]
    marks, took, whole = [], [], []
    for entry in probes:
        begun = time.perf_counter()
        mark = fingerprint_of(entry, size, size)
        made_at = time.perf_counter()
        assign(mark, index, owner=None, now=mark.at)
        ended = time.perf_counter()
        marks.append(mark)
        took.append((ended - made_at) * 1000)
        whole.append((ended - begun) * 1000)
    stored = mean(len(mark.to_json().encode()) for mark in marks)
    return {
        "entries": size,
        "stories": len(stories),
        "mean ms": mean(took),
        "p95 ms": quantiles(took, n=20)[-1],
        "max ms": max(took),
        "with fingerprint": mean(whole),
        "MiB": weight / 2**20,
        "bytes/entry": weight / size,
        "JSON bytes": stored,
    }


def fingerprint_of(entry: Entry, number: int, size: int) -> Fingerprint:
    """Spread the entries over four days, so that all of them lie in the window."""
    at = START + timedelta(days=4) * (number / size)
    return fingerprint.of(entry, Reading(lang=Lang.EN), at)


def entries(chance: random.Random) -> Iterator[tuple[int, Entry]]:
    """Yield made-up entries without end, each with the number of its event."""
    events: list[tuple[int, tuple[str, ...]]] = []
    number = 0
    while True:
        number += 1
        if not events or chance.random() < 0.4:
            known = (number, new_event(chance))
            if chance.random() < 0.5:
                events = [*events[-400:], known]
        else:
            known = chance.choice(events)
        yield known[0], told(known[1], number, chance)


def new_event(chance: random.Random) -> tuple[str, ...]:
    """Return country, good, verb, rate, place, person and company of an event."""
    names = (made_name(chance) for _ in range(3))
    rate = str(chance.randint(5, 60))
    return (chance.choice(COUNTRIES), chance.choice(GOODS), chance.choice(VERBS), rate, *names)


def made_name(chance: random.Random) -> str:
    """Return a name that means nothing."""
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(3, 5))).capitalize()


def told(event: tuple[str, ...], number: int, chance: random.Random) -> Entry:
    """Tell an event in some of many words."""
    country, good, verb, rate, place_name, person, company = event
    sentences = [
        f"Washington {verb} the tariff on {good} from {country} to {rate} percent.",
        f"{person} of {company} said in {place_name} that the duty on {good} would cost jobs.",
        f"Importers of {good} asked customs for guidance before the new rate applies.",
        f"Trade officials met in {place_name} after {company} filed a complaint.",
        f"Exports from {country} fell as buyers waited for the decision on {good}.",
        f"A spokesman in {place_name} declined to comment on the order.",
        f"{company} employs {chance.randint(2, 90)}00 people near {place_name}.",
    ]
    chosen = chance.sample(sentences, 4)
    title = chance.choice(
        (
            f"{verb.capitalize()}: {country} {good} tariff at {rate}%",
            f"{company} warns of {rate}% duty on {good} from {country}",
            f"{country} {good} makers face {rate}% rate, {person} says",
        )
    )
    url = f"https://example.com/{number}"
    return Entry(guid=str(number), url=url, title=title, summary=" ".join(chosen))


if __name__ == "__main__":
    main()
