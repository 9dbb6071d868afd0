"""관외 사유: the window that asks, the list of what waits, and the draft letter that comes as message and file."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import outside_reasons as reasons
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.paper_files import send_paper
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import outside_reasons as say
from gwannae.messages.problems import window
from gwannae.messages.report_purchase import refused
from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import NotOutside, RawReason, ReasonAsked, ReasonGiven, ReasonRefused

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.REASON_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(reasons.ask, actor_of(body), number_of(action), toolkit.clock())
        if isinstance(found, ReasonAsked):
            shown = say.reason_form(found, uuid4().hex, toolkit.city)
        else:
            shown = window(say.NOT_OUTSIDE if isinstance(found, NotOutside) else refused(found))
        await desk.open_view(body, shown)
        await ack()

    @app.view(ids.REASON_VIEW)
    async def keep(ack: AsyncAck, body: Body, view: Body) -> None:
        actor = actor_of(body)
        form_key, purchase_id = say.read_memo(str(view.get("private_metadata") or ""))
        raw = RawReason(chosen(view, ids.REASON_CODE), text_of(view, ids.REASON_SENTENCE))
        outcome = await toolkit.work(reasons.give, actor, purchase_id, raw, form_key, toolkit.clock())
        if isinstance(outcome, ReasonGiven):
            await ack()
            send_letter(desk, actor, outcome)
        elif isinstance(outcome, ReasonRefused):
            await ack(response_action="errors", errors=say.reason_errors(outcome.faults))
        else:
            text = say.NOT_OUTSIDE if isinstance(outcome, NotOutside) else refused(outcome)
            await ack(response_action="update", view=window(text))

    @app.action(ids.REASON_LIST)
    async def show_list(ack: AsyncAck, body: Body) -> None:
        waiting = await toolkit.work(reasons.unanswered, actor_of(body), toolkit.clock(), say.LIST_SHOWN)
        await desk.open_view(body, say.list_window(waiting))
        await ack()


def send_letter(desk: Desk, actor: Actor, given: ReasonGiven) -> None:
    """The draft as a direct message and as a file, after the ack; the reason itself is stored already."""
    city = desk.toolkit.city
    message, paper = say.letter_message(given, city), say.letter(given, city)
    send_paper(desk, actor, paper, message, say.FILE_NOT_SENT, say.file_line(given))
