"""Slack's side of an install: the page where a person allows it, and the change of code for token."""

import base64
import itertools
import json
import time
from collections.abc import Callable
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
        self.user = "U1"
        """Who signs in next."""
        self.now: Callable[[], float] = time.time
        self.odd: Json = {}
        """Claims of the next identity that are not as they should be."""
        self._journeys: dict[str, Json] = {}

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

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Answer the page of Sign in with Slack at once as a person would: allow, or deny."""
        given = dict(request.query)
        wanted = {"response_type": "code", "client_id": self.client_id, "scope": "openid profile"}
        if not wanted.items() <= given.items() or not given.get("nonce"):
            return web.Response(status=400, text="invalid request")
        back = f"{given['redirect_uri']}?state={given.get('state', '')}"
        if self.deny:
            return web.Response(status=302, headers={"Location": f"{back}&error=access_denied"})
        code = f"openid-{next(self._numbers)}"
        self._journeys[code] = given | {"team": self.team, "user": self.user}
        return web.Response(status=302, headers={"Location": f"{back}&code={code}"})

    def identity(self, given: Json) -> Json:
        """Carry out openid.connect.token. Raises SlackError."""
        if (given.get("client_id"), given.get("client_secret")) != (
            self.client_id,
            self.client_secret,
        ):
            raise SlackError("bad_client_secret")
        journey = self._journeys.pop(str(given.get("code")), None)
        if journey is None or given.get("grant_type") != "authorization_code":
            raise SlackError("invalid_code")
        if journey["redirect_uri"] != given.get("redirect_uri"):
            raise SlackError("bad_redirect_uri")
        now = int(self.now())
        claims = {
            "iss": "https://slack.com",
            "sub": journey["user"],
            "aud": self.client_id,
            "exp": now + 300,
            "iat": now,
            "nonce": journey["nonce"],
            "https://slack.com/team_id": journey["team"],
            "https://slack.com/user_id": journey["user"],
        } | self.odd
        parts = ({"alg": "RS256", "typ": "JWT"}, claims)
        token = ".".join(
            base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
            for part in parts
        )
        return {"ok": True, "access_token": "xoxp-sample-person", "id_token": f"{token}.c2lnbmVk"}

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
