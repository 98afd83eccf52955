"""Prints alerts in the terminal the bot runs in."""

from datetime import datetime, timedelta

from rich.console import Console, RenderableType
from rich.text import Text

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import TemporaryDeliveryError
from bot.platforms.console.render import clean, render_message


class ConsoleNotifier:
    """Implements `bot.ports.Notifier` on a rich console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @property
    def pace(self) -> timedelta:
        """A terminal takes everything at once."""
        return timedelta(0)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:  # noqa: ARG002
        """Print a message as a panel."""
        return self._print(to, render_message(message))

    async def edit(
        self,
        to: Address,
        posted: Receipt,  # noqa: ARG002  # what is printed stays printed
        message: Message,
        *,
        key: str,  # noqa: ARG002  # the same
    ) -> Receipt:
        """Say in one quiet line that a story grew."""
        line = f"↻ {clean(message.headline.text)} ({message.source_count})"
        return self._print(to, Text(line, style="dim"))

    async def reply(
        self,
        to: Address,
        posted: Receipt,  # noqa: ARG002  # a terminal has no threads
        message: Message,
        *,
        key: str,  # noqa: ARG002  # nor keys
        broadcast: bool,  # noqa: ARG002
    ) -> Receipt:
        """Print what changed."""
        return self._print(to, render_message(message))

    async def settle(
        self,
        to: Address,  # noqa: ARG002
        posted: Receipt | None,  # noqa: ARG002
        *,
        key: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
    ) -> Receipt | None:
        """Return None: a line printed twice in a terminal is no harm, one never printed is."""
        return None

    def _print(self, to: Address, shown: RenderableType) -> Receipt:
        try:
            self._console.print(shown)
        except (OSError, UnicodeError) as error:
            raise TemporaryDeliveryError("The terminal cannot be written to.") from error
        return Receipt(channel=to.channel, message="")
