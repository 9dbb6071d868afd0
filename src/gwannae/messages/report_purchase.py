"""What is said after a report: the receipt, that it was stored already, changed, cancelled, or is not theirs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, confirmation, context, escape, modal, section
from gwannae.messages.figures import both_ratios, unconfirmed_note
from gwannae.messages.outside_reasons import ASKED, reason_lines
from gwannae.messages.schemes import filled_line, filled_lines
from gwannae.messages.verdicts import evidence_lines, overtaken_line, verdict_line
from gwannae.programme.amount import write_won
from gwannae.programme.dates import write_day
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.report_purchase import NoLongerYours, NotYours, Receipt
from gwannae.programme.verdict import LocalRule

STALE = "그 사이 이 보고가 바뀌어 아무것도 고치지 않았습니다. 지금 저장된 내용을 메시지로 보여 드립니다."
CANCELLED = "이미 취소된 보고입니다. 집계에서 빠져 있습니다. 다시 필요하면 [되살리기]를 눌러 주세요."
ALREADY = "이미 저장된 보고입니다. 두 번 집계되지 않습니다."
NO_LONGER_YOURS = (
    "더는 이 부서·기관의 이름으로 보고하지 않아 고치거나 취소할 수 없습니다. 보고는 그대로 있습니다. "
    "[판정 근거]에서 보실 수 있고, 바꿀 것은 부서 책임자나 총괄 부서에 말씀해 주세요."
)
NOT_YOURS = "이 보고는 볼 수 없습니다. 보고하신 분, 부서 책임자, 총괄 부서만 보고 고칠 수 있습니다."


def receipt(kept: Receipt, *, title: str = "보고를 저장했습니다") -> dict[str, Any]:
    """The direct message: verdict with its reason, what it counts for, and where the organisation stands now."""
    purchase, draft = kept.purchase, kept.purchase.draft
    summary = f"{escape(draft.title)} · {write_won(draft.amount)} · {write_day(draft.contract_date)}"
    cancelled = purchase.state is PurchaseState.CANCELLED
    blocks = [section("receipt-head", f"*{title}* · {summary}")]
    said = [f"{title}: {summary}"]
    if not cancelled:
        verdict = purchase.judgement.verdict.label
        reason = verdict_line(purchase.judgement, draft.firm.name)
        more = [filled_line(kept.filled)] if kept.filled else []
        more += [_overtaken(purchase)] if purchase.judgement.overtaken else []
        blocks.append(section("receipt-verdict", "\n".join([f"판정 *{verdict}* · {reason}", *more])))
        said += [f"판정 {verdict} · {reason}", *more]
        if kept.asks_reason:
            blocks.append(section("receipt-reason", ASKED))
            said.append(ASKED)
    blocks.append(section("receipt-place", _place(kept)))
    blocks.append(actions("receipt-row", _row(kept)))
    blocks.append(context("receipt-note", _note(purchase)))
    return {"text": "\n".join([*said, _place(kept)]), "blocks": blocks}


def _overtaken(purchase: Purchase) -> str:
    assert purchase.judgement.overtaken is not None
    word = purchase.judgement.overtaken.verdict.label
    return f"총괄 부서의 판정({word})은 고치기 전 내용에 대한 것이어서, 고친 내용으로 다시 판정했습니다."


def _note(purchase: Purchase) -> str:
    notes = [f"보고 번호 {purchase.id}"]
    if purchase.version > 1 and purchase.state is PurchaseState.REPORTED:
        notes.append(f"{purchase.version - 1}번 고침")
    if purchase.self_declared:
        notes.append("소속은 본인이 고른 것이며, 부서 책임자나 총괄 부서가 확인하기 전입니다")
    return " · ".join(notes)


def _place(kept: Receipt) -> str:
    name = escape(kept.organisation.name)
    year = kept.purchase.draft.contract_date.year
    if kept.place is None:
        return f"{name} {year}년: 아직 집계된 실적이 없습니다."
    figures = kept.place.total
    rank = f" · {kept.place.rank}위" if kept.place.rank else ""
    note = unconfirmed_note(figures)
    return f"{name} {year}년: {both_ratios(figures)}{rank}" + (f"\n{note}" if note else "")


def _row(kept: Receipt) -> list[Block]:
    value = button_value_of(kept.purchase)
    rest = [button(ids.REPORT_HISTORY, "이력", value), button(ids.REPORT_COPY, "지난 건 복사", value)]
    if kept.purchase.state is PurchaseState.CANCELLED:
        return [button(ids.REPORT_RESTORE, "되살리기", value), *rest]
    sure = confirmation(
        "보고 취소", "이 보고를 취소합니다. 기록은 남고 집계에서는 빠집니다.", "취소하기", "그대로 두기"
    )
    asked = [button(ids.REASON_OPEN, "사유 적기", str(kept.purchase.id), style="primary")] if kept.asks_reason else []
    return [
        *asked,
        button(ids.REPORT_CHANGE, "고치기", value),
        button(ids.REPORT_CANCEL, "취소", value, style="danger", confirm=sure),
        button(ids.REPORT_WHY, "판정 근거", value),
        *rest,
    ]


def button_value_of(purchase: Purchase) -> str:
    """Purchase and version that a button was made for: "17:2"."""
    return f"{purchase.id}:{purchase.version}"


def read_button_value(value: str) -> tuple[int, int]:
    """The other way round; 0 for what is not ours, which is nobody's purchase."""
    number, _, version = value.partition(":")
    return ids.read_number(number), ids.read_number(version)


def already(kept: Receipt) -> Block:
    """The window in the form's place when the same form came again."""
    draft = kept.purchase.draft
    text = f"{ALREADY}\n{escape(draft.title)} · {write_won(draft.amount)} · {write_day(draft.contract_date)}"
    show = button(ids.REPORT_SHOW, "보고 보기", button_value_of(kept.purchase))
    return modal(ids.REPORT_DONE_VIEW, "구매 보고", [section("report-done", text), actions("report-done-row", [show])])


def refused(outcome: NotYours | NoLongerYours) -> str:
    """Said to who may not change a report."""
    return NO_LONGER_YOURS if isinstance(outcome, NoLongerYours) else NOT_YOURS


def stale(kept: Receipt) -> str:
    """Said when a button or form was older than what is stored."""
    return CANCELLED if kept.purchase.state is PurchaseState.CANCELLED else STALE


def as_it_is(kept: Receipt) -> dict[str, Any]:
    """What is stored now, in the place of an older receipt or beside a form that came too late."""
    if kept.purchase.state is PurchaseState.CANCELLED:
        return receipt(kept, title="이미 취소된 보고입니다")
    return receipt(kept, title="그 사이 바뀐 보고입니다. 아무것도 하지 않았습니다")


def changed(kept: Receipt, office: str = "") -> dict[str, Any]:
    """The direct message after a change. `office`: whom we told that its word was overtaken."""
    said = receipt(kept, title="보고를 고쳤습니다")
    if not office:
        return said
    note = f"판정이 바뀐 것은 {escape(office)}에 알렸습니다."
    return {"text": f"{said['text']}\n{note}", "blocks": [*said["blocks"], context("receipt-told", note)]}


def cancelled(kept: Receipt) -> dict[str, Any]:
    """The receipt's message after cancelling."""
    return receipt(kept, title="보고를 취소했습니다")


def restored(kept: Receipt) -> dict[str, Any]:
    """The receipt's message after a cancelling was taken back."""
    return receipt(kept, title="보고를 되살렸습니다")


def why(kept: Receipt, rules: Sequence[LocalRule], today: date) -> Block:
    """The window "판정 근거": everything needed to answer an auditor."""
    purchase, draft = kept.purchase, kept.purchase.draft
    head = [
        f"*{escape(draft.title)}* · {write_won(draft.amount)} · {write_day(draft.contract_date)}",
        f"판정 *{purchase.judgement.verdict.label}* · {verdict_line(purchase.judgement, draft.firm.name)}",
    ]
    facts = [
        f"구분: {draft.kind.label} · 계약방법: {draft.method.label}",
        f"업체: {escape(draft.firm.name)}" + (" (업체 명부)" if draft.firm.vendor_id else " (명부에 없는 업체)"),
        *evidence_lines(purchase.judgement, rules, "계약일"),
        *filled_lines(kept.filled, purchase.judgement),
        *(reason_lines(kept.reason) if kept.reason else []),
    ]
    frozen = (
        "이 판정은 계약일 기준으로 저장되어, 나중에 업체가 옮기거나 규칙이 바뀌어도 그대로입니다. "
        f"({write_day(today)} 조회)"
    )
    value = button_value_of(purchase)
    row = [button(ids.REPORT_HISTORY, "이력", value)]
    if kept.may_rejudge and purchase.state is PurchaseState.REPORTED:
        row.append(button(ids.REJUDGE_OPEN, "판정 바꾸기", value))
    return modal(
        ids.REPORT_WHY_VIEW,
        "판정 근거",
        [
            section("why-head", "\n".join([*head, *_ruled(kept)])),
            section("why-facts", "\n".join(facts)),
            actions("why-row", row),
            context("why-note", frozen),
        ],
    )


def _ruled(kept: Receipt) -> list[str]:
    """Who changed the verdict by their word, and what it was before."""
    ruling = kept.purchase.judgement.ruling
    if ruling is None:
        return [line] if (line := overtaken_line(kept.purchase.judgement)) else []
    who = f"<@{ruling.by_user}>" if ruling.by_team else "관리자(명령줄)"
    lines = [f"다시 판정한 사람: {who} · 아래 근거는 앞선 판정의 것입니다."]
    if kept.earlier is not None:
        firm = kept.purchase.draft.firm.name
        lines.append(f"앞선 판정 *{kept.earlier.verdict.label}* · {verdict_line(kept.earlier, firm)}")
    return lines
