"""The button "이력" of a report."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.purchase_history import history_of
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import purchase_history as say
from gwannae.messages.problems import window
from gwannae.messages.report_purchase import NOT_YOURS, read_button_value
from gwannae.programme.report_purchase import NotYours

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.REPORT_HISTORY)
    async def show(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        purchase_id, _ = read_button_value(str(action.get("value") or ""))
        found = await toolkit.work(history_of, actor, purchase_id, toolkit.clock())
        shown = window(NOT_YOURS) if isinstance(found, NotYours) else say.window(found, actor.team_id)
        await desk.open_view(body, shown)
        await ack()
