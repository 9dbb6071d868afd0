"""설계내역서: how a bill that was sent with the form was read, and which rows were left out."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import actions, button, context, escape, message, section
from gwannae.messages.line_faults import file_fault, row_name
from gwannae.programme.amount import write_won
from gwannae.programme.projects import (
    MOST_ITEMS,
    ItemFault,
    ProjectFault,
    ProjectKept,
    ProjectRefused,
    RefusedItem,
)

REFUSED_SHOWN = 10
READING = (
    "내역서를 읽고 있습니다. 다 읽으면 DM으로 알려 드립니다. 몇 분이 지나도 오지 않으면 같은 파일을 다시 올려 주세요. "
    "두 번 등록되지 않습니다."
)
_NOTHING = "등록하지 않았습니다."
ITEM_FAULTS = {
    ItemFault.NAME_MISSING: "품명이 비어 있습니다",
    ItemFault.NEGATIVE: "수량이나 금액이 0보다 작습니다(감액)",
    ItemFault.NUMBER_UNREADABLE: "수량이나 금액을 읽지 못했습니다",
    ItemFault.NOT_CALCULATED: "계산된 값이 없는 수식이 있습니다. 엑셀에서 열어 다시 저장해 주세요",
    ItemFault.TOO_LARGE: "수량이나 금액이 지나치게 큽니다",
    ItemFault.TOO_LONG: "글자가 너무 깁니다",
}
_BILL_FAULTS = {
    "no_header": "품명이 있고 수량이나 금액이 있는 제목 줄을 찾지 못했습니다. 설계내역서 파일인지 확인해 주세요.",
    "too_many": f"내역서가 {MOST_ITEMS:,}줄을 넘습니다. 공종별로 나누어 따로 등록해 주세요.",
}


def refused_line(line: RefusedItem) -> str:
    """Where, why, and the cell that was the reason."""
    reason = f"{row_name(line.sheet, line.row)}: {ITEM_FAULTS[line.code]}"
    return reason + (f" — {line.value}" if line.value else "")


def bill_fault(code: str, what: object = "") -> Mapping[str, Any]:
    """Why a file was not taken; `what` is too large of it."""
    key = "too_many" if (code, what) == ("too_large", "rows") else code
    return message(f"{_BILL_FAULTS.get(key) or file_fault(code)} {_NOTHING}")


def bill_message(
    outcome: ProjectKept | ProjectRefused | None, refused: tuple[RefusedItem, ...], unstated: int
) -> Mapping[str, Any]:
    """What became of a bill; None: the person may not register for that organisation."""
    if outcome is None:
        return message(f"이 부서의 사업은 등록하실 수 없습니다. {_NOTHING}")
    if isinstance(outcome, ProjectRefused):
        if outcome.fault is ProjectFault.NAME_TAKEN:
            return message(f"같은 이름의 사업이 이미 있습니다. 이름을 달리 적어 주세요. {_NOTHING}")
        return message(_with_refused(f"넣을 수 있는 품목이 없습니다. {_NOTHING}", refused))
    project = outcome.project
    done = "사업을 등록했습니다" if outcome.fresh else "이미 등록한 사업입니다. 두 번 등록하지 않았습니다"
    head = f"{done} · {escape(project.form.name)} · 품목 {project.items:,}줄 · {write_won(project.amount)}"
    if unstated:
        head += f"\n금액이 없는 품목 {unstated:,}줄은 금액 없이 넣었습니다."
    text = _with_refused(head, refused)
    blocks = [
        section("project-bill", text),
        actions("project-bill-row", [button(ids.PROJECT_REVIEW, "품목 보기", str(project.id), style="primary")]),
        context("project-bill-note", "이 메시지는 나에게만 보입니다."),
    ]
    return message(text, blocks)


def _with_refused(text: str, refused: tuple[RefusedItem, ...]) -> str:
    if not refused:
        return text
    lines = [text, f"받지 못한 줄 {len(refused):,}개"]
    lines += [f"• {escape(refused_line(line))}" for line in refused[:REFUSED_SHOWN]]
    if len(refused) > REFUSED_SHOWN:
        lines.append(f"… 그 밖에 {len(refused) - REFUSED_SHOWN:,}개")
    return "\n".join(lines)
