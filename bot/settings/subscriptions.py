"""The model of a row under `subscriptions:` in `bot.yaml`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from bot.domain.destination import Address, Grouping, Level, Wish
from bot.domain.manners import NOTHING_SAID, PlaceAsk
from bot.errors import InvalidInputError
from bot.services import exchange_file, options
from bot.services.addresses import parse as parse_address
from bot.services.wishes import sources_fit
from bot.settings.values import Strict

_WISH = ("when", "langs", "sources", "mention")
_PLACE = ("zone", "locale", "quiet", "flash", "storm", "reminders", "hour", "empty", "repeats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription that the configuration makes."""

    to: Address
    wish: Wish
    place: PlaceAsk = NOTHING_SAID
    """What the row says about how the place is told."""


def _to(value: str) -> str:
    try:
        parse_address(value)
    except InvalidInputError as error:
        raise ValueError(str(error)) from None
    return value


PlaceName = Annotated[
    str,
    AfterValidator(_to),
    WithJsonSchema({"type": "string", "examples": ["slack:C0123ABCD", "console"]}),
]
"""slack:CHANNEL, slack:TEAM/CHANNEL, discord:CHANNEL, apprise:NAME, webhook:NAME or console."""


def _words(value: object) -> object:
    """A number, a list or a truth as the words people write for it."""
    said = exchange_file.words_of(value)
    return value if said is None else said


def _read_by(read: Callable[[str], object]) -> Callable[[str | None], str | None]:
    """Check a value as the chat would, and keep its words."""

    def checked(value: str | None) -> str | None:
        try:
            if value is not None:
                read(value)
        except InvalidInputError as error:
            raise ValueError(str(error)) from None
        return value

    return checked


def _schema(*examples: object) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": ["string", "integer", "array", "boolean", "null"], "examples": list(examples)}
    )


_Words = BeforeValidator(_words)


class SubscriptionRow(Strict):
    """What a destination gets without anybody asking in chat, and how it is told."""

    to: PlaceName
    """slack:CHANNEL, slack:TEAM/CHANNEL, discord:CHANNEL, apprise:NAME, webhook:NAME or console."""
    topic: str | None = None
    """An id from topics.yaml."""
    query: str | None = None
    """A search; '*' takes everything."""
    level: Level = Level.EVERYTHING
    group: Grouping = Grouping.STORY
    when: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.when)), _schema("daily@08:00")
    ] = "instant"
    """instant, hourly, daily@08:00 or weekly:mon@08:00, in the place's own time."""
    langs: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.langs)), _schema(["en", "es"])
    ] = "any"
    """Languages of the entries that count."""
    sources: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.sources)), _schema(2)
    ] = "1"
    """Publishers that must have told a story before it is told."""
    mention: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.mention)), _schema("role:123", "off")
    ] = "off"
    """Who is called by name: user:ID, role:ID, here or off."""
    zone: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.zone)), _schema("America/Toronto")
    ] = None
    """The place's time zone."""
    locale: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.locale)), _schema("es")
    ] = None
    """The language of the bot's own words there."""
    quiet: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.quiet)), _schema("22:00-07:00")
    ] = None
    """Quiet hours: what comes is held until they end."""
    flash: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.switch)), _schema("through", "hold")
    ] = None
    """Whether official flash alerts come in quiet hours."""
    storm: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.storm)), _schema(8, "off")
    ] = None
    """Alerts in ten minutes above which they become one bulletin."""
    reminders: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.reminders)), _schema([14, 7, 1, 0])
    ] = None
    """Days before a deadline on which it is told again."""
    hour: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.time_of_day)), _schema("09:00")
    ] = None
    """When reminders come."""
    empty: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.switch)), _schema("say", "skip")
    ] = None
    """Whether a digest with nothing in it says so."""
    repeats: Annotated[
        str | None, _Words, AfterValidator(_read_by(options.switch)), _schema("on", "off")
    ] = None
    """Whether an alert nobody can look up after a failed send is sent once more, or only named."""

    @model_validator(mode="after")
    def _one_of_two(self) -> "SubscriptionRow":
        if (self.topic is None) == (self.query is None):
            raise ValueError("needs a topic or a query, one of the two")
        if not sources_fit(self.group, options.sources(self.sources or "1")):
            raise ValueError("sources counts the sources of a story: not with group: entry")
        return self

    def value(self) -> Subscribed:
        """Return it in the words of the services."""
        said = {name: text for name in _WISH if (text := getattr(self, name)) is not None}
        ask = exchange_file.ask_of({**said, "query": "*"})
        wish = ask.onto(
            Wish(topic=self.topic, query=self.query, level=self.level, group=self.group)
        )
        place = {name: text for name in _PLACE if (text := getattr(self, name)) is not None}
        return Subscribed(to=parse_address(self.to), wish=wish, place=exchange_file.place_of(place))
