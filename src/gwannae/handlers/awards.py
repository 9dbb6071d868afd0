"""우수부서: the form for the council's decision, the announcement's preview, the letter draft."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import awards as award
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.uploads import upload
from gwannae.handlers.view_state import chosen, day_of, text_of
from gwannae.messages import awards as say
from gwannae.messages import ids
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.messages.year_end import refused as why_not
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.awards import Decision, DecisionDesk, DecisionForm, DecisionRefused
from gwannae.programme.organisations import Actor

Body = dict[str, Any]
MENUS = 8  # prizes, the most that a city file may name


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_form(app, desk)
    _register_telling(app, desk)


def _register_form(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.AWARD_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(
            award.decision_desk, actor_of(body), ids.read_year(action.get("value")), toolkit.clock()
        )
        if isinstance(found, DecisionDesk):
            view = say.decision_form(found, uuid4().hex)
        else:
            view = window(OFFICE_ALONE if isinstance(found, NotAllowed) else why_not(found))
        await desk.open_view(body, view)
        await ack()

    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        view = body.get("view") or {}
        _, year, _ = say.read_memo(str(view.get("private_metadata") or ""))
        found = await toolkit.work(award.decision_desk, actor_of(body), year, toolkit.clock())
        every = found.organisations if isinstance(found, DecisionDesk) else ()
        await ack(options=organisation_options(every, str(payload.get("value") or "")))

    for at in range(MENUS):
        app.options(say.winner_block(at))(suggest)

    @app.view(ids.AWARD_VIEW)
    async def decide(ack: AsyncAck, body: Body, view: Body) -> None:
        form_key, form = _form(view)
        outcome = await toolkit.work(award.decide, actor_of(body), form, form_key, toolkit.clock())
        if isinstance(outcome, DecisionRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.said(outcome)))


def _register_telling(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.AWARD_PREVIEW)
    async def preview(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(
            award.decision_of, actor_of(body), ids.read_year(action.get("value")), toolkit.clock()
        )
        if isinstance(found, Decision):
            view: Block = say.preview(found)
        else:
            view = window(OFFICE_ALONE if isinstance(found, NotAllowed) else why_not(found))
        await desk.open_view(body, view)
        await ack()

    @app.action(ids.AWARD_LETTER)
    async def letter(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)

        async def tell(_: Exception) -> None:
            await desk.workspaces.patient(actor.team_id).chat_postMessage(
                channel=actor.user_id, text=say.LETTER_NOT_SENT
            )

        desk.later(_send_letter(desk, actor, ids.read_year(action.get("value"))), name="award_letter", tell=tell)
        await ack()


async def _send_letter(desk: Desk, actor: Actor, year: int) -> None:
    found = await desk.toolkit.work(award.letter_file, actor, year, desk.toolkit.clock())
    client = desk.workspaces.patient(actor.team_id)
    if not isinstance(found, tuple):
        text = OFFICE_ALONE if isinstance(found, NotAllowed) else why_not(found)
        await client.chat_postMessage(channel=actor.user_id, text=text)
        return
    name, content = found
    # a file goes to a conversation's id only, and this answer names it
    posted = await client.chat_postMessage(channel=actor.user_id, text=say.LETTER_SENT)
    await upload(desk.workspaces, actor.team_id, str(posted["channel"]), io.BytesIO(content), name, name)


def _form(view: Body) -> tuple[str, DecisionForm]:
    form_key, year, prizes = say.read_memo(str(view.get("private_metadata") or ""))
    day: date | None = day_of(view, ids.AWARD_DAY)
    winners = tuple(
        (prize, ids.read_number(chosen(view, say.winner_block(at)))) for at, prize in enumerate(prizes[:MENUS])
    )
    members, reason = text_of(view, ids.AWARD_MEMBERS) or "", text_of(view, ids.AWARD_REASON) or ""
    return form_key, DecisionForm(year, day, members, reason, winners)
