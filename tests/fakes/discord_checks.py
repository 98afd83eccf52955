"""Discord's checks of what is sent to it: the errors of code 50035, by place."""

import re
from urllib.parse import urlsplit

from tests.fakes.discord_components import row_errors


def message_errors(body: dict) -> dict:
    """Return Discord's complaints about a message body; empty where it is good."""
    found: dict = {}
    _longest(found, "content", body.get("content"), 2000)
    _longest(found, "nonce", body.get("nonce"), 25)
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        found["embeds"] = _error("BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    for index, embed in enumerate(embeds):
        complaints = _embed_errors(embed)
        if complaints:
            found.setdefault("embeds", {})[str(index)] = complaints
    if sum(map(embed_size, embeds)) > 6000:
        found["embeds"] = _error("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds 6000.")
    complaints = row_errors(body.get("components") or [])
    if complaints:
        found["components"] = complaints
    if not _mentions_good(body.get("allowed_mentions") or {}):
        found["allowed_mentions"] = _error("BASE_TYPE_CHOICES", "Value must be one of a set.")
    return found


def _mentions_good(allowed: dict) -> bool:
    """Known kinds; ids only of kinds that are not parsed, at most 100, each once."""
    parse = allowed.get("parse", [])
    if any(kind not in {"roles", "users", "everyone"} for kind in parse):
        return False
    for kind in ("roles", "users"):
        ids = allowed.get(kind, [])
        if len(ids) > 100 or len(set(ids)) != len(ids) or (ids and kind in parse):
            return False
        if not all(isinstance(one, str) and one.isdigit() for one in ids):
            return False
    return True


def is_empty(body: dict) -> bool:
    """Whether a message has nothing to show."""
    shown = any(
        any(embed.get(name) for name in ("title", "description", "fields", "footer", "author"))
        for embed in body.get("embeds") or []
    )
    return not (body.get("content") or "").strip() and not shown and not body.get("components")


def embed_size(embed: dict) -> int:
    """Characters of an embed that count towards 6,000, as Discord counts: code points, trimmed."""
    texts = [embed.get("title"), embed.get("description")]
    texts.append((embed.get("footer") or {}).get("text"))
    texts.append((embed.get("author") or {}).get("name"))
    for one in embed.get("fields") or []:
        texts += [one.get("name"), one.get("value")]
    return sum(len((text or "").strip()) for text in texts)


def _embed_errors(embed: dict) -> dict:
    found: dict = {}
    _longest(found, "title", embed.get("title"), 256)
    _longest(found, "description", embed.get("description"), 4096)
    _longest(found, "footer", (embed.get("footer") or {}).get("text"), 2048)
    _longest(found, "author", (embed.get("author") or {}).get("name"), 256)
    colour = embed.get("color", 0)
    if not isinstance(colour, int) or not 0 <= colour <= 0xFFFFFF:
        found["color"] = _error("NUMBER_TYPE_MAX", "int value should be at most 16777215.")
    if embed.get("url") is not None and not _is_url(embed["url"]):
        found["url"] = _error("URL_TYPE_INVALID_URL", "Not a well formed URL.")
    fields = embed.get("fields") or []
    if len(fields) > 25:
        found["fields"] = _error("BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, one in enumerate(fields):
        complaints: dict = {}
        for name, limit in (("name", 256), ("value", 1024)):
            if not (one.get(name) or "").strip():
                complaints[name] = _error("BASE_TYPE_REQUIRED", "This field is required")
            _longest(complaints, name, one.get(name), limit)
        if complaints:
            found.setdefault("fields", {})[str(index)] = complaints
    return found


def command_errors(commands: list) -> dict:
    """Return Discord's complaints about application commands."""
    found: dict = {}
    for index, command in enumerate(commands):
        complaints = _command_errors(command, depth=0)
        if _weight(command) > 8000:
            complaints["name"] = _error("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds 8000.")
        if complaints:
            found[str(index)] = complaints
    return found


def _command_errors(command: dict, *, depth: int) -> dict:
    found: dict = {}
    name = command.get("name", "")
    if not re.fullmatch(r"[-_\w]{1,32}", name) or name != name.lower():
        found["name"] = _error("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    for text in [
        command.get("description", ""),
        *(command.get("description_localizations") or {}).values(),
    ]:
        if not 1 <= len(text) <= 100:
            found["description"] = _error(
                "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
            )
    if command.get("choices") and command.get("autocomplete"):
        found["choices"] = _error("APPLICATION_COMMAND_OPTIONS", "Choices or autocomplete.")
    if len(command.get("choices") or []) > 25 or depth > 3:
        found["choices"] = _error("BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    options = command.get("options") or []
    required = [bool(one.get("required")) for one in options]
    if len(options) > 25 or required != sorted(required, reverse=True):
        found["options"] = _error("APPLICATION_COMMAND_OPTIONS", "Too many, or out of order.")
    for index, option in enumerate(options):
        complaints = _command_errors(option, depth=depth + 1)
        if complaints:
            found.setdefault("options", {})[str(index)] = complaints
    return found


def _weight(command: dict) -> int:
    said = [command.get("description", "")]
    said += (command.get("description_localizations") or {}).values()
    own = len(command.get("name", "")) + max(map(len, said))
    own += sum(len(one["name"]) + len(str(one["value"])) for one in command.get("choices") or [])
    return own + sum(map(_weight, command.get("options") or []))


def choice_errors(choices: list) -> dict:
    """Return Discord's complaints about autocomplete choices."""
    if len(choices) > 25:
        return {"choices": _error("BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")}
    found: dict = {}
    for index, choice in enumerate(choices):
        for name in ("name", "value"):
            if not 1 <= len(str(choice.get(name, ""))) <= 100:
                found[str(index)] = _error(
                    "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
                )
    return found


def _is_url(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= 2048


def _longest(found: dict, name: str, text: str | None, limit: int) -> None:
    if text is not None and len(text.strip()) > limit:
        found[name] = _error("BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def _error(code: str, message: str) -> dict:
    return {"_errors": [{"code": code, "message": message}]}
