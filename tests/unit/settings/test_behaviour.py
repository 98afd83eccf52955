from datetime import timedelta

import pytest

from bot.domain.destination import Address, Grouping, Level, PlatformName, Wish
from bot.pipeline.retention import Keeping
from bot.polling.admission import FirstPoll, Flood
from bot.polling.schedule import Bounds
from bot.services.permissions import Policy, Who
from bot.settings.behaviour import BotFile, Subscribed
from bot.settings.files import Problem, parse
from bot.settings.validation import check


def read(text: str) -> BotFile:
    report: list[Problem] = []
    document = parse(text.encode(), "bot.yaml", report)
    assert document is not None
    file = check(document, BotFile, report)
    assert file is not None, [str(problem) for problem in report]
    return file


def problem(text: str) -> str:
    report: list[Problem] = []
    document = parse(text.encode(), "bot.yaml", report)
    assert document is not None
    assert check(document, BotFile, report) is None
    (only,) = report
    return str(only).removeprefix("bot.yaml:1: ")


def test_everything_may_be_left_out() -> None:
    """The limits of the brief hold without a word in the file."""
    behaviour = BotFile().value({})
    assert behaviour.polling.first_poll == FirstPoll(
        max=10, max_age=timedelta(hours=72), undated="hold"
    )
    assert behaviour.polling.flood == Flood(max=50)
    assert behaviour.polling.bounds == Bounds()
    assert (behaviour.zone, behaviour.locale) == ("UTC", "en")
    assert behaviour.change_channel == Policy()
    assert behaviour.subscriptions == ()


def test_polling_becomes_the_values_of_the_polling_room() -> None:
    """Durations in any spelling become seconds; the least interval goes down to one second."""
    polling = read(
        "polling: {min_interval: 1, default_interval: 5s, quiet_interval: 2m, max_interval: 2h,"
        " first_poll: {max: 3, max_age: 1d, undated: tell}, flood: 7, concurrency: 2,"
        " per_host: 1, host_gap: 0, contact: trade@example.com, proxy: 'http://proxy.example:3128'}"
    ).value({})  # fmt: skip
    bounds = Bounds(min_interval=1, default_interval=5, quiet_interval=120, max_interval=7_200)
    assert polling.polling.bounds == bounds
    assert polling.polling.first_poll == FirstPoll(max=3, max_age=timedelta(days=1), undated="tell")
    assert polling.polling.flood == Flood(max=7)
    assert polling.polling.host_gap == timedelta(0)
    assert (polling.polling.concurrency, polling.polling.per_host) == (2, 1)
    assert polling.polling.contact == "trade@example.com"
    assert polling.polling.proxy == "http://proxy.example:3128"


def test_who_is_told_of_feeds_is_read() -> None:
    """Places as in subscriptions; nobody, where none is named."""
    places = read("feeds_notices: ['slack:C0123ABCD', console]").value({}).feeds_notices
    assert [str(place) for place in places] == ["slack:C0123ABCD", "console"]
    assert read("zone: UTC").value({}).feeds_notices == ()
    assert "names no platform" in problem("feeds_notices: [nowhere]")


def test_delivery_zone_and_locale_are_read() -> None:
    """The rest of the plain keys."""
    behaviour = read(
        "{delivery: {lease: 45s, give_up_after: 3h}, zone: America/Mexico_City, locale: es}"
    ).value({})
    assert behaviour.delivery.lease == timedelta(seconds=45)
    assert behaviour.delivery.give_up_after == timedelta(hours=3)
    assert (behaviour.zone, behaviour.locale) == ("America/Mexico_City", "es")


def test_permissions_name_a_group_or_people() -> None:
    """A word for a group, or a list of people of one platform or workspace."""
    behaviour = read(
        "permissions: {change_channel: [slack:U1, 'discord:5', slack:T1/U2], see_feeds: admins}"
    ).value({})
    listed = frozenset({"slack:U1", "discord:5", "slack:T1/U2"})
    assert behaviour.change_channel == Policy(who=Who.LISTED, users=listed)
    assert behaviour.see_feeds == Policy(who=Who.ADMINS)
    members = read("permissions: {change_channel: members}").value({})
    assert members.change_channel == Policy(who=Who.MEMBERS)


def test_a_place_may_ask_for_no_repeats() -> None:
    """What nobody can look up is then named, not sent once more."""
    text = "subscriptions: [{to: 'slack:C1', topic: autos, repeats: off}]"
    (row,) = read(text).value({}).subscriptions
    assert row.place.repeats is False


def test_who_adds_feeds_from_chat_and_how_many_is_read() -> None:
    """Everyone and a hundred where nothing is said."""
    assert read("{}").value({}).add_feeds == Policy()
    assert read("{}").value({}).polling.chat_feeds == 100
    behaviour = read("{permissions: {add_feeds: admins}, polling: {chat_feeds: 0}}").value({})
    assert behaviour.add_feeds == Policy(who=Who.ADMINS)
    assert behaviour.polling.chat_feeds == 0


def test_a_service_takes_its_address_from_the_environment() -> None:
    """A reference is filled in; where its variable is missing the service is off, with a word why."""
    file = read('apprise: {TEAMS: {url: "json://${TEAMS_HOST}/${TEAMS_KEY}"}}')
    environ = {"TEAMS_HOST": "example.com", "TEAMS_KEY": "canary"}
    behaviour = file.value(environ)
    (service,) = behaviour.outside
    assert (service.address, service.url) == (
        Address(platform=PlatformName.APPRISE, channel="TEAMS"),
        "json://example.com/canary",
    )
    assert "canary" not in repr(behaviour)
    assert list(file.warnings(environ)) == []
    assert file.value({"TEAMS_HOST": "example.com"}).outside == ()
    assert list(file.warnings({"TEAMS_HOST": "example.com"})) == [
        "apprise service 'TEAMS' is off: set TEAMS_KEY to turn it on"
    ]


def test_an_address_written_into_the_file_is_warned_of() -> None:
    """It works, and the environment is the better place; the warning holds no secret."""
    file = read("apprise: {teams: {url: 'json://example.com/canary'}}")
    assert [service.url for service in file.value({}).outside] == ["json://example.com/canary"]
    (warning,) = file.warnings({})
    assert "${TEAMS_URL}" in warning
    assert "canary" not in warning


def test_a_webhook_has_an_address_and_a_secret() -> None:
    """Both come from the environment; where one is missing it is off, with a word why."""
    file = read("webhooks: {desk: {url: 'https://example.com/in', secret: '${DESK_SECRET}'}}")
    (hook,) = file.value({"DESK_SECRET": "canary"}).outside
    assert (hook.address.platform, hook.url, hook.secret) == (
        PlatformName.WEBHOOK,
        "https://example.com/in",
        "canary",
    )
    assert "canary" not in repr(hook)
    assert file.value({}).outside == ()
    assert list(file.warnings({})) == ["webhook 'desk' is off: set DESK_SECRET to turn it on"]


def test_subscriptions_become_addresses_and_wishes() -> None:
    """A topic for a channel, a query for the console."""
    behaviour = read(
        "subscriptions:\n"
        "  - {to: 'slack:T1/C1', topic: autos, level: important}\n"
        "  - {to: console, query: '*', group: entry}\n"
    ).value({})
    assert behaviour.subscriptions == (
        Subscribed(
            to=Address(platform=PlatformName.SLACK, workspace="T1", channel="C1"),
            wish=Wish(topic="autos", level=Level.IMPORTANT),
        ),
        Subscribed(
            to=Address(platform=PlatformName.CONSOLE, channel=""),
            wish=Wish(query="*", group=Grouping.ENTRY),
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("polling: {min_interval: 0.5s}", "polling.min_interval: must be at least 1 s"),
        (
            "polling: {min_interval: 2d}",
            "polling: min_interval must not be longer than max_interval",
        ),
        ("polling: {contact: a b}", "polling.contact: must be a page or a mail address"),
        ("polling: {first_poll: {undated: maybe}}", "polling.first_poll.undated: must be one of"),
        ("polling: {flod: 1}", "polling: unknown key 'flod'; did you mean 'flood'?"),
        ("polling: {flood: many}", "polling.flood: must be a whole number, not 'many'"),
        ("polling: {host_gap: true}", "polling.host_gap: must be a length of time"),
        ("delivery: {lease: 5s}", "delivery.lease: must be at least 30 s: a slow platform"),
        ("zone: Mars/Base", "zone: must be a time zone such as America/Mexico_City"),
        ("zone: ../etc", "zone: must be a time zone such as America/Mexico_City"),
        ("locale: de", "locale: must be one of en, es, fr, not 'de'"),
        (
            "permissions: {see_feeds: friends}",
            "permissions.see_feeds: must be everyone, members, admins, or a list of people",
        ),
        ("permissions: {see_feeds: [bob]}", "permissions.see_feeds: 'bob' names nobody"),
        ("apprise: {'A B': {url: x}}", "apprise.A B: a service's name has only letters"),
        ("apprise: {A: {}}", "apprise.A.url: is missing"),
        (
            "subscriptions: [{to: 'https://u:canary@h/', topic: autos}]",
            "subscription 1: to: That names no platform",
        ),
        ("subscriptions: [{to: console}]", "subscription 1: needs a topic or a query"),
        (
            "subscriptions: [{to: console, topic: a, query: b}]",
            "subscription 1: needs a topic or a query",
        ),
    ],
)
def test_a_mistake_says_what_would_be_right(text: str, said: str) -> None:
    """Each key answers in its own words, and repeats no secret."""
    found = problem(text)
    assert found.startswith(said)
    assert "canary" not in found


def test_rows_are_kept_as_long_as_the_file_says() -> None:
    """A length, or forever; what is left out has its own."""
    kept = read("retention: {entries: 60d, audit: forever}").value({}).retention
    assert kept == Keeping(entries=timedelta(days=60), deliveries=timedelta(days=800), audit=None)
    assert BotFile().value({}).retention.entries == timedelta(days=400)


@pytest.mark.parametrize(
    ("said", "right"),
    [("5d", "must be at least 30d, or forever"), ("always", "must be a length of time such as")],
)
def test_a_retention_that_would_lose_what_is_asked_about_is_refused(said: str, right: str) -> None:
    """Stories still grow for weeks."""
    assert right in problem(f"retention: {{entries: {said}}}")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("discord: {shards: 0}", "shards: must be auto, or a whole number from 1 to 1000, not '0'"),
        ("discord: {shards: many}", "shards: must be auto, or a whole number from 1 to 1000"),
        ("retention: {audit: never}", "must be a length of time such as 400d, or forever"),
    ],
)
def test_a_value_of_two_kinds_is_refused_once(said: str, right: str) -> None:
    """One sentence names both kinds that a value may have."""
    assert right in problem(said)
