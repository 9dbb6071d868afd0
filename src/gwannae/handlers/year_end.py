"""결산: the window of `/gwannae 결산`, and the presses that freeze a result or let something out."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import awards, objections
from gwannae.actions import year_end as settle
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import year_end as say
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.awards import Decision
from gwannae.programme.year_end import YearEnd

Body = dict[str, Any]


async def open_year_end(desk: Desk, body: Body) -> None:
    """Open the window; who is not of the programme office is told so."""
    await desk.open_view(body, await drawn(desk, body))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.YEAR_END_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_year_end(desk, body)
        await ack()

    @app.action(ids.YEAR_END_FREEZE)
    async def freeze(ack: AsyncAck, body: Body, action: Body) -> None:
        year, stage = say.read_freeze(str(action.get("value") or ""))
        if stage is None or not year:
            await ack()
            return
        outcome = await toolkit.work(settle.freeze, actor_of(body), year, stage, toolkit.clock())
        done = say.said(outcome)
        view = window(done) if isinstance(outcome, NotAllowed) else await drawn(desk, body, done)
        desk.update_view(body, view, otherwise=done)
        await ack()

    @app.action(ids.YEAR_END_RELEASE)
    async def release(ack: AsyncAck, body: Body, action: Body) -> None:
        year, what, number = say.read_release(str(action.get("value") or ""))
        if what is None or not year:
            await ack()
            return
        outcome = await toolkit.work(settle.release, actor_of(body), year, what, number, toolkit.clock())
        done = say.said(outcome)
        view = window(done) if isinstance(outcome, NotAllowed) else await drawn(desk, body, done)
        desk.update_view(body, view, otherwise=done)
        await ack()

    @app.action(ids.YEAR_END_TABLE)
    async def show(ack: AsyncAck, body: Body, action: Body) -> None:
        year, number = say.read_table(str(action.get("value") or ""))
        found = await toolkit.work(settle.stored_result, actor_of(body), year, number, toolkit.clock())
        await desk.open_view(body, window(OFFICE_ALONE) if found is None else say.table_view(found))
        await ack()


async def drawn(desk: Desk, body: Body, done: str = "") -> Block:
    """The window as it stands now, for this person."""
    toolkit, actor, now = desk.toolkit, actor_of(body), desk.toolkit.clock()
    state = await toolkit.work(settle.year_end, actor, now)
    if not isinstance(state, YearEnd):
        return window(done or OFFICE_ALONE)
    found = await toolkit.work(objections.objections_of, actor, state.year, now)
    decision = await toolkit.work(awards.decision_of, actor, state.year, now)
    return say.year_end_view(
        state,
        found if isinstance(found, list) else (),
        decision if isinstance(decision, Decision) else None,
        toolkit.city.results.objection_days,
        done,
    )
