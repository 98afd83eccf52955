import io
import json
import logging
import warnings

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.logs import HIDDEN, Redaction

CANARY = "canary-9c41-ñ/+"


def started(form: logs.Form = "json", *, level: str = "INFO", stream=None) -> io.StringIO:
    stream = stream if stream is not None else io.StringIO()
    # pytest listens on the root logger too, and would stumble over the lines made to be broken.
    logging.getLogger().handlers.clear()
    logs.configure(stream=stream, level=level, form=form, secrets=[CANARY])
    return stream


def fail() -> None:
    try:
        {}[CANARY]
    except KeyError as cause:
        raise RuntimeError(f"outer {CANARY}") from cause


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_an_event_is_one_line_of_json() -> None:
    """What is no terminal gets one JSON object for each event, with time, level and logger."""
    stream = started()
    structlog.get_logger("bot.x").info("feed_polled", feed_id=7, seconds=0.5, ok=True, none=None)
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["logger"]) == ("feed_polled", "info", "bot.x")
    assert (line["feed_id"], line["seconds"], line["ok"], line["none"]) == (7, 0.5, True, None)
    assert line["timestamp"].endswith("Z")


def test_a_terminal_gets_text() -> None:
    """With `auto`, a terminal gets coloured text and a pipe gets JSON."""
    terminal, pipe = Terminal(), io.StringIO()
    started("auto", stream=terminal)
    structlog.get_logger().info("feed_polled")
    started("auto", stream=pipe)
    structlog.get_logger().info("feed_polled")
    assert "feed_polled" in terminal.getvalue()
    assert "\x1b[" in terminal.getvalue()
    assert lines(pipe)[0]["event"] == "feed_polled"


def test_setting_up_again_replaces_what_was() -> None:
    """Two set-ups do not write every line twice."""
    first, second = started(), io.StringIO()
    logs.configure(stream=second, form="json")
    logging.getLogger("x").warning("once")
    assert first.getvalue() == ""
    assert len(lines(second)) == 1


def test_the_level_holds_for_both_worlds() -> None:
    """What is below the level is not written, whoever says it; DEBUG can be asked for."""
    stream = started(level="WARNING")
    structlog.get_logger("a").info("quiet")
    logging.getLogger("a").info("quiet")
    structlog.get_logger("a").warning("loud")
    assert [line["event"] for line in lines(stream)] == ["loud"]
    stream = started(level="DEBUG")
    structlog.get_logger("a").debug("fine")
    assert lines(stream)[0]["level"] == "debug"


@pytest.mark.parametrize(
    "name", ["aiohttp.access", "slack_bolt.AsyncApp", "discord.gateway", "procrastinate.worker"]
)
def test_libraries_tell_only_their_warnings(name) -> None:
    """Their day-to-day talk is left out, their warnings come through in our form."""
    stream = started()
    logging.getLogger(name).info("chatter")
    logging.getLogger(name).warning("trouble %s", 5)
    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("trouble 5", name)


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_configured_secret_appears_nowhere(form) -> None:
    """Not in messages, arguments, keys, nested values, objects, contexts, warnings or tracebacks."""
    stream = started(form)
    log = structlog.get_logger("x")
    structlog.contextvars.bind_contextvars(who=CANARY)
    log.info(CANARY.join(["message ", ""]))
    log.info("arguments %s", CANARY)
    log.info("values", a={"b": [("c", CANARY)], CANARY: 1}, s={CANARY}, e=ValueError(CANARY))
    log.info("objects", o=type("O", (), {"__repr__": lambda _: CANARY})(), b=CANARY.encode())
    logging.getLogger("y").warning("%s and %r", CANARY, {"k": CANARY})
    logging.getLogger("y").warning("quoted canary-9c41-%C3%B1%2F%2B")
    for speak in (log.exception, logging.getLogger("y").exception):
        try:
            fail()
        except RuntimeError:
            speak("failed")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"warned {CANARY}", stacklevel=1)
    log.info("stack", stack_info=True)
    log.info("forms", json=json.dumps(CANARY), bytes=repr(CANARY.encode()), plain=repr(CANARY))
    written = stream.getvalue()
    assert "canary" not in written
    assert written.count(HIDDEN) >= 14
    assert "Traceback" in written


def test_a_line_that_cannot_be_formed_shows_no_arguments() -> None:
    """The library would print message and arguments; ours says only that a line was lost."""
    stream = started()
    logging.getLogger("y").warning("%d", CANARY)
    assert stream.getvalue().startswith("log_line_lost logger=y line=")
    assert "canary" not in stream.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("token xoxb-12-ab3 used", f"token {HIDDEN} used"),
        ("xapp-1-A0-22-dead", HIDDEN),
        ("xoxe.xoxp-1-Mi0y", HIDDEN),
        (
            f"login {'M' + 'T' * 23}.GabCde.{'x' * 38}",
            f"login {HIDDEN}",
        ),
        ("Authorization: Bearer abc", f"Authorization: {HIDDEN}"),
        ("{'Authorization': 'Bot abc.def'}", f"{{'Authorization': '{HIDDEN}'}}"),
        ("sent Bearer abcdef0123456789xyz", f"sent Bearer {HIDDEN}"),
        ("password=hunter2&x=1", f"password={HIDDEN}&x=1"),
        ("https://example.com/feed.xml", "https://example.com/feed.xml"),
        ("https://u:p@example.com/f", f"https://{HIDDEN}@example.com/f"),
        ("https://example.com/f?key=1#x", f"https://example.com/f?{HIDDEN}"),
        ("see https://hooks.slack.com/services/T/B/x.", f"see https://hooks.slack.com/{HIDDEN}"),
        ("https://hooks.slack.com/commands/T/1/x", f"https://hooks.slack.com/{HIDDEN}"),
        (
            "https://discord.com/api/webhooks/123/abc",
            f"https://discord.com/{HIDDEN}",
        ),
        (
            "http://127.0.0.1:9/api/v10/interactions/1/abc/callback",
            f"http://127.0.0.1:9/{HIDDEN}",
        ),
        ("POST /webhooks/123/abc-def failed", f"POST /webhooks/123/{HIDDEN} failed"),
        ("https://x.webhook.office.com/a", f"https://x.webhook.office.com/{HIDDEN}"),
        ("https://api.telegram.org/bot1:x/y", f"https://api.telegram.org/{HIDDEN}"),
        ("tgram://123:abc/chat", f"tgram://{HIDDEN}"),
        ("mailto://u:p@example.com", f"mailto://{HIDDEN}"),
        ("postgresql+psycopg://u:p@h/db", f"postgresql+psycopg://{HIDDEN}@h/db"),
        ("sqlite:///data/usmca-bot.db", "sqlite:///data/usmca-bot.db"),
        ("http://[::1", f"http://{HIDDEN}"),
        ("the bot started successfully", "the bot started successfully"),
        ("a basic understanding-of-tariffs", "a basic understanding-of-tariffs"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text, shown) -> None:
    """Tokens, authorisation, webhook and service addresses, user info and queries; prose stays."""
    assert Redaction().text(text) == shown


_PIECES = st.sampled_from(
    [
        *(
            "xox",
            "b-",
            "xapp-1-A1B2",
            "://",
            "https",
            "telegram",
            "/webhooks/",
            "/interactions/",
            "7/",
        ),
        *(
            "Authorization",
            "authorızation",
            ": ",
            "Bearer",
            "BASIC",
            "bot",
            "\x1f",
            "\t",
            "paſſword",
        ),
        *(
            "PASSWORD",
            "api_key",
            "apiKey",
            "SIGNATURE",
            "client_secret",
            "=",
            "'",
            "a1b2c3d4e5f6g7h8",
        ),
        *("MTIzNDU2Nzg5MDEyMzQ1Njc4", ".", "GabcDE", "abcdefghijklmnopqrstuvwxyz01", "ñ", " "),
    ]
)


@given(st.lists(_PIECES, max_size=9).map("".join))
def test_texts_that_are_passed_by_hold_nothing_to_hide(text) -> None:
    """The quick look never lets a text pass in which a pattern finds something beside a letter like ñ."""
    assert "ñ " + Redaction().text(text) == Redaction().text("ñ " + text)


def test_values_under_a_telling_key_are_hidden() -> None:
    """A value that nobody configured is hidden where its key says what it is."""
    shown = Redaction().value(
        {
            "slack_token": "abc",
            "Password": "p",
            "tokens_used": "5",
            "api_key": "",
            "n": {"secret": "s"},
        }
    )
    assert shown == {
        "slack_token": HIDDEN, "Password": HIDDEN, "tokens_used": "5", "api_key": "",
        "n": {"secret": HIDDEN},
    }  # fmt: skip


def test_a_secret_inside_another_leaves_nothing_behind() -> None:
    """The longer one is hidden first."""
    assert Redaction(["abcd", "abcd-efgh"]).text("abcd-efgh abcd") == f"{HIDDEN} {HIDDEN}"


def test_a_very_short_secret_is_not_looked_for() -> None:
    """It would hide every third word and protect nothing."""
    assert Redaction(["a"]).text("a tariff") == "a tariff"


def test_values_too_deep_to_follow_become_text() -> None:
    """A nest without end is written as text, its secrets hidden."""
    nest: list = [CANARY]
    for _ in range(20):
        nest = [nest]
    shown = str(Redaction([CANARY]).value(nest))
    assert "canary" not in shown
