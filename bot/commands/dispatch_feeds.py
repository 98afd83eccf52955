"""Runs what is asked of the feeds: the list, one feed, and what is done with it."""

from dataclasses import dataclass

from bot.commands.asked import Feeds
from bot.commands.asked_feeds import FeedAct, OnFeed
from bot.commands.exchange import Reply
from bot.commands.reader import Reader
from bot.commands.replies import feed_changes, feeds
from bot.domain.actor import Actor
from bot.services.feed_changes import FeedChanges
from bot.services.feed_check import WebPage
from bot.services.feed_refusals import FeedFailedError, FeedRefusedError
from bot.services.feeds import FeedService
from bot.services.permissions import FeedsLockedError


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDesk:
    """The services behind ``feeds``."""

    service: FeedService
    changes: FeedChanges

    async def answer(self, command: Feeds | OnFeed, actor: Actor, reader: Reader) -> Reply:
        """Return the reply; what cannot be done with a feed is a reply too.

        Raises FeedsHiddenError where the person may not see the feeds.
        """
        if isinstance(command, Feeds):
            shown = await self.service.shown_to(actor)
            missed = await self.service.missed(actor)
            return feeds.reply(shown, reader, page=command.page, missed=missed)
        try:
            return await self._on(command, actor, reader)
        except (FeedRefusedError, FeedFailedError, FeedsLockedError) as error:
            return feed_changes.refused(error, reader)

    async def _on(self, command: OnFeed, actor: Actor, reader: Reader) -> Reply:
        word, changes = command.word, self.changes
        match command.act:
            case FeedAct.SHOW:
                return feeds.one(await self.service.one_shown_to(actor, word), reader)
            case FeedAct.CHECK:
                looked = await changes.check_for(actor, word)
                return feed_changes.checked(looked, word, reader)
            case FeedAct.ADD:
                made = await changes.add_for(actor, word)
                return (
                    feed_changes.several(made, reader, act_name="add")
                    if isinstance(made, WebPage)
                    else feed_changes.added(made, reader)
                )
            case FeedAct.REMOVE:
                return feed_changes.removed(await changes.remove_for(actor, word), reader)
            case FeedAct.PAUSE | FeedAct.RESUME:
                paused = command.act is FeedAct.PAUSE
                feed = await changes.set_paused_for(actor, word, paused=paused)
                say = feed_changes.paused if paused else feed_changes.resumed
                return say(feed, reader)
