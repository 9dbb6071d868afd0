"""`gwannae calendar`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_new_file import is_standard_output, refuse_old
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from datetime import date

    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.agenda import YearInFull
    from gwannae.programme.calendar import Occasion

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)

EXAMPLE = """
gwannae calendar --year 2027
gwannae calendar --year 2027 --json
gwannae calendar --year 2027 --ics 일정.ics
"""
_HEAD = ("안내가 나가는 때", "일정", "날짜", "옮긴 까닭")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@commands.command(cls=KoreanCommand, epilog=EXAMPLE)
def calendar(
    ctx: typer.Context,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="새로 만들 iCalendar 파일입니다. -는 표준 출력입니다."),
    ] = None,
) -> None:
    """한 해의 일정을 요일, 옮긴 까닭과 함께 보여 줍니다.

    도시 파일의 [[year_rules]]와 공휴일, 총괄 부서가 정한 쉬는 날로 계산합니다.
    공휴일이 확인되지 않은 해(holidays_confirmed_until 뒤)는 계산하지 않고 끝 코드 2로 끝납니다.
    """
    from gwannae.actions.calendar import year_in_full

    session: Session = ctx.obj
    refuse_old(ics)
    with session.toolkit() as toolkit:
        found = year_in_full(toolkit, year or toolkit.today.year)
        if ics is not None:
            _write_file(toolkit, found.year, ics)
        if is_standard_output(ics):
            return
        if as_json:
            print_json(_year_json(toolkit, found))
            return
    print_table(_HEAD, [_row(one) for one in found.occasions])
    for one in found.office_days:
        say(f"총괄 부서가 정한 날: {_day(one.day)} {'쉬는 날' if one.off else '근무하는 날'}({one.name})")
    say(f"{found.year}년 일정 {len(found.occasions):,}건 · 주간 요약 {len(found.weekly):,}번은 따로 적지 않았습니다.")


def _write_file(toolkit: "Toolkit", year: int, target: Path) -> None:
    from io import BytesIO

    from gwannae.actions.calendar import calendar_file
    from gwannae.bot.cli_new_file import hand_over
    from gwannae.programme.affiliation import NotAllowed
    from gwannae.programme.organisations import COMMAND_LINE

    made = calendar_file(toolkit, COMMAND_LINE, toolkit.clock(), year)
    assert not isinstance(made, NotAllowed)
    hand_over(BytesIO(made.content), target)
    if not is_standard_output(target):
        say(f"일정 파일을 만들었습니다: {target}")


def _row(one: "Occasion") -> tuple[str, ...]:
    from gwannae.messages.calendar import left, why
    from gwannae.programme.dates import write_time

    moved = f"{_day(one.meant)}에서: {why(one)}" if one.moved else ""
    until = f" (이의 {_day(one.until)}까지)" if one.until else ""
    return f"{_day(one.opens.date())} {write_time(one.opens)}", f"{one.label}{left(one)}{until}", _day(one.on), moved


def _day(day: "date") -> str:
    from gwannae.programme.dates import write_date

    return write_date(day)


def _year_json(toolkit: "Toolkit", found: "YearInFull") -> dict[str, object]:
    return {
        "city": toolkit.city.code,
        "year": found.year,
        "holidays_confirmed_until": toolkit.city.calendar.holidays_confirmed_until.isoformat(),
        "office_days": [{"day": one.day.isoformat(), "off": one.off, "name": one.name} for one in found.office_days],
        "occasions": [_occasion_json(one) for one in found.occasions],
        "weekly_digests": [_occasion_json(one) for one in found.weekly],
    }


def _occasion_json(one: "Occasion") -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "period": one.period,
        "occurrence": one.occurrence,
        "label": one.label,
        "meant": one.meant.isoformat(),
        "on": one.on.isoformat(),
        "weekday": _WEEKDAYS[one.on.weekday()],
        "moved": [{"day": d.day.isoformat(), "cause": d.cause.value, "name": d.name} for d in one.moved],
        "opens": one.opens.isoformat(timespec="minutes"),
        "useful_until": one.useful_until.isoformat(timespec="minutes"),
        "until": one.until.isoformat() if one.until else None,
    }
