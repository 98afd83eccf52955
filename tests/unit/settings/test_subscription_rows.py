from datetime import time

import pytest
from pydantic import ValidationError

from bot.domain.destination import Grouping, Level, Wish
from bot.domain.manners import NOTHING_SAID, Mention, MentionKind, PlaceAsk, Quiet, Rhythm, When
from bot.domain.reading import Lang
from bot.settings.subscriptions import SubscriptionRow


def test_a_row_may_say_only_what_comes():
    """Without options a row is a wish as it is by itself, and says nothing of the place."""
    made = SubscriptionRow(to="console", topic="autos").value()
    assert (made.wish, made.place) == (Wish(topic="autos"), NOTHING_SAID)


def test_a_row_takes_every_option_as_words_or_as_yaml():
    """Numbers and lists need no quotes; what is null was not said."""
    made = SubscriptionRow(
        to="slack:T1/C1",
        query="steel AND canada",
        level=Level.FLASH,
        when="weekly:fri@07:30",
        langs=["es", "fr"],
        sources=2,
        mention="role:S1",
        zone="toronto",
        locale="es",
        quiet="22:00-07:00",
        flash="through",
        storm="off",
        reminders=[7, 1],
        hour="08:15",
        empty=True,
    ).value()
    assert made.wish == Wish(
        query="steel AND canada",
        level=Level.FLASH,
        when=When(rhythm=Rhythm.WEEKLY, at=time(7, 30), day=4),
        langs=(Lang.ES, Lang.FR),
        sources=2,
        mention=Mention(kind=MentionKind.ROLE, id="S1"),
    )
    assert made.place == PlaceAsk(
        zone="America/Toronto",
        locale="es",
        quiet=Quiet(start=time(22), end=time(7)),
        flash_through=True,
        storm=0,
        reminders=(7, 1),
        remind_at=time(8, 15),
        say_empty=True,
    )
    nothing = SubscriptionRow(to="console", topic="autos", quiet=None, when=None).value()
    assert (nothing.wish, nothing.place) == (Wish(topic="autos"), NOTHING_SAID)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"when": "dayly@8"}, "Did you mean daily@08:00"),
        ({"zone": "Torronto"}, "Did you mean America/Toronto"),
        ({"quiet": "22:00-22:00"}, "they would never end"),
        ({"sources": 0}, "is no number of sources"),
        ({"langs": ["de"]}, "is no language of entries"),
        ({"group": Grouping.ENTRY, "sources": 2}, "counts the sources of a story"),
        ({"query": "steel"}, "needs a topic or a query"),
        ({"colour": "red"}, "Extra inputs"),
        ({"mention": {"a": 1}}, "valid string"),
    ],
)
def test_a_row_that_cannot_be_says_what_would_be_right(said, problem):
    """The same sentences as in the chat."""
    with pytest.raises(ValidationError, match=problem):
        SubscriptionRow(to="console", topic="autos", **said)
