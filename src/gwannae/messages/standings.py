"""What `/local-standings` says: the asker's place, and the upper part of the ranking as a table."""

from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import actions, button, context, ephemeral, escape, section, table
from gwannae.messages.figures import both_ratios, unconfirmed_note
from gwannae.programme.amount import write_thousands
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.local_standings import StandingsAnswer
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import write_ratio_count
from gwannae.programme.standings import Figures, Measure, Place

SHOWN = 10
_MEASURES = {
    Measure.AMOUNT_RATIO: "금액 비율",
    Measure.COUNT_RATIO: "건수 비율",
    Measure.LOCAL_AMOUNT: "관내 금액",
}


def answer(found: StandingsAnswer, city: City) -> dict[str, Any]:
    """The answer to the asker. The city says by what is ranked, and whom to ask."""
    text = _headline(found, city.programme_office)
    blocks = [section("standings-mine", f"*{text}*" if found.mine and found.mine.rank else text)]
    if found.mine and found.mine.total.by_count.whole:
        blocks.append(section("standings-kinds", "\n".join([_kinds(found.mine), *_effective(found)])))
    if found.standings.ranked:
        unit = "단위: 건수는 % (관내/판정), 금액은 % (관내/판정, 천원)"
        blocks.append(context("standings-unit", _order(city.standings_order), unit))
        blocks.append(table("standings-table", _rows(found), right=tuple(range(2, 10))))
    blocks.append(context("standings-note", *_notes(found)))
    row = [button(ids.REPORT_OPEN, "구매 보고", style="primary"), button(ids.SCHEMES_OPEN, "함께 집계되는 제도")]
    blocks.append(actions("standings-row", row))
    return ephemeral("\n".join(filter(None, [text, _fallback(found)])), blocks)


def _order(measures: tuple[Measure, ...]) -> str:
    """By what is ranked: the highest amount ratio need not be the highest count ratio."""
    words = [_MEASURES[measure] for measure in measures]
    return f"순위: {words[0]}이 높은 순" + "".join(f", 같으면 {word}" for word in words[1:2])


def _headline(found: StandingsAnswer, office: str) -> str:
    year = found.standings.year
    if not found.standings.ranked:
        if waiting := _unconfirmed(found):
            return f"{year}년 보고 {waiting:,}건이 모두 미확인입니다. 관내·관외가 확인되면 여기에 순위가 나옵니다."
        return f"{year}년에는 아직 집계된 실적이 없습니다. 구매를 보고하면 여기에 순위가 나옵니다."
    if found.mine is None:
        return (
            f"어느 부서·기관이신지 아직 모릅니다. 구매를 한 번 보고하시거나 {escape(office)}에 알려 주세요. "
            f"아래는 {year}년 순위입니다."
        )
    name = escape(found.mine.organisation.name)
    if found.mine.rank is None:
        said = [f"{name} · {both_ratios(found.mine.total)}.", unconfirmed_note(found.mine.total)]
        return " ".join(filter(None, said))
    return f"{name} {found.mine.rank}위 / {found.standings.ranked} · {both_ratios(found.mine.total)}"


def _kinds(place: Place) -> str:
    lines = [
        f"{kind.label}: {both_ratios(place.by_kind[kind])}"
        for kind in PurchaseKind
        if kind in place.by_kind and place.by_kind[kind].by_count.whole
    ]
    note = unconfirmed_note(place.total)
    return "\n".join([*lines, note] if note else lines)


def _effective(found: StandingsAnswer) -> list[str]:
    """실질: the same without outside contracts where no local choice was possible, and how many these are."""
    left_out = found.left_out
    if found.mine is None or not left_out.number:
        return []
    effective = found.mine.total.without_outside(left_out.number, left_out.won)
    return [f"실질(사유로 빠지는 관외 {left_out.number:,}건을 빼고): {both_ratios(effective)}"]


def _rows(found: StandingsAnswer) -> list[list[str]]:
    kinds = [f"{kind.label} {by}" for kind in PurchaseKind for by in ("건수", "금액")]
    return [["순위", "부서·기관", "건수", "금액", *kinds]] + [_line(place) for place in _upper(found)]


def _upper(found: StandingsAnswer) -> list[Place]:
    """The best SHOWN, and the asker's own line even if it stands below them."""
    upper = [place for place in found.standings.places if place.rank is not None][:SHOWN]
    if found.mine and found.mine.rank is not None and found.mine not in upper:
        upper.append(found.mine)
    return upper


def _line(place: Place) -> list[str]:
    sides = [place.total, *(place.by_kind.get(kind, Figures()) for kind in PurchaseKind)]
    cells = [cell for figures in sides for cell in (_count(figures), _amount(figures))]
    return [f"{place.rank}위", place.organisation.name, *cells]


def _count(figures: Figures) -> str:
    return write_ratio_count(figures.by_count) if figures.by_count.whole else "–"


def _amount(figures: Figures) -> str:
    part, whole = figures.by_amount.part, figures.by_amount.whole
    return f"{figures.by_amount.text} ({write_thousands(part)}/{write_thousands(whole)})" if whole else "–"


def _unconfirmed(found: StandingsAnswer) -> int:
    return sum(place.total.unconfirmed_count for place in found.standings.places)


def _notes(found: StandingsAnswer) -> list[str]:
    notes = [f"{write_day(found.day)}까지 보고된 {found.standings.year}년 실적"]
    if waiting := _unconfirmed(found):
        notes.append(f"모든 부서·기관의 미확인 {waiting:,}건은 어느 쪽에도 넣지 않았습니다.")
    notes.append("같은 값은 같은 순위입니다. 이 메시지는 나에게만 보입니다.")
    return notes


def _fallback(found: StandingsAnswer) -> str:
    """The table in lines, for notifications, screen readers and clients that cannot draw it."""
    return "\n".join(
        f"{place.rank}위 {escape(place.organisation.name)} · {both_ratios(place.total)}" for place in _upper(found)
    )
