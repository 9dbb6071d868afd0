"""가점: the office's page of points, and the message that hands them to the planning office."""

from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    escape,
    message,
    modal,
    section,
)
from gwannae.messages.year_end import group_and_rank, in_sections, own_line, release_value
from gwannae.programme.bonus_points import Bonus, BonusSheet, write_points
from gwannae.programme.dates import write_day
from gwannae.programme.year_end import Release

LINES = 30
MAKING = "가점 근거 파일을 만들고 있습니다."
FILE = "가점 근거 묶음입니다. 요약, 기관별 근거서, 구매 내역, 규칙, 바뀐 것, 지문이 한 파일에 들어 있습니다."
NOT_SENT = "가점 근거 파일을 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요."


def bonus_view(sheet: BonusSheet, number: int, *, may_send: bool) -> Block:
    """Who gets which points. `number` is the settled result's; `may_send`: for the office, while it is not out."""
    row = [button(ids.BONUS_FILE, "근거 파일 받기", str(sheet.result.year))]
    if may_send:
        sure = confirmation("가점 보내기", "성과 부서의 담당자에게 가점과 근거 파일 단추를 보냅니다.", "보내기")
        value = release_value(sheet.result.year, Release.BONUS_POINTS, number)
        row.append(button(ids.YEAR_END_RELEASE, "성과 부서에 보내기", value, style="primary", confirm=sure))
    blocks = [
        section("bonus-head", f"*{sheet.result.year}년 결산에 따른 가점* · {len(sheet.bonuses):,}곳"),
        *in_sections("bonus-lines", [_row(bonus) for bonus in sheet.bonuses[:200]]),
        actions("bonus-row", row),
        context("bonus-note", *_sources(sheet)),
    ]
    return modal(ids.BONUS_VIEW, "가점", blocks)


def for_planning(sheet: BonusSheet) -> dict[str, Any]:
    """The direct message to the planning office's people."""
    year = sheet.result.year
    head = f"*{year}년 지역상품 우선구매 가점* · {len(sheet.bonuses):,}곳 · 총괄 부서에서 보냅니다."
    shown = sheet.bonuses[:LINES]
    lines = [
        f"{write_points(b.hundredths)}점 · {escape(b.line.name)} · {own_line(b.line, sheet.result)}" for b in shown
    ]
    rest = len(sheet.bonuses) - len(shown)
    more = [f"외 {rest:,}곳은 파일에 있습니다."] if rest else []
    row = [button(ids.BONUS_FILE, "근거 파일 받기", str(year), style="primary")]
    blocks = [
        section("bonus", head),
        *([section("bonus-lines", "\n".join([*lines, *more]))] if lines else []),
        actions("bonus-row", row),
        context("bonus-note", *_sources(sheet)),
    ]
    return dict(message("\n".join([head.replace("*", ""), *lines, *more]), blocks))


def _row(bonus: Bonus) -> str:
    return f"{group_and_rank(bonus.line)} *{escape(bonus.line.name)}* · {write_points(bonus.hundredths)}점"


def _sources(sheet: BonusSheet) -> list[str]:
    decided = [f"실무협의회 {write_day(sheet.decided_on)} 결정"] if sheet.decided_on else []
    return [f"가점 표: {escape(sheet.table.source)}", *decided, f"결산 지문(SHA-256) {sheet.fingerprint}"]
