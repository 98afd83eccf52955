from pathlib import Path

import pytest

from bot.domain.feed import FeedKind, Origin, Tier
from bot.errors import ConfigError
from bot.settings import defaults, load

FEEDS = """\
feeds:
  - id: ledger
    name: Border Ledger
    url: https://border-ledger.example/rss
    tier: wire
    interval: 2m
  - id: diario
    name: Diario Aduanal
    url: https://diario-aduanal.example/rss
    lang: es
    enabled: false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the packaged files, as `usmca-bot init` writes it."""
    defaults.copy_defaults(tmp_path / "mine")
    return tmp_path / "mine"


def complaint(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load.load(folder, environ)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def test_the_files_that_come_with_the_program_are_right() -> None:
    """No problem, no warning, feeds in three languages, all topics, a treaty and deadlines."""
    settings = load.load(defaults.packaged(), {})
    assert settings.warnings == ()
    assert {feed.lang for feed in settings.feeds} == {"en", "es", "fr"}
    assert not {feed.key for feed in settings.feeds} & {f.key for f in settings.disabled_feeds}
    topics = {topic.id for topic in settings.topics.topics}
    assert {"usmca", "tariffs", "autos", "critical_minerals", "dairy"} <= topics
    named = {topic for event in settings.timeline.events for topic in event.topics}
    assert named <= topics
    assert [event.when for event in settings.timeline.events if event.deadline] != []


def test_no_internal_reference_is_left_in_the_timeline() -> None:
    """A source is a public page or a document's name, and unconfirmed rows have no page."""
    settings = load.load(defaults.packaged(), {})
    for event in settings.timeline.events:
        assert "stored" not in str(event.fact.source)
        if event.fact.confidence == "unconfirmed":
            assert event.fact.source.url is None
        if event.fact.confidence == "verified":
            assert event.fact.source.url is not None


def test_feeds_become_specs(folder) -> None:
    """The enabled ones in the order of the file, the others apart."""
    (folder / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    settings = load.load(folder, {})
    (ledger,) = settings.feeds
    assert (ledger.key, ledger.interval, ledger.lang) == ("ledger", 120, "en")
    assert (ledger.tier, ledger.kind, ledger.origin) == (Tier.WIRE, FeedKind.FEED, Origin.CONFIG)
    assert [feed.key for feed in settings.disabled_feeds] == ["diario"]
    assert settings.disabled_feeds[0].interval is None


def test_every_problem_of_every_file_and_variable_is_told_at_once(folder) -> None:
    """One start-up shows them all, one in each line, with file and line."""
    (folder / "feeds.yaml").write_text(
        FEEDS + FEEDS.removeprefix("feeds:\n") + "    urll: x\n", encoding="utf-8"
    )
    (folder / "bot.yaml").write_text(
        "subscriptions:\n"
        "  - {to: 'slack:C1', topic: auto}\n"
        "  - {to: 'apprise:TEAMS', query: '(steel'}\n",
        encoding="utf-8",
    )
    *others, query = complaint(folder, LOG_LEVEL="loud")
    assert others == [
        "environment: LOG_LEVEL: must be one of DEBUG, INFO, WARNING or ERROR",
        "feeds.yaml:22: feed 'diario': unknown key 'urll'; did you mean 'url'?",
        "feeds.yaml:12: feed 'ledger': the id is already used in line 2",
        "feeds.yaml:17: feed 'diario': the id is already used in line 7",
        "feeds.yaml:14: feed 'ledger': the url is already used in line 4",
        "feeds.yaml:19: feed 'diario': the url is already used in line 9",
        "bot.yaml:2: subscription 1: topic: there is no topic 'auto'; did you mean 'autos'?",
        "bot.yaml:3: subscription 2: to: there is no service 'TEAMS'; none is defined",
    ]
    assert query.startswith("bot.yaml:3: subscription 2: query: ")


def test_check_config_says_the_same(folder) -> None:
    """`problems` gives the list that `load` raises; the environment only where it is handed in."""
    assert load.problems(folder) == []
    (folder / "feeds.yaml").write_text("feeds: 3\n", encoding="utf-8")
    assert load.problems(folder) == [f"{folder}/feeds.yaml:1: feeds: must be a list, not '3'"]
    assert len(load.problems(folder, {"LOG_LEVEL": "x"})) == 2


def test_a_folder_that_is_none_is_an_error_with_its_remedy(tmp_path) -> None:
    """`--config` with a slip of the pen never falls back to something else."""
    with pytest.raises(ConfigError, match="is not a folder: 'usmca-bot init"):
        load.load(tmp_path / "nowhere", {})
    assert len(load.problems(tmp_path / "nowhere", {"LOG_LEVEL": "x"})) == 2


def test_a_file_that_is_not_there_is_taken_from_the_program(tmp_path) -> None:
    """A folder may hold only what differs; the log says what was taken from where."""
    (tmp_path / "feeds.yaml").write_text(FEEDS, encoding="utf-8")
    (tmp_path / "topic.yaml").write_text("", encoding="utf-8")
    settings = load.load(tmp_path, {})
    assert len(settings.feeds) == 1
    assert len(settings.topics.topics) > 10
    missing = [warning for warning in settings.warnings if "comes with the program" in warning]
    assert len(missing) == 3
    assert settings.warnings[-1].endswith("topic.yaml is not read; did you mean 'topics.yaml'?")


def test_a_shadow_file_that_is_not_there_is_named_with_its_key(tmp_path) -> None:
    """The line of bot.yaml that names it, and what to do; not only the name of some file."""
    (tmp_path / "bot.yaml").write_text("zone: UTC\nshadow_topics: next.yaml\n", encoding="utf-8")
    (problem,) = load.problems(tmp_path, {})
    assert problem.startswith(f"{tmp_path / 'bot.yaml'}:2: shadow_topics: there is no ")
    assert problem.endswith("next.yaml: copy topics.yaml there, or leave the key out")


def test_a_place_on_a_platform_that_is_off_is_doubted(tmp_path) -> None:
    """Nothing would be sent there, and nobody would know why; with the token it is in order."""
    (tmp_path / "bot.yaml").write_text(
        "subscriptions:\n  - {to: 'slack:C1', topic: autos}\nfeeds_notices: ['discord:5']\n",
        encoding="utf-8",
    )
    said = [each for each in load.load(tmp_path, {}).warnings if "nothing is sent" in each]
    assert said == [
        "bot.yaml names slack:C1, and nothing is sent there as it is: set SLACK_BOT_TOKEN to turn Slack on",
        "bot.yaml names discord:5, and nothing is sent there as it is: set DISCORD_TOKEN to turn Discord on",
    ]
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "DISCORD_TOKEN": "x"}
    assert not [w for w in load.load(tmp_path, tokens).warnings if "nothing is sent" in w]


def test_config_in_the_present_folder_is_the_default(folder, tmp_path) -> None:
    """Without --config: `config/` where there is one, else what comes with the program."""
    assert load.load(None, {}, tmp_path).directory == defaults.packaged()
    folder.rename(tmp_path / "config")
    assert load.load(None, {}, tmp_path).directory == tmp_path / "config"


def test_a_term_that_does_not_compile_names_its_line(folder) -> None:
    """A rule that cannot be compiled stops start-up in the line it stands in."""
    path = folder / "topics.yaml"
    text = path.read_text(encoding="utf-8")
    place = text.index("    strong:")
    broken = text[:place] + "    strong: ['(open']\n    weak: []\n" + "  - id: rest\n"
    path.write_text(broken, encoding="utf-8")
    line = broken.count("\n", 0, place) + 1
    lines = complaint(folder)
    assert [said for said in lines if said.startswith(f"topics.yaml:{line + 2}: ")]
    path.write_text(text.replace("    strong:\n", "    strong:\n      zz: [x]\n", 1), "utf-8")
    assert complaint(folder)


def test_secrets_reach_the_logs_and_no_repr(folder) -> None:
    """Tokens and services' addresses are handed on for redaction only."""
    (folder / "bot.yaml").write_text('apprise: {T: {url: "json://${HOST}/"}}\n', encoding="utf-8")
    environ = {"SLACK_BOT_TOKEN": "xoxb-canary", "HOST": "canary.example"}
    settings = load.load(folder, environ)
    assert set(settings.secrets()) == {"xoxb-canary", "json://canary.example/"}
    assert "canary" not in repr(settings)
