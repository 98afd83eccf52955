from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import files
from bot.settings.yaml_mistakes import MistakeError
from bot.settings.yaml_nodes import MAX_DEPTH, composed

CONFIG = Path(__file__).resolve().parents[3] / "config"
PIECES = [
    *("a", "key", "true", "yes", "No", "null", "~", "12", "012", "0o17", "0x1f", "1_000", "1:30", "1e3"),
    *("2026-07-01", "2026-07-01 10:00", ".5", "-.inf", ".nan", "5.", "=", "<<", "#x", "é", "%", "@b"),
    *("'it''s'", '"q\\n"', "http://e.example/a?b=c#d", "a:b", "a, b", "[a, b]", "{a: 1}", "[a:1]", "{a}"),
    *("|", ">-", "&x", "*x", "!t", "!!str", "---", "...", "? ", ": ", "- ", "-", "[", "]", "{", "}", ",", "'"),
    *('"', '"\\ud800"', '"\\Uffffffff"', "%YAML 1.2", "%TAG ! a", "!a!b", "!<x", "\x00", "\ufeff", "\u2028"),
]  # fmt: skip
line = st.builds(
    lambda indent, parts, tail: " " * indent + "".join(parts) + tail,
    st.integers(0, 4),
    st.lists(st.sampled_from([*PIECES, "a: ", "b: ", "- ", " "]), max_size=4),
    st.sampled_from(["", "", " ", "  # said", "\t", "\r"]),
)
like_yaml = st.lists(line, max_size=6).map("\n".join)


@settings(max_examples=300)
@given(st.one_of(like_yaml.map(str.encode), st.text().map(str.encode), st.binary()))
def test_any_bytes_are_a_document_or_are_refused_with_a_line_of_theirs(body: bytes) -> None:
    """Nobody's file stops the bot with a traceback, and every line that is told is in the file."""
    report: list[files.Problem] = []
    found = files.parse(body, "x.yaml", report)
    assert (found is None) == bool(report)
    lines = max(1, len(body.decode("utf-8", "replace").splitlines()))
    told = [problem.line for problem in report] if found is None else found.lines.values()
    assert all(each is not None and 1 <= each <= lines for each in told)


@settings(max_examples=150)
@given(like_yaml)
def test_without_libyaml_any_text_is_composed_or_refused_with_a_line_of_its_own(text: str) -> None:
    """The parser in Python has habits of its own; none of them comes through as a traceback."""
    lines = max(1, len(text.splitlines()))
    try:
        node = composed(text, most=1000, loader=yaml.SafeLoader)
        told = 1 if node is None else node.line
    except MistakeError as mistake:
        told = mistake.line
    assert 1 <= told <= lines


@pytest.mark.parametrize("loader", [yaml.SafeLoader, None])
@pytest.mark.parametrize("name", ["bot.yaml", "feeds.yaml", "timeline.yaml", "topics.yaml"])
def test_the_files_of_the_bot_are_read_with_and_without_libyaml(name, loader) -> None:
    """What everybody starts with is the same on a machine for which PyYAML is built without it."""
    text = (CONFIG / name).read_text(encoding="utf-8")
    node = composed(text, most=100_000, loader=loader)
    assert node == composed(text, most=100_000)
    assert node is not None


def problems(text: str | bytes) -> list[str]:
    report: list[files.Problem] = []
    body = text if isinstance(text, bytes) else text.encode()
    assert files.parse(body, "x.yaml", report) is None
    return [str(problem) for problem in report]


def document(text: str) -> files.Document:
    report: list[files.Problem] = []
    found = files.parse(text.encode(), "x.yaml", report)
    assert found is not None, report
    return found


def test_values_are_plain_and_dates_stay_text() -> None:
    """Numbers, truth and nothing are read as such; a date waits for the model that wants one."""
    found = document("a: 1\nb: [2.5, true, null, 2026-01-02, '7', yes]\nc: {d: text}\ne: 0x1f\n")
    assert found.value == {
        "a": 1,
        "b": [2.5, True, None, "2026-01-02", "7", "yes"],
        "c": {"d": "text"},
        "e": "0x1f",
    }


def test_every_value_knows_its_line() -> None:
    """A value, or the nearest thing around it, is found in the line a person would look at."""
    found = document("# comment\na: 1\nrows:\n  - id: x\n    url: y\n  - id: z\n")
    assert found.line(("a",)) == 2
    assert found.line(("rows", 0, "url")) == 5
    assert found.line(("rows", 1)) == 6
    assert found.line(("rows", 1, "missing", "deeper")) == 6
    assert found.line(("nowhere",)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "x.yaml:2: 'a' stands here twice; the first is in line 1"),
        ("a: !!python/object:os.system x\n", "x.yaml:1: the tag !!python/object:os.system has no"),
        ("a: !mine x\n", "x.yaml:1: the tag !mine has no meaning here; remove it"),
        ("a: !mine [x]\n", "x.yaml:1: the tag !mine has no meaning here; remove it"),
        ("? [a, b]\n: 2\n", "x.yaml:1: a key must be a word, not a list or a map"),
        ("a: !!bool maybe\n", "x.yaml:1: this is no !!bool; remove the tag"),
        ("!mine a: 1\n", "x.yaml:1: the tag !mine has no meaning here; remove it"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "x.yaml:3: '<<' does not merge maps here; write their"),
        ("a: *nobody\n", "x.yaml:1: is not valid YAML: no &nobody stands above"),
        ("[" * 5_000, "x.yaml:1: is nested too deeply"),
        (b"a: 1\nb: \xff\n", "x.yaml:2: is not UTF-8 text; save it as UTF-8"),
        ("a: &a [*a]\n", "x.yaml:1: *a stands within its own &a"),
    ],
)
def test_what_has_no_place_in_a_file_is_said_with_its_line(text: str | bytes, said: str) -> None:
    """Duplicate keys, tags, odd keys, broken YAML and endless aliases are refused, with a line."""
    (problem,) = problems(text)
    assert problem.startswith(said)


def test_aliases_cannot_blow_up() -> None:
    """Nine lines that stand for a billion values end with one sentence."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (problem,) = problems("\n".join(lines))
    assert problem.endswith("the file holds too many values")


def test_every_problem_of_a_file_is_told() -> None:
    """One reading shows all mistakes, not the first."""
    assert len(problems("a: !x 1\nb: 2\nb: 3\n? [q]\n: 1\n")) == 3


def test_an_anchor_may_be_used_twice_and_again() -> None:
    """An honest alias, and a byte order mark, do no harm."""
    found = document("\ufeffa: &x {n: 1}\nb: *x\nc: &x {n: 2}\nd: *x\n")
    assert found.value == {"a": {"n": 1}, "b": {"n": 1}, "c": {"n": 2}, "d": {"n": 2}}


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    """A missing file, a folder in its place, and one that is far too large are said plainly."""
    report: list[files.Problem] = []
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a: 1\n" * 250_000)
    for path in (tmp_path / "none.yaml", tmp_path, large):
        assert files.read(path, report) is None
    missing, folder, too_large = map(str, report)
    assert missing == f"{tmp_path / 'none.yaml'}: the file is missing"
    assert "cannot be read" in folder
    assert too_large.endswith("is larger than 1000 kB")


def test_a_file_is_read_from_the_disk(tmp_path) -> None:
    """The good case: bytes on the disk become a document that knows its name."""
    path = tmp_path / "good.yaml"
    path.write_text("a: ñ\n", encoding="utf-8")
    found = files.read(path, [])
    assert found is not None
    assert (found.file, found.value) == (str(path), {"a": "ñ"})


def test_an_enormous_number_stays_a_value() -> None:
    """A number with thousands of digits neither hangs nor raises."""
    found = document(f"a: {'9' * 5_000}\n")
    assert found.value == {"a": float("inf")}


def test_what_has_a_tag_of_yaml_is_what_the_tag_says() -> None:
    """Text, numbers and truths may be named as such; `!` makes text."""
    found = document("a: !!str 12\nb: !!int '12'\nc: ! 12\nd: !!map {}\ne: !!float 1.5\n")
    assert found.value == {"a": "12", "b": 12, "c": "12", "d": {}, "e": 1.5}


def test_words_are_what_yaml_1_2_says() -> None:
    """No `yes`, no base 60 and no octal numbers, whatever version a file names."""
    found = document("%YAML 1.1\n---\n[yes, 1:30, 012, 0o17, 1e3, 1_000, .inf, '<<', <<, ~]\n")
    assert found.value == [
        *("yes", "1:30", 12, "0o17", 1000.0, 1000, ".inf", "<<", "<<", None),
    ]


def test_aliases_stand_where_they_are_written() -> None:
    """A key, a list and a map are repeated; a problem names the line of the alias."""
    found = document("- &k key\n- &v [1, 2]\n- {*k : *v}\n- *v\n")
    assert found.value == ["key", [1, 2], {"key": [1, 2]}, [1, 2]]
    assert (found.line((3,)), found.line((3, 0))) == (4, 2)


def test_depth_counts_what_aliases_bring() -> None:
    """As deep as a file may nest is read; one more, written out or repeated, is refused."""
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert document(deepest).value != []
    (problem,) = problems(f"[{deepest}]")
    assert "is nested too deeply" in problem
    half = "[" * (MAX_DEPTH // 2)
    close = half.replace("[", "]")
    (problem,) = problems(f"- &a {half}{close}\n- {half}*a{close}\n")
    assert problem.startswith("x.yaml:1: is nested too deeply")


def test_limits_may_be_wider() -> None:
    """An export of a large bot holds more than a file written by hand."""
    body = b"- a\n" * 150_000
    assert files.parse(body, "x.yaml", []) is None
    found = files.parse(body, "x.yaml", [], files.Limits(values=200_000))
    assert found is not None
    assert len(found.lines) == 150_001
