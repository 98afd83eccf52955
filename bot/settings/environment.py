"""The environment variables, read here and nowhere else: only what `read` hands in counts.

Secrets are `SecretStr`: they do not show in a traceback, a log or a repr.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails

from bot.domain.destination import PlatformName
from bot.errors import ConfigError
from bot.net.guard import AllowedHosts
from bot.settings.files import Problem
from bot.settings.validation import one_of
from bot.settings.values import web_address

DEFAULT_DATABASE = "sqlite:///data/usmca-bot.db"
_TOKEN_LENGTH = 16
_OURS = "BOT_"
_SHOWN = 60
_HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True, order=True)
class HostPort:
    """A host, in small letters and without brackets, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def host_port(text: str) -> HostPort:
    """Read ``host:port`` or ``[ipv6]:port``. Raises ValueError with what would be right."""
    try:
        parts = urlsplit(f"//{text.strip()}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.path or parts.query or "@" in text:
        raise ValueError("must be host:port, for example 127.0.0.1:8080")
    return HostPort(host, port)


def _bind(value: object) -> HostPort | None:
    text = str(value).strip()
    return None if text.lower() == "off" else host_port(text)


def _hosts(value: object) -> AllowedHosts:
    if isinstance(value, AllowedHosts):
        return value
    try:
        return AllowedHosts.parse(str(value))
    except ConfigError as error:
        raise ValueError(str(error).removeprefix("BOT_ALLOW_HOSTS: ")) from None


def _keys(value: object) -> tuple[SecretStr, ...]:
    if isinstance(value, tuple):
        return value
    keys = tuple(SecretStr(key.strip()) for key in str(value).split(",") if key.strip())
    if not keys:
        raise ValueError("holds no key: make one with `usmca-bot secret-key`, or leave it unset")
    return keys


def _word(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if not text.isascii() or any(letter.isspace() for letter in text):
        raise ValueError("must be one word as the platform shows it, without spaces or quotes")
    return SecretStr(text)


def _web_token(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if len(text) < _TOKEN_LENGTH or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(
            f"must be one word of at least {_TOKEN_LENGTH} letters and digits, "
            "for example from: openssl rand -hex 24"
        )
    return SecretStr(text)


def _database(value: SecretStr) -> SecretStr:
    try:
        scheme = urlsplit(value.get_secret_value()).scheme.partition("+")[0]
    except ValueError:
        raise ValueError(
            "is no address: in its password, write [ as %5B, ] as %5D, @ as %40 and / as %2F"
        ) from None
    if scheme not in {"sqlite", "postgresql"}:
        raise ValueError(f"must be {DEFAULT_DATABASE} or postgresql://user:password@host/name")
    return value


def _public_key(value: str) -> str:
    if _HEX_KEY.fullmatch(value) is None:
        raise ValueError("must be the 64 hex digits of the application's public key")
    return value


def _engine(value: str, info: ValidationInfo) -> str:
    if value not in {"embedded", "procrastinate"}:
        raise ValueError(
            f"must be embedded (one process) or procrastinate (many workers), not '{value}'"
        )
    database = info.data.get("database_url")
    url = database.get_secret_value() if isinstance(database, SecretStr) else "postgresql:"
    if value == "procrastinate" and not url.startswith("postgresql"):
        raise ValueError(
            "procrastinate keeps its queue in PostgreSQL: set BOT_DATABASE_URL to "
            "postgresql://user:password@host/name"
        )
    return value


def _address(*, ending: str, schemes: Callable[[str], str]) -> Callable[[str], str]:
    def checked(value: str) -> str:
        return schemes(value.strip()).rstrip("/") + ending

    return checked


def _socket_address(value: str) -> str:
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if not value.startswith(("ws://", "wss://")) or not host:
        raise ValueError("must start with wss:// or ws:// and name a host")
    return value


def _level(value: object) -> str:
    return str(value).strip().upper()


def _form(value: object) -> str:
    return str(value).strip().lower()


Token = Annotated[SecretStr, AfterValidator(_word)]
WithSlash = Annotated[str, AfterValidator(_address(ending="/", schemes=web_address))]
NoSlash = Annotated[str, AfterValidator(_address(ending="", schemes=web_address))]
Gateway = Annotated[str, AfterValidator(_address(ending="", schemes=_socket_address))]


class Environment(BaseModel):
    """What the environment says. A variable that is empty counts as not set."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(
        default=SecretStr(DEFAULT_DATABASE), validation_alias="BOT_DATABASE_URL"
    )
    engine: Annotated[str, AfterValidator(_engine)] = Field(
        default="embedded", validation_alias="BOT_ENGINE"
    )
    secret_keys: Annotated[tuple[SecretStr, ...], BeforeValidator(_keys)] = Field(
        default=(), validation_alias="BOT_SECRET_KEYS"
    )
    """Keys that seal secrets in the database, the newest first."""
    web_bind: Annotated[HostPort | None, BeforeValidator(_bind)] = Field(
        default=HostPort("127.0.0.1", 8080), validation_alias="BOT_WEB_BIND"
    )
    """Where the HTTP server listens; None (``off``) for no server."""
    web_token: Annotated[SecretStr, AfterValidator(_web_token)] | None = Field(
        default=None, validation_alias="BOT_WEB_TOKEN"
    )
    """What the pages ask for before anything changes, and before reading off this machine."""
    allow_hosts: Annotated[AllowedHosts, BeforeValidator(_hosts)] = Field(
        default=AllowedHosts(), validation_alias="BOT_ALLOW_HOSTS"
    )
    """Private addresses that may be fetched all the same."""
    slack_bot_token: Token | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: Token | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: Token | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )
    slack_client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: Token | None = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    """With the id: any workspace may put the app in, at /slack/install."""
    slack_api_url: WithSlash = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL"
    )
    """Ends in a slash: without one the client drops the last part of the path."""
    discord_token: Token | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    discord_public_key: Annotated[str, AfterValidator(_public_key)] | None = Field(
        default=None, validation_alias="DISCORD_PUBLIC_KEY"
    )
    discord_api_url: NoSlash | None = Field(default=None, validation_alias="DISCORD_API_URL")
    """None: where Discord really is. Ends without a slash."""
    discord_gateway_url: Gateway | None = Field(
        default=None, validation_alias="DISCORD_GATEWAY_URL"
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_level)] = (
        Field(default="INFO", validation_alias="LOG_LEVEL")
    )
    log_format: Annotated[Literal["auto", "console", "json"], BeforeValidator(_form)] = Field(
        default="auto", validation_alias="LOG_FORMAT"
    )
    otlp_endpoint: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"
        ),
    )
    """Whether spans are exported; the library reads this and its other variables by itself."""
    otlp_headers: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices(
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"
        ),
    )
    """Known here only so that logs hide it."""
    otel_disabled: str = Field(default="", validation_alias="OTEL_SDK_DISABLED")

    @property
    def exports_spans(self) -> bool:
        """Whether OpenTelemetry was asked for."""
        return self.otlp_endpoint is not None and self.otel_disabled.lower() != "true"

    @property
    def offers_slack(self) -> bool:
        """Whether many workspaces may put the Slack app in."""
        return self.slack_client_id is not None and self.slack_client_secret is not None

    @property
    def platforms_off(self) -> dict[PlatformName, str]:
        """Platforms without their token, and what would turn them on."""
        off = {}
        if self.slack_bot_token is None and not self.offers_slack:
            half = self.slack_client_id is not None or self.slack_client_secret is not None
            off[PlatformName.SLACK] = (
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: set both"
                if half
                else "set SLACK_BOT_TOKEN to turn Slack on"
            )
        if self.discord_token is None:
            off[PlatformName.DISCORD] = "set DISCORD_TOKEN to turn Discord on"
        return off

    @property
    def installation(self) -> str:
        """What all processes on one database have in common, without its secrets."""
        parts = urlsplit(self.database_url.get_secret_value())
        return f"{parts.hostname or ''}{parts.path}"

    def secrets(self) -> Iterator[str]:
        """Yield every secret value, for the logs to hide."""
        for token in (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.slack_client_secret,
            self.web_token,
            *_header_values(self.otlp_headers),
        ):
            if token is not None:
                yield token.get_secret_value()
        if self.discord_token is not None:
            yield self.discord_token.get_secret_value()
        yield from (key.get_secret_value() for key in self.secret_keys)
        yield from passwords(self.database_url.get_secret_value())

    def warnings(self) -> Iterator[str]:
        """Yield what is probably a mistake, though the bot can start with it."""
        for name, token, start in (
            ("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-"),
            ("SLACK_APP_TOKEN", self.slack_app_token, "xapp-"),
        ):
            if token is not None and not token.get_secret_value().startswith(start):
                yield f"{name} does not start with {start}: is it the right token?"
        if (self.slack_client_id is None) != (self.slack_client_secret is None):
            yield "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: set both, or neither"
        if self.otlp_endpoint is not None and self.exports_spans:
            try:
                web_address(self.otlp_endpoint.get_secret_value())
            except ValueError as error:
                yield (
                    f"OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) {error}: "
                    "as it is, no span arrives anywhere"
                )


def unknown(environ: Mapping[str, str], named: Collection[str]) -> Iterator[str]:
    """Yield a warning for each variable that begins as ours do and that nothing reads.

    `named` holds those that bot.yaml names.
    """
    known = names()
    given = {name for name, value in environ.items() if name.startswith(_OURS) and value.strip()}
    for name in sorted(given - known):
        if name not in named:
            ours = sorted(one for one in known if one.startswith(_OURS))
            yield f"the environment has {name[:_SHOWN]}, which nothing reads: {one_of(name, ours)}"


def names() -> set[str]:
    """Return the names of the variables that are read."""
    found: set[str] = set()
    for field in Environment.model_fields.values():
        alias = field.validation_alias
        found.update(map(str, alias.choices) if isinstance(alias, AliasChoices) else [str(alias)])
    return found


def passwords(url: str) -> Iterator[str]:
    """Yield the password in an address, as it is written and as it is sent."""
    password = urlsplit(url).password
    if password:
        yield from {password, unquote(password)}


def _header_values(headers: SecretStr | None) -> Iterator[SecretStr]:
    """Yield the values of ``name=value,name=value``, as they are written and as they are sent."""
    for part in (headers.get_secret_value() if headers else "").split(","):
        value = part.partition("=")[2].strip()
        if value:
            yield from (SecretStr(value), SecretStr(unquote(value)))


def read(environ: Mapping[str, str], report: list[Problem]) -> Environment | None:
    """Return the environment; None where `report` got problems."""
    try:
        return Environment.model_validate(
            {name: value.strip() for name, value in environ.items() if value.strip()}
        )
    except ValidationError as error:
        report.extend(_problem(found) for found in error.errors(include_url=False))
        return None


def _problem(found: ErrorDetails) -> Problem:
    # What was given is never repeated: it may be a secret in the wrong place.
    name = str(found["loc"][0])
    if found["type"] == "value_error":
        right = str(found["ctx"]["error"])
    elif found["type"] == "literal_error":
        right = f"must be one of {found['ctx']['expected']}".replace("'", "")
    else:
        right = found["msg"].replace("Input should be", "must be")
    return Problem(file="environment", text=f"{name}: {right}")
