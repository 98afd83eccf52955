"""Puts the pages together: hands `bot.web` the services it asks and the settings it shows."""

from collections.abc import Callable

from aiohttp import web

from bot.app.assembly import App
from bot.services.deadlines import DeadlineService
from bot.services.outbox import OutboxService
from bot.services.search import SearchService
from bot.services.stories import StoryService
from bot.services.story_feeds import StoryFeeds
from bot.settings.load import place
from bot.settings.topic_edit import TopicEditor
from bot.web.parts import Parts
from bot.web.site import add_site


def pages_of(app: App, bind: str) -> Callable[[web.Application], None]:
    """Return what adds the pages to a server that listens on the address `bind`."""
    parts = parts_of(app, bind)
    return lambda served: add_site(served, parts)


def parts_of(app: App, bind: str) -> Parts:
    """Return what the pages are made from."""
    settings = app.settings
    token, secret = settings.env.web_token, settings.env.slack_client_secret
    timeline = settings.timeline
    deadlines = DeadlineService(app.store, timeline)
    return Parts(
        queries=app.store.queries,
        stories=StoryService(app.store),
        deadlines=deadlines,
        tariffs=app.tariffs,
        search=SearchService(app.store),
        feeds=app.feeds,
        feed_changes=app.feed_changes,
        subscriptions=app.subscriptions,
        backtest=app.backtest,
        calendar=app.calendar,
        outbox=OutboxService(app.store, app.clock),
        story_feeds=StoryFeeds(app.store),
        topics=TopicEditor(place(settings.directory, "topics.yaml")),
        timeline=timeline,
        catalog=app.catalog,
        clock=app.clock,
        zone=settings.behaviour.zone,
        locale=settings.behaviour.locale,
        bind=bind,
        hosts=settings.behaviour.web.hosts,
        token=None if token is None else token.get_secret_value(),
        slack_people=app.slack.sign_in(),
        slack_secret=None if secret is None else secret.get_secret_value(),
    )
