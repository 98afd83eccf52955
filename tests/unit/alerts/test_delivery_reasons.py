"""Why a send failed, in the reader's language."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot
from bot.alerts.broken import of_broken
from bot.alerts.delivery_reasons import known_reason, reason
from bot.domain.destination import Address, Destination, PlatformName
from bot.domain.ids import DestinationId

ROOT = Path(bot.__file__).parent
MODULES = (
    "alerts/retry.py",
    "app/discord.py",
    "pipeline/deliver.py",
    "pipeline/settle.py",
    "pipeline/upkeep.py",
    "platforms/apprise/send.py",
    "platforms/console/send.py",
    "platforms/discord/channels.py",
    "platforms/discord/outcomes.py",
    "platforms/discord/posts.py",
    "platforms/discord/rest.py",
    "platforms/discord/send.py",
    "platforms/discord/settle.py",
    "platforms/slack/api.py",
    "platforms/slack/outcomes.py",
    "platforms/slack/send.py",
    "platforms/webhook/send.py",
    "services/outbox.py",
    "services/subscriptions.py",
    "services/workspaces.py",
    "storage/deliveries.py",
)
VAULT = "storage/vault.py"
"""Opens the secret of a place: what it raises there is why the place is not reached."""
RAISED = {
    *("TemporaryDeliveryError", "PermanentDeliveryError", "UnclearDeliveryError", "UnsettledError"),
    *("NoAnswerError", "NotReachedError", "UnansweredError", "UnreadableError", "__init__"),
    "ConfigError",
}
RETURNING = {"_why", "_lost", "lost", "_refusal", "_will", "_missing"}
NAMES = {"error", "reason", "said", "why_not", "lost"}
OTHERS = ("DiscordBot", "Slack answered", "This place has", " (7", "Slack is busy", "Slack refused")
"""What is no reason: an agent's name, a refused subscription; and beginnings that never stand alone."""


def sentences() -> Iterator[str]:
    """Every sentence about a send that these modules write, values filled with 7."""
    for module in MODULES:
        yield from _within(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    for node in ast.walk(ast.parse((ROOT / VAULT).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name == "open":
            yield from _within(node)


def _within(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for value in _told(node):
            yield from _texts(value)


def _told(node: ast.AST) -> Iterator[ast.expr]:
    """What is raised, handed on or assigned as a reason, and returned where words are returned."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in RAISED:
            yield from node.args[:1]
        elif name in {"give_up", "_outcome"}:
            yield from node.args[1:]
        yield from (word.value for word in node.keywords if word.arg in NAMES)
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        names = {getattr(target, "id", "") for target in targets}
        if names & NAMES or any(name.isupper() for name in names):
            yield node.value
    elif isinstance(node, ast.FunctionDef) and node.name in RETURNING:
        yield from (r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value)


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Dict):
        for each in value.values:
            yield from _texts(each)
        return
    if isinstance(value, ast.BinOp | ast.BoolOp | ast.IfExp):
        for each in ast.iter_child_nodes(value):
            if isinstance(each, ast.expr):
                yield from _texts(each)
        return
    text = _text(value)
    if " " in text.strip("7 .") and "://" not in text.split(" ")[0] and not text.startswith(OTHERS):
        yield text.replace("{code}", "7")


def _text(value: ast.expr) -> str:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(
            "7" if isinstance(part, ast.FormattedValue) else _text(part) for part in value.values
        )
    return ""


def test_every_sentence_about_a_send_is_known_in_every_language():
    """A new one in what delivers, or in a platform, fails here until it is translated."""
    found = set(sentences())
    assert len(found) > 70
    for locale in ("es", "fr"):
        assert {text for text in found if known_reason(text, locale) is None} == set()


@pytest.mark.parametrize(
    ("text", "spanish", "french"),
    [
        ("it waited for more than 7 days", "esperó más de 7 días", "il a attendu plus de 7 jours"),
        (
            "gave up after 12 attempts: Slack could not be reached (status 503).",
            "se abandonó tras 12 intentos: No se pudo llegar a Slack (estado 503).",
            "abandonné après 12 essais : Slack n’a pas pu être joint (statut 503).",
        ),
        (
            "The channel is gone: subscribe again in another one. (Discord answered 404 (10003: Unknown Channel))",
            "El canal ya no existe: suscríbase en otro. (Discord respondió 404 (10003: Unknown Channel))",
            "Le canal n’existe plus : abonnez-vous dans un autre. (Discord a répondu 404 (10003: Unknown Channel))",
        ),
        (
            "The webhook desk could not be reached: no answer came in time.",
            "No se pudo llegar al webhook desk: no llegó respuesta a tiempo.",
            "Le webhook desk n’a pas pu être joint : aucune réponse n’est venue à temps.",
        ),
        (
            "Slack is busy (accesslimited).",
            "Slack está ocupado (accesslimited).",
            "Slack est occupé (accesslimited).",
        ),
        (
            "discord.com cannot be reached (TimeoutError)",
            "no se puede llegar a discord.com (TimeoutError)",
            "discord.com est injoignable (TimeoutError)",
        ),
    ],
)
def test_values_are_kept_and_sentences_inside_told(text, spanish, french):
    """Numbers, names and what a platform said as they were stored; a sentence within in the language."""
    assert reason(text, "en") == text
    assert reason(text, "es-MX") == spanish
    assert reason(text, "fr") == french


def test_what_nobody_translated_is_shown_as_it_is():
    """Reasons of older versions, and of whatever comes."""
    assert reason("Something old.", "es") == "Something old."
    assert reason("", "fr") == ""


def test_whoever_subscribed_a_lost_place_is_told_why_in_their_language():
    """The sentence inside the notice too, not only the words around it."""
    place = Destination(
        id=DestinationId(3), address=Address(platform=PlatformName.SLACK, channel="C1")
    )
    day = f"{datetime(2026, 11, 23, tzinfo=UTC):%Y-%m-%d}"
    said = "The app is not in the channel: invite it with /invite."
    notice = of_broken(place, said, day=day, locale="es", zone="UTC")
    assert notice.summary.startswith(
        "La app no está en el canal: invítela con /invite. Lo pendiente"
    )
