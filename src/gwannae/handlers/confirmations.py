"""확정: the window of `/gwannae 확정`, and the buttons in it and on the Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import confirmations as confirm
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.home import publish
from gwannae.handlers.view_state import chosen
from gwannae.messages import confirmations as say
from gwannae.messages import ids
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.confirmations import ConfirmationDesk, PeriodRows

Body = dict[str, Any]


async def open_confirmations(desk: Desk, body: Body) -> None:
    """Open the window; who reads nobody's results is told so."""
    await desk.open_view(body, await _drawn(desk, body, 0))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_window(app, desk)
    _register_rows(app, desk)


def _register_window(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.CONFIRM_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_confirmations(desk, body)
        await ack()

    @app.options(ids.CONFIRM_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        found = await toolkit.work(confirm.confirmation_desk, actor_of(body), 0, toolkit.clock())
        every = found.organisations if isinstance(found, ConfirmationDesk) else ()
        await ack(options=organisation_options(every, str(payload.get("value") or "")))

    @app.action(ids.CONFIRM_ORGANISATION)
    async def choose(ack: AsyncAck, body: Body) -> None:
        organisation_id = ids.read_number(chosen(body.get("view") or {}, ids.CONFIRM_ORGANISATION))
        client = desk.workspaces.quick(actor_of(body).team_id)
        # without the hash: of two choices in quick succession the later one must not be refused
        await client.views_update(view_id=body["view"]["id"], view=await _drawn(desk, body, organisation_id))
        await ack()


def _register_rows(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.CONFIRM_PERIOD)
    async def confirm_period(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        organisation_id, period, seen = say.read_button_value(str(action.get("value") or ""))
        outcome = await toolkit.work(confirm.confirm, actor, organisation_id, period, seen, toolkit.clock())
        said = say.said(outcome)
        if (body.get("view") or {}).get("type") == "modal":
            desk.update_view(body, await _drawn(desk, body, organisation_id, said), otherwise=said)
        else:
            desk.direct(actor, {"text": said})
        desk.later(publish(desk, actor), name="home")
        await ack()

    @app.action(ids.CONFIRM_ROWS)
    async def show_rows(ack: AsyncAck, body: Body, action: Body) -> None:
        organisation_id, period, _ = say.read_button_value(str(action.get("value") or ""))
        found = await toolkit.work(confirm.period_rows, actor_of(body), organisation_id, period, toolkit.clock())
        if isinstance(found, PeriodRows):
            await desk.open_view(body, say.rows_view(found))
        else:
            await desk.open_view(body, window(OFFICE_OR_LEAD if isinstance(found, NotAllowed) else say.GONE))
        await ack()


async def _drawn(desk: Desk, body: Body, organisation_id: int, done: str = "") -> Block:
    actor = actor_of(body)
    found = await desk.toolkit.work(confirm.confirmation_desk, actor, organisation_id, desk.toolkit.clock())
    return (
        window(done or OFFICE_OR_LEAD) if isinstance(found, NotAllowed) else say.desk_view(found, actor.team_id, done)
    )
