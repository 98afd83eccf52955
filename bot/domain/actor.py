"""Who asks, and from where: what a platform knows of the person behind a command."""

from dataclasses import dataclass

from bot.domain.destination import Address, PlatformName
from bot.domain.ids import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person in a place. `channel` is where alerts would go if they subscribe here."""

    platform: PlatformName
    workspace: str = ""
    user: str
    channel: str
    direct: bool = False
    """True in a private conversation with the bot: a subscription is the person's own."""
    admin: bool = False
    """Whether the platform says the person may manage this channel or workspace."""
    member: bool = True
    """False where the platform says the person is not in this channel, or did not say that they are
    though it was asked."""
    zone: str | None = None
    """IANA name, where the platform knows it."""
    locale: str | None = None
    """en, es or fr, where the platform knows it."""
    called: str = ""
    """What people call them there, where the platform tells it; for showing, never for recognising."""

    @property
    def address(self) -> Address:
        """The destination that stands for this place."""
        return Address(platform=self.platform, workspace=self.workspace, channel=self.channel)

    @property
    def private(self) -> Address:
        """The destination that stands for the person alone, wherever they ask from.

        Slack opens a conversation with whoever's id is given as the channel. Discord has no such
        channel: there ``@`` and the user's number is given, with no server, and the platform opens
        the conversation when it first sends.
        """
        if self.direct:
            return self.address
        if self.platform is PlatformName.DISCORD:
            return Address(platform=self.platform, channel=f"@{self.user}")
        return Address(platform=self.platform, workspace=self.workspace, channel=self.user)

    @property
    def tenant(self) -> Tenant:
        """Whose feeds and queries this person sees besides the shared ones."""
        return self.address.tenant

    @property
    def name(self) -> str:
        """How the audit names the person: ``platform:user``."""
        return f"{self.platform}:{self.user}"
