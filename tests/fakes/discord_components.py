"""Discord's checks of components: rows of a message, and windows. Written from its documentation."""

_BUTTON_KEYS = {"type", "id", "style", "label", "emoji", "custom_id", "url", "disabled"}
_SELECT_KEYS = {
    *("type", "id", "custom_id", "options", "placeholder"),
    *("min_values", "max_values", "required", "disabled"),
}
_INPUT_KEYS = {
    *("type", "id", "custom_id", "style", "min_length", "max_length"),
    *("required", "value", "placeholder"),
}


def row_errors(rows: list) -> dict:
    """Return the complaints about a message's components."""
    found: dict = {}
    if len(rows) > 5:
        found["_errors"] = ["BASE_TYPE_BAD_LENGTH: Must be between 1 and 5 in length."]
    seen: set[str] = set()
    for index, row in enumerate(rows):
        held = row.get("components") or []
        complaints = _row(row, held)
        for place, part in enumerate(held):
            wrong = _button(part) if part.get("type") == 2 else _select(part, window=False)
            wrong += _unique(part, seen)
            if wrong:
                complaints[str(place)] = wrong
        if complaints:
            found[str(index)] = complaints
    return found


def window_errors(data: dict) -> dict:
    """Return the complaints about a window (a modal)."""
    found: dict = {}
    if not 1 <= len(data.get("custom_id") or "") <= 100:
        found["custom_id"] = "1 to 100 characters"
    if not 1 <= len(data.get("title") or "") <= 45:
        found["title"] = "1 to 45 characters"
    labels = data.get("components") or []
    if not 1 <= len(labels) <= 5:
        found["components"] = "1 to 5"
    seen: set[str] = set()
    for index, label in enumerate(labels):
        part = label.get("component") or {}
        wrong = []
        if label.get("type") != 18 or not 1 <= len(label.get("label") or "") <= 45:
            wrong.append("a label of 1 to 45 characters")
        if len(label.get("description") or "") > 100:
            wrong.append("a description of at most 100")
        wrong += _input(part) if part.get("type") == 4 else _select(part, window=True)
        wrong += _unique(part, seen)
        if wrong:
            found[str(index)] = wrong
    return found


def _row(row: dict, held: list) -> dict:
    kinds = {part.get("type") for part in held}
    good = (kinds == {2} and len(held) <= 5) or (kinds == {3} and len(held) == 1)
    return {} if row.get("type") == 1 and good else {"_errors": ["a row of buttons or one menu"]}


def _unique(part: dict, seen: set[str]) -> list[str]:
    custom_id = part.get("custom_id")
    if custom_id is None:
        return []
    again = custom_id in seen
    seen.add(custom_id)
    return ["COMPONENT_CUSTOM_ID_DUPLICATED"] if again else []


def _button(part: dict) -> list[str]:
    wrong = [f"unknown {key}" for key in part.keys() - _BUTTON_KEYS]
    if part.get("style") not in {1, 2, 3, 4}:
        wrong.append("a style")
    if not 1 <= len((part.get("label") or "").strip()) <= 80:
        wrong.append("a label of 1 to 80 characters")
    if not 1 <= len(part.get("custom_id") or "") <= 100:
        wrong.append("an id of 1 to 100 characters")
    return wrong


def _select(part: dict, *, window: bool) -> list[str]:
    wrong = [f"unknown {key}" for key in part.keys() - _SELECT_KEYS]
    options = part.get("options") or []
    if part.get("type") != 3 or not 1 <= len(part.get("custom_id") or "") <= 100:
        wrong.append("a string select with an id")
    if not 1 <= len(options) <= 25:
        wrong.append("1 to 25 options")
    low, high = part.get("min_values", 1), part.get("max_values", 1)
    if not (0 <= low <= high <= 25 and high <= len(options)):
        wrong.append("min_values and max_values")
    if window and part.get("required", True) and low < 1:
        wrong.append("min_values of a required menu")
    if len(part.get("placeholder") or "") > 150:
        wrong.append("a placeholder of at most 150")
    values = [one.get("value") for one in options]
    if len(set(values)) != len(values):
        wrong.append("each value once")
    if sum(bool(one.get("default")) for one in options) > high:
        wrong.append("no more defaults than max_values")
    for one in options:
        texts = (one.get("label"), one.get("value"))
        if any(not 1 <= len((text or "").strip()) <= 100 for text in texts):
            wrong.append("options of 1 to 100 characters")
    return wrong


def _input(part: dict) -> list[str]:
    wrong = [f"unknown {key}" for key in part.keys() - _INPUT_KEYS]
    if not 1 <= len(part.get("custom_id") or "") <= 100 or part.get("style") not in {1, 2}:
        wrong.append("an id and a style")
    if len(part.get("value") or "") > part.get("max_length", 4000):
        wrong.append("a value of at most max_length")
    if len(part.get("placeholder") or "") > 100:
        wrong.append("a placeholder of at most 100")
    return wrong
