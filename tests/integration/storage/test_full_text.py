"""Full text on both databases: what is preselected, and that it follows every change."""

from datetime import UTC, datetime

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.ports import NewEntry
from bot.reading.query import parse
from tests.fakes.archive import Archive, reading
from tests.fakes.writing import add_entries


def _day(*date: int) -> datetime:
    return datetime(*date, tzinfo=UTC)


TEXTS = {
    "steel": "Canada sets steel duties",
    "steels": "Special steels from México",
    "autos": "Automóviles y autopartes",
    "acier": "L’acier du Québec — droits d’entrée",
    "odd": "U.S.-made \"goods\" & 'parts' (2026) a*b:c",
}


@pytest.fixture
async def feed(store, clock):
    return await Archive(store, clock).feed()


async def put(store, clock, feed, texts, topics=()):
    entries = [
        NewEntry(
            entry=Entry(guid=key, url=f"https://example.com/{key}", title=text),
            reading=reading(*topics),
            held=False,
        )
        for key, text in texts.items()
    ]
    async with store.begin() as uow:
        return await add_entries(uow, feed, entries, clock.now())


async def found(store, needs, **more):
    rows = store.queries.entries(owner=None, needs=needs, **more)
    return [row.stored.entry.guid async for row in rows]


@pytest.mark.parametrize(
    ("query", "guids"),
    [
        ("steel", ["steels", "steel"]),
        ("steels", ["steels", "steel"]),
        ('"steel"', ["steel"]),
        ("auto*", ["autos"]),
        ("AUTOMOVILES", ["autos"]),
        ("mexico steel", ["steels"]),
        ("acier quebec", ["acier"]),
        ("u.s. made", ["odd"]),
        ("2026 goods", ["odd"]),
        ("tariff", []),
        ("steel OR acier", ["acier", "steels", "steel"]),
        ("steel OR -acier", ["odd", "acier", "autos", "steels", "steel"]),
        ("steel (canada OR mexico)", ["steels", "steel"]),
        ('"steel duties"', ["steel"]),
        ('"sets steel dut*"', ["steel"]),
        ('"duties steel"', []),
        ("l'acier", ["acier"]),
        ("steel -canada", ["steels"]),
        ("steel -dut*", ["steels"]),
        ("-steel -title:autopartes", ["odd", "acier"]),
        ("title:steel -lang:en", []),
        ('title:"special steels"', ["steels"]),
        ("title:auto*", ["autos"]),
        ("source:ledger since:2020", []),
    ],
)
async def test_an_entry_is_found_by_what_the_query_needs(store, clock, feed, query, guids):
    """Accents, case and signs do not matter, forms of a word and its beginning do; newest first."""
    await put(store, clock, feed, TEXTS)
    assert await found(store, parse(query).needs) == guids


async def test_a_topic_is_looked_up(store, clock, feed):
    """A topic that every match must have narrows it, alone and beside words."""
    await put(store, clock, feed, {"a": "Steel one", "b": "Other"}, topics=("autos", "tariffs"))
    await put(store, clock, feed, {"c": "Steel two"}, topics=("tariffs",))
    assert await found(store, parse("topic:autos").needs) == ["b", "a"]
    assert await found(store, parse("topic:autos topic:tariffs steel").needs) == ["a"]
    assert await found(store, parse("topic:auto* OR copper").needs) == ["b", "a"]


ARCHIVE = tuple(
    Entry(
        guid=f"{number}",
        title=title,
        summary=summary,
        content=content,
        source=source,
        tier=tier,
        published=published,
    )
    for number, (title, summary, content, source, tier, published) in enumerate(
        (
            ("Steel duties", "A 25 % tariff", "", "Border Ledger", Tier.WIRE, _day(2026, 1, 31)),
            ("Aranceles", "T-MEC: reglas", "de origen", "", Tier.OFFICIAL, _day(2025, 12, 31)),
            ("Zinc", "Ledger of steel", "Rules of origin", "Diario", Tier.GENERAL, None),
            ("Сталь steel𞤀", "U.S. steel", "", "Ledger", Tier.GENERAL, _day(1980, 5, 5)),
            ("Rules", "of origin", "steel\u0301works", "L'Écho", Tier.GENERAL, _day(2026, 2, 1)),
            ("", "", "", "", Tier.GENERAL, _day(2071, 1, 1)),
        )
    )
)
QUERIES = (
    *("steel", "-steel", "steel -ledger", '"rules of origin"', '-"rules of origin"', "z*", "-z*"),
    *("title:rules", "-title:rules", "title:r* -title:steel", "source:ledger", "-source:ledger"),
    *("since:2026", "before:2026", "-before:2026-02", "since:1970", "before:2080", "since:1990"),
    *("since:[1990-01-02 TO 2069-12-30]", "-since:[1990-01-02 TO 2069-12-30]"),
    *(
        "tier:wire",
        "-tier:wire",
        "lang:en -tier:general",
        "rate:25",
        "rate:>=20",
        "-rate:[1 TO 30]",
    ),
    *("NOT (steel OR origen)", "NOT (steel rules)", "сталь", "-сталь", "t-mec", "-t-mec", "s*"),
    *("steel OR -ledger", "-zqlangen", "-zt*", "25", '"25 tariff"', '-"25 tariff"', "l'écho", "*"),
    *("topic:autos", "-topic:autos", "country:US", "-country:US", "imposer:US OR since:2026-02"),
)


async def test_what_is_preselected_holds_all_that_matches(store, clock, feed):
    """Whatever the query, the evaluator finds among what is preselected what it finds among all."""
    read = reading("autos"), reading()
    new = [
        NewEntry(entry=each, reading=read[number % 2], held=False)
        for number, each in enumerate(ARCHIVE)
    ]
    async with store.begin() as uow:
        await add_entries(uow, feed, new, clock.now())
    lost = {}
    for text in QUERIES:
        query = parse(text)
        right = {each.entry.guid for each in new if query.matches(each.entry, each.reading)}
        lost[text] = right.difference(await found(store, query.needs))
    assert {text: guids for text, guids in lost.items() if guids} == {}


async def test_the_index_follows_edits_and_deletions(store, clock, feed):
    """What an entry says no more does not find it, what it says now does."""
    (entry_id,) = await put(store, clock, feed, {"e": "Copper duties"})
    edited = Entry(guid="e", url="https://example.com/e", title="Lumber duties")
    async with store.begin() as uow:
        await uow.entries.edit(entry_id, edited, reading(), clock.now())
    assert await found(store, parse("copper").needs) == []
    assert await found(store, parse("lumber").needs) == ["e"]


async def test_it_goes_on_over_pages_and_stops_at_a_day(store, clock, feed):
    """All of many matches come, newest first; `since` leaves out what was seen before."""
    await put(store, clock, feed, {f"o{n}": "steel" for n in range(250)})
    clock.advance(hours=1)
    since = clock.now()
    await put(store, clock, feed, {f"n{n}": "steel" for n in range(3)})
    needs = parse("steel").needs
    guids = await found(store, needs)
    assert len(guids) == 253
    assert guids[:4] == ["n2", "n1", "n0", "o249"]
    assert await found(store, needs, since=since) == ["n2", "n1", "n0"]


async def test_a_very_long_entry_is_stored_and_found(store, clock, feed):
    """Half a million different words are no obstacle; words at its beginning find it."""
    text = "needle " + " ".join(f"w{n}" for n in range(100_000))
    entry = Entry(
        guid="long", title="Long", content=text, published=datetime(2026, 1, 1, tzinfo=UTC)
    )
    async with store.begin() as uow:
        new = NewEntry(entry=entry, reading=reading(), held=False)
        await add_entries(uow, feed, [new], clock.now())
    assert await found(store, parse("needle").needs) == ["long"]


async def test_what_older_versions_stored_is_taken_in(store, clock, feed):
    """Search sees every entry, and owners see their own and the shared ones only."""
    theirs = await Archive(store, clock).feed("private", owner="slack:T2")
    await put(store, clock, theirs, {"secret": "steel plan"})
    await put(store, clock, feed, {"open": "steel price"})
    assert await found(store, parse("steel").needs) == ["open"]
