"""Slack's documented limits on blocks, written down apart from the bot's own, for the fake.

`complaint` answers what chat.postMessage would: None, ``invalid_blocks`` or
``msg_blocks_too_long``. Block types the bot does not use are refused, so that a test sees them.
"""

import json
from typing import Any

TOTAL = 13_200

_RICH_LEAVES = {"text", "link", "user", "usergroup", "broadcast", "channel"}
_RICH_PARTS = {"rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"}


class _InvalidError(Exception):
    pass


def complaint(blocks: Any) -> str | None:
    """Return the error Slack gives for these blocks, None where it takes them."""
    try:
        _check(isinstance(blocks, list) and len(blocks) <= 50, "at most 50 blocks")
        for block in blocks:
            _block(block)
        ids = [block["block_id"] for block in blocks if "block_id" in block]
        _check(len(ids) == len(set(ids)), "block ids are unique")
    except _InvalidError:
        return "invalid_blocks"
    size = sum(len(json.dumps(block, ensure_ascii=False)) + 125 for block in blocks)
    return "msg_blocks_too_long" if size > TOTAL else None


def view_complaint(view: Any, kind: str = "home") -> str | None:
    """Return the error Slack gives for a view of this kind, None where it takes it."""
    if not isinstance(view, dict) or view.get("type") != kind:
        return "invalid_arguments"
    blocks = view.get("blocks")
    try:
        _check(isinstance(blocks, list) and len(blocks) <= 100, "at most 100 blocks")
        for block in blocks:
            _block(block)
        ids = [block["block_id"] for block in blocks if "block_id" in block]
        _check(len(ids) == len(set(ids)), "block ids are unique")
        _check(len(view.get("callback_id", "")) <= 255, "a callback id of at most 255")
        _check(len(view.get("private_metadata", "")) <= 3000, "metadata of at most 3,000")
        if kind == "modal":
            _text(view.get("title"), 24, ("plain_text",))
            for name in ("submit", "close"):
                _text(view.get(name), 24, ("plain_text",))
    except _InvalidError:
        return "invalid_arguments"
    return "view_too_large" if len(json.dumps(view)) > 250_000 else None


def _check(good: object, rule: str) -> None:
    if not good:
        raise _InvalidError(rule)


def _block(block: Any) -> None:
    _check(isinstance(block, dict), "a block is an object")
    kinds = {
        "header": _header,
        "section": _section,
        "context": _context,
        "actions": _actions,
        "divider": lambda _: None,
        "rich_text": _rich_text,
        "input": _input,
    }
    _check(block.get("type") in kinds, "a known type")
    _check(len(block.get("block_id", "")) <= 255, "a block id of at most 255")
    kinds[block["type"]](block)


def _text(value: Any, limit: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
    _check(isinstance(value, dict) and value.get("type") in kinds, "a text object")
    text = value.get("text")
    _check(isinstance(text, str) and 1 <= len(text) <= limit, "text within its limit")


def _header(block: Any) -> None:
    _text(block.get("text"), 150, ("plain_text",))


def _section(block: Any) -> None:
    _check("text" in block or block.get("fields"), "text or fields")
    if "text" in block:
        _text(block["text"], 3000)
    fields = block.get("fields", [])
    _check(len(fields) <= 10, "at most ten fields")
    for field in fields:
        _text(field, 2000)
    if "accessory" in block:
        _element(block["accessory"])


def _element(element: Any) -> None:
    _check(isinstance(element, dict), "an element is an object")
    if element.get("type") == "overflow":
        options = element.get("options")
        _check(isinstance(options, list) and 1 <= len(options) <= 5, "one to five options")
        for option in options:
            _option(option)
        _check(len(element.get("action_id", "")) <= 255, "an action id of at most 255")
    else:
        _button(element)


def _option(option: Any) -> None:
    _check(isinstance(option, dict), "an option is an object")
    _text(option.get("text"), 75, ("plain_text",))
    _check(1 <= len(option.get("value", "")) <= 150, "a value of at most 150")


def _input(block: Any) -> None:
    _text(block.get("label"), 2000, ("plain_text",))
    if "hint" in block:
        _text(block["hint"], 2000, ("plain_text",))
    element = block.get("element")
    _check(isinstance(element, dict), "an element")
    kind = element.get("type")
    _check(kind in {"plain_text_input", "static_select", "multi_static_select"}, "a known input")
    if kind == "plain_text_input":
        _check(1 <= element.get("max_length", 3000) <= 3000, "at most 3,000")
        _check(len(element.get("initial_value", "")) <= element.get("max_length", 3000), "fits")
        return
    options = _select_options(element)
    chosen = element.get("initial_options", [])
    _check(isinstance(chosen, list) and ("initial_options" not in element or chosen), "not empty")
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    _check(all(one in options for one in chosen), "chosen beforehand among the options")


def _select_options(element: Any) -> list[Any]:
    _check(("options" in element) != ("option_groups" in element), "options or groups of them")
    groups = element.get("option_groups") or [{"options": element.get("options")}]
    _check(len(groups) <= 100, "at most 100 groups")
    found: list[Any] = []
    for group in groups:
        if "option_groups" in element:
            _text(group.get("label"), 75, ("plain_text",))
        options = group.get("options")
        _check(isinstance(options, list) and 1 <= len(options) <= 100, "one to 100 options")
        for option in options:
            _option(option)
        found += options
    return found


def _context(block: Any) -> None:
    elements = block.get("elements")
    _check(isinstance(elements, list) and 1 <= len(elements) <= 10, "one to ten elements")
    for element in elements:
        _text(element, 3000)


def _actions(block: Any) -> None:
    elements = block.get("elements")
    _check(isinstance(elements, list) and 1 <= len(elements) <= 25, "1 to 25 elements")
    for element in elements:
        _element(element)
    ids = [element.get("action_id") for element in elements]
    _check(len(ids) == len(set(ids)), "action ids are unique in a block")


def _button(element: Any) -> None:
    _check(isinstance(element, dict) and element.get("type") == "button", "a button")
    _text(element.get("text"), 75, ("plain_text",))
    _check(len(element.get("action_id", "")) <= 255, "an action id of at most 255")
    _check(len(element.get("value", "")) <= 2000, "a value of at most 2,000")
    _check(len(element.get("url", "")) <= 3000, "an address of at most 3,000")


def _rich_text(block: Any) -> None:
    parts = block.get("elements")
    _check(isinstance(parts, list) and parts, "at least one part")
    for part in parts:
        _rich_part(part)


def _rich_part(part: Any) -> None:
    _check(isinstance(part, dict) and part.get("type") in _RICH_PARTS, "a known part")
    elements = part.get("elements")
    _check(isinstance(elements, list), "elements")
    if part["type"] == "rich_text_list":
        _check(part.get("style") in {"bullet", "ordered"}, "a list's style")
        for element in elements:
            _check(element.get("type") == "rich_text_section", "sections in a list")
            _rich_part(element)
        return
    for element in elements:
        _leaf(element)


def _leaf(element: Any) -> None:
    _check(isinstance(element, dict) and element.get("type") in _RICH_LEAVES, "a known leaf")
    _check(isinstance(element.get("style", {}), dict), "a style object")
    text = element.get("text")
    if element["type"] == "text" or text is not None:
        _check(isinstance(text, str) and text, "text that is not empty")
    if element["type"] == "link":
        url = element.get("url", "")
        _check(url.startswith(("http://", "https://")) and len(url) <= 3000, "an address")
        _check(not any(char.isspace() or char in '<>|"' for char in url), "an encoded address")


def shown(blocks: Any) -> str:
    """Return all text a person sees in the blocks, one line for each element."""
    lines: list[str] = []
    _collect(blocks, lines)
    return "\n".join(lines)


def _collect(node: Any, lines: list[str]) -> None:
    if isinstance(node, list | tuple):
        for child in node:
            _collect(child, lines)
    elif isinstance(node, dict):
        text = node.get("text")
        if isinstance(text, str):
            lines.append(text)
        for key, child in node.items():
            if key in {"elements", "text", "fields"} and not isinstance(child, str):
                _collect(child, lines)


def links(blocks: Any) -> list[tuple[str, str]]:
    """Return (text, address) of every working link in the blocks."""
    found: list[tuple[str, str]] = []
    _walk_links(blocks, found)
    return found


def _walk_links(node: Any, found: list[tuple[str, str]]) -> None:
    if isinstance(node, list | tuple):
        for child in node:
            _walk_links(child, found)
    elif isinstance(node, dict):
        if node.get("type") == "link":
            found.append((node.get("text", ""), node["url"]))
        for child in node.values():
            _walk_links(child, found)


def buttons(blocks: Any) -> list[dict[str, Any]]:
    """Return every button in the blocks."""
    return [one for one in elements(blocks) if one["type"] == "button"]


def elements(blocks: Any) -> list[dict[str, Any]]:
    """Return every button and menu, each with the id of its block."""
    found: list[dict[str, Any]] = []
    for number, block in enumerate(blocks):
        inside = block["elements"] if block.get("type") == "actions" else [block.get("accessory")]
        block_id = block.get("block_id", f"given{number}")
        found += [{**one, "block_id": block_id} for one in inside if one]
    return found


def options(blocks: Any) -> list[dict[str, Any]]:
    """Return every option of every menu in the blocks."""
    menus = [one for one in elements(blocks) if one["type"] == "overflow"]
    return [option for one in menus for option in one["options"]]
