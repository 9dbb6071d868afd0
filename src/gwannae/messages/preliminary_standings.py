"""예비 결산: each organisation's own result, to itself alone, with the way to object."""

from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, message, section
from gwannae.messages.figures import both_ratios, unconfirmed_note
from gwannae.messages.objections import object_value
from gwannae.messages.year_end import own_line
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.preliminary_standings import PreliminaryNotice
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.results import ResultLine


def notice(found: PreliminaryNotice) -> dict[str, Any]:
    """The post to the organisation's channel."""
    line, result = found.line, found.stored.result
    head = f"*{escape(line.name)}의 {result.year}년 예비 결산* · {own_line(line, result)}"
    until = f"다른 점이 있으면 {write_date(found.until)}까지 알려 주세요." if found.until else ""
    kinds = kind_lines(line)
    row = [
        button(ids.OBJECT_OPEN, "이의 제기", object_value(result.year, found.organisation_id)),
        button(ids.CONFIRM_OPEN, "보고 보기"),
    ]
    span = f"{write_day(result.first)} ~ {write_day(result.last)} 계약분"
    notes = [span, "이 결과는 이 채널에만 보냈습니다. 아직 확정되지 않았습니다.", f"지문 {line.rows_fingerprint[:16]}"]
    blocks: list[Block] = [
        section("preliminary", f"{head}\n{until}".strip()),
        *([section("preliminary-kinds", "\n".join(kinds))] if kinds else []),
        actions("preliminary-row", row),
        context("preliminary-note", *notes),
    ]
    return dict(message("\n".join(filter(None, [head.replace("*", ""), until])), blocks))


def kind_lines(line: ResultLine) -> list[str]:
    """An organisation's figures by kind, the effective ratio, and what is unconfirmed."""
    lines = [
        f"{kind.label}: {both_ratios(line.by_kind[kind])}"
        for kind in PurchaseKind
        if kind in line.by_kind and line.by_kind[kind].by_count.whole
    ]
    if line.left_out.number:
        lines.append(f"실질(사유로 빠지는 관외 {line.left_out.number:,}건을 빼고): {both_ratios(line.effective)}")
    note = unconfirmed_note(line.total)
    return [*lines, note] if note else lines
