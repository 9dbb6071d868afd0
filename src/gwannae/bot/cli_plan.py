"""`gwannae plan`: a year's plan, what it rests on, and what is missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import refused
from gwannae.bot.cli_output import print_json, print_lines, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gwannae.programme.annual_plan import AnnualPlan, PlanReview, Target

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae plan --year 2027
gwannae plan --record 2027년추진계획.toml
gwannae plan --year 2027 --json
"""


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def plan(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="파일", help="이 파일(TOML)의 계획을 새 판으로 남깁니다.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """그해 추진 계획을 보여 주고, 안내·일정·점수가 기대는 설정 가운데 빠진 것을 찾습니다.

    빠진 것이 있으면 하나씩 나오고, 끝내는 코드가 1이 됩니다.
    """
    from gwannae.actions.annual_plan import plan_review, record_plan
    from gwannae.programme.annual_plan import PlanReview
    from gwannae.programme.organisations import COMMAND_LINE

    read = None if record is None else _read(record)
    if read is not None and year not in (None, read.year):
        raise refused(f"파일은 {read.year}년 계획인데 --year는 {year}입니다. 남기지 않았습니다.")
    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        if read is not None:
            done = record_plan(toolkit, COMMAND_LINE, read, toolkit.clock())
            assert isinstance(done, PlanReview), "the command line may do all"
            found = done
        else:
            found = plan_review(toolkit, year or toolkit.today.year)
    if as_json:
        print_json(_json(found))
    else:
        print_lines(list(_lines(found)))
        say(f"빠진 것 {len(found.gaps):,}가지" if found.gaps else "빠진 것이 없습니다.")
    if found.gaps:
        raise typer.Exit(1)


def _read(path: Path) -> "AnnualPlan":
    from gwannae.bot.cli_table_words import fault_lines
    from gwannae.readers.checked_tables import TablesError
    from gwannae.readers.plan_file import read_plan

    try:
        return read_plan(path.read_bytes())
    except OSError as error:
        raise refused(f"{path}: 파일을 열지 못했습니다. 경로와 읽을 권한을 확인해 주세요.") from error
    except TablesError as error:
        told = "\n".join(fault_lines(error.faults))
        raise refused(f"{path}: 고쳐야 할 곳이 있습니다. 남기지 않았습니다.\n{told}") from error


def _lines(found: "PlanReview") -> "Iterator[str]":
    yield f"{found.year}년 추진 계획"
    if found.versions:
        latest = found.versions[0]
        plan_ = latest.plan
        yield f"{latest.number}판 · {latest.at.date().isoformat()} 남김"
        yield f"결재: {plan_.approved_on.isoformat() if plan_.approved_on else '–'} {plan_.document}".rstrip()
        yield f"사람: {', '.join(plan_.people) or '–'}"
        yield from (f"목표: {goal}" for goal in plan_.goals)
        yield from (f"목표 비율: {_target(target)}" for target in plan_.targets)
        yield from (f"시상: {award}" for award in plan_.awards)
    for one in found.fed:
        source = f" · {one.source}" if one.source else ""
        yield f"설정 {_SETTINGS[one.setting.value]}: {one.since}년부터{source}"
    for gap in found.gaps:
        about = f"{_SETTINGS[gap.setting.value]}: " if gap.setting else ""
        yield f"빠짐: {about}{_GAPS[gap.kind.value]}"


def _target(target: "Target") -> str:
    parts = [
        f"{word} {tenths // 10}.{tenths % 10}%"
        for word, tenths in (("건수", target.by_count), ("금액", target.by_amount))
        if tenths is not None
    ]
    return f"{target.kind.label if target.kind else '전체'} 실질 {', '.join(parts)}"


def _json(found: "PlanReview") -> dict[str, object]:
    return {
        "year": found.year,
        "versions": [
            {
                "number": one.number,
                "at": one.at.isoformat(timespec="seconds"),
                "user": one.by_user,
                "approved_on": one.plan.approved_on.isoformat() if one.plan.approved_on else None,
                "document": one.plan.document,
                "people": list(one.plan.people),
                "goals": list(one.plan.goals),
                "awards": list(one.plan.awards),
                "targets": [
                    {"kind": t.kind.value if t.kind else None, "by_count": t.by_count, "by_amount": t.by_amount}
                    for t in one.plan.targets
                ],
            }
            for one in found.versions
        ],
        "settings": [
            {"setting": f.setting.value, "since": f.since, "source": f.source, "fingerprint": f.fingerprint}
            for f in found.fed
        ],
        "gaps": [{"gap": g.kind.value, "setting": g.setting.value if g.setting else None} for g in found.gaps],
    }


_SETTINGS = {
    "local_rule": "관내 규칙",
    "outside_reasons": "관외 사유",
    "cycle": "확정 주기",
    "year_rules": "한 해의 일정",
    "score": "점수 산식",
    "bonus_points": "가점 표",
    "results": "결산 규칙",
}
_GAPS = {
    "no_plan": "이 해의 추진 계획을 아직 남기지 않았습니다.",
    "no_goals": "목표가 없습니다.",
    "no_target": "전체 목표 비율이 없습니다.",
    "no_awards": "시상 계획이 없습니다.",
    "not_approved": "결재한 날이나 문서 번호가 없습니다.",
    "approved_after_year": "결재한 날이 그해보다 뒤입니다.",
    "no_people": "담당·협조 직위가 없습니다.",
    "no_setting": "도시 설정에 없습니다.",
    "old_setting": "지난해까지의 것이 그대로입니다. 그해 값인지 확인해 주세요.",
    "changed_setting": "계획을 남긴 뒤에 도시 설정이 바뀌었습니다. 새 판을 남기거나 되돌려 주세요.",
    "holidays_unconfirmed": "그해 공휴일을 확인한 날이 12월 31일까지가 아닙니다.",
}
