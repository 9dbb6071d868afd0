"""The office's list of certificates that end soon, from its Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.certificates import ending_certificates
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import certificates as say
from gwannae.messages import ids
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    async def page(actor: Actor, offset: int) -> Body:
        found = await toolkit.work(ending_certificates, actor, toolkit.clock(), offset)
        if isinstance(found, NotAllowed):
            return window(say.NOT_ALLOWED)
        return say.certificates_page(found, toolkit.city.registry.certificate_warn_days)

    @app.action(ids.CERTIFICATES_OPEN)
    async def open_list(ack: AsyncAck, body: Body) -> None:
        await desk.open_view(body, await page(actor_of(body), 0))
        await ack()

    async def turn(ack: AsyncAck, body: Body, action: Body) -> None:
        turned = await page(actor_of(body), ids.read_number(action.get("value")))
        desk.update_view(body, turned, otherwise=say.CLOSED)
        await ack()

    for action_id in (ids.CERTIFICATES_MORE, ids.CERTIFICATES_BACK):
        app.action(action_id)(turn)
