"""한눈에: the office's window of all organisations, its order, and the rows of one."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import year_overview
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import year_overview as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.year_overview import Order

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.OVERVIEW_OPEN)
    async def show(ack: AsyncAck, body: Body) -> None:
        found = await toolkit.work(year_overview.year_overview, actor_of(body), Order.RANK, toolkit.clock())
        await desk.open_view(body, say.overview(found, toolkit.city))
        await ack()

    @app.action(ids.OVERVIEW_ORDER)
    async def put_in_order(ack: AsyncAck, body: Body, action: Body) -> None:
        word = str((action.get("selected_option") or {}).get("value") or "")
        order = next((one for one in Order if one.value == word), Order.RANK)
        found = await toolkit.work(year_overview.year_overview, actor_of(body), order, toolkit.clock())
        desk.update_view(body, say.overview(found, toolkit.city), otherwise=OFFICE_ALONE)
        await ack()

    @app.action(ids.OVERVIEW_ROWS)
    async def show_rows(ack: AsyncAck, body: Body, action: Body) -> None:
        whose = ids.read_number(action.get("value"))
        found = await toolkit.work(year_overview.own_rows, actor_of(body), whose, toolkit.clock())
        await desk.open_view(body, say.rows(found))
        await ack()
