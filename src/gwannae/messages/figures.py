"""Figures in words: both ratios with numerator and denominator, everywhere the same."""

from gwannae.programme.ratio import write_ratio_amount, write_ratio_count
from gwannae.programme.standings import Figures


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
