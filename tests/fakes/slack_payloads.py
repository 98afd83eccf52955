"""What Slack sends when people press and fill in, made from the blocks they saw."""

import time
from typing import Any

from tests.fakes.slack_blocks import elements

Json = dict[str, Any]


def pressed(blocks: Any, label: str) -> Json:
    """Return the action of a button, or of an option in a menu, with this label."""
    for element in elements(blocks):
        about = {name: element[name] for name in ("type", "action_id", "block_id")}
        if element["type"] == "button" and element["text"]["text"] == label:
            return {**about, "text": element["text"], "value": element["value"]}
        for option in element.get("options", ()):
            if option["text"]["text"] == label:
                return {**about, "selected_option": option}
    raise LookupError(label)


def submission(view: Json, values: dict[str, Any], *, user: str, team: str) -> Json:
    """Return a view_submission; `values` holds text, a label, or several labels by field label."""
    state: Json = {}
    for block in view["blocks"]:
        element = block["element"]
        given = values.get(block["label"]["text"])
        state[block["block_id"]] = {element["action_id"]: _answer(element, given)}
    return {
        "type": "view_submission",
        "team": {"id": team, "domain": "sample"},
        "user": {"id": user, "username": "sample.person", "team_id": team},
        "api_app_id": "A1",
        "view": {**view, "team_id": team, "state": {"values": state}},
        "response_urls": [],
    }


def departure(kind: str, *, team: str, event_id: str) -> Json:
    """Return an app_uninstalled or tokens_revoked event."""
    event: Json = {"type": kind}
    if kind == "tokens_revoked":
        event["tokens"] = {"oauth": ["U1"], "bot": ["UBOT"]}
    return {
        "type": "event_callback",
        "team_id": team,
        "api_app_id": "A1",
        "event_id": event_id,
        "event_time": int(time.time()),
        "event": event,
    }


def _answer(element: Json, given: Any) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        written = given if given is not None else element.get("initial_value")
        return {"type": kind, "value": written}
    groups = element.get("option_groups") or [{"options": element["options"]}]
    known = {one["text"]["text"]: one for group in groups for one in group["options"]}
    if kind == "multi_static_select":
        chosen = element.get("initial_options", []) if given is None else [known[x] for x in given]
        return {"type": kind, "selected_options": chosen}
    chosen = element.get("initial_option") if given is None else known[given]
    return {"type": kind, "selected_option": chosen}
