"""The figures the project stands for: none of them may fall."""

import os
from pathlib import Path

import pytest

from bot.reading.rules import Rules
from bot.reading.scoring import score_summaries, score_topics, summary_labels, topic_labels
from bot.reading.summary import summarise
from bot.reading.topics import TopicReader
from bot.settings import files
from bot.settings.topics import TopicsFile, unknown_contexts, wrong_terms
from bot.settings.validation import check

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "tests" / "data" / "eval"
SHARED = Path(os.environ.get("EVAL_DIR", ROOT.parent / "shared" / "eval"))
LANGUAGES = {"en", "es", "fr"}


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The configuration as it is shipped, checked as start-up checks it."""
    report: list[files.Problem] = []
    document = files.read(ROOT / "config" / "topics.yaml", report)
    file = check(document, TopicsFile, report)
    report += unknown_contexts(document, file) + wrong_terms(document)
    assert report == []
    return file.rules()


@pytest.fixture(scope="module")
def read(rules):
    """The topics found in an entry; deadlines have a reader and a measure of their own."""
    reader = TopicReader(rules)
    return lambda entry: {found.topic for found in reader.match(entry, deadlines=False).matches}


def lines(path: Path) -> list[str]:
    if not path.exists():
        pytest.skip(f"{path.name} is not part of the project; set EVAL_DIR to measure on it")
    return path.read_text(encoding="utf-8").splitlines()


def test_the_shipped_topics_are_whole(rules):
    """Twenty-five topics, each named and nicknamed in three languages, each with words of its own."""
    assert len(rules.topics) == 25
    for topic in rules.topics:
        assert set(topic.label) == LANGUAGES
        assert all(topic.aliases[language] for language in LANGUAGES)
        assert topic.strong or topic.weak or topic.from_deadlines


def test_topics_on_our_own_labelled_entries(read):
    """At least 150 entries in three languages, 50 of them about other things."""
    labels = topic_labels(lines(OWN / "topics.jsonl"))
    score = score_topics(labels, read, leave_out={"deadlines"})
    assert len(labels) >= 150
    assert {label.lang for label in labels} == LANGUAGES
    assert score.negatives >= 50
    assert score.total.f1 >= 0.97
    assert score.false_alarm_rate <= 0.02
    assert all(counts.f1 >= 0.95 for counts in score.by_lang.values())


def test_topics_on_the_shared_entries(read):
    """The set the rules were first measured on."""
    score = score_topics(
        topic_labels(lines(SHARED / "matching_dev.jsonl")), read, leave_out={"deadlines"}
    )
    assert score.total.f1 >= 0.97
    assert score.false_alarm_rate <= 0.03


@pytest.mark.parametrize("path", [OWN / "summaries.jsonl", SHARED / "summaries_dev.jsonl"])
def test_summaries_keep_the_facts_and_drop_the_rest(path):
    """Key facts kept, no boilerplate, never longer than 700 characters."""
    score = score_summaries(
        summary_labels(lines(path)), lambda label: summarise(label.entry, label.lang, ())
    )
    assert score.kept >= 0.95
    assert score.with_boilerplate == 0
    assert score.too_long == 0


def test_other_news_stays_silent(read):
    """Real stories about crime, people, sport and business fire next to nothing."""
    from json import loads

    from bot.domain.entry import Entry

    texts = [loads(line)["text"] for line in lines(SHARED / "stories_dev.jsonl")]
    fired = [text for text in texts if read(Entry(guid="1", content=text))]
    assert len(fired) / len(texts) <= 0.01
