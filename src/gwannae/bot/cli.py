"""`gwannae`: the command line. Here are the global options and the list of commands; each group has its own file."""

from typing import Annotated

import typer

from gwannae.bot import (
    cli_calendar,
    cli_care,
    cli_city,
    cli_confirmations,
    cli_new_year,
    cli_office_days,
    cli_organisations,
    cli_people,
    cli_plan,
    cli_policy_record,
    cli_posting,
    cli_projects,
    cli_purchases,
    cli_results,
    cli_running,
    cli_schemes,
    cli_score,
    cli_standings,
    cli_synonyms,
    cli_vendors,
)
from gwannae.bot.cli_help import KoreanGroup
from gwannae.bot.cli_output import print_lines
from gwannae.bot.cli_session import Session

EXAMPLES = """
gwannae demo
gwannae vendors import 업체명부.xlsx
gwannae vendors search 인쇄 --json
"""

app = typer.Typer(
    cls=KoreanGroup,
    name="gwannae",
    epilog=EXAMPLES,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for group in (
    cli_running.commands,
    cli_vendors.commands,
    cli_organisations.commands,
    cli_people.commands,
    cli_purchases.commands,
    cli_projects.commands,
    cli_standings.commands,
    cli_score.commands,
    cli_schemes.commands,
    cli_confirmations.commands,
    cli_results.commands,
    cli_plan.commands,
    cli_calendar.commands,
    cli_office_days.commands,
    cli_new_year.commands,
    cli_policy_record.commands,
    cli_posting.commands,
    cli_synonyms.commands,
    cli_city.commands,
    cli_care.commands,
):
    app.add_typer(group)


def _show_version(wanted: bool) -> None:
    if wanted:
        from gwannae import __version__

        print_lines([f"gwannae {__version__}"])
        raise typer.Exit


@app.callback()
def start(
    ctx: typer.Context,
    city: Annotated[
        str | None,
        typer.Option("--city", metavar="이름|파일", help="도시 파일의 이름이나 경로(.toml). 설정보다 먼저입니다."),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="주소", help="데이터베이스 주소나 SQLite 파일. 설정보다 먼저입니다."),
    ] = None,
    debug: Annotated[  # noqa: ARG001 - read where errors end, for it must hold before the options are understood
        bool, typer.Option("--debug", help="오류가 나면 자세한 내용을 그대로 보여 줍니다.")
    ] = False,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--version", help="버전을 보여 줍니다.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """관내봇: 지역상품 우선구매를 돕는 Slack 봇입니다.

    결과(JSON)는 표준 출력으로, 안내 문장은 표준 오류로 나갑니다.
    끝 코드는 0(마침), 1(일부만 마침, 또는 찾지 못함), 2(하지 못함)입니다.
    """
    ctx.obj = Session(city, database)


def main() -> None:
    """The console script."""
    app()
