"""What a person does in the workspace, in Python: the page's routes and the tests both go through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from . import payloads, slack_words
from .api_terms import HOUSE_RULE
from .app_answers import Submission, take_command_answer, take_submission_answer
from .controls import NotOnScreenError, find_control
from .file_shelf import HeldFile
from .form_fields import Given, client_errors, control_fields, filled, grouped, with_fields
from .payload_check import check_options
from .requests_out import Caller, Reply
from .sayings import Sayings
from .screen import held_by
from .state_values import action_payload, read_state
from .values import FaultSeen, Fields, Json, Message, OpenView
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """How the bot answered one request: HTTP status (None: not in time, or no connection), the body (JSON decoded),
    the messages that this person sees new or changed since, and Slack's code where the bot failed ("" if not)."""

    status: int | None
    body: Any
    shown: tuple[Message, ...]
    error: str = ""


class Driver:
    """The hands of everybody in the workspace.

    All methods raise `NotOnScreenError` when the person does not see what they would use.
    """

    def __init__(self, workspace: Workspace, caller: Caller) -> None:
        self.workspace = workspace
        self.caller = caller
        self._sayings = Sayings(workspace, caller)

    # -- typing -------------------------------------------------------------------------------------------------
    async def command(self, user: str, channel: str, name: str, text: str = "") -> Answer:
        """Type a slash command. One that the workspace does not know is answered by Slack alone."""
        self._check_sees(user, channel)
        before = self.workspace.changes.number
        known = "commands" in self.workspace.scopes and any(c.name == name for c in self.workspace.commands)
        if not known:
            self.workspace.slack_says(channel, user, slack_words.unknown_command(name))
            return Answer(None, "", self._shown(before, user, channel), "unknown_command")
        passes = self.workspace.passes
        address = self._response_url(channel, user, None)
        form = payloads.command_form(self.workspace, user, channel, name, text, passes.trigger(user), address)
        reply = await self.caller.send_form(form)
        code = take_command_answer(self.workspace, channel, user, name, reply)
        return Answer(reply.status, reply.json(), self._shown(before, user, channel), code)

    async def say(self, user: str, channel: str, text: str) -> Message:
        """Write a message, as typed: `@name` becomes a mention. The bot hears of it if it has subscribed."""
        self._check_sees(user, channel)
        return self._sayings.say(user, channel, text)

    async def share_file(self, user: str, channel: str, name: str, content: bytes, text: str = "") -> HeldFile:
        """Drop a file into a channel or the direct messages."""
        self._check_sees(user, channel)
        file = self.upload(user, name, content)
        self._sayings.share(user, channel, file, text)
        return file

    async def share_again(self, user: str, channel: str, file: HeldFile) -> None:
        """Share a file that is there already in another place (or the same one) as well."""
        self._check_sees(user, channel)
        self._sayings.share(user, channel, file)

    def upload(self, user: str, name: str, content: bytes) -> HeldFile:
        """Put a file into the workspace without showing it anywhere, as for a form's file field."""
        return self.workspace.dropped.add(user, name, content, self.workspace.clock())

    async def invite(self, user: str, channel: str, guests: Iterable[str]) -> None:
        """Bring people or the bot (by id) into a channel."""
        self._check_sees(user, channel)
        self._sayings.invite(user, channel, guests)

    async def type_line(self, user: str, channel: str, line: str) -> None:
        """What the page's message box does with a line: a command if it begins with a slash, else a message."""
        name, _, rest = line.strip().partition(" ")
        if name == "/invite":
            self._check_sees(user, channel)
            self._sayings.invite_by_line(user, channel, rest)
        elif name.startswith("/"):
            await self.command(user, channel, name, rest.strip())
        else:
            await self.say(user, channel, line)

    # -- pressing -----------------------------------------------------------------------------------------------
    async def press(
        self,
        user: str,
        container: str | Message | OpenView,
        action_id: str,
        block_id: str | None = None,
        value: str | None = None,
        *,
        stale: bool = False,
    ) -> Answer:
        """Press a button, or set a control to `value`. `stale`: press it as the message stood when it was handed in
        here, although it has changed since (a second window, a slow phone)."""
        return await self._use(user, container, block_id, action_id, value, stale=stale)

    async def choose(
        self,
        user: str,
        container: str | Message | OpenView,
        action_id: str,
        value: Given,
        block_id: str | None = None,
    ) -> Answer:
        """Choose in a menu, date picker, radio buttons or checkboxes: a value, an option, or a list of them."""
        return await self._use(user, container, block_id, action_id, value)

    async def _use(
        self,
        user: str,
        container: str | Message | OpenView,
        block_id: str | None,
        action_id: str,
        given: Given,
        *,
        stale: bool = False,
    ) -> Answer:
        held = container if stale and isinstance(container, Message) else held_by(self.workspace, user, container)
        where, element = find_control(list(held.blocks), action_id, block_id)
        fields = held.form if isinstance(held, OpenView) else self.workspace.chosen(user, held)
        selected = str(given) if element["type"] == "overflow" else ""
        if element["type"] not in ("button", "overflow"):
            fields = with_fields(fields, control_fields(where, action_id, given))
        return await self._act(user, held, where, action_id, fields, selected)

    async def act(
        self, user: str, container: str, block_id: str, action_id: str, fields: Fields, selected_option: str = ""
    ) -> Answer:
        """Use a control as the page posts it: `fields` are all fields of the form or message it stands in,
        `selected_option` the value that was chosen in an overflow menu."""
        held = held_by(self.workspace, user, container)
        return await self._act(user, held, block_id, action_id, fields, selected_option)

    async def _act(
        self, user: str, held: Message | OpenView, block_id: str, action_id: str, fields: Fields, selected_option: str
    ) -> Answer:
        workspace = self.workspace
        blocks = list(held.blocks)
        _, element = find_control(blocks, action_id, block_id)
        posted = {**grouped(fields), "block_id": block_id, "selected_option": selected_option}
        try:
            action = action_payload(element, posted, f"{workspace.clock():.6f}")
        except ValueError:
            raise NotOnScreenError(f"{block_id}/{action_id}/{selected_option}") from None
        workspace.toast(user, "")
        before = workspace.changes.number
        trigger = workspace.passes.trigger(user)
        values = read_state(blocks, grouped(fields))
        if isinstance(held, OpenView):
            workspace.views.remember(held, fields)
            payload = payloads.view_actions(workspace, held, [action], values, trigger)
        else:
            workspace.choose(user, held, fields)
            address = self._response_url(held.channel, user, held.ts)
            payload = payloads.message_actions(workspace, user, held, [action], values, trigger, address)
        reply = await self.caller.send_payload(payload)
        if reply.error:
            self._say_action_failed(user, held, reply.error)
        channel = held.channel if isinstance(held, Message) else None
        return Answer(reply.status, reply.json(), self._shown(before, user, channel), reply.error)

    async def options(
        self, user: str, container: str | Message | OpenView, block_id: str, action_id: str, typed: str
    ) -> Json:
        """Type in a menu whose options the bot supplies: its answer (`options` or `option_groups`); without any
        options where it failed."""
        held = held_by(self.workspace, user, container)
        find_control(list(held.blocks), action_id, block_id)
        fields = held.form if isinstance(held, OpenView) else self.workspace.chosen(user, held)
        values = read_state(list(held.blocks), grouped(fields))
        payload = payloads.block_suggestion(self.workspace, user, held, block_id, action_id, typed, values)
        reply = await self.caller.send_payload(payload)
        answer = reply.json()
        if reply.error or not isinstance(answer, dict):
            return {"options": [], "error": reply.error or "invalid_response"}
        faults = check_options(answer)
        for fault in faults:
            self.workspace.remember_fault(FaultSeen("block_suggestion (ack)", fault.pointer, fault.code, fault.message))
        if any(fault.code != HOUSE_RULE for fault in faults):
            return {"options": [], "error": next(fault.code for fault in faults if fault.code != HOUSE_RULE)}
        return answer

    # -- forms and Home -----------------------------------------------------------------------------------------
    def fill(self, user: str, values: Mapping[str, Given]) -> OpenView:
        """Type into the form on top without sending it off; `values` as for `submit`."""
        view = self._top(user)
        return self.workspace.views.remember(view, filled(view.blocks, view.form, values))

    async def submit(
        self, user: str, values: Mapping[str, Given] | None = None, *, form: Fields | None = None
    ) -> Submission:
        """Send off the form on top.

        `values` are set on what stands there, by block_id (or `block_id|action_id`): a text, an option, a list, None
        to empty it. The page hands in `form`, all its fields, instead. Slack's client refuses an empty required field
        or a wrong length without asking the bot.
        """
        view = self._top(user)
        fields = filled(view.blocks, view.form, values or {}) if form is None else form
        view = self.workspace.views.remember(view, fields)
        errors = client_errors(view.blocks, fields)
        if errors:
            self.workspace.views.put(replace(view, errors=tuple(errors.items()), trouble=""))
            return Submission("errors", errors, by_client=True)
        state = self.workspace.dropped.in_state(read_state(view.blocks, grouped(fields)), self.workspace.public_url)
        trigger = self.workspace.passes.trigger(user)
        reply = await self.caller.send_payload(payloads.view_submission(self.workspace, view, state, trigger))
        return take_submission_answer(self.workspace, view, reply)

    async def close_view(self, user: str, *, whole_stack: bool = False) -> None:
        """Put the form on top away, or all of them; the bot hears of it where it has asked for that."""
        view = self._top(user)
        cleared = whole_stack or bool(view.body["clear_on_close"])
        gone = self.workspace.views.stack(user) if cleared else [view]
        if cleared:
            self.workspace.views.clear(user)
        else:
            self.workspace.views.close(user, view.id)
        for one in reversed(gone):
            if one.body["notify_on_close"]:
                await self.caller.send_payload(payloads.view_closed(self.workspace, one, cleared))

    async def open_home(self, user: str) -> OpenView | None:
        """Open the bot's Home tab: the bot hears of it by an event. Gives the tab as it stands before that."""
        home = self.workspace.views.home(user)
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.workspace.open_dm(user).id,
            "tab": "home",
        }
        if home is not None:
            event["view"] = home.body
        self._sayings.tell("app_home_opened", event)
        return home

    # -- for tests ----------------------------------------------------------------------------------------------
    async def settle(self, quiet: float = 0.05, timeout: float = 5.0) -> None:
        """Wait until nothing has been on its way for `quiet` seconds; TimeoutError after `timeout`."""
        await self.workspace.traffic.quiet(quiet, timeout)

    async def send_raw(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send these bytes with these headers to the bot's address; `caller.headers_for` makes correct ones."""
        return await self.caller.send(body, headers)

    # -- inside -------------------------------------------------------------------------------------------------
    def _top(self, user: str) -> OpenView:
        view = self.workspace.views.top(user)
        if view is None:
            raise NotOnScreenError(f"no form is open for {user}")
        return view

    def _check_sees(self, user: str, channel: str) -> None:
        if not self.workspace.may_see(user, channel):
            raise NotOnScreenError(channel)

    def _shown(self, before: int, user: str, channel: str | None) -> tuple[Message, ...]:
        places = dict.fromkeys([*([channel] if channel else []), self.workspace.open_dm(user).id])
        return tuple(m for place in places for m in self.workspace.messages.touched_since(before, place, user))

    def _response_url(self, channel: str, user: str, message_ts: str | None) -> str:
        return f"{self.workspace.public_url}/response/{self.workspace.passes.response(channel, user, message_ts)}"

    def _say_action_failed(self, user: str, held: Message | OpenView, code: str) -> None:
        text = slack_words.action_failed(code)
        if isinstance(held, OpenView) and held.body["type"] == "modal":
            still_open = next((v for v in self.workspace.views.stack(user) if v.id == held.id), None)
            if still_open is not None:
                self.workspace.views.put(replace(still_open, trouble=text))
                return
        self.workspace.toast(user, text)
