"""Hostile and huge messages and replies for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.domain.message import FactLine, Link, Message
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind

ATTACKS = (
    "<!channel>",
    "<!here|x>",
    "<@U123ABC>",
    "<#C123|general>",
    "<https://evil.example|click>",
    "<mailto:a@b.example|mail>",
    "*bold* _it_ ~no~ `code`",
    "```block```",
    "&lt;!channel&gt;",
    "\u202eevil\x00\ud800",
    '"\\' * 50,
    "🚢🇲🇽" * 40,
    "@here #general :ship:",
    "a" * 5000,
    "arancel " * 700,
)

texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(ATTACKS),
    st.lists(st.sampled_from(ATTACKS), max_size=4).map(" ".join),
)
urls = st.one_of(
    st.none(),
    texts,
    texts.map(lambda text: "https://example.com/" + text),
    st.integers(0, 4000).map(lambda length: "https://example.com/" + "a" * length),
)
links = st.builds(Link, text=texts, url=urls)
facts = st.builds(FactLine, text=texts, quote=texts, note=texts)
changes = st.builds(
    Change,
    kind=st.sampled_from(ChangeKind),
    text=texts,
    quote=st.one_of(st.none(), texts),
    source=st.one_of(st.none(), texts),
    url=urls,
)


def _some(values: st.SearchStrategy, most: int = 12) -> st.SearchStrategy:
    return st.lists(values, max_size=most).map(tuple)


messages = st.builds(
    Message,
    subject=st.sampled_from(["story:7", "entry:9", "notice:x", "story:" + "7" * 3000, ""]),
    headline=links,
    source=texts,
    published=st.sampled_from([None, datetime(2026, 11, 20, 14, 5, tzinfo=UTC)]),
    stage=st.one_of(st.none(), st.sampled_from(Stage)),
    summary=texts,
    topics=_some(texts),
    tariffs=_some(facts),
    deadlines=_some(facts),
    conflicts=_some(texts),
    changes=_some(changes),
    source_count=st.integers(1, 500),
    more_sources=_some(links),
    why=texts,
    zone=st.sampled_from(["UTC", "America/Mexico_City", "Nowhere/Land", "../etc"]),
    locale=st.sampled_from(["en", "es", "fr-CA", "", "xx"]),
)
lines = st.builds(Line, text=texts, url=urls, note=texts, quote=texts)
sections = st.builds(Section, heading=texts, lines=_some(lines, 30))
choices = st.builds(Choice, label=texts, command=st.one_of(texts, st.just("subscribe autos")))
replies = st.builds(
    Reply,
    command=st.just("status"),
    title=texts,
    sections=_some(sections, 8),
    footer=texts,
    actions=_some(choices, 30),
)
