"""Puts the pages together: hands `bot.web` the services it asks and the settings it shows."""

import secrets
from collections.abc import Callable, Sequence

import structlog
from aiohttp import web

from bot.app.assembly import App
from bot.app.pages_process import Order, PagesProcess
from bot.services.deadlines import DeadlineService
from bot.services.outbox import OutboxService
from bot.services.search import SearchService
from bot.services.stories import StoryService
from bot.services.story_feeds import StoryFeeds
from bot.settings.load import place
from bot.settings.topic_edit import TopicEditor
from bot.web.parts import Parts
from bot.web.relay import Relay
from bot.web.server import Check

log = structlog.get_logger()


Site = Callable[[web.Application], None]
"""Adds the pages to a server."""


def pages_of(app: App, bind: str) -> Site:
    """Return what adds the pages to a server that listens on `bind` and makes them itself."""
    from bot.web.site import add_site  # a process that relays needs no templates

    parts = parts_of(app, bind)
    return lambda served: add_site(served, parts)


def site_of(app: App, bind: str, *, apart: bool) -> tuple[Site, Sequence[Check]]:
    """Return what adds the pages to a server that listens on `bind`, and what `/readyz` asks of them.

    `apart` has them made in a process of their own, where there is a place for its socket.
    """
    if apart:
        try:
            return _relayed(app, bind)
        except OSError as error:
            log.warning("pages_in_this_process", reason=f"no temporary folder: {error.strerror}")
    return pages_of(app, bind), ()


def _relayed(app: App, bind: str) -> tuple[Site, Sequence[Check]]:
    order = Order(
        settings=app.settings, bind=bind, form_secret=secrets.token_bytes(32), clock=app.clock
    )
    process = PagesProcess(order)
    check = Check(
        name="the process of the pages",
        ready=process.well,
        needed=False,
        lack="is not up",
        why=lambda: process.died,
    )
    return Relay(process).add_to, (check,)


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
