"""`gwannae vendors history`."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import FAILED, PARTLY
from gwannae.bot.cli_output import print_json, print_lines, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.vendor_history import Happened

HISTORY_EXAMPLE = """
gwannae vendors history 123-45-67891
gwannae vendors history 1234567891 --json
gwannae vendors history 17
"""


def history(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(metavar="NUMBER", help="사업자등록번호, 또는 search --json이 알려 주는 업체의 id입니다."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """한 업체의 이력을 봅니다: 언제 옮기고, 이름이 바뀌고, 닫았는지, 누가 무엇을 보고 적었는지.

    최근 것이 먼저 나옵니다. 명부에서 내린 업체도 볼 수 있습니다. 업체를 찾지 못하면 끝 코드가 1입니다.
    """
    from gwannae.actions.vendor_history import vendor_history
    from gwannae.messages.vendor_history import history_lines
    from gwannae.programme.business_number import write_business_number
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendor_history import VendorHistory

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        vendor_id = _vendor_id(toolkit, number)
        found = None if vendor_id is None else vendor_history(toolkit, COMMAND_LINE, vendor_id, toolkit.clock())
        zone = toolkit.city.zone
    if not isinstance(found, VendorHistory):
        say(f"‘{number[:40]}’ 업체가 명부에 없습니다. gwannae vendors search로 찾아보세요.")
        raise typer.Exit(PARTLY)
    if as_json:
        print_json([_json(one) for one in found.happened])
        return
    known = found.vendor.business_number
    print_lines([f"{found.vendor.name}{f' · {write_business_number(known)}' if known else ''}"])
    print_lines(history_lines(found, zone))
    if not found.happened:
        say("명부에 오른 뒤 바뀐 것이 없습니다.")


def _vendor_id(toolkit: "Toolkit", typed: str) -> int | None:
    from gwannae.actions.vendor_history import vendor_of_number
    from gwannae.programme.business_number import BusinessNumberError, read_business_number

    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    try:
        return vendor_of_number(toolkit, read_business_number(typed))
    except BusinessNumberError as error:
        say(f"‘{typed[:40]}’은(는) 사업자등록번호가 아닙니다. 숫자 10자리를 적어 주세요.")
        raise typer.Exit(FAILED) from error


def _json(one: "Happened") -> dict[str, object]:
    return {
        "at": one.at.isoformat(),
        "what": one.what.value,
        "before": one.before,
        "after": one.after,
        "day": one.day.isoformat() if one.day else None,
        "source": one.source,
        "user_id": one.user_id,
    }
