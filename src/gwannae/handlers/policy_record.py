"""`/gwannae 정책실명제`: what the office says of the year, and the record as text and file."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import policy_record as keep
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.paper_files import send_paper
from gwannae.handlers.view_state import text_of
from gwannae.messages import ids
from gwannae.messages import policy_record as say
from gwannae.messages.paper_text import page
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.policy_record import PolicyRecord, RecordField, RecordRefused

Body = dict[str, Any]


async def open_record(desk: Desk, body: Body) -> None:
    """Open this year's form; who is not of the programme office is told so."""
    toolkit = desk.toolkit
    found = await toolkit.work(keep.record_of, actor_of(body), toolkit.today.year, toolkit.clock())
    shown = say.record_form(found, uuid4().hex) if isinstance(found, PolicyRecord) else window(OFFICE_ALONE)
    await desk.open_view(body, shown)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.RECORD_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_record(desk, body)
        await ack()

    @app.view(ids.RECORD_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        form_key, year = say.read_memo(str(view.get("private_metadata") or ""))
        texts = {field: text_of(view, say.text_block(field)) or "" for field in RecordField}
        outcome = await toolkit.work(keep.keep_record, actor_of(body), year, texts, form_key, toolkit.clock())
        if isinstance(outcome, RecordRefused):
            await ack(response_action="errors", errors=dict(say.errors(outcome)))
            return
        await ack(response_action="update", view=window(say.said(outcome)))

    @app.action(ids.RECORD_FILE)
    async def send_file(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, year = actor_of(body), ids.read_year(action.get("value"))
        found = await toolkit.work(keep.record_of, actor, year or toolkit.today.year, toolkit.clock())
        if isinstance(found, PolicyRecord):
            paper = say.paper(found)
            send_paper(desk, actor, paper, {"text": page(say.HEAD, paper)}, say.NOT_SENT)
        else:
            desk.direct(actor, {"text": OFFICE_ALONE})
        await ack()
