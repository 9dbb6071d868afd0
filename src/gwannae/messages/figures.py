"""Figures in words: both ratios with numerator and denominator, everywhere the same."""

from collections.abc import Sequence

from gwannae.programme.amount import write_short, write_thousands
from gwannae.programme.bought import Bought
from gwannae.programme.effective import by_reason, together
from gwannae.programme.hangul import josa
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.ratio import NO_RATIO, write_ratio_amount, write_ratio_count
from gwannae.programme.standings import Figures, Measure, Place


def both_ratios(figures: Figures) -> str:
    """ "건수 62.5% (10/16) · 금액 48.1% (2,310/4,800만 원)" """
    if not figures.by_count.whole:
        return "관내·관외로 판정된 실적이 아직 없습니다"
    return f"건수 {write_ratio_count(figures.by_count)} · 금액 {write_ratio_amount(figures.by_amount)}"


def unconfirmed_note(figures: Figures) -> str:
    """What the ratios leave out, or nothing."""
    if not figures.unconfirmed_count:
        return ""
    return f"미확인 {figures.unconfirmed_count:,}건은 확인될 때까지 어느 쪽에도 넣지 않았습니다."


def effective_lines(place: Place) -> list[str]:
    """실질: the same without outside contracts where no local choice was possible, and for which reasons these go."""
    gone = together(place.left_out)
    if not gone.number:
        return []
    return [
        f"실질(사유로 빠지는 관외 {gone.number:,}건을 빼고): {both_ratios(place.effective)}",
        f"빠진 사유: {reasons(by_reason(place.left_out))}",
    ]


def reasons(left_out: dict[ReasonCode, Bought]) -> str:
    """ "경쟁입찰 낙찰자 2건 1,200만 원 · 특허·특정 공법 1건 300만 원" """
    return " · ".join(f"{code.label} {one.number:,}건 {write_short(one.won)}" for code, one in left_out.items())


def count_cell(figures: Figures) -> str:
    """A cell of a table: "62.5% (10/16)"."""
    return write_ratio_count(figures.by_count) if figures.by_count.whole else NO_RATIO


def amount_cell(figures: Figures) -> str:
    """The same in 천원: "48.1% (23,100/48,000)"."""
    part, whole = figures.by_amount.part, figures.by_amount.whole
    return f"{figures.by_amount.text} ({write_thousands(part)}/{write_thousands(whole)})" if whole else NO_RATIO


def rounding_note(wholes: Sequence[Figures], parts: Sequence[Sequence[Figures]]) -> str:
    """Why columns of 천원 do not add up, where they do not; nothing where they do."""

    def adds_up(whole: Figures, parts_of: Sequence[Figures], name: str) -> bool:
        return _thousands(getattr(whole, name).part) == sum(_thousands(getattr(f, name).part) for f in parts_of) and (
            _thousands(getattr(whole, name).whole) == sum(_thousands(getattr(f, name).whole) for f in parts_of)
        )

    if all(adds_up(whole, parts_of, "by_amount") for whole, parts_of in zip(wholes, parts, strict=True) if parts_of):
        return ""
    return "금액은 천원 미만을 반올림해 종류별 금액의 합이 전체와 다를 수 있습니다."


def _thousands(won: int) -> int:
    return int(write_thousands(won).replace(",", ""))


def order_words(measures: Sequence[Measure]) -> str:
    """By what is ranked where no formula is: the highest amount ratio need not be the highest count ratio."""
    words = [measure.label for measure in measures]
    return f"순위: {words[0]}{josa(words[0], '이/가')} 높은 순" + "".join(f", 같으면 {word}" for word in words[1:2])
