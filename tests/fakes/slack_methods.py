"""The Web API methods of the fake of Slack: arguments in, Slack's JSON out. No network here."""

import json
from collections.abc import Callable
from typing import Any

from tests.fakes.slack_blocks import complaint, view_complaint
from tests.fakes.slack_state import Channel, Posted, Workspace

Json = dict[str, Any]


class SlackError(Exception):
    """An answer with ok=false; `more` is added to it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class Methods:
    """Carries out calls on a workspace. `now` gives Unix seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0.0
        self.triggers: set[str] = set()
        """Those that still open a window."""

    def run(self, method: str, workspace: Workspace, arguments: Json) -> Json:
        """Return the answer of a method. Raises SlackError."""
        known: dict[str, Callable[[Workspace, Json], Json]] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.open": self._open,
            "users.info": self._user,
            "views.publish": self._publish,
            "views.open": self._open_view,
            "chat.postEphemeral": self._whisper,
            "users.conversations": self._conversations,
        }
        if method not in known:
            raise SlackError("unknown_method", req_method=method)
        return {"ok": True, **known[method](workspace, arguments)}

    def _auth_test(self, workspace: Workspace, _: Json) -> Json:
        return {
            "url": "https://sample.slack.example/",
            "team": workspace.team,
            "user": "usmca",
            "team_id": workspace.team,
            "user_id": "UBOT",
            "bot_id": workspace.bot_id,
        }

    def _post(self, workspace: Workspace, given: Json) -> Json:
        scope(workspace, "chat:write")
        channel = self._writable(workspace, str(given.get("channel", "")))
        text, blocks, metadata = checked(given)
        thread = given.get("thread_ts")
        if thread and not any(one.ts == thread for one in channel.messages):
            raise SlackError("thread_not_found")
        known = {"channel", "text", "blocks", "metadata", "thread_ts", "reply_broadcast", "token"}
        posted = Posted(
            team=workspace.team,
            channel=channel.id,
            ts=self._ts(),
            text=text,
            blocks=blocks,
            metadata=metadata,
            thread_ts=thread,
            broadcast=truth(given.get("reply_broadcast")),
            bot_id=workspace.bot_id,
            options={name: value for name, value in given.items() if name not in known},
        )
        channel.messages.append(posted)
        return {
            "channel": channel.id,
            "ts": posted.ts,
            "message": posted.as_slack(metadata=True),
        }

    def _update(self, workspace: Workspace, given: Json) -> Json:
        scope(workspace, "chat:write")
        channel = workspace.channels.get(str(given.get("channel", "")))
        if channel is None:
            raise SlackError("channel_not_found")
        if channel.archived:
            raise SlackError("is_archived")
        for posted in channel.messages:
            if posted.ts == given.get("ts"):
                return self._edit(workspace, channel, posted, given)
        raise SlackError("message_not_found")

    def _edit(self, workspace: Workspace, channel: Channel, posted: Posted, given: Json) -> Json:
        if posted.bot_id != workspace.bot_id:
            raise SlackError("cant_update_message")
        text, blocks, metadata = checked(given)
        posted.edits.append({"text": posted.text, "blocks": posted.blocks})
        posted.text, posted.blocks = text, blocks
        if metadata is not None:
            posted.metadata = metadata
        return {"channel": channel.id, "ts": posted.ts, "text": text}

    def _history(self, workspace: Workspace, given: Json) -> Json:
        channel = readable(workspace, str(given.get("channel", "")))
        top = [one for one in channel.messages if one.thread_ts is None or one.broadcast]
        chosen = within(top, given)
        limit, start = int(given.get("limit", 100)), int(given.get("cursor") or 0)
        if given.get("oldest") and not given.get("latest"):
            page = chosen[start : start + limit]  # closest to `oldest`, paging forward
        else:
            page = chosen[::-1][start : start + limit][::-1]
        return paged(page[::-1], start + limit, len(chosen), given)

    def _replies(self, workspace: Workspace, given: Json) -> Json:
        channel = readable(workspace, str(given.get("channel", "")))
        parents = [one for one in channel.messages if one.ts == given.get("ts")]
        if not parents:
            raise SlackError("thread_not_found")
        replies = [one for one in channel.messages if one.thread_ts == parents[0].ts]
        chosen = within(replies, given)
        limit, start = int(given.get("limit", 1000)), int(given.get("cursor") or 0)
        return paged(
            parents + chosen[start : start + limit - 1], start + limit - 1, len(chosen), given
        )

    def _open(self, workspace: Workspace, given: Json) -> Json:
        scope(workspace, "im:write")
        return {"channel": {"id": direct(workspace, str(given.get("users", ""))).id}}

    def _user(self, workspace: Workspace, given: Json) -> Json:
        scope(workspace, "users:read")
        user = workspace.users.get(str(given.get("user", "")))
        if user is None:
            raise SlackError("user_not_found")
        shown: Json = {
            "id": user.id,
            "tz": user.tz,
            "is_admin": user.admin,
            "is_owner": False,
            "team_id": workspace.team,
            "deleted": user.deleted,
            "is_restricted": user.guest,
            "profile": {"display_name": "", "real_name": user.name},
        }
        if truth(given.get("include_locale")):
            shown["locale"] = user.locale
        return {"user": shown}

    def _publish(self, workspace: Workspace, given: Json) -> Json:
        user, view = str(given.get("user_id", "")), as_json(given.get("view"))
        if user not in workspace.users:
            raise SlackError("user_not_found")
        problem = view_complaint(view)
        if problem:
            raise SlackError(problem)
        workspace.homes.setdefault(user, []).append(view)
        return {"view": view}

    def _open_view(self, workspace: Workspace, given: Json) -> Json:
        trigger, view = str(given.get("trigger_id", "")), as_json(given.get("view"))
        if trigger not in self.triggers:
            raise SlackError("expired_trigger_id" if trigger else "invalid_arguments")
        problem = view_complaint(view, kind="modal")
        if problem:
            raise SlackError(problem)
        self.triggers.discard(trigger)
        opened = {**view, "id": f"V{len(workspace.windows) + 1}", "hash": "1.abc"}
        workspace.windows.append(opened)
        return {"view": opened}

    def _whisper(self, workspace: Workspace, given: Json) -> Json:
        scope(workspace, "chat:write")
        channel = self._writable(workspace, str(given.get("channel", "")))
        user = str(given.get("user", ""))
        if user not in workspace.users:
            raise SlackError("user_not_found")
        if channel.people and user not in channel.people:
            raise SlackError("user_not_in_channel")
        text, blocks, _ = checked(given)
        posted = Posted(
            team=workspace.team, channel=channel.id, ts=self._ts(), text=text, blocks=blocks
        )
        channel.whispers.append((user, posted))
        return {"message_ts": posted.ts}

    def _conversations(self, workspace: Workspace, given: Json) -> Json:
        kinds = {
            one.removesuffix("_channel") for one in str(given.get("types", "public")).split(",")
        }
        if "public" in kinds:
            scope(workspace, "channels:read")
        if "private" in kinds:
            scope(workspace, "groups:read")
        found = [
            one
            for one in workspace.channels.values()
            if one.kind in kinds
            and given.get("user") in one.people
            and (one.member or one.kind == "public")
            and not (one.archived and truth(given.get("exclude_archived")))
        ]
        start, limit = int(given.get("cursor") or 0), int(given.get("limit", 100))
        after = start + limit
        return {
            "channels": [{"id": one.id} for one in found[start:after]],
            "response_metadata": {"next_cursor": str(after) if after < len(found) else ""},
        }

    def _writable(self, workspace: Workspace, name: str) -> Channel:
        if name.startswith("U"):
            return direct(workspace, name)
        channel = workspace.channels.get(name)
        if channel is None or (channel.kind == "private" and not channel.member):
            raise SlackError("channel_not_found")
        if channel.archived:
            raise SlackError("is_archived")
        if not channel.member and "chat:write.public" not in workspace.scopes:
            raise SlackError("not_in_channel")
        return channel

    def _ts(self) -> str:
        """A later one each time, six digits after the point as Slack's are."""
        self._last = max(self._now(), self._last + 0.000_001)
        return f"{self._last:.6f}"


def scope(workspace: Workspace, needed: str) -> None:
    """Refuse where the app was not given the scope."""
    if needed not in workspace.scopes:
        provided = ",".join(sorted(workspace.scopes))
        raise SlackError("missing_scope", needed=needed, provided=provided)


def readable(workspace: Workspace, name: str) -> Channel:
    """Return the channel where the app may read its history."""
    channel = workspace.channels.get(name)
    if channel is None or (channel.kind == "private" and not channel.member):
        raise SlackError("channel_not_found")
    scope(workspace, channel.history_scope)
    if not channel.member:
        raise SlackError("not_in_channel")
    return channel


def direct(workspace: Workspace, user: str) -> Channel:
    """Return the conversation between the bot and a person, opened if need be."""
    if user not in workspace.users:
        raise SlackError("user_not_found")
    name = "D" + user[1:]
    return workspace.channels.setdefault(name, Channel(id=name, kind="im"))


def checked(given: Json) -> tuple[str, list[Json], Json | None]:
    """Return text, blocks and metadata, refused as Slack refuses them."""
    text, blocks = str(given.get("text") or ""), as_json(given.get("blocks")) or []
    metadata = as_json(given.get("metadata"))
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > 40_000:
        raise SlackError("msg_too_long")
    problem = complaint(blocks)
    if problem:
        raise SlackError(problem)
    if metadata is not None and not (
        isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    return text, blocks, metadata


def within(messages: list[Posted], given: Json) -> list[Posted]:
    """Return those between `oldest` and `latest`, oldest first."""
    oldest = float(given.get("oldest") or 0)
    latest = float(given.get("latest") or "inf")
    inclusive = truth(given.get("inclusive"))
    return [
        one
        for one in sorted(messages, key=lambda posted: float(posted.ts))
        if oldest < float(one.ts) < latest or (inclusive and float(one.ts) in {oldest, latest})
    ]


def paged(page: list[Posted], after: int, total: int, given: Json) -> Json:
    """Return one page with a cursor where there is more."""
    metadata = truth(given.get("include_all_metadata"))
    answer: Json = {
        "messages": [one.as_slack(metadata=metadata) for one in page],
        "has_more": after < total,
    }
    if after < total:
        answer["response_metadata"] = {"next_cursor": str(after)}
    return answer


def as_json(value: Any) -> Any:
    """Return an argument that may come as JSON text (in a form) or as an object."""
    return json.loads(value) if isinstance(value, str) and value else value


def truth(value: Any) -> bool:
    """Read a boolean as Slack reads it: true, 1 and "true"."""
    return str(value).lower() in {"true", "1"}
