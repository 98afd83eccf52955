from bot.settings.feeds import FeedsFile
from bot.settings.files import Document, Problem, parse
from bot.settings.validation import check, duplicates, nearest, one_of

GOOD = "feeds:\n  - id: a\n    name: A\n    url: https://example.com/a\n"


def document(text: str) -> Document:
    found = parse(text.encode(), "config/feeds.yaml", [])
    assert found is not None
    return found


def said(text: str) -> list[str]:
    report: list[Problem] = []
    assert check(document(text), FeedsFile, report) is None
    return [str(problem) for problem in report]


def test_a_good_file_gives_its_model() -> None:
    """No problem, and the values of the file."""
    report: list[Problem] = []
    file = check(document(GOOD), FeedsFile, report)
    assert report == []
    assert file is not None
    assert file.feeds[0].url == "https://example.com/a"


def test_an_unknown_key_gets_its_line_its_feed_and_the_nearest_key() -> None:
    """The sentence of the brief: file, line, which feed, what was probably meant."""
    assert said(GOOD + "    intervall: 5m\n") == [
        "config/feeds.yaml:5: feed 'a': unknown key 'intervall'; did you mean 'interval'?"
    ]


def test_an_unknown_key_like_no_other_gets_the_list_of_keys() -> None:
    """Where nothing is near, all known keys are named."""
    (problem,) = said(GOOD + "    qqqq: 1\n")
    assert problem.endswith(
        "unknown key 'qqqq'; known are id, name, url, lang, tier, kind, interval, enabled"
    )


def test_an_unknown_key_at_the_top_is_found_too() -> None:
    """The file itself has keys as well."""
    assert said("feds: []\nfeeds: []\n") == [
        "config/feeds.yaml:1: unknown key 'feds'; did you mean 'feeds'?"
    ]


def test_every_kind_of_mistake_is_said_in_plain_words() -> None:
    """Types, choices, addresses, ids and durations; a feed without an id is called by its place."""
    problems = said(
        "feeds:\n"
        "  - {id: 'A B', name: 7, url: 'ftp://x', tier: offical, enabled: maybe, interval: soon}\n"
        "  - {name: '', url: 'https://', lang: other, kind: fede}\n"
        "  - just text\n"
    )
    assert problems == [
        "config/feeds.yaml:2: feed 'A B': id: must be an id of small letters, digits, '-', '_' and "
        "'.', at most 64 characters",
        "config/feeds.yaml:2: feed 'A B': name: must be text (a number or a date needs quotes)",
        "config/feeds.yaml:2: feed 'A B': url: must start with https:// or http://",
        "config/feeds.yaml:2: feed 'A B': tier: must be one of official, wire, trade_press, "
        "general, not 'offical'; did you mean 'official'?",
        "config/feeds.yaml:2: feed 'A B': interval: must be a length of time such as 90s, 10m, 2h "
        "or 3d",
        "config/feeds.yaml:2: feed 'A B': enabled: must be true or false, not 'maybe'",
        "config/feeds.yaml:3: feed 2: id: is missing",
        "config/feeds.yaml:3: feed 2: name: must not be empty",
        "config/feeds.yaml:3: feed 2: url: is not a web address; write it as https://host/path",
        "config/feeds.yaml:3: feed 2: lang: must be one of en, es, fr",
        "config/feeds.yaml:3: feed 2: kind: must be one of feed, federal_register, csms, "
        "google_news, dof, canada_news, canada_gazette, white_house, not 'fede'; did you mean 'feed'?",
        "config/feeds.yaml:4: feed 3: must be a map of keys and values, not 'just text'",
    ]


def test_an_empty_file_and_a_list_at_the_top_are_said() -> None:
    """Both are usual slips."""
    assert said("# nothing\n") == [
        "config/feeds.yaml:1: the file is empty: remove it, and the default is used"
    ]
    assert said("- a\n") == ["config/feeds.yaml:1: must be a map of keys and values"]
    assert said("feeds: 3\n") == ["config/feeds.yaml:1: feeds: must be a list, not '3'"]


def test_duplicates_name_both_lines() -> None:
    """An id and an address used twice are two problems, each naming where it stood first."""
    found = duplicates(document(GOOD + GOOD.removeprefix("feeds:\n")), "feeds", ("id", "url"))
    assert [str(problem) for problem in found] == [
        "config/feeds.yaml:5: feed 'a': the id is already used in line 2",
        "config/feeds.yaml:7: feed 'a': the url is already used in line 4",
    ]


def test_duplicates_of_a_broken_file_are_none() -> None:
    """Where the rows are no rows, the model has already said so."""
    for text in ("feeds: 3\n", "- a\n", "feeds: [1, {id: 2}]\n"):
        assert duplicates(document(text), "feeds", ("id",)) == []


def test_a_long_value_is_shortened() -> None:
    """A sentence stays a sentence."""
    (problem,) = said(GOOD + f"    enabled: {'x' * 200}\n")
    assert problem.endswith(f"not '{'x' * 39}…'")


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    """A wild guess helps nobody."""
    assert nearest("autoss", ["autos", "dairy"]) == "autos"
    assert nearest("zzz", ["autos", "dairy"]) is None
    assert one_of("autoss", ["autos", "dairy"]) == "did you mean 'autos'?"
    assert one_of("zzz", ["autos", "dairy"]) == "known are autos, dairy"
    assert one_of("zzz", ["trade", "another topic"]) == "known are trade, 'another topic'"
    assert one_of("zzz", ["another topic"]) == "known is 'another topic' alone"
    assert one_of("zzz", []) == "none is defined"
