"""Slack's parts of one process, made when they are first asked for."""

from contextlib import AsyncExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.destination import PlatformName
from bot.ports import Clock, Notifier, Store
from bot.services.permissions import Who
from bot.services.workspaces import WorkspaceService
from bot.settings.load import Settings

if TYPE_CHECKING:
    from bot.platforms.slack.api import SlackApi
    from bot.platforms.slack.desk import Answer, SlackDesk
    from bot.platforms.slack.http import SlackHttp
    from bot.platforms.slack.listen import SlackListener
    from bot.platforms.slack.oauth import SlackInstall
    from bot.platforms.slack.sign_in import SlackSignIn
    from bot.platforms.slack.workplaces import Credentials, Workplaces


class SlackParts:
    """What speaks with Slack."""

    def __init__(
        self, settings: Settings, *, store: Store, clock: Clock, stack: AsyncExitStack
    ) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._stack = stack

    @property
    def takes_commands(self) -> bool:
        """Whether there is a way for commands to come in."""
        env = self._settings.env
        return env.slack_app_token is not None or env.slack_signing_secret is not None

    @cached_property
    def credentials(self) -> "Credentials | None":
        """The app's own, where many workspaces may put it in."""
        from bot.platforms.slack.workplaces import Credentials

        env = self._settings.env
        if env.slack_client_id is None or env.slack_client_secret is None:
            return None
        return Credentials(
            client_id=env.slack_client_id,
            client_secret=env.slack_client_secret.get_secret_value(),
        )

    @cached_property
    def workplaces(self) -> "Workplaces":
        """The workspaces the app is in."""
        from bot.platforms.slack.workplaces import Workplaces

        token = self._settings.env.slack_bot_token
        return Workplaces(
            service=WorkspaceService(self._store, self._clock, PlatformName.SLACK),
            clock=self._clock,
            api=lambda: self.api,
            credentials=self.credentials,
            bot_token=token.get_secret_value() if token else None,
        )

    @cached_property
    def api(self) -> "SlackApi":
        """The way to Slack."""
        from bot.platforms.slack.api import SlackApi

        url = self._settings.env.slack_api_url
        places = self.workplaces
        api = SlackApi(token_for=places.token, fresh_token_for=places.fresh_token, api_url=url)
        self._stack.push_async_callback(api.close)
        return api

    @cached_property
    def notifier(self) -> Notifier:
        """What sends alerts."""
        from bot.platforms.slack.send import SlackNotifier

        return SlackNotifier(self.api, installed=self.credentials is not None)

    def desk(self, answer: "Answer") -> "SlackDesk":
        """Return where commands and presses are answered."""
        from bot.platforms.slack.desk import SlackDesk

        behaviour = self._settings.behaviour
        policies = (behaviour.change_channel, behaviour.see_feeds, behaviour.add_feeds)
        desk = SlackDesk(
            api=self.api,
            answer=answer,
            clock=self._clock,
            workspaces=self.workplaces,
            ask_members=any(policy.who is Who.MEMBERS for policy in policies),
        )
        self._stack.push_async_callback(desk.close)
        return desk

    def listener(self, desk: "SlackDesk") -> "SlackListener | None":
        """Return what hears commands over a socket, None without the token for it."""
        from bot.platforms.slack.listen import SlackListener

        env = self._settings.env
        if env.slack_app_token is None:
            return None
        return SlackListener(
            api=self.api,
            desk=desk,
            app_token=env.slack_app_token.get_secret_value(),
            check_token=env.slack_bot_token is not None,
        )

    def http(self, desk: "SlackDesk") -> "SlackHttp | None":
        """Return what answers Slack's own calls, None without the secret that proves them."""
        from bot.platforms.slack.http import SlackHttp

        secret = self._settings.env.slack_signing_secret
        if secret is None:
            return None
        return SlackHttp(
            api=self.api, desk=desk, signing_secret=secret.get_secret_value(), clock=self._clock
        )

    def sign_in(self) -> "SlackSignIn | None":
        """Return what lets people of its workspaces into the pages, None where it has none."""
        if not self._settings.env.offers_slack or self.credentials is None:
            return None
        from bot.platforms.slack.sign_in import SlackSignIn

        return SlackSignIn(api=self.api, credentials=self.credentials, clock=self._clock)

    def install(self) -> "SlackInstall | None":
        """Return what puts the app into workspaces, None where it is offered to none."""
        from bot.platforms.slack.oauth import SlackInstall

        if self.credentials is None:
            return None
        return SlackInstall(
            api=self.api,
            workplaces=self.workplaces,
            credentials=self.credentials,
            clock=self._clock,
        )
