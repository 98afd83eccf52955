import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.entry import Entry, Stated
from bot.domain.feed import Tier
from bot.domain.needs import Needs
from bot.domain.reading import (
    Action,
    DeadlineFact,
    DeadlineKind,
    Field,
    Lang,
    Reading,
    Span,
    Stage,
    TariffFact,
    TopicMatch,
)
from bot.reading.query import parse

SENTENCE = "Canada raises its duty on steel pipes to 25 percent."
ENTRY = Entry(
    guid="1",
    title="Œuvre : T‑MEC, aranceles  del acero",
    summary="Rules of origin for autos are reviewed.",
    content=f"{SENTENCE} Exporters ask for relief.",
    source="Border Ledger",
    tier=Tier.TRADE_PRESS,
    published=dt.datetime(2026, 10, 1, 23, tzinfo=dt.UTC),
    stated=Stated(agencies=("International Trade Commission",)),
)
SPAN = Span(field=Field.TITLE, start=8, end=13, text="T‑MEC", rule="t-mec")
READING = Reading(
    lang=Lang.EN,
    countries=("CA", "US"),
    topics=(TopicMatch(topic="steel_aluminum", score=1.0, spans=(SPAN,)),),
    tariffs=(
        TariffFact(
            action=Action.RAISED,
            rate_pct=25.0,
            imposer="CA",
            targets=("US",),
            hts=("7306.30",),
            authority="Section 232",
            text=SENTENCE,
        ),
    ),
    deadlines=(
        DeadlineFact(
            kind=DeadlineKind.COMMENT, date=dt.date(2026, 11, 20), text="Not in it.", confidence=0.9
        ),
    ),
    stage=Stage.ANNOUNCED,
)


def matched(query, entry=ENTRY, reading=READING):
    return parse(query).matches(entry, reading)


@pytest.mark.parametrize(
    "query",
    [
        "*",
        "steel",
        "STEEL",
        "oeuvre",
        "arancel",
        "duties OR duty",
        "exporter",
        "T-MEC",
        '"t mec"',
        "“rules of origin”",
        "rules\u00a0of origin",
        "expo*",
        "steel canada",
        "steel AND canada",
        "steel && canada",
        "copper OR steel",
        "copper || steel",
        "steel NOT copper",
        "steel -copper",
        "steel !copper",
        "steel -(copper OR zinc)",
        "(copper OR steel) (canada OR mexico)",
        "NOT NOT steel",
        "steel - canada",
        "steel &amp; canada",
        "<http://steel|steel> canada",
        "steel / , canada",
        "title:acero",
        'title:"del acero"',
        "title:acer*",
        "source:ledger",
        "source:bord*",
        "lang:en",
        "lang:english",
        "topic:steel_aluminum",
        "topic:steel-aluminum",
        "topic:steel*",
        "country:CA",
        "country:ca",
        "country:Canada",
        'country:"Estados Unidos"',
        "imposer:canada",
        "kind:comment",
        "kind:comment_deadline",
        "stage:announced",
        "rate:25",
        "rate:25%",
        "rate:>=25",
        "rate:&gt;=25",
        "rate:<=25",
        "rate:>24.9",
        "rate:[25 TO *]",
        "rate:[* TO 25]",
        "rate:[20 to 30]",
        "hts:7306",
        "hts:7306.3",
        "hts:73*",
        "authority:232",
        'authority:"section 232"',
        "agency:trade",
        'agency:"international trade"',
        "tier:trade_press",
        "tier:trade",
        "since:2026-10-01",
        "since:2026/10",
        "before:2026-10-02",
        "since:[2026-10-01 TO 2026-10-01]",
        "before:[* TO 2027]",
        "title:* source:* topic:* country:* kind:* stage:* rate:* hts:* authority:*",
        "imposer:* agency:* since:* before:* lang:* tier:*",
    ],
)
def test_it_matches(query):
    """What a person means by the query is found in the entry."""
    assert matched(query) is not None


@pytest.mark.parametrize(
    "query",
    [
        "copper",
        "stee",
        "teel",
        '"exporter"',
        '"origin of rules"',
        "steel copper",
        "steel NOT canada",
        "-steel",
        "title:steel",
        "source:courier",
        "lang:fr",
        "topic:dairy",
        "topic:steel",
        "country:MX",
        "imposer:US",
        "kind:hearing",
        "stage:threat",
        "rate:>25",
        "rate:<25",
        "rate:[26 TO *]",
        "hts:7307",
        "authority:301",
        "agency:border",
        "tier:official",
        "since:2026-10-02",
        "before:2026-10-01",
        "-*",
    ],
)
def test_it_does_not_match(query):
    """What is not there is not found."""
    assert matched(query) is None


def test_spans_point_at_the_words_as_given():
    """A match shows the entry's own characters, accents and dashes included."""
    found = matched("oeuvre T-MEC steel")
    assert [span.text for span in found.spans] == ["Œuvre", "T‑MEC", "steel"]
    for span in found.spans:
        assert getattr(ENTRY, span.field.value)[span.start : span.end] == span.text


def test_a_fact_is_shown_by_its_sentence():
    """A rate's span is the sentence it was read from; what stands nowhere has no span."""
    (span,) = matched("rate:25").spans
    assert (span.text, span.rule) == (SENTENCE, "rate")
    assert matched("kind:comment").spans == ()


def test_a_topic_is_shown_by_the_words_that_made_it():
    """The topic's own spans are handed on."""
    assert matched("topic:steel_aluminum").spans == (SPAN,)


CANADA = ("canadaes", "canadas", "canada")
EVERY_TIER = ("zqtierofficial", "zqtierwire", "zqtiertradepress", "zqtiergeneral")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("*", ()),
        ("steel canada", (("canadaes", "canadas", "canada"), ("steeles", "steels", "steel"))),
        ("usa OR eu", (("usa", "eu"),)),
        ("usa (mex OR mex)", (("mex",), ("usa",))),
        ("-steel", (EVERY_TIER,)),
        ("Aranceles", (("aranceles", "arancele", "arancel"),)),
        ("tarif*", (("tarif*",),)),
        ('"Rules of origin"', ((" rules of origin ",),)),
        ('"rules of orig*"', ((" rules of orig",),)),
        ("T-MEC", ((" t mec ",),)),
        ("title:“Œuvre”", (("ztoeuvre",),)),
        ('title:"rules of origin" canada', ((" ztrules ztof ztorigin ",), CANADA)),
        ("title:steel*", (("ztsteel*",),)),
        ("s* canada", (CANADA,)),
        ("co* canada", (CANADA,)),
        ("co*", (("co*",),)),
        ("s*", ()),
    ],
)
def test_required_words_are_known_for_the_database(query, words):
    """One form of each stands in the folded text of every entry that matches."""
    assert parse(query).needs.words == words


@pytest.mark.parametrize(
    ("query", "needs"),
    [
        ("topic:autos", Needs(words=(("zqtopicautos",),))),
        ("topic:steel_al*", Needs(words=(("zqtopicsteelal*",),))),
        ("-topic:autos", Needs()),
        ("lang:spanish hts:7208.10", Needs(words=(("zqhts720810*",), ("zqlanges",)))),
        ("rate:25", Needs(words=(("zqrateof25",),))),
        ("rate:[98 TO *]", Needs(words=(("zqratebeyond", "zqrateof98", "zqrateof99"),))),
        ("country:Canada", Needs(words=(("zqcountryca",),))),
        ("kind:comment", Needs(words=(("zqkindcommentdeadline",),))),
        ("since:[2026-07 TO 2026-08-31]", Needs(words=(("zqmonth202607", "zqmonth202608"),))),
        ("source:“border ledg*”", Needs(words=(("zqsourceborder",), ("zqsourceledg*",)))),
        ('authority:"section 301"', Needs(words=(("zqauthority301",),))),
        ("agency:“trade office”", Needs(words=(("zqagencyoffice",), ("zqagencytrade",)))),
        ("usa -mex", Needs(words=(("usa",),), without=("mex",))),
        (
            "usa -(mex OR lang:es OR can*)",
            Needs(words=(("usa",),), without=("can*", "mex", "zqlanges")),
        ),
        ("usa -title:mex", Needs(words=(("usa",),), without=("ztmex",))),
        ("-usa", Needs(words=(EVERY_TIER,), without=("usa",))),
        ('usa -"rules of origin"', Needs(words=(("usa",),))),
        ("usa -(mex steel)", Needs(words=(("usa",),))),
        ("usa -zqlanges -z* -zta", Needs(words=(("usa",),))),
        ("usa -сталь", Needs(words=(("usa",),))),
        ("(usa -mex) OR (eu -mex -can)", Needs(words=(("usa", "eu"),), without=("mex",))),
        ("usa OR -mex", Needs()),
    ],
)
def test_what_fields_need_is_known_for_the_database(query, needs):
    """A mark behind the text for what was read, and the days; nothing where it is not certain."""
    assert parse(query).needs == needs


def test_entries_without_what_a_field_asks_for_do_not_match():
    """An empty entry has no date, no agency and no facts."""
    bare = Entry(guid="1")
    reading = Reading(lang=Lang.OTHER)
    for query in ("since:2020", "before:2030", "agency:trade", "rate:*", "stage:*", "title:*"):
        assert matched(query, bare, reading) is None
    assert matched("lang:other", bare, reading) is not None


def test_an_update_stands_for_a_missing_publication():
    """Feeds that only say when an entry was updated can be searched by time."""
    entry = replace(ENTRY, published=None, updated=ENTRY.published)
    assert matched("since:2026-10-01", entry) is not None


def test_a_query_shows_itself_as_understood():
    """Plain quotes and blanks, for a person to check."""
    query = parse("  “rules of origin”\u00a0AND autos ")
    assert query.text == '"rules of origin" AND autos'
    assert "rules of origin" in repr(query)
    assert query.matches(ENTRY, READING).query == query.text


def test_threads_share_parser_and_query():
    """Neither keeps anything from one use to the next."""
    query = parse("steel AND (canada OR mexico)")

    def use(number):
        assert parse(f"steel -word{number}").needs.words == (("steeles", "steels", "steel"),)
        return query.matches(ENTRY, READING)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(use, range(60)))) == 1
