"""업체 고치기: the programme office's forms behind the buttons of the detail window."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import vendor_office as keep
from gwannae.actions.localvendor import choose_vendors
from gwannae.actions.vendor_card import vendor_page
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.vendor_retirements import retired_window
from gwannae.handlers.view_state import choice_of, day_of, text_of
from gwannae.messages import ids
from gwannae.messages import localvendor as pages
from gwannae.messages import vendor_office as say
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import vendor_id_of
from gwannae.messages.vendor_card import vendor_window
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.vendor_changes import (
    ChangeOutcome,
    ChangeRefused,
    NotTheOffice,
    VendorCorrected,
    VendorForm,
    VendorRestored,
    VendorRetired,
    VendorsMerged,
)
from gwannae.programme.vendors import Vendor

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_opening(app, desk)
    _register_changing(app, desk)
    _register_ending(app, desk)


def _register_opening(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def open_form(body: Body, vendor_id: int, form: Callable[[Vendor, str], Block]) -> None:
        found = await toolkit.work(keep.firm_to_keep, actor_of(body), vendor_id, toolkit.clock())
        if isinstance(found, NotTheOffice):
            await desk.open_view(body, window(OFFICE_ALONE))
        elif isinstance(found, FirmGone):
            await desk.open_view(body, window(str(pages.gone()["text"])))
        else:
            await desk.open_view(body, _over_what_is_there(form(found, uuid4().hex), body))

    @app.action(ids.KEEP_ADD)
    async def open_add(ack: AsyncAck, body: Body) -> None:
        await open_form(body, 0, lambda _, key: say.add_form(key))
        await ack()

    @app.action(ids.KEEP_CORRECT)
    async def open_correct(ack: AsyncAck, body: Body, action: Body) -> None:
        await open_form(body, number_of(action) or NOBODY, say.correct_form)
        await ack()

    @app.action(ids.KEEP_MERGE)
    async def open_merge(ack: AsyncAck, body: Body, action: Body) -> None:
        await open_form(body, number_of(action) or NOBODY, say.merge_form)
        await ack()

    @app.action(ids.KEEP_RESTORE)
    async def open_restore(ack: AsyncAck, body: Body, action: Body) -> None:
        await open_form(body, number_of(action) or NOBODY, say.restore_form)
        await ack()

    @app.action(ids.KEEP_RETIRE)
    async def open_retire(ack: AsyncAck, body: Body, action: Body) -> None:
        today = toolkit.today.isoformat()
        await open_form(body, number_of(action) or NOBODY, lambda firm, key: say.retire_form(firm, key, today))
        await ack()


NOBODY = -1  # a button that names no firm opens no empty form


def _register_changing(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.KEEP_ADD_VIEW)
    async def add(ack: AsyncAck, body: Body, view: Body) -> None:
        memo = _memo(view)
        outcome = await toolkit.work(keep.add_vendor, actor_of(body), _form(view), memo.form_key, toolkit.clock())
        await _answer(ack, desk, body, outcome, ids.KEEP_SINCE)

    @app.view(ids.KEEP_CORRECT_VIEW)
    async def correct(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, form = _memo(view), _form(view)
        outcome = await toolkit.work(
            keep.correct_vendor, actor_of(body), memo.vendor_id, memo.version, form, memo.form_key, toolkit.clock()
        )
        await _answer(ack, desk, body, outcome, ids.KEEP_SINCE)


def _register_ending(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.KEEP_RETIRE_VIEW)
    async def retire(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, day, reason = _memo(view), day_of(view, ids.KEEP_DAY), text_of(view, ids.KEEP_REASON) or ""
        outcome = await toolkit.work(
            keep.retire_vendor, actor_of(body), memo.vendor_id, day, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, desk, body, outcome, ids.KEEP_DAY)

    @app.view(ids.KEEP_RESTORE_VIEW)
    async def restore(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, reason = _memo(view), text_of(view, ids.KEEP_REASON) or ""
        outcome = await toolkit.work(
            keep.restore_vendor, actor_of(body), memo.vendor_id, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, desk, body, outcome, ids.KEEP_DAY)

    @app.view(ids.KEEP_MERGE_VIEW)
    async def merge(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, reason = _memo(view), text_of(view, ids.KEEP_REASON) or ""
        other = vendor_id_of(choice_of(view, ids.KEEP_OTHER) or {}) or 0
        outcome = await toolkit.work(
            keep.merge_vendors, actor_of(body), memo.vendor_id, other, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, desk, body, outcome, ids.KEEP_DAY)

    @app.options(ids.KEEP_OTHER)
    async def suggest(ack: AsyncAck, payload: Body) -> None:
        vendors = await toolkit.work(choose_vendors, str(payload.get("value") or ""), toolkit.today)
        await ack(options=say.other_options(vendors))


def _over_what_is_there(form: Block, body: Body) -> Block:
    """The form with the window that it is opened over, or that the last form's answer stands over."""
    view = body.get("view") or {}
    if view.get("callback_id") in (ids.VENDOR_DETAIL_VIEW, ids.RETIRED_VIEW):
        return say.over(form, str(view.get("id") or ""), is_list=view["callback_id"] == ids.RETIRED_VIEW)
    try:
        before = _memo(view)
    except ValueError:
        return form
    return say.over(form, before.below, is_list=before.below_is_list)


async def _answer(ack: AsyncAck, desk: Desk, body: Body, outcome: ChangeOutcome, day_block: str) -> None:
    if isinstance(outcome, ChangeRefused):
        await ack(response_action="errors", errors=say.errors(outcome, day_block))
        return
    memo = _memo(body["view"])
    page = await _redrawn(desk, body, memo) if isinstance(outcome, _CHANGED) and memo.below else None
    await ack(response_action="update", view=say.done(outcome, memo))
    if page is not None:
        desk.update_view({**body, "view": {"id": memo.below}}, page, otherwise=say.said(outcome))


_CHANGED = (VendorCorrected, VendorRetired, VendorRestored, VendorsMerged)


async def _redrawn(desk: Desk, body: Body, memo: say.KeepMemo) -> Block | None:
    """The window under the form as it is after the change."""
    if memo.below_is_list:
        return await retired_window(desk, body)
    toolkit = desk.toolkit
    page = await toolkit.work(vendor_page, actor_of(body), memo.vendor_id, toolkit.today)
    return None if isinstance(page, FirmGone) else vendor_window(page, toolkit.city, toolkit.today)


def _memo(view: Body) -> say.KeepMemo:
    return say.KeepMemo.read(str(view.get("private_metadata") or ""))


def _form(view: Body) -> VendorForm:
    return VendorForm(
        name=text_of(view, ids.KEEP_NAME) or "",
        business_number=text_of(view, ids.KEEP_NUMBER) or "",
        address=text_of(view, ids.KEEP_ADDRESS) or "",
        since=day_of(view, ids.KEEP_SINCE),
        items=text_of(view, ids.KEEP_ITEMS) or "",
        phone=text_of(view, ids.KEEP_PHONE) or "",
        reason=text_of(view, ids.KEEP_REASON) or "",
    )
