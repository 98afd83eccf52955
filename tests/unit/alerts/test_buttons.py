import pytest

from bot.alerts.broken import of_broken
from bot.alerts.buttons import buttons
from bot.commands import grammar
from bot.commands.asked import Unclear, Unknown
from bot.domain.destination import Address, Destination, PlatformName
from bot.domain.ids import DestinationId
from bot.domain.message import FactLine, Link, Message
from bot.domain.story import Change, ChangeKind


def alert(subject="story:12", **more):
    return Message(
        subject=subject,
        headline=Link(text="x"),
        topics=("Autos and parts",),
        topic_ids=("autos",),
        **more,
    )


@pytest.mark.parametrize("locale", ["en", "es-MX", "fr", "de"])
def test_each_button_runs_a_command_that_is_understood(locale):
    """In three languages; the deadline's button only where there is a deadline."""
    fact = FactLine(text="1 December", quote="By 1 December.")
    made = buttons(alert(deadlines=(fact,), locale=locale))
    assert [one.command for one in made] == [
        *("story 12", "why 12", "follow 12", "useful 12", "noise 12", "check 12", "mute autos"),
    ]
    parsed = [grammar.parse(one.command) for one in made]
    assert not [one for one in parsed if isinstance(one, Unclear | Unknown)]
    assert all(one.label for one in made)
    assert "check 12" not in [one.command for one in buttons(alert(locale=locale))]


@pytest.mark.parametrize("locale", ["en", "es-MX", "fr", "de"])
def test_whoever_handles_a_deadline_says_so_under_its_reminder(locale):
    """A button for each deadline; where there is one alone its name would say nothing."""
    several = ("31", "r3fa9c1")
    made = buttons(alert("reminder:2026-12-01:7", notice=True, locale=locale, settles=several))
    assert [one.command for one in made] == ["deadline 31 handled", "deadline r3fa9c1 handled"]
    assert [one.label.partition(":")[0].strip() for one in made] == ["31", "r3fa9c1"]
    assert not [
        one
        for one in map(grammar.parse, (m.command for m in made))
        if isinstance(one, Unclear | Unknown)
    ]
    (only,) = buttons(alert("reminder:2026-12-01:7", notice=True, locale=locale, settles=("31",)))
    assert only.label
    assert "31" not in only.label
    assert buttons(alert("reminder:2026-12-01:7", notice=True)) == ()


def test_what_is_no_story_s_own_message_has_none():
    """Entries, notices and updates in a thread stay plain."""
    change = Change(kind=ChangeKind.STAGE, text="Now in force")
    assert buttons(alert("entry:9")) == ()
    assert buttons(alert("notice:x")) == ()
    assert buttons(alert(notice=True)) == ()
    assert buttons(alert(changes=(change,))) == ()
    assert len(buttons(Message(subject="story:1", headline=Link(text="x")))) == 5


def test_a_lost_place_is_told_in_the_reader_s_language():
    """What to mend and what to do then; the same all day long, so that it is told once."""
    address = Address(platform=PlatformName.DISCORD, workspace="9", channel="1")
    place = Destination(id=DestinationId(3), address=address)

    def told(day, locale):
        return of_broken(place, "No permission.", day=day, locale=locale, zone="UTC")

    first, again = told("2026-11-22", "fr-CA"), told("2026-11-22", "en")
    assert first.headline.text == "Les alertes vers discord:9/1 se sont arrêtées"
    assert first.summary.startswith("No permission. ")
    assert first.subject == again.subject != told("2026-11-23", "en").subject
