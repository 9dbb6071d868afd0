"""마감 and 다시 열기: that a report's period is closed, asking the office to open it, the office's form."""

import json
from datetime import timedelta
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    escape,
    input_block,
    message,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.report_choices import organisation_input
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.amount import write_won
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.hangul import josa
from gwannae.programme.purchases import Purchase, PurchaseSource
from gwannae.programme.reopening import (
    MAX_REASON,
    AlreadyReopened,
    ReopenAsked,
    ReopenDesk,
    Reopened,
    ReopenFault,
    ReopenRefused,
    TooLate,
)

DAYS_OFFERED = (1, 3, 7, 14, 30)
DAYS_USUAL = 7
THIS_ROW, WHOLE = "row", "all"
GONE = "그 사이 없어졌습니다. 아무것도 열지 않았습니다."


def too_late(late: TooLate) -> Block:
    """The window where a form would open, or in the place of one that was sent."""
    period, last = late.closed.period, late.closed.last_open
    if late.may_reopen:
        ask, next_step = button(ids.REOPEN_OPEN, "다시 열기", str(late.purchase.id)), "고치려면 먼저 다시 열어 주세요."
    else:
        ask = button(ids.REOPEN_ASK, "다시 열어 달라고 하기", str(late.purchase.id))
        next_step = "고칠 것이 있으면 총괄 부서에 다시 열어 달라고 하실 수 있습니다."
    text = (
        f"{_row(late.purchase)}\n*{period.label}은 마감되었습니다.* {write_date(last)}까지 고칠 수 있었습니다. "
        f"보고는 그대로 있습니다. {next_step}"
    ).replace(f"{period.label}은", f"{period.label}{josa(period.label, '은/는')}")
    return modal(ids.REPORT_DONE_VIEW, "마감", [section("closed", text), actions("closed-row", [ask])])


def asked(outcome: ReopenAsked, office: str, *, reached: bool) -> str:
    """Said to who asked."""
    if not reached:
        return (
            f"{escape(office)}에 아직 정해진 사람이 없어 알리지 못했습니다. 직접 말씀해 주세요. 보고는 그대로 있습니다."
        )
    if not outcome.fresh:
        return f"오늘 이미 {escape(office)}에 알렸습니다. 열리면 메시지로 알려 드립니다."
    return f"{escape(office)}에 다시 열어 달라고 알렸습니다. 열리면 메시지로 알려 드립니다."


def for_office(outcome: ReopenAsked, user_id: str) -> dict[str, Any]:
    """The direct message to the office's people."""
    what = f"{escape(outcome.organisation.name)} {outcome.period.label}"
    text = f"<@{user_id}> 님이 마감된 보고를 다시 열어 달라고 합니다: {what}"
    value = str(outcome.purchase.id)
    row = [
        button(ids.REOPEN_OPEN, "다시 열기", value, style="primary"),
        button(ids.REPORT_HISTORY, "이력", value),
        button(ids.REPORT_WHY, "판정 근거", value),
    ]
    blocks = [section("reopen-asked", f"{text}\n{_row(outcome.purchase)}"), actions("reopen-asked-row", row)]
    if outcome.purchase.origin.source is PurchaseSource.FILE:
        note = "파일로 들어온 보고입니다. 파일을 되돌리려는 것이면 이 보고만이 아니라 기간 전체를 열어 주세요."
        blocks.append(context("reopen-asked-note", note))
    return dict(message(text, blocks))


def reopen_form(desk: ReopenDesk, form_key: str) -> Block:
    """For how long and why; which organisation and period, where no report is named."""
    purchase = desk.purchase
    memo = json.dumps({"k": form_key, "p": purchase.id if purchase else None}, separators=(",", ":"))
    days = [option(f"{number}일", str(number)) for number in DAYS_OFFERED]
    blocks = [
        *(_one(desk, purchase) if purchase else _any(desk)),
        input_block(
            ids.REOPEN_DAYS,
            "며칠 동안 (오늘 포함)",
            static_select(ids.REOPEN_DAYS, "며칠", days, str(DAYS_USUAL)),
        ),
        input_block(
            ids.REOPEN_REASON,
            "사유",
            text_input(ids.REOPEN_REASON, placeholder="예) 계약금액 정정 요청", limit=MAX_REASON),
            hint="감사 기록에 남고, 책임자와 보고하신 분께 보입니다.",
        ),
        context(
            "reopen-note", "연 동안 고침·취소·되살리기·새 보고를 할 수 있고, 확정한 기간이면 다시 확정을 부탁드립니다."
        ),
    ]
    return modal(ids.REOPEN_VIEW, "다시 열기", blocks, submit="열기", close="그만두기", memo=memo)


def read_memo(text: str) -> tuple[str, int | None]:
    """Form key and the report that it is for. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        return str(kept["k"]), None if kept["p"] is None else ids.read_number(kept["p"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def errors(refused: ReopenRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_BLOCKS[fault]: _FAULTS[fault] for fault in refused.faults}


def said(outcome: Reopened | AlreadyReopened | NotAllowed | Impossible) -> str:
    """In the form's place."""
    if isinstance(outcome, Reopened):
        return f"{_what(outcome)} 다시 열었습니다. {_until(outcome)} 책임자와 보고하신 분께 알렸습니다."
    if isinstance(outcome, AlreadyReopened):
        return "이미 열었습니다. 두 번 열지 않았습니다."
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else GONE


def for_division(outcome: Reopened, office: str) -> dict[str, Any]:
    """The direct message to the leads, and to the reporter."""
    text = (
        f"{escape(office)}에서 {_what(outcome)} 다시 열었습니다. {_until(outcome)}\n"
        f"사유: {escape(outcome.reopening.reason)}"
    )
    blocks = [section("reopened", text)]
    if outcome.purchase is not None:
        value = f"{outcome.purchase.id}:{outcome.purchase.version}"
        row = [button(ids.REPORT_CHANGE, "고치기", value), button(ids.REPORT_HISTORY, "이력", value)]
        blocks.append(actions("reopened-row", row))
    return dict(message(text, blocks))


def _one(desk: ReopenDesk, purchase: Purchase) -> list[Block]:
    period = desk.periods[0]
    name = desk.organisations[0].name if desk.organisations else ""
    scopes = [option("이 보고만", THIS_ROW), option(f"{name} {period.label} 전체".strip(), WHOLE)]
    return [
        section("reopen-what", f"{_row(purchase)}\n{period.label}"),
        input_block(ids.REOPEN_SCOPE, "무엇을 열까요", static_select(ids.REOPEN_SCOPE, "고르기", scopes, THIS_ROW)),
    ]


def _any(desk: ReopenDesk) -> list[Block]:
    periods = [option(period.label, period.key) for period in desk.periods]
    return [
        organisation_input(ids.REOPEN_ORGANISATION, desk.organisations, "부서·기관"),
        input_block(ids.REOPEN_PERIOD, "기간", static_select(ids.REOPEN_PERIOD, "기간 고르기", periods)),
    ]


def _row(purchase: Purchase) -> str:
    draft = purchase.draft
    return f"{escape(draft.title)} · {write_won(draft.amount)} · {write_day(draft.contract_date)}"


def _what(outcome: Reopened) -> str:
    if outcome.purchase is not None:
        title = outcome.purchase.draft.title
        return f"‘{escape(title)}’ 보고를"
    label = f"{outcome.reopening.organisation.name} {outcome.period.label}"
    return f"{escape(label)}{josa(label, '을/를')}"


def _until(outcome: Reopened) -> str:
    return f"{write_date(outcome.reopening.until - timedelta(days=1))}까지 고칠 수 있습니다."


_BLOCKS = {
    ReopenFault.ORGANISATION: ids.REOPEN_ORGANISATION,
    ReopenFault.PERIOD: ids.REOPEN_PERIOD,
    ReopenFault.DAYS: ids.REOPEN_DAYS,
    ReopenFault.REASON: ids.REOPEN_REASON,
}
_FAULTS = {
    ReopenFault.ORGANISATION: "부서·기관을 골라 주세요.",
    ReopenFault.PERIOD: "어느 기간을 열지 골라 주세요.",
    ReopenFault.DAYS: "며칠 동안 열지 골라 주세요.",
    ReopenFault.REASON: "왜 다시 여는지 적어 주세요.",
}
