"""Who looks at a page: what the doors found out, for whatever answers."""

from dataclasses import dataclass

from aiohttp import web

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.ids import Tenant
from bot.services.addresses import terminal

_VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request, after the doors let it in."""

    operator: bool = False
    """Whether whoever asks has the token: signed in, or in an Authorization header."""
    person: Actor | None = None
    """Who signed in with Slack: sees what their workspace sees, changes what they may there."""
    form_token: str = ""
    """What a form must carry in its field ``csrf``, and a script in its header X-CSRF-Token."""
    may_sign_in: bool = False
    """Whether there is a way to sign in that could help whoever asks."""
    by_token: bool = False
    """Whether the operator's token is one."""
    by_slack: bool = False
    """Whether Slack is one."""
    secure: bool = False
    """Whether the browser came over https: cookies are then never sent without it."""
    by_key: bool = False
    """Whether the address brings the key that opens this one path."""
    keyed: bool = False
    """Whether links to feeds and calendars need a key, because reading is not open here."""

    @property
    def actor(self) -> Actor:
        """Whose feeds and rows are shown: an operator's are those of the terminal, a visitor has none."""
        if self.operator:
            return terminal()
        if self.person is not None:
            return self.person
        # No address can be written with a workspace on the console, so nothing is ever owned by this.
        return Actor(platform=PlatformName.CONSOLE, workspace=_VISITOR, user=_VISITOR, channel="")

    @property
    def owner(self) -> Tenant | None:
        """The owner whose rows are shown besides the shared ones; None for a visitor."""
        return self.actor.tenant if self.signed_in else None

    @property
    def signed_in(self) -> bool:
        """Whether they may change anything at all: what exactly, the services decide."""
        return self.operator or self.person is not None


VISIT = web.RequestKey("visit", Visit)


def visit_of(request: web.Request) -> Visit:
    """Return what the doors found out; a stranger where they did not see the request."""
    return request.get(VISIT) or Visit()
