"""Unpacks the form "구매 보고": what stands in Slack's view state, as raw values and as what fills the form again."""

from datetime import date

from gwannae.handlers.view_state import View, choice_of, chosen, text_of
from gwannae.messages import ids
from gwannae.messages.report_choices import typed_firm, unregistered_name, vendor_id_of
from gwannae.messages.report_form import Filled, Form, FormMemo, filled_from, name_block_of
from gwannae.programme.affiliation import OrganisationChoice
from gwannae.programme.outside_reasons import RawReason
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.report_form import RawReport
from gwannae.programme.report_purchase import Receipt


def raw_report(view: View) -> RawReport:
    """The form as typed. Raises ValueError when the view is not one of ours."""
    memo = FormMemo.read(str(view.get("private_metadata") or ""))
    firm = choice_of(view, ids.REPORT_FIRM)
    asked = chosen(view, ids.REPORT_ORGANISATION)
    organisation_id = memo.organisation_id if asked is None else ids.read_number(asked)
    unregistered = unregistered_name(firm) if firm else None
    return RawReport(
        form_key=memo.form_key,
        organisation_id=organisation_id,
        title=text_of(view, ids.REPORT_TITLE),
        vendor_id=vendor_id_of(firm) if firm else None,
        firm_name=None if unregistered is None else (_name(view) or typed_firm(unregistered)[0]),
        firm_number=text_of(view, ids.REPORT_FIRM_NUMBER),
        firm_address=text_of(view, ids.REPORT_FIRM_ADDRESS),
        amount=text_of(view, ids.REPORT_AMOUNT),
        contract_date=text_of(view, ids.REPORT_DATE, "selected_date"),
        kind=chosen(view, ids.REPORT_KIND),
        method=chosen(view, ids.REPORT_METHOD),
        item=text_of(view, ids.REPORT_ITEM),
        purchase_id=memo.purchase_id,
        version=memo.version,
        seen=memo.seen,
        reason=RawReason(chosen(view, ids.REASON_CODE), text_of(view, ids.REASON_SENTENCE)),
    )


def _name(view: View) -> str:
    return text_of(view, name_block_of(view["blocks"]) or ids.REPORT_FIRM_NAME) or ""


def filled(view: View) -> Filled:
    """What stands in the form now, to draw it again with other fields."""
    firm = choice_of(view, ids.REPORT_FIRM)
    day = text_of(view, ids.REPORT_DATE, "selected_date")
    return Filled(
        title=text_of(view, ids.REPORT_TITLE) or "",
        firm=dict(firm) if firm else None,
        firm_name=_name(view),
        firm_number=text_of(view, ids.REPORT_FIRM_NUMBER) or "",
        firm_address=text_of(view, ids.REPORT_FIRM_ADDRESS) or "",
        amount=text_of(view, ids.REPORT_AMOUNT) or "",
        contract_date=date.fromisoformat(day) if day else None,
        kind=next((k for k in PurchaseKind if k.value == chosen(view, ids.REPORT_KIND)), None),
        method=next((m for m in ContractMethod if m.value == chosen(view, ids.REPORT_METHOD)), None),
        item=text_of(view, ids.REPORT_ITEM) or "",
        reason_note=next((dict(b) for b in view["blocks"] if b.get("block_id") == ids.REASON_NOTE), None),
        reason_code=chosen(view, ids.REASON_CODE),
        reason_sentence=text_of(view, ids.REASON_SENTENCE) or "",
    )


def change_form(kept: Receipt, choice: OrganisationChoice, form_key: str) -> Form:
    """The form of a stored report that is about to be changed."""
    purchase = kept.purchase
    memo = FormMemo(form_key, purchase.draft.organisation_id, purchase.id, purchase.version)
    return Form(memo, choice, filled_from(purchase.draft, purchase.draft.contract_date))
