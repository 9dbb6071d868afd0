"""관외 사유: the window that asks, the list of what waits, and the draft letter that comes as message and file."""

import asyncio
from io import BytesIO
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import outside_reasons as reasons
from gwannae.documents.letters import letter_hwpx
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.uploads import upload
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

    async def send() -> None:
        city = desk.toolkit.city
        client = desk.workspaces.patient(actor.team_id)
        posted = await client.chat_postMessage(channel=actor.user_id, **say.letter_message(given, city))
        letter = say.letter(given, city)
        content = await asyncio.get_running_loop().run_in_executor(desk.toolkit.threads, letter_hwpx, letter)
        await upload(
            desk.workspaces,
            actor.team_id,
            str(posted["channel"]),
            BytesIO(content),
            letter.file_name,
            say.file_line(given),
        )

    async def tell(_: Exception) -> None:
        client = desk.workspaces.patient(actor.team_id)
        await client.chat_postMessage(channel=actor.user_id, text=say.FILE_NOT_SENT)

    desk.later(send(), name="letter", tell=tell)
