"""내린 업체: the office's list, from its Home tab and from a firm's window."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.vendor_retirements import retired_firms
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import vendor_retirements as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.vendor_changes import NotTheOffice

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""

    @app.action(ids.RETIRED_OPEN)
    async def open_list(ack: AsyncAck, body: Body) -> None:
        await desk.open_view(body, await retired_window(desk, body))
        await ack()

    async def turn(ack: AsyncAck, body: Body, action: Body) -> None:
        turned = await retired_window(desk, body, ids.read_number(action.get("value")))
        desk.update_view(body, turned, otherwise=say.CLOSED)
        await ack()

    for action_id in (ids.RETIRED_MORE, ids.RETIRED_BACK):
        app.action(action_id)(turn)


async def retired_window(desk: Desk, body: Body, offset: int = 0) -> Body:
    """A page of the list for whoever pressed, or that it is the office's."""
    toolkit = desk.toolkit
    found = await toolkit.work(retired_firms, actor_of(body), toolkit.clock(), offset)
    return window(OFFICE_ALONE) if isinstance(found, NotTheOffice) else say.retired_page(found)
