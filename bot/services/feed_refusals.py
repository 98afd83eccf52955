"""Why a feed is not checked, added or changed: reasons that every language has a sentence for."""

from collections.abc import Mapping
from enum import StrEnum

from bot.errors import FetchError, InvalidInputError


class Refusal(StrEnum):
    """What stands in the way."""

    BAD_ADDRESS = "bad_address"
    BLOCKED = "blocked"
    """The bot never connects to this address."""
    FAILED = "failed"
    """The address brought nothing that can be read."""
    NO_LINK = "no_link"
    """It is a web page, and names no feed."""
    ALREADY = "already"
    ALREADY_PAUSED = "already_paused"
    """It is here, and not polled."""
    TOO_MANY = "too_many"
    NO_WORKSPACE = "no_workspace"
    """Nobody can tell whose feed it would be."""
    CONFIGURED = "configured"
    """It stands in feeds.yaml, and is taken out there."""
    SHARED = "shared"
    """Somebody added it for everybody, at the terminal."""
    UNKNOWN = "unknown"
    NEAR = "near"
    """There is none of that name, but some like it."""
    SEVERAL = "several"
    """The word fits several feeds."""
    NOT_POLLED = "not_polled"
    """It is paused or gone, so it is not polled."""
    WAITING = "waiting"
    """Its server asked not to be polled for a while, or another process is at it."""
    LEFT_ALONE = "left_alone"
    """Its server asked not to be polled for a while, so its address is not looked at either."""


SENTENCES: Mapping[Refusal, str] = {
    Refusal.BAD_ADDRESS: "That is no web address: write it as {example}.",
    Refusal.BLOCKED: "{reason} The bot polls only what is on the public internet.",
    Refusal.FAILED: "That brought no feed: {reason}",
    Refusal.NO_LINK: "That is a web page, and it names no feed. Look for its feed's own address.",
    Refusal.ALREADY: "This feed is here already, as “{name}” ({key}).",
    Refusal.ALREADY_PAUSED: (
        "This feed is here already, as “{name}” ({key}). It is not polled: resume it."
    ),
    Refusal.TOO_MANY: "There are {n} feeds of this workspace, the most it may add. Remove one first.",
    Refusal.NO_WORKSPACE: (
        "A feed belongs to a server or a workspace, and here nobody can tell whose it would be: "
        "add it from one of its channels."
    ),
    Refusal.CONFIGURED: (
        "“{name}” stands in feeds.yaml: it can be paused here, and is removed only there."
    ),
    Refusal.SHARED: "“{name}” was added for everybody, at the terminal: it is removed only there.",
    Refusal.UNKNOWN: "There is no feed “{word}” here; the list shows what each is called.",
    Refusal.NEAR: "There is no feed “{word}” here. Did you mean {near}?",
    Refusal.SEVERAL: "“{word}” fits several feeds: {near}. Name one of them.",
    Refusal.NOT_POLLED: "“{name}” is {state}: resume it first.",
    Refusal.WAITING: "“{name}” is not polled now: {reason}",
    Refusal.LEFT_ALONE: (
        "This feed is here already, as “{name}” ({key}). Its server asked to be left alone until "
        "{until} UTC: the bot polls it by itself then."
    ),
}
"""English, for the terminal and the logs; `bot/commands` says the same in three languages."""


class FeedRefusedError(InvalidInputError):
    """What was asked of a feed cannot be done; `details` fill the sentence."""

    def __init__(self, refusal: Refusal, **details: object) -> None:
        super().__init__(SENTENCES[refusal].format(**details).strip())
        self.refusal = refusal
        self.details = details


class FeedFailedError(FetchError):
    """An address was asked and brought no feed."""

    def __init__(self, refusal: Refusal, **details: object) -> None:
        super().__init__(SENTENCES[refusal].format(**details).strip())
        self.refusal = refusal
        self.details = details
