"""Phrases that brought noise only, and what masking them would do."""

from bot.domain.entry import Entry
from bot.domain.ids import StoryId
from bot.domain.reading import Field, Lang, Reading, Span, TopicMatch
from bot.record.masks import Example, candidates, falls_away


def example(story: int, title: str, term: str = "steel", *, topic: str = "steel") -> Example:
    """An entry in whose title a word was found at every place."""
    places = [at for at in range(len(title)) if title.lower().startswith(term, at)]
    spans = tuple(
        Span(
            field=Field.TITLE,
            start=at,
            end=at + len(term),
            text=title[at : at + len(term)],
            rule=term,
        )
        for at in places
    )
    reading = Reading(lang=Lang.EN, topics=(TopicMatch(topic=topic, score=0.9, spans=spans),))
    entry = Entry(guid=str(story), title=title)
    return Example(story_id=StoryId(story), entry=entry, reading=reading)


def test_a_phrase_of_two_noisy_stories_is_offered() -> None:
    """The matched word with its neighbour; the longer phrase of the same stories is left out."""
    noise = [
        example(1, "The Man of Steel curtain falls tonight"),
        example(2, "A steel curtain defence wins again"),
        example(3, "Steel duty on pipes"),
    ]
    (found,) = candidates(noise, [])
    assert (found.topic, found.term, found.phrase) == ("steel", "Steel", "steel curtain")
    assert found.stories == (1, 2)
    assert found.examples == (
        "The Man of Steel curtain falls tonight",
        "A steel curtain defence wins again",
    )


def test_what_was_useful_is_never_offered() -> None:
    """One useful story with the phrase spares it."""
    noise = [example(1, "Old steel curtain"), example(2, "New steel curtain")]
    assert [c.phrase for c in candidates(noise, [])] == ["steel curtain"]
    assert candidates(noise, [example(3, "Tariff on steel curtain rods")]) == []


def test_one_story_proves_nothing() -> None:
    """Nor do articles make a phrase."""
    assert candidates([example(1, "Steel curtain"), example(1, "Steel curtain again")], []) == []
    assert candidates([example(1, "The steel is"), example(2, "The steel of")], []) == []


def test_another_topic_is_left_alone() -> None:
    """Where one is asked for."""
    noise = [example(1, "Steel curtain"), example(2, "Steel curtain")]
    assert candidates(noise, [], topic="dairy") == []


def test_an_entry_falls_away_where_all_that_matched_lies_in_the_phrase() -> None:
    """Another mention keeps it; without the phrase or the topic there is nothing to say."""
    only = example(1, "STEEL  Curtain wins")
    more = example(2, "Steel curtain wins while steel duty rises")
    for phrase, found, expected in (
        ("steel curtain", only, True),
        ("steel curtain", more, False),
        ("steel duty", only, None),
    ):
        assert falls_away(phrase, "steel", found.entry, found.reading) is expected
    assert falls_away("steel curtain", "dairy", only.entry, only.reading) is None
