"""우수부서: the form for the council's decision, the announcement's preview, letter and certificates as drafts."""

from datetime import date
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import awards as award
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.paper_files import send_paper
from gwannae.handlers.view_state import chosen, day_of, text_of
from gwannae.messages import award_papers as papers
from gwannae.messages import awards as say
from gwannae.messages import ids
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.messages.year_end import refused as why_not
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.awards import Decision, DecisionDesk, DecisionForm, DecisionRefused

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
        found = await _decision(desk, body, action)
        if found is not None:
            drafted = papers.letter(toolkit.city, found)
            send_paper(desk, actor_of(body), drafted, {"text": papers.letter_text(drafted)}, papers.NOT_SENT)
        await ack()

    @app.action(ids.AWARD_CERTIFICATES)
    async def certificates(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await _decision(desk, body, action)
        if found is not None:
            drafted = papers.certificates(toolkit.city, found)
            send_paper(desk, actor_of(body), drafted, {"text": papers.CERTIFICATES_SENT}, papers.NOT_SENT)
        await ack()


async def _decision(desk: Desk, body: Body, action: Body) -> Decision | None:
    """The decision that holds; None where there is none or it is not theirs to see: then they are told so."""
    actor, year = actor_of(body), ids.read_year(action.get("value"))
    found = await desk.toolkit.work(award.decision_of, actor, year, desk.toolkit.clock())
    if isinstance(found, Decision):
        return found
    desk.direct(actor, {"text": OFFICE_ALONE if isinstance(found, NotAllowed) else why_not(found)})
    return None


def _form(view: Body) -> tuple[str, DecisionForm]:
    form_key, year, prizes = say.read_memo(str(view.get("private_metadata") or ""))
    day: date | None = day_of(view, ids.AWARD_DAY)
    winners = tuple(
        (prize, ids.read_number(chosen(view, say.winner_block(at)))) for at, prize in enumerate(prizes[:MENUS])
    )
    members, reason = text_of(view, ids.AWARD_MEMBERS) or "", text_of(view, ids.AWARD_REASON) or ""
    return form_key, DecisionForm(year, day, members, reason, winners)
