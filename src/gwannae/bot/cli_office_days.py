"""`gwannae days-off add`, `remove` and `list`: days of which the programme office says whether they are worked."""

from datetime import datetime
from typing import Annotated

import typer

from gwannae.bot.cli_help import PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import refused
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
days_off = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(days_off, name="days-off")

ADD_EXAMPLE = """
gwannae days-off add 2027-06-10 임시공휴일
gwannae days-off add 2027-05-01 "대체 근무" --worked
"""
_DAY = typer.Argument(metavar="날짜", formats=["%Y-%m-%d"], help="2027-06-10처럼 적습니다.")


@days_off.callback()
def about() -> None:
    """선거일, 임시공휴일처럼 달력이 모르는 쉬는 날을 정하고 봅니다."""


@days_off.command("add", cls=KoreanCommand, epilog=ADD_EXAMPLE)
def add(
    ctx: typer.Context,
    day: Annotated[datetime, _DAY],
    name: Annotated[str, typer.Argument(metavar="이름", help="어떤 날인지 적습니다. 예) 임시공휴일")],
    worked: Annotated[bool, typer.Option("--worked", help="달력으로는 쉬는 날인데 근무하는 날입니다.")] = False,
) -> None:
    """쉬는 날(또는 근무하는 날)을 정합니다. 바로 적용되고, 옮겨지는 일정을 보여 줍니다."""
    from gwannae.actions.office_days import set_day
    from gwannae.messages.office_days import said
    from gwannae.programme.office_days import DayForm, DayRefused
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.typed_text import plain

    session: Session = ctx.obj
    form = DayForm(day.date(), not worked, " ".join(plain(name).split()))
    with session.toolkit() as toolkit:
        outcome = set_day(toolkit, COMMAND_LINE, form, toolkit.clock())
    if isinstance(outcome, DayRefused):
        raise refused(said(outcome))
    say(said(outcome))


@days_off.command("remove", cls=KoreanCommand, epilog="gwannae days-off remove 2027-06-10")
def remove(ctx: typer.Context, day: Annotated[datetime, _DAY]) -> None:
    """정해 둔 날을 거둡니다. 그 날은 다시 달력대로 됩니다.

    정해 둔 날이 아니면 끝 코드가 1입니다.
    """
    from gwannae.actions.office_days import take_back_day
    from gwannae.messages.office_days import said
    from gwannae.programme.office_days import DayRefused, DayTakenBack
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        outcome = take_back_day(toolkit, COMMAND_LINE, day.date(), toolkit.clock())
    if isinstance(outcome, DayRefused):
        raise refused(said(outcome))
    say(said(outcome))
    if isinstance(outcome, DayTakenBack) and outcome.day is None:
        raise typer.Exit(PARTLY)


@days_off.command("list", cls=KoreanCommand)
def list_days(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """총괄 부서가 정한 날을 모두 봅니다. 법으로 정해진 공휴일은 gwannae calendar가 알아서 피합니다."""
    from gwannae.actions.calendar import every_office_day
    from gwannae.programme.dates import write_date

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = every_office_day(toolkit)
    if as_json:
        print_json([{"day": one.day.isoformat(), "off": one.off, "name": one.name} for one in found])
    elif found:
        kinds = {True: "쉬는 날", False: "근무하는 날"}
        print_table(("날짜", "구분", "이름"), [(write_date(one.day), kinds[one.off], one.name) for one in found])
    else:
        say("따로 정한 날이 없습니다.")
