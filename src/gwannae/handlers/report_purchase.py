"""`/report-purchase`: open the form, help it along, store it before the answer; then change, cancel, explain."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import localvendor as find
from gwannae.actions import outside_reasons as reasons
from gwannae.actions import people, report_changes
from gwannae.actions import report_purchase as report
from gwannae.handlers.cross_check_cards import follow
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.outside_reasons import send_letter
from gwannae.handlers.rejudgement import overtaken_in, tell_office
from gwannae.handlers.report_state import change_form, filled, raw_report
from gwannae.handlers.view_state import choice_of
from gwannae.messages import ids
from gwannae.messages import report_choices as choices
from gwannae.messages import report_form as form
from gwannae.messages import report_purchase as say
from gwannae.messages.blocks import ephemeral
from gwannae.messages.localvendor import gone
from gwannae.messages.paid_before import read_planned_value
from gwannae.messages.problems import window
from gwannae.messages.reopening import too_late
from gwannae.messages.report_errors import visible_errors
from gwannae.programme.amount import write_won
from gwannae.programme.lamp import LookFirst
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_form import MAX_ITEM, MAX_TITLE, Refused
from gwannae.programme.report_purchase import AlreadyStored, Cancelled, NoLongerYours, NotYours, Stale
from gwannae.programme.report_words import read_words

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_opening(app, desk)
    _register_helping(app, desk)
    _register_storing(app, desk)
    _register_receipt(app, desk)


def _register_opening(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def open_form(body: Body, content: form.Filled) -> None:
        choice = await toolkit.work(people.organisation_choice, actor_of(body), toolkit.today)
        only = choice.options[0].id if len(choice.options) == 1 else None
        memo = form.FormMemo(uuid4().hex, only)
        await desk.open_view(body, form.report_form(form.Form(memo, choice, content)))

    @app.command("/report-purchase")
    async def open_by_command(ack: AsyncAck, command: Body) -> None:
        words = read_words(str(command.get("text") or ""), toolkit.today)
        await open_form(
            command,
            form.Filled(
                title=words.title[:MAX_TITLE],
                amount=words.amount,
                contract_date=words.contract_date or toolkit.today,
                kind=words.kind,
            ),
        )
        await ack()

    @app.action(ids.VENDOR_REPORT)
    async def open_for_firm(ack: AsyncAck, body: Body, action: Body) -> None:
        card = await toolkit.work(find.vendor_detail, number_of(action), toolkit.today)
        if isinstance(card, FirmGone):
            await ack()
            desk.respond(body, {**gone(), "replace_original": False})
            return
        firm = choices.firm_option(card.vendor)
        await open_form(body, form.Filled(firm=firm, contract_date=toolkit.today))
        await ack()

    @app.action(ids.REPORT_PLANNED)
    async def open_as_planned(ack: AsyncAck, body: Body, action: Body) -> None:
        planned, word = read_planned_value(str(action.get("value") or ""))
        amount = write_won(planned) if planned else ""
        await open_form(
            body,
            form.Filled(title=word[:MAX_TITLE], item=word[:MAX_ITEM], amount=amount, contract_date=toolkit.today),
        )
        await ack()

    @app.action(ids.REPORT_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_form(body, form.Filled(contract_date=toolkit.today))
        await ack()


def _register_helping(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.options(ids.REPORT_FIRM)
    async def suggest_firms(ack: AsyncAck, payload: Body) -> None:
        typed = str(payload.get("value") or "")
        vendors = await toolkit.work(find.choose_vendors, typed, toolkit.today)
        await ack(options=choices.firm_options(typed, vendors))

    @app.options(ids.REPORT_ORGANISATION)
    async def suggest_organisations(ack: AsyncAck, body: Body, payload: Body) -> None:
        choice = await toolkit.work(people.organisation_choice, actor_of(body), toolkit.today)
        await ack(options=choices.organisation_options(choice.options, str(payload.get("value") or "")))

    @app.action(ids.REPORT_FIRM)
    async def choose_firm(ack: AsyncAck, body: Body) -> None:
        view = body["view"]
        chosen, content = choice_of(view, ids.REPORT_ORGANISATION), filled(view)
        vendor_id = choices.vendor_id_of(content.firm) if content.firm else None
        looked = None
        if vendor_id is not None:
            about, day = content.item or content.title, content.contract_date or toolkit.today
            looked = await toolkit.work(reasons.look_for_firm, vendor_id, about, day)
        redrawn = form.redrawn(view, content, dict(chosen) if chosen else None, looked)
        if redrawn is not None:
            # without the hash: of two choices in quick succession the later one must not be refused
            await desk.workspaces.quick(actor_of(body).team_id).views_update(view_id=view["id"], view=redrawn)
        await ack()


def _register_storing(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.REPORT_VIEW)
    async def store(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, raw = actor_of(body), raw_report(view)
        action = report.submit if raw.purchase_id is None else report_changes.change
        outcome = await toolkit.work(action, actor, raw, toolkit.clock())
        if isinstance(outcome, Refused):
            await ack(response_action="errors", errors=visible_errors(outcome.faults, view["blocks"]))
        elif isinstance(outcome, LookFirst):
            chosen = choice_of(view, ids.REPORT_ORGANISATION)
            shown = form.held_up(view, filled(view), dict(chosen) if chosen else None, outcome, toolkit.city)
            await ack(response_action="update", view=shown)
        elif isinstance(outcome, AlreadyStored):
            await ack(response_action="update", view=say.already(outcome.receipt))
        elif isinstance(outcome, Stale):
            now = say.as_it_is(outcome.receipt)
            await ack(response_action="update", view=form.done(say.stale(outcome.receipt)))
            desk.direct(actor, now)
        elif isinstance(outcome, NotYours | NoLongerYours):
            await ack(response_action="update", view=form.done(say.refused(outcome)))
        elif isinstance(outcome, TooLate):
            await ack(response_action="update", view=too_late(outcome))
        else:
            told = await tell_office(desk, actor.team_id, overtaken_in(outcome))
            office = toolkit.city.programme_office if told else ""
            receipt = say.receipt(outcome.receipt) if raw.purchase_id is None else say.changed(outcome.receipt, office)
            await ack()
            desk.direct(actor, receipt)
            follow(desk, raw.form_key)
            if outcome.given is not None:
                send_letter(desk, actor, outcome.given)


def _register_receipt(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.REPORT_CHANGE)
    async def open_change(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        purchase_id, version = say.read_button_value(str(action.get("value") or ""))
        kept = await toolkit.work(report_changes.look_to_change, actor, purchase_id, toolkit.clock())
        if isinstance(kept, NotYours | NoLongerYours):
            await desk.open_view(body, window(say.refused(kept)))
        elif isinstance(kept, TooLate):
            await desk.open_view(body, too_late(kept))
        elif kept.is_older(version):
            await desk.open_view(body, window(say.stale(kept)))
            desk.replace(body, say.as_it_is(kept))
        else:
            choice = await toolkit.work(people.organisation_choice, actor, toolkit.today)
            await desk.open_view(
                body, form.report_form(change_form(kept, form.keep(choice, kept.organisation), uuid4().hex))
            )
        await ack()

    @app.action(ids.REPORT_CANCEL)
    async def cancel(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        purchase_id, version = say.read_button_value(str(action.get("value") or ""))
        outcome = await toolkit.work(report_changes.cancel, actor, purchase_id, version, toolkit.clock())
        if isinstance(outcome, NotYours | NoLongerYours):
            await ack()
            desk.respond(body, {**ephemeral(say.refused(outcome)), "replace_original": False})
            return
        if isinstance(outcome, TooLate):
            await desk.open_view(body, too_late(outcome))
            await ack()
            return
        done = isinstance(outcome, Cancelled)
        shown = say.cancelled(outcome.receipt) if done else say.as_it_is(outcome.receipt)
        await ack()
        desk.replace(body, shown)

    @app.action(ids.REPORT_SHOW)
    @app.action(ids.REPORT_WHY)
    async def explain(ack: AsyncAck, body: Body, action: Body) -> None:
        purchase_id, _ = say.read_button_value(str(action.get("value") or ""))
        kept = await toolkit.work(report.look, actor_of(body), purchase_id, toolkit.clock())
        shown = (
            window(say.NOT_YOURS)
            if isinstance(kept, NotYours)
            else say.why(kept, toolkit.city.local_rules, toolkit.today)
        )
        await desk.open_view(body, shown)
        await ack()
