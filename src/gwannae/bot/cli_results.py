"""`gwannae results`."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_new_file import hand_over, refuse_old
from gwannae.bot.cli_output import PARTLY, print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.year_end import Recomputed

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae results --year 2027
gwannae results --year 2027 --json
gwannae results --year 2027 --pack 가점근거.zip
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def results(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
    pack: Annotated[
        Path | None,
        typer.Option("--pack", metavar="FILE", help="확정된 결산의 가점 근거 묶음(zip)을 새 파일로 만듭니다."),
    ] = None,
) -> None:
    """그해의 결산을 모두 보여 주고, 지금의 보고로 다시 계산한 것과 견주어 봅니다.

    다시 계산한 것이 한 글자라도 다르면 어느 부서·기관이 달라졌는지 나오고, 끝내는 코드가 1이 됩니다.
    """
    from gwannae.actions.year_end import recomputed

    session: Session = ctx.obj
    refuse_old(pack)
    with session.toolkit() as toolkit:
        asked = year or toolkit.today.year
        if pack is not None:
            _hand_over_pack(toolkit, asked, pack)
        found = recomputed(toolkit, asked)
    if as_json:
        print_json({"year": asked, "results": [_json(one) for one in found]})
    else:
        rows = [_row(one) for one in found]
        print_table(("차", "단계", "만든 때", "지금 다시 계산하면", "지문(SHA-256)"), rows, numbers=(0,))
        say(f"{asked}년 결산 {len(found):,}개" if found else f"{asked}년에는 아직 결산이 없습니다.")
    if not all(one.same for one in found[:1]):
        raise typer.Exit(1)


def _hand_over_pack(toolkit: "Toolkit", year: int, target: Path) -> None:
    from gwannae.actions.bonus_points import evidence_file
    from gwannae.messages.year_end import refused as why_not
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.year_end import YearEndRefused

    with tempfile.TemporaryFile() as made:
        outcome = evidence_file(toolkit, COMMAND_LINE, year, made, toolkit.clock())
        if not isinstance(outcome, str):
            say(why_not(outcome) if isinstance(outcome, YearEndRefused) else "")
            raise typer.Exit(PARTLY)
        hand_over(made, target)
    say(f"{year}년 가점 근거 묶음: {target}")


def _json(one: "Recomputed") -> dict[str, object]:
    import json

    stored = one.stored
    return {
        "number": stored.number,
        "stage": stored.stage.value,
        "made_at": stored.made_at.isoformat(timespec="seconds"),
        "user": stored.by_user,
        "fingerprint": stored.fingerprint,
        "same_today": one.same,
        "moved": [moved.code for moved in one.changes],
        "content": json.loads(stored.content),
    }


def _row(one: "Recomputed") -> tuple[str, ...]:
    names = ", ".join(moved.name for moved in one.changes)
    stored = one.stored
    return (
        str(stored.number),
        stored.stage.label,
        stored.made_at.isoformat(sep=" ", timespec="minutes"),
        "같음" if one.same else f"다름: {names or '기준'}",
        stored.fingerprint,
    )
