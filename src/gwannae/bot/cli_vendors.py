"""`gwannae vendors import`, `gwannae vendors search`."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from gwannae.bot.cli_help import FAILED, PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.vendors import VendorFile

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
vendors = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(vendors, name="vendors")

IMPORT_EXAMPLE = """
gwannae vendors import 업체명부.xlsx --dry-run
gwannae vendors import 업체명부.xlsx
"""
SEARCH_EXAMPLE = """
gwannae vendors search 인쇄
gwannae vendors search "현수막 여성기업" --json
"""

T = TypeVar("T")


@vendors.callback()
def about() -> None:
    """업체 명부를 가져오고 찾습니다."""


@vendors.command("import", cls=KoreanCommand, epilog=IMPORT_EXAMPLE)
def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV(UTF-8, CP949), XLSX, XLS 파일입니다.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="저장하지 않고 어떻게 될지만 알려 줍니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """업체 파일을 업체 명부에 넣습니다.

    같은 파일을 다시 넣어도 바뀌는 것이 없습니다. 받지 못한 줄은 번호와 까닭을 알려 드리고 나머지는 넣습니다.
    사업자등록번호가 없는 업체는 이름과 주소로 구별합니다.
    """
    from gwannae.actions.vendors_import import import_vendors
    from gwannae.bot.cli_import_words import report_json, report_words
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.vendors import read_vendors

    session: Session = ctx.obj
    today = _today(session)
    opened = read_vendors(file, today=today)
    source = file.name.encode("utf-8", "replace").decode()
    with session.toolkit() as toolkit, _shown_progress(opened) as (rows, progress), _without_collection():
        report = import_vendors(
            toolkit, COMMAND_LINE, rows, source, toolkit.clock(), dry_run=dry_run, progress=progress
        )
    assert isinstance(report, ImportReport), "the command line may do all"
    if as_json:
        print_json(report_json(report, opened, source))
    for line in report_words(report, opened, source):
        say(line)
    raise typer.Exit(_import_code(report))
