"""An earlier report once more: a cancelled one restored, or a new one begun from it ("지난 건 복사")."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import people, report_changes
from gwannae.actions import report_purchase as report
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import report_form as form
from gwannae.messages import report_purchase as say
from gwannae.messages.blocks import ephemeral
from gwannae.messages.problems import window
from gwannae.messages.reopening import too_late
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_purchase import NoLongerYours, NotYours, Restored, Stale

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.REPORT_RESTORE)
    async def restore(ack: AsyncAck, body: Body, action: Body) -> None:
        purchase_id, version = say.read_button_value(str(action.get("value") or ""))
        outcome = await toolkit.work(report_changes.restore, actor_of(body), purchase_id, version, toolkit.clock())
        if isinstance(outcome, TooLate):
            await desk.open_view(body, too_late(outcome))
        await ack()
        if isinstance(outcome, NotYours | NoLongerYours):
            desk.respond(body, {**ephemeral(say.refused(outcome)), "replace_original": False})
        elif isinstance(outcome, Restored):
            desk.replace(body, say.restored(outcome.receipt))
        elif isinstance(outcome, Stale):
            desk.replace(body, say.as_it_is(outcome.receipt))

    @app.action(ids.REPORT_COPY)
    async def copy(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        purchase_id, _ = say.read_button_value(str(action.get("value") or ""))
        kept = await toolkit.work(report.look, actor, purchase_id, toolkit.clock())
        if isinstance(kept, NotYours):
            await desk.open_view(body, window(say.NOT_YOURS))
        else:
            choice = await toolkit.work(people.organisation_choice, actor, toolkit.today)
            only = choice.options[0].id if len(choice.options) == 1 else None
            memo = form.FormMemo(uuid4().hex, only)
            content = form.filled_from(kept.purchase.draft, toolkit.today)
            await desk.open_view(body, form.report_form(form.Form(memo, choice, content)))
        await ack()
