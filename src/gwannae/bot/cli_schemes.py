"""`gwannae schemes`."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import organisation_named
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.schemes import SchemeFigures

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae schemes --year 2027
gwannae schemes --year 2027 --organisation 공원과 --json
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def schemes(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="이름|코드", help="한 부서·기관만 봅니다. 적지 않으면 모두입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """여성기업 같은 다른 의무구매 제도의 실적을 보여 줍니다.

    계약일에 유효한 인증으로 셉니다. 한 계약이 여러 제도에 들 수 있고, 한 제도 안에서는 한 번만 셉니다.
    """
    from gwannae.actions.schemes import schemes_of

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        named = organisation_named(toolkit, organisation) if organisation else None
        found = schemes_of(toolkit, year or toolkit.today.year, named)
    if as_json:
        shown = [_figures_json(figures) for figures in found.figures]
        print_json({"year": found.year, "organisation": named.code if named else None, "schemes": shown})
        return
    print_table(("제도", "목표", "기준", "금액", "건수", "근거"), [_row(figures) for figures in found.figures])
    say(f"{found.year}년 · {found.organisation or '모든 부서·기관'} · 제도 {len(found.figures)}가지")


def _figures_json(figures: "SchemeFigures") -> dict[str, object]:
    """`rate` in basis points of the base, null where no text names one; amounts in won, `missing` up to the rate."""
    scheme = figures.scheme
    return {
        "code": scheme.code,
        "label": scheme.label,
        "rate": scheme.rate,
        "base": [kind.value for kind in scheme.kinds],
        "base_of_small_firms": scheme.base_small,
        "certificates": [kind.value for kind in scheme.certificates],
        "by_size": scheme.by_size,
        "count": {"counted": figures.count, "base": figures.base_count},
        "amount": {"counted": figures.amount, "base": figures.base_amount, "missing": figures.missing},
        "percent_tenths": figures.by_amount.percent_tenths,
        "reported_without_certificates": figures.unknown_count,
        "valid_from": scheme.valid_from.isoformat(),
        "until": scheme.until.isoformat() if scheme.until else None,
        "law": scheme.law,
        "checked_on": scheme.checked_on.isoformat(),
        "note": scheme.note,
    }


def _row(figures: "SchemeFigures") -> tuple[str, ...]:
    from gwannae.messages.schemes import write_base, write_rate
    from gwannae.programme.dates import write_day
    from gwannae.programme.ratio import write_ratio_amount, write_ratio_count

    scheme = figures.scheme
    return (
        scheme.label,
        write_rate(scheme.rate) if scheme.rate is not None else "–",
        write_base(scheme),
        write_ratio_amount(figures.by_amount),
        write_ratio_count(figures.by_count),
        f"{scheme.law}({write_day(scheme.checked_on)} 확인)",
    )
