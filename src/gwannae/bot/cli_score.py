"""`gwannae score`: points of a year, one of them explained, and what the office adds to them."""

from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_output import print_json, print_lines, print_table, say
from gwannae.bot.cli_session import Session
from gwannae.programme.score_rules import EntryKind

if TYPE_CHECKING:
    from gwannae.programme.score import Scored
    from gwannae.programme.scoreboard import Scoreboard

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
score = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(score, name="score", help="그해 산식으로 매긴 점수를 보고, 풀이하고, 따로 더할 것을 적습니다.")

Year = Annotated[
    int | None,
    typer.Option("--year", min=2000, max=2999, metavar="연도", help="연도입니다. 적지 않으면 올해입니다."),
]
AsJson = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")]

_SHOW = """
gwannae score show --year 2027
gwannae score show --year 2027 --json
"""
_EXPLAIN = """
gwannae score explain 공원과 --year 2027
"""
_ADD = """
gwannae score add 공원과 --addition 직무교육 --points 0.5 --evidence "교육 결과 보고(5. 3.)"
gwannae score add 공원과 --indirect "청사 관리 위탁" --won 5000000 --evidence "위탁 정산서"
"""


@score.command("show", cls=KoreanCommand, epilog=_SHOW)
def show(ctx: typer.Context, year: Year = None, as_json: AsJson = False) -> None:
    """그룹마다 점수가 높은 순으로 보여 줍니다. 같은 점수와 같은 값은 같은 순위입니다."""
    from gwannae.messages.score_steps import formula_lines, write_score

    board = _board(ctx, year)
    if as_json:
        print_json({"year": board.year, "groups": _json(board)})
        return
    parts = [rule.part.label for rule in board.formula.parts]
    rows = [
        (
            line.score.group,
            str(line.rank or "–"),
            line.organisation.name,
            write_score(line.score.hundredths),
            *(write_score(part.hundredths) for part in line.score.parts),
        )
        for line in board.lines
    ]
    print_table(("그룹", "순위", "부서·기관", "점수", *parts), rows)
    for told in formula_lines(board.formula):
        say(told)


@score.command("explain", cls=KoreanCommand, epilog=_EXPLAIN)
def explain(
    ctx: typer.Context,
    organisation: Annotated[str, typer.Argument(metavar="이름|코드", help="부서·기관입니다.")],
    year: Year = None,
) -> None:
    """한 곳의 점수를 손으로 따라 셈할 수 있게 풀어 씁니다."""
    from gwannae.messages.score_steps import formula_lines, shortfall_lines, steps_of
    from gwannae.messages.scores import lift_line, place_of
    from gwannae.programme.score_lift import lift

    board = _board(ctx, year)
    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        whose = organisation_named(toolkit, organisation)
    line = board.of(whose.id)
    if line is None:
        raise refused(f"{whose.name}: {board.year}년에 볼 것이 없습니다.")
    short = shortfall_lines(line.score, line.basis, board.formula.floor)
    told = lift_line(lift(board.lines, whose.id, board.formula))
    print_lines([place_of(board, line), *steps_of(line.basis, line.score, board.formula)])
    print_lines([*(f"순위에 들지 않음: {one}" for one in short), *([told] if told else [])])
    print_lines(formula_lines(board.formula))


@score.command("add", cls=KoreanCommand, epilog=_ADD)
def add(
    ctx: typer.Context,
    organisation: Annotated[str, typer.Argument(metavar="이름|코드", help="부서·기관입니다.")],
    evidence: Annotated[str, typer.Option("--evidence", metavar="근거", help="무엇으로 확인했는지입니다.")],
    year: Year = None,
    addition: Annotated[str | None, typer.Option("--addition", metavar="이름", help="별도 가점의 이름입니다.")] = None,
    points: Annotated[str | None, typer.Option("--points", metavar="점수", help="0.01점 단위까지입니다.")] = None,
    indirect: Annotated[str | None, typer.Option("--indirect", metavar="이름", help="간접 구매의 이름입니다.")] = None,
    won: Annotated[
        int | None, typer.Option("--won", min=0, max=10**13, metavar="원", help="간접 구매 금액입니다.")
    ] = None,
) -> None:
    """별도 가점이나 간접 구매를 적습니다. 같은 이름으로 다시 적으면 새 값이 대신하고, 0을 적으면 거둡니다."""
    from gwannae.actions.scoreboard import add_entry
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.score_rules import ScoreEntry

    kind = EntryKind.ADDITION if addition else EntryKind.INDIRECT
    label = " ".join((addition or indirect or "").split())[:60]
    amount = _hundredths(points) if addition else won
    if bool(addition) == bool(indirect) or not label or amount is None or not evidence.strip():
        raise refused("--addition과 --points, 또는 --indirect와 --won을 근거와 함께 적어 주세요. 적지 않았습니다.")
    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        whose = organisation_named(toolkit, organisation)
        entry = ScoreEntry(year or toolkit.today.year, whose.id, kind, label, amount, evidence.strip()[:200])
        add_entry(toolkit, COMMAND_LINE, entry, toolkit.clock())
    say(f"{entry.year}년 {whose.name} ‘{label}’: 적었습니다." if amount else f"{whose.name} ‘{label}’: 거두었습니다.")


def _board(ctx: typer.Context, year: int | None) -> "Scoreboard":
    from gwannae.actions.scoreboard import scoreboard

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        asked = year or toolkit.today.year
        board = scoreboard(toolkit, asked, toolkit.clock())
    if board is None:
        raise refused(f"도시 설정에 {asked}년의 산식이 없습니다. `[[score]]`를 적은 뒤 다시 해 주세요.")
    return board


def _hundredths(written: str | None) -> int | None:
    """Points as they are typed, in hundredths; None for what is none."""
    whole, _, rest = (written or "").strip().partition(".")
    if not whole.isdecimal() or not whole.isascii() or len(whole) > 3 or (rest and not rest.isdecimal()):
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0")) if len(rest) <= 2 else None


def _json(board: "Scoreboard") -> list[dict[str, object]]:
    names = list(dict.fromkeys(line.score.group for line in board.lines))
    return [{"group": name, "organisations": [_line_json(line) for line in board.group(name)]} for name in names]


def _line_json(line: "Scored") -> dict[str, object]:
    """Points in hundredths; each part as points times `numerator`/`denominator`, at least none and at most all."""
    return {
        "rank": line.rank,
        "code": line.organisation.code,
        "name": line.organisation.name,
        "hundredths": line.score.hundredths,
        "shortfalls": [one.value for one in line.score.shortfalls],
        "parts": [
            {
                "part": part.rule.part.value,
                "points": part.rule.points,
                "numerator": part.numerator,
                "denominator": part.denominator,
                "hundredths": part.hundredths,
            }
            for part in line.score.parts
        ],
    }
