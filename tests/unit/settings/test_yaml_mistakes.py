import pytest

from bot.settings import files

TAB = "a tab stands where only spaces may"
QUOTE = "the quote that opens here is not closed"
OPEN = "the bracket that opens here is not closed"
BLOCK = "this does not go on with what began in line"
REST = "nothing can follow here"
DIRECTIVE = "this line says something about YAML that is not understood here; remove it"
ESCAPE = "no escape begins so"


def told(text):
    """The one problem of a text, with its line."""
    report = []
    assert files.parse(text.encode(), "f", report) is None
    (problem,) = report
    return str(problem)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n\tb: 1\n", 2, TAB),
        ("a: 1\n\tb: 2\n", 2, TAB),
        ("a: |\n\tx\n", 2, TAB),
        ("a: 1\nb: 'x\nc: 2\n", 2, QUOTE),
        ('a: 1\nb: "x\n---\nc: 2\n', 2, QUOTE),
        ("a: [1, 2\n", 1, OPEN),
        ("a:\n  - {b: 1,\n\n", 2, OPEN),
        ("[", 1, OPEN),
        ("a: [1, 2\nb: 3\n", 2, "a comma is missing, or the bracket of line 1 is not closed"),
        ("a: [1,,2]\n", 1, "a value is missing before this"),
        ("a: b\n c: d\n", 2, "a colon stands where no key can be"),
        ("a: duties: steel\n", 1, "a colon stands where no key can be"),
        ("- a\n-b\n- c\n", 2, "a colon after the key, or a space after the dash, is missing"),
        ("a:\n   b: 1\n  c: 2\n", 3, f"{BLOCK} 1"),
        ("- a\nb: 1\n", 2, f"{BLOCK} 1"),
        ("a: 'x' y\n", 1, REST),
        ("{a: 1}}", 1, REST),
        ("query: @steel\n", 1, "text that begins with @ needs quotes"),
        ("query: *\n", 1, "text that begins with *, & or ! needs quotes"),
        ("query: *steel\n", 1, "text that begins with * needs quotes"),
        ("query: !a!b\n", 1, "text that begins with *, & or ! needs quotes"),
        ("a: > 5\n", 1, "text begins below its | or >, or needs quotes"),
        ('a: "c:\\docs"\n', 1, ESCAPE),
        ('a: "\\ud800"\n', 1, ESCAPE),
        ('a: "\\Uffffffff"\n', 1, ESCAPE),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here; a file holds one"),
        ("%YAML 2.0\n---\na: 1\n", 1, DIRECTIVE),
        ("%TAG ! tag:example.org,2026:\n---\na: !b 1\n", 1, DIRECTIVE),
        ("a: 1\r\nb: \x07\r\n", 2, "U+0007 stands here"),
        ("a: 1\nb: x\u2028y\n", 2, "U+2028 stands here"),
        ("a: 1\nb: x\ufeff\n", 2, "remove it, or write \\ufeff in double quotes"),
        ("a: \x00", 1, "U+0000 stands here"),
    ],
)
def test_what_people_write_wrongly_is_told_in_their_words(text, line, said):
    """The line to look at, and what to do there."""
    problem = told(text)
    assert problem.startswith(f"f:{line}: is not valid YAML: ")
    assert said in problem


def test_what_is_rare_is_told_in_the_words_of_the_parser():
    """A mistake that nobody foresaw has a line and a reason all the same."""
    assert told("%YAML x\n---\na: 1\n").startswith("f:1: is not valid YAML: ")


@pytest.mark.parametrize("text", ["%TAG !a b\n" * 90_000, "[" * 999_999, "a: &a [*a]\n" * 50_000])
def test_a_text_made_to_keep_the_parser_busy_is_refused(text):
    """Its first mistake ends the reading."""
    assert told(text).startswith("f:1: ")
