"""The button "담당자 확인"."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.contacts import contacts
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.messages import ids
from gwannae.messages.contacts import contacts_view

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listener."""
    toolkit = desk.toolkit

    @app.action(ids.CONTACTS_OPEN)
    async def show(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(contacts, actor_of(body), number_of(action), toolkit.clock())
        await desk.open_view(body, contacts_view(found))
        await ack()
