import json

import pytest

from bot.errors import InvalidInputError
from bot.reading.scoring import Counts, score_summaries, score_topics, summary_labels, topic_labels


def lines(*rows):
    return [json.dumps(row) for row in rows] + ["", "  "]


TOPICS = lines(
    {
        "id": "1",
        "lang": "en",
        "title": "a",
        "summary": "b",
        "topics": ["x", "deadlines"],
        "optional": ["y"],
    },
    {"id": "2", "lang": "es", "title": "c", "topics": []},
    {"id": "3", "lang": "es", "title": "d", "topics": ["z"]},
)


def test_topics_are_scored_in_all_by_topic_and_by_language():
    """Optional topics are never wrong, topics left out are not judged."""
    answers = {"a": {"x", "y", "w"}, "c": {"x"}, "d": set()}
    score = score_topics(
        topic_labels(TOPICS), lambda entry: answers[entry.title], leave_out={"deadlines"}
    )
    assert score.total == Counts(right=1, extra=2, missed=1)
    assert score.by_topic["x"] == Counts(right=1, extra=1)
    assert score.by_topic["z"] == Counts(missed=1)
    assert score.by_lang["es"] == Counts(extra=1, missed=1)
    assert (score.negatives, score.false_alarms, score.false_alarm_rate) == (1, 1, 1.0)
    assert [failure.label.id for failure in score.failures] == ["1", "2", "3"]


def test_shares_of_nothing_are_whole():
    """Nothing to find and nothing found is no failure."""
    nothing = Counts()
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)
    some = Counts(right=3, extra=1, missed=2)
    assert (some.precision, some.recall) == (0.75, 0.6)
    assert round(some.f1, 3) == 0.667
    empty = score_topics([], lambda _: ())
    assert empty.false_alarm_rate == 0.0


def test_summaries_are_scored_by_what_they_keep_and_hold():
    """Lost facts, kept boilerplate and length are counted, with the failures."""
    labels = summary_labels(
        lines(
            {
                "id": "1",
                "lang": "en",
                "title": "t",
                "content": "c",
                "key": ["25%", "May"],
                "never": ["Sign up"],
            },
            {"id": "2", "lang": "fr", "title": "t", "content": "c", "key": ["x"], "never": []},
        )
    )
    told = {"1": "25% Sign up", "2": "x" * 800}
    score = score_summaries(labels, lambda label: told[label.id])
    assert (score.summaries, score.facts, score.facts_kept) == (2, 3, 2)
    assert (score.with_boilerplate, score.too_long) == (1, 1)
    assert score.failures[0].lost == ("May",)
    assert score.failures[0].kept == ("Sign up",)
    assert round(score.kept, 2) == 0.67
    assert score_summaries([], lambda _: "").kept == 1.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "line 1 must be an object"),
        ('{"id": 1, "lang": "en"}', "id must be text"),
        ('{"id": "1"}', "lang must be text"),
        ('{"id": "1", "lang": "en", "topics": "x"}', "topics must be a list"),
    ],
)
def test_a_bad_label_is_named_by_its_line(line, complaint):
    """A label file that cannot be followed says where."""
    with pytest.raises(InvalidInputError, match=complaint):
        topic_labels([line])


def test_a_summary_wants_a_known_language():
    """A code the bot does not know is refused, a missing text is empty."""
    with pytest.raises(InvalidInputError, match="lang must be en"):
        summary_labels(['{"id": "1", "lang": "de"}'])
    (label,) = summary_labels(['{"id": "1", "lang": "en", "title": null}'])
    assert label.entry.title == ""
