"""Figures on the command line: n and N of both ratios, of organisations and of items."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gwannae.bot.cli_output import print_json, print_table, say

if TYPE_CHECKING:
    from gwannae.programme.item_measure import ItemLine
    from gwannae.programme.standings import Figures
    from gwannae.programme.standings_words import Asked


def figures_json(figures: "Figures") -> dict[str, object]:
    """n and N of both ratios; `percent_tenths` is tenths of a percent, null where there is nothing to divide by."""
    from gwannae.programme.ratio import write_ratio_amount, write_ratio_count

    count, amount = figures.by_count, figures.by_amount
    return {
        "count": {
            "local": count.part,
            "total": count.whole,
            "percent_tenths": count.percent_tenths,
            "text": write_ratio_count(count),
        },
        "amount": {
            "local": amount.part,
            "total": amount.whole,
            "percent_tenths": amount.percent_tenths,
            "text": write_ratio_amount(amount),
        },
        "unconfirmed": {"count": figures.unconfirmed_count, "amount": figures.unconfirmed_amount},
    }


def print_items(lines: "Sequence[ItemLine]", asked: "Asked", *, as_json: bool) -> None:
    """Every item with both ratios, gross and effective."""
    from gwannae.programme.ratio import write_ratio_amount, write_ratio_count

    if as_json:
        print_json(
            {
                "first": asked.span.first.isoformat(),
                "last": asked.span.last.isoformat(),
                "kind": asked.kind.value if asked.kind else None,
                "items": [
                    {
                        "item": line.item,
                        **figures_json(line.gross),
                        "effective": figures_json(line.effective),
                        "left_out": {"count": line.left_out.number, "amount": line.left_out.won},
                    }
                    for line in lines
                ],
            }
        )
        return
    rows = [
        (
            line.item or "(품목 미기재)",
            write_ratio_count(line.gross.by_count),
            write_ratio_amount(line.gross.by_amount),
            write_ratio_count(line.effective.by_count),
            write_ratio_amount(line.effective.by_amount),
            f"{line.gross.unconfirmed_count:,}건" if line.gross.unconfirmed_count else "",
        )
        for line in lines
    ]
    print_table(("품목", "건수", "금액", "실질 건수", "실질 금액", "미확인"), rows)
    say(f"{asked.span.label} · 품목 {len(rows):,}가지")
