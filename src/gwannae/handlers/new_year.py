"""새해 열기: the window of `/gwannae 새해`, its pages of settings, and the press that opens the year."""

import tempfile
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import new_year as begin
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.uploads import upload
from gwannae.handlers.view_state import text_of
from gwannae.messages import ids
from gwannae.messages import new_year as say
from gwannae.messages.blocks import Block
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.new_year import NewYear, ValuesRefused, year_worked_on
from gwannae.programme.organisations import Actor
from gwannae.programme.year_settings import SettingGroup

Body = dict[str, Any]


async def open_new_year(desk: Desk, body: Body) -> None:
    """Open the window; who is not of the office is told so."""
    await desk.open_view(body, await _drawn(desk, body, year_worked_on(desk.toolkit.today)))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_pages(app, desk)
    _register_words(app, desk)
    _register_change(app, desk)
    _register_press(app, desk)


def _register_pages(app: AsyncApp, desk: Desk) -> None:
    @app.action(ids.NEW_YEAR_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body, action: Body) -> None:
        year = ids.read_year(action.get("value")) or year_worked_on(desk.toolkit.today)
        view = await _drawn(desk, body, year)
        if (body.get("view") or {}).get("callback_id") == ids.NEW_YEAR_GROUP_VIEW:
            desk.update_view(body, view, otherwise=say.AGAIN)
        else:
            await desk.open_view(body, view)
        await ack()

    async def show_group(ack: AsyncAck, body: Body, action: Body) -> None:
        year, group, start = say.read_group(str(action.get("value") or ""))
        if group is not None:
            desk.update_view(body, await _drawn(desk, body, year, group, start), otherwise=say.AGAIN)
        await ack()

    app.action(ids.NEW_YEAR_GROUP)(show_group)
    app.action(f"{ids.NEW_YEAR_GROUP}-next")(show_group)


def _register_words(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.NEW_YEAR_CONFIRM)
    async def confirm(ack: AsyncAck, body: Body, action: Body) -> None:
        year, group, start, mark, seen = say.read_line(str(action.get("value") or ""))
        outcome = await toolkit.work(begin.confirm, actor_of(body), year, mark, seen, toolkit.clock())
        await _after(desk, body, outcome, year, group, start)
        await ack()

    @app.action(ids.NEW_YEAR_FORGET)
    async def forget(ack: AsyncAck, body: Body, action: Body) -> None:
        year, group, start, mark, _ = say.read_line(str(action.get("value") or ""))
        outcome = await toolkit.work(begin.forget, actor_of(body), year, mark, toolkit.clock())
        await _after(desk, body, outcome, year, group, start)
        await ack()

    @app.action(ids.NEW_YEAR_CONFIRM_ALL)
    async def confirm_all(ack: AsyncAck, body: Body, action: Body) -> None:
        year, group, start = say.read_group(str(action.get("value") or ""))
        if group is not None:
            outcome = await toolkit.work(begin.confirm_group, actor_of(body), year, group, toolkit.clock())
            await _after(desk, body, outcome, year, group, start)
        await ack()


def _register_change(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.NEW_YEAR_CHANGE)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        year, group, _, mark, _ = say.read_line(str(action.get("value") or ""))
        found = await toolkit.work(begin.new_year, actor_of(body), year, toolkit.clock())
        line = found.line(mark) if isinstance(found, NewYear) else None
        if line is None or group is None or not isinstance(found, NewYear):
            await desk.open_view(body, window(say.AGAIN if isinstance(found, NewYear) else say.said(found)))
        else:
            await desk.open_view(body, say.change_form(found, group, line))
        await ack()

    @app.view(ids.NEW_YEAR_CHANGE_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, now = actor_of(body), toolkit.clock()
        year, group, start, mark, seen = say.read_line(str(view.get("private_metadata") or ""))
        found = await toolkit.work(begin.new_year, actor, year, now)
        if not isinstance(found, NewYear):
            await ack(response_action="update", view=window(say.said(found)))
            return
        line = found.line(mark)
        fields = say.fields_of(line.setting) if line is not None else {}
        typed = {name: text_of(view, field) or "" for name, field in fields.items()}
        outcome = await toolkit.work(begin.change, actor, year, mark, seen, typed, now)
        if isinstance(outcome, ValuesRefused) and line is not None:
            await ack(response_action="errors", errors=say.errors(outcome, line))
            return
        below = view.get("previous_view_id")
        if below and group is not None and not isinstance(outcome, NotAllowed):
            page = await _drawn(desk, body, year, group, start, say.said(outcome))
            await ack()
            desk.update_view({**body, "view": {"id": below}}, page, otherwise=say.said(outcome))
        else:
            await ack(response_action="update", view=window(say.said(outcome)))


def _register_press(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def press(ack: AsyncAck, body: Body, action: Body, deed: Callable[..., object]) -> None:
        year = ids.read_year(action.get("value"))
        outcome = await toolkit.work(deed, actor_of(body), year, toolkit.clock())
        await _after(desk, body, outcome, year)
        await ack()

    @app.action(ids.NEW_YEAR_BEGIN)
    async def open_the_year(ack: AsyncAck, body: Body, action: Body) -> None:
        await press(ack, body, action, begin.open_year)

    @app.action(ids.NEW_YEAR_TAKE_BACK)
    async def take_back(ack: AsyncAck, body: Body, action: Body) -> None:
        await press(ack, body, action, begin.take_back)

    @app.action(ids.NEW_YEAR_FILE)
    async def hand_out(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)

        async def tell(_: Exception) -> None:
            client = desk.workspaces.patient(actor.team_id)
            await client.chat_postMessage(channel=actor.user_id, text=say.FILE_NOT_SENT)

        desk.later(_send_file(desk, actor, ids.read_year(action.get("value"))), name="new_year_file", tell=tell)
        await ack()


async def _send_file(desk: Desk, actor: Actor, year: int) -> None:
    client = desk.workspaces.patient(actor.team_id)
    made = await desk.toolkit.work(begin.file_text, actor, year, desk.toolkit.clock())
    if not isinstance(made, str) or not made:
        words = say.said(made) if made else say.NOTHING_FOR_THE_FILE
        await client.chat_postMessage(channel=actor.user_id, text=words)
        return
    # a file goes to a conversation's id only, and this answer names it
    posted = await client.chat_postMessage(channel=actor.user_id, text=say.FILE_MAKING)
    with tempfile.TemporaryFile() as out:
        out.write(made.encode())
        name = f"{desk.toolkit.city.code}-{year}.toml"
        await upload(desk.workspaces, actor.team_id, str(posted["channel"]), out, name, say.FILE)


async def _after(
    desk: Desk, body: Body, outcome: object, year: int, group: SettingGroup | None = None, start: int = 0
) -> None:
    """The page once a press was answered; who may not see it sees the answer alone."""
    done = say.said(outcome)
    view = window(done) if isinstance(outcome, NotAllowed) else await _drawn(desk, body, year, group, start, done)
    desk.update_view(body, view, otherwise=done)


async def _drawn(
    desk: Desk, body: Body, year: int, group: SettingGroup | None = None, start: int = 0, done: str = ""
) -> Block:
    found = await desk.toolkit.work(begin.new_year, actor_of(body), year, desk.toolkit.clock())
    if not isinstance(found, NewYear):
        return window(done or say.said(found))
    return say.new_year_view(found, done) if group is None else say.group_view(found, group, start, done)
