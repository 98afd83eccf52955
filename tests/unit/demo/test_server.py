import io
import re
from datetime import UTC, datetime

import aiohttp
import feedparser
import pytest

from bot.demo import server
from bot.domain.entry import Entry
from bot.domain.feed import Origin, Tier
from bot.reading.topics import TopicReader
from bot.record.ledger import ledger, of_timeline
from bot.settings import defaults, load
from bot.settings.files import Problem, parse
from bot.settings.timeline import TimelineFile
from bot.settings.validation import check

NOW = datetime(2026, 11, 22, 15, 30, 12, 999, tzinfo=UTC)
OFF_TOPIC = {
    "Notice of office closure",
    "Hockey: quiet trade deadline leaves both contenders unchanged",
    "Electricity tariff for households to rise 4% in spring",
    "Weekend outlook: rain along the coast",
    "Carrier adds two rail services between Monterrey and Chicago",
    "Three counties move jury duty notices to text messages",
    "Opinion: why day trading is not for beginners",
    "Ten ideas for a custom desk in a small office",
    "Sube la tarifa eléctrica de alto consumo en el norte del país",
    "Dictan auto de vinculación a proceso por robo de mercancía",
    "LNH : une date limite des transactions sans grand nom",
    "Les tarifs d'électricité augmenteront de 3 % au printemps",
}


def parsed(now: datetime = NOW) -> dict[str, feedparser.FeedParserDict]:
    return {name: feedparser.parse(io.BytesIO(body)) for name, body in server.bodies(now).items()}


def test_every_sample_is_a_well_formed_feed_in_both_formats() -> None:
    """RSS and Atom, each with a title that says it is a sample, each entry with a link and a date."""
    feeds = parsed()
    assert {feed.version for feed in feeds.values()} == {"rss20", "atom10"}
    for feed in feeds.values():
        assert not feed.bozo
        assert re.search(r"\((sample|muestra|échantillon)\)$", feed.feed.title)
        for entry in feed.entries:
            assert entry.title
            assert ".example/" in entry.link
            assert entry.published_parsed


def test_no_mark_is_left_in_any_body() -> None:
    """Every mark of the templates is one the server knows."""
    assert not [name for name, body in server.bodies(NOW).items() if b"{{" in body]


def test_dates_are_counted_from_the_start() -> None:
    """All entries are within the three days that a first poll tells, and none lies ahead."""
    for feed in parsed().values():
        for entry in feed.entries:
            age = NOW - datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert 0 <= age.total_seconds() < 72 * 3600


def test_days_are_written_as_each_language_writes_them() -> None:
    """The day of a deadline, with the month's name, and the French first of a month."""
    marks = "{{day_en:12}} | {{day_es:12}} | {{day_fr:12}} | {{day_fr:9}}"
    assert server.fill(marks, NOW) == (
        "December 4, 2026 | 4 de diciembre de 2026 | 4 décembre 2026 | 1er décembre 2026"
    )


def test_moments_are_written_as_each_format_writes_them() -> None:
    """RSS and Atom have their own ways, both in whole seconds."""
    assert server.fill("{{rss:1.5}}", NOW) == "Sun, 22 Nov 2026 14:00:12 +0000"
    assert server.fill("{{atom:24}}", NOW) == "2026-11-21T15:30:12+00:00"


def test_a_naive_start_and_an_unknown_mark_are_refused() -> None:
    """Both are mistakes of the program."""
    with pytest.raises(ValueError, match="now must carry a time zone"):
        server.bodies(datetime(2026, 11, 22))  # noqa: DTZ001 (the point of the test)
    with pytest.raises(KeyError, match="nonsense"):
        server.fill("{{nonsense:1}}", NOW)


def test_the_rules_tell_the_news_from_the_noise() -> None:
    """With the topics that come with the program, each hard negative stays silent, all else fires."""
    reader = TopicReader(load.load(None, {}).topics)
    silent = {
        entry.title
        for feed in parsed().values()
        for entry in feed.entries
        if not reader.match(
            Entry(guid=entry.id, title=entry.title, summary=entry.summary), deadlines=False
        ).matches
    }
    assert silent == OFF_TOPIC


async def test_the_server_answers_a_known_tag_with_304() -> None:
    """Real HTTP: a body with an ETag, then nothing new, then nothing at an unknown path."""
    async with server.serve(NOW) as base, aiohttp.ClientSession() as session:
        assert base.startswith("http://127.0.0.1:")
        specs = server.feeds(base)
        assert len(specs) == 6
        for spec in specs:
            async with session.get(spec.url) as answer:
                assert answer.status == 200
                assert answer.content_type in {"application/rss+xml", "application/atom+xml"}
                assert await answer.read() == server.bodies(NOW)[spec.url.rpartition("/")[2]]
                tag = answer.headers["ETag"]
            async with session.get(spec.url, headers={"If-None-Match": tag}) as answer:
                assert answer.status == 304
            async with session.get(spec.url, headers={"If-None-Match": '"old"'}) as answer:
                assert answer.status == 200
        async with session.get(f"{base}/nothing") as answer:
            assert answer.status == 404


def test_the_specs_name_their_languages_and_tiers() -> None:
    """Three languages, an official source among them, addresses without a doubled slash."""
    specs = server.feeds("http://127.0.0.1:1/")
    assert {spec.lang for spec in specs} == {"en", "es", "fr"}
    assert specs[0].tier is Tier.OFFICIAL
    assert specs[0].url == "http://127.0.0.1:1/trade-notices.atom"
    assert {spec.origin for spec in specs} == {Origin.CONFIG}
    assert len({spec.key for spec in specs}) == 6


def test_the_samples_do_not_contradict_the_record() -> None:
    """The duty that the samples raise is the one on record: `tariffs` shows both in one list."""
    report: list[Problem] = []
    path = defaults.packaged() / "timeline.yaml"
    document = parse(path.read_bytes(), path.name, report)
    assert document is not None
    file = check(document, TimelineFile, report)
    assert file is not None
    on_record = {
        each.row.rate
        for each in ledger(of_timeline(file.noun()), on=NOW.date()).in_force
        if each.row.imposer == "US" and "aluminum" in each.row.products
    }
    bodies = "\n".join(body.decode() for body in server.bodies(NOW).values())
    raised = re.findall(
        r"(?:from |up from |de )(\d+) ?(?:%|percent)(?=[^.]{0,3} ?(?:a 75|à 75|,|\.|<| under))",
        bodies,
    )
    assert len(raised) >= 8
    assert {float(rate) for rate in raised} == on_record
