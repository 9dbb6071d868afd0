"""`gwannae purchases export`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_new_file import hand_over, is_standard_output, refuse_old
from gwannae.bot.cli_output import PARTLY, say
from gwannae.bot.cli_session import Session
from gwannae.programme.purchase_export import ExportFormat

EXPORT_EXAMPLE = """
gwannae purchases export --year 2027
gwannae purchases export --year 2027 --organisation 공원과 --format csv --out 실적.csv
gwannae purchases export --year 2027 --format ocds --out - | gzip > 2027.json.gz
"""


def export(
    ctx: typer.Context,
    year: Annotated[int, typer.Option("--year", min=2000, max=2999, metavar="연도", help="계약일의 연도입니다.")],
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="이름|코드", help="부서·기관입니다. 적지 않으면 전체입니다."),
    ] = None,
    form: Annotated[
        ExportFormat,
        typer.Option("--format", metavar="xlsx|csv|ocds", help="xlsx(보는 파일), csv(프로그램용), ocds(공개용)입니다."),
    ] = ExportFormat.XLSX,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="새로 만들 파일입니다. -는 표준 출력입니다. 적지 않으면 이름을 짓습니다."
        ),
    ] = None,
) -> None:
    """구매 실적을 파일로 내보냅니다.

    취소된 보고도 들어가고 합계에서는 빠집니다. 있는 파일에는 쓰지 않습니다. 보고한 사람은 나오지 않습니다.
    ocds는 Open Contracting 1.1 파일이며, 도시 파일의 [publication]에 등록한 접두어가 있어야 합니다.
    csv에서 작은따옴표(')로 시작하는 칸은 하나를 떼고 읽습니다(수식으로 열리지 않게 붙인 것입니다).
    """
    from gwannae.actions.purchase_export import export_purchases
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.purchase_export import Exported, ExportRequest, NothingToExport

    session: Session = ctx.obj
    refuse_old(out)
    with tempfile.TemporaryFile() as made, session.toolkit() as toolkit:
        whose = organisation_named(toolkit, organisation).id if organisation is not None else None
        outcome = export_purchases(toolkit, COMMAND_LINE, ExportRequest(year, whose, form), made, toolkit.clock())
        if isinstance(outcome, NothingToExport):
            say(f"{year}년 구매 실적이 없어 공개할 파일을 만들지 않았습니다.")
            raise typer.Exit(PARTLY)
        if not isinstance(outcome, Exported):
            raise refused(
                "공개용(ocds) 파일을 만들 수 없습니다. Open Contracting Partnership에 접두어를 등록하고 도시 파일의 "
                "[publication]에 ocid_prefix와 address를 적어 주세요."
            )
        target = out or Path(outcome.file_name)
        hand_over(made, target)
        say(f"구매 실적 {outcome.rows:,}건을 내보냈습니다{'.' if is_standard_output(target) else f': {target}'}")
