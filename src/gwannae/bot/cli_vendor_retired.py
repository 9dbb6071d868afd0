"""`gwannae vendors retired`: which firms are off the list."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.vendor_retirements import RetiredFirm

RETIRED_EXAMPLE = """
gwannae vendors retired
gwannae vendors retired --json
"""


def retired(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """명부에서 내린 업체를 보여 줍니다.

    최근에 내린 것부터 나옵니다. 합친 기록은 어느 업체에 합쳤는지 나옵니다. 다시 올리는 일은 Slack에서 하실 수 있습니다.
    """
    from gwannae.actions.vendor_retirements import retired_firms
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendor_retirements import RetiredFirms

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = retired_firms(toolkit, COMMAND_LINE, toolkit.clock(), shown=None)
    assert isinstance(found, RetiredFirms), "the command line may do all"
    if as_json:
        print_json([_json(firm) for firm in found.entries])
    elif found.entries:
        print_table(
            ("언제부터", "업체", "사업자등록번호", "사유", "합친 곳"),
            [_row(firm) for firm in found.entries],
        )
    say(f"명부에서 내린 업체는 {found.total:,}곳입니다.")


def _json(firm: "RetiredFirm") -> dict[str, object]:
    gone = firm.retirement
    return {
        "vendor_id": firm.vendor_id,
        "name": firm.name,
        "business_number": firm.business_number,
        "day": gone.day.isoformat(),
        "reason": gone.reason,
        "merged_into": gone.merged_into,
        "retired_at": firm.retired_at.isoformat(),
    }


def _row(firm: "RetiredFirm") -> tuple[str, ...]:
    from gwannae.programme.business_number import write_business_number

    number = write_business_number(firm.business_number) if firm.business_number else ""
    return firm.retirement.day.isoformat(), firm.name, number, firm.retirement.reason, firm.merged_name
