import pytest

from bot.settings import environment
from bot.settings.environment import HostPort, host_port
from bot.settings.files import Problem

CANARY = "canary-5f1e"


def read(**environ: str) -> environment.Environment:
    report: list[Problem] = []
    found = environment.read(environ, report)
    assert found is not None, [str(problem) for problem in report]
    return found


def problem(**environ: str) -> str:
    report: list[Problem] = []
    assert environment.read(environ, report) is None
    (only,) = report
    return str(only)


def test_nothing_needs_to_be_set() -> None:
    """Without any variable the bot runs on SQLite, with every platform off."""
    env = read()
    assert env.database_url.get_secret_value() == "sqlite:///data/usmca-bot.db"
    assert env.engine == "embedded"
    assert env.web_bind == HostPort("127.0.0.1", 8080)
    assert (env.slack_bot_token, env.discord_token, env.secret_keys) == (None, None, ())
    assert env.slack_api_url == "https://slack.com/api/"
    assert env.discord_api_url is None
    assert (env.log_level, env.log_format) == ("INFO", "auto")
    assert list(env.secrets()) == []


def test_an_empty_variable_counts_as_not_set() -> None:
    """A line like SLACK_BOT_TOKEN= in an .env file turns nothing on and breaks nothing."""
    env = read(SLACK_BOT_TOKEN="", BOT_WEB_BIND=" ", LOG_LEVEL="", BOT_ALLOW_HOSTS="")
    assert env.slack_bot_token is None
    assert env.web_bind == HostPort("127.0.0.1", 8080)


def test_addresses_take_a_trailing_slash_or_none() -> None:
    """Slack's base ends in a slash, Discord's without one, however they were written."""
    for slash in ("", "/"):
        env = read(
            SLACK_API_URL=f"http://127.0.0.1:9/api{slash}",
            DISCORD_API_URL=f"http://127.0.0.1:9/api/v10{slash}",
            DISCORD_GATEWAY_URL=f"ws://127.0.0.1:9{slash}",
        )
        assert env.slack_api_url == "http://127.0.0.1:9/api/"
        assert env.discord_api_url == "http://127.0.0.1:9/api/v10"
        assert env.discord_gateway_url == "ws://127.0.0.1:9"


def test_lists_are_read_with_their_spaces() -> None:
    """Hosts and keys are separated by commas."""
    env = read(BOT_ALLOW_HOSTS="Feeds.Local:8000, [::1]:9", BOT_SECRET_KEYS="new , old")
    assert env.allow_hosts.allows("feeds.local", 8000)
    assert env.allow_hosts.allows("::1", 9)
    assert [key.get_secret_value() for key in env.secret_keys] == ["new", "old"]


def test_the_http_server_can_be_moved_or_turned_off() -> None:
    """BOT_WEB_BIND takes host:port, an IPv6 host in brackets, or off."""
    assert read(BOT_WEB_BIND="0.0.0.0:80").web_bind == HostPort("0.0.0.0", 80)
    assert str(read(BOT_WEB_BIND="[::1]:80").web_bind) == "[::1]:80"
    assert str(host_port("localhost:1")) == "localhost:1"
    assert read(BOT_WEB_BIND="off").web_bind is None


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("BOT_DATABASE_URL", "mysql://u:canary-5f1e@h/d", "must be sqlite:///data/usmca-bot.db or"),
        ("BOT_ENGINE", "celery", "must be embedded (one process) or procrastinate (many"),
        ("BOT_ENGINE", "procrastinate", "procrastinate keeps its queue in PostgreSQL: set BOT_"),
        ("BOT_WEB_BIND", "8080", "must be host:port, for example 127.0.0.1:8080"),
        ("BOT_WEB_BIND", "h:99999", "must be host:port"),
        ("BOT_ALLOW_HOSTS", "127.0.0.1", "'127.0.0.1' should be host:port"),
        ("SLACK_BOT_TOKEN", "xoxb canary-5f1e", "must be one word as the platform shows it"),
        ("SLACK_SIGNING_SECRET", "canary-5f1é", "must be one word as the platform shows it"),
        ("SLACK_API_URL", "canary-5f1e/api", "must start with https:// or http://"),
        ("DISCORD_API_URL", "ftp://h", "must start with https:// or http://"),
        (
            "BOT_DATABASE_URL",
            "postgresql://u:canary-5f1e[@h/d",
            "is no address: in its password, write [",
        ),
        ("DISCORD_GATEWAY_URL", "ws://[", "must start with wss:// or ws://"),
        ("DISCORD_GATEWAY_URL", "https://h", "must start with wss:// or ws://"),
        ("DISCORD_PUBLIC_KEY", "canary-5f1e", "must be the 64 hex digits"),
        ("LOG_LEVEL", "loud", "must be one of DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "must be one of auto, console or json"),
    ],
)
def test_a_bad_value_names_the_variable_and_what_is_right(name, value, right) -> None:
    """The sentence names the variable, and never repeats a value that may be a secret."""
    said = problem(**{name: value})
    assert said.startswith(f"environment: {name}: {right}")
    assert CANARY not in said


def test_every_bad_variable_is_told_at_once() -> None:
    """Two mistakes give two problems."""
    report: list[Problem] = []
    environment.read({"LOG_LEVEL": "x", "BOT_ENGINE": "y"}, report)
    assert len(report) == 2


def test_levels_and_formats_may_be_written_in_any_case() -> None:
    """People write debug and JSON."""
    env = read(LOG_LEVEL="debug", LOG_FORMAT="JSON")
    assert (env.log_level, env.log_format) == ("DEBUG", "json")


def test_secrets_are_handed_to_the_logs_and_shown_nowhere() -> None:
    """Every token, key and the database's password is known as a secret; a repr holds none."""
    env = read(
        SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-2", SLACK_SIGNING_SECRET="s3",
        DISCORD_TOKEN="d4", BOT_SECRET_KEYS="k5,k6",
        BOT_DATABASE_URL="postgresql://u:p%40ss@h/d", DISCORD_PUBLIC_KEY="a" * 64,
    )  # fmt: skip
    secrets = set(env.secrets())
    assert secrets == {"xoxb-1", "xapp-2", "s3", "d4", "k5", "k6", "p%40ss", "p@ss"}
    assert not [secret for secret in secrets if secret in repr(env)]


def test_a_token_in_the_wrong_place_is_warned_of() -> None:
    """Mixed-up Slack tokens are the usual mistake; the bot starts all the same."""
    env = read(SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xapp-2")
    assert list(env.warnings()) == [
        "SLACK_BOT_TOKEN does not start with xoxb-: is it the right token?"
    ]


def test_slacks_credentials_go_together() -> None:
    """The secret is one of those the logs hide; one without the other is probably a mistake."""
    both = read(SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET=CANARY)
    assert both.slack_client_id == "1.2"
    assert list(both.secrets()) == [CANARY]
    assert list(both.warnings()) == []
    (warning,) = read(SLACK_CLIENT_ID="1.2").warnings()
    assert "SLACK_CLIENT_SECRET" in warning
    assert CANARY not in repr(both)


def test_keys_that_are_none() -> None:
    """A list of nothing was taken for no list, and a key file made instead."""
    assert problem(BOT_SECRET_KEYS=" , ") == (
        "environment: BOT_SECRET_KEYS: holds no key: make one with `usmca-bot secret-key`, "
        "or leave it unset"
    )


def test_a_variable_that_nothing_reads_is_named_with_the_nearest() -> None:
    """Its value never is; what bot.yaml names, other programs' variables and empty ones are fine."""
    given = {
        "BOT_DATABASE_URI": CANARY,
        "BOT_ENGINE": "embedded",
        "BOT_MINE": CANARY,
        "BOT_EMPTY": " ",
        "BOT_ZZZ": CANARY,
        "SLACK_BOT_TOKN": CANARY,
    }
    uri, zzz = environment.unknown(given, {"BOT_MINE"})
    assert uri == (
        "the environment has BOT_DATABASE_URI, which nothing reads: did you mean 'BOT_DATABASE_URL'?"
    )
    assert zzz.startswith(
        "the environment has BOT_ZZZ, which nothing reads: known are BOT_ALLOW_HOSTS, "
    )


@pytest.mark.parametrize("address", ["collector:4318", "grpc://collector:4317", "http://"])
def test_an_address_that_no_span_can_be_sent_to(address) -> None:
    """The exporter fails in silence."""
    (only,) = read(OTEL_EXPORTER_OTLP_ENDPOINT=address).warnings()
    assert only.startswith("OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) ")
    assert only.endswith("no span arrives anywhere")
    off = {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_SDK_DISABLED": "true"}
    assert list(read(**off).warnings()) == []
    assert list(read(OTEL_EXPORTER_OTLP_ENDPOINT="http://collector:4318").warnings()) == []
