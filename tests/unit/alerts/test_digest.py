import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.console import Console

from bot.alerts import digest
from bot.alerts.days import day
from bot.alerts.digest import LINES, PAGES, ROOM, Digested, Frame
from bot.alerts.digest_words import days_left, digest_words
from bot.alerts.reminder import compose as remind
from bot.alerts.reminder import worth
from bot.domain.destination import Destination
from bot.domain.feed import Tier
from bot.domain.ids import DeadlineId, DestinationId, RecordId, StoryId
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import Link
from bot.domain.reading import Stage
from bot.domain.story import Source
from bot.domain.views import FoundDeadline
from bot.platforms.apprise.render import Format, render_body
from bot.platforms.console.render import render_message as on_console
from bot.platforms.discord.render import render_message as on_discord
from bot.platforms.slack.render import render_message as on_slack
from bot.platforms.webhook.payload import Event, payload
from tests.samples import NOW, deadline, slack, story

TODAY = date(2026, 11, 20)
HOSTILE = "*50%* <!channel> @everyone [a](http://b) ~x~ `y` _z_ "


def label(topic, _locale):
    return topic.upper()


def frame(**changes):
    place = Destination(id=DestinationId(1), address=slack(), **changes)
    return Frame(
        subject="digest:daily@08:00:2026-11-20T08:00Z:1",
        title="Digest of 2026-11-20",
        place=place,
        label=label,
        today=TODAY,
    )


def told(number, topic="steel", **changes):
    known = {
        "headline": f"Headline number {number:03}",
        "topics": (topic,),
        "deadlines": (),
        "updated_at": NOW + timedelta(minutes=number),
        "url": f"https://ledger.example/{number}",
    }
    return Digested(story=story(number, **(known | changes)), topic=topic)


def found_in(number, day, **changes):
    known = {
        "fact": deadline(day),
        "story_id": StoryId(number),
        "headline": Link(text=f"Comments asked {number}", url=f"https://example.com/{number}"),
        "source": "Sample Bulletin",
        "tier": Tier.OFFICIAL,
        "topics": ("steel",),
    }
    return FoundDeadline(**(known | changes))


def lines(message):
    return [line.text for section in message.sections for line in section.lines]


def test_stories_stand_by_topic_and_stage_the_newest_first():
    """The busiest topic first; in it the furthest stage first, then what moved last."""
    stories = [
        told(1, stage=Stage.ANNOUNCED),
        told(2, stage=None),
        told(3, "dairy"),
        told(4, stage=Stage.IN_FORCE),
        told(5, stage=Stage.ANNOUNCED),
    ]
    (message,) = digest.compose(stories, frame())
    assert [section.heading for section in message.sections] == ["STEEL", "DAIRY"]
    assert lines(message) == [f"Headline number {n:03}" for n in (4, 5, 1, 2, 3)]
    assert message.summary == "5 stories"
    assert message.notice


def test_deadlines_stand_ahead_soonest_first():
    """What is due, with the days left and the sentence it was read from."""
    ahead = (found_in(2, date(2026, 11, 21)), found_in(1, date(2026, 12, 1)))
    (message,) = digest.compose([told(1), told(2)], replace(frame(), ahead=ahead))
    first = message.sections[0]
    assert first.heading == "Deadlines ahead"
    assert [line.text.split(":")[0] for line in first.lines] == ["21 Nov 2026", "1 Dec 2026"]
    assert first.lines[0].note == "tomorrow · story 2"
    assert first.lines[0].quote == "The duty applies from December 1."


def test_a_rate_comes_with_its_sentence():
    """A tariff is named in the note only beside the sentence it was read from."""
    (message,) = digest.compose([told(1)], frame())
    (line,) = message.sections[0].lines
    assert "25 %" in line.note
    assert line.quote == "A 25 percent duty on Canadian steel."
    (message,) = digest.compose([told(1, tariffs=())], frame())
    assert message.sections[0].lines[0].quote == ""


def test_a_story_on_no_topic_stands_under_others():
    """What only a query found has its own heading, in the place's language."""
    (message,) = digest.compose([Digested(story=story(1, topics=()))], frame(locale="fr"))
    assert message.sections[-1].heading == "Autres"
    assert message.summary == "1 histoire"


def test_nothing_is_said_where_there_is_nothing():
    """An empty digest is one sentence."""
    (message,) = digest.compose([], frame(locale="es"))
    assert message.summary == "Nada nuevo desde el último resumen."
    assert message.sections == ()


def test_many_stories_are_threaded_and_none_is_lost():
    """Pages hold what every platform takes; what is beyond the last is counted."""
    stories = [told(number, f"topic{number % 3}") for number in range(1, 41)]
    pages = digest.compose(stories, frame())
    assert 1 < len(pages) <= PAGES
    assert sorted(text for page in pages for text in lines(page)) == sorted(
        each.story.headline for each in stories
    )
    assert pages[1].headline.text == f"Digest of 2026-11-20 (2 of {len(pages)})"
    assert all(len(lines(page)) <= LINES for page in pages)
    assert {page.subject for page in pages} == {frame().subject}
    many = digest.compose([told(number) for number in range(1, 301)], frame())
    assert len(many) == PAGES
    shown = sum(len(lines(page)) for page in many) - 1
    assert lines(many[-1])[-1] == f"… and {300 - shown} more: `latest` shows them"


def long(number):
    """A story as long and as hostile as a feed can make it."""
    words = f"{number:03} " + HOSTILE * 8
    return told(
        number,
        headline=words,
        url=f"https://ledger.example/{'x' * 270}/{number}",
        source=HOSTILE * 3,
        sources=tuple(
            Source(name=f"s{n}", url=None, tier=Tier.GENERAL, published=NOW) for n in range(40)
        ),
    )


def shown_on(platform, message):
    """All text of a message as a platform gets it."""
    if platform == "slack":
        return json.dumps(on_slack(message).as_json(), ensure_ascii=False)
    if platform == "discord":
        return json.dumps(on_discord(message, marker="m"), ensure_ascii=False)
    if platform == "console":
        console = Console(width=200, record=True, file=io.StringIO())
        console.print(on_console(message))
        return console.export_text()
    if platform == "webhook":
        return json.dumps(payload(Event.POSTED, message, key="k", name="n"))
    return render_body(message, Format(platform))


@pytest.mark.parametrize(
    "platform", ["slack", "discord", "console", "text", "markdown", "html", "webhook"]
)
@pytest.mark.parametrize("make", [told, long])
def test_every_platform_shows_every_story(platform, make):
    """Of digests and bulletins no line is lost to a platform's limits, however odd its text."""
    stories = [make(number) for number in range(100, 116)]
    for page in digest.compose(stories, frame()):
        said = shown_on(platform, page)
        for line in lines(page):
            number = line.removeprefix("Headline number ")[:3]
            assert number in said, line
    bulletin = digest.bulletin(stories[:12], frame())
    said = shown_on(platform, bulletin)
    for each in stories[:12]:
        assert str(each.story.id) in said
    assert not re.search(r"and \d+ more|… \+\d", said)


def test_a_bulletin_is_one_message_with_all_its_stories():
    """Quotes go first where they do not fit, then addresses; never a story."""
    message = digest.bulletin([long(number) for number in range(1, 13)], frame())
    assert len(lines(message)) == 12
    size = sum(
        len(line.text) + len(line.note) + len(line.quote) + len(line.url or "")
        for section in message.sections
        for line in section.lines
    )
    assert size <= ROOM
    small = digest.bulletin([told(1)], frame())
    assert small.sections[0].lines[0].quote


@pytest.mark.parametrize("locale", ["en", "es", "fr", "de"])
def test_digests_have_names_in_each_language(locale):
    """Each rhythm has its title; days are counted as people do."""
    words = digest_words(locale)
    titles = {
        digest.title(kind, TODAY, words, locale)
        for kind in ("hourly", "daily@08:00", "weekly:mon@08:00", "quiet")
    }
    assert len(titles) == 4
    assert day(TODAY, locale) in digest.title("", TODAY, words, locale)
    assert len({days_left(days, words) for days in (0, 1, 7)}) == 3


def test_a_reminder_says_what_and_when():
    """Days left, the deadline with its sentence, the topics, and whom to call."""
    found = FoundDeadline(
        fact=deadline(date(2026, 11, 27)),
        story_id=7,
        headline=Link(text="Comments asked", url="https://example.com/7"),
        source="Sample Gazette",
        tier=Tier.OFFICIAL,
        topics=("steel",),
    )
    ana = Mention(kind=MentionKind.USER, id="U1")
    message = remind(
        [found],
        frame().place,
        subject="reminder:x:7",
        today=TODAY,
        topics=("steel",),
        label=label,
        mention=(ana,),
    )
    assert message.headline == Link(
        text="Reminder, in 7 days: Comments asked", url="https://example.com/7"
    )
    assert message.deadlines[0].quote == "The duty applies from December 1."
    assert (message.topics, message.mention) == (("STEEL",), (ana,))
    assert worth(found.fact)
    assert not worth(replace(found.fact, confidence=0.4))


def test_a_reminder_of_several_names_each():
    """What is due on one day stands in one message: moved dates, disputes, and whose they are."""
    day = date(2026, 11, 27)
    due = [
        found_in(7, day, struck=(date(2026, 11, 20),)),
        found_in(8, day, disputed=(("2026-11-28", "Lakes Courier"),)),
    ]
    message = remind(
        due, frame(locale="fr").place, subject="r", today=TODAY, topics=("steel",), label=label
    )
    assert message.headline.text == "Rappel, dans 7 jours : 2 échéances"
    first, second = message.sections[0].lines
    assert message.settles == ()  # neither has a name
    assert first.text == "20 nov. 2026 → 27 nov. 2026: entrée en vigueur · Comments asked 7"
    assert first.note == "dans 7 jours · histoire 7"
    assert second.note == "dans 7 jours · Lakes Courier dit le 28 nov. 2026 · histoire 8"
    named = [replace(due[0], number=DeadlineId(31)), replace(due[1], code=RecordId("r3fa9c1"))]
    both = remind(named, frame().place, subject="r", today=TODAY, topics=("steel",), label=label)
    assert both.settles == ("31", "r3fa9c1")
    assert [line.text.partition(" ")[0] for line in both.sections[0].lines] == ["#31", "#r3fa9c1"]
    (alone,) = remind(
        due[1:], frame().place, subject="r", today=TODAY, topics=("steel",), label=label
    ).deadlines
    assert alone.note == "Lakes Courier says 28 Nov 2026"
