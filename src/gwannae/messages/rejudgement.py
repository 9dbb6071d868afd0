"""다시 판정 and 미확인: the office's list of what has no verdict, its form, and what the reporter hears."""

import json
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
from gwannae.messages.report_purchase import NOT_YOURS, STALE, button_value_of
from gwannae.messages.verdicts import verdict_line
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.amount import write_short, write_won
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.purchases import Draft, Purchase
from gwannae.programme.rejudgement import (
    MAX_REASON,
    OvertakenWord,
    Rejudged,
    RejudgeFault,
    RejudgeRefused,
    UnconfirmedList,
    WithoutVerdict,
)
from gwannae.programme.report_purchase import AlreadyStored, NotYours, Receipt, Stale
from gwannae.programme.verdict import Verdict

GROUPS_SHOWN = 30
NAMES_ON_HOME = 10


def list_view(found: UnconfirmedList) -> Block:
    """The window "미확인": by organisation, with a button at each row."""
    if not found.groups:
        blocks = [section("unconfirmed-none", "미확인인 보고가 없습니다.")]
    else:
        text = f"*미확인 {found.count:,}건* · 확인될 때까지 비율의 어느 쪽에도 넣지 않습니다."
        blocks = [section("unconfirmed-head", text)]
    for group in found.groups[:GROUPS_SHOWN]:
        blocks.append(section(ids.numbered("unconfirmed", group.organisation.id), _group(group)))
        blocks += [_row(purchase) for purchase in group.rows]
    rest = found.count - sum(len(g.rows) for g in found.groups[:GROUPS_SHOWN])
    if rest:
        more = f"{rest:,}건이 더 있습니다. 위의 보고부터 확인하시면 이어서 나옵니다."
        blocks.append(context("unconfirmed-more", more))
    return modal(ids.UNCONFIRMED_VIEW, "미확인", blocks)


def home_blocks(found: UnconfirmedList | None) -> list[Block]:
    """On the office's Home tab."""
    if found is None or not found.groups:
        return []
    names = ", ".join(f"{escape(g.organisation.name)} {g.count:,}건" for g in found.groups[:NAMES_ON_HOME])
    more = f" 외 {len(found.groups) - NAMES_ON_HOME:,}곳" if len(found.groups) > NAMES_ON_HOME else ""
    return [
        section("home-unconfirmed", f"*미확인 {found.count:,}건*\n{names}{more}"),
        actions("home-unconfirmed-row", [button(ids.UNCONFIRMED_OPEN, "미확인 보기")]),
    ]


def rejudge_form(kept: Receipt, form_key: str) -> Block:
    """What it shall count as, and why."""
    purchase = kept.purchase
    memo = json.dumps({"k": form_key, "p": purchase.id, "v": purchase.version}, separators=(",", ":"))
    verdicts = [option(v.label, v.value) for v in Verdict if v is not purchase.judgement.verdict]
    now = (
        f"지금 판정 *{purchase.judgement.verdict.label}* · {verdict_line(purchase.judgement, purchase.draft.firm.name)}"
    )
    return modal(
        ids.REJUDGE_VIEW,
        "판정 바꾸기",
        [
            section("rejudge-what", f"{_told(purchase)}\n{now}"),
            input_block(ids.REJUDGE_VERDICT, "새 판정", static_select(ids.REJUDGE_VERDICT, "고르기", verdicts)),
            input_block(
                ids.REJUDGE_REASON,
                "사유",
                text_input(ids.REJUDGE_REASON, placeholder="예) 사업자등록증으로 소재지 확인", limit=MAX_REASON),
                hint="판정 근거와 이력에 이름과 함께 남고, 보고하신 분께 알립니다.",
            ),
            context("rejudge-note", "앞선 판정은 이력에 남습니다. 확정된 기간이면 다시 확정을 부탁드립니다."),
        ],
        submit="판정 바꾸기",
        close="그만두기",
        memo=memo,
    )


def read_memo(text: str) -> tuple[str, int, int]:
    """Form key, report and version. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        return str(kept["k"]), ids.read_number(kept["p"]), ids.read_number(kept["v"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def errors(refused: RejudgeRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_BLOCKS[fault]: _FAULTS[fault] for fault in refused.faults}


def said(outcome: Rejudged | AlreadyStored | Stale | NotAllowed | NotYours) -> str:
    """In the form's place."""
    if isinstance(outcome, Rejudged):
        before, after = outcome.before.verdict.label, outcome.receipt.purchase.judgement.verdict.label
        return f"판정을 바꾸었습니다: {before} → {after}. 보고하신 분께 알렸습니다."
    if isinstance(outcome, AlreadyStored):
        return "이미 바꾸었습니다. 두 번 바꾸지 않았습니다."
    if isinstance(outcome, Stale):
        return STALE
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else NOT_YOURS


def for_reporter(outcome: Rejudged, office: str) -> dict[str, Any]:
    """The direct message to the reporter."""
    purchase = outcome.receipt.purchase
    before, after = outcome.before.verdict.label, purchase.judgement.verdict.label
    text = (
        f"{escape(office)}에서 판정을 바꾸었습니다: {before} → {after}\n{_told(purchase)}\n"
        f"{verdict_line(purchase.judgement, purchase.draft.firm.name)}"
    )
    value = button_value_of(purchase)
    row = [button(ids.REPORT_WHY, "판정 근거", value), button(ids.REPORT_HISTORY, "이력", value)]
    return dict(message(text, [section("rejudged", text), actions("rejudged-row", row)]))


def overtaken_for_office(word: OvertakenWord) -> dict[str, Any]:
    """To the office: its word was about a firm and a day that the report no longer names."""
    before, after = word.before, word.after
    old = before.judgement
    assert old.ruling is not None
    lines = [
        f"*다시 판정하신 보고가 그 뒤에 바뀌었습니다* · {escape(word.organisation.name)}",
        f"{_told(after)} · 보고 번호 {after.id}",
        *_differences(before.draft, after.draft),
        f"앞선 판정 *{old.verdict.label}* · {escape(old.ruling.reason)} ({write_day(old.ruling.on)})",
        f"새 판정 *{after.judgement.verdict.label}* · {verdict_line(after.judgement, after.draft.firm.name)}",
        "앞선 판정은 바뀌기 전 내용에 대한 것이어서 새 내용으로 다시 판정했습니다. 이력에는 그대로 남아 있습니다.",
    ]
    value = button_value_of(after)
    row = [
        button(ids.REJUDGE_OPEN, "판정 바꾸기", value),
        button(ids.REPORT_WHY, "판정 근거", value),
        button(ids.REPORT_HISTORY, "이력", value),
    ]
    text = "\n".join(lines)
    return dict(message(text, [section("overtaken", text), actions("overtaken-row", row)]))


def overtaken_many(count: int) -> dict[str, Any]:
    """To the office: there are more of them than messages are sent."""
    text = f"다시 판정하신 보고 {count:,}건이 더 파일로 바뀌어 새로 판정되었습니다. 앞선 판정은 이력에 남아 있습니다."
    return dict(message(text, [section("overtaken-more", text)]))


def _differences(before: Draft, after: Draft) -> list[str]:
    lines = []
    if before.firm != after.firm:
        lines.append(f"업체: {escape(before.firm.name)} → {escape(after.firm.name)}")
    if before.contract_date != after.contract_date:
        lines.append(f"계약일: {write_date(before.contract_date)} → {write_date(after.contract_date)}")
    return lines


def _group(group: WithoutVerdict) -> str:
    return f"*{escape(group.organisation.name)}* · {group.count:,}건 · {write_short(group.amount)}"


def _row(purchase: Purchase) -> Block:
    why = verdict_line(purchase.judgement, shorten(purchase.draft.firm.name, 40))
    look = button(ids.REPORT_WHY, "판정 근거", button_value_of(purchase))
    return section(ids.numbered("unconfirmed-row", purchase.id), f"{_told(purchase)}\n{why}", look)


def _told(purchase: Purchase) -> str:
    draft = purchase.draft
    return f"{escape(shorten(draft.title, 60))} · {write_won(draft.amount)} · {write_day(draft.contract_date)}"


_BLOCKS = {
    RejudgeFault.VERDICT: ids.REJUDGE_VERDICT,
    RejudgeFault.SAME: ids.REJUDGE_VERDICT,
    RejudgeFault.REASON: ids.REJUDGE_REASON,
}
_FAULTS = {
    RejudgeFault.VERDICT: "무엇으로 판정할지 골라 주세요.",
    RejudgeFault.SAME: "지금 판정과 같습니다. 다른 판정을 골라 주세요.",
    RejudgeFault.REASON: "왜 바꾸는지 적어 주세요.",
}
