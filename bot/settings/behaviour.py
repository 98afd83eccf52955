"""The model of `bot.yaml`: how the bot behaves, turned into the values of the rooms that obey it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    WithJsonSchema,
    model_validator,
)

from bot.domain.destination import Address
from bot.domain.outside import OutsideService
from bot.pipeline.retention import Keeping
from bot.polling.admission import FirstPoll, Flood
from bot.polling.schedule import Bounds
from bot.services.addresses import parse as parse_address
from bot.services.permissions import Policy, Who
from bot.settings import outside, variables
from bot.settings.discord import DiscordPart, OnDiscord
from bot.settings.files import Loc
from bot.settings.outside import ServiceName, ServicePart, Understands, WebhookPart
from bot.settings.subscriptions import PlaceName, Subscribed, SubscriptionRow
from bot.settings.values import (
    Contact,
    Duration,
    Interval,
    Strict,
    Zone,
    at_least,
    at_most,
    duration,
    web_address,
)
from bot.settings.web import OnTheWeb, WebPart

_WHO = ("everyone", "members", "admins")
_USER = re.compile(r"(?:slack|discord):(?:[A-Za-z0-9_-]{1,64}/)?[A-Za-z0-9_-]{1,64}", re.ASCII)

Count = Annotated[int, Field(ge=1, le=10_000)]
Limit = Annotated[int, Field(ge=0, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """How feeds are polled."""

    bounds: Bounds
    first_poll: FirstPoll
    flood: Flood
    concurrency: int
    """Feeds polled at a time."""
    per_host: int
    """Connections to one host at a time."""
    host_gap: timedelta
    """The least time between two requests to one host."""
    contact: str
    proxy: str | None = field(repr=False)
    """May hold a password."""
    chat_feeds: int
    """Feeds that the people of one workspace may add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """How deliveries are sent."""

    lease: timedelta
    """After this time a send that did not end counts as unclear."""
    give_up_after: timedelta
    """Measured from the first attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Everything `bot.yaml` decides."""

    polling: Polling
    delivery: Delivering
    zone: str
    """IANA name; for destinations that set none."""
    locale: str
    change_channel: Policy
    see_feeds: Policy
    add_feeds: Policy
    retention: Keeping = field(default_factory=Keeping)
    discord: OnDiscord = field(default_factory=OnDiscord)
    outside: tuple[OutsideService, ...] = ()
    """Services outside chat. One whose variable is not set is left out."""
    named_outside: frozenset[Address] = frozenset()
    """What the services are called, those whose variables are not set too."""
    subscriptions: tuple[Subscribed, ...] = ()
    feeds_notices: tuple[Address, ...] = ()
    """Who is told when a feed of the configuration breaks, and when it is back."""
    web: OnTheWeb = field(default_factory=OnTheWeb)


def _policy(value: object) -> Policy:
    if isinstance(value, Policy):
        return value
    if value in _WHO:
        return Policy(who=Who(str(value)))
    if isinstance(value, list):
        return _listed([str(user) for user in value])
    raise ValueError(f"must be {', '.join(_WHO)}, or a list of people")


def _listed(users: list[str]) -> Policy:
    wrong = [user for user in users if _USER.fullmatch(user) is None]
    if wrong:
        raise ValueError(f"'{wrong[0]}' names nobody: write slack:U0123ABCD or discord:1234567890")
    return Policy(who=Who.LISTED, users=frozenset(users))


Permission = Annotated[
    Policy,
    BeforeValidator(_policy),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["everyone", "members", "admins"]},
                {"type": "array", "items": {"type": "string", "pattern": "^(slack|discord):"}},
            ]
        }
    ),
]


class FirstPollPart(Strict):
    """What the first poll of a feed may tell; the rest is stored and searchable."""

    max: Limit = 10
    max_age: Duration = timedelta(hours=72)
    undated: Literal["hold", "tell"] = "hold"
    """What happens to entries without a date."""


def _proxy(value: SecretStr) -> SecretStr:
    if not variables.named(value):
        web_address(value.get_secret_value())
    return value


Proxy = Annotated[
    SecretStr,
    AfterValidator(_proxy),
    WithJsonSchema({"type": "string", "pattern": r"^(https?://|\$\{)"}),
]


class PollingPart(Strict):
    """How feeds are polled."""

    min_interval: Interval = timedelta(seconds=60)
    """No feed is polled more often; down to 1 s."""
    default_interval: Interval = timedelta(minutes=10)
    """For a feed of which nothing is known yet."""
    quiet_interval: Interval = timedelta(hours=1)
    """A quiet feed is polled at least that often."""
    max_interval: Interval = timedelta(days=1)
    """What a feed asks for, and backing off, never exceed this."""
    first_poll: FirstPollPart = FirstPollPart()
    flood: Limit = 50
    """What any later poll of a feed may tell at once."""
    concurrency: Count = 48
    """Feeds polled at a time."""
    per_host: Count = 4
    """Connections to one host at a time."""
    host_gap: Duration = timedelta(seconds=1)
    """The least time between two requests to one host."""
    contact: Contact = "https://github.com/usmca-bot/usmca-bot"
    """A page or a mail address where a server's owner learns who polls; part of the User-Agent."""
    proxy: Proxy | None = None
    """The operator's own proxy, http://host:port. With a password: write ${NAME} and set that
    variable."""
    chat_feeds: Limit = 100
    """Feeds that the people of one workspace may add from chat."""

    @model_validator(mode="after")
    def _in_order(self) -> "PollingPart":
        if self.min_interval > self.max_interval:
            raise ValueError("min_interval must not be longer than max_interval")
        return self

    def problems(self, environ: Mapping[str, str]) -> Iterator[tuple[Loc, str]]:
        """Yield why the proxy's variables do not make an address, never falling back to none."""
        place: Loc = ("polling", "proxy")
        if self.proxy is None:
            return
        for variable in variables.unset(self.proxy, environ):
            yield place, f"set {variable}, or take the proxy out"
        address = variables.expanded(self.proxy, environ)
        try:
            web_address(address) if address is not None else None
        except ValueError as error:
            yield place, f"{error}{variables.place_of(self.proxy)}"

    def warnings(self) -> Iterator[str]:
        """Yield whether the proxy's password stands in the file."""
        if self.proxy is not None and urlsplit(self.proxy.get_secret_value()).password:
            yield from variables.unsafe("polling.proxy", self.proxy, "PROXY_URL", "password")

    def value(self, environ: Mapping[str, str]) -> Polling:
        """Return it in the words of the rooms that poll."""
        return Polling(
            bounds=Bounds(
                min_interval=self.min_interval.total_seconds(),
                default_interval=self.default_interval.total_seconds(),
                quiet_interval=self.quiet_interval.total_seconds(),
                max_interval=self.max_interval.total_seconds(),
            ),
            first_poll=FirstPoll(
                max=self.first_poll.max,
                max_age=self.first_poll.max_age,
                undated=self.first_poll.undated,
            ),
            flood=Flood(max=self.flood),
            concurrency=self.concurrency,
            per_host=self.per_host,
            host_gap=self.host_gap,
            contact=self.contact,
            proxy=variables.expanded(self.proxy, environ) if self.proxy is not None else None,
            chat_feeds=self.chat_feeds,
        )


_LEASE = at_least(timedelta(seconds=30), ": a slow platform needs that long to answer")


class DeliveryPart(Strict):
    """How deliveries are sent."""

    lease: Annotated[Duration, _LEASE, at_most(timedelta(hours=1))] = timedelta(minutes=2)
    """After this time a send that did not end counts as unclear, and is asked about."""
    give_up_after: Annotated[
        Duration, at_least(timedelta(minutes=10), ""), at_most(timedelta(days=30))
    ] = timedelta(days=2)
    """A delivery that fails for so long is given up, with its reason kept."""


_LEAST_KEPT = timedelta(days=30)
"""What was told within weeks is still asked about, and stories still grow."""


def _kept(value: object) -> timedelta | None:
    """`forever` is how a person says that nothing is deleted."""
    try:
        kept = None if value is None or value == "forever" else duration(value)
    except ValueError:
        raise ValueError("must be a length of time such as 400d, or forever") from None
    if kept is not None and kept < _LEAST_KEPT:
        raise ValueError(f"must be at least {_LEAST_KEPT.days}d, or forever")
    return kept


Kept = Annotated[
    timedelta | None,
    BeforeValidator(_kept),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "forever"},
                {"type": "string", "pattern": r"^\d+(\.\d+)?\s*[smhdw]?$"},
            ],
            "examples": ["400d", "forever"],
        }
    ),
]


class RetentionPart(Strict):
    """How long rows are kept: at least 30d, or forever. Stories, deadlines and tariffs always stay."""

    entries: Kept = timedelta(days=400)
    """Entries, their texts and readings. A deleted entry that its feed still shows is not told again."""
    deliveries: Kept = timedelta(days=800)
    """What was sent, and the seals that say who was told what."""
    audit: Kept = timedelta(days=800)
    """Who changed what."""

    def value(self) -> Keeping:
        """Return it in the words of the room that deletes."""
        return Keeping(entries=self.entries, deliveries=self.deliveries, audit=self.audit)


class PermissionsPart(Strict):
    """Who may do what; in a direct message everybody changes their own alerts."""

    change_channel: Permission = Policy()
    """Who may change what a channel gets."""
    see_feeds: Permission = Policy()
    """Who may see the list of feeds and their health."""
    add_feeds: Permission = Policy()
    """Who may check, add, pause and remove their workspace's feeds; a feed everybody shares is
    paused only by people who manage the place, or who are listed here."""


class BotFile(Strict):
    """How the bot behaves."""

    polling: PollingPart = PollingPart()
    delivery: DeliveryPart = DeliveryPart()
    retention: RetentionPart = RetentionPart()
    zone: Zone = "UTC"
    """The time zone of destinations that set none."""
    locale: Literal["en", "es", "fr"] = "en"
    """The language of the bot's own words where a destination sets none."""
    shadow_topics: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    """A changed file of topics that reads beside the live one, and tells nothing: its path, from
    this folder. `usmca-bot backtest --shadow` shows what it would change."""
    permissions: PermissionsPart = PermissionsPart()
    discord: DiscordPart = DiscordPart()
    apprise: dict[ServiceName, ServicePart] = Field(default_factory=dict)
    """Name → service, for apprise:NAME in subscriptions."""
    webhooks: dict[ServiceName, WebhookPart] = Field(default_factory=dict)
    """Name → webhook, for webhook:NAME in subscriptions."""
    subscriptions: tuple[SubscriptionRow, ...] = ()
    feeds_notices: tuple[PlaceName, ...] = ()
    """Who is told when a feed of feeds.yaml breaks, and when it is back: places as in
    subscriptions. Feeds that people added tell the place they were added in."""
    web: WebPart = WebPart()

    def value(self, environ: Mapping[str, str]) -> Behaviour:
        """Return it in the words of the rooms that obey it."""
        return Behaviour(
            polling=self.polling.value(environ),
            delivery=Delivering(
                lease=self.delivery.lease, give_up_after=self.delivery.give_up_after
            ),
            retention=self.retention.value(),
            zone=self.zone,
            locale=self.locale,
            change_channel=self.permissions.change_channel,
            see_feeds=self.permissions.see_feeds,
            add_feeds=self.permissions.add_feeds,
            discord=self.discord.value(),
            outside=tuple(outside.services(self.apprise, self.webhooks, environ)),
            named_outside=frozenset(outside.addresses(self.apprise, self.webhooks)),
            subscriptions=tuple(row.value() for row in self.subscriptions),
            feeds_notices=tuple(parse_address(place) for place in self.feeds_notices),
            web=self.web.value(),
        )

    def lost_services(
        self, environ: Mapping[str, str], understands: Understands
    ) -> Iterator[tuple[Loc, str]]:
        """Yield the place of each service that nothing can be sent to, and why."""
        yield from outside.problems(self.apprise, self.webhooks, environ, understands)

    def variables(self) -> frozenset[str]:
        """Return the environment variables that the file names."""
        values = [] if self.polling.proxy is None else [self.polling.proxy]
        values += [part.url for part in self.apprise.values()]
        values += [value for hook in self.webhooks.values() for value in (hook.url, hook.secret)]
        return frozenset(name for value in values for name in variables.named(value))

    def warnings(self, environ: Mapping[str, str]) -> Iterator[str]:
        """Yield what works, but better would not be so."""
        yield from self.polling.warnings()
        yield from outside.warnings(self.apprise, self.webhooks, environ)
