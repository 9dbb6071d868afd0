"""`gwannae record`."""

from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_new_file import hand_over, refuse_old
from gwannae.bot.cli_output import say
from gwannae.bot.cli_session import Session

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae record --year 2027
gwannae record --year 2027 --out 사업내역서.hwpx
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def record(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="새로 만들 한글 파일(HWPX)입니다. 적지 않으면 글로 나옵니다."),
    ] = None,
) -> None:
    """정책실명제 사업내역서를 글이나 한글 파일로 내보냅니다. 내용은 `/gwannae 정책실명제`에서 적습니다."""
    from gwannae.actions.policy_record import record_of
    from gwannae.documents.papers_hwpx import paper_hwpx
    from gwannae.messages.policy_record import paper
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.papers import text_of
    from gwannae.programme.policy_record import PolicyRecord

    session: Session = ctx.obj
    refuse_old(out)
    with session.toolkit() as toolkit:
        found = record_of(toolkit, COMMAND_LINE, year or toolkit.today.year, toolkit.clock())
    assert isinstance(found, PolicyRecord), "the command line may do all"
    if out is None:
        typer.echo(text_of(paper(found).parts))
        return
    hand_over(BytesIO(paper_hwpx(paper(found))), out)
    say(f"사업내역서를 만들었습니다: {out}")
