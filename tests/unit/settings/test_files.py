import pytest

from bot.settings import files


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
        ("a: !!python/object:os.system x\n", "x.yaml:1: the tag tag:yaml.org,2002:python"),
        ("a: !mine x\n", "x.yaml:1: the tag !mine has no meaning here; remove it"),
        ("a: !mine [x]\n", "x.yaml:1: the tag !mine has no meaning here; remove it"),
        ("? [a, b]\n: 2\n", "x.yaml:1: a key must be a word, not a list or a map"),
        ("a: b: c\n", "x.yaml:1: is not valid YAML: mapping values are not allowed here"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2: is not valid YAML"),
        ("a: *nobody\n", "x.yaml:1: is not valid YAML: found undefined alias"),
        ("a: \x01\n", "x.yaml:1: is not valid YAML"),
        ("[" * 5_000, "x.yaml:1: is nested too deeply"),
        (b"a: 1\nb: \xff\n", "x.yaml:2: is not UTF-8 text; save it as UTF-8"),
        ("a: &a [*a]\n", "x.yaml:1: the file holds too many values or is nested too deeply"),
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
    assert problem.endswith("the file holds too many values or is nested too deeply")


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
