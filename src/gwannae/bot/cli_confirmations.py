"""`gwannae confirmations`."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.confirmations import PeriodState

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae confirmations --year 2027
gwannae confirmations --year 2027 --json
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def confirmations(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """어느 부서·기관이 어느 기간을 확정했는지 보여 줍니다.

    끝난 기간만 나옵니다. 확정한 뒤에 보고가 바뀌면 ‘다시 확정 필요’로 나오고, 지문(SHA-256)으로 견주어 볼 수 있습니다.
    """
    from gwannae.actions.confirmations import overview

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        asked = year or toolkit.today.year
        found = overview(toolkit, asked, toolkit.clock())
    if as_json:
        print_json(
            {
                "year": asked,
                "periods": [
                    {
                        "period": o.period.key,
                        "first": o.period.first.isoformat(),
                        "last": o.period.last.isoformat(),
                        "organisations": [_state_json(state) for state in o.states],
                    }
                    for o in found
                ],
            }
        )
        return
    rows = [_state_row(state) for o in found for state in o.states]
    print_table(("기간", "부서·기관", "상태", "건수", "미확인", "확정한 때", "확정한 사람"), rows, numbers=(3, 4))
    confirmed = sum(not state.asks for o in found for state in o.states)
    say(f"{asked}년 · 확정 {confirmed:,} / {len(rows):,}")


def _state_json(state: "PeriodState") -> dict[str, object]:
    latest = state.latest
    return {
        "code": state.organisation.code,
        "name": state.organisation.name,
        "status": state.status.value,
        "rows": state.rows,
        "amount": state.amount,
        "unconfirmed": state.unconfirmed,
        "fingerprint": state.fingerprint,
        "confirmed": None
        if latest is None
        else {
            "number": latest.number,
            "at": latest.confirmed_at.isoformat(timespec="seconds"),
            "team": latest.by_team,
            "user": latest.by_user,
            "rows": latest.rows,
            "amount": latest.amount,
            "unconfirmed": latest.unconfirmed,
            "fingerprint": latest.fingerprint,
        },
    }


def _state_row(state: "PeriodState") -> tuple[str, ...]:
    latest = state.latest
    return (
        state.period.label,
        state.organisation.name,
        state.status.label,
        f"{state.rows:,}",
        f"{state.unconfirmed:,}" if state.unconfirmed else "",
        latest.confirmed_at.strftime("%Y-%m-%d %H:%M") if latest else "",
        latest.by_user if latest else "",
    )
