"""마감: the countdown to a channel that owes something, and the word that the year is closed."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, message, section
from gwannae.messages.owed import owed_lines, owed_rows, short_period
from gwannae.programme.dates import write_date
from gwannae.programme.year_closing import ClosingCall, YearClosed

MEMO = "closing"


def call(found: ClosingCall) -> Mapping[str, Any]:
    """One call of the countdown."""
    name, left = escape(found.owed.organisation.name), found.working_days
    days = "오늘" if not left else f"{left:,}일 전" if left > 1 else "하루 전"
    head = f"*{found.closing.year}년 실적 마감 {days}* · {write_date(found.closing)}까지"
    lines = [f"• {line}." for line in owed_lines(found.owed, found.today)]
    if found.running is not None:
        month = short_period(found.running, found.today)
        lines.append(f"• {month} 구매는 마감일까지 보고해 주세요. 아직 보고가 없습니다.")
    note = "마감 뒤에는 고칠 때마다 총괄 부서가 다시 열어야 합니다. 일수는 일하는 날만 셉니다."
    rows = owed_rows(found.owed, found.today, MEMO)
    if found.running is not None and not found.owed.unreported:
        rows.insert(0, actions("closing-row", [button(ids.REPORT_OPEN, "구매 보고", style="primary")]))
    blocks: list[Block] = [
        section("closing-head", f"{head}\n{name}"),
        section("closing-lines", "\n".join(lines)),
        *rows,
        context("closing-note", note),
    ]
    return message("\n".join([head.replace("*", ""), *lines]), blocks)


def closed(found: YearClosed) -> Mapping[str, Any]:
    """The word that a year is closed."""
    head = f"*{found.year}년 실적을 마감했습니다* · {write_date(found.closing)}"
    lines = ["마감한 실적을 고치려면 그 보고의 [고치기]를 누르고 총괄 부서에 다시 열어 달라고 해 주세요."]
    if found.may_report_late:
        lines.append("빠뜨린 구매는 지금도 보고하실 수 있고, 우수부서 결산에 반영될 수 있습니다.")
    blocks = [
        section("closed-head", head),
        section("closed-lines", "\n".join(lines)),
        actions("closed-row", [button(ids.CONFIRM_OPEN, "보고 보기"), button(ids.STANDINGS_OPEN, "순위 보기")]),
    ]
    return message("\n".join([head.replace("*", ""), *lines]), blocks)
