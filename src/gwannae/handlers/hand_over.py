"""`/gwannae 인수인계`: what somebody who takes an organisation over finds."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from gwannae.actions.hand_over import asked_hand_over
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import hand_over as say

Body = dict[str, Any]


async def answer_hand_over(ack: AsyncAck, desk: Desk, command: Body, name: str) -> None:
    """Answer the asker alone; `name` is an organisation's, where one was typed."""
    found = await desk.toolkit.work(asked_hand_over, actor_of(command), name, desk.toolkit.clock())
    await ack(**say.for_command(found))
