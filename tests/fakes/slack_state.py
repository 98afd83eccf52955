"""What the fake of Slack remembers: workspaces, channels, messages, envelopes, failures."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

SCOPES = frozenset(
    {
        *("commands", "chat:write", "chat:write.public", "im:write", "users:read"),
        *("channels:read", "channels:history", "groups:history", "im:history", "groups:read"),
    }
)
_HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}


@dataclass(kw_only=True)
class Posted:
    """A message in a channel. `edits` holds the former texts and blocks, oldest first."""

    team: str
    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    metadata: dict[str, Any] | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    bot_id: str = ""
    edits: list[dict[str, Any]] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    """The other arguments of the call, such as unfurl_links."""

    def as_slack(self, *, metadata: bool) -> dict[str, Any]:
        """Return the message as the history methods give it."""
        shown: dict[str, Any] = {
            "type": "message",
            "ts": self.ts,
            "text": self.text,
            "blocks": self.blocks,
            "bot_id": self.bot_id,
        }
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if metadata and self.metadata is not None:
            shown["metadata"] = self.metadata
        return shown


@dataclass(kw_only=True)
class Channel:
    """A conversation. `member` says whether the bot is in it."""

    id: str
    kind: Literal["public", "private", "im"] = "public"
    member: bool = True
    archived: bool = False
    people: set[str] = field(default_factory=set)
    """Who is in it, besides the bot."""
    messages: list[Posted] = field(default_factory=list)
    whispers: list[tuple[str, Posted]] = field(default_factory=list)
    """What was said to one person alone: (their id, message)."""

    @property
    def history_scope(self) -> str:
        """The scope that reading it takes."""
        return _HISTORY[self.kind]


@dataclass(kw_only=True)
class User:
    """A person."""

    id: str
    tz: str = "America/New_York"
    locale: str = "en-US"
    admin: bool = False
    name: str = "Sample Person"
    guest: bool = False
    deleted: bool = False


@dataclass(kw_only=True)
class Workspace:
    """A team in which the app is installed."""

    team: str
    token: str
    bot_id: str
    revoked: bool = False
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    channels: dict[str, Channel] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    homes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The views published to each person's App Home, oldest first."""
    windows: list[dict[str, Any]] = field(default_factory=list)
    """The views opened as windows, oldest first."""
    refresh_token: str = ""
    """Renews the token where rotation is on."""

    def messages(self) -> Iterator[Posted]:
        """Every message, by channel."""
        for channel in self.channels.values():
            yield from channel.messages


Kind = Literal["error", "ratelimited", "status", "drop", "reset", "hang", "garbage"]


@dataclass(kw_only=True)
class Failure:
    """How calls of one method fail.

    `error` answers ok=false with `code`; `ratelimited` is a 429 with `retry_after`; `status` an
    HTML page with that status (500); `drop` closes the connection, `reset` resets it; `hang` never
    answers; `garbage` answers `body` with `status` (200). With `taken` the call is carried out first.
    """

    method: str
    kind: Kind
    body: str = '{"ok": tru'
    content_type: str = "application/json"
    taken: bool = False
    code: str = "internal_error"
    status: int | None = None
    retry_after: float | None = 1
    times: int = 1
    channel: str | None = None

    def applies(self, method: str, arguments: dict[str, Any]) -> bool:
        """Whether this call is to fail."""
        return (
            self.times > 0
            and self.method == method
            and self.channel in {None, arguments.get("channel")}
        )


@dataclass(kw_only=True)
class Sent:
    """A payload sent to the bot over the socket."""

    envelope_id: str
    envelope: dict[str, Any]
    at: float

    @property
    def payload(self) -> dict[str, Any]:
        """What Slack says happened."""
        payload: dict[str, Any] = self.envelope["payload"]
        return payload

    @property
    def response_url(self) -> str:
        """Where the answer is expected."""
        url: str = self.payload["response_url"]
        return url


@dataclass(kw_only=True)
class Ack:
    """The bot's acknowledgement; `at` is on the same clock as `Sent.at`."""

    envelope_id: str
    payload: dict[str, Any] | None
    at: float


@dataclass(kw_only=True)
class Call:
    """A call of a Web API method as it arrived."""

    method: str
    team: str | None
    arguments: dict[str, Any]
    at: float


def dump(workspaces: dict[str, Workspace]) -> dict[str, Any]:
    """Return everything as JSON-ready data; tokens are left out."""
    return {
        team: {
            "revoked": workspace.revoked,
            "channels": {
                channel.id: [asdict(posted) for posted in channel.messages]
                for channel in workspace.channels.values()
            },
        }
        for team, workspace in workspaces.items()
    }
