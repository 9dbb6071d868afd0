"""다시 열기: staff and leads ask, the programme office opens (`/gwannae 마감`, or a button of what was asked)."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import reopening as reopen
from gwannae.actions.localvendor import office_addresses
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import reopening as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.messages.report_purchase import refused
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.periods import read_key
from gwannae.programme.reopening import ReopenAsked, ReopenDesk, Reopened, ReopenForm, ReopenRefused

Body = dict[str, Any]


async def open_reopening(desk: Desk, body: Body, purchase_id: int = 0) -> None:
    """Open the office's form for one report, or (0) for whichever organisation and period."""
    found = await desk.toolkit.work(reopen.reopen_desk, actor_of(body), purchase_id, desk.toolkit.clock())
    if isinstance(found, ReopenDesk):
        await desk.open_view(body, say.reopen_form(found, uuid4().hex))
    else:
        await desk.open_view(body, window(OFFICE_ALONE if isinstance(found, NotAllowed) else say.GONE))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_asking(app, desk)
    _register_form(app, desk)


def _register_asking(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.REOPEN_ASK)
    async def ask(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        outcome = await toolkit.work(reopen.ask_to_reopen, actor, number_of(action), toolkit.clock())
        if isinstance(outcome, ReopenAsked):
            office = await toolkit.work(office_addresses, actor.team_id, toolkit.today)
            said = say.asked(outcome, toolkit.city.programme_office, reached=bool(office))
            for team_id, channel in office if outcome.fresh else ():
                desk.post(team_id, channel, say.for_office(outcome, actor.user_id))
        else:
            said = refused(outcome)
        desk.update_view(body, window(said), otherwise=said)
        await ack()

    @app.action(ids.REOPEN_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        await open_reopening(desk, body, number_of(action))
        await ack()


def _register_form(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.options(ids.REOPEN_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        found = await toolkit.work(reopen.reopen_desk, actor_of(body), 0, toolkit.clock())
        every = found.organisations if isinstance(found, ReopenDesk) else ()
        await ack(options=organisation_options(every, str(payload.get("value") or "")))

    @app.view(ids.REOPEN_VIEW)
    async def open_again(ack: AsyncAck, body: Body, view: Body) -> None:
        actor = actor_of(body)
        form_key, form = _form(view)
        outcome = await toolkit.work(reopen.reopen, actor, form, form_key, toolkit.clock())
        if isinstance(outcome, ReopenRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.said(outcome)))
        if isinstance(outcome, Reopened):
            told = say.for_division(outcome, toolkit.city.programme_office)
            for team_id, user_id in outcome.tell:
                desk.post(team_id, user_id, told)


def _form(view: Body) -> tuple[str, ReopenForm]:
    form_key, purchase_id = say.read_memo(str(view.get("private_metadata") or ""))
    return form_key, ReopenForm(
        purchase_id=purchase_id,
        whole=chosen(view, ids.REOPEN_SCOPE) == say.WHOLE,
        organisation_id=ids.read_number(chosen(view, ids.REOPEN_ORGANISATION)),
        period=read_key(chosen(view, ids.REOPEN_PERIOD) or ""),
        days=ids.read_number(chosen(view, ids.REOPEN_DAYS)),
        reason=text_of(view, ids.REOPEN_REASON) or "",
    )
