"""대조 카드 in an organisation's channel: kept as things stand now, and its buttons."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import cross_check_cards as cards
from gwannae.actions import people, report_changes
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.report_state import change_form
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import cross_check_card as say
from gwannae.messages import ids
from gwannae.messages import report_form as form
from gwannae.messages.problems import window
from gwannae.messages.reopening import too_late
from gwannae.messages.report_choices import firm_option, unregistered_option
from gwannae.messages.report_purchase import refused
from gwannae.programme.affiliation import OrganisationChoice
from gwannae.programme.amount import write_won
from gwannae.programme.contract_words import kind_by_title
from gwannae.programme.cross_check_cards import AnswerMissing, CardAnswer, CardState
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_form import MAX_TITLE
from gwannae.programme.report_purchase import NoLongerYours, NotYours

Body = dict[str, Any]
_OF_CARD = "cross-"


def follow(desk: Desk, form_key: str) -> None:
    """Draw the card anew from which a report's form was opened, after the report was stored."""
    if form_key.startswith(_OF_CARD):
        desk.later(redraw(desk, ids.read_number(form_key.split("-")[1])), name="cross_check_card")


async def redraw(desk: Desk, card_id: int) -> None:
    """Show in the channel how a card stands now."""
    state = await desk.toolkit.work(cards.card_now, card_id)
    sent = state.card.sent if state is not None else None
    if state is None or sent is None or not sent.ts:
        return
    message = say.channel_card(state, desk.toolkit.city.programme_office)
    await desk.workspaces.patient(sent.team_id).chat_update(channel=sent.channel_id, ts=sent.ts, **message)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_forms(app, desk)
    _register_answer(app, desk)


async def _picked(desk: Desk, body: Body, action: Body) -> cards.Prefill | None:
    """What was pressed; where it is not open any more or not theirs, that is said and the card drawn anew."""
    card_id, key = say.read_button_value(str(action.get("value") or ""))
    found = await desk.toolkit.work(cards.pick_up, actor_of(body), card_id, key, desk.toolkit.clock())
    if isinstance(found, cards.Prefill) and _fits(found, str(action.get("action_id"))):
        return found
    await desk.open_view(body, window(say.NOT_YOURS if isinstance(found, NotYours) else say.SETTLED))
    if not isinstance(found, NotYours):
        desk.later(redraw(desk, card_id), name="cross_check_card")
    return None


def _fits(found: cards.Prefill, action_id: str) -> bool:
    """Whether the finding has what the button's form is filled from: a contract of the list, or a report."""
    first = found.findings[0]
    return bool({ids.CROSS_REPORT: first.published, ids.CROSS_FIX: first.reported}.get(action_id, True))


def _register_forms(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.CROSS_REPORT)
    async def report_it(ack: AsyncAck, body: Body, action: Body) -> None:
        if (found := await _picked(desk, body, action)) is not None:
            await desk.open_view(body, form.report_form(_filled(found)))
        await ack()

    @app.action(ids.CROSS_FIX)
    async def fix(ack: AsyncAck, body: Body, action: Body) -> None:
        if (found := await _picked(desk, body, action)) is not None:
            actor, number = actor_of(body), found.findings[0].reported[0].ref
            kept = await toolkit.work(report_changes.look_to_change, actor, number, toolkit.clock())
            if isinstance(kept, NotYours | NoLongerYours):
                await desk.open_view(body, window(refused(kept)))
            elif isinstance(kept, TooLate):
                await desk.open_view(body, too_late(kept))
            else:
                choice = await toolkit.work(people.organisation_choice, actor, toolkit.today)
                key = _form_key(found.state)
                await desk.open_view(
                    body, form.report_form(change_form(kept, form.keep(choice, kept.organisation), key))
                )
        await ack()

    @app.action(ids.CROSS_LEAVE)
    async def leave(ack: AsyncAck, body: Body, action: Body) -> None:
        if (found := await _picked(desk, body, action)) is not None:
            _, key = say.read_button_value(str(action.get("value") or ""))
            await desk.open_view(body, say.answer_form(found.state, key, found.findings))
        await ack()


def _register_answer(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.CROSS_ANSWER_VIEW)
    async def answered(ack: AsyncAck, body: Body, view: Body) -> None:
        card_id, key = say.read_memo(str(view.get("private_metadata") or ""))
        word = chosen(view, ids.CROSS_ANSWER)
        answer = next((a for a in CardAnswer if a.value == word), None)
        reason = text_of(view, ids.CROSS_REASON) or ""
        outcome = await toolkit.work(cards.answer, actor_of(body), card_id, key, answer, reason, toolkit.clock())
        if isinstance(outcome, AnswerMissing):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        words = say.NOTED if isinstance(outcome, CardState) else say.SETTLED
        await ack(response_action="update", view=window(say.NOT_YOURS if isinstance(outcome, NotYours) else words))
        if not isinstance(outcome, NotYours):
            desk.later(redraw(desk, card_id), name="cross_check_card")


def _filled(found: cards.Prefill) -> form.Form:
    """The report's form with what the published list says; kind and method, which it mostly lacks, are asked."""
    contract, vendor = found.findings[0].published[0], found.vendor
    firm = firm_option(vendor) if vendor else unregistered_option(contract.firm) if contract.firm else None
    content = form.Filled(
        title=contract.title[:MAX_TITLE],
        firm=firm,
        firm_name="" if vendor else contract.firm,
        firm_number="" if vendor else contract.business_number or "",
        amount=write_won(contract.amount),
        contract_date=contract.day,
        kind=kind_by_title(contract.title),
    )
    memo = form.FormMemo(_form_key(found.state), found.organisation.id)
    return form.Form(memo, OrganisationChoice(found.organisation, (found.organisation,), remembers=False), content)


def _form_key(state: CardState) -> str:
    return f"{_OF_CARD}{state.card.id}-{uuid4().hex}"
