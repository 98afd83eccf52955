"""What the pages need of Slack so that people can sign in with it; `bot.platforms.slack` provides it."""

from typing import Protocol

from bot.domain.actor import Actor


class SlackPerson(Protocol):
    """A member of a workspace that has the app."""

    @property
    def workspace(self) -> str:
        """The team's id."""
        ...

    @property
    def user(self) -> str:
        """The person's id."""
        ...


class SlackPeople(Protocol):
    """Says who comes back from Slack's page, and who they are there."""

    def address(self, *, state: str, nonce: str, back: str) -> str:
        """Return Slack's page, which sends the browser to `back` with a code and the state."""
        ...

    async def person(self, *, code: str, nonce: str, back: str) -> SlackPerson | None:
        """Return who a code is of; None where it is nobody who may sign in."""
        ...

    async def is_member(self, workspace: str, user: str) -> bool:
        """Whether somebody is a full member of a workspace that has the app."""
        ...

    async def actor(self, workspace: str, user: str, channel: str = "") -> Actor:
        """Return the person as one who asks from a channel, with what Slack knows of them there."""
        ...
