"""`gwannae standings`."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.standings import Figures, Place

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae standings --year 2027
gwannae standings --year 2027 --json
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def standings(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """부서·기관의 순위를 보여 줍니다.

    비율은 건수와 금액 두 가지이고, 미확인은 어느 쪽에도 들지 않습니다.
    """
    from gwannae.actions.standings import standings_of

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = standings_of(toolkit, year or toolkit.today.year)
        order = [measure.value for measure in toolkit.city.standings_order]
    if as_json:
        print_json(
            {
                "year": found.year,
                "order": order,
                "ranked": found.ranked,
                "organisations": [_place_json(place) for place in found.places],
            }
        )
        return
    print_table(
        ("순위", "부서·기관", "건수", "금액", "미확인"), [_place_row(place) for place in found.places], numbers=(0,)
    )
    say(f"{found.year}년 · 순위가 있는 곳 {found.ranked} / {len(found.places)}")


def _place_json(place: "Place") -> dict[str, object]:
    from gwannae.programme.purchases import PurchaseKind
    from gwannae.programme.standings import Figures

    organisation = place.organisation
    return {
        "rank": place.rank,
        "code": organisation.code,
        "name": organisation.name,
        "kind": organisation.kind.value,
        **_figures_json(place.total),
        "by_kind": {kind.value: _figures_json(place.by_kind.get(kind, Figures())) for kind in PurchaseKind},
    }


def _figures_json(figures: "Figures") -> dict[str, object]:
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


def _place_row(place: "Place") -> tuple[str, ...]:
    from gwannae.programme.ratio import write_ratio_amount, write_ratio_count

    total = place.total
    unconfirmed = f"{total.unconfirmed_count:,}건 {total.unconfirmed_amount:,}원" if total.unconfirmed_count else ""
    return (
        str(place.rank or "–"),
        place.organisation.name,
        write_ratio_count(total.by_count),
        write_ratio_amount(total.by_amount),
        unconfirmed,
    )
