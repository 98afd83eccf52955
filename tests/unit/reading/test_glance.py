"""A glance tells entries on no topic from those that are read in full."""

from datetime import UTC, datetime

from bot.domain.entry import Entry, Stated
from bot.domain.feed import Tier
from bot.domain.reading import Lang
from bot.reading.read import Reader
from bot.reading.rules import Rules, TopicRule
from bot.reading.topics import TopicReader

NOW = datetime(2026, 10, 12, 15, tzinfo=UTC)
READER = Reader(
    topics=TopicReader(
        Rules(
            topics=(
                TopicRule(id="tariffs", label={"en": "Tariffs"}, strong=("tariff*",)),
                TopicRule(
                    id="steel", label={"en": "Steel"}, strong=("STEEL",)
                ),  # only in capitals: the small word is a near miss
            )
        )
    )
)
FERRY = "The ferry from Canada waits until Sunday, and the harbour at steel bridge with it."


def test_an_entry_on_no_topic_is_read_briefly() -> None:
    """Its language, countries and near misses are those of the full reading; facts are not sought."""
    entry = Entry(guid="1", title="Storm closes the harbour", summary=FERRY, published=NOW)
    brief, full = READER.glance(entry, now=NOW), READER.read(entry, now=NOW)
    assert (brief.brief, full.brief) == (True, False)
    assert (brief.lang, brief.countries) == (full.lang, full.countries) == (Lang.EN, ("CA",))
    assert brief.near_misses == full.near_misses != ()
    assert (brief.summary, brief.topics) == ("", ())
    assert full.summary == FERRY


def test_what_may_matter_is_read_in_full() -> None:
    """An entry on a topic, one of an official source, and one whose source states facts."""
    for entry in (
        Entry(guid="1", title="A tariff on plates", summary="It starts on 1 December 2026."),
        Entry(guid="1", title="Notice", tier=Tier.OFFICIAL),
        Entry(guid="1", title="Notice", stated=Stated(action="Rule.")),
    ):
        full = READER.glance(entry, now=NOW)
        assert full == READER.read(entry, now=NOW)
        assert not full.brief
