"""`gwannae new-year`: what a new year takes over, a word for each setting, and the press that opens it."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import refused
from gwannae.bot.cli_output import print_json, print_lines, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.new_year import Line, NewYear

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
new_year = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(new_year, name="new-year")

_YEAR = typer.Option(
    "--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해, 11월부터는 다음 해입니다."
)
_KEY = typer.Argument(metavar="이름", help="gwannae new-year show에 나오는 설정의 이름입니다.")
Year = Annotated[int | None, _YEAR]


@new_year.callback()
def about() -> None:
    """새해로 이어지는 설정을 확인하고 새해를 엽니다. 설정은 도시 파일에만 있고, 누가 확인했는지가 여기에 남습니다."""


@new_year.command("show", cls=KoreanCommand, epilog="gwannae new-year show --year 2028")
def show(
    ctx: typer.Context,
    year: Year = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """한 해의 설정과, 하나하나 어디까지 확인했는지를 봅니다.

    확인하지 않은 것이 있거나 열지 않았으면 끝 코드가 1입니다.
    """
    from gwannae.programme.new_year import Check

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        state = _state(toolkit, year)
    settled = state.opening is not None and state.count(Check.CONFIRMED) == len(state.lines)
    if as_json:
        print_json(
            {
                "year": state.year,
                "opened_at": state.opening.at.isoformat(timespec="seconds") if state.opening else None,
                "settings": [_json(line, state.year) for line in state.lines],
            }
        )
    else:
        rows = [_row(line, state.year) for line in state.lines]
        print_table(("이름", "설정", "값", "어디까지", "확인 필요"), rows)
        opened = "열었습니다" if state.opening else "아직 열지 않았습니다"
        say(f"{state.year}년을 {opened}. 확인 {state.count(Check.CONFIRMED):,}/{len(state.lines):,}")
    if not settled:
        raise typer.Exit(PARTLY)


@new_year.command("confirm", cls=KoreanCommand, epilog="gwannae new-year confirm year_rules.closing --year 2028")
def confirm(ctx: typer.Context, key: Annotated[str, _KEY], year: Year = None) -> None:
    """설정 하나를 지금 값 그대로 그해에 쓴다고 확인합니다."""
    from gwannae.actions import new_year as begin
    from gwannae.programme.new_year import mark_of, print_of
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        state, line = _named(toolkit, year, key)
        mark, seen = mark_of(line.setting), print_of(line.setting)
        _told(begin.confirm(toolkit, COMMAND_LINE, state.year, mark, seen, toolkit.clock()))


@new_year.command("change", cls=KoreanCommand, epilog="gwannae new-year change year_rules.closing closing.day=11-29")
def change(
    ctx: typer.Context,
    key: Annotated[str, _KEY],
    values: Annotated[list[str], typer.Argument(metavar="항목=값 …", help="적지 않은 항목은 그대로 둡니다.")],
    year: Year = None,
) -> None:
    """설정 하나의 고칠 값을 적어 둡니다. 도시 파일에 반영되면 적용됩니다(gwannae new-year file)."""
    from gwannae.actions import new_year as begin
    from gwannae.programme.new_year import mark_of, print_of
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.setting_values import written

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        state, line = _named(toolkit, year, key)
        typed = {part.name: written(part) for part in line.wanted.parts if not part.fixed}
        for one in values:
            name, sign, value = one.partition("=")
            if not sign or name not in typed:
                raise refused(f"‘{one}’을 읽지 못했습니다. 항목=값으로 적어 주세요. 항목: {', '.join(typed)}")
            typed[name] = value
        mark, seen = mark_of(line.setting), print_of(line.setting)
        _told(begin.change(toolkit, COMMAND_LINE, state.year, mark, seen, typed, toolkit.clock()))


@new_year.command("forget", cls=KoreanCommand, epilog="gwannae new-year forget year_rules.closing")
def forget(ctx: typer.Context, key: Annotated[str, _KEY], year: Year = None) -> None:
    """설정 하나의 확인이나 고칠 값을 거둡니다."""
    from gwannae.actions import new_year as begin
    from gwannae.programme.new_year import mark_of
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        state, line = _named(toolkit, year, key)
        _told(begin.forget(toolkit, COMMAND_LINE, state.year, mark_of(line.setting), toolkit.clock()))


@new_year.command("file", cls=KoreanCommand, epilog="gwannae new-year file --year 2028 > 바꿀것.toml")
def file(ctx: typer.Context, year: Year = None) -> None:
    """고칠 값으로 적어 둔 것을 도시 파일에 옮길 수 있게 TOML로 내보냅니다."""
    from gwannae.actions.new_year import file_text
    from gwannae.messages.new_year import NOTHING_FOR_THE_FILE, said
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        made = file_text(toolkit, COMMAND_LINE, _state(toolkit, year).year, toolkit.clock())
    if not isinstance(made, str):
        raise refused(said(made))
    if made:
        print_lines(made.splitlines())
    else:
        say(NOTHING_FOR_THE_FILE)


@new_year.command("open", cls=KoreanCommand, epilog="gwannae new-year open --year 2028")
def open_it(ctx: typer.Context, year: Year = None) -> None:
    """새해를 엽니다. 도시 파일에 반영되지 않은 값이 있으면 열지 않습니다."""
    from gwannae.actions.new_year import open_year
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        _told(open_year(toolkit, COMMAND_LINE, _state(toolkit, year).year, toolkit.clock()))


@new_year.command("undo", cls=KoreanCommand, epilog="gwannae new-year undo --year 2028")
def undo(ctx: typer.Context, year: Year = None) -> None:
    """연 것을 되돌립니다. 그 뒤로 안내가 나갔으면 되돌리지 않습니다."""
    from gwannae.actions.new_year import take_back
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        _told(take_back(toolkit, COMMAND_LINE, _state(toolkit, year).year, toolkit.clock()))


def _state(toolkit: "Toolkit", year: int | None) -> "NewYear":
    from gwannae.actions.new_year import new_year as gather
    from gwannae.messages.new_year import said
    from gwannae.programme.new_year import NewYear, year_worked_on
    from gwannae.programme.organisations import COMMAND_LINE

    found = gather(toolkit, COMMAND_LINE, year or year_worked_on(toolkit.today), toolkit.clock())
    if not isinstance(found, NewYear):
        raise refused(said(found))
    return found


def _named(toolkit: "Toolkit", year: int | None, key: str) -> "tuple[NewYear, Line]":
    state = _state(toolkit, year)
    line = next((one for one in state.lines if one.setting.key == key), None)
    if line is None:
        raise refused(f"‘{key}’(이)라는 설정이 없습니다. gwannae new-year show로 이름을 확인해 주세요.")
    return state, line


def _told(outcome: object) -> None:
    from gwannae.messages.new_year import said
    from gwannae.programme.new_year import NewYearRefused, ValuesRefused

    if isinstance(outcome, ValuesRefused):
        parts = ", ".join(fault.part for fault in outcome.faults if fault.part)
        raise refused(f"{said(outcome)} {parts}".strip())
    if isinstance(outcome, NewYearRefused):
        raise refused(said(outcome))
    say(said(outcome))


def _row(line: "Line", year: int) -> tuple[str, ...]:
    from gwannae.messages.new_year import part_lines, why_to_look

    setting = line.setting
    look = why_to_look(setting) if setting.asks_for_a_look(year) else ""
    return setting.key, setting.name, ", ".join(part_lines(line.wanted, apart=True)), line.check.label, look


def _json(line: "Line", year: int) -> dict[str, object]:
    from gwannae.programme.new_year import told

    setting, said = line.setting, line.said
    return {
        "key": setting.key,
        "name": setting.name,
        "group": setting.group.value,
        "values": told(setting),
        "said": dict(said.values) if said else None,
        "said_by": said.user_id if said else None,
        "check": line.check.value,
        "carried": setting.is_carried_into(year),
        "source": setting.source,
        "checked_on": setting.checked_on.isoformat() if setting.checked_on else None,
        "note": setting.note,
        "needs_a_look": setting.asks_for_a_look(year),
    }
