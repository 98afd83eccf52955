import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.asked import (
    Command,
    Deadlines,
    Feeds,
    Help,
    Latest,
    Pause,
    Problem,
    Resume,
    Search,
    ShowStory,
    Status,
    Subscribe,
    Subscriptions,
    Topics,
    Trial,
    TryOut,
    Unclear,
    Unknown,
    Unsubscribe,
    Why,
)
from bot.commands.asked_feeds import FeedAct, OnFeed
from bot.commands.grammar import parse
from bot.commands.grammar_feeds import ACTS
from bot.commands.verbs import ALIASES, Verb, fold
from bot.domain.destination import Grouping, Level
from bot.services import options

DAILY = options.when("daily@08:00")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Help()),
        ("  /usmca  ", Help()),
        ("help", Help()),
        ("help subscribe", Help(about=Verb.SUBSCRIBE)),
        ("digest daily", Help(about=Verb.SUBSCRIBE)),
        ("help digest", Help(about=Verb.SUBSCRIBE)),
        ("subscribe autos daily@08:00", Subscribe(topics="autos", when=DAILY)),
        (
            "subscribe autos daily@08:00 flash",
            Subscribe(topics="autos", when=DAILY, level=Level.FLASH),
        ),
        (
            "subscribe autos flash daily@08:00",
            Subscribe(topics="autos", when=DAILY, level=Level.FLASH),
        ),
        (
            "subscribe critical minerals daily@08:00 level:flash",
            Subscribe(topics="critical minerals", when=DAILY, level=Level.FLASH),
        ),
        ("help /search", Help(about=Verb.SEARCH)),
        ("status", Status()),
        ("/usmca STATUS autos", Status(topic="autos")),
        ("/USMCA: status", Status()),
        ("/status autos", Status(topic="autos")),
        ("latest critical minerals", Latest(topic="critical minerals")),
        ("latest autos page:3", Latest(topic="autos", page=3)),
        ("latest page:0", Latest(page=1)),
        ("latest page:2 autos", Latest(topic="autos", page=2)),
        ("search steel AND canada", Search(query="steel AND canada")),
        ("search “rules of origin” page:2", Search(query='"rules of origin"', page=2)),
        ("topics", Topics()),
        ("subscriptions", Subscriptions()),
        ("feeds", Feeds()),
        ("feeds list", Feeds()),
        ("feeds page:3", Feeds(page=3)),
        ("fuentes lista pagina:2", Feeds(page=2)),
        ("pause", Pause()),
        ("mute", Pause()),
        ("resume", Resume()),
        ("test", Trial()),
        ("story 7", ShowStory(story_id=7)),
        ("story 7 --why", ShowStory(story_id=7)),
        ("story #7", ShowStory(story_id=7)),
        ("story story:7", ShowStory(story_id=7)),
        ("why 12", Why(story_id=12)),
    ],
)
def test_understands_each_command(text, command):
    """Every verb of the grammar becomes its command, however it is spaced or capitalised."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("estado autos", Status(topic="autos")),
        ("Statut", Status()),
        ("état acier", Status(topic="acier")),
        ("plazos 90d", Deadlines(days=90)),
        ("ÉCHÉANCES autos 3 mois", Deadlines(topic="autos", days=93)),
        ("e\u0301che\u0301ances", Deadlines()),
        ("buscar acero", Search(query="acero")),
        ("chercher acier", Search(query="acier")),
        ("suscribir minerales críticos", Subscribe(topics="minerales críticos")),
        ("s’abonner autos", Subscribe(topics="autos")),
        ("abonner autos niveau: urgent", Subscribe(topics="autos", level=Level.FLASH)),
        ("se désabonner autos", Unsubscribe(topics="autos")),
        ("por qué 7", Why(story_id=7)),
        ("últimas lácteos", Latest(topic="lácteos")),
        ("ayuda buscar", Help(about=Verb.SEARCH)),
        ("aide", Help()),
        ("resumen", Help(about=Verb.SUBSCRIBE)),
        ("simulacro acero", TryOut(query="acero")),
        ("suscribir autos diario@08:00", Subscribe(topics="autos", when=DAILY)),
    ],
)
def test_understands_spanish_and_french(text, command):
    """Verbs work in Spanish and French, with or without their accents."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("subscribe autos", Subscribe(topics="autos")),
        ("subscribe autos, dairy and steel", Subscribe(topics="autos, dairy and steel")),
        ("subscribe autos level: important", Subscribe(topics="autos", level=Level.IMPORTANT)),
        ("subscribe autos level=FLASH", Subscribe(topics="autos", level=Level.FLASH)),
        ("subscribe autos important", Subscribe(topics="autos", level=Level.IMPORTANT)),
        ("suscribir autos nivel: todo", Subscribe(topics="autos", level=Level.EVERYTHING)),
        (
            "subscribe customs group: entry level: flash",
            Subscribe(topics="customs", level=Level.FLASH, group=Grouping.ENTRY),
        ),
        ("subscribe flash", Subscribe(topics="flash")),
        ('subscribe query: "steel AND canada"', Subscribe(query="steel AND canada")),
        ("subscribe query: steel AND canada", Subscribe(query="steel AND canada")),
        ('subscribe query: "steel" OR "aluminum"', Subscribe(query='"steel" OR "aluminum"')),
        ('subscribe query: ""steel duties""', Subscribe(query='"steel duties"')),
        (
            r'subscribe query: "\"steel duties\" AND canada"',
            Subscribe(query='"steel duties" AND canada'),
        ),
        (
            "subscribe query: “steel” level: flash",
            Subscribe(query="steel", level=Level.FLASH),
        ),
        ("suscribir consulta: acero", Subscribe(query="acero")),
        ("subscribe query: *", Subscribe(query="*")),
    ],
)
def test_reads_what_is_subscribed(text, command):
    """Topics, queries, levels and groupings are told apart, quotes only where they enclose all."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("unsubscribe autos", Unsubscribe(topics="autos")),
        ("unsubscribe all", Unsubscribe(everything=True)),
        ("desuscribir todo", Unsubscribe(everything=True)),
        ("unsubscribe 12", Unsubscribe(topics="12")),
        ('unsubscribe query: "steel"', Unsubscribe(query="steel")),
    ],
)
def test_reads_what_is_unsubscribed(text, command):
    """A topic, a number, a query or everything can be ended."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("deadlines", Deadlines()),
        ("deadlines autos", Deadlines(topic="autos")),
        ("deadlines autos 90d", Deadlines(topic="autos", days=90)),
        ("deadlines 2 weeks", Deadlines(days=14)),
        ("plazos autos 30 días", Deadlines(topic="autos", days=30)),
        ("échéances 10 j page:2", Deadlines(days=10, page=2)),
        ("deadlines 1y", Deadlines(days=366)),
        ("deadlines section 232", Deadlines(topic="section 232")),
    ],
)
def test_reads_a_window_of_time(text, command):
    """The time ahead is read in three languages; a number without a unit belongs to the topic."""
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "verb", "problem", "word"),
    [
        ("search", Verb.SEARCH, Problem.NEEDS_WORDS, ""),
        ("search page:2", Verb.SEARCH, Problem.NEEDS_WORDS, ""),
        ("deadlines page:x", Verb.DEADLINES, Problem.NO_PAGE, "page:x"),
        ("fuentes página:", Verb.FEEDS, Problem.NO_PAGE, "página:"),
        ("deliveries page:2b", Verb.DELIVERIES, Problem.NO_PAGE, "page:2b"),
        ("subscribe level: flash", Verb.SUBSCRIBE, Problem.NEEDS_TOPIC, ""),
        ("subscribe autos level: loud", Verb.SUBSCRIBE, Problem.NO_LEVEL, "loud"),
        ("subscribe autos group: heap", Verb.SUBSCRIBE, Problem.NO_GROUP, "heap"),
        ('subscribe query: ""', Verb.SUBSCRIBE, Problem.NEEDS_QUERY, ""),
        ("unsubscribe", Verb.UNSUBSCRIBE, Problem.NEEDS_TOPIC, ""),
        ("unsubscribe query:", Verb.UNSUBSCRIBE, Problem.NEEDS_QUERY, ""),
        ("deadlines 0d", Verb.DEADLINES, Problem.NO_WINDOW, "0d"),
        ("deadlines 2026-02-30", Verb.DEADLINES, Problem.NO_WINDOW, "2026-02-30"),
        ("plazos autos 31/02/2026", Verb.DEADLINES, Problem.NO_WINDOW, "31/02/2026"),
        ("deadlines autos 99999999d", Verb.DEADLINES, Problem.NO_WINDOW, "99999999d"),
        ("backtest steel 0d", Verb.BACKTEST, Problem.NO_PAST, "0d"),
        ("story", Verb.STORY, Problem.NO_NUMBER, ""),
        ("story seven", Verb.STORY, Problem.NEEDS_NUMBER, "seven"),
        ("story -7", Verb.STORY, Problem.NEEDS_NUMBER, "-7"),
        ("why", Verb.WHY, Problem.NO_NUMBER, ""),
        ("why me", Verb.WHY, Problem.NEEDS_NUMBER, "me"),
        ("search " + "steel " * 500, Verb.SEARCH, Problem.TOO_LONG, ""),
    ],
)
def test_says_what_is_wrong_with_the_rest(text, verb, problem, word):
    """Where the verb is understood and the rest is not, the answer names the problem."""
    found = parse(text)
    assert isinstance(found, Unclear)
    assert (found.verb, found.problem, found.word) == (verb, problem, word)


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("subscribe autos level:loud", "level"),
        ("subscribe autos group:heap", "group"),
        ("subscribe autos quiet:25:99-xx", "quiet"),
        ("subscribe autos when:daily@25:99", "when"),
        ("settings hour:25:99", "hour"),
        ("settings Nowhere", "zone"),
        ("subscribe", ""),
    ],
)
def test_names_the_option_that_was_odd(text, option):
    """A window shows what is wrong at the field of that name."""
    assert getattr(parse(text), "option", "") == option


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("statsu", Verb.STATUS),
        ("suscribe autos", Verb.SUBSCRIBE),
        ("deadlins", Verb.DEADLINES),
        ("plasos", Verb.DEADLINES),
        ("help serch", Verb.SEARCH),
    ],
)
def test_an_unknown_verb_names_the_nearest(text, nearest):
    """A typo gets the verb it is nearest to first."""
    found = parse(text)
    assert isinstance(found, Unknown)
    assert found.nearest[0] is nearest


@pytest.mark.parametrize(
    ("text", "act", "word"),
    [
        ("feeds add https://a.example/rss", FeedAct.ADD, "https://a.example/rss"),
        ("feeds ADD <https://a.example/|a>", FeedAct.ADD, "<https://a.example/|a>"),
        ("feeds check a.example", FeedAct.CHECK, "a.example"),
        ("feeds https://a.example/rss", FeedAct.CHECK, "https://a.example/rss"),
        ("feeds remove border-ledger", FeedAct.REMOVE, "border-ledger"),
        ("feeds pause Border Ledger", FeedAct.PAUSE, "Border Ledger"),
        ("feeds resume x", FeedAct.RESUME, "x"),
        ("feeds border-ledger", FeedAct.SHOW, "border-ledger"),
        ("feeds show border-ledger", FeedAct.SHOW, "border-ledger"),
        ("feeds list border-ledger", FeedAct.SHOW, "border-ledger"),
        ("fuentes agregar https://a.example/", FeedAct.ADD, "https://a.example/"),
        ("fuentes añadir https://a.example/", FeedAct.ADD, "https://a.example/"),
        ("fuentes quitar x", FeedAct.REMOVE, "x"),
        ("fuentes comprobar https://a.example/", FeedAct.CHECK, "https://a.example/"),
        ("flux ajouter https://a.example/", FeedAct.ADD, "https://a.example/"),
        ("flux vérifier https://a.example/", FeedAct.CHECK, "https://a.example/"),
        ("flux retirer x", FeedAct.REMOVE, "x"),
        ("flux suspendre x", FeedAct.PAUSE, "x"),
        ("flux reprendre x", FeedAct.RESUME, "x"),
    ],
)
def test_reads_what_is_done_with_a_feed(text, act, word):
    """In three languages; an address alone is looked at, a name alone is shown."""
    assert parse(text) == OnFeed(act=act, word=word)


@pytest.mark.parametrize(
    ("text", "problem", "word"),
    [
        ("feeds add", Problem.NO_ADDRESS, ""),
        ("feeds check", Problem.NO_ADDRESS, ""),
        ("feeds remove", Problem.NO_FEED, ""),
        ("feeds pause ", Problem.NO_FEED, ""),
        ("feeds ad https://a.example/", Problem.NO_FEED_ACT, "ad"),
    ],
)
def test_says_what_is_missing_of_a_feed(text, problem, word):
    """An address, a feed, or a word for what to do."""
    assert parse(text) == Unclear(verb=Verb.FEEDS, problem=problem, word=word)


def test_no_word_means_two_things_to_do_with_a_feed():
    """Every word for an act belongs to one, and is written as it is compared."""
    said = [word for spoken in ACTS.values() for word in spoken]
    assert len(said) == len(set(said))
    assert all(word == fold(word) for word in said)


def test_an_unknown_verb_far_from_all_has_no_nearest():
    """What is near nothing names nothing, and keeps the words for the topics."""
    assert parse("qqqq zzzz") == Unknown(word="qqqq", nearest=(), text="qqqq zzzz")


def test_no_word_means_two_verbs():
    """Every word, in any language, belongs to one verb, and is written as it is compared."""
    spoken = [alias for aliases in ALIASES.values() for alias in aliases] + [*Verb]
    assert len(spoken) == len(set(spoken))
    assert all(alias == fold(alias) for alias in spoken)


def test_every_alias_is_understood():
    """Every alias asks what its verb asks."""
    for verb, aliases in ALIASES.items():
        for alias in aliases:
            assert parse(f"{alias} 7") == parse(f"{verb} 7"), alias


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    """No text makes the grammar fail."""
    parsed = parse(text)
    assert isinstance(parsed, Command | Unclear | Unknown)


@given(st.sampled_from(list(Verb)), st.text(max_size=200))
def test_any_rest_is_answered(verb, rest):
    """No words after a verb make the grammar fail."""
    parsed = parse(f"{verb} {rest}")
    assert isinstance(parsed, Command | Unclear | Unknown)


@given(st.text(alphabet='abc "\\*():', min_size=1, max_size=40))
def test_a_query_in_escaped_quotes_survives(query):
    """The form the bot itself writes on a button brings back the same query."""
    query = " ".join(query.replace("\\", "").split())
    if not query:
        return
    escaped = query.replace('"', r"\"")
    parsed = parse(f'subscribe query: "{escaped}"')
    assert isinstance(parsed, Subscribe)
    assert parsed.query == query
