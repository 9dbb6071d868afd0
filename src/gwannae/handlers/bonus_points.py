"""가점: the page of points, and the workbook behind them, for both offices."""

import tempfile
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import bonus_points as bonus
from gwannae.actions import year_end as settle
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.uploads import upload
from gwannae.messages import bonus_points as say
from gwannae.messages import ids
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.year_end import refused as why_not
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.bonus_points import BonusSheet
from gwannae.programme.organisations import Actor
from gwannae.programme.year_end import Release, YearEnd, YearEndRefused

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.BONUS_OPEN)
    async def open_page(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, year, now = actor_of(body), ids.read_year(action.get("value")), toolkit.clock()
        found = await toolkit.work(bonus.bonus_sheet, actor, year, now)
        if isinstance(found, BonusSheet):
            state = await toolkit.work(settle.year_end, actor, now)
            settled = state.latest(settled=True) if isinstance(state, YearEnd) and state.year == year else None
            number = settled.number if settled else 0
            sendable = isinstance(state, YearEnd) and not state.has_gone(Release.BONUS_POINTS, number)
            view = say.bonus_view(found, number, may_send=bool(number) and sendable)
        else:
            view = window(_why(found))
        await desk.open_view(body, view)
        await ack()

    @app.action(ids.BONUS_FILE)
    async def send_file(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)

        async def tell(_: Exception) -> None:
            await desk.workspaces.patient(actor.team_id).chat_postMessage(channel=actor.user_id, text=say.NOT_SENT)

        desk.later(_make_and_send(desk, actor, ids.read_year(action.get("value"))), name="bonus_file", tell=tell)
        await ack()


async def _make_and_send(desk: Desk, actor: Actor, year: int) -> None:
    client = desk.workspaces.patient(actor.team_id)
    with tempfile.TemporaryFile() as out:
        made = await desk.toolkit.work(bonus.evidence_file, actor, year, out, desk.toolkit.clock())
        if not isinstance(made, str):
            await client.chat_postMessage(channel=actor.user_id, text=_why(made))
            return
        # a file goes to a conversation's id only, and this answer names it
        posted = await client.chat_postMessage(channel=actor.user_id, text=say.MAKING)
        await upload(desk.workspaces, actor.team_id, str(posted["channel"]), out, made, say.FILE)


def _why(refused: YearEndRefused | NotAllowed) -> str:
    return OFFICE_ALONE if isinstance(refused, NotAllowed) else why_not(refused)
