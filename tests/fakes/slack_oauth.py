"""Slack's side of an install: the page where a person allows it, and the change of code for token."""

import itertools
from typing import Any

from aiohttp import web

from tests.fakes.slack_methods import SlackError
from tests.fakes.slack_state import SCOPES, Workspace

Json = dict[str, Any]


class FakeOAuth:
    """Knows one app by its id and secret; the next person to come chooses `team`, or denies."""

    client_id = "1.2"
    client_secret = "sample-client-secret"

    def __init__(self, workspaces: dict[str, Workspace]) -> None:
        self._workspaces = workspaces
        self._numbers = itertools.count(1)
        self._codes: dict[str, str] = {}
        self.team = "T1"
        self.deny = False
        self.organisation = False
        self.lifetime: int | None = None
        """Seconds a token is good for, where rotation is on."""

    async def authorize(self, request: web.Request) -> web.StreamResponse:
        """Answer the page at once as a person would: allow, or deny."""
        given = request.query
        if given.get("client_id") != self.client_id or not given.get("scope"):
            return web.Response(status=400, text="invalid client_id or scope")
        back = f"?state={given.get('state', '')}"
        if self.deny:
            return web.Response(status=302, headers={"Location": f"{back}&error=access_denied"})
        code = self.code(self.team)
        return web.Response(status=302, headers={"Location": f"{back}&code={code}"})

    def code(self, team: str) -> str:
        """Return a code that is good once."""
        made = f"code-{next(self._numbers)}"
        self._codes[made] = team
        return made

    def access(self, given: Json, proof: str) -> Json:
        """Carry out oauth.v2.access; `proof` is the id and the secret. Raises SlackError."""
        if proof != f"{self.client_id}:{self.client_secret}":
            raise SlackError("bad_client_secret")
        if given.get("grant_type") == "refresh_token":
            return self._renewed(str(given.get("refresh_token")))
        team = self._codes.pop(str(given.get("code")), None)
        if team is None:
            raise SlackError("invalid_code")
        return self._granted(self._workspaces[team])

    def _renewed(self, refresh_token: str) -> Json:
        for workspace in self._workspaces.values():
            if refresh_token and workspace.refresh_token == refresh_token:
                return self._granted(workspace)
        raise SlackError("invalid_refresh_token")

    def _granted(self, workspace: Workspace) -> Json:
        workspace.revoked = False
        workspace.token = f"xoxb-sample-{workspace.team}-{next(self._numbers)}"
        answer: Json = {
            "ok": True,
            "app_id": "A1",
            "token_type": "bot",
            "scope": ",".join(sorted(SCOPES)),
            "access_token": workspace.token,
            "bot_user_id": "UBOT",
            "team": {"id": workspace.team, "name": f"Sample {workspace.team}"},
            "enterprise": None,
            "is_enterprise_install": self.organisation,
            "authed_user": {"id": "U1"},
        }
        if self.lifetime is not None:
            workspace.refresh_token = f"xoxe-sample-{next(self._numbers)}"
            answer |= {"expires_in": self.lifetime, "refresh_token": workspace.refresh_token}
        return answer
