"""The parts that speak to platforms: clients, desks where they are answered, notifiers."""

from functools import cached_property
from typing import TYPE_CHECKING

from bot.app.asking import Asking
from bot.app.slack import SlackParts
from bot.domain.destination import PlatformName
from bot.domain.outside import OutsideKind
from bot.ports import Notifier

if TYPE_CHECKING:
    from bot.platforms.discord.desk import Desk
    from bot.platforms.discord.rest import DiscordRest
    from bot.platforms.slack.desk import SlackDesk


class Sending(Asking):
    """Where messages go, and where presses come from."""

    @cached_property
    def slack(self) -> SlackParts:
        """What speaks with Slack."""
        return SlackParts(self.settings, store=self.store, clock=self.clock, stack=self._stack)

    @cached_property
    def discord_rest(self) -> "DiscordRest":
        """The way to Discord's REST interface."""
        from bot.platforms.discord.rest import DEFAULT_API_URL, DiscordRest

        env = self.settings.env
        rest = DiscordRest(
            token=env.discord_token.get_secret_value() if env.discord_token else "",
            api_url=env.discord_api_url or DEFAULT_API_URL,
        )
        self._stack.push_async_callback(rest.close)
        return rest

    @cached_property
    def slack_desk(self) -> "SlackDesk":
        """Where Slack's commands and presses are answered."""
        return self.slack.desk(self.commands.answer)

    @cached_property
    def discord_desk(self) -> "Desk":
        """Where Discord's interactions are answered."""
        from bot.platforms.discord.desk import Desk

        commands = self.commands
        return Desk(rest=self.discord_rest, answer=commands.answer, suggestions=commands)

    @cached_property
    def notifiers(self) -> dict[PlatformName, Notifier]:
        """The platforms this process can send to; the terminal is always one."""
        from bot.platforms.console.send import ConsoleNotifier

        off = self.platforms_off
        found: dict[PlatformName, Notifier] = {PlatformName.CONSOLE: ConsoleNotifier(self._console)}
        if PlatformName.SLACK not in off:
            found[PlatformName.SLACK] = self.slack.notifier
        if PlatformName.DISCORD not in off:
            from bot.platforms.discord.send import DiscordNotifier

            found[PlatformName.DISCORD] = DiscordNotifier(
                rest=self.discord_rest,
                clock=self.clock,
                publish=self.settings.behaviour.discord.publish,
            )
        found[PlatformName.APPRISE] = self._apprise()
        found[PlatformName.WEBHOOK] = self._webhook()
        return found

    def _apprise(self) -> Notifier:
        from bot.platforms.apprise.send import AppriseNotifier

        async def url_for(name: str) -> str | None:
            service = await self.outside.find(OutsideKind.APPRISE, name)
            return service.url if service else None

        return AppriseNotifier(url_for)

    def _webhook(self) -> Notifier:
        from bot.platforms.webhook.send import Target, WebhookNotifier

        async def target_for(name: str) -> Target | None:
            service = await self.outside.find(OutsideKind.WEBHOOK, name)
            return Target(url=service.url, secret=service.secret) if service else None

        notifier = WebhookNotifier(target_for, self.clock)
        self._stack.push_async_callback(notifier.close)
        return notifier
