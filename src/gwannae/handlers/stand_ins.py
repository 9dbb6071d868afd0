"""대리 정하기: the form behind the button of `/gwannae 담당`."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.stand_ins import name_stand_in, stand_in_desk
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.view_state import chosen, day_of, user_of
from gwannae.messages import ids
from gwannae.messages import stand_ins as say
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.stand_ins import StandInForm, StandInNamed, StandInRefused

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.STAND_IN_OPEN)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        found = await toolkit.work(stand_in_desk, actor_of(body), toolkit.clock())
        shown = window(OFFICE_OR_LEAD) if isinstance(found, NotAllowed) else say.stand_in_form(found, uuid4().hex)
        await desk.open_view(body, shown)
        await ack()

    @app.options(ids.STAND_IN_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        found = await toolkit.work(stand_in_desk, actor_of(body), toolkit.clock())
        mine = () if isinstance(found, NotAllowed) else found.organisations
        await ack(options=organisation_options(mine, str(payload.get("value") or "")))

    @app.view(ids.STAND_IN_VIEW)
    async def name(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, form_key = actor_of(body), str(view.get("private_metadata") or "")
        outcome = await toolkit.work(name_stand_in, actor, _form(view), form_key, toolkit.clock())
        if isinstance(outcome, StandInRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.said(outcome)))
        if isinstance(outcome, StandInNamed):
            desk.post(actor.team_id, outcome.affiliation.user_id, say.for_stand_in(outcome, actor.user_id))


def _form(view: Body) -> StandInForm:
    return StandInForm(
        organisation_id=ids.read_number(chosen(view, ids.STAND_IN_ORGANISATION)),
        user_id=user_of(view, ids.STAND_IN_PERSON) or "",
        first=day_of(view, ids.STAND_IN_FIRST),
        last=day_of(view, ids.STAND_IN_LAST),
    )
