"""`/gwannae 남은 곳` and its button on the office's Home tab: who owes what, and what did not go out."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.weekly_digest import asked_digest
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import weekly_digest as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import NotAllowed

Body = dict[str, Any]


async def answer_digest(ack: AsyncAck, desk: Desk, command: Body) -> None:
    """Answer the asker alone."""
    found = await desk.toolkit.work(asked_digest, actor_of(command), desk.toolkit.clock())
    await ack(**say.for_command(found))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listener."""
    toolkit = desk.toolkit

    @app.action(ids.DIGEST_OPEN)
    async def by_button(ack: AsyncAck, body: Body) -> None:
        actor = actor_of(body)
        found = await toolkit.work(asked_digest, actor, toolkit.clock())
        await ack()
        desk.direct(actor, {"text": OFFICE_ALONE} if isinstance(found, NotAllowed) else say.digest(found))
