"""`gwannae purchases cross-check`."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY
from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_output import print_json, print_lines, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.readers.contract_list import ContractList
    from gwannae.readers.g2b_contracts import G2bContracts

CROSS_CHECK_EXAMPLE = """
gwannae purchases cross-check 수의계약현황.xlsx --year 2027
gwannae purchases cross-check 계약현황.csv --year 2027 --organisation 공원과 --json
gwannae purchases cross-check --from g2b --year 2027
"""


class Published(StrEnum):
    """Where a published list can be taken from beside a file."""

    G2B = "g2b"


def cross_check(
    ctx: typer.Context,
    year: Annotated[int, typer.Option("--year", min=2000, max=2999, metavar="연도", help="계약일의 연도입니다.")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="공개된 계약 목록입니다(CSV, XLSX, XLS). 계약명과 계약금액 열이 있어야 합니다."
        ),
    ] = None,
    service: Annotated[
        Published | None, typer.Option("--from", metavar="g2b", help="파일 대신 나라장터의 계약정보를 씁니다.")
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="이름|코드", help="부서·기관입니다. 적지 않으면 전체입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """공개된 계약 목록과 보고된 실적을 견주어 다른 것만 알려 줍니다.

    바꾸는 것은 없습니다. 계약번호, 없으면 업체·금액·계약일(앞뒤 7일)로 같은 계약을 찾습니다.
    짝이 여럿이면 정하지 않고 물어봅니다. 볼 것이 있으면 끝 코드가 1입니다.
    """
    from gwannae.actions.cross_check import check_list
    from gwannae.bot.cli_cross_check_words import checked_json, checked_lines
    from gwannae.programme.cross_check import Checked
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    if (file is None) == (service is None):
        say(f"FILE과 --from 가운데 하나만 적어 주세요.\n도움말: {ctx.command_path} --help")
        raise typer.Exit(FAILED)
    with _opened(session, file, year) as published, session.toolkit() as toolkit:
        whose = organisation_named(toolkit, organisation).id if organisation is not None else None
        checked = check_list(toolkit, COMMAND_LINE, published, year, whose, toolkit.clock())
    assert isinstance(checked, Checked), "the command line may do all"
    if as_json:
        print_json(checked_json(checked, published))
    else:
        print_lines(list(checked_lines(checked, published)))
    raise typer.Exit(DONE if checked.check.is_clean and not published.unread else PARTLY)


@contextmanager
def _opened(session: Session, file: Path | None, year: int) -> Iterator["ContractList | G2bContracts"]:
    if file is not None:
        from gwannae.readers.contract_list import read_contracts

        yield read_contracts(file, today=session.today())
        return
    from gwannae.bot.open_services import published_contracts

    institutions = session.city().g2b_institutions
    if not institutions:
        raise refused(
            "나라장터에 물을 기관코드가 없습니다. 도시 파일의 g2b_institutions에 수요기관 코드(7자리)를 적어 주세요."
        )
    with published_contracts(session.settings(), institutions, year) as published:
        yield published
