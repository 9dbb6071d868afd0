"""실적 내려받기: the form, and the file that comes as a direct message."""

import asyncio
import tempfile
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import purchase_export as export
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.uploads import upload
from gwannae.handlers.view_state import chosen
from gwannae.messages import ids
from gwannae.messages import purchase_export as say
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_export import Exported, ExportFormat, ExportRequest

Body = dict[str, Any]
AT_ONCE = 2  # files made at a time: a city's year takes a thread for many seconds, and commands need threads too


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit
    turns = asyncio.Semaphore(AT_ONCE)

    @app.action(ids.EXPORT_OPEN)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        found = await toolkit.work(export.export_desk, actor_of(body), toolkit.clock())
        await desk.open_view(body, window(OFFICE_OR_LEAD) if isinstance(found, NotAllowed) else say.export_form(found))
        await ack()

    @app.options(ids.EXPORT_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        found = await toolkit.work(export.export_desk, actor_of(body), toolkit.clock())
        allowed = () if isinstance(found, NotAllowed) else found.organisations
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))

    @app.view(ids.EXPORT_VIEW)
    async def make(ack: AsyncAck, body: Body, view: Body) -> None:
        asked, actor = _asked(view), actor_of(body)
        if asked is None:
            await ack(response_action="errors", errors=say.choice_missing())
            return

        async def tell(_: Exception) -> None:
            client = desk.workspaces.patient(actor.team_id)
            await client.chat_postMessage(channel=actor.user_id, text=say.NOT_SENT)

        await ack(response_action="update", view=say.begun())
        desk.later(_make_and_send(desk, turns, actor, asked), name="export", tell=tell)


async def _make_and_send(desk: Desk, turns: asyncio.Semaphore, actor: Actor, asked: ExportRequest) -> None:
    client = desk.workspaces.patient(actor.team_id)
    with tempfile.TemporaryFile() as out:
        async with turns:
            outcome = await desk.toolkit.work(export.export_purchases, actor, asked, out, desk.toolkit.clock())
        if not isinstance(outcome, Exported):
            await client.chat_postMessage(channel=actor.user_id, text=say.not_made(outcome))
            return
        # a file goes to a conversation's id only, and this answer names it
        posted = await client.chat_postMessage(channel=actor.user_id, text=say.MAKING)
        await upload(
            desk.workspaces, actor.team_id, str(posted["channel"]), out, outcome.file_name, say.with_file(outcome)
        )


def _asked(view: Body) -> ExportRequest | None:
    year = ids.read_number(chosen(view, ids.EXPORT_YEAR))
    word, organisation = chosen(view, ids.EXPORT_FORMAT), chosen(view, ids.EXPORT_ORGANISATION)
    form = next((f for f in ExportFormat if f.value == word), None)
    if form is None or not 2000 <= year <= 2999:
        return None
    return ExportRequest(year, None if organisation is None else ids.read_number(organisation), form)
