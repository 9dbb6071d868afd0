"""The page of the other duties to buy."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import schemes
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import schemes as say

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.SCHEMES_OPEN)
    async def show(ack: AsyncAck, body: Body) -> None:
        every, own = await toolkit.work(schemes.my_schemes, actor_of(body), toolkit.today)
        await desk.open_view(body, say.schemes_window(every, own))
        await ack()
