"""The forms on people's screens (a stack of up to three each) and their Home tabs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace

from .changes import Changes
from .values import Bot, Fields, Json, OpenView

STACK = 3


class ViewDesk:
    def __init__(self, changes: Changes, team_id: str, bot: Bot) -> None:
        self._changes = changes
        self._team_id = team_id
        self._bot = bot
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    # -- looking ------------------------------------------------------------------------------------------------
    def stack(self, user: str) -> list[OpenView]:
        """The person's open forms, the lowest first."""
        return list(self._stacks.get(user, ()))

    def top(self, user: str) -> OpenView | None:
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> OpenView | None:
        return self._homes.get(user)

    def find(self, view_id: str = "", external_id: str = "") -> OpenView | None:
        """An open form or a Home tab by either of its ids."""
        for view in self._all():
            if (view_id and view.id == view_id) or (external_id and view.body["external_id"] == external_id):
                return view
        return None

    # -- changing -----------------------------------------------------------------------------------------------
    def open(self, user: str, given: Json) -> OpenView:
        """A new form in place of whatever the person had open."""
        view = self._new(user, given, root=None, previous=None)
        self._stacks[user] = [view]
        self._changes.add("modal", user=user)
        return view

    def push(self, user: str, given: Json) -> OpenView:
        """A form on top of the person's open one. The caller has checked that there is one and that there is room."""
        stack = self._stacks[user]
        view = self._new(user, given, root=stack[0].id, previous=stack[-1].id)
        stack.append(view)
        self._changes.add("modal", user=user)
        return view

    def publish(self, user: str, given: Json) -> OpenView:
        """The person's Home tab. Its id stays the same over updates, as with Slack."""
        before = self._homes.get(user)
        view = self._new(user, given, root=None, previous=None, view_id=before.id if before else None)
        self._homes[user] = view
        self._changes.add("home", user=user)
        return view

    def update(self, old: OpenView, given: Json) -> OpenView:
        """New contents under the same id. What was typed stays where block_id and action_id stay, as with Slack."""
        body = self._body(given, old.id, old.body["root_view_id"], old.body["previous_view_id"])
        return self.put(replace(old, body=body, errors=(), trouble=""))

    def put(self, view: OpenView) -> OpenView:
        """Keep a changed form (typed values, errors, trouble)."""
        if view.body["type"] == "home":
            self._homes[view.user] = view
            self._changes.add("home", user=view.user)
            return view
        stack = self._stacks.get(view.user, [])
        self._stacks[view.user] = [view if kept.id == view.id else kept for kept in stack]
        self._changes.add("modal", user=view.user)
        return view

    def remember(self, view: OpenView, form: Fields) -> OpenView:
        """Keep what the person has typed so far, without redrawing the form under their hands."""
        kept = replace(view, form=form)
        if view.body["type"] == "home":
            self._homes[view.user] = kept
        else:
            self._stacks[view.user] = [kept if v.id == view.id else v for v in self._stacks.get(view.user, [])]
        return kept

    def close(self, user: str, view_id: str) -> None:
        """Take away this form and what lies on top of it."""
        stack = self._stacks.get(user, [])
        place = next((i for i, view in enumerate(stack) if view.id == view_id), len(stack))
        self._stacks[user] = stack[:place]
        self._changes.add("modal", user=user)

    def clear(self, user: str) -> None:
        self._stacks.pop(user, None)
        self._changes.add("modal", user=user)

    # -- the shape Slack gives a view ---------------------------------------------------------------------------
    def _new(
        self, user: str, given: Json, *, root: str | None, previous: str | None, view_id: str | None = None
    ) -> OpenView:
        view_id = view_id or f"V{secrets.token_hex(5).upper()}"
        return OpenView(view_id, user, self._body(given, view_id, root or view_id, previous))

    def _body(self, given: Json, view_id: str, root: str, previous: str | None) -> Json:
        return {
            "id": view_id,
            "team_id": self._team_id,
            "type": given["type"],
            "blocks": with_block_ids(given.get("blocks") or []),
            "private_metadata": given.get("private_metadata") or "",
            "callback_id": given.get("callback_id") or "",
            "state": {"values": {}},
            "hash": f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}",
            "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(given.get("clear_on_close")),
            "notify_on_close": bool(given.get("notify_on_close")),
            "close": given.get("close"),
            "submit": given.get("submit"),
            "previous_view_id": previous,
            "root_view_id": root,
            "app_id": self._bot.app_id,
            "external_id": given.get("external_id") or "",
            "app_installed_team_id": self._team_id,
            "bot_id": self._bot.bot_id,
        }

    def _all(self) -> list[OpenView]:
        return [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())


def with_block_ids(blocks: Iterable[Json]) -> list[Json]:
    """The blocks, each with a block_id: Slack makes one up where the app gave none."""
    return [block if block.get("block_id") else {**block, "block_id": secrets.token_hex(3)} for block in blocks]
