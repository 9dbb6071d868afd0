"""인수인계: one message with all that a new lead should know: what is owed, what is open, how last year went."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, message, section
from gwannae.messages.figures import both_ratios
from gwannae.messages.owed import owed_lines, owed_rows
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.scores import place_of
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.dates import write_date
from gwannae.programme.hand_over import HandOver, NobodysHandOver
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Place

NAMES_SHOWN = 20


def hand_over(found: HandOver) -> Mapping[str, Any]:
    """The whole message."""
    name = escape(found.organisation.name)
    begun = f"{name} 책임자를 맡으셨습니다" if found.since else f"{name} 인수인계"
    lines = owed_lines(found.owed, found.day)
    left = f"남은 일 {len(lines):,}가지" if lines else "남은 일이 없습니다"
    blocks = [section("hand-over-head", f"*{begun}* · {left} · 다음 보고 기한 {write_date(found.reports_due)}")]
    if lines:
        blocks.append(section("hand-over-owed", "\n".join(["*남은 일*", *(f"• {line}." for line in lines)])))
        blocks += owed_rows(found.owed, found.day, "")
    blocks.append(section("hand-over-last", "\n".join(_year("지난해", found.last_year, _rank(found)))))
    blocks.append(section("hand-over-now", "\n".join(_year("올해 지금까지", found.this_year))))
    blocks += _footer()
    return message(f"{begun}. {left}. {'. '.join(lines)}".strip(), blocks)


def for_command(found: HandOver | NobodysHandOver | NotAllowed) -> dict[str, Any]:
    """The same as the answer to `/gwannae 인수인계`, for the asker alone."""
    if isinstance(found, HandOver):
        return {"response_type": "ephemeral", **hand_over(found)}
    if isinstance(found, NotAllowed):
        return {"response_type": "ephemeral", "text": OFFICE_OR_LEAD}
    names = ", ".join(escape(name) for name in found.names[:NAMES_SHOWN])
    more = f" 외 {len(found.names) - NAMES_SHOWN:,}곳" if len(found.names) > NAMES_SHOWN else ""
    text = (
        f"어느 곳의 인수인계인지 이름을 함께 적어 주세요. 예) `/gwannae 인수인계 {names.split(',')[0]}`\n{names}{more}"
    )
    return {"response_type": "ephemeral", "text": text}


def _rank(found: HandOver) -> str:
    """The rank of last year that counts: by score where there was a formula, else by ratio."""
    if found.last_score is not None:
        return f" · {place_of(found.last_score.board, found.last_score.line)}"
    rank = found.last_year.rank if found.last_year else None
    return f" · {rank}위 / {found.ranked}" if rank and found.ranked else ""


def _year(word: str, place: Place | None, rank: str = "") -> list[str]:
    if place is None:
        return [f"*{word}* · 보고된 구매가 없습니다."]
    lines = [f"*{word}*{rank} · {both_ratios(place.total)}"]
    for kind in PurchaseKind:
        figures = place.by_kind.get(kind)
        if figures is not None and figures.by_count.whole:
            lines.append(f"{kind.label}: {both_ratios(figures)}")
    if place.total.unconfirmed_count:
        lines.append(f"미확인 {place.total.unconfirmed_count:,}건은 어느 쪽에도 넣지 않았습니다.")
    return lines


def _footer() -> list[Block]:
    row = [
        button(ids.REPORT_OPEN, "구매 보고"),
        button(ids.STANDINGS_OPEN, "우리 순위"),
        button(ids.LEAD_OPEN, "담당자 바꾸기"),
        button(ids.HELP_OPEN, "무엇이 집계되나요"),
    ]
    return [actions("hand-over-row", row), context("hand-over-note", "이 메시지는 나에게만 보입니다.")]
