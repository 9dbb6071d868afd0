"""`gwannae vendors certificates`: which certificates end soon."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.certificates import EndingCertificate

CERTIFICATES_EXAMPLE = """
gwannae vendors certificates
gwannae vendors certificates --within 30 --json
"""


def certificates(
    ctx: typer.Context,
    within: Annotated[
        int | None,
        typer.Option(
            "--within",
            min=0,
            max=3650,
            metavar="일",
            help="며칠 안에 끝나는 것까지 볼지 적습니다. 적지 않으면 도시 파일의 certificate_warn_days를 따릅니다.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """곧 끝나는 인증을 보여 줍니다.

    먼저 끝나는 것부터 나옵니다. 이미 새로 받은 인증과 명부에서 내린 업체는 나오지 않습니다.
    """
    from gwannae.actions.certificates import ending_certificates
    from gwannae.programme.certificates import EndingCertificates
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = ending_certificates(toolkit, COMMAND_LINE, toolkit.clock(), within=within, shown=None)
    assert isinstance(found, EndingCertificates), "the command line may do all"
    if as_json:
        print_json([_json(entry) for entry in found.entries])
    elif found.entries:
        print_table(
            ("남은 날", "끝나는 날", "업체", "사업자등록번호", "인증", "번호"),
            [_row(e) for e in found.entries],
            numbers=(0,),
        )
    say(f"{found.within:,}일 안에 끝나는 인증은 {found.total:,}건입니다.")


def _json(entry: "EndingCertificate") -> dict[str, object]:
    certificate = entry.certificate
    return {
        "vendor_id": entry.vendor_id,
        "name": entry.vendor_name,
        "business_number": entry.business_number,
        "certificate": certificate.kind.label,
        "number": certificate.number,
        "valid_from": certificate.valid_from.isoformat() if certificate.valid_from else None,
        "valid_to": certificate.valid_to.isoformat() if certificate.valid_to else None,
        "days_left": entry.days_left,
    }


def _row(entry: "EndingCertificate") -> tuple[str, ...]:
    from gwannae.programme.business_number import write_business_number

    certificate = entry.certificate
    return (
        str(entry.days_left),
        certificate.valid_to.isoformat() if certificate.valid_to else "",
        entry.vendor_name,
        write_business_number(entry.business_number) if entry.business_number else "",
        certificate.kind.label,
        certificate.number,
    )
