"""`gwannae standings`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_figures import figures_json, print_items
from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import organisation_named
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.city import City
    from gwannae.programme.standings import Place
    from gwannae.programme.standings_words import Asked

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae standings --year 2027
gwannae standings --year 2027 --json
gwannae standings 2027년 2분기 물품
gwannae standings 평가 --items --organisation 공원과
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def standings(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="기간·종류", help="`2분기`, `상반기`, `3월`, `평가`(평가 기간), `물품` 따위입니다."),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    items: Annotated[bool, typer.Option("--items", help="부서·기관이 아니라 품목별로 보여 줍니다.")] = False,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="이름", help="--items와 함께: 이 부서·기관의 품목만입니다.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """부서·기관의 순위를 보여 줍니다.

    비율은 건수와 금액 두 가지이고, 미확인은 어느 쪽에도 들지 않습니다. 실질은 사유로 빠지는 관외를 뺀 비율입니다.
    """
    from gwannae.actions.standings import items_of, standings_of

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        asked = _asked(words or [], year, toolkit.city, toolkit.today)
        if items:
            whose = organisation_named(toolkit, organisation) if organisation else None
            print_items(items_of(toolkit, asked, whose), asked, as_json=as_json)
            return
        found = standings_of(toolkit, asked)
        order = [measure.value for measure in toolkit.city.standings_order]
    if as_json:
        print_json(
            {
                "year": found.year,
                "first": asked.span.first.isoformat(),
                "last": asked.span.last.isoformat(),
                "kind": asked.kind.value if asked.kind else None,
                "order": order,
                "ranked": found.ranked,
                "organisations": [_place_json(place) for place in found.places],
            }
        )
        return
    print_table(
        ("순위", "부서·기관", "건수", "금액", "실질 건수", "실질 금액", "미확인"),
        [_place_row(place) for place in found.places],
        numbers=(0,),
    )
    say(f"{asked.span.label} · 순위가 있는 곳 {found.ranked} / {len(found.places)}")


def _place_json(place: "Place") -> dict[str, object]:
    from gwannae.programme.effective import by_reason
    from gwannae.programme.purchases import PurchaseKind
    from gwannae.programme.standings import Figures

    organisation = place.organisation
    return {
        "rank": place.rank,
        "code": organisation.code,
        "name": organisation.name,
        "kind": organisation.kind.value,
        **figures_json(place.total),
        "effective": figures_json(place.effective),
        "left_out": {code.value: {"count": b.number, "amount": b.won} for code, b in by_reason(place.left_out).items()},
        "by_kind": {
            kind.value: {
                **figures_json(place.by_kind.get(kind, Figures())),
                "effective": figures_json(place.effective_of(kind)),
            }
            for kind in PurchaseKind
        },
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
        write_ratio_count(place.effective.by_count),
        write_ratio_amount(place.effective.by_amount),
        unconfirmed,
    )


def _asked(words: list[str], year: int | None, city: "City", today: date) -> "Asked":
    from gwannae.programme.standings_words import NotUnderstood, read_asked

    named = [f"{year}년", *words] if year else words
    months = (city.calendar.award_first_month, city.calendar.award_last_month)
    asked = read_asked(" ".join(named), today, months)
    if isinstance(asked, NotUnderstood):
        raise typer.BadParameter(f"{', '.join(asked.words)}: 알아듣지 못했습니다. --help의 예를 보아 주세요.")
    return asked
