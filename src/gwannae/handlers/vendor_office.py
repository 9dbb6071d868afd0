"""업체 고치기: the programme office's forms behind the buttons of the detail window."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import vendor_office as keep
from gwannae.actions.localvendor import choose_vendors
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.view_state import choice_of, day_of, text_of
from gwannae.messages import ids
from gwannae.messages import localvendor as pages
from gwannae.messages import vendor_office as say
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import vendor_id_of
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.vendor_changes import ChangeOutcome, ChangeRefused, NotTheOffice, VendorForm
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
            await desk.open_view(body, form(found, uuid4().hex))

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
        await _answer(ack, outcome, ids.KEEP_SINCE)

    @app.view(ids.KEEP_CORRECT_VIEW)
    async def correct(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, form = _memo(view), _form(view)
        outcome = await toolkit.work(
            keep.correct_vendor, actor_of(body), memo.vendor_id, memo.version, form, memo.form_key, toolkit.clock()
        )
        await _answer(ack, outcome, ids.KEEP_SINCE)


def _register_ending(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.KEEP_RETIRE_VIEW)
    async def retire(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, day, reason = _memo(view), day_of(view, ids.KEEP_DAY), text_of(view, ids.KEEP_REASON) or ""
        outcome = await toolkit.work(
            keep.retire_vendor, actor_of(body), memo.vendor_id, day, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, outcome, ids.KEEP_DAY)

    @app.view(ids.KEEP_RESTORE_VIEW)
    async def restore(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, reason = _memo(view), text_of(view, ids.KEEP_REASON) or ""
        outcome = await toolkit.work(
            keep.restore_vendor, actor_of(body), memo.vendor_id, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, outcome, ids.KEEP_DAY)

    @app.view(ids.KEEP_MERGE_VIEW)
    async def merge(ack: AsyncAck, body: Body, view: Body) -> None:
        memo, reason = _memo(view), text_of(view, ids.KEEP_REASON) or ""
        other = vendor_id_of(choice_of(view, ids.KEEP_OTHER) or {}) or 0
        outcome = await toolkit.work(
            keep.merge_vendors, actor_of(body), memo.vendor_id, other, reason, memo.form_key, toolkit.clock()
        )
        await _answer(ack, outcome, ids.KEEP_DAY)

    @app.options(ids.KEEP_OTHER)
    async def suggest(ack: AsyncAck, payload: Body) -> None:
        vendors = await toolkit.work(choose_vendors, str(payload.get("value") or ""), toolkit.today)
        await ack(options=say.other_options(vendors))


async def _answer(ack: AsyncAck, outcome: ChangeOutcome, day_block: str) -> None:
    if isinstance(outcome, ChangeRefused):
        await ack(response_action="errors", errors=say.errors(outcome, day_block))
    else:
        await ack(response_action="update", view=say.done(outcome))


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
