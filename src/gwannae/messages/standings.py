"""What `/local-standings` says: the asker's place, and the upper part of the ranking as a table."""

from collections.abc import Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import actions, button, context, ephemeral, escape, section, table
from gwannae.messages.figures import (
    amount_cell,
    both_ratios,
    count_cell,
    effective_lines,
    order_words,
    rounding_note,
    unconfirmed_note,
)
from gwannae.programme.amount import write_short
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.item_measure import ItemLine
from gwannae.programme.local_standings import StandingsAnswer
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Figures, Place
from gwannae.programme.standings_words import Asked, NotUnderstood, year_asked


def answer(found: StandingsAnswer, city: City) -> dict[str, Any]:
    """The answer to the asker. The city says by what is ranked, and whom to ask."""
    text = _headline(found, city.programme_office)
    blocks = [section("standings-mine", f"*{text}*" if found.mine and found.mine.rank else text)]
    if found.mine and found.mine.total.by_count.whole:
        blocks.append(section("standings-kinds", "\n".join(_own(found.mine, found.asked))))
        blocks += [section("standings-leaks", leaks_text(found.leaks))] if found.leaks else []
    if found.standings.ranked and not found.asked.own:
        unit = "단위: 건수는 % (관내/판정), 금액은 % (관내/판정, 천원)"
        blocks.append(context("standings-unit", order_words(city.standings_order), unit))
        rows = _rows(found, city.standings_shown)
        blocks.append(table("standings-table", rows, right=tuple(range(2, len(rows[0])))))
    blocks.append(context("standings-note", *_notes(found, city.standings_shown)))
    row = [button(ids.REPORT_OPEN, "구매 보고", style="primary"), button(ids.SCHEMES_OPEN, "함께 집계되는 제도")]
    blocks.append(actions("standings-row", row))
    return ephemeral("\n".join(filter(None, [text, _fallback(found, city.standings_shown)])), blocks)


def _headline(found: StandingsAnswer, office: str) -> str:
    span = _span(found.asked)
    if not found.standings.ranked:
        if waiting := _unconfirmed(found):
            return f"{span} 보고 {waiting:,}건이 모두 미확인입니다. 관내·관외가 확인되면 여기에 순위가 나옵니다."
        return f"{span}에는 아직 집계된 실적이 없습니다. 구매를 보고하면 여기에 순위가 나옵니다."
    if found.mine is None:
        return (
            f"어느 부서·기관이신지 아직 모릅니다. 구매를 한 번 보고하시거나 {escape(office)}에 알려 주세요. "
            f"아래는 {span} 순위입니다."
        )
    name = escape(found.mine.organisation.name)
    if found.mine.rank is None:
        said = [f"{name} · {both_ratios(found.mine.total)}.", unconfirmed_note(found.mine.total)]
        return " ".join(filter(None, said))
    narrowed = "" if found.asked == year_asked(found.day.year) else f"{span} "
    return f"{name} {narrowed}{found.mine.rank}위 / {found.standings.ranked} · {both_ratios(found.mine.total)}"


def _span(asked: Asked) -> str:
    return f"{asked.span.label} {asked.kind.label}" if asked.kind else asked.span.label


def not_understood(found: NotUnderstood) -> dict[str, Any]:
    """What could have been written instead."""
    words = ", ".join(f"‘{escape(word)}’" for word in found.words[:5])
    groups = f", `{escape(found.groups[0])} 그룹`" if found.groups else ""
    text = (
        f"{words}: 알아듣지 못했습니다. 기간(`2분기`, `상반기`, `3월`, `지난달`, `2026년`, `평가 기간`은 `평가`), "
        f"종류(`물품`, `용역`, `공사`), `우리 부서`{groups}를 함께 적으실 수 있습니다. "
        "예) `/local-standings 2분기 물품`"
    )
    return ephemeral(text, [section("standings-strange", text)])


def leaks_text(lines: Sequence[ItemLine]) -> str:
    """Items that went outside although a local choice was possible."""
    told = [
        f"{escape(line.item) or '품목 미기재'}: 관외 {line.effective.outside_count:,}건 "
        f"{write_short(line.effective.outside_amount)} · {both_ratios(line.effective)}"
        for line in lines
    ]
    return "\n".join(["*밖으로 많이 나간 품목* (사유로 빠지는 것은 뺐습니다)", *told])


def _own(place: Place, asked: Asked) -> list[str]:
    kinds = (
        []
        if asked.kind
        else [
            f"{kind.label}: {both_ratios(place.by_kind[kind])}"
            for kind in PurchaseKind
            if kind in place.by_kind and place.by_kind[kind].by_count.whole
        ]
    )
    note = unconfirmed_note(place.total)
    return [*(kinds or [f"{asked.kind.label}: {both_ratios(place.total)}"] if asked.kind else kinds),
            *effective_lines(place), *([note] if note else [])]  # fmt: skip


def _rows(found: StandingsAnswer, shown: int) -> list[list[str]]:
    kinds = [f"{kind.label} {by}" for kind in _kinds(found.asked) for by in ("건수", "금액")]
    head = ["순위", "부서·기관", "건수", "금액", "실질 건수", "실질 금액", *kinds]
    return [head] + [_line(place, found.asked) for place in _upper(found, shown)]


def _kinds(asked: Asked) -> tuple[PurchaseKind, ...]:
    """Of one kind the whole is all there is."""
    return () if asked.kind else tuple(PurchaseKind)


def _upper(found: StandingsAnswer, shown: int) -> list[Place]:
    """The best that the city shows, and the asker's own line even if it stands below them."""
    upper = [place for place in found.standings.places if place.rank is not None][:shown]
    if found.mine and found.mine.rank is not None and found.mine not in upper:
        upper.append(found.mine)
    return upper


def _line(place: Place, asked: Asked) -> list[str]:
    sides = [place.total, place.effective, *(place.by_kind.get(kind, Figures()) for kind in _kinds(asked))]
    cells = [cell for figures in sides for cell in (count_cell(figures), amount_cell(figures))]
    return [f"{place.rank}위", place.organisation.name, *cells]


def _unconfirmed(found: StandingsAnswer) -> int:
    return sum(place.total.unconfirmed_count for place in found.standings.places)


def _notes(found: StandingsAnswer, shown: int) -> list[str]:
    notes = [f"{write_day(found.day)}까지 보고된 {_span(found.asked)} 실적"]
    if waiting := _unconfirmed(found):
        notes.append(f"모든 부서·기관의 미확인 {waiting:,}건은 어느 쪽에도 넣지 않았습니다.")
    upper = _upper(found, shown)
    if note := rounding_note([p.total for p in upper], [list(p.by_kind.values()) for p in upper]):
        notes.append(note)
    notes.append("같은 값은 같은 순위입니다. 이 메시지는 나에게만 보입니다.")
    return notes


def _fallback(found: StandingsAnswer, shown: int) -> str:
    """The table in lines, for notifications, screen readers and clients that cannot draw it."""
    if found.asked.own:
        return ""
    return "\n".join(
        f"{place.rank}위 {escape(place.organisation.name)} · {both_ratios(place.total)}"
        for place in _upper(found, shown)
    )
