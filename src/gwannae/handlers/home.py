"""The Home tab, and its buttons for the lead and the office."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import home as gather
from gwannae.actions import roles
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.problems import note
from gwannae.messages import gwannae as say
from gwannae.messages import ids
from gwannae.messages.home import home_view
from gwannae.messages.problems import home_page, with_number
from gwannae.programme.organisations import Actor

Body = dict[str, Any]


async def publish(desk: Desk, actor: Actor) -> None:
    """Draw somebody's Home tab anew."""
    toolkit = desk.toolkit
    client = desk.workspaces.patient(actor.team_id)
    try:
        view = home_view(await toolkit.work(gather.home, actor, toolkit.clock()), toolkit.city)
    except Exception as error:  # a tab that stays empty would say nothing at all
        view = home_page(with_number(*note(error)))
    await client.views_publish(user_id=actor.user_id, view=view)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.event("app_home_opened")
    async def opened(ack: AsyncAck, body: Body, event: Body) -> None:
        if event.get("tab", "home") == "home":
            actor = Actor(str(body.get("team_id") or ""), str(event.get("user") or ""))
            desk.later(publish(desk, actor), name="home")
        await ack()

    async def settle(body: Body, action: Body, deed: Callable[..., object]) -> None:
        actor = actor_of(body)
        outcome = await toolkit.work(deed, actor, number_of(action), toolkit.clock())
        desk.direct(actor, {"text": say.said(outcome)})
        desk.later(publish(desk, actor), name="home")

    @app.action(ids.AFFILIATION_CONFIRM)
    async def confirm(ack: AsyncAck, body: Body, action: Body) -> None:
        await settle(body, action, roles.confirm)
        await ack()

    @app.action(ids.AFFILIATION_TAKE_BACK)
    async def take_back(ack: AsyncAck, body: Body, action: Body) -> None:
        await settle(body, action, roles.take_back)
        await ack()
