"""순위의 그림: titles, notes, and for each picture the sentence that says what it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import context, ephemeral, escape, picture
from gwannae.programme.amount import write_short, write_thousands
from gwannae.programme.charts import Bars, Curve, Curves, Picture, ratio_bar, share_bar
from gwannae.programme.hangul import josa
from gwannae.programme.item_measure import ItemLine
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio, write_ratio_amount, write_ratio_count
from gwannae.programme.standings import Figures, Place
from gwannae.programme.standings_pictures import DrawnStandings

_NO_ITEM = "품목 적지 않음"


def pictures(drawn: DrawnStandings) -> tuple[Picture, ...]:
    """By organisation (the upper part and the own), by month, by kind, and the own leaks; none that has no figure."""
    found = [_organisations(drawn), _months(drawn), _kinds(drawn), _leaks(drawn)]
    return tuple(one for one in found if one is not None)


def picture_message(drawn: Sequence[tuple[Picture, str]]) -> dict[str, Any]:
    """The pictures with the ids under which Slack keeps them, for the asker alone; as text what each of them shows."""
    blocks = [picture(ids.numbered("standings-picture", p.name), file_id, p.alt, p.chart.title) for p, file_id in drawn]
    text = "\n".join(f"{escape(p.chart.title)}: {escape(p.alt)}" for p, _ in drawn)
    return ephemeral(text, [*blocks, context("standings-picture-note", "이 그림은 나에게만 보입니다.")])


def _organisations(drawn: DrawnStandings) -> Picture | None:
    upper, mine = [place for place in drawn.upper if place.total.by_amount.whole], drawn.mine
    if not upper:
        return None
    if mine is not None and mine.total.by_amount.whole and mine not in upper:
        upper.append(mine)
    bars = tuple(
        ratio_bar(p.organisation.name, p.total.by_amount, _thousands(p.total.by_amount), own=p == mine) for p in upper
    )
    first = upper[0]
    alt = f"맨 위는 {first.organisation.name}, 금액 비율 {write_ratio_amount(first.total.by_amount)}입니다."
    if mine is not None and mine != first and mine.total.by_amount.whole:
        alt += f" {mine.organisation.name}: {write_ratio_amount(mine.total.by_amount)}."
    title = f"{drawn.label} 부서·기관별 관내 비율"
    return Picture("organisations", Bars(title, "순위 순, 금액 기준 % (관내/판정, 천원)", bars), alt)


def _months(drawn: DrawnStandings) -> Picture | None:
    everybody, mine = _ratios(drawn.all_months), drawn.mine
    if not any(everybody):
        return None
    curves = [Curve("전체", everybody)]
    named, months = "전체", everybody
    if mine is not None and any(_ratios(drawn.own_months)):
        named, months = mine.organisation.name, _ratios(drawn.own_months)
        curves.append(Curve(named, months, own=True))
    told = [(month, ratio) for month, ratio in enumerate(months, start=1) if ratio]
    month, ratio = told[-1]
    alt = f"{named}: {month}월 금액 비율 {write_ratio_amount(ratio)}."
    if len(told) > 1:
        before, former = told[-2]
        alt += f" {before}월에는 {write_ratio_amount(former)}였습니다."
    title = f"{drawn.label.partition('년')[0]}년 월별 관내 비율"
    return Picture("months", Curves(title, "금액 기준, %", tuple(curves)), alt)


def _ratios(months: Mapping[int, Figures]) -> tuple[Ratio | None, ...]:
    every = [months.get(month, Figures()).by_amount for month in range(1, 13)]
    return tuple(ratio if ratio.whole else None for ratio in every)


def _kinds(drawn: DrawnStandings) -> Picture | None:
    mine = drawn.mine
    kinds = _bought_kinds(mine)
    if mine is None or not kinds:
        return None
    bars = []
    for kind, figures in kinds:
        bars.append(ratio_bar(f"{kind.label} 건수", figures.by_count, write_ratio_count(figures.by_count)))
        bars.append(ratio_bar(f"{kind.label} 금액", figures.by_amount, _thousands(figures.by_amount), own=True))
    told = ", ".join(f"{kind.label} {write_ratio_amount(f.by_amount)}" for kind, f in kinds)
    title = f"{mine.organisation.name} 물품·용역·공사"
    unit = "파랑은 건수, 테두리가 있는 주황은 금액, % (관내/판정, 금액은 천원)"
    return Picture("kinds", Bars(title, unit, tuple(bars)), f"{mine.organisation.name} 금액 비율: {told}.")


def _bought_kinds(mine: Place | None) -> list[tuple[PurchaseKind, Figures]]:
    if mine is None:
        return []
    return [(k, mine.by_kind[k]) for k in PurchaseKind if k in mine.by_kind and mine.by_kind[k].by_count.whole]


def _leaks(drawn: DrawnStandings) -> Picture | None:
    mine = drawn.mine
    if mine is None or not drawn.leaks:
        return None
    worth = [(leak, leak.effective.outside_amount) for leak in drawn.leaks]
    bars = tuple(share_bar(leak.item or _NO_ITEM, won, worth[0][1], _leak(leak)) for leak, won in worth)
    first = drawn.leaks[0]
    named = first.item or _NO_ITEM
    alt = f"관내에서 살 수 있었던 관외 구매는 {named}{josa(named, '이/가')} 가장 많습니다: {_leak(first)}."
    title = f"{mine.organisation.name} 품목별 관외 구매"
    return Picture("leaks", Bars(title, "관내에서 살 수 있었던 것, 큰 것부터", bars), alt)


def _leak(leak: ItemLine) -> str:
    return f"{write_short(leak.effective.outside_amount)} · {leak.effective.outside_count:,}건"


def _thousands(ratio: Ratio) -> str:
    return f"{ratio.text} ({write_thousands(ratio.part)}/{write_thousands(ratio.whole)})"
