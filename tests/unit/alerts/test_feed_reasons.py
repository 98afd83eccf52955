"""Why a feed fails, in the reader's language."""

import ast
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

import bot
from bot.alerts.feed_reasons import known_reason, reason
from bot.net import guard

ROOT = Path(bot.__file__).parent
ROOMS = ("feeds", "net", "polling", "pipeline")
RAISED = {"FetchError", "ParseError", "BlockedAddressError", "WebPageError"}
_BEGINS = "7ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""A value or a capital: names of kinds and headers are no sentences."""


def sentences() -> Iterator[str]:
    """Every sentence that the rooms which poll and parse write for people, values filled with 7."""
    for room in ROOMS:
        for path in sorted((ROOT / room).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants = {
                target.id: node.value
                for node in tree.body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(tree):
                for value in _told(node):
                    yield from _written(value, constants)


def _told(node: ast.AST) -> Iterator[ast.expr]:
    """What is raised, stored as an outcome's error, or returned where a name says that it is words."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in RAISED:
            yield from node.args[:1]
        elif name == "append" and getattr(getattr(node.func, "value", None), "id", "") in {
            "notes",
            "warnings",
        }:
            yield from node.args
        yield from (word.value for word in node.keywords if word.arg in {"error", "last_error"})
    elif isinstance(node, ast.FunctionDef) and node.name in {
        "in_words",
        "_refused",
        "empty_warning",
    }:
        for each in (one for line in node.body[1:] for one in ast.walk(line)):
            if isinstance(each, ast.Constant | ast.JoinedStr):
                yield each
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        names = {
            getattr(t, "id", "") for t in getattr(node, "targets", [getattr(node, "target", None)])
        }
        if names & {"_WORDS", "_EMPTY_IS_WRONG"} and isinstance(node.value, ast.Dict):
            yield from node.value.values
        if names & {"notes"} and isinstance(node.value, ast.Tuple):
            yield from node.value.elts


def _written(value: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(value, ast.BoolOp):
        for each in value.values:
            yield from _written(each, constants)
        return
    text = _text(value, constants)
    if text is not None and text.endswith(".") and text[0] in _BEGINS and " " in text:
        yield text


def _text(value: ast.expr, constants: dict[str, ast.expr]) -> str | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.Name) and value.id in constants:
        return _text(constants[value.id], constants)
    if isinstance(value, ast.JoinedStr):
        return "".join(
            _text(part.value if isinstance(part, ast.FormattedValue) else part, constants) or "7"
            for part in value.values
        )
    return None


def test_every_sentence_about_a_feed_is_known_in_every_language():
    """A new one in the rooms that poll and parse fails here until it is translated."""
    found = set(sentences())
    assert len(found) > 55
    for locale in ("es", "fr"):
        assert {text for text in found if known_reason(text, locale) is None} == set()


@pytest.mark.parametrize(
    ("text", "spanish", "french"),
    [
        ("The server answers with status 418.", "con el estado 418.", "le statut 418."),
        (
            "https://a.example/f leads to an address that is refused: this machine.",
            "https://a.example/f lleva a una dirección vetada: esta máquina.",
            "https://a.example/f mène à une adresse refusée : cette machine.",
        ),
        ("Of 2,000 entries the first 1,000 were read.", "De 2,000 entradas", "Sur 2,000 entrées"),
        ("The answer is larger than 5 MB.", "pasa de 5 MB.", "dépasse 5 Mo."),
        (
            "The answer is no feed: it is a web page. Its feed may be at https://a.example/f.xml",
            "puede estar en https://a.example/f.xml",
            "peut-être à https://a.example/f.xml",
        ),
        ("The answer is no feed: it is a web page.", "una página web.", "une page web."),
        ("The answer cannot be read (KeyError{}).", "(KeyError{}).", "(KeyError{})."),
    ],
)
def test_values_are_kept(text, spanish, french):
    """Numbers and addresses as they were stored; a word of ours beside them in the language."""
    assert reason(text, "en") == text
    assert spanish in reason(text, "es-MX")
    assert french in reason(text, "fr")


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_every_reason_to_refuse_an_address_has_words(locale):
    """Each network that is refused, in the middle of its sentence."""
    addresses = (
        "0.0.0.1 10.0.0.1 100.64.0.1 127.0.0.1 168.63.129.16 169.254.0.1 192.0.0.1 192.0.2.1 192.88.99.1 "
        "198.18.0.1 224.0.0.1 240.0.0.1 ::1 2001:db8::1 2001::1 2002::1 3fff::1 2001:db9::5efe:a00:1"
    )
    for address in addresses.split():
        what = guard.refusal(ip_address(address))
        assert what is not None
        told = reason(f"https://a.example is refused: {what}.", locale)
        assert f": {what}." not in told


def test_what_nobody_translated_is_shown_as_it_is():
    """Reasons of older versions, and of whatever comes."""
    assert reason("Something old.", "es") == "Something old."
    assert reason("", "fr") == ""
    assert known_reason("Something old.", "fr") is None
    assert reason("The server cannot be reached.", "de") == "The server cannot be reached."
