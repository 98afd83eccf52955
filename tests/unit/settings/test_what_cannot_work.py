"""What the four files may say although nothing could come of it."""

import datetime as dt
from pathlib import Path

import pytest

from bot.domain.country_codes import CODES
from bot.platforms.apprise.send import understands
from bot.reading.countries import NAMES
from bot.settings import defaults, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own, with the file a test writes; the others come with the program."""
    return tmp_path


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def complaints(folder: Path, **environ: str) -> list[str]:
    found = load.problems(folder, environ, understands=understands)
    return [said.replace(f"{folder}/", "") for said in found]


def doubts(folder: Path, **environ: str) -> list[str]:
    settings = load.load(folder, environ)
    return [said for said in settings.warnings if "comes with the program" not in said]


def test_notices_go_to_services_that_are_named(folder) -> None:
    """A place under feeds_notices is looked at as one under subscriptions."""
    written(
        folder,
        "bot.yaml",
        "apprise: {mail: {url: '${MAIL_URL}'}}\n"
        "feeds_notices: ['apprise:mail', 'apprise:mial', 'webhook:desk']\n",
    )
    assert complaints(folder) == [
        "bot.yaml:2: feeds_notices: place 2: there is no service 'mial'; did you mean 'mail'?",
        "bot.yaml:2: feeds_notices: place 3: there is no webhook 'desk'; none is defined",
    ]


def test_addresses_that_nothing_can_be_sent_to(folder) -> None:
    """The place and the variable are named, the address never."""
    written(
        folder,
        "bot.yaml",
        "apprise:\n"
        "  A: {url: 'canary'}\n"
        "  B: {url: '${B_URL}'}\n"
        "  C: {url: 'json://fine.example'}\n"
        "webhooks:\n"
        "  D: {url: '${D_URL}', secret: '${D_SECRET}'}\n"
        "  E: {url: 'https://fine.example', secret: '${D_SECRET}'}\n",
    )
    environ = {"B_URL": "canary://x", "D_URL": "ftp://canary", "D_SECRET": "s"}
    found = complaints(folder, **environ)
    assert found == [
        "bot.yaml:2: apprise.A.url: must begin with the service, such as mailto:// or json://",
        "bot.yaml:3: apprise.B.url: is no address that Apprise can use: compare it with the form "
        "its documentation gives (look at B_URL)",
        "bot.yaml:6: webhooks.D.url: must start with https:// or http:// (look at D_URL)",
    ]
    begun = [said.replace(f"{folder}/", "") for said in doubts(folder, **environ)]
    assert {found[0], found[2]} <= set(begun), "a start warns: other places are told all the same"
    assert "canary" not in str(begun)


def test_a_secret_that_no_receiver_can_read(folder) -> None:
    """What stands after whsec_ is Base64; any other secret is its own bytes. It is never repeated."""
    written(
        folder,
        "bot.yaml",
        "webhooks:\n"
        "  A: {url: 'https://fine.example', secret: '${A_SECRET}'}\n"
        "  B: {url: 'https://fine.example', secret: '${B_SECRET}'}\n"
        "  C: {url: 'https://fine.example', secret: '${C_SECRET}'}\n",
    )
    environ = {"A_SECRET": "whsec_canary_-x", "B_SECRET": "whsec_Y2FuYXJ5", "C_SECRET": "canary_-x"}
    assert complaints(folder, **environ) == [
        "bot.yaml:2: webhooks.A.secret: is not Base64 after whsec_, so that receivers cannot check "
        "what it signs (look at A_SECRET)"
    ]


def test_a_feed_in_a_private_network_names_what_opens_it(folder) -> None:
    """It is polled to no purpose until BOT_ALLOW_HOSTS names it; one that is off is nobody's worry."""
    row = "  - {id: %s, name: N, url: 'http://%s/x?key=canary', enabled: %s}\n"
    written(
        folder,
        "feeds.yaml",
        "feeds:\n"
        + row % ("here", "127.0.0.1", "true")
        + row % ("six", "[fd00::1]:8080", "true")
        + row % ("off", "10.0.0.1", "false")
        + row % ("open", "192.168.0.1", "true"),
    )
    here, six = doubts(folder, BOT_ALLOW_HOSTS="192.168.0.1:80")
    assert here == (
        "feeds.yaml: feed 'here' is never fetched: http://127.0.0.1/x is refused: this machine. "
        "If it is yours, open it: BOT_ALLOW_HOSTS=127.0.0.1:80"
    )
    assert six.endswith("BOT_ALLOW_HOSTS=[fd00::1]:8080")


def test_a_topic_without_terms(folder) -> None:
    """Nothing would ever be on it, and so it stops start-up; one made of deadlines needs none."""
    written(
        folder,
        "topics.yaml",
        "topics:\n"
        "  - {id: a, label: {en: A, es: A, fr: A}}\n"
        "  - {id: b, label: {en: B, es: B, fr: B}, strong: {en: []}, weak: [{terms: []}]}\n"
        "  - {id: c, label: {en: C, es: C, fr: C}, from_deadlines: true}\n"
        "  - {id: d, label: {en: D, es: D, fr: D}, strong: [steel]}\n",
    )
    assert complaints(folder) == [
        "topics.yaml:2: topic 'a': has no terms: give it strong or weak ones, or remove it",
        "topics.yaml:3: topic 'b': weak.0: has no terms: give it some, or remove it",
    ]


def test_every_country_that_is_read_has_a_code() -> None:
    """The codes of the timeline hold all that texts are searched for."""
    assert set(NAMES) <= CODES
    assert len(CODES) == 251


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("0", "must be a date such as 2026-07-01, not '0'"),
        ("20261008", "must be a date such as 2026-07-01, not '20261008'"),
        ("2026-02-30", "must be a date such as 2026-07-01, not '2026-02-30'"),
    ],
)
def test_as_of_is_a_date_and_no_number(folder, given, said) -> None:
    """A number was taken for seconds since 1970."""
    text = (defaults.packaged() / "timeline.yaml").read_text(encoding="utf-8")
    written(folder, "timeline.yaml", text.replace("as_of: 2026-10-08", f"as_of: {given}"))
    (only,) = complaints(folder)
    assert only.partition(": ")[2] == f"as_of: {said}"


def test_as_of_is_no_day_to_come() -> None:
    """Nobody can have checked the rows on it; where the next day has begun is left room for."""
    settings = load.load(defaults.packaged(), {})
    day = settings.timeline.as_of
    assert list(settings.doubts(day - dt.timedelta(days=1))) == []
    (only,) = settings.doubts(day - dt.timedelta(days=2))
    assert only.startswith(f"timeline.yaml: as_of is {day}, a day to come")


def test_the_password_of_a_proxy_belongs_in_the_environment(folder) -> None:
    """In the file it is warned of; a variable takes its place; logs hide it either way."""
    written(folder, "bot.yaml", "polling: {proxy: 'http://user:can%40ry@proxy.example:3128'}\n")
    settings = load.load(folder, {})
    assert doubts(folder) == [
        "polling.proxy stands in bot.yaml with its password; "
        "write ${PROXY_URL} and set that variable instead"
    ]
    assert {"can%40ry", "can@ry"} <= set(settings.secrets())
    assert "can" not in repr(settings.behaviour)
    written(folder, "bot.yaml", "polling: {proxy: '${PROXY_URL}'}\n")
    settings = load.load(folder, {"PROXY_URL": "http://u:canary@proxy.example:3128"})
    assert settings.behaviour.polling.proxy == "http://u:canary@proxy.example:3128"
    assert doubts(folder, PROXY_URL="http://u:canary@proxy.example:3128") == []


def test_a_proxy_whose_variable_is_not_set_is_not_passed_by(folder) -> None:
    """To fetch without it would show everybody the machine that it hides."""
    written(folder, "bot.yaml", "polling: {proxy: '${PROXY_URL}'}\n")
    assert complaints(folder) == ["bot.yaml:1: polling.proxy: set PROXY_URL, or take the proxy out"]
    assert complaints(folder, PROXY_URL="canary") == [
        "bot.yaml:1: polling.proxy: must start with https:// or http:// (look at PROXY_URL)"
    ]


def test_variables_that_bot_yaml_names_are_known(folder) -> None:
    """Others that begin like the bot's own are probably slips of the pen."""
    written(
        folder,
        "bot.yaml",
        "polling: {proxy: '${BOT_PROXY}'}\n"
        "webhooks: {desk: {url: '${BOT_DESK}', secret: '${BOT_DESK_KEY}'}}\n",
    )
    environ = {"BOT_PROXY": "http://p:1", "BOT_DESK": "http://d", "BOT_DESK_KEY": "k"}
    assert doubts(folder, **environ) == []
    (only,) = doubts(folder, **environ, BOT_WEB_TOKKEN="canary")
    assert only.endswith("BOT_WEB_TOKKEN, which nothing reads: did you mean 'BOT_WEB_TOKEN'?")
