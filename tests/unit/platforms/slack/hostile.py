"""Hostile and huge messages and replies for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.commands.exchange import (
    Choice,
    Field,
    FieldKind,
    Form,
    Line,
    Option,
    Reply,
    Section,
)
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind
from bot.platforms.slack.home import Home
from bot.platforms.slack.replies import render_reply

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


def _topics(count: int) -> tuple[Option, ...]:
    return tuple(Option(value=f"topic{n}", label=f"Topic {n}") for n in range(count))


mentions = st.builds(
    Mention, kind=st.sampled_from(MentionKind), id=st.sampled_from(["U1", "<!channel>", "", "S2"])
)
message_lines = st.builds(MessageLine, text=texts, url=urls, note=texts, quote=texts)
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
    topic_ids=_some(st.sampled_from(["autos", "steel"])),
    mention=_some(mentions, 20),
    sections=_some(st.builds(MessageSection, heading=texts, lines=_some(message_lines)), 3),
    why=texts,
    zone=st.sampled_from(["UTC", "America/Mexico_City", "Nowhere/Land", "../etc"]),
    locale=st.sampled_from(["en", "es", "fr-CA", "", "xx"]),
)
lines = st.builds(Line, text=texts, url=urls, note=texts, quote=texts)
sections = st.builds(Section, heading=texts, lines=_some(lines, 30))
choices = st.builds(Choice, label=texts, command=st.one_of(texts, st.just("subscribe autos")))
numbered = st.builds(Line, text=st.builds("#{} {}".format, st.integers(0, 99), texts), note=texts)
rows = st.fixed_dictionaries(
    {
        "kind": st.just("subscription"),
        "id": st.integers(0, 99),
        "topic": st.one_of(st.none(), texts),
        "query": texts,
        "level": st.sampled_from(["everything", "important", "flash", ""]),
        "group": st.sampled_from(["story", "entry"]),
        "origin": st.sampled_from(["chat", "config"]),
    }
)
replies = st.builds(
    Reply,
    command=st.just("status"),
    title=texts,
    sections=_some(st.one_of(sections, st.builds(Section, lines=_some(numbered))), 8),
    footer=texts,
    rows=_some(rows, 20),
    actions=_some(choices, 30),
)
homes = st.builds(
    Home,
    own=replies,
    channels=st.lists(st.tuples(st.sampled_from(["C1", "G9", "<!x>"]), replies), max_size=3),
    rest=st.lists(replies, max_size=2),
    top=st.one_of(st.none(), replies.map(render_reply)),
    locale=st.sampled_from(["en", "es", "fr", "xx"]),
)
options = st.builds(Option, value=st.one_of(texts, st.just("autos")), label=texts)
fields = st.builds(
    Field,
    name=st.sampled_from(["topics", "level", "when", "quiet", "mention"]),
    label=texts,
    kind=st.sampled_from(FieldKind),
    options=st.one_of(_some(options), st.integers(0, 350).map(_topics)),
    chosen=_some(texts, 3),
    hint=texts,
    required=st.booleans(),
)
windows = st.builds(
    Form, verb=st.just("subscribe"), title=texts, submit=texts, fields=_some(fields)
)
